package atlas

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func lists() *Lists {
	one := func(list string, codes ...string) List {
		l := List{Code: list}
		for _, c := range codes {
			l.Items = append(l.Items, Item{Code: c, Cs: c})
		}
		return l
	}
	return NewLists([]List{
		one(ListStatus, StatusEnded), one(ListCountry, "CZ", "DE", "UA"), one(ListScope, ScopeCountry, ScopeMunicipality, ScopeAbroad),
		one(ListArea, "STR", "JAZ", "SKO", "ZAM", "BYD", "SOC"), one(ListTargetLegal, "TG-ALL"), one(ListActivity, "A35"),
		one(ListRole, RoleImplementer, "PNEF"), one(ListSourceKind, "WEB"), one(ListCountKind, "UNIK"), one(ListRecordStatus, RecordPublished),
		one(ListLicence, "CC BY 4.0"), one(ListProgramme, "OPZ"), one(ListFunderType, "EU-S"), one(ListCurrency, "CZK", "EUR"),
	})
}

// mis is the record of acceptance example 6.
func mis() *Project {
	return &Project{
		Meta: Meta{RecordStatus: RecordPublished}, TitleCs: "Města a inkluzivní strategie", RegNumber: "CZ.03.3.X/0.0/0.0/15_124/0006483",
		Annotation: "Databáze, manuál a analýzy místní integrace.", Goal: "Lepší místní integrace",
		From: Date{2017, 9, 0}, To: Date{2020, 12, 0}, Status: StatusEnded, Country: "CZ", Scope: ScopeCountry,
		Parties: []Party{{Actor: "A-00001", Role: RoleImplementer}}, Areas: []AreaShare{{Code: "STR", Primary: true}},
		TargetLegal: []string{"TG-ALL"}, Activities: []Activity{{Code: "A35"}},
		Funding: []Funding{{Programme: "OPZ", CallNo: "124", FunderType: "EU-S", Granted: Crowns(4_000_000)}},
		Sources: []Source{{Kind: "WEB", URL: "https://www.cizinci.cz/web/cz/mesta-a-inkluzivni-strategie", Accessed: Date{2026, 11, 21}}},
	}
}

func keys(ps []Problem) []string {
	var out []string
	for _, p := range ps {
		out = append(out, p.Field+" "+p.Key)
	}
	slices.Sort(out)
	return out
}

func TestMISCanBePublishedAndIsActiveFortyMonths(t *testing.T) { // acceptance example 6
	p := mis()
	if ps := p.Problems(lists(), StagePublish, 2026); len(ps) > 0 {
		t.Fatal(keys(ps))
	}
	if n := MonthsBetween(p.From, p.To); n != 40 {
		t.Errorf("%d months", n)
	}
	if from, to, ok := p.ActiveYears(2026); !ok || from != 2017 || to != 2020 {
		t.Error(from, to, ok)
	}
	months := MonthsByYear(p.From, p.To)
	parts := Split(4_000_000_00, []int64{months[2017], months[2018], months[2019], months[2020]}, 0)
	if !slices.Equal(parts, []int64{400_000_00, 1_200_000_00, 1_200_000_00, 1_200_000_00}) {
		t.Error(parts)
	}
}

func TestTheRemainderOfAShareGoesToThePrimaryArea(t *testing.T) { // acceptance example 7
	if got := Split(1_000_000_00, []int64{1, 1, 1}, 2); !slices.Equal(got, []int64{33333333, 33333333, 33333334}) {
		t.Error(got)
	}
}

func TestPartsOfAnAmountSumToIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64Range(-1<<53, 1<<53).Draw(t, "minor")
		weights := rapid.SliceOfN(rapid.Int64Range(1, 1<<40), 1, 20).Draw(t, "weights")
		rest := rapid.IntRange(0, len(weights)-1).Draw(t, "rest")
		var sum int64
		for _, p := range Split(minor, weights, rest) {
			sum += p
		}
		if sum != minor {
			t.Fatalf("%d parts sum to %d, not %d", len(weights), sum, minor)
		}
	})
}

func TestAProjectWithoutASourceCannotStayPublished(t *testing.T) { // acceptance example 18
	p := mis()
	p.Sources = nil
	for _, stage := range []Stage{StageListed, StagePublish} {
		if got := keys(p.Problems(lists(), stage, 2026)); !slices.Contains(got, "sources problem.required") {
			t.Error(stage, got)
		}
	}
	if got := p.Problems(lists(), StageSave, 2026); len(got) > 0 {
		t.Error("a draft may lack its source:", keys(got))
	}
}

