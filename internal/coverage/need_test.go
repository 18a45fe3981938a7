package coverage

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func values(all ...float64) []Value {
	var out []Value
	for _, v := range all {
		if math.IsNaN(v) {
			out = append(out, Value{})
			continue
		}
		out = append(out, KnownValue(v))
	}
	return out
}

func near(t *testing.T, what string, got Value, want float64) {
	t.Helper()
	if math.IsNaN(want) {
		if got.Known {
			t.Errorf("%s is %v, want unknown", what, got.V)
		}
		return
	}
	if !got.Known || math.Abs(got.V-want) > 1e-12 {
		t.Errorf("%s is %+v, want %v", what, got, want)
	}
}

var unknown = math.NaN()

func TestPercentilesByHand(t *testing.T) {
	for name, c := range map[string]struct{ in, want []float64 }{
		"in order":        {[]float64{10, 20, 30, 40, 50}, []float64{0, 0.25, 0.5, 0.75, 1}},
		"equal ones":      {[]float64{5, 5, 9}, []float64{0.25, 0.25, 1}},
		"all equal":       {[]float64{7, 7, 7}, []float64{0.5, 0.5, 0.5}},
		"one alone":       {[]float64{3}, []float64{0.5}},
		"one not known":   {[]float64{1, unknown, 2}, []float64{0, unknown, 1}},
		"none known":      {[]float64{unknown, unknown}, []float64{unknown, unknown}},
		"zero is a value": {[]float64{0, 100}, []float64{0, 1}},
	} {
		for i, got := range Percentiles(values(c.in...)) {
			near(t, name, got, c.want[i])
		}
	}
}

func TestAMissingComponentLeavesItsWeightToTheOthers(t *testing.T) {
	whole := Mean(Part{0.5, KnownValue(1)}, Part{0.2, KnownValue(0)}, Part{0.3, KnownValue(0.5)})
	near(t, "the whole index", whole.Value, 0.65)
	part := Mean(Part{0.5, KnownValue(1)}, Part{0.2, Value{}}, Part{0.3, KnownValue(0.5)})
	near(t, "without growth", part.Value, 0.8125) // (0.5·1 + 0.3·0.5) ÷ 0.8
	if whole.Missing != 0 || part.Missing != 1 {
		t.Errorf("missing %d and %d, want 0 and 1", whole.Missing, part.Missing)
	}
	near(t, "nothing", Mean(Part{1, Value{}}).Value, unknown)
}

// TestStandingsByHand: five territories with 100 to 900 foreigners.
//
//	            need (foreigners, growth, severity)      supply (money, months)
//	A  100      0                                        0.5·1 + 0.5·1 = 1       gap −1
//	B  300      0.5·0.25 + 0.2·0.25 + 0.3·0.25 = 0.25    0.75                    gap −0.5
//	C  500      0.5                                      0.5                     gap 0
//	D  700      0.75                                     0.25                    gap 0.5
//	E  900      1                                        0                       gap 1
func TestStandingsByHand(t *testing.T) {
	var all []Situation
	for i, foreigners := range []float64{100, 300, 500, 700, 900} {
		all = append(all, Situation{
			Foreigners: KnownValue(foreigners), Growth: KnownValue(float64(i) / 10), Severity: KnownValue(float64(i)),
			MoneyPerForeigner: KnownValue(float64(100 - i)), Months: KnownValue(float64(50 - i)), Recent: 1, Loaded: true,
		})
	}
	gaps := []float64{-1, -0.5, 0, 0.5, 1}
	classes := []Class{ClassStrong, ClassStrong, ClassAdequate, ClassWeak, ClassWeak}
	for i, st := range Standings(all, NewPeople(all), 50) {
		near(t, "gap", st.Gap, gaps[i])
		if st.Class != classes[i] {
			t.Errorf("%d is %s, want %s", i, st.Class, classes[i])
		}
	}
}

