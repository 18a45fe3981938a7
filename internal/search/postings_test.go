package search

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestPostingsKnowWhereEveryWordStandsAfterAnyChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPostings()
		const words, room = 4, 3
		want := make([]map[uint32]zoneMask, words)
		for w := range want {
			p.grow()
			want[w] = map[uint32]zoneMask{}
		}
		for range rapid.IntRange(0, 60).Draw(t, "changes") {
			w, doc := rapid.Uint32Range(0, words-1).Draw(t, "word"), rapid.Uint32Range(0, 7).Draw(t, "document")
			switch _, there := want[w][doc]; {
			case rapid.IntRange(0, 9).Draw(t, "what") == 0:
				p.compact(room)
			case there:
				p.remove(w, doc)
				delete(want[w], doc)
			default:
				zones := zoneMask(rapid.IntRange(1, zonesOfEntry).Draw(t, "zones"))
				p.add(w, doc, zones, room)
				want[w][doc] = zones
			}
		}
		for w, docs := range want {
			list := p.of(uint32(w))
			for z := range zoneCount {
				var has []uint32
				for _, doc := range slices.Sorted(maps.Keys(docs)) {
					if docs[doc]>>z&1 != 0 {
						has = append(has, doc)
					}
				}
				a := new(arena)
				a.fit(64)
				g := gathering{arena: a}
				list.gather(&g, z)
				if got := g.done().docs(nil); !slices.Equal(got, has) {
					t.Fatalf("word %d, zone %d: %v, want %v", w, z, got, has)
				}
			}
			if n := list.count(); n > len(docs) || (n == 0) != (len(docs) == 0) {
				t.Fatalf("word %d counts %d documents of %d", w, n, len(docs))
			}
		}
	})
}
