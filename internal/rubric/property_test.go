package rubric

import (
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas"
)

// anyAnswers draws answers to K1…K13.
func anyAnswers(t *rapid.T, label string) string {
	return string(rapid.SliceOfN(rapid.SampledFrom([]rune("01234012340123401234-?.")), 13, 13).Draw(t, label))
}

func anyMode(t *rapid.T) atlas.Mode { return rapid.SampledFrom(atlas.Modes()).Draw(t, "mode") }

// TestATotalIsTheWeightedMeanOfWhatHasPoints computes 8.2.4 anew in fractions.
func TestATotalIsTheWeightedMeanOfWhatHasPoints(t *testing.T) {
	r := Default()
	rapid.Check(t, func(t *rapid.T) {
		mode, answers := anyMode(t), anyAnswers(t, "answers")
		points, weight, applicable := new(big.Rat), new(big.Rat), new(big.Rat)
		for i, a := range answers {
			w := big.NewRat(int64(r.Criteria[i].Weights.In(mode)), 1)
			if a != '-' {
				applicable.Add(applicable, w)
			}
			if a >= '0' && a <= '4' {
				weight.Add(weight, w)
				points.Add(points, new(big.Rat).Mul(w, big.NewRat(int64(a-'0'), 4)))
			}
		}
		v := Judge(r, mode, sheet("a", answers))
		if v.Known != (weight.Sign() > 0) {
			t.Fatalf("%s known: %v", answers, v.Known)
		}
		if !v.Known {
			if v.Total != 0 || v.Band != "" || !v.Insufficient {
				t.Fatalf("nothing has points, yet %+v", v)
			}
			return
		}
		near(t, "total", v.Total, points.Mul(points.Quo(points, weight), big.NewRat(1000, 1)))
		near(t, "completeness", v.Completeness, applicable.Mul(applicable.Quo(weight, applicable), big.NewRat(1000, 1)))
		if v.Total < 0 || v.Total > 1000 {
			t.Fatalf("total %d", v.Total)
		}
	})
}

// near says that n is exact rounded half up: exact − ½ < n ≤ exact + ½.
func near(t *rapid.T, what string, n int, exact *big.Rat) {
	t.Helper()
	off := new(big.Rat).Sub(big.NewRat(int64(n), 1), exact)
	if half := big.NewRat(1, 2); off.Cmp(half) > 0 || off.Cmp(new(big.Rat).Neg(half)) <= 0 {
		t.Fatalf("%s %d is not %s rounded half up", what, n, exact.FloatString(4))
	}
}

func TestWhatIsNotScoredNeverChangesTheTotal(t *testing.T) {
	r := Default()
	rapid.Check(t, func(t *rapid.T) {
		mode, answers := anyMode(t), []rune(anyAnswers(t, "answers"))
		i := rapid.IntRange(0, 12).Draw(t, "criterion")
		var seen []Verdict
		for _, a := range "-?." {
			answers[i] = a
			seen = append(seen, Judge(r, mode, sheet("a", string(answers))))
		}
		na, noData, open := seen[0], seen[1], seen[2]
		if na.Total != noData.Total || na.Total != open.Total || na.Known != noData.Known {
			t.Fatalf("N/A %d, BD %d, no answer %d", na.Total, noData.Total, open.Total)
		}
		if noData.Completeness != open.Completeness || na.Known && na.Completeness < noData.Completeness {
			t.Fatalf("completeness with N/A %d, with BD %d, open %d", na.Completeness, noData.Completeness, open.Completeness)
		}
	})
}

func TestTheOrderOfScoresAndOfEvaluatorsSaysNothing(t *testing.T) {
	r := Default()
	rapid.Check(t, func(t *rapid.T) {
		mode := anyMode(t)
		sheets := anySheets(t)
		want, wantDispute := Panel(r, mode, sheets), Disputes(r, mode, sheets)
		mixed := rapid.Permutation(sheets).Draw(t, "order of evaluators")
		for _, s := range mixed {
			s.Scores = rapid.Permutation(s.Scores).Draw(t, "order of scores")
		}
		if got := Panel(r, mode, mixed); !slices.Equal(got.Criteria, want.Criteria) || got.Total != want.Total || got.Band != want.Band {
			t.Fatalf("%+v\n%+v", want, got)
		}
		if got := Disputes(r, mode, mixed); !slices.Equal(got.Criteria, wantDispute.Criteria) || got.Total != wantDispute.Total {
			t.Fatalf("%+v\n%+v", wantDispute, got)
		}
	})
}