func TestClassesByTheirRule(t *testing.T) {
	at := func(gap float64) Value { return KnownValue(gap) }
	many := Situation{Foreigners: KnownValue(600), Recent: 1, Loaded: true}
	for name, c := range map[string]struct {
		s    Situation
		gap  Value
		want Class
	}{
		"no statistics":                  {Situation{Recent: 3, Loaded: true}, at(0), ClassNoData},
		"few foreigners":                 {Situation{Foreigners: KnownValue(499), Recent: 1, Loaded: true}, at(0.9), ClassBelow},
		"as many as the threshold, none": {Situation{Foreigners: KnownValue(500), Loaded: true}, at(0.9), ClassWhiteSpot},
		"no project, sources not loaded": {Situation{Foreigners: KnownValue(600)}, at(0.9), ClassNoData},
		"a project, sources not loaded":  {Situation{Foreigners: KnownValue(600), Recent: 1}, at(0.25), ClassWeak},
		"just weak":                      {many, at(0.25), ClassWeak},
		"not yet weak":                   {many, at(0.2499), ClassAdequate},
		"just strong":                    {many, at(-0.25), ClassStrong},
		"not yet strong":                 {many, at(-0.2499), ClassAdequate},
		"the gap is not known":           {many, Value{}, ClassNoData},
	} {
		if got := classOf(c.s, c.gap, 500); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestAcceptanceExample8IsAWhiteSpot(t *testing.T) {
	// A district with 600 foreigners and no local project: what is nationwide does
	// not count as recent.
	all := []Situation{{Foreigners: KnownValue(600), Loaded: true}}
	if got := Standings(all, NewPeople(all), 500)[0].Class; got != ClassWhiteSpot {
		t.Errorf("the district is %s, want a white spot", got)
	}
}

func TestFourStates(t *testing.T) {
	for _, c := range []struct {
		running      uint32
		ever, loaded bool
		want         State
	}{{1, true, false, StateNow}, {0, true, false, StatePast}, {0, true, true, StatePast}, {0, false, true, StateNone}, {0, false, false, StateNoData}} {
		if got := StateOf(c.running, c.ever, c.loaded); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestAnAreaWithLessThanTwoPercentIsNeglected(t *testing.T) {
	for _, c := range []struct {
		minor, all int64
		yes, known bool
	}{{199, 10_000, true, true}, {200, 10_000, false, true}, {0, 10_000, true, true}, {0, 0, false, false}} {
		if yes, known := Neglected(c.minor, c.all); yes != c.yes || known != c.known {
			t.Errorf("%d of %d: %v, %v", c.minor, c.all, yes, known)
		}
	}
}

func TestGapsLieBetweenMinusOneAndOneWhateverIsMissing(t *testing.T) {
	value := rapid.Custom(func(t *rapid.T) Value {
		return Value{rapid.Float64Range(0, 1e6).Draw(t, "v"), rapid.Bool().Draw(t, "known")}
	})
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Situation {
			return Situation{value.Draw(t, "foreigners"), value.Draw(t, "growth"), value.Draw(t, "severity"), value.Draw(t, "money"), value.Draw(t, "months"), rapid.IntRange(0, 2).Draw(t, "recent"), rapid.Bool().Draw(t, "loaded")}
		}), 1, 20).Draw(t, "all")
		for i, st := range Standings(all, NewPeople(all), 500) {
			if st.Gap.Known && (st.Gap.V < -1 || st.Gap.V > 1) {
				t.Fatalf("gap %v", st.Gap.V)
			}
			if !all[i].Foreigners.Known && st.Class != ClassNoData {
				t.Fatalf("class %s without statistics", st.Class)
			}
			if all[i].Recent == 0 && !all[i].Loaded && st.Class == ClassWhiteSpot {
				t.Fatal("a territory whose sources are not loaded is called a white spot")
			}
		}
	})
}
