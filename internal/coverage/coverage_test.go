package coverage

import (
	"math/big"
	"slices"
	"testing"

	"atlas"
	"atlas/internal/place"

	"pgregory.net/rapid"
)

// country is a small country: two kraje, three okresy, four municipalities, and
// a capital that is all levels at once.
func country() *place.Gazetteer {
	return place.New([]atlas.Territory{
		{Code: "CZ", Level: atlas.LevelCountry, Name: "Česko"},
		{Code: "CZ010", Level: atlas.LevelRegion, Name: "Praha"},
		{Code: "CZ0100", Level: atlas.LevelDistrict, Name: "Praha", Region: "CZ010"},
		{Code: "1000", Level: atlas.LevelORP, Name: "Praha", Region: "CZ010"},
		{Code: "554782", Level: atlas.LevelMunicipality, Name: "Praha", Region: "CZ010", District: "CZ0100", ORP: "1000"},
		{Code: "CZ042", Level: atlas.LevelRegion, Name: "Ústecký kraj"},
		{Code: "CZ0421", Level: atlas.LevelDistrict, Name: "Děčín", Region: "CZ042"},
		{Code: "CZ0425", Level: atlas.LevelDistrict, Name: "Most", Region: "CZ042"},
		{Code: "4202", Level: atlas.LevelORP, Name: "Děčín", Region: "CZ042"},
		{Code: "562335", Level: atlas.LevelMunicipality, Name: "Děčín", Region: "CZ042", District: "CZ0421", ORP: "4202"},
		{Code: "562394", Level: atlas.LevelMunicipality, Name: "Česká Kamenice", Region: "CZ042", District: "CZ0421", ORP: "4202"},
		{Code: "567027", Level: atlas.LevelMunicipality, Name: "Most", Region: "CZ042", District: "CZ0425"},
	})
}

var (
	districts = Question{Level: atlas.LevelDistrict, From: 2015, To: 2026, Now: MonthOf(atlas.Date{Year: 2026, Month: 11})}
	regions   = Question{Level: atlas.LevelRegion, From: 2015, To: 2026, Now: districts.Now}
)

func project(from, to string, crowns int64, change ...func(*atlas.Project)) *atlas.Project {
	p := &atlas.Project{Status: atlas.StatusEnded, Country: "CZ", Scope: atlas.ScopeMunicipality, IntegrationShare: atlas.Pct(100)}
	p.From, _ = atlas.ParseDate(from)
	p.To, _ = atlas.ParseDate(to)
	if crowns > 0 {
		p.Funding = []atlas.Funding{{Granted: atlas.Crowns(crowns)}}
	}
	for _, c := range change {
		c(p)
	}
	return p
}

func in(codes ...string) func(*atlas.Project) {
	return func(p *atlas.Project) {
		for _, c := range codes {
			p.Territories = append(p.Territories, atlas.Place{Territory: c})
		}
	}
}

func about(codes ...string) func(*atlas.Project) {
	return func(p *atlas.Project) {
		for i, c := range codes {
			p.Areas = append(p.Areas, atlas.AreaShare{Code: c, Primary: i == 0})
		}
	}
}

func scope(code string) func(*atlas.Project) { return func(p *atlas.Project) { p.Scope = code } }

func matrix(q Question, projects ...*atlas.Project) *Matrix {
	b := NewBook()
	var docs []uint32
	for i, p := range projects {
		b.Put(uint32(i), Of(p))
		docs = append(docs, uint32(i))
	}
	return b.Matrix(country(), q, Selection{Docs: docs})
}

func (m *Matrix) at(code, item string, year int) Cell {
	return m.Cell(m.Row(Row{RowTerritory, code}), m.Item(item), year)
}

func TestAcceptanceExample6SpreadsMoneyOverActiveMonths(t *testing.T) {
	p := project("2017-09", "2020-12", 4_000_000, in("CZ042"), about("STR"))
	if n := Of(p).Last - Of(p).First + 1; n != 40 {
		t.Errorf("%d months active, want 40", n)
	}
	m := matrix(regions, p)
	for year, want := range map[int]Cell{
		2016: {}, 2021: {},
		2017: {Minor: 400_000_00, Projects: 1, Months: 4},
		2018: {Minor: 1_200_000_00, Projects: 1, Months: 12},
		2019: {Minor: 1_200_000_00, Projects: 1, Months: 12},
		2020: {Minor: 1_200_000_00, Projects: 1, Months: 12},
	} {
		if got := m.at("CZ042", "STR", year); got != want {
			t.Errorf("%d: %+v, want %+v", year, got, want)
		}
	}
}

