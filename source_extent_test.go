package atlas_test

import (
	"testing"

	"atlas"
)

func extentOf(state atlas.ExtentState, from, to int, territories ...string) atlas.SourceExtent {
	return atlas.SourceExtent{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, State: state, From: from, To: to, Territories: territories}
}

// CZ0323 lies in CZ032, both in the country.
func TestASourceIsCountedWhereItsTerritoryHoldsThePlaceInAYearOfTheSpan(t *testing.T) {
	draft := extentOf(atlas.ExtentWhole, 2000, 2030, "CZ")
	draft.RecordStatus = atlas.RecordDraft
	c := atlas.NewSourceCompleteness([]atlas.SourceExtent{
		extentOf(atlas.ExtentWhole, 2014, 2020, "CZ"), extentOf(atlas.ExtentPart, 2018, 2026, "CZ032", "CZ010"),
		extentOf(atlas.ExtentMissing, 2015, 2015, "CZ0323"), draft,
	})
	district, region, prague := []string{"CZ0323", "CZ032"}, []string{"CZ032"}, []string{"CZ010"}
	for _, x := range []struct {
		chain                []string
		from, to             int
		whole, part, missing int
	}{
		{district, 2015, 2015, 1, 0, 1}, {region, 2015, 2015, 1, 0, 0}, {prague, 2018, 2018, 1, 1, 0}, {district, 2021, 2021, 0, 1, 0},
		{district, 2000, 2013, 0, 0, 0}, {district, 2000, 2014, 1, 0, 0}, {district, 2000, 2026, 1, 1, 1}, {nil, 2016, 2016, 1, 0, 0}, {nil, 2026, 2026, 0, 0, 0},
	} {
		whole, part, missing := c.At(x.chain, x.from, x.to)
		if whole != x.whole || part != x.part || missing != x.missing || len(c.Of(x.chain, x.from, x.to)) != whole+part+missing {
			t.Errorf("%v %d–%d: %d, %d, %d", x.chain, x.from, x.to, whole, part, missing)
		}
	}
}

func TestASpanIsLoadedOnlyWhenEachOfItsYearsIs(t *testing.T) {
	c := atlas.NewSourceCompleteness([]atlas.SourceExtent{extentOf(atlas.ExtentWhole, 2014, 2016, "CZ"), extentOf(atlas.ExtentWhole, 2017, 2020, "CZ")})
	for span, want := range map[[2]int]bool{{2014, 2020}: true, {2016, 2017}: true, {2013, 2014}: false, {2020, 2021}: false, {2018, 2017}: false} {
		if got := c.Loaded(nil, span[0], span[1]); got != want {
			t.Errorf("%v: %v", span, got)
		}
	}
	if atlas.NewSourceCompleteness(nil).Loaded([]string{"CZ010"}, 2020, 2020) {
		t.Error("nothing is loaded where nobody has looked")
	}
}
