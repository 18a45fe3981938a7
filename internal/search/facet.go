package search

import (
	"slices"
	"strings"
)

// facetColumn is one facet of all documents. It is kept both ways: by value, the
// documents that have it, and by document, which of the sets of values that
// occur it has. Most facets have few such sets – a municipality always comes
// with the same district and region – so a document costs one small number, and
// counting one step, however many values it has.
type facetColumn struct {
	// otherwise says that value 0 is that of all documents which have none of the
	// others (Options.Otherwise). Most do, so what is kept of it is the other way
	// round: a document that has others has it beside them, so its documents are
	// those that do not have it. turned and state.gather turn it back.
	otherwise bool
	values    []facetValue
	byCode    map[string]uint32
	sorted    []uint32 // values in the order of their codes
	sets      valueSets
	narrow    []uint16 // set of each document, while there are few sets
	wide      []uint32

	listed int // sum of the lengths of lists of values
	fields int // how many values have a field
}

type facetValue struct {
	code string
	docs docSet
}

func newFacetColumn() *facetColumn {
	c := &facetColumn{byCode: map[string]uint32{}}
	c.sets.id(nil) // documents without a value are in set 0
	return c
}

// newColumnOtherwise makes a column with a value for documents that have no other.
func newColumnOtherwise(code string) *facetColumn {
	c := newFacetColumn()
	c.value(code)
	c.otherwise = true
	c.settle()
	return c
}

// numbers gives the values of a document with some codes, sorted.
func (c *facetColumn) numbers(to []uint32, codes []string) []uint32 {
	for _, code := range codes {
		if v := c.value(code); !c.isRest(v) {
			to = append(to, v)
		}
	}
	if c.otherwise && len(to) > 0 {
		to = append(to, 0)
	}
	slices.Sort(to)
	return slices.Compact(to)
}

// isRest says whether a value is that of the documents that have no other.
func (c *facetColumn) isRest(v uint32) bool { return v == 0 && c.otherwise }

// turned is how many of some documents have a value that so many of them keep.
func (c *facetColumn) turned(v uint32, keep, documents int) int {
	if c.isRest(v) {
		return documents - keep
	}
	return keep
}

// value gives the number of a value, a new one if need be.
func (c *facetColumn) value(code string) uint32 {
	if v, ok := c.byCode[code]; ok {
		return v
	}
	v := uint32(len(c.values))
	code = strings.Clone(code)
	c.byCode[code] = v
	c.values = append(c.values, facetValue{code: code})
	return v
}

// settle sorts new values in. It must run after values were added.
func (c *facetColumn) settle() {
	compare := func(a, b uint32) int { return strings.Compare(c.values[a].code, c.values[b].code) }
	const few = 64
	fresh := len(c.values) - len(c.sorted)
	for v := uint32(len(c.sorted)); int(v) < len(c.values); v++ {
		at := len(c.sorted)
		if fresh < few {
			at, _ = slices.BinarySearchFunc(c.sorted, v, compare)
		}
		c.sorted = slices.Insert(c.sorted, at, v)
	}
	if fresh >= few {
		slices.SortFunc(c.sorted, compare)
	}
}

// setOf is the number of the set of values that a document has.
func (c *facetColumn) setOf(doc uint32) uint32 {
	switch {
	case c.wide != nil && int(doc) < len(c.wide):
		return c.wide[doc]
	case c.wide == nil && int(doc) < len(c.narrow):
		return uint32(c.narrow[doc])
	}
	return 0
}

// of gives the values of a document.
func (c *facetColumn) of(doc uint32) []uint32 { return c.sets.of(c.setOf(doc)) }

// write says which set of values a document has, but leaves the documents of the
// values as they are.
func (c *facetColumn) write(doc, set uint32) {
	if set > 0xffff && c.wide == nil {
		c.wide = make([]uint32, len(c.narrow))
		for i, s := range c.narrow {
			c.wide[i] = uint32(s)
		}
		c.narrow = nil
	}
	if c.wide != nil {
		c.wide = reach(c.wide, doc)
		c.wide[doc] = set
		return
	}
	c.narrow = reach(c.narrow, doc)
	c.narrow[doc] = uint16(set)
}

// reach makes a column long enough for a document.
func reach[T any](column []T, doc uint32) []T {
	if missing := int(doc) + 1 - len(column); missing > 0 {
		column = append(column, make([]T, missing)...)
	}
	return column
}

// link puts a document among those of its values.
func (c *facetColumn) link(doc uint32, total int) {
	for _, v := range c.of(doc) {
		c.weigh(v, -1)
		c.values[v].docs.add(doc, total)
		c.weigh(v, +1)
	}
}

// unlink takes a document out, while building only of the column.
func (c *facetColumn) unlink(doc uint32, bulk bool) {
	for _, v := range c.of(doc) {
		if bulk {
			break
		}
		c.weigh(v, -1)
		c.values[v].docs.remove(doc)
		c.weigh(v, +1)
	}
	if c.setOf(doc) != 0 {
		c.write(doc, 0)
	}
}

// weigh keeps account of lists and fields.
func (c *facetColumn) weigh(v uint32, sign int) {
	c.listed += sign * len(c.values[v].docs.list)
	if c.values[v].docs.field != nil {
		c.fields += sign
	}
}

// linkAll finds the documents of all values anew from the column, each set
// made as long as it has to be.
func (c *facetColumn) linkAll(total int) {
	sizes := make([]int, len(c.values))
	for doc := range uint32(total) {
		for _, v := range c.of(doc) {
			sizes[v]++
		}
	}
	for v, n := range sizes {
		docs := docSet{n: n}
		if n > longList(total) {
			docs.field = make([]uint64, total/64+1)
		} else {
			docs.list = make([]uint32, 0, n)
		}
		c.values[v].docs = docs
	}
	for doc := range uint32(total) {
		for _, v := range c.of(doc) {
			if docs := &c.values[v].docs; docs.field != nil {
				docs.field[doc>>6] |= 1 << (doc & 63)
			} else {
				docs.list = append(docs.list, doc)
			}
		}
	}
	c.listed, c.fields = 0, 0
	for v := range c.values {
		c.weigh(uint32(v), +1)
	}
	c.narrow, c.wide = slices.Clip(c.narrow), slices.Clip(c.wide)
}

// valueSets numbers the sets of values that occur in a facet.
type valueSets struct {
	ends   []uint32 // of each set in members
	values []uint32
	table  hashTable
}

// of gives the values of a set, sorted by their numbers.
func (s *valueSets) of(id uint32) []uint32 {
	from := uint32(0)
	if id > 0 {
		from = s.ends[id-1]
	}
	return s.values[from:s.ends[id]]
}

// id gives the number of a sorted set, a new one if need be.
func (s *valueSets) id(values []uint32) uint32 {
	hash := uint32(2166136261)
	for _, v := range values {
		hash = (hash ^ v) * 16777619
		hash ^= hash >> 15
	}
	if id, ok := s.table.find(hash, func(id uint32) bool { return slices.Equal(s.of(id), values) }); ok {
		return id
	}
	id := uint32(len(s.ends))
	s.values = append(s.values, values...)
	s.ends = append(s.ends, uint32(len(s.values)))
	s.table.add(hash, id)
	return id
}
