package search

import (
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"atlas"
)

// columns hold what is kept for every document, by its number. Numbers of
// deleted documents are given out again.
type columns struct {
	byID    map[string]uint32
	ids     []string
	records []record
	years   []int32
	amounts []int64 // minor units; unknownAmount
	added   []int64
	labels  []uint64 // place in the order of titles
	lengths []uint16 // number of words
	words   int64    // sum of lengths
	free    []uint32

	live      *roaring.Bitmap
	known     *roaring.Bitmap // amount is known
	estimates *roaring.Bitmap
	total     atlas.Sum // of all documents
}

const unknownAmount = math.MinInt64

func newColumns() *columns {
	return &columns{byID: map[string]uint32{}, live: roaring.New(), known: roaring.New(), estimates: roaring.New()}
}

// count is the number of documents.
func (c *columns) count() int { return len(c.byID) }

// take gives a free document number.
func (c *columns) take(id string) uint32 {
	if n := len(c.free); n > 0 {
		doc := c.free[n-1]
		c.free = c.free[:n-1]
		c.ids[doc] = id
		return doc
	}
	c.ids = append(c.ids, id)
	c.records = append(c.records, nil)
	c.years = append(c.years, 0)
	c.amounts = append(c.amounts, unknownAmount)
	c.added = append(c.added, 0)
	c.labels = append(c.labels, 0)
	c.lengths = append(c.lengths, 0)
	return uint32(len(c.ids) - 1)
}

// set writes the columns of a document.
func (c *columns) set(doc uint32, d Document, r record, words int) {
	c.byID[d.ID] = doc
	c.records[doc] = r
	c.years[doc] = int32(d.Year)
	c.added[doc] = d.Added
	c.lengths[doc] = uint16(min(words, math.MaxUint16))
	c.words += int64(c.lengths[doc])
	c.live.Add(doc)
	c.amounts[doc] = unknownAmount
	c.total.Add(d.Amount)
	if !d.Amount.Known() {
		return
	}
	c.amounts[doc] = d.Amount.Minor
	c.known.Add(doc)
	if d.Amount.State == atlas.AmountEstimate {
		c.estimates.Add(doc)
	}
}

// clear takes a document out of the columns and frees its number.
func (c *columns) clear(doc uint32) {
	delete(c.byID, c.ids[doc])
	c.live.Remove(doc)
	c.words -= int64(c.lengths[doc])
	if c.known.CheckedRemove(doc) {
		c.total.Minor -= c.amounts[doc]
		c.total.Known--
	} else {
		c.total.Unknown--
	}
	if c.estimates.CheckedRemove(doc) {
		c.total.Estimates--
	}
	c.ids[doc], c.records[doc] = "", nil
	c.free = append(c.free, doc)
}

// sum adds the known amounts of a set of documents. For most of the index it
// adds those that are left out and subtracts.
func (c *columns) sum(set *roaring.Bitmap, n int) atlas.Sum {
	if n == c.count() {
		return c.total
	}
	var out atlas.Sum
	if n > c.count()/2 {
		out.Minor = c.total.Minor - c.addUp(roaring.AndNot(c.known, set))
	} else {
		out.Minor = c.addUp(roaring.And(c.known, set))
	}
	out.Known = int(c.known.AndCardinality(set))
	out.Estimates = int(c.estimates.AndCardinality(set))
	out.Unknown = n - out.Known
	return out
}

func (c *columns) addUp(docs *roaring.Bitmap) (minor int64) {
	eachDoc(docs, func(list []uint32) {
		for _, doc := range list {
			minor += c.amounts[doc]
		}
	})
	return minor
}

// eachDoc goes through a set in runs of document numbers.
func eachDoc(set *roaring.Bitmap, fn func([]uint32)) {
	var buf [512]uint32
	it := set.ManyIterator()
	for n := it.NextMany(buf[:]); n > 0; n = it.NextMany(buf[:]) {
		fn(buf[:n])
	}
}
