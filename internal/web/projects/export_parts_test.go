package projects

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/export"
)

// plainHeads reads the labels with plain blanks.
func plainHeads(row map[string]string) map[string]string {
	out := map[string]string{}
	for label, v := range row {
		out[strings.ReplaceAll(label, "\u00a0", " ")] = v
	}
	return out
}

func TestFundingAndIndicatorsHaveARowForEachLineAndMeasurementOfTheProjectsOnThePage(t *testing.T) {
	i := demo(t)
	for _, query := range []string{"?razeni=nazev", "?oblast=JAZ&razeni=nazev", "?q=kurz&razeni=nazev", "?oblast=XXX"} {
		var lines, measured []string
		for _, row := range exported(t, i, "/export/projekty.csv"+query) {
			p := stored(t, i, row["Kód záznamu"])
			for n := range p.Funding {
				lines = append(lines, p.ID+"/"+strconv.Itoa(n+1))
			}
			for n, x := range p.Indicators {
				for range max(1, len(x.Measurements)) {
					measured = append(measured, p.ID+"/"+strconv.Itoa(n+1))
				}
			}
		}
		for file, want := range map[string][]string{"financovani": lines, "indikatory": measured} {
			var got []string
			for _, row := range exported(t, i, "/export/"+file+".csv"+query) {
				row = plainHeads(row)
				number := row["Pořadí řádku v projektu"] + row["Pořadí indikátoru v projektu"]
				got = append(got, row["Kód projektu"]+"/"+number)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s%s: %d rows, want %d", file, query, len(got), len(want))
			}
			var all []map[string]*string
			if err := json.Unmarshal(i.get(t, "/en/export/"+file+".json"+query).Body.Bytes(), &all); err != nil || len(all) != len(want) {
				t.Errorf("%s.json%s: %d rows, %v", file, query, len(all), err)
			}
		}
		t.Logf("%s: %d lines, %d measurements", query, len(lines), len(measured))
	}
}

func TestALineInAnotherCurrencyIsInCrownsOnlyWhereItsRateIsKnown(t *testing.T) {
	i := empty(t)
	p := publish(t, i, "Peníze odjinud", func(p *atlas.Project) {
		funder := p.Parties[0].Actor
		p.Funding = []atlas.Funding{
			{Funder: funder, FunderType: "EU-S", Requested: atlas.Crowns(300), Granted: atlas.Crowns(200), Spent: atlas.Crowns(100), Currency: "CZK"},
			{Funder: funder, FunderType: "EU-S", Granted: atlas.Crowns(1000), Currency: "EUR", Rate: 25_120_000, RateDate: atlas.Date{Year: 2018, Month: 3, Day: 5}},
			{Funder: funder, FunderType: "STA", Spent: atlas.Amount{Minor: 500_00, State: atlas.AmountEstimate}, Currency: "EUR"},
			{Funder: funder, FunderType: "STA", Year: 2019},
		}
	})
	rows := exported(t, i.as(t, atlas.Viewer{}), "/export/financovani.csv")
	if len(rows) != 4 {
		t.Fatalf("%d rows", len(rows))
	}
	want := []map[string]string{
		{"Kód projektu": p.ID, "Požadováno": "300.00", "Přiznáno v Kč": "200.00", "Vyčerpáno v Kč": "100.00", "Částka, kterou počítáme do součtů, v Kč": "200.00", "Měna": "CZK", "Kurz v korunách": ""},
		{"Přiznáno": "1000.00", "Přiznáno – jak je známo": "známo", "Měna": "EUR", "Kurz v korunách": "25.12", "Datum kurzu": "2018-03-05", "Přiznáno v Kč": "25120.00", "Částka, kterou počítáme do součtů, v Kč": "25120.00", "Vyčerpáno": "", "Vyčerpáno – jak je známo": "není známo"},
		{"Vyčerpáno": "500.00", "Vyčerpáno – jak je známo": "odhad", "Měna": "EUR", "Vyčerpáno v Kč": "", "Částka, kterou počítáme do součtů, v Kč": ""},
		{"Rok": "2019", "Přiznáno": "", "Přiznáno v Kč": "", "Částka, kterou počítáme do součtů, v Kč": "", "Druh zdroje (kód)": "STA"},
	}
	for n, fields := range want {
		row := plainHeads(rows[n])
		for label, value := range fields {
			if got, there := row[label]; got != value || !there {
				t.Errorf("row %d, %s: %q, want %q", n, label, got, value)
			}
		}
	}
}

