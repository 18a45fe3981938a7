package projects

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas/internal/search"
)

func TestYearsThatFollowOneAnotherAreOneConditionThatGoesAsAWhole(t *testing.T) {
	i := demo(t)
	for path, want := range map[string][]string{
		"/projekty?rok=2015-2020":                        {"2015–2020"},
		"/en/projekty?rok=2018-2020&rok=2012&rok=abc":    {"2018–2020", "2012", "abc"},
		"/projekty?rok=2012&rok=2013":                    {"2012", "2013"},
		"/projekty?rok=2017&rok=2015&rok=2016":           {"2015–2017"},
		"/projekty?rok=2013&rok=2014&rok=2015&rok=02015": {"2013–2015", "02015"},
	} {
		d := i.page(t, path)
		chips := d.Find(".chips .chip")
		if chips.Length() != len(want) {
			t.Errorf("%s has %d conditions, want %d", path, chips.Length(), len(want))
		}
		for n, label := range want {
			if !strings.Contains(chips.Eq(n).Text(), label) {
				t.Errorf("%s: condition %d is %q, want %q", path, n, chips.Eq(n).Text(), label)
			}
		}
	}
	d := i.page(t, "/projekty?rok=2015-2020&oblast=JAZ")
	if got := d.Find(`.chips .chip:contains("2015–2020")`).AttrOr("href", ""); got != "/projekty?oblast=JAZ" {
		t.Errorf("without its years the address is %s", got)
	}
}

// TestRunsHoldEveryValueOnce whatever years and other words are chosen.
func TestRunsHoldEveryValueOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		values := rapid.SliceOfDistinct(rapid.OneOf(rapid.StringMatching(`20[0-2][0-9]`), rapid.SampledFrom([]string{"neuvedeno", "x", "02015", "999999999999999999999"})), rapid.ID).Draw(r, "values")
		var all []string
		for _, run := range runs(search.FacetYear, values) {
			if len(run) == 2 {
				r.Fatalf("a run of two: %v", run)
			}
			all = append(all, run...)
		}
		slices.Sort(all)
		if want := slices.Sorted(slices.Values(values)); !slices.Equal(all, want) {
			r.Fatalf("%v of %v", all, want)
		}
	})
}