func TestAcceptanceExample7LeavesTheRemainderToThePrimaryArea(t *testing.T) {
	p := project("2020-01", "2020-12", 1_000_000, in("CZ0421"))
	p.Areas = []atlas.AreaShare{{Code: "JAZ"}, {Code: "ZDR", Primary: true}, {Code: "PRA"}}
	m := matrix(districts, p)
	for item, want := range map[string]int64{"JAZ": 333_333_33, "PRA": 333_333_33, "ZDR": 333_333_34} {
		if got := m.at("CZ0421", item, 2020).Minor; got != want {
			t.Errorf("%s: %d, want %d", item, got, want)
		}
	}
}

func TestAcceptanceExample8ANationwideProjectDoesNotCoverADistrict(t *testing.T) {
	p := project("2020-01", "2026-12", 5_000_000, scope(atlas.ScopeCountry), in("CZ0421"), about("ZDR"))
	m := matrix(districts, p)
	if got := m.at("CZ0421", "ZDR", 2024); got != (Cell{}) {
		t.Errorf("the district has %+v of a nationwide project", got)
	}
	if got := m.Cell(m.Row(Row{Kind: RowWide}), m.Item("ZDR"), 2024).Projects; got != 1 {
		t.Errorf("the row of nationwide projects has %d, want 1", got)
	}
}

func TestAProjectOfAKrajCoversItsOkresyOnlyFromAbove(t *testing.T) {
	p := project("2020-01", "2020-12", 1_000, scope(atlas.ScopeRegion), in("CZ042"), about("JAZ"))
	m := matrix(districts, p)
	if got := m.at("CZ0421", "JAZ", 2020); got != (Cell{}) {
		t.Errorf("the okres has %+v", got)
	}
	if got := m.Total(m.Row(Row{RowWhole, "CZ042"}), m.Item("JAZ")); got.Projects != 1 || got.Minor != 1_000_00 {
		t.Errorf("the kraj as a whole has %+v", got)
	}
	if got := matrix(regions, p).at("CZ042", "JAZ", 2020).Projects; got != 1 {
		t.Errorf("the kraj has %d projects", got)
	}
}

func TestTheCapitalIsItsOwnKrajAndOkres(t *testing.T) {
	for _, code := range []string{"CZ010", "CZ0100", "1000", "554782"} {
		p := project("2020-01", "2020-12", 1_000, in(code), about("JAZ"))
		if got := matrix(districts, p).at("CZ0100", "JAZ", 2020).Projects; got != 1 {
			t.Errorf("a project in %s: the okres Praha has %d", code, got)
		}
		if got := matrix(regions, p).at("CZ010", "JAZ", 2020).Projects; got != 1 {
			t.Errorf("a project in %s: the kraj Praha has %d", code, got)
		}
	}
}

func TestWhichProjectsCount(t *testing.T) {
	for name, c := range map[string]struct {
		p       *atlas.Project
		years   []int
		unknown bool // the year is not known
	}{
		"running":             {project("2020-03", "2021-02", 0, in("CZ0421")), []int{2020, 2021}, false},
		"without an end":      {project("2020-03", "", 0, in("CZ0421")), []int{2020}, false},
		"going on":            {project("2024-03", "", 0, in("CZ0421"), func(p *atlas.Project) { p.Ongoing = true }), []int{2024, 2025, 2026}, false},
		"without a start":     {project("", "2021", 0, in("CZ0421")), nil, true},
		"an end before start": {project("2020", "2019", 0, in("CZ0421")), []int{2020}, false},
	} {
		m := matrix(districts, c.p)
		var years []int
		for y := m.From; y <= m.To; y++ {
			if m.at("CZ0421", "", y).Projects > 0 {
				years = append(years, y)
			}
		}
		if !slices.Equal(years, c.years) {
			t.Errorf("%s: counted in %v, want %v", name, years, c.years)
		}
		row := m.Row(Row{RowTerritory, "CZ0421"})
		if got := m.cells[(row*len(m.Items)+m.Item(""))*m.width()+m.yearNotKnown()].Projects == 1; got != c.unknown {
			t.Errorf("%s: in the unknown year %v, want %v", name, got, c.unknown)
		}
	}
}

func TestProjectsThatDidNotHappenAreToldButNotCounted(t *testing.T) {
	status := func(s string) *atlas.Project {
		return project("2020", "2020", 1_000, in("CZ0421"), func(p *atlas.Project) { p.Status = s })
	}
	m := matrix(districts, status(atlas.StatusIntent), status(atlas.StatusRejected), status(atlas.StatusUnknown), status(""), status(atlas.StatusRunning), status(atlas.StatusSustained))
	if m.OtherStatus != 2 || m.UnknownStatus != 2 || m.Everything().Projects != 2 {
		t.Errorf("other status %d, unknown %d, counted %d; want 2, 2, 2", m.OtherStatus, m.UnknownStatus, m.Everything().Projects)
	}
}

