package projects

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"atlas"
	"atlas/internal/web/dataset"
)

// exported reads an exported CSV as rows by the labels of columns.
func exported(t testing.TB, i *instance, address string) []map[string]string {
	t.Helper()
	a := i.get(t, address)
	if a.Code != http.StatusOK {
		t.Fatalf("%s: status %d", address, a.Code)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.Body.String(), "\ufeff")))
	r.Comma = ';'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, row := range all[1:] {
		m := map[string]string{}
		for n, label := range all[0] {
			m[label] = row[n]
		}
		if len(m) != len(all[0]) {
			t.Fatalf("two columns have one label: %v", all[0])
		}
		out = append(out, m)
	}
	return out
}

func TestTheExportHoldsAsManyRowsAsThePageSaysInTheSameOrder(t *testing.T) {
	i := demo(t)
	for _, query := range []string{"", "?oblast=JAZ", "?q=kurz&razeni=nazev", "?razeni=castka&uzemi=CZ010", "?oblast=XXX", "?q=cizinc%C5%AF&razeni=rok&strana=2&zobrazeni=tabulka"} {
		d := i.page(t, "/projekty"+query)
		rows := exported(t, i, "/export/projekty.csv"+query)
		if len(rows) != total(t, d) {
			t.Errorf("%s: %d rows, the page says %d", query, len(rows), total(t, d))
		}
		if strings.Contains(query, "strana") {
			continue
		}
		for n, id := range ids(d) {
			if rows[n]["Kód záznamu"] != id {
				t.Errorf("%s: row %d is %s, on the page %s", query, n, rows[n]["Kód záznamu"], id)
				break
			}
		}
	}
}

func TestTheExportLinksOnThePageLead(t *testing.T) {
	i := demo(t)
	links := i.page(t, "/en/projekty?oblast=JAZ").Find(".takeaway a[download]")
	if links.Length() != 11 || links.First().AttrOr("href", "") != "/en/export/projekty.csv?oblast=JAZ" {
		t.Fatalf("%d links, first %q", links.Length(), links.First().AttrOr("href", ""))
	}
	a := i.get(t, links.Eq(1).AttrOr("href", ""))
	if got := a.Header().Get("Content-Disposition"); got != "attachment; filename=projekty-2026-11-21.json" {
		t.Error(got)
	}
	var all []map[string]*string
	if err := json.Unmarshal(a.Body.Bytes(), &all); err != nil || len(all) == 0 {
		t.Fatal(err)
	}
	if all[0]["total_cost"] != nil && *all[0]["total_cost"] == "0" || all[0]["title_cs"] == nil {
		t.Errorf("%v", all[0])
	}
}

func TestTheExportHoldsEveryFieldAndNoPersonWhoDidNotAgree(t *testing.T) { // acceptance example 20
	i := empty(t)
	p := everything(t, i)
	reader := i.as(t, atlas.Viewer{})
	rows := exported(t, reader, "/export/projekty.csv?razeni=nazev")
	row := rows[slices.IndexFunc(rows, func(r map[string]string) bool { return r["Kód záznamu"] == p.ID })]
	for label, want := range map[string]string{
		"Název projektu": "Všechno známé", "Začátek": "2017-09", "Konec": "2020-12", "Stav projektu": "Ukončen", "Stav projektu (kód)": "UKON",
		"Celkové náklady": "5000000.00", "Celkové náklady – jak je známo": "známo", "Částka celkem v Kč": "4025120.00",
		"Řádků financování bez známé částky": "1", "Dosažený počet lidí": "900", "Dosažený počet lidí – co se počítalo": "Kontakty, intervence",
		"Podíl integrace cizinců na projektu (%)": "80.00", "Cílové skupiny podle situace (kód)": "SG-DET", "Ukázkový záznam": "Ne",
	} {
		if row[label] != want {
			found := row[label]
			for l, v := range row { // labels keep non-breaking spaces
				if strings.ReplaceAll(l, "\u00a0", " ") == label {
					found = v
				}
			}
			if found != want {
				t.Errorf("%s: %q, want %q", label, found, want)
			}
		}
	}
	body := reader.get(t, "/export/projekty.csv").Body.String()
	for _, want := range []string{"Přiznáno: 4000000.00", "Kurz v\u00a0korunách: 25.12", "Vyčerpáno: 1000.00 EUR (odhad)", "Jana Veřejná, koordinátorka, jana@example.org", "Absolventi kurzů", "P-00001", "málo tlumočníků", "Karta Plzeň, https://karta.example.org"} {
		if !strings.Contains(body, want) {
			t.Errorf("the export lacks %q", want)
		}
	}
	for _, format := range []string{"csv", "json"} {
		for _, asker := range []*instance{reader, i} {
			body := asker.get(t, "/export/projekty."+format).Body.String()
			for _, secret := range secrets {
				if strings.Contains(body, secret) {
					t.Errorf("%s holds %q", format, secret)
				}
			}
		}
	}
}

