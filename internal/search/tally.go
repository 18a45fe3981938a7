package search

import "math/bits"

// among is a set of documents in which facets are counted.
type among struct {
	set
	whole bool     // all documents of the index
	rest  []uint64 // the documents not in the set, where they are fewer
	left  int      // how many those are
}

func (s *state) among(a *arena, docs set) *among {
	total := s.cols.count()
	out := &among{set: docs, whole: docs.n == total}
	if out.whole || docs.field == nil || 2*docs.n <= total {
		return out
	}
	out.rest, out.left = a.field(), total-docs.n
	for i, w := range s.cols.live {
		out.rest[i] = w &^ docs.field[i]
	}
	return out
}

// tally counts how many documents of a set have each value of a facet. There
// are three ways, and what each costs is known before: reading the documents,
// reading those that are not in the set and subtracting, or comparing the set
// with the documents of each value.
type tally struct {
	column   *facetColumn
	docs     *among
	only     []uint32
	narrowed bool     // only some values matter
	counts   []uint32 // by value

	cost int // in steps, each about a nanosecond
	way  func()
}

// What a step of each kind costs.
const (
	docCost    = 2 // reading the set of values of a document
	memberCost = 3 // counting a value of a document
	probeCost  = 1 // looking up a document in a field
)

// plan chooses the cheapest way.
func (t *tally) plan(a *arena) {
	c := t.column
	t.cost, t.way = 0, t.byWhole
	if t.docs.whole || t.docs.n == 0 {
		return
	}
	t.cost, t.way = c.costOf(t.docs.n), func() { t.byDocument(a, t.docs.set) }
	if t.docs.rest != nil {
		if cost := c.costOf(t.docs.left) + len(c.values); cost < t.cost {
			t.cost, t.way = cost, func() { t.byRest(a) }
		}
	}
	if t.docs.field == nil {
		return
	}
	if cost := t.costByValue(); cost < t.cost {
		t.cost, t.way = cost, t.byValue
	}
}

// costOf is what reading so many documents costs.
func (c *facetColumn) costOf(docs int) int {
	each := docs * memberCost * (1 + len(c.sets.values)/len(c.sets.ends))
	return docs*docCost + min(each, len(c.sets.ends)+len(c.sets.values))
}

func (t *tally) costByValue() int {
	width := len(t.docs.field)
	if !t.narrowed {
		return t.column.listed*probeCost + t.column.fields*width + len(t.column.values)
	}
	cost := 0
	for _, v := range t.only {
		if docs := &t.column.values[v].docs; docs.field != nil {
			cost += width
		} else {
			cost += len(docs.list) * probeCost
		}
	}
	return cost
}

func (t *tally) run(a *arena) {
	t.counts = a.counters(len(t.column.values))
	t.way()
}

// byWhole takes what is known of all documents.
func (t *tally) byWhole() {
	if t.docs.whole {
		for v := range t.column.values {
			t.counts[v] = uint32(t.column.values[v].docs.n)
		}
	}
}

func (t *tally) byValue() {
	if t.narrowed {
		for _, v := range t.only {
			t.counts[v] = uint32(t.column.values[v].docs.countIn(t.docs.field))
		}
		return
	}
	for v := range t.column.values {
		t.counts[v] = uint32(t.column.values[v].docs.countIn(t.docs.field))
	}
}

func (t *tally) byRest(a *arena) {
	t.byDocument(a, set{n: t.docs.left, field: t.docs.rest})
	for v := range t.counts {
		t.counts[v] = uint32(t.column.values[v].docs.n) - t.counts[v]
	}
}

// byDocument reads the documents. Many of them are first counted by the sets of
// values they have, and only then the values in those sets.
func (t *tally) byDocument(a *arena, docs set) {
	sets := &t.column.sets
	if docs.n < len(sets.ends)/2 {
		docs.each(func(run []uint32) {
			for _, doc := range run {
				for _, v := range t.column.of(doc) {
					t.counts[v]++
				}
			}
		})
		return
	}
	bySet := a.counters(len(sets.ends))
	if t.column.wide != nil {
		countSets(docs, t.column.wide, bySet)
	} else {
		countSets(docs, t.column.narrow, bySet)
	}
	from := uint32(0)
	for id, end := range sets.ends {
		if n := bySet[id]; n > 0 {
			for _, v := range sets.values[from:end] {
				t.counts[v] += n
			}
		}
		from = end
	}
}

// countSets counts documents by what a column says of them. Documents beyond its
// end have nothing.
func countSets[T uint16 | uint32](docs set, column []T, counts []uint32) {
	if docs.field == nil {
		for _, doc := range docs.list {
			if int(doc) < len(column) {
				counts[column[doc]]++
			}
		}
		return
	}
	whole := min(len(docs.field), len(column)/64)
	for i, w := range docs.field[:whole] {
		part := column[i<<6 : i<<6+64]
		for ; w != 0; w &= w - 1 {
			counts[part[bits.TrailingZeros64(w)&63]]++
		}
	}
	for i, w := range docs.field[whole:] {
		for ; w != 0; w &= w - 1 {
			if doc := (whole+i)<<6 + bits.TrailingZeros64(w); doc < len(column) {
				counts[column[doc]]++
			}
		}
	}
}