func TestAProjectOfTwoAreasIsInBothAndOnceInTheTotal(t *testing.T) {
	m := matrix(districts, project("2020", "2020", 0, in("562335", "562394", "567027"), about("JAZ", "PRA")))
	if got := m.at("CZ0421", "JAZ", 2020).Projects + m.at("CZ0421", "PRA", 2020).Projects; got != 2 {
		t.Errorf("two cells count %d", got)
	}
	if got := m.RowTotal(m.Row(Row{RowTerritory, "CZ0421"})).Projects; got != 1 {
		t.Errorf("the okres counts %d", got)
	}
	if m.All().Projects != 1 || m.ItemTotal(m.Item("JAZ")).Projects != 1 || m.ItemYear(m.Item("JAZ"), 2020).Projects != 1 {
		t.Errorf("totals count %+v, %+v", m.All(), m.ItemTotal(m.Item("JAZ")))
	}
	if m.All().Unknown != 1 {
		t.Error("its money is not known and the total does not say so")
	}
}

func TestSharesThatAreNotKnownTakeEqualPartsOfTheRest(t *testing.T) {
	p := project("2020", "2020", 1_000, about("JAZ"))
	p.Territories = []atlas.Place{{Territory: "562335", Share: atlas.Pct(50)}, {Territory: "562394"}, {Territory: "567027"}}
	m := matrix(districts, p)
	if got := m.at("CZ0421", "JAZ", 2020).Minor; got != 750_00 {
		t.Errorf("Děčín has %d, want 75 000 haléře", got)
	}
	p.Territories[0].Share = atlas.Pct(100) // contradicts the others, which have no share
	if got := matrix(districts, p).at("CZ0425", "JAZ", 2020).Minor; got != 333_33 {
		t.Errorf("Most has %d, want a third", got)
	}
}

func TestOnlyTheShareOfIntegrationIsCounted(t *testing.T) {
	p := project("2020", "2020", 1_000, in("CZ0421"), about("JAZ"))
	p.IntegrationShare = atlas.Pct(25)
	if got := matrix(districts, p).All(); got.Minor != 250_00 || got.WholeShare != 0 {
		t.Errorf("%+v, want 250 Kč", got)
	}
	p.IntegrationShare = atlas.Percent{}
	if got := matrix(districts, p).All(); got.Minor != 1_000_00 || got.WholeShare != 1 {
		t.Errorf("%+v, want all of it and one project whose share is not known", got)
	}
}

// anyProject draws a project of any shape.
func anyProject(t *rapid.T) *atlas.Project {
	places := []string{"CZ", "CZ010", "CZ0100", "CZ042", "CZ0421", "CZ0425", "4202", "562335", "562394", "567027", "999999"}
	p := &atlas.Project{
		Status:  rapid.SampledFrom([]string{atlas.StatusRunning, atlas.StatusEnded, atlas.StatusSustained, atlas.StatusIntent, ""}).Draw(t, "status"),
		Country: rapid.SampledFrom([]string{"CZ", "CZ", "DE", ""}).Draw(t, "country"),
		Scope:   rapid.SampledFrom([]string{atlas.ScopeMunicipality, atlas.ScopeRegion, atlas.ScopeCountry, atlas.ScopeUnknown}).Draw(t, "scope"),
		Ongoing: rapid.Bool().Draw(t, "ongoing"),
	}
	percent := rapid.Custom(func(t *rapid.T) atlas.Percent {
		return atlas.Percent{Known: rapid.Bool().Draw(t, "known"), Hundredths: rapid.Int64Range(0, 10_000).Draw(t, "share")}
	})
	p.IntegrationShare = percent.Draw(t, "integration")
	for _, c := range rapid.SliceOfN(rapid.SampledFrom(places), 0, 4).Draw(t, "places") {
		p.Territories = append(p.Territories, atlas.Place{Territory: c, Share: percent.Draw(t, "place share")})
	}
	for i, c := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"JAZ", "PRA", "ZDR", "BYD"}), 0, 3, rapid.ID[string]).Draw(t, "areas") {
		p.Areas = append(p.Areas, atlas.AreaShare{Code: c, Primary: i == 0, Share: percent.Draw(t, "area share")})
	}
	p.TargetLegal = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"TG-EU", "TG-AZY", "TG-ALL"}), 0, 3, rapid.ID[string]).Draw(t, "groups")
	date := rapid.Custom(func(t *rapid.T) atlas.Date {
		y := rapid.SampledFrom([]int{0, 2010, 2016, 2017, 2020, 2026, 2030}).Draw(t, "year")
		if y == 0 {
			return atlas.Date{}
		}
		return atlas.Date{Year: y, Month: rapid.IntRange(0, 12).Draw(t, "month")}
	})
	p.From, p.To = date.Draw(t, "from"), date.Draw(t, "to")
	if rapid.Bool().Draw(t, "has money") {
		p.Funding = []atlas.Funding{{Granted: atlas.Amount{Minor: rapid.Int64Range(0, 1<<52).Draw(t, "money"), State: atlas.AmountKnown}}}
	}
	return p
}

