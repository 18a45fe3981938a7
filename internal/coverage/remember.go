package coverage

import (
	"slices"
	"sync"

	"atlas/internal/place"
)

// whole is the matrix of all entries for one question, without the sums of money.
// It is kept true while entries come and go.
type whole struct {
	q     Question
	l     *layout
	once  sync.Once
	adder *adder
}

// Bounds of what a book remembers: so many questions, and none whose matrix has
// more cells (24 B each), which the one of all municipalities of the country has.
const (
	mostKept  = 8
	mostCells = 200_000
)

// layoutFor gives the rows of a question and where each set of places belongs.
func (b *Book) layoutFor(places *place.Gazetteer, q Question) *layout {
	b.mu.Lock()
	defer b.mu.Unlock()
	if q.Within == "" {
		q.Within = "CZ"
	}
	l := first(&b.layouts, func(l *layout) bool { return l.places == places && l.level == q.Level && l.within == q.Within })
	if l == nil {
		l = newLayout(places, q.Level, q.Within, b.placeSets)
		b.layouts = slices.Insert(b.layouts, 0, l)
	}
	b.layouts = b.layouts[:min(len(b.layouts), mostKept)]
	return l
}

// whole gives the matrix of everything where it helps a selection and fits. Who asks
// first makes it, others wait.
func (b *Book) whole(l *layout, q Question, s Selection) *Matrix {
	if !s.AllBut || len(l.rows)*(len(b.items(q.Axis).codes)+1)*(q.To-q.From+3) > mostCells {
		return nil
	}
	b.mu.Lock()
	w := first(&b.wholes, func(w *whole) bool { return w.q == q && w.l == l })
	if w == nil {
		w = &whole{q: q, l: l}
		b.wholes = slices.Insert(b.wholes, 0, w)
	}
	b.wholes = b.wholes[:min(len(b.wholes), mostKept)]
	b.mu.Unlock()
	w.once.Do(func() {
		m := newMatrix(l, b.items(q.Axis), q)
		b.add(m, l, q, b.allBut(nil), 1)
		w.adder = newAdder(b, l, m, q)
	})
	return w.adder.m
}

// first finds what is wanted and moves it to the front; nil where nothing is.
func first[T any](of *[]*T, wanted func(*T) bool) *T {
	i := slices.IndexFunc(*of, wanted)
	if i < 0 {
		return nil
	}
	found := (*of)[i]
	*of = slices.Insert(slices.Delete(*of, i, i+1), 0, found)
	return found
}

// remember adds a new entry to the matrices of everything. One that has no item for
// an area or a group that nobody had before is made anew when it is asked for.
func (b *Book) remember(doc uint32) {
	for _, l := range b.layouts {
		l.reach(b.placeSets)
	}
	for _, w := range b.wholes {
		w.l.reach(b.placeSets) // which may be kept here only
	}
	b.wholes = slices.DeleteFunc(b.wholes, func(w *whole) bool { return len(w.adder.item) < len(w.adder.sets.codes) })
	b.sum(doc, 1)
}

// forget takes an entry out of them, before it is changed.
func (b *Book) forget(doc uint32) { b.sum(doc, opposite) }

func (b *Book) sum(doc uint32, by uint32) {
	for _, w := range b.wholes {
		w.adder.by = by
		w.adder.add(doc)
	}
}

// allBut lists the documents that are there and not in a list.
func (b *Book) allBut(docs []uint32) []uint32 {
	not := make([]bool, len(b.flags))
	for _, doc := range docs {
		not[doc] = true
	}
	out := make([]uint32, 0, len(b.flags)-len(docs))
	for doc, f := range b.flags {
		if f&present != 0 && !not[doc] {
			out = append(out, uint32(doc))
		}
	}
	return out
}