func TestEachRuleOfTheProjectNamesItsField(t *testing.T) {
	cases := []struct {
		name  string
		spoil func(*Project)
		want  string
	}{
		{"end before start", func(p *Project) { p.To = Date{2017, 8, 0} }, "date_to problem.date_order"},
		{"year too early", func(p *Project) { p.From = Date{1989, 0, 0} }, "date_from problem.year_range"},
		{"year too late", func(p *Project) { p.To = Date{2037, 0, 0} }, "date_to problem.year_range"},
		{"no such day", func(p *Project) { p.From = Date{2017, 2, 30} }, "date_from problem.date"},
		{"shares of areas", func(p *Project) {
			p.Areas = []AreaShare{{"STR", true, Pct(50)}, {"JAZ", false, Pct(40)}}
		}, "areas problem.shares"},
		{"a share missing", func(p *Project) {
			p.Areas = []AreaShare{{"STR", true, Pct(100)}, {"JAZ", false, Percent{}}}
		}, "areas problem.shares"},
		{"two primary areas", func(p *Project) { p.Areas = []AreaShare{{Code: "STR", Primary: true}, {Code: "JAZ", Primary: true}} }, "areas problem.one_primary"},
		{"six areas", func(p *Project) {
			p.Areas = []AreaShare{{Code: "STR", Primary: true}, {Code: "JAZ"}, {Code: "SKO"}, {Code: "ZAM"}, {Code: "BYD"}, {Code: "SOC"}}
		}, "areas problem.too_many"},
		{"unknown code", func(p *Project) { p.TargetLegal = []string{"NENI"} }, "target_legal.0 problem.code"},
		{"places abroad", func(p *Project) { p.Country = "DE"; p.Territories = []Place{{Territory: "CZ041"}} }, "territories problem.abroad_territories"},
		{"people without a kind", func(p *Project) { p.PeopleReached = Count{Known: true, N: 5} }, "people_reached.kind problem.required"},
		{"negative money", func(p *Project) { p.TotalCost = Crowns(-1) }, "total_cost problem.negative"},
		{"photo without source", func(p *Project) {
			p.Media = []Media{{URL: "https://example.org/a.jpg", Licence: "CC BY 4.0", Alt: "x"}}
		}, "media.0.source problem.required"},
		{"address of a script", func(p *Project) { p.Web = "javascript:alert(1)" }, "web problem.url"},
		{"upscaling without detail", func(p *Project) { p.Upscaling = Flag{Yes, "x"} }, "detail problem.required"},
		{"contact public without consent", func(p *Project) { p.Contacts = []Person{{Name: "X", Public: true}} }, "contacts.0.consent problem.consent"},
		{"no implementer", func(p *Project) { p.Parties[0].Role = "PNEF" }, "parties problem.required"},
	}
	for _, c := range cases {
		p := mis()
		c.spoil(p)
		if got := keys(p.Problems(lists(), StagePublish, 2026)); !slices.Contains(got, c.want) {
			t.Errorf("%s: got %v, want %s", c.name, got, c.want)
		}
	}
}

func TestCompletenessCountsThreePointsForRequiredFields(t *testing.T) { // rule 8.8
	if c := (&Project{}).Completeness(); c.Percent != 0 || c.Full || len(c.Missing) != 20 {
		t.Errorf("%+v", c)
	}
	c := mis().Completeness() // all ten required, of the recommended: date_to, activities, funding
	if c.Percent != 33*100/40 || !c.Full || len(c.Missing) != 7 {
		t.Errorf("%+v", c)
	}
}

func TestUnknownMoneyIsCountedAndNeverAdded(t *testing.T) { // U-03
	var s Sum
	for _, a := range []Amount{Crowns(100), {}, {Minor: 5000, State: AmountEstimate}} {
		s.Add(a)
	}
	if s != (Sum{Minor: 15000, Known: 2, Estimates: 1, Unknown: 1}) {
		t.Errorf("%+v", s)
	}
	p := &Project{Funding: []Funding{{Granted: Crowns(10), Currency: "EUR"}}}
	if a, _, _ := p.Money(); a.Known() {
		t.Error("euros without a rate became crowns")
	}
	p.Funding[0].Rate = 24_500_000
	if a, _, _ := p.Money(); a != Crowns(245) {
		t.Error(a)
	}
}

func TestDatesKeepTheirPrecision(t *testing.T) {
	for _, s := range []string{"2017", "2017-09", "2017-09-01", ""} {
		d, err := ParseDate(s)
		if err != nil || d.String() != s {
			t.Errorf("%q became %q, %v", s, d, err)
		}
	}
	for _, s := range []string{"2017-13", "2017-02-30", "17", "2017-9", "2017-09-01-01", "x"} {
		if _, err := ParseDate(s); err == nil {
			t.Errorf("%q went through", s)
		}
	}
}
