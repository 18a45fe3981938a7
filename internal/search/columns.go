package search

import (
	"math"
	"math/bits"

	"atlas"
)

// columns hold what is kept for every document, by its number. Numbers of
// deleted documents are given out again.
type columns struct {
	byID    names
	records shelf
	years   []int32
	amounts []int64 // minor units; unknownAmount
	added   []int64
	labels  []uint64 // place in the order of titles
	lengths []uint16 // number of words
	words   int64    // sum of lengths
	free    []uint32

	live      []uint64 // fields
	known     []uint64 // amount is known
	estimates []uint64
	total     atlas.Sum // of all documents
}

const unknownAmount = math.MinInt64

func newColumns() *columns {
	return &columns{byID: newNames()}
}

// count is the number of documents.
func (c *columns) count() int { return c.byID.count() }

// find gives the number of the document with an id.
func (c *columns) find(id string) (uint32, bool) {
	return c.byID.find(id, func(doc uint32) bool { return c.record(doc).is(id) })
}

// size is how many numbers of documents were ever given out.
func (c *columns) size() int { return len(c.years) }

// record gives what is kept of a document, nil where there is none.
func (c *columns) record(doc uint32) record { return c.records.get(doc) }

// id gives the id of a document.
func (c *columns) id(doc uint32) string { return c.record(doc).id() }

// take gives a free document number.
func (c *columns) take() uint32 {
	if n := len(c.free); n > 0 {
		doc := c.free[n-1]
		c.free = c.free[:n-1]
		return doc
	}
	c.years = append(c.years, 0)
	c.amounts = append(c.amounts, unknownAmount)
	c.added = append(c.added, 0)
	c.labels = append(c.labels, 0)
	c.lengths = append(c.lengths, 0)
	return uint32(len(c.years) - 1)
}

// set writes the columns of a document with its packed record.
func (c *columns) set(doc uint32, d Document, packed []byte, words int) {
	c.byID.add(d.ID, doc)
	c.records.put(doc, packed)
	c.years[doc] = int32(d.Year)
	c.added[doc] = d.Added
	c.lengths[doc] = uint16(min(words, math.MaxUint16))
	c.words += int64(c.lengths[doc])
	c.live = setBit(c.live, doc)
	c.amounts[doc] = unknownAmount
	c.total.Add(d.Amount)
	if !d.Amount.Known() {
		return
	}
	c.amounts[doc] = d.Amount.Minor
	c.known = setBit(c.known, doc)
	if d.Amount.State == atlas.AmountEstimate {
		c.estimates = setBit(c.estimates, doc)
	}
}

// clear takes a document out of the columns and frees its number.
func (c *columns) clear(doc uint32) {
	c.byID.remove(c.id(doc), doc)
	clearBit(c.live, doc)
	c.words -= int64(c.lengths[doc])
	if clearBit(c.known, doc) {
		c.total.Minor -= c.amounts[doc]
		c.total.Known--
	} else {
		c.total.Unknown--
	}
	if clearBit(c.estimates, doc) {
		c.total.Estimates--
	}
	c.records.drop(doc)
	c.free = append(c.free, doc)
}

// all is every document.
func (c *columns) all(a *arena) set {
	g := gathering{arena: a}
	g.addField(c.live)
	return g.done()
}

// sum adds the known amounts of a set of documents. For most of the index it
// adds those that are left out and subtracts.
func (c *columns) sum(docs set) atlas.Sum {
	switch {
	case docs.n == c.count():
		return c.total
	case docs.field == nil:
		return c.sumList(docs.list)
	}
	out := atlas.Sum{Known: countBoth(c.known, docs.field), Estimates: countBoth(c.estimates, docs.field)}
	out.Unknown = docs.n - out.Known
	if docs.n > c.count()/2 {
		out.Minor = c.total.Minor - c.addUp(docs.field, ^uint64(0))
	} else {
		out.Minor = c.addUp(docs.field, 0)
	}
	return out
}

func (c *columns) sumList(docs []uint32) (out atlas.Sum) {
	for _, doc := range docs {
		if c.amounts[doc] == unknownAmount {
			out.Unknown++
			continue
		}
		out.Known++
		out.Minor += c.amounts[doc]
	}
	for _, doc := range docs {
		if int(doc>>6) < len(c.estimates) && has(c.estimates, doc) {
			out.Estimates++
		}
	}
	return out
}

// addUp adds the known amounts of a field, or with all bits to flip of what is
// not in it.
func (c *columns) addUp(field []uint64, flip uint64) (minor int64) {
	for i, known := range c.known {
		amounts := c.amounts[i<<6:]
		for w := known & (field[i] ^ flip); w != 0; w &= w - 1 {
			minor += amounts[bits.TrailingZeros64(w)]
		}
	}
	return minor
}