func TestAnIndicatorWithoutAMeasurementHasItsRowAndNobodyIsNamed(t *testing.T) {
	i := empty(t)
	p := everything(t, i)
	p.Indicators = append(p.Indicators, atlas.Indicator{Name: "=HYPERLINK(1)", Kind: atlas.IndicatorOutcome, Unit: "%", Baseline: "12.5"})
	if err := i.app.SaveProject(t.Context(), editor, p); err != nil {
		t.Fatal(err)
	}
	for _, asker := range []*instance{i, i.as(t, atlas.Viewer{})} {
		rows := exported(t, asker, "/export/indikatory.csv")
		if len(rows) != 3 {
			t.Fatalf("%d rows, want two measurements and one indicator", len(rows))
		}
		first, second, third := plainHeads(rows[0]), plainHeads(rows[1]), plainHeads(rows[2])
		if first["Měření – Období"] != "2019" || first["Měření – Hodnota"] != "85.5" || first["Měření – Co se počítalo (kód)"] != "UNIK" || first["Cílová hodnota"] != "120" {
			t.Errorf("%v", first)
		}
		if second["Měření – Období"] != "2020" || second["Měření – Hodnota"] != "" {
			t.Errorf("%v", second)
		}
		if third["Co se měří"] != "'=HYPERLINK(1)" || third["Výchozí hodnota"] != "12.5" || third["Měření – Hodnota"] != "" || third["Druh (kód)"] != atlas.IndicatorOutcome {
			t.Errorf("%v", third)
		}
		for _, file := range []string{"indikatory.csv", "indikatory.json", "financovani.csv", "financovani.json"} {
			body := asker.get(t, "/export/"+file).Body.String()
			for _, secret := range secrets {
				if strings.Contains(body, secret) {
					t.Errorf("%s holds %q", file, secret)
				}
			}
		}
	}
}

func TestADraftIsInNoDataSet(t *testing.T) {
	i := empty(t)
	p := everything(t, i)
	p.RecordStatus = atlas.RecordDraft
	if err := i.app.SaveProject(t.Context(), editor, p); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"projekty", "financovani", "indikatory"} {
		if body := i.get(t, "/export/"+name+".csv").Body.String(); strings.Contains(body, p.ID) || strings.Contains(body, "Všechno známé") {
			t.Errorf("%s holds a draft", name)
		}
	}
}

func TestEveryColumnOfADataSetHasItsOwnHeadInBothLanguages(t *testing.T) {
	i := demo(t)
	a := &area{site: i.site, app: i.app}
	for _, heads := range []func(lang, host string) []export.Column{
		func(lang, host string) []export.Column { return a.columns(lang, host).Heads() },
		func(lang, host string) []export.Column { return a.fundingColumns(lang, host).Heads() },
		func(lang, host string) []export.Column { return a.indicatorColumns(lang, host).Heads() },
	} {
		cs, en := heads("cs", ""), heads("en", "")
		labels, keys := map[string]bool{}, map[string]bool{}
		for n := range cs {
			if cs[n].Label == "" || en[n].Label == "" || strings.Contains(cs[n].Label+en[n].Label, "projects.") || cs[n].Key != en[n].Key {
				t.Errorf("%+v, %+v", cs[n], en[n])
			}
			if keys[cs[n].Key] || labels["cs "+cs[n].Label] || labels["en "+en[n].Label] {
				t.Errorf("%s is there twice: %q, %q", cs[n].Key, cs[n].Label, en[n].Label)
			}
			keys[cs[n].Key], labels["cs "+cs[n].Label], labels["en "+en[n].Label] = true, true, true
		}
		t.Logf("%d columns", len(cs))
	}
}
