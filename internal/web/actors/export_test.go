package actors_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/web/webtest"
)

func TestTheExportHasTheActorsOfTheListInItsOrder(t *testing.T) {
	i := webtest.Start(t)
	for _, query := range []string{"", "?q=praha", "?typ=OBEC", "?kraj=CZ032&q=me", "?typ=NENI", "?q=nicotakoveho"} {
		p := i.Get(t, "/akteri"+query)
		rows := i.Table(t, "/export/akteri.csv"+query)
		if want := leading(p.Words("#vysledky-nadpis")); want != len(rows) {
			t.Errorf("%q: %d rows, the page says %d", query, len(rows), want)
		}
		p.Find("tbody th a").Each(func(n int, a *goquery.Selection) {
			if href, _ := a.Attr("href"); rows[n]["Kód záznamu"] != strings.TrimPrefix(href, "/akteri/") || rows[n]["Název"] != a.Text() {
				t.Errorf("%q: row %d is %s, on the page %s", query, n, rows[n]["Kód záznamu"], href)
			}
		})
		if all := i.JSON(t, "/en/export/akteri.json"+query); len(all) != len(rows) {
			t.Errorf("%q: %d rows in JSON, %d in CSV", query, len(all), len(rows))
		}
		t.Logf("%q: %d rows", query, len(rows))
	}
	link, _ := i.Get(t, "/en/akteri?q=praha").Find(".takeaway a[download]").First().Attr("href")
	if link != "/en/export/akteri.csv?q=praha" || i.Get(t, link).Status != http.StatusOK {
		t.Errorf("the page leads to %q", link)
	}
}

// full is an actor of whom everything is known.
func full() *atlas.Actor {
	at := func(street string) atlas.Address {
		return atlas.Address{Street: street, ZIP: "36001", City: "Karlovy Vary", RUIAN: "123"}
	}
	return &atlas.Actor{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: "=cmd|' /C calc'!A0", NameEn: "Everything", OtherNames: []string{"První", "Druhý"},
		Type: "NNO", Sector: atlas.SectorPrivate, Country: "CZ", ICO: "06997651", DataBox: "4ujaaqd", Seat: at("Sídelní 1"), Post: at("Poštovní 2"), Billing: at("Účetní 3"),
		BankAccount: "19-2000145399/0800", Email: "info@example.org", Phone: "+420 353 000 000", Web: "https://example.org",
		Territories: []string{"CZ", "CZ041"}, Areas: []string{"JAZ"}, Languages: []string{"uk"}, Capacity: "20 míst", OpeningHours: "po–pá", Price: "ZDARMA",
		Relations: []atlas.Relation{{Actor: "A-00001", Kind: "clen", Since: atlas.Date{Year: 2019}, Strength: 2}},
		Verified:  atlas.Date{Year: 2026, Month: 11, Day: 2},
		Sources:   []atlas.Source{{Kind: "WEB", URL: "https://example.org/o-nas", Accessed: atlas.Date{Year: 2026, Month: 11}, Note: "z webu"}},
	}
}

func TestTheExportHoldsEveryFieldButTheBankAccount(t *testing.T) { // acceptance example 20
	i := webtest.Start(t)
	hidden := full()
	hidden.Name, hidden.ICO, hidden.RecordStatus, hidden.Relations = "Skrytý", "", atlas.RecordDraft, nil
	if err := i.App.SaveActor(t.Context(), webtest.Editor, hidden); err != nil {
		t.Fatal(err)
	}
	r := full()
	r.Relations = append(r.Relations, atlas.Relation{Actor: hidden.ID, Kind: "clen"})
	if err := i.App.SaveActor(t.Context(), webtest.Editor, r); err != nil {
		t.Fatal(err)
	}
	for _, i.Viewer = range []atlas.Viewer{{}, webtest.Editor} {
		rows := i.Table(t, "/export/akteri.csv?q="+r.ICO)
		if len(rows) != 1 {
			t.Fatalf("%d rows", len(rows))
		}
		for label, want := range map[string]string{
			"Kód záznamu": r.ID, "Název": "'" + r.Name, "Anglický název": r.NameEn, "Jiné názvy": "První | Druhý", "Skupina organizací": "ne",
			"Typ (kód)": "NNO", "Sektor (kód)": atlas.SectorPrivate, "Země (kód)": "CZ", "IČO": r.ICO, "Datová schránka": r.DataBox,
			"Ulice a číslo (sídlo)": "Sídelní 1", "Ulice a číslo (korespondence)": "Poštovní 2", "Ulice a číslo (fakturace)": "Účetní 3", "PSČ (sídlo)": "36001",
			"E-mail": r.Email, "Telefon": "'" + r.Phone, "Web": r.Web, "Územní působnost (kód)": "CZ | CZ041", "Oblasti integrace (kód)": "JAZ",
			"Kapacita": "20 míst", "Otevírací doba": "po–pá", "Cena pro klienta (kód)": "ZDARMA", "Kontakt ověřen dne": "2026-11-02",
			"Ukázkový záznam": "ne", "Verze": "1", "DIČ": "",
		} {
			if got, there := rows[0][label]; got != want || !there {
				t.Errorf("%s: %q, want %q", label, got, want)
			}
		}
		for label, want := range map[string]string{"Vztahy k jiným aktérům": "[A-00001], Od kdy: 2019, Síla vztahu: 2", "Zdroje": "https://example.org/o-nas", "Územní působnost": "Karlovarský kraj"} {
			if !strings.Contains(rows[0][label], want) {
				t.Errorf("%s: %q lacks %q", label, rows[0][label], want)
			}
		}
		if got := strings.Contains(rows[0]["Vztahy k jiným aktérům"], hidden.ID); got != i.Viewer.May(atlas.RightPublish) {
			t.Errorf("writing %v: the relation to a draft is named: %v", i.Viewer.May(atlas.RightPublish), got)
		}
		for _, row := range i.Table(t, "/export/akteri.csv") {
			for label, cell := range row {
				if strings.Contains(cell, "2000145399") {
					t.Errorf("CSV holds the bank account in %s", label)
				}
			}
		}
		for _, row := range i.JSON(t, "/en/export/akteri.json") {
			for key, cell := range row {
				if cell != nil && strings.Contains(*cell, "2000145399") {
					t.Errorf("JSON holds the bank account in %s", key)
				}
			}
		}
	}
}

func TestADraftIsInTheExportOfThoseWhoMayReadIt(t *testing.T) {
	i := webtest.Start(t)
	draft := full()
	draft.RecordStatus = atlas.RecordDraft
	if err := i.App.SaveActor(t.Context(), webtest.Editor, draft); err != nil {
		t.Fatal(err)
	}
	if rows := i.Table(t, "/export/akteri.csv?q=druhy"); len(rows) != 0 {
		t.Errorf("a reader gets %d drafts", len(rows))
	}
	i.Viewer = webtest.Editor
	if rows := i.Table(t, "/export/akteri.csv?q=druhy"); len(rows) != 1 || rows[0]["Stav záznamu"] != "Koncept" {
		t.Errorf("the editor gets %v", rows)
	}
}

func TestEveryColumnOfTheExportHasItsOwnHeadInBothLanguages(t *testing.T) {
	webtest.Start(t).Heads(t, "akteri")
}

// leading is the number at the beginning of a heading: "1 204 aktérů".
func leading(heading string) int {
	n, _ := strconv.Atoi(digits(heading))
	return n
}
