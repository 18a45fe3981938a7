package app_test

import (
	"math"
	"slices"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

var participants = coverage.Unit{Activity: "A01", Name: "ucastnik kurzu", CountKind: "UNIK"}

// courseProject is an ended course of a year for 10 participants.
func courseProject(t *testing.T, a *app.App, actor, title string, year int, crowns int64, change ...func(*atlas.Project)) *atlas.Project {
	t.Helper()
	p := localProject(t, a, actor, title, "CZ0421", "JAZ")
	p.From, p.To, p.Status = atlas.Date{Year: year, Month: 1}, atlas.Date{Year: year, Month: 12}, atlas.StatusEnded
	p.Funding[0].Granted = atlas.Crowns(crowns)
	p.IntegrationShare = atlas.Pct(100)
	p.Activities = []atlas.Activity{{Code: "A01"}}
	p.Indicators = []atlas.Indicator{{Name: "Lidé", Kind: atlas.IndicatorOutput, Unit: "účastník  kurzu", Measurements: []atlas.Measurement{{Period: "celkem", Value: "10", CountKind: "UNIK"}}}}
	for _, c := range change {
		c(p)
	}
	ok(t, a.SaveProject(t.Context(), editor, p))
	return p
}

// TestUnitCostsAreComparedInPricesOfOneYear: courses of 2024 for 2 600, 3 000,
// 4 000 and 5 000 CZK and one of 2022 for 6 000, in prices of 2024 6 000 · 1.107 ·
// 1.024 = 6 801.41 CZK: quartiles 3 000, 4 000 and 5 000.
func TestUnitCostsAreComparedInPricesOfOneYear(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		actor := simi(t, a).ID
		if got := a.Prices(2024); len(got.Years()) != 22 || got.Years()[0] != 2024 || got.Years()[21] != 2003 {
			t.Fatalf("prices of %v", got.Years())
		}
		cheap := courseProject(t, a, actor, "Kurz A", 2024, 26_000)
		for title, crowns := range map[string]int64{"Kurz B": 30_000, "Kurz C": 40_000, "Kurz D": 50_000} {
			courseProject(t, a, actor, title, 2024, crowns)
		}
		if got, err := a.UnitSpread(t.Context(), participants, a.Prices(2024)); err != nil || got.Enough || got.Count != 4 {
			t.Errorf("of four: %+v, %v", got, err)
		}
		courseProject(t, a, actor, "Kurz E", 2022, 60_000)
		courseProject(t, a, actor, "Kurz před tabulkou", 1999, 10_000)
		courseProject(t, a, actor, "Kurz a poradna", 2024, 99_000, func(p *atlas.Project) { p.Activities = append(p.Activities, atlas.Activity{Code: "A11"}) })
		got, err := a.UnitSpread(t.Context(), participants, a.Prices(2024))
		ok(t, err)
		if !got.Enough || got.Count != 5 || got.Unconverted != 1 || got.Lower != 3000 || got.Median != 4000 || got.Upper != 5000 {
			t.Errorf("%+v", got)
		}
		if c := got.Costs[4]; c.Year != 2022 || math.Abs(c.Crowns-6801.408) > 0.001 {
			t.Errorf("the dearest: %+v", c)
		}
		if got := a.LeftOut("A01"); !slices.Equal(got, []app.LeftCount{{Why: coverage.LeftSeveral, Projects: 1}}) {
			t.Errorf("left out: %+v", got)
		}
		if got := a.Units(); len(got) != 1 || got[0].Unit != participants || got[0].Projects != 6 {
			t.Errorf("units: %+v", got)
		}
		if words, err := a.UnitWords(t.Context(), []coverage.Unit{participants}); err != nil || words[participants] != "účastník  kurzu" {
			t.Errorf("%v, %v", words, err)
		}
		if got, err := a.CompareCosts(t.Context(), cheap); err != nil || len(got) != 0 {
			t.Errorf("four others are not enough: %+v, %v", got, err)
		}
		courseProject(t, a, actor, "Kurz F", 2024, 70_000)
		beside, err := a.CompareCosts(t.Context(), cheap) // 3 000, 4 000, 5 000, 6 801 and 7 000
		ok(t, err)
		if len(beside) != 1 || beside[0].Own.Crowns != 2600 || beside[0].Peers.Count != 5 || beside[0].Peers.Median != 5000 {
			t.Errorf("%+v", beside)
		}
	})
}

// TestWhatEndsAndNothingFollows: the clock of these tests decides which months are
// near; a follow-up that is a draft does not take a gap away, a published one does
// (U-04).
func TestWhatEndsAndNothingFollows(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		actor, now := simi(t, a).ID, atlas.DateOf(a.Now())
		at := func(months int) atlas.Date {
			n := now.Year*12 + now.Month - 1 + months
			return atlas.Date{Year: n / 12, Month: n%12 + 1}
		}
		end := func(title string, months int) *atlas.Project {
			p := localProject(t, a, actor, title, "CZ0421", "JAZ")
			p.From, p.To = at(-12), at(months)
			ok(t, a.SaveProject(t.Context(), editor, p))
			return p
		}
		last, soon := end("Za půl roku", 6), end("Tento měsíc", 0)
		end("Za sedm měsíců", 7)
		followed := end("Následovaný", 2)
		next := localProject(t, a, actor, "Následující", "CZ0421", "JAZ")
		next.Follows, next.From, next.To, next.Status = []string{followed.ID}, at(3), at(20), atlas.StatusIntent
		ok(t, a.SaveProject(t.Context(), editor, next))
		got, total, err := a.Ending(t.Context(), search.Query{})
		ok(t, err)
		if !slices.Equal(got, []string{soon.ID, last.ID}) || total != 3 {
			t.Errorf("%v of %d, want %s and %s of 3", got, total, soon.ID, last.ID)
		}
		q := search.Query{Filters: map[search.Facet][]string{search.FacetStatus: {atlas.StatusEnded}}}
		if got, total, err := a.Ending(t.Context(), q); err != nil || len(got)+total != 0 {
			t.Errorf("of ended ones: %v of %d, %v", got, total, err)
		}
	})
}
