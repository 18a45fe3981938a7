package search

import (
	"maps"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"
)

func TestSetsAreThoseOfMathematicsInEveryForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := new(arena)
		a.fit(rapid.SampledFrom([]int{40, 4000}).Draw(t, "documents")) // lists up to 1 and up to 63
		draw := func(name string) (set, map[uint32]bool) {
			docs := rapid.SliceOfN(rapid.Uint32Range(0, uint32(a.width*64-1)), 0, 150).Draw(t, name)
			g, want := gathering{arena: a}, map[uint32]bool{}
			for part := range slices.Chunk(docs, 20) {
				switch rapid.IntRange(0, 2).Draw(t, "form") {
				case 0:
					g.add(part...)
				case 1:
					g.addMap(roaring.BitmapOf(part...))
				case 2:
					var field []uint64
					for _, doc := range part {
						field = setBit(field, doc)
					}
					g.addField(field)
				}
				for _, doc := range part {
					want[doc] = true
				}
			}
			return g.done(), want
		}
		check := func(name string, got set, want map[uint32]bool) {
			docs := got.docs(nil)
			if !slices.Equal(docs, slices.Sorted(maps.Keys(want))) || got.n != len(want) {
				t.Fatalf("%s: %d of %v, want %v", name, got.n, docs, want)
			}
			for doc := range uint32(a.width * 64) {
				if got.has(doc) != want[doc] {
					t.Fatalf("%s: has %d: %v", name, doc, got.has(doc))
				}
			}
		}
		x, inX := draw("x")
		y, inY := draw("y")
		z, inZ := draw("z")
		check("x", x, inX)
		keep := func(in map[uint32]bool, ok func(doc uint32) bool) map[uint32]bool {
			out := maps.Clone(in)
			maps.DeleteFunc(out, func(doc uint32, _ bool) bool { return !ok(doc) })
			return out
		}
		either := maps.Clone(inX)
		maps.Copy(either, inY)
		maps.Copy(either, inZ)
		check("x without y", a.without(x, y), keep(inX, func(d uint32) bool { return !inY[d] }))
		check("x and y", a.and(x, y), keep(inX, func(d uint32) bool { return inY[d] }))
		check("x, y and z", a.intersection([]set{x, y, z}), keep(inX, func(d uint32) bool { return inY[d] && inZ[d] }))
		check("any", a.union(x, y, z), either)
		check("x again", x, inX)
	})
}

func TestFieldsAndListsAreUsedAgainAfterASearch(t *testing.T) {
	a := new(arena)
	a.fit(1000)
	f := a.field()
	setBits(f, []uint32{1, 2, 3})
	a.release()
	a.fit(1001)
	if g := a.field(); &g[0] != &f[0] || countBits(g) != 0 {
		t.Errorf("a field is made anew or not empty: %d bits", countBits(g))
	}
	a.fit(1_000_000)
	if g := a.field(); len(g) != a.width {
		t.Errorf("a field of %d words, want %d", len(g), a.width)
	}
}
