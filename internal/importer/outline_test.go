package importer

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestOutlinesNeverPartSimilarTitles(t *testing.T) { // 8.9
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.StringOfN(rapid.SampledFrom([]rune("aábcčdžЖ 1")), 0, 60, -1)
		first := letters.Draw(t, "first")
		second := first
		for range rapid.IntRange(0, 6).Draw(t, "changes") {
			at := []rune(second)
			i := rapid.IntRange(0, len(at)).Draw(t, "place")
			second = string(at[:i]) + rapid.SampledFrom([]string{"", "x", "ch "}).Draw(t, "letter") + string(at[min(len(at), i+rapid.IntRange(0, 1).Draw(t, "cut")):])
		}
		x, y := NewTitle(first), NewTitle(second)
		a, b := x.Outline(), y.Outline()
		if x.Similar(&y) && !a.MayBeLike(&b) {
			t.Fatalf("%q and %q are similar", x.Key, y.Key)
		}
	})
}

func TestOutlinesPartMostOtherTitles(t *testing.T) {
	var titles []Outline
	for _, s := range []string{"Umsetzungsberatung", "Konzeptberatung", "Společně v Ukázkově", "Integrace cizinců na lokální úrovni 2019", "Integrace rodičů na místní úrovni v Brně", ""} {
		x := NewTitle(s)
		titles = append(titles, x.Outline())
	}
	for i := range titles {
		for j := range titles {
			if like := titles[i].MayBeLike(&titles[j]); like != (i == j && i != 5) {
				t.Errorf("%d and %d: %v", i, j, like)
			}
		}
	}
	long := NewTitle(strings.Repeat("dlouhý ", 20000))
	if o := long.Outline(); !o.MayBeLike(&o) || o.MayBeLike(&titles[0]) == false {
		t.Error("a title longer than an outline can tell is parted from others")
	}
}