func TestTheFeedOfNewlyAddedProjectsIsAtom(t *testing.T) {
	i := demo(t)
	a := i.get(t, "/projekty/nove.atom?oblast=JAZ&q=kurz")
	var f atomFeed
	if err := xml.Unmarshal(a.Body.Bytes(), &f); err != nil {
		t.Fatal(err)
	}
	if a.Code != http.StatusOK || !strings.HasPrefix(a.Header().Get("Content-Type"), "application/atom+xml") {
		t.Errorf("status %d, %s", a.Code, a.Header().Get("Content-Type"))
	}
	if f.ID != "http://example.com/projekty/nove.atom?q=kurz&oblast=JAZ" || !strings.Contains(f.Title, "Český jazyk") {
		t.Errorf("%s %q", f.ID, f.Title)
	}
	if want := min(feedSize, total(t, i.page(t, "/projekty?oblast=JAZ&q=kurz"))); len(f.Entries) != want {
		t.Errorf("%d entries, want %d", len(f.Entries), want)
	}
	for _, e := range f.Entries {
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || e.Title == "" || !strings.HasPrefix(e.Link.Href, "http://example.com/projekty/P-") {
			t.Errorf("%+v", e)
		}
	}
	if empty := i.get(t, "/en/projekty/nove.atom?oblast=XXX"); empty.Code != http.StatusOK || xml.Unmarshal(empty.Body.Bytes(), &f) != nil {
		t.Errorf("an empty feed: status %d", empty.Code)
	}
}

func TestTheWorkbookHasTheRowsOfThePageAndSaysWhichQuestionMadeIt(t *testing.T) { // section 9.6
	i := demo(t)
	for _, lang := range []struct{ face, sheet, notes, asked, set string }{
		{"", "Projekty", "Vysvětlivky", "„kurz“; Oblast integrace: ", "Co bylo vybráno"},
		{"/en", "Projects", "Explanations", "“kurz”; ", "What was chosen"},
	} {
		const query = "?q=kurz&oblast=JAZ"
		a := i.get(t, lang.face+"/export/projekty.xlsx"+query)
		f, err := excelize.OpenReader(bytes.NewReader(a.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows(lang.sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		want := exported(t, i, "/export/projekty.csv"+query)
		if len(rows)-1 != len(want) {
			t.Errorf("%d rows, CSV has %d", len(rows)-1, len(want))
		}
		for n, row := range rows[1:] {
			if id := want[n]["Kód záznamu"]; row[0] != id {
				t.Errorf("row %d is %s, in CSV %s", n, row[0], id)
			}
		}
		notes, err := f.GetRows(lang.notes)
		if err != nil {
			t.Fatal(err)
		}
		said := map[string]string{}
		for _, row := range notes {
			if len(row) > 1 {
				said[row[0]] = row[1]
			}
		}
		if !strings.HasPrefix(said[lang.set], lang.asked) {
			t.Errorf("it was asked %q", said[lang.set])
		}
		for _, want := range []string{"http://example.com" + lang.face + "/export/projekty.xlsx" + query, "2026-11-21", strconv.Itoa(len(rows) - 1), "CC BY 4.0, " + dataset.Licence, "date_from", "amount_czk"} {
			if !slices.ContainsFunc(notes, func(row []string) bool { return len(row) > 1 && row[1] == want }) {
				t.Errorf("%s do not say %q: %v", lang.notes, want, said)
			}
		}
		if strings.Contains(fmt.Sprint(notes), "file.") {
			t.Errorf("a key shows: %v", notes)
		}
	}
}
