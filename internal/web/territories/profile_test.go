package territories_test

import (
	"encoding/csv"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// numbers writes totals of a data set on 31 December of a year.
func numbers(t *testing.T, i *webtest.Instance, dataset string, year int, all map[string]int64) {
	t.Helper()
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		b := atlas.Batch{Source: "statistika:" + dataset, File: dataset + strconv.Itoa(year)}
		if err := tx.PutBatch(t.Context(), &b); err != nil {
			return err
		}
		var slices []atlas.Slice
		for code, n := range all {
			s := atlas.Slice{Dataset: dataset, Territory: code, Date: atlas.Date{Year: year, Month: 12, Day: 31}, Version: 1, Batch: b.ID, Figures: []atlas.Figure{
				{Value: n, State: atlas.FigureKnown}, {Category: atlas.Category{Citizenship: "UA"}, Value: n / 2, State: atlas.FigureKnown},
			}}
			s.Sort()
			slices = append(slices, s)
		}
		if err := tx.PutSlices(t.Context(), dataset, slices); err != nil {
			return err
		}
		if _, err := tx.SumUpDataset(t.Context(), dataset); err != nil {
			return err
		}
		return tx.Audit(t.Context(), store.AuditEntry{By: "atlas", Action: "statistics", Subject: b.ID})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// row finds the row of a table whose head begins so.
func row(p webtest.Page, section, head string) string {
	return strings.Join(strings.Fields(p.Find(`section[aria-labelledby="`+section+`"] tbody tr`).FilterFunction(func(_ int, tr *goquery.Selection) bool {
		return strings.HasPrefix(strings.TrimSpace(tr.Find("th").Text()), head)
	}).First().Text()), " ")
}

func TestEveryNumberOfAProfileSaysItsSourceAndDateOrThatItIsNotKnown(t *testing.T) { // chapter 8.7
	i := webtest.Start(t)
	before := i.Get(t, "/uzemi/CZ041")
	for _, head := range []string{"Obyvatelé", "Cizinci", "Podíl cizinců", "Změna počtu", "Osoby s dočasnou ochranou"} {
		if got := row(before, "cisla", head); !strings.Contains(got, "není známo") || strings.Contains(got, "0 ") && head != "Osoby s dočasnou ochranou" {
			t.Errorf("without statistics %q", got)
		}
	}
	if !strings.Contains(before.Words(`section[aria-labelledby="kde-zacit"]`), "Statistiky nahrávají editoři") {
		t.Error("nobody says who uploads what is missing")
	}
	numbers(t, i, atlas.DatasetPopulation, 2025, map[string]int64{"CZ041": 200_000, "CZ032": 400_000})
	numbers(t, i, atlas.DatasetForeigners, 2020, map[string]int64{"CZ041": 20_000})
	numbers(t, i, atlas.DatasetForeigners, 2025, map[string]int64{"CZ041": 25_000, "CZ032": 40_000})
	p := i.Get(t, "/uzemi/CZ041")
	for head, want := range map[string]string{
		"Obyvatelé": "200 000", "Cizinci": "25 000", "Podíl cizinců": "12,5 %", "Změna počtu": "+25 %", "Podíl největšího": "50 %",
	} {
		got := row(p, "cisla", head)
		if !strings.Contains(plain(got), want) || !strings.Contains(got, "2025") || !strings.Contains(got, "Český statistický úřad") {
			t.Errorf("%s: %q, want %s", head, got, want)
		}
	}
	if p.Find(`a[href="/statistiky/csu-cizinci/CZ041"]`).Length() == 0 || !strings.Contains(plain(p.Words("#csu-cizinci")), "Ukrajina") {
		t.Error("who lives here is not told or does not lead to its numbers")
	}
	if got := p.Find(`section[aria-labelledby="kde-zacit"] ol li`); got.Length() != 3 || got.Find("a").Length() != 3 {
		t.Errorf("%d steps to begin with, %d of them lead somewhere", got.Length(), got.Find("a").Length())
	}
}

func TestThePartsOfTheDistanceOnThePageSumToIt(t *testing.T) {
	i := webtest.Start(t)
	numbers(t, i, atlas.DatasetPopulation, 2025, map[string]int64{"CZ041": 200_000, "CZ032": 400_000, "CZ020": 1_400_000})
	p := i.Get(t, "/uzemi/CZ041")
	tables := p.Find(`section[aria-labelledby="podobna"] table`)
	if tables.Length() != 10 {
		t.Fatalf("%d similar kraje", tables.Length())
	}
	number := func(s *goquery.Selection) float64 {
		v, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(s.Text()), ",", "."), 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	last := 0.0
	tables.Each(func(_ int, table *goquery.Selection) {
		sum := 0.0
		table.Find("tbody tr").Each(func(_ int, tr *goquery.Selection) { sum += number(tr.Find("td").Last()) })
		if total := number(table.Find("tfoot td")); math.Abs(sum-total) > 0.04 || total == 0 { // rounded parts
			t.Errorf("parts sum to %.2f of %.2f", sum, total)
		} else if total < last {
			t.Errorf("at a distance of %.2f after %.2f", total, last)
		} else {
			last = total
		}
	})
}

func TestTerritoriesStandSideBySideAndEveryWordOfTheFormStays(t *testing.T) {
	i := webtest.Start(t)
	p := i.Get(t, "/uzemi/porovnani?uzemi=CZ041&uzemi=Plze%C5%88sk%C3%BD+kraj&uzemi=Nikde&uzemi=CZ041&uzemi=CZ020")
	if p.Status != http.StatusOK || p.Find("thead th").Length() != 3 {
		t.Fatalf("%d with %d columns", p.Status, p.Find("thead th").Length())
	}
	var values []string
	p.Find(`input[name="uzemi"]`).Each(func(_ int, s *goquery.Selection) { values = append(values, s.AttrOr("value", "")) })
	if strings.Join(values, "|") != "Karlovarský kraj [CZ041]|Plzeňský kraj [CZ032]|Nikde|Karlovarský kraj [CZ041]" {
		t.Errorf("the form keeps %q", values)
	}
	for _, want := range []string{"Území „Nikde“ neznáme", "už ve srovnání je", "nejvýš čtyři"} {
		if !strings.Contains(p.Words("main"), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	_, body := i.Ask(t, http.MethodGet, p.Find("a[download]").AttrOr("href", ""))
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(body), "\ufeff")))
	reader.Comma = ';'
	table, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	table = table[1:]
	if len(table) == 0 || len(table)%2 != 0 {
		t.Fatalf("%d rows", len(table))
	}
	for _, r := range table {
		if (r[4] == "") != (r[6] == "") || r[0] != "CZ041" && r[0] != "CZ032" {
			t.Errorf("%v", r)
		}
		if r[2] == "projects" && r[4] != strconv.Itoa(byHand(projects(t, i), i, r[0]).total) {
			t.Errorf("%v", r)
		}
	}
	if empty := i.Get(t, "/uzemi/porovnani"); empty.Find("table").Length() != 0 || empty.Find(".nothing").Length() != 1 {
		t.Error("nothing asked is not said to be nothing")
	}
}

func TestOnlyTheSmallPageMayStandInAFrame(t *testing.T) {
	i := webtest.Start(t)
	for path, want := range map[string]string{
		"/uzemi/CZ041/vlozit": "*", "/en/uzemi/CZ041/vlozit": "*", "/uzemi/CZ041": "'none'", "/uzemi/porovnani": "'none'", "/uzemi/XX/vlozit": "'none'", "/pokryti": "'none'",
	} {
		res, body := i.Ask(t, http.MethodGet, path)
		if csp := res.Header.Get("Content-Security-Policy"); !strings.HasSuffix(csp, "frame-ancestors "+want) {
			t.Errorf("%s: %q", path, csp)
		}
		if want == "*" && (strings.Contains(string(body), "<form") || strings.Contains(string(body), "<script") || !strings.Contains(string(body), "noindex") || !strings.Contains(string(body), "/uzemi/CZ041\"")) {
			t.Errorf("%s: %s", path, body)
		}
	}
	if p := i.Get(t, "/uzemi/CZ041"); !strings.Contains(p.Find("#vlozit code").Text(), "/uzemi/CZ041/vlozit\" title=\"Karlovarský kraj\"") {
		t.Errorf("the code to copy is %q", p.Find("#vlozit code").Text())
	}
}

// TestANameThatIsUnknownOrOfSeveralTerritoriesLeadsOnToTheComparison with the chosen
// one in its place, and the fields offer names before anybody types.
func TestANameThatIsUnknownOrOfSeveralTerritoriesLeadsOnToTheComparison(t *testing.T) {
	i := webtest.Start(t)
	for _, text := range []string{"Karlovarsko", "Karlov"} {
		p := i.Get(t, "/uzemi/porovnani?uzemi=CZ032&uzemi="+url.QueryEscape(text))
		choices := p.Find(".field-problem a")
		if choices.Length() == 0 {
			t.Errorf("%s leads nowhere: %q", text, p.Words(".field-problem"))
			continue
		}
		next := i.Get(t, choices.First().AttrOr("href", ""))
		if next.Find("thead th").Length() != 3 || next.Find(".field-problem").Length() != 0 || next.Find(`input[name="uzemi"]`).First().AttrOr("value", "") != "Plzeňský kraj [CZ032]" {
			t.Errorf("%s: %s has %d columns", text, next.Path, next.Find("thead th").Length())
		}
	}
	offered := i.Get(t, "/en/uzemi/porovnani").Find("datalist#mista option")
	if offered.Length() != 14+77+206 || offered.FilterFunction(func(_ int, o *goquery.Selection) bool { return o.AttrOr("value", "") == "Karlovarský kraj [CZ041]" }).Length() != 1 {
		t.Errorf("%d names are offered", offered.Length())
	}
}

// counselling is an ended project in a place whose money bought contacts.
func counselling(t *testing.T, i *webtest.Instance, n int, place string, crowns int64) {
	t.Helper()
	p, err := i.App.Reader().Project(t.Context(), "P-00001")
	if err != nil {
		t.Fatal(err)
	}
	p.ID, p.Meta, p.RegNumber, p.Follows, p.PlaceText, p.Ongoing = "", atlas.Meta{RecordStatus: atlas.RecordPublished}, "", nil, "", false
	p.TitleCs, p.TitleEn, p.Territories, p.Scope = "Poradna "+strconv.Itoa(n), "", []atlas.Place{{Territory: place}}, "OKRES"
	p.From, p.To, p.Status = atlas.Date{Year: 2024, Month: 1}, atlas.Date{Year: 2024, Month: 12}, atlas.StatusEnded
	p.Funding, p.TotalCost, p.IntegrationShare = nil, atlas.Crowns(crowns), atlas.Pct(100)
	p.Activities = []atlas.Activity{{Code: "A06"}}
	p.Indicators = []atlas.Indicator{{Name: "Kontakty", Kind: atlas.IndicatorOutput, Unit: "kontakt", Measurements: []atlas.Measurement{{Value: "100", CountKind: "KONT"}}}}
	if err := i.App.SaveProject(t.Context(), webtest.Editor, p); err != nil {
		t.Fatal(err)
	}
}

// 8.3: 100, 200, 300, 400 and 900 CZK for a contact have the median 300 and the
// quartiles 200 and 400; four of them lie in one okres, of which nothing is told.
func TestUnitCostsOfATerritoryAreThoseOfItsProjectsAndOfFewerThanFiveNoneIsTold(t *testing.T) {
	i := webtest.Start(t)
	for n, crowns := range []int64{10_000, 20_000, 30_000, 40_000, 90_000} {
		counselling(t, i, n, map[bool]string{true: "CZ0412", false: "CZ0411"}[n == 4], crowns)
	}
	counselling(t, i, 9, "CZ0201", 500_000) // another kraj
	for _, x := range []struct{ path, want string }{
		{"/uzemi/CZ041", "kontakt (Kontakty, intervence)300 Kč200 Kč400 Kč5"}, {"/en/uzemi/CZ041", "kontakt (Contacts, interventions)300 CZK200 CZK400 CZK5"},
		{"/uzemi/CZ0411", "kontakt (Kontakty, intervence)Jen 4 projekty: z méně než pěti medián neukazujeme"},
		{"/uzemi/CZ080", "Žádný zdejší skončený projekt zatím neříká"},
	} {
		p := i.Get(t, x.path)
		got := strings.ReplaceAll(p.Words("section[aria-labelledby=naklady]"), "\u00a0", " ")
		if !strings.Contains(strings.ReplaceAll(got, " ", ""), strings.ReplaceAll(x.want, " ", "")) {
			t.Errorf("%s lacks %q: %s", x.path, x.want, got)
		}
		if strings.Contains(x.want, "Jen") && strings.Contains(got, "Kč") {
			t.Errorf("%s tells money of four projects: %s", x.path, got)
		}
		if p.Find(`section[aria-labelledby=naklady] a[href*="jednotkove-naklady"]`).Length() == 0 {
			t.Errorf("%s does not lead to the page of unit costs", x.path)
		}
	}
	if p := i.Get(t, "/uzemi/CZ041"); !strings.Contains(p.Words("section[aria-labelledby=naklady]"), "v cenách roku 2024") {
		t.Error("the year of the prices is not said")
	}
}
