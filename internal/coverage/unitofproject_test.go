package coverage

import (
	"math"
	"slices"
	"strings"
	"testing"

	"atlas"
)

// course is a Czech course of 2019–2020 that granted 130 000 CZK for 50
// participants: 2 600 CZK for one, the lower price of the audit (U-07).
func course() *atlas.Project {
	return &atlas.Project{
		ID: "P-00001", Status: atlas.StatusEnded, From: atlas.Date{Year: 2019, Month: 1}, To: atlas.Date{Year: 2020, Month: 11},
		Funding:    []atlas.Funding{{Funder: "A-1", Granted: atlas.Crowns(130_000)}},
		Activities: []atlas.Activity{{Code: "A01"}},
		Indicators: []atlas.Indicator{{Name: "Účastníci", Kind: atlas.IndicatorOutput, Unit: "Účastník  kurzu", Measurements: []atlas.Measurement{{Period: "2020", Value: "50", CountKind: "UNIK"}}}},
	}
}

func costsOf(p *atlas.Project) Costs {
	return CostsOf(p, func(code string) bool { return strings.HasPrefix(code, "A") }, strings.ToLower)
}

func TestTheCostOfAnActivityIsDividedByWhatWasMeasured(t *testing.T) {
	got := costsOf(course())
	if len(got.Units) != 1 || got.Left != LeftNone {
		t.Fatalf("%+v", got)
	}
	u := got.Units[0]
	if u.Crowns != 2600 || u.Unit != (Unit{"A01", "účastník kurzu", "UNIK"}) || u.Minor != 13_000_000 || u.Count != 50 {
		t.Errorf("%+v", u)
	}
	if u.Year != 2019 { // January 2019 to November 2020: the middle is December 2019
		t.Errorf("prices of %d", u.Year)
	}
	if back, ok := ParseUnit(u.Key()); !ok || back != u.Unit {
		t.Errorf("%q reads as %+v", u.Key(), back)
	}
}

func TestTotalCostStandsInForAGrantAndIsMarked(t *testing.T) {
	p := course()
	p.Funding, p.TotalCost, p.Currency = nil, atlas.Crowns(335_000), "CZK"
	if u := costsOf(p).Units[0]; u.Crowns != 6700 || !u.FromCost {
		t.Errorf("%+v", u)
	}
	p.IntegrationShare = atlas.Percent{Known: true, Hundredths: 5000}
	if u := costsOf(p).Units[0]; u.Crowns != 3350 || u.WholeShare {
		t.Errorf("half of it is integration: %+v", u)
	}
}

func TestWhatCannotBeDividedSaysWhy(t *testing.T) {
	for want, change := range map[LeftOut]func(*atlas.Project){
		LeftSeveral: func(p *atlas.Project) { p.Activities = append(p.Activities, atlas.Activity{Code: "A11"}) },
		LeftRunning: func(p *atlas.Project) { p.Status = atlas.StatusRunning },
		LeftMoney:   func(p *atlas.Project) { p.Funding = nil },
		LeftDates:   func(p *atlas.Project) { p.To = atlas.Date{} },
		LeftUnits:   func(p *atlas.Project) { p.Indicators[0].Kind = atlas.IndicatorOutcome },
		LeftSum: func(p *atlas.Project) {
			p.Indicators[0].Measurements = []atlas.Measurement{{Period: "2019", Value: "20", CountKind: "UNIK"}, {Period: "2020", Value: "30", CountKind: "UNIK"}}
		},
	} {
		p := course()
		change(p)
		if got := costsOf(p); got.Left != want || len(got.Units) > 0 || !slices.Equal(got.Keys(), []string{want.Key()}) {
			t.Errorf("%s: %+v", want, got)
		}
	}
	if len(LeftOuts()) != 6 {
		t.Error("a reason is never told")
	}
	for name, change := range map[string]func(*atlas.Project){
		"rejected": func(p *atlas.Project) { p.Status = atlas.StatusRejected }, "abroad": func(p *atlas.Project) { p.Scope = atlas.ScopeAbroad },
		"no activity": func(p *atlas.Project) { p.Activities = nil },
	} {
		p := course()
		change(p)
		if got := costsOf(p); got.Left != LeftNone || got.Units != nil || got.Keys() != nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestContactsOfPeriodsAreAddedUpUnlessPeriodsMayOverlap(t *testing.T) {
	of := func(kind string, periods ...string) (sum float64, ok bool) {
		var all []atlas.Measurement
		for _, p := range periods {
			all = append(all, atlas.Measurement{Period: p, Value: "12.5", CountKind: kind})
		}
		return sumOf(all, kind)
	}
	if got, ok := of("KONT", "2019", "2020"); !ok || got != 25 {
		t.Errorf("two years of contacts: %v, %v", got, ok)
	}
	for _, periods := range [][]string{{"2019", "2019"}, {"2019", "2019-06"}, {"", ""}} {
		if got, ok := of("UCAS", periods...); ok {
			t.Errorf("%q were added up to %v", periods, got)
		}
	}
	if got, ok := of("UNIK", "2019"); !ok || got != 12.5 {
		t.Errorf("one measurement is %v, %v", got, ok)
	}
}

func TestWithoutKeyActivitiesTheLinkOfAnIndicatorTellsTheActivity(t *testing.T) {
	p := course()
	p.Activities, p.Indicators[0].LinkedTo = nil, "A01"
	if got := costsOf(p); len(got.Units) != 1 || got.Units[0].Activity != "A01" {
		t.Errorf("%+v", got)
	}
	p.Indicators[0].LinkedTo = "JAZ" // an area
	if got := costsOf(p); len(got.Units) != 0 {
		t.Errorf("%+v", got)
	}
}

// TestPricesByRates: 10.7 % in 2023 and 2.4 % in 2024 make 1.107 · 1.024 =
// 1.133568 of the prices of 2022.
func TestPricesByRates(t *testing.T) {
	p := NewPrices(2024, map[int]float64{2024: 2.4, 2023: 10.7, 2022: 15.1, 2019: 2.8})
	if got := p.Convert(1000, 2022); !got.Known || math.Abs(got.V-1133.568) > 1e-9 {
		t.Errorf("%+v", got)
	}
	if got := p.Convert(1133.568, 2024); got.V != 1133.568 {
		t.Errorf("the base itself: %+v", got)
	}
	if got := p.Years(); !slices.Equal(got, []int{2024, 2023, 2022, 2021}) {
		t.Errorf("%v: the rate of 2022 reaches 2021, nothing reaches over the gap to 2019", got)
	}
	for _, year := range []int{2020, 2019, 2025} {
		if got := p.Convert(1, year); got.Known {
			t.Errorf("%d was converted to %v", year, got.V)
		}
	}
	if got := NewPrices(2030, map[int]float64{2024: 2}).Base; got != 2024 {
		t.Errorf("base %d", got)
	}
	if got := NewPrices(2024, nil); len(got.Years()) != 0 || got.Convert(1, 2024).Known {
		t.Errorf("%+v", got)
	}
}
