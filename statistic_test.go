package atlas_test

import (
	"errors"
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