func TestCellsSumToTheMoneyOfAllCountedProjectsOnEveryLevelAndAxis(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		projects := rapid.SliceOfN(rapid.Custom(anyProject), 1, 30).Draw(t, "projects")
		var want int64
		for _, p := range projects {
			if e := Of(p); e.Uncounted == Counted {
				want += e.Minor
			}
		}
		for _, level := range []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelORP, atlas.LevelMunicipality} {
			for _, axis := range []Axis{ByArea, ByTarget} {
				for _, within := range []string{"", "CZ042"} {
					q := districts
					q.Level, q.Axis, q.Within = level, axis, within
					if got := matrix(q, projects...).Money(); got != want {
						t.Fatalf("%s within %q, axis %d: cells sum to %d, projects to %d", level, within, axis, got, want)
					}
				}
			}
		}
	})
}

func TestAKrajIsItsOkresyAndWhatIsItsOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		projects := rapid.SliceOfN(rapid.Custom(anyProject), 1, 30).Draw(t, "projects")
		wide, fine := matrix(regions, projects...), matrix(districts, projects...)
		for _, item := range wide.Items {
			for y := wide.From; y <= wide.To; y++ {
				sum := fine.at("CZ0421", item, y).Minor + fine.at("CZ0425", item, y).Minor + fine.Cell(fine.Row(Row{RowWhole, "CZ042"}), fine.Item(item), y).Minor
				if got := wide.at("CZ042", item, y).Minor; got != sum {
					t.Fatalf("%s in %d: the kraj has %d, its parts %d", item, y, got, sum)
				}
			}
		}
	})
}

// TestEveryCodeOfARowFindsTheProjectsOfItsCells holds the codes that a search is
// asked by to what the matrix counts.
func TestEveryCodeOfARowFindsTheProjectsOfItsCells(t *testing.T) {
	coder := NewCoder(country())
	rapid.Check(t, func(t *rapid.T) {
		projects := rapid.SliceOfN(rapid.Custom(anyProject), 1, 30).Draw(t, "projects")
		for _, level := range []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelORP, atlas.LevelMunicipality} {
			q := districts
			q.Level, q.From, q.To = level, 2000, 2040
			m := matrix(q, projects...)
			for i, row := range m.Rows {
				code := row.Search(level)
				if code == "" {
					continue
				}
				found := 0
				for _, p := range projects {
					if e := Of(p); e.First != 0 && slices.Contains(coder.Codes(e), code) {
						found++
					}
				}
				if got := int(m.RowTotal(i).Projects); got != found {
					t.Fatalf("row %+v of %s: the matrix counts %d, the code %q finds %d", row, level, got, code, found)
				}
			}
		}
	})
}

func TestOneProjectMoreChangesItsOwnCellsOnly(t *testing.T) {
	b := NewBook()
	var docs []uint32
	gen := rapid.Custom(anyProject)
	for i := range 200 {
		b.Put(uint32(i), Of(gen.Example(i)))
		docs = append(docs, uint32(i))
	}
	before := b.Matrix(country(), districts, Selection{Docs: docs})
	b.Put(200, Of(project("2019", "2020", 100, in("CZ0421"), about("JAZ"))))
	after := b.Matrix(country(), districts, Selection{Docs: append(docs, 200)})
	for row := range after.Rows {
		for item, code := range after.Items {
			for y := after.From; y <= after.To; y++ {
				was, is := before.Cell(before.Row(after.Rows[row]), before.Item(code), y), after.Cell(row, item, y)
				expected := after.Rows[row].Code == "CZ0421" && code == "JAZ" && (y == 2019 || y == 2020)
				if (was != is) != expected {
					t.Errorf("%+v, %s, %d: %+v became %+v", after.Rows[row], code, y, was, is)
				}
			}
		}
	}
	b.Delete(200)
	if got := b.Matrix(country(), districts, Selection{Docs: append(docs, 200)}).Money(); got != before.Money() {
		t.Errorf("after the project went, the money is %d, before it came %d", got, before.Money())
	}
}

func TestPartsAreExactForAnyMoney(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		total := rapid.Int64Range(1, 1<<40).Draw(t, "total")
		weight := rapid.Int64Range(0, total).Draw(t, "weight")
		want := new(big.Int).Mul(big.NewInt(n), big.NewInt(weight))
		want.Quo(want, big.NewInt(total))
		if n == -1<<63 { // no money; its opposite cannot be held
			return
		}
		if got := part(n, weight, total); got != want.Int64() {
			t.Fatalf("%d·%d/%d = %d, want %d", n, weight, total, got, want)
		}
	})
}
