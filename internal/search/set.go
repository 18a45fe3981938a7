package search

import (
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// set is documents found in the course of one search: a sorted list where they
// are few, a bit field over all documents where they are many. A set is never
// changed once it is made; its memory is that of the arena.
type set struct {
	n     int
	list  []uint32
	field []uint64 // nil where the list says all
}

// has says whether a document is in the set.
func (s set) has(doc uint32) bool {
	if s.field != nil {
		return has(s.field, doc)
	}
	_, found := slices.BinarySearch(s.list, doc)
	return found
}

// each goes through the set in sorted runs of documents.
func (s set) each(fn func([]uint32)) {
	if s.field == nil {
		fn(s.list)
		return
	}
	eachBit(s.field, fn)
}

// docs gives the documents as a sorted list.
func (s set) docs(to []uint32) []uint32 {
	s.each(func(run []uint32) { to = append(to, run...) })
	return to
}

// and gives what is in both sets.
func (a *arena) and(x, y set) set {
	switch {
	case x.n == 0 || y.n == 0:
		return set{}
	case x.field != nil && y.field != nil:
		out := a.field()
		n := 0
		x, y := x.field[:len(out)], y.field[:len(out)]
		for i := range out {
			out[i] = x[i] & y[i]
			n += bits.OnesCount64(out[i])
		}
		return a.settled(out, n)
	case x.field != nil:
		return a.sifted(y.list, x.field, 1)
	case y.field != nil:
		return a.sifted(x.list, y.field, 1)
	}
	return a.both(x.list, y.list)
}

// intersection gives what is in all of some sets, of which there is at least
// one. The smallest comes first, so that the others are only looked up.
func (a *arena) intersection(sets []set) set {
	sets = slices.Clone(sets)
	slices.SortFunc(sets, func(x, y set) int { return x.n - y.n })
	out := sets[0]
	for _, s := range sets[1:] {
		out = a.and(out, s)
	}
	return out
}

// without gives what is in x and not in y.
func (a *arena) without(x, y set) set {
	switch {
	case x.n == 0 || y.n == 0:
		return x
	case x.field == nil && y.field != nil:
		return a.sifted(x.list, y.field, 0)
	case x.field == nil:
		out := a.list()
		for _, doc := range x.list {
			if !y.has(doc) {
				out = append(out, doc)
			}
		}
		return set{n: len(out), list: out}
	}
	out := a.field()
	copy(out, x.field)
	for _, doc := range y.list {
		out[doc>>6] &^= 1 << (doc & 63)
	}
	n := 0
	for i := range out {
		if y.field != nil {
			out[i] &^= y.field[i]
		}
		n += bits.OnesCount64(out[i])
	}
	return a.settled(out, n)
}

// sifted keeps the documents of a list whose bit in a field is as wanted.
func (a *arena) sifted(list []uint32, field []uint64, want uint64) set {
	out := a.list()
	for _, doc := range list {
		if field[doc>>6]>>(doc&63)&1 == want {
			out = append(out, doc)
		}
	}
	return set{n: len(out), list: out}
}

// both gives what is in two sorted lists. Where one is far longer, it is leapt
// through instead of read.
func (a *arena) both(x, y []uint32) set {
	if len(x) > len(y) {
		x, y = y, x
	}
	out := a.list()
	leap := len(y) > 16*len(x)
	for _, doc := range x {
		if leap {
			at, _ := slices.BinarySearch(y, doc)
			y = y[at:]
		} else {
			for len(y) > 0 && y[0] < doc {
				y = y[1:]
			}
		}
		if len(y) == 0 {
			break
		}
		if y[0] == doc {
			out = append(out, doc)
		}
	}
	return set{n: len(out), list: out}
}

// settled makes a set of a field of the arena with n documents, as a list where
// they are few.
func (a *arena) settled(field []uint64, n int) set {
	if n > a.width {
		return set{n: n, field: field}
	}
	list := a.list()
	if n > 0 {
		eachBit(field, func(run []uint32) { list = append(list, run...) })
	}
	a.giveBack(field)
	return set{n: n, list: list}
}

// gathering joins documents from many places into one set.
type gathering struct {
	arena *arena
	list  []uint32
	field []uint64
}

// add takes documents in any order.
func (g *gathering) add(docs ...uint32) {
	if len(docs) == 0 {
		return
	}
	if g.field == nil && len(g.list)+len(docs) <= g.arena.width {
		if g.list == nil {
			g.list = g.arena.list()
		}
		g.list = append(g.list, docs...)
		return
	}
	g.spread()
	setBits(g.field, docs)
}

// spread goes over from a list to a field.
func (g *gathering) spread() {
	if g.field == nil {
		g.field = g.arena.field()
		setBits(g.field, g.list)
		g.list = nil
	}
}

// addField takes a stored field, which may be shorter than those of the arena.
func (g *gathering) addField(field []uint64) {
	g.spread()
	to := g.field[:len(field)]
	for i, w := range field {
		to[i] |= w
	}
}

// addMap takes a stored bitmap. A dense one is quicker laid out than read.
func (g *gathering) addMap(docs *roaring.Bitmap) {
	if docs == nil {
		return
	}
	n := int(docs.GetCardinality())
	switch {
	case g.field == nil && len(g.list)+n > g.arena.width && len(g.list) == 0:
		g.spread()
		docs.WriteDenseTo(g.field)
	case 2*n > g.arena.width && (g.field != nil || len(g.list)+n > g.arena.width):
		dense := g.arena.field()
		docs.WriteDenseTo(dense)
		g.addField(dense)
		g.arena.giveBack(dense)
	default:
		eachDoc(docs, func(run []uint32) { g.add(run...) })
	}
}

func (g *gathering) addSet(s set) {
	if s.field != nil {
		g.addField(s.field)
		return
	}
	g.add(s.list...)
}

// done gives what was gathered.
func (g *gathering) done() set {
	if g.field != nil {
		return g.arena.settled(g.field, countBits(g.field))
	}
	slices.Sort(g.list)
	g.list = slices.Compact(g.list)
	return set{n: len(g.list), list: g.list}
}

// union gives what is in any of some sets.
func (a *arena) union(sets ...set) set {
	g := gathering{arena: a}
	var last set
	parts := 0
	for _, s := range sets {
		if s.n > 0 {
			parts, last = parts+1, s
		}
	}
	if parts < 2 {
		return last
	}
	for _, s := range sets {
		g.addSet(s)
	}
	return g.done()
}
