package search

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
	bySet    []uint32 // by set of values, where that is counted first

	cost int // in steps, each about a nanosecond
	way  way
}

// way is how a tally is made.
type way uint8

const (
	byWhole    way = iota // what is known of all documents
	byDocument            // reading the documents
	byRest                // reading the documents that are not in the set
	byValue               // comparing with the documents of each value
)

// What each step of counting costs, measured on columns that lie in the outer
// cache.
const (
	farCost    = 7 // reading the column at a document far from the one before
	lineCost   = 5 // fetching the column of 64 documents
	docCost    = 1 // counting a document of them
	memberCost = 3 // counting a value of a document
	probeCost  = 1 // looking up a document, or 64 at once, in a field
	seekCost   = 8 // looking up a document in a list
)

// plan chooses the cheapest way.
func (t *tally) plan() {
	c := t.column
	t.cost, t.way = 0, byWhole
	if t.docs.whole || t.docs.n == 0 {
		return
	}
	t.cost, t.way = c.costOf(t.docs.n), byDocument
	if t.docs.rest != nil {
		if cost := c.costOf(t.docs.left) + len(c.values); cost < t.cost {
			t.cost, t.way = cost, byRest
		}
	}
	if cost := t.costByValue(); cost < t.cost {
		t.cost, t.way = cost, byValue
	}
}

// costOf is what reading so many documents costs.
func (c *facetColumn) costOf(docs int) int {
	sets, members := len(c.sets.ends), len(c.sets.values)
	column := max(len(c.narrow), len(c.wide)) / 64
	each := docs * memberCost * (1 + members/sets)
	return min(docs*farCost, column*lineCost+docs*docCost) + min(each, sets+members)
}

func (t *tally) costByValue() int {
	width, look := len(t.docs.field), probeCost
	if t.docs.field == nil {
		width, look = t.docs.n, seekCost
	}
	if !t.narrowed {
		return t.column.listed*look + t.column.fields*width*probeCost + len(t.column.values)
	}
	cost := 0
	for _, v := range t.only {
		if docs := &t.column.values[v].docs; docs.field != nil {
			cost += width * probeCost
		} else {
			cost += len(docs.list) * look
		}
	}
	return cost
}

// run counts all by itself, unless documents have to be read.
func (t *tally) run(a *arena) {
	t.counts = a.counters(len(t.column.values))
	values := t.column.values
	switch {
	case t.way == byWhole && t.docs.whole:
		for v := range values {
			t.counts[v] = uint32(values[v].docs.n)
		}
	case t.way == byValue && t.narrowed:
		for _, v := range t.only {
			t.counts[v] = uint32(values[v].docs.countIn(t.docs.set))
		}
	case t.way == byValue:
		for v := range values {
			t.counts[v] = uint32(values[v].docs.countIn(t.docs.set))
		}
	}
}
