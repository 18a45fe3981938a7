package main

import (
	"time"

	"github.com/RoaringBitmap/roaring/v2"
)

// floor answers questions by bare operations on prepared sets: no ranking, no
// page, no words of records, no HTTP. Nothing that counts by sets can be quicker
// than about this.
type floor struct {
	t      *truth
	values []*roaring.Bitmap
	lists  [][]uint32                 // records of values that few have, nil of others
	words  map[string]*roaring.Bitmap // what each term of the questions finds
	all    *roaring.Bitmap
}

// newFloor prepares the sets of all values and of all terms that are asked for.
func newFloor(t *truth, asked []*query) *floor {
	f := &floor{t: t, values: make([]*roaring.Bitmap, len(t.values)), words: map[string]*roaring.Bitmap{}, all: roaring.New()}
	f.all.AddRange(0, uint64(t.n))
	for i := range f.values {
		f.values[i] = roaring.New()
	}
	for n := range t.n {
		for _, v := range t.has.of(n) {
			f.values[v].Add(uint32(n))
		}
	}
	f.prepareWords(asked)
	f.lists = make([][]uint32, len(f.values))
	for i, b := range f.values {
		if b.RunOptimize(); int(b.GetCardinality()) < t.n/fewShare {
			f.lists[i] = b.ToArray()
		}
	}
	return f
}

func (f *floor) prepareWords(asked []*query) {
	interest := map[uint32][]*roaring.Bitmap{}
	for _, q := range asked {
		for _, x := range q.terms {
			if x.kind == phrase || f.words[x.text] != nil {
				continue
			}
			set := roaring.New()
			f.words[x.text] = set
			for _, w := range f.t.matching(x) {
				interest[w] = append(interest[w], set)
			}
		}
	}
	for n := range f.t.n {
		for _, w := range f.t.text.of(n) {
			for _, set := range interest[w] {
				set.Add(uint32(n))
			}
		}
	}
}

// run answers the questions that have no phrase, which sets cannot answer, and
// gives the time of each.
func (f *floor) run(all []*query, longest time.Duration) (out []time.Duration) {
	for start := time.Now(); len(all) > 0 && time.Since(start) < longest; all = all[1:] {
		if all[0].kind != "phrase" {
			began := time.Now()
			f.answer(all[0])
			out = append(out, time.Since(began))
		}
	}
	return out
}

func (f *floor) answer(q *query) answer {
	text := f.all
	for _, x := range q.terms {
		text = roaring.And(text, f.words[x.text])
	}
	result := f.filtered(text, q, -1)
	out := answer{total: int(result.GetCardinality()), counts: make([]int, len(f.values))}
	var rest []int
	for facet := range f.t.facets {
		if q.filters[facet] != nil {
			f.count(f.filtered(text, q, facet), []int{facet}, &out)
		} else {
			rest = append(rest, facet)
		}
	}
	f.count(result, rest, &out)
	return out
}

// Parts of all records: below the first a set is counted by reading the values
// of its records, else by intersecting it with the set of each value, which is
// quicker by a list where fewer than the second have the value.
const smallShare, fewShare = 256, 32

// count counts the values of some facets in a set.
func (f *floor) count(set *roaring.Bitmap, facets []int, out *answer) {
	switch n := int(set.GetCardinality()); {
	case n <= f.t.n/smallShare:
		f.read(set, facets, out)
	case n == f.t.n:
		for _, facet := range facets {
			for _, id := range f.t.ids[facet] {
				out.counts[id] = int(f.values[id].GetCardinality())
			}
		}
	default:
		field := make([]uint64, f.t.n/64+1)
		set.WriteDenseTo(field)
		for _, facet := range facets {
			for _, id := range f.t.ids[facet] {
				out.counts[id] = f.intersect(set, field, id)
			}
		}
	}
}

// intersect is how many records of a set, which is laid out as a field of bits
// as well, have a value.
func (f *floor) intersect(set *roaring.Bitmap, field []uint64, id uint32) (n int) {
	if f.lists[id] == nil {
		return int(set.AndCardinality(f.values[id]))
	}
	for _, doc := range f.lists[id] {
		n += int(field[doc>>6] >> (doc & 63) & 1)
	}
	return n
}

// read counts by reading the values of the records of a set.
func (f *floor) read(set *roaring.Bitmap, facets []int, out *answer) {
	wanted := make([]bool, len(f.t.facets))
	for _, facet := range facets {
		wanted[facet] = true
	}
	for it := set.Iterator(); it.HasNext(); {
		for _, v := range f.t.has.of(int(it.Next())) {
			if wanted[f.t.values[v].facet] {
				out.counts[v]++
			}
		}
	}
}

// filtered applies the filters of all facets but one.
func (f *floor) filtered(docs *roaring.Bitmap, q *query, but int) *roaring.Bitmap {
	for facet, codes := range q.filters {
		if facet == but {
			continue
		}
		var any []*roaring.Bitmap
		for _, code := range codes {
			if id, ok := f.t.ids[facet][code]; ok {
				any = append(any, f.values[id])
			}
		}
		docs = roaring.And(docs, roaring.FastOr(any...))
	}
	return docs
}
