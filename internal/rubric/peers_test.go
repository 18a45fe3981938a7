package rubric

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"atlas"
)

func published(id, version string, mode atlas.Mode, total int) *atlas.Evaluation {
	e := &atlas.Evaluation{ID: id, Rubric: version, Mode: mode, State: atlas.EvaluationPublished, Result: atlas.Result{Known: true, Total: total}}
	e.RecordStatus = atlas.RecordPublished
	return e
}

// TestOnlyEvaluationsOfOneVersionAndModeArePeers holds 8.2.8.
func TestOnlyEvaluationsOfOneVersionAndModeArePeers(t *testing.T) {
	draft := published("E-9", "R-1", atlas.ModeExPost, 990)
	draft.RecordStatus = atlas.RecordDraft
	poor, out := published("E-7", "R-1", atlas.ModeExPost, 900), published("E-8", "R-1", atlas.ModeExPost, 950)
	poor.Result.Insufficient, out.Result.Excluded = true, true
	all := []*atlas.Evaluation{
		published("E-1", "R-1", atlas.ModeExPost, 500), published("E-2", "R-2", atlas.ModeExPost, 600), published("E-3", "R-1", atlas.ModeExAnte, 700),
		published("E-4", "R-1", atlas.ModeExPost, 800), draft, poor, out,
	}
	p := PeersOf(all, "R-1", atlas.ModeExPost)
	var ids []string
	for _, e := range p.Ranked {
		ids = append(ids, e.ID)
	}
	if !slices.Equal(ids, []string{"E-4", "E-1"}) || len(p.Insufficient) != 1 || len(p.Excluded) != 1 || p.Len() != 4 {
		t.Errorf("ranked %v, %+v", ids, p)
	}
	for id, want := range map[string]Place{"E-4": {1, 1, 2}, "E-1": {2, 2, 2}, "E-7": {}, "E-8": {}, "E-2": {}, "E-9": {}} {
		if got, ok := p.Place(id); got != want || ok != (want.Of > 0) {
			t.Errorf("%s stands at %+v", id, got)
		}
	}
}

func TestEqualTotalsShareTheirPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		totals := rapid.SliceOfN(rapid.IntRange(0, 6), 1, 12).Draw(t, "totals")
		var all []*atlas.Evaluation
		for i, n := range totals {
			all = append(all, published(fmt.Sprint("E-", i), "R", atlas.ModeInterim, n))
		}
		p := PeersOf(all, "R", atlas.ModeInterim)
		for i, n := range totals {
			above, same := 0, 0
			for _, m := range totals {
				if m > n {
					above++
				}
				if m == n {
					same++
				}
			}
			if got, _ := p.Place(fmt.Sprint("E-", i)); got != (Place{above + 1, above + same, len(totals)}) {
				t.Fatalf("%d of %v stands at %+v", n, totals, got)
			}
		}
		if !slices.IsSorted(p.Totals()) {
			t.Fatal(p.Totals())
		}
	})
}

// TestTheMiddleIsThatOfSpreadsheets: quartiles of 1, 2, 4, 7, 11, 12 by hand.
func TestTheMiddleIsThatOfSpreadsheets(t *testing.T) {
	if got := MiddleOf([]int{100, 200, 400, 700, 1100, 1200}); got != (Middle{Count: 6, Least: 100, Median: 550, Most: 1200, Enough: true, Lower: 250, Upper: 1000}) {
		t.Errorf("%+v", got)
	}
	if got := MiddleOf([]int{1, 2, 3, 4}); got.Enough || got.Lower != 0 || got.Median != 3 {
		t.Errorf("of four there are no quartiles, 2.5 is rounded up: %+v", got)
	}
	if got := MiddleOf(nil); got != (Middle{}) {
		t.Errorf("%+v", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.IntRange(0, 1000), 5, 30).Draw(t, "values")
		slices.Sort(all)
		m := MiddleOf(all)
		if !slices.IsSorted([]int{m.Least, m.Lower, m.Median, m.Upper, m.Most}) || m.Least != all[0] || m.Most != all[len(all)-1] {
			t.Fatalf("%+v of %v", m, all)
		}
	})
}

// TestTheOrderOfUnnamedSheetsSaysNothingOfTheirAuthors: neither the account nor the
// time nor the code of the sheet moves it, and it does not depend on the order given.
func TestTheOrderOfUnnamedSheetsSaysNothingOfTheirAuthors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var sheets []*atlas.Sheet
		for i := range rapid.IntRange(2, 5).Draw(t, "evaluators") {
			s := sheet(fmt.Sprint("evaluator ", i), anyAnswers(t, "answers"))
			s.Strengths = fmt.Sprint("strength ", i)
			sheets = append(sheets, s)
		}
		want := Unnamed(sheets)
		var other []*atlas.Sheet
		for i, s := range slices.Backward(sheets) {
			c := *s
			c.ID, c.Account, c.Submitted = fmt.Sprint("L-", 9-i), fmt.Sprint("U-", 9-i), s.Submitted.AddDate(0, 0, -i)
			other = append(other, &c)
		}
		for i, s := range Unnamed(other) {
			if s.Strengths != want[i].Strengths {
				t.Fatalf("%q is evaluator %d", s.Strengths, i+1)
			}
		}
	})
}