func anySheets(t *rapid.T) []*atlas.Sheet {
	var out []*atlas.Sheet
	for i := range rapid.IntRange(0, 5).Draw(t, "evaluators") {
		out = append(out, sheet(string(rune('a'+i)), anyAnswers(t, "answers")))
	}
	return out
}

func TestAMedianLiesBetweenTheScoresAndAsManyAreOverAsUnder(t *testing.T) {
	r := Default()
	rapid.Check(t, func(t *rapid.T) {
		mode, sheets := anyMode(t), anySheets(t)
		for _, c := range Panel(r, mode, sheets).Criteria {
			points := pointsOf(r, c.Code, sheets)
			if c.Scored != (len(points) > 0) {
				t.Fatalf("%+v of %v", c, points)
			}
			if !c.Scored {
				continue
			}
			over, under := 0, 0
			for _, p := range points {
				if p*hundred > c.Points {
					over++
				}
				if p*hundred < c.Points {
					under++
				}
			}
			if c.Points < c.Low*hundred || c.Points > c.Top*hundred || over > len(points)/2 || under > len(points)/2 {
				t.Fatalf("%+v of %v", c, points)
			}
			if len(points) == 2 && c.Points != (points[0]+points[1])*50 {
				t.Fatalf("of two it is their mean: %+v of %v", c, points)
			}
			if c.Disputed != (c.Top-c.Low >= 2) {
				t.Fatalf("dispute of %v: %v", points, c.Disputed)
			}
		}
	})
}

func TestAPanelOfOneIsWhatTheyFoundAndPreliminary(t *testing.T) {
	r := Default()
	rapid.Check(t, func(t *rapid.T) {
		mode, s := anyMode(t), sheet("a", anyAnswers(t, "answers"))
		v, p := Judge(r, mode, s), Panel(r, mode, []*atlas.Sheet{s})
		if v.Total != p.Total || v.Completeness != p.Completeness || v.Band != p.Band || v.Insufficient != p.Insufficient || v.Known != p.Known {
			t.Fatalf("%+v\n%+v", v, p)
		}
		if !p.Preliminary || Met(Candidate(r, p, 100, true)) {
			t.Fatal("one evaluator is preliminary and makes nobody a candidate (8.2.5)")
		}
	})
}

// pairwise is alpha by its other definition: 1 less the mean distance within units
// over the mean distance of all pairs of values that can be paired.
func pairwise(m Metric, units [][]int) (float64, bool) {
	var all []int
	for _, u := range units {
		if len(u) > 1 {
			all = append(all, u...)
		}
	}
	distance := func(a, b int) float64 {
		lo, hi := min(a, b), max(a, b)
		switch {
		case a == b:
			return 0
		case m == Nominal:
			return 1
		case m == Interval:
			return float64((a - b) * (a - b))
		case m == Ratio:
			return float64((a-b)*(a-b)) / float64((a+b)*(a+b))
		}
		sum := 0.0 // ranks: half of both ends and all that lies between
		for _, v := range all {
			switch {
			case v > lo && v < hi:
				sum++
			case v == lo || v == hi:
				sum += 0.5
			}
		}
		return sum * sum
	}
	within, among := 0.0, 0.0
	for _, u := range units {
		for i := range u {
			for j := range u {
				if i != j {
					within += distance(u[i], u[j]) / float64(len(u)-1)
				}
			}
		}
	}
	for i := range all {
		for j := range all {
			if i != j {
				among += distance(all[i], all[j])
			}
		}
	}
	if among == 0 {
		return 0, false
	}
	n := float64(len(all))
	return 1 - (within/n)/(among/(n*(n-1))), true
}

func TestAlphaIsWhatComparingEveryPairGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, 4), 0, 5), 0, 12).Draw(t, "units")
		for _, m := range Metrics() {
			got := Alpha(m, units)
			want, known := pairwise(m, units)
			if got.Known != known {
				t.Fatalf("%s of %v: known %v", m, units, got.Known)
			}
			if known && (got.Alpha-want > 1e-9 || want-got.Alpha > 1e-9 || got.Alpha > 1) {
				t.Fatalf("%s of %v: %v, pair by pair %v", m, units, got.Alpha, want)
			}
		}
	})
}

func TestAlphaIsNotKnownWithoutVariationOrPairs(t *testing.T) {
	for name, units := range map[string][][]int{
		"nothing": nil, "one rater": {{1}, {2}, {3}}, "no variation": {{3, 3}, {3, 3}, {3}}, "variation in what cannot be paired": {{3, 3}, {1}},
	} {
		for _, m := range Metrics() {
			if got := Alpha(m, units); got.Known || got.Exact != nil || got.AtLeast(Tentative) || LevelOf(got) != LevelUnknown {
				t.Errorf("%s, %s: %+v", name, m, got)
			}
		}
	}
	perfect := Alpha(Ordinal, [][]int{{1, 1}, {2, 2}})
	if !perfect.Known || perfect.Alpha != 1 || LevelOf(perfect) != LevelReliable {
		t.Errorf("perfect agreement: %+v", perfect)
	}
}

