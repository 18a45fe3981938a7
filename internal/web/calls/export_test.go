package calls_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/web/webtest"
)

func TestTheExportHasTheCallsOfTheListInItsOrder(t *testing.T) {
	i := webtest.Start(t)
	for _, query := range []string{"", "?q=obce", "?rok=2016", "?rok=NEZN", "?program=OPZ", "?q=nicotakoveho"} {
		p := i.Get(t, "/vyzvy"+query)
		rows := i.Table(t, "/export/vyzvy.csv"+query)
		if want := p.Words("#vysledky-nadpis"); !strings.HasPrefix(want, strconv.Itoa(len(rows))+" ") {
			t.Errorf("%q: %d rows, the page says %s", query, len(rows), want)
		}
		for n, title := range titles(p) {
			if rows[n]["Název"] != title {
				t.Errorf("%q: row %d is %s, on the page %s", query, n, rows[n]["Název"], title)
			}
		}
		if all := i.JSON(t, "/en/export/vyzvy.json"+query); len(all) != len(rows) {
			t.Errorf("%q: %d rows in JSON, %d in CSV", query, len(all), len(rows))
		}
		t.Logf("%q: %d rows", query, len(rows))
	}
	link, _ := i.Get(t, "/en/vyzvy?rok=2016").Find(".takeaway a[download]").First().Attr("href")
	if link != "/en/export/vyzvy.csv?rok=2016" || i.Get(t, link).Status != http.StatusOK {
		t.Errorf("the page leads to %q", link)
	}
}

func TestTheExportHoldsEveryFieldAndNeverZeroForUnknown(t *testing.T) {
	i := webtest.Empty(t)
	full := save(t, i, &atlas.Call{
		Title: "+Všechno", Number: "12/2026", Year: 2026, Theme: "téma", Description: "popis", Areas: []string{"JAZ", "BYD"},
		Announced: atlas.Date{Year: 2026, Month: 9}, OpenFrom: atlas.Date{Year: 2026, Month: 10, Day: 1}, Deadline: atlas.Date{Year: 2026, Month: 12, Day: 31}, DeadlineTime: "12:00",
		CostFrom: atlas.Date{Year: 2027}, CostTo: atlas.Date{Year: 2028}, Allocation: atlas.Crowns(20_000_000), Min: atlas.Amount{Minor: 100_000_00, State: atlas.AmountEstimate},
		SupportPct: atlas.Pct(90), OwnShare: atlas.Pct(10), Sources: []atlas.Source{{Kind: "WEB", Note: "z webu"}},
	})
	save(t, i, &atlas.Call{Title: "Neznámá"})
	save(t, i, &atlas.Call{Title: "Koncept", Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}})
	rows := i.Table(t, "/export/vyzvy.csv")
	if len(rows) != 2 {
		t.Fatalf("%d rows, want 2 without the draft", len(rows))
	}
	for n, fields := range []map[string]string{
		{
			"Kód záznamu": full.ID, "Název": "'+Všechno", "Číslo výzvy": "12/2026", "Rok": "2026", "Téma": "téma", "Popis": "popis", "Oblasti integrace (kód)": "JAZ | BYD",
			"Vyhlášeno": "2026-09", "Příjem žádostí od": "2026-10-01", "Termín podání": "2026-12-31", "Hodina termínu": "12:00", "Žádosti se přijímají průběžně": "ne",
			"Stav v den stažení": "otevřená", "Alokace": "20000000.00", "Alokace – jak je známo": "známo", "Nejnižší podpora": "100000.00", "Nejnižší podpora – jak je známo": "odhad",
			"Nejvyšší podpora": "", "Nejvyšší podpora – jak je známo": "není známo", "Měna částek": "CZK", "Míra podpory": "90.00", "Spoluúčast": "10.00",
			"Adresa výzvy": full.URL, "Ověřeno u zdroje": "2026-11-20", "Výdaje způsobilé od": "2027", "Výdaje způsobilé do": "2028",
		},
		{"Název": "Neznámá", "Rok": "", "Alokace": "", "Míra podpory": "", "Žádosti se přijímají průběžně": "", "Termín podání": "", "Stav v den stažení": "stav není znám"},
	} {
		for label, want := range fields {
			if got, there := rows[n][label]; got != want || !there {
				t.Errorf("%s: %q, want %q", label, got, want)
			}
		}
	}
	i.Viewer = webtest.Editor
	if rows := i.Table(t, "/export/vyzvy.csv"); len(rows) != 3 {
		t.Errorf("the editor gets %d rows, want the draft too", len(rows))
	}
}

func TestEveryColumnOfTheExportHasItsOwnHeadInBothLanguages(t *testing.T) {
	webtest.Start(t).Heads(t, "vyzvy")
}
