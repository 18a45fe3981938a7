package coverage

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func kinds(all []Step) string {
	out := ""
	for _, s := range all {
		out += fmt.Sprintf("%s:%d:%s:%s ", s.Kind, s.Number, s.Of, s.Beside)
	}
	return out
}

func TestWhereToBeginFollowsFromWhatIsKnown(t *testing.T) {
	full := Known{
		Ending: 2, EndingFirst: "P-00007", People: true, Sources: true, Running: 4, Actors: 3, Nearest: "CZ0422", Verified: 2,
		Needs: []KnownNeed{{"T-00001", "JAZ", 4, true}, {"T-00002", "ZDR", 2, false}, {"T-00003", "BYD", 3, false}},
		Themes: []KnownTheme{
			{Area: "JAZ", Class: ClassWeak, Gap: KnownValue(0.9), Need: KnownValue(1)},
			{Area: "ZDR", Class: ClassWhiteSpot, Need: KnownValue(0.5), Similar: "CZ0422", Count: 1},
			{Area: "BYD", Class: ClassWhiteSpot, Need: KnownValue(0.5), Similar: "CZ0423", Count: 5},
		},
	}
	for _, c := range []struct {
		name   string
		change func(*Known)
		want   string
	}{
		{"everything", func(*Known) {}, "konci:2:P-00007: potreba:3:T-00003: tema:5:BYD:CZ0423 "},
		{"a larger need is before more projects", func(k *Known) { k.Themes[1].Need.V = 0.6 }, "konci:2:P-00007: potreba:3:T-00003: tema:1:ZDR:CZ0422 "},
		{"no white spot", func(k *Known) { k.Themes = k.Themes[:1] }, "konci:2:P-00007: potreba:3:T-00003: tema:0:JAZ: "},
		{"all is well", func(k *Known) { k.Ending, k.Needs, k.Themes = 0, nil, nil }, "akteri:3:: podobna:0:CZ0422: projekty:4:: "},
		{"no data", func(k *Known) { *k = Known{} }, "statistika:0:: zdroje:0:: sbirat:0:: "},
		{"no data but a need", func(k *Known) { *k = Known{Needs: full.Needs, Verified: 3} }, "potreba:3:T-00003: statistika:0:: zdroje:0:: "},
		{"overlap", func(k *Known) { k.Ending, k.Needs, k.Themes, k.Overlaps = 0, nil, nil, 2 }, "prekryv:2:: akteri:3:: podobna:0:CZ0422: "},
	} {
		k := full
		k.Themes = append([]KnownTheme(nil), full.Themes...)
		if c.change(&k); kinds(NextSteps(k)) != c.want {
			t.Errorf("%s: %s, want %s", c.name, kinds(NextSteps(k)), c.want)
		}
	}
}

func TestThereAreAlwaysThreeDifferentSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := Known{
			Ending: rapid.IntRange(0, 2).Draw(t, "ending"), People: rapid.Bool().Draw(t, "people"), Sources: rapid.Bool().Draw(t, "sources"),
			Overlaps: rapid.IntRange(0, 1).Draw(t, "overlaps"), Actors: rapid.IntRange(0, 1).Draw(t, "actors"), Verified: rapid.IntRange(0, 1).Draw(t, "verified"),
			Nearest: rapid.SampledFrom([]string{"", "CZ0421"}).Draw(t, "nearest"),
		}
		got := NextSteps(k)
		if len(got) != steps {
			t.Fatalf("%+v gives %s", k, kinds(got))
		}
		seen := map[StepKind]bool{}
		for _, s := range got {
			if seen[s.Kind] {
				t.Fatalf("%s twice", s.Kind)
			}
			seen[s.Kind] = true
		}
	})
}