func TestTheOrderOfRatersAndUnitsSaysNothingToAlpha(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, 4), 0, 4), 1, 8).Draw(t, "units")
		mixed := slices.Clone(rapid.Permutation(units).Draw(t, "order of units"))
		for i := range mixed {
			mixed[i] = rapid.Permutation(mixed[i]).Draw(t, "order of raters")
		}
		for _, m := range Metrics() {
			a, b := Alpha(m, units), Alpha(m, mixed)
			if a.Known != b.Known || a.Known && a.Exact.Cmp(b.Exact) != 0 {
				t.Fatalf("%s: %v and %v", m, a, b)
			}
		}
	})
}

func TestDriftsOfAPanelAreToldByTheirNumberOnly(t *testing.T) {
	r := Default()
	round := []Judged{{Evaluation: "E-1", Sheets: []*atlas.Sheet{
		sheet("strict", strings.Repeat("1", 13)), sheet("kind", strings.Repeat("3", 13)), sheet("middle", strings.Repeat("2", 13)),
		sheet("short", "222??????????"),
	}}}
	got := Drifts(r, atlas.ModeExAnte, round)
	want := map[string]int{"strict": -100, "kind": 100, "middle": 0}
	for _, d := range got {
		if h, ok := want[d.Account]; ok && (!d.Known || d.Hundredths() != h || d.Scores != 13) {
			t.Errorf("%+v, want %d hundredths of 13 scores", d, h)
		}
		if d.Account == "short" && (d.Known || d.Mean != nil || d.Scores != 3) {
			t.Errorf("three scores say nothing: %+v", d)
		}
	}
	if len(got) != 4 || !slices.IsSortedFunc(got, func(a, b Drift) int { return strings.Compare(a.Account, b.Account) }) {
		t.Errorf("%v", got)
	}
	if alone := Drifts(r, atlas.ModeExAnte, []Judged{{Sheets: []*atlas.Sheet{sheet("a", strings.Repeat("4", 13))}}}); alone[0].Scores != 0 || alone[0].Known {
		t.Errorf("alone nobody drifts: %+v", alone)
	}
}

// TestDriftsOfTwoEvaluatorsAreOpposite: half of what they differ by, to either side.
func TestDriftsOfTwoEvaluatorsAreOpposite(t *testing.T) {
	r := Default()
	rapid.Check(t, func(t *rapid.T) {
		mode := anyMode(t)
		d := Drifts(r, mode, []Judged{
			{Sheets: []*atlas.Sheet{sheet("a", anyAnswers(t, "a1")), sheet("b", anyAnswers(t, "b1"))}},
			{Sheets: []*atlas.Sheet{sheet("a", anyAnswers(t, "a2")), sheet("b", anyAnswers(t, "b2"))}},
		})
		if d[0].Scores != d[1].Scores || d[0].Above != d[1].Below || d[0].Known && new(big.Rat).Add(d[0].Mean, d[1].Mean).Sign() != 0 {
			t.Fatalf("%+v", d)
		}
	})
}

// TestHowSureEvaluatorsAreNeverChangesAScore (ranked 7): confidence is told, and no
// number is made of it.
func TestHowSureEvaluatorsAreNeverChangesAScore(t *testing.T) {
	r := Default()
	rapid.Check(t, func(t *rapid.T) {
		mode := anyMode(t)
		var plain, sure []*atlas.Sheet
		for _, account := range []string{"a", "b", "c"} {
			answers := anyAnswers(t, account)
			plain, sure = append(plain, sheet(account, answers)), append(sure, sheet(account, answers))
			for i := range sure[len(sure)-1].Scores {
				sure[len(sure)-1].Scores[i].Confidence = rapid.IntRange(0, atlas.ConfidenceMax).Draw(t, "confidence")
			}
		}
		for i := range plain {
			if !reflect.DeepEqual(Judge(r, mode, plain[i]), Judge(r, mode, sure[i])) {
				t.Fatal("what one found depends on how sure they are")
			}
		}
		if !reflect.DeepEqual(Panel(r, mode, plain), Panel(r, mode, sure)) || !reflect.DeepEqual(Disputes(r, mode, plain), Disputes(r, mode, sure)) {
			t.Fatal("what the panel found depends on how sure they are")
		}
	})
}
