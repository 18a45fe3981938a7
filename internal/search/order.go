package search

import (
	"bytes"
	"cmp"
	"math"
	"slices"

	"atlas/internal/czech"
)

// Sort is the order of results.
type Sort string

// The orders. Ties are always broken by title and then by id, so that every
// page is the same whenever it is opened.
const (
	SortRelevance Sort = ""       // newest first where the query has no words
	SortYear      Sort = "rok"    // latest first, unknown last
	SortAmount    Sort = "castka" // largest first, unknown last
	SortNewest    Sort = "nove"   // last added first
	SortTitle     Sort = "nazev"  // Czech alphabet
)

// orders keep all documents sorted in each order.
//
// The order of titles is kept as labels: numbers with gaps between them, so
// that a new title goes between two others without moving any. A label is
// unique, and with it every other order is total.
type orders struct {
	cols     *columns
	collator *czech.Collator
	byTitle  []uint32
	byYear   []uint32
	byAmount []uint32
	byAdded  []uint32
}

// labelGap is the room left between two titles: after 2^24 titles between the
// same two, or any luckier 24 halvings, all labels are given anew.
const labelGap = 1 << 24

// key is what a document is sorted by before its title; lower comes first.
func (o *orders) key(s Sort, doc uint32) int64 {
	switch s {
	case SortYear:
		return -int64(o.cols.years[doc])
	case SortAmount:
		if a := o.cols.amounts[doc]; a != unknownAmount {
			return -a
		}
		return math.MaxInt64
	case SortNewest:
		return -o.cols.added[doc]
	}
	return 0
}

func (o *orders) compare(s Sort, a, b uint32) int {
	return cmp.Or(cmp.Compare(o.key(s, a), o.key(s, b)), cmp.Compare(o.cols.labels[a], o.cols.labels[b]))
}

// list gives the documents in an order; relevance without words is newest.
func (o *orders) list(s Sort) *[]uint32 {
	switch s {
	case SortYear:
		return &o.byYear
	case SortAmount:
		return &o.byAmount
	case SortTitle:
		return &o.byTitle
	}
	return &o.byAdded
}

// dated lists the orders that are sorted by a key and then by label.
func dated() []Sort { return []Sort{SortYear, SortAmount, SortNewest} }

// sortAll sorts all documents anew.
func (o *orders) sortAll() {
	c := o.cols
	docs := make([]uint32, 0, c.count())
	eachBit(c.live, func(run []uint32) { docs = append(docs, run...) })
	var keys shelf
	var packed []byte
	for _, doc := range docs {
		packed = packText(packed[:0], o.collator.Key(c.record(doc).title()))
		keys.put(doc, packed)
	}
	slices.SortFunc(docs, func(a, b uint32) int {
		x, _ := keys.get(a).part()
		y, _ := keys.get(b).part()
		if n := bytes.Compare(x, y); n != 0 {
			return n
		}
		return cmp.Compare(c.id(a), c.id(b))
	})
	o.byTitle = docs
	o.relabel()
	for _, s := range dated() {
		list := slices.Clone(docs)
		slices.SortStableFunc(list, func(a, b uint32) int { return cmp.Compare(o.key(s, a), o.key(s, b)) })
		*o.list(s) = list
	}
}

// relabel spreads the labels evenly over the order of titles.
func (o *orders) relabel() {
	for i, doc := range o.byTitle {
		o.cols.labels[doc] = uint64(i+1) * labelGap
	}
}

// insert puts one document into all orders.
func (o *orders) insert(doc uint32) {
	r := o.cols.record(doc)
	title, id := r.title(), r.id()
	at, _ := slices.BinarySearchFunc(o.byTitle, doc, func(other, _ uint32) int {
		r := o.cols.record(other)
		return cmp.Or(o.collator.Compare(r.title(), title), cmp.Compare(r.id(), id))
	})
	o.byTitle = slices.Insert(o.byTitle, at, doc)
	o.label(at)
	for _, s := range dated() {
		list := o.list(s)
		at, _ := slices.BinarySearchFunc(*list, doc, func(a, b uint32) int { return o.compare(s, a, b) })
		*list = slices.Insert(*list, at, doc)
	}
}

// label gives the title at a place a label between its neighbours.
func (o *orders) label(at int) {
	labels := o.cols.labels
	var before uint64
	if at > 0 {
		before = labels[o.byTitle[at-1]]
	}
	after := before + 2*labelGap
	if at+1 < len(o.byTitle) {
		after = labels[o.byTitle[at+1]]
	}
	if after-before < 2 {
		o.relabel()
		return
	}
	labels[o.byTitle[at]] = before + (after-before)/2
}

// remove takes one document out of all orders; its columns must still stand.
func (o *orders) remove(doc uint32) {
	for _, s := range append(dated(), SortTitle) {
		list := o.list(s)
		at, found := slices.BinarySearchFunc(*list, doc, func(a, b uint32) int { return o.compare(s, a, b) })
		if found {
			*list = slices.Delete(*list, at, at+1)
		}
	}
}
