package atlas_test

import (
	"errors"
	"slices"
	"testing"

	"atlas"

	"pgregory.net/rapid"
)

func TestWhatASliceDoesNotTellIsNotKnownAndNotZero(t *testing.T) {
	s := atlas.Slice{Figures: []atlas.Figure{
		{Category: atlas.Category{Sex: atlas.SexWomen}, Value: 0, State: atlas.FigureKnown},
		{Value: 7, State: atlas.FigureKnown},
	}}
	s.Sort()
	if f := s.Total(); !f.Known() || f.Value != 7 {
		t.Errorf("total %+v", f)
	}
	if f := s.Figure(atlas.Category{Sex: atlas.SexWomen}); !f.Known() || f.Value != 0 {
		t.Errorf("a zero that was said: %+v", f)
	}
	if f := s.Figure(atlas.Category{Sex: atlas.SexMen}); f.Known() {
		t.Errorf("nobody said how many men: %+v", f)
	}
}

func TestAValueIsReadExactlyOrRefusedWithTheReason(t *testing.T) {
	for _, c := range []struct {
		text     string
		decimals int
		want     int64
		err      error
	}{
		{"1 234", 0, 1234, nil}, {"1\u00a0234,5", 1, 12345, nil}, {"12.50", 1, 125, nil}, {"0", 0, 0, nil}, {"-0", 0, 0, nil},
		{"0.1", 3, 100, nil}, {"-3", 0, 0, atlas.ErrNegative}, {"1.5", 0, 0, atlas.ErrTooPrecise}, {"", 0, 0, atlas.ErrNoNumber},
		{"x", 0, 0, atlas.ErrNoNumber}, {"1e3", 0, 0, atlas.ErrNoNumber}, {"1,2,3", 2, 0, atlas.ErrNoNumber},
		{"99999999999999999999", 0, 0, atlas.ErrTooGreat}, {"1-2", 0, 0, atlas.ErrNoNumber},
	} {
		got, err := atlas.ParseValue(c.text, c.decimals)
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%q with %d places: %d, %v", c.text, c.decimals, got, err)
		}
	}
}

func TestAWrittenValueIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, places := rapid.Int64Range(0, 1_000_000_000_000).Draw(t, "n"), rapid.IntRange(0, atlas.MaxDecimals).Draw(t, "places")
		if got, err := atlas.ParseValue(atlas.FormatValue(n, places), places); err != nil || got != n {
			t.Fatalf("%s: %d, %v", atlas.FormatValue(n, places), got, err)
		}
	})
}

func TestAgesAreReadBackAndTheOpenOneHasNoEnd(t *testing.T) {
	for text, want := range map[string]atlas.Ages{"": {}, "0-4": {0, 5}, "65+": {65, atlas.OpenAge}, "0-0": {0, 1}} {
		if got, err := atlas.ParseAges(text); err != nil || got != want || got.String() != text {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"5-4", "x", "-1", "4", "200+", "1-999"} {
		if got, err := atlas.ParseAges(text); err == nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func drawFigures(t *rapid.T) []atlas.Figure {
	category := rapid.Custom(func(t *rapid.T) atlas.Category {
		c := atlas.Category{
			Citizenship: rapid.SampledFrom([]string{"", "UA", "VN", "XK"}).Draw(t, "citizenship"),
			Sex:         rapid.SampledFrom([]string{"", "m", "z", "x"}).Draw(t, "sex"),
			Residence:   rapid.SampledFrom([]string{"", "TP", "PRECHODNY"}).Draw(t, "residence"),
		}
		if rapid.Bool().Draw(t, "ages") {
			c.Age = atlas.AgesBetween(rapid.IntRange(0, 90).Draw(t, "from"), -1)
		}
		return c
	})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) atlas.Figure {
		f := atlas.Figure{Category: category.Draw(t, "category"), State: atlas.FigureState(rapid.IntRange(0, 2).Draw(t, "state"))}
		if f.Known() {
			f.Value = rapid.Int64Range(0, 1<<40).Draw(t, "value")
		}
		return f
	}), 0, 20).Draw(t, "figures")
}

func TestPackedFiguresComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawFigures(t)
		got, err := atlas.UnpackFigures(nil, atlas.PackFigures(nil, want))
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%v: %v, %v", want, got, err)
		}
	})
}

func FuzzUnpackFigures(f *testing.F) {
	f.Add(atlas.PackFigures(nil, []atlas.Figure{{Value: 5, State: atlas.FigureKnown}}))
	f.Fuzz(func(t *testing.T, packed []byte) {
		figures, err := atlas.UnpackFigures(nil, packed)
		if err != nil {
			return
		}
		if again, err := atlas.UnpackFigures(nil, atlas.PackFigures(nil, figures)); err != nil || !slices.Equal(again, figures) {
			t.Fatalf("%v: %v, %v", figures, again, err)
		}
	})
}

func TestPartsAreSummedOnlyWhereTheyAddUpToTheTotal(t *testing.T) {
	child, old := atlas.AgesBetween(0, 17), atlas.AgesBetween(18, -1)
	known := func(c atlas.Category, n int64) atlas.Figure {
		return atlas.Figure{Category: c, Value: n, State: atlas.FigureKnown}
	}
	s := atlas.Slice{Figures: []atlas.Figure{known(atlas.Category{}, 10),
		known(atlas.Category{Sex: "m", Age: child}, 1), known(atlas.Category{Sex: "z", Age: child}, 2),
		known(atlas.Category{Sex: "m", Age: old}, 3), known(atlas.Category{Sex: "z", Age: old}, 3), known(atlas.Category{Sex: "x", Age: old}, 1),
	}}
	s.Sort()
	if f := s.Of(atlas.Category{Sex: "z"}); !f.Known() || f.Value != 5 {
		t.Errorf("women %+v", f)
	}
	if f := s.Of(atlas.Category{Age: old}); !f.Known() || f.Value != 7 {
		t.Errorf("adults, those of unknown sex among them: %+v", f)
	}
	if f := s.Of(atlas.Category{Citizenship: "UA"}); f.Known() {
		t.Errorf("nobody said citizenships: %+v", f)
	}
	if f := s.Of(atlas.Category{Age: atlas.AgesBetween(10, -1)}); f.Known() {
		t.Errorf("ages that the source did not part there: %+v", f)
	}
	s.Figures[0].Value = 11
	if f := s.Of(atlas.Category{Sex: "z"}); f.Known() {
		t.Errorf("parts that do not add up give %+v", f)
	}
}
