package coverage

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func portrait(code, kind string, values ...float64) Portrait {
	p := Portrait{Code: code, Kind: kind}
	for i, v := range values {
		if !math.IsNaN(v) {
			p.Values[i] = KnownValue(v)
		}
	}
	return p
}

// TestSimilarByHand: three municipalities that differ in one trait only, the share
// of foreigners 0.1, 0.2 and 0.3. Its standard deviation is √(0.02/3) = 0.0816…,
// so neighbours are 1.2247… deviations apart, and a seventh of it in distance.
func TestSimilarByHand(t *testing.T) {
	all := []Portrait{
		portrait("A", "obec", 1000, 0.1, 0, 0.5, 1, 2), portrait("B", "obec", 1000, 0.2, 0, 0.5, 1, 2),
		portrait("C", "obec", 1000, 0.3, 0, 0.5, 1, 2),
	}
	got := Similar(all, "A", 10)
	step := 0.1 / math.Sqrt(0.02/3) / 7
	if len(got) != 2 || got[0].Code != "B" || got[1].Code != "C" {
		t.Fatalf("%+v", got)
	}
	near(t, "the nearest", KnownValue(got[0].Distance), step)
	near(t, "the farther", KnownValue(got[1].Distance), 2*step)
	near(t, "its share", KnownValue(got[1].Parts[TraitShare]), 2*step)
}

func TestWhatIsNotKnownMakesNobodyAlike(t *testing.T) {
	all := []Portrait{
		portrait("A", "obec", 1000, 0.1), portrait("near", "obec", 1000, 0.1), portrait("unknown", "obec", 1000, unknown), portrait("far", "město", 90000, 0.1),
	}
	got := Similar(all, "A", 10)
	if got[0].Code != "near" || got[1].Code != "unknown" || got[2].Code != "far" {
		t.Errorf("order %s, %s, %s", got[0].Code, got[1].Code, got[2].Code)
	}
	if !got[1].Missing[TraitShare] || got[1].Parts[TraitShare] == 0 {
		t.Error("a share that is not known cost nothing")
	}
	if Similar(all, "nobody", 3) != nil {
		t.Error("a territory that is not there has similar ones")
	}
}

func TestPartsSumToTheDistanceAndTheNearestComeFirst(t *testing.T) {
	value := rapid.Custom(func(t *rapid.T) float64 {
		if rapid.IntRange(0, 4).Draw(t, "known") == 0 {
			return math.NaN()
		}
		return rapid.Float64Range(0, 1e6).Draw(t, "v")
	})
	rapid.Check(t, func(t *rapid.T) {
		var all []Portrait
		for i := range rapid.IntRange(1, 30).Draw(t, "n") {
			all = append(all, portrait(string(rune('A'+i)), rapid.SampledFrom([]string{"", "obec", "ORP"}).Draw(t, "kind"),
				rapid.SliceOfN(value, int(TraitKind), int(TraitKind)).Draw(t, "values")...))
		}
		before := 0.0
		for _, l := range Similar(all, "A", 10) {
			sum := 0.0
			for _, p := range l.Parts {
				sum += p
			}
			if math.Abs(sum-l.Distance) > 1e-9 || l.Distance < before || math.IsNaN(l.Distance) {
				t.Fatalf("distance %v, parts sum to %v, before it %v", l.Distance, sum, before)
			}
			before = l.Distance
		}
	})
}
