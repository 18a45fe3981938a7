package search

import (
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// docSet is the documents with one facet value: a short sorted list or a bitmap.
type docSet struct {
	few   []uint32
	many  *roaring.Bitmap
	plain []uint64 // many once more as a bit field, for values that many have
}

// plainShare says when a value is counted by its bit field: when one document
// in so many has it. Below that its bitmap is short lists, quicker to read than
// a field of all documents; from a sixteenth on its bitmap is a field itself,
// but the set it is counted in may not be.
const plainShare = 128

// add puts a document in. A list that is as long as room becomes a bitmap.
func (s *docSet) add(doc uint32, room int) {
	if s.many == nil && len(s.few) >= room {
		s.widen()
	}
	if s.many == nil {
		s.insert(doc)
		return
	}
	s.many.Add(doc)
	if s.plain != nil {
		s.plain = setBit(s.plain, doc)
	}
}

func (s *docSet) insert(doc uint32) {
	if n := len(s.few); n == 0 || s.few[n-1] < doc {
		s.few = append(s.few, doc)
	} else if at, found := slices.BinarySearch(s.few, doc); !found {
		s.few = slices.Insert(s.few, at, doc)
	}
}

func (s *docSet) widen() {
	s.many = roaring.New()
	s.many.AddMany(s.few)
	s.few = nil
}

func (s *docSet) remove(doc uint32) {
	if s.many == nil {
		if at, found := slices.BinarySearch(s.few, doc); found {
			s.few = slices.Delete(s.few, at, at+1)
		}
		return
	}
	s.many.Remove(doc)
	if s.plain != nil {
		s.plain[doc>>6] &^= 1 << (doc & 63)
	}
}

func (s *docSet) addTo(set *roaring.Bitmap) {
	if s.many != nil {
		set.Or(s.many)
		return
	}
	set.AddMany(s.few)
}

func (s *docSet) count() int {
	if s.many != nil {
		return int(s.many.GetCardinality())
	}
	return len(s.few)
}

// countIn is the number of documents that are also in another set, given as a
// bit field.
func (s *docSet) countIn(set []uint64) int {
	switch {
	case s.plain != nil:
		return countBoth(s.plain, set)
	case s.many == nil:
		return countList(s.few, set)
	}
	n := 0
	eachDoc(s.many, func(list []uint32) { n += countList(list, set) })
	return n
}

func countBoth(a, b []uint64) int {
	n := 0
	size := min(len(a), len(b))
	a, b = a[:size], b[:size]
	for i := range a {
		n += bits.OnesCount64(a[i] & b[i])
	}
	return n
}

func countList(list []uint32, set []uint64) int {
	n := 0
	for _, doc := range list {
		n += int(set[doc>>6] >> (doc & 63) & 1)
	}
	return n
}

// compact gives back memory that growing left unused and chooses how the value
// is counted among so many documents.
func (s *docSet) compact(docs int) {
	if len(s.few) > fewDocs {
		s.widen()
	}
	s.few = slices.Clip(slices.Clone(s.few))
	if s.many == nil {
		return
	}
	s.many = s.many.Clone()
	if s.count() > docs/plainShare {
		s.plain = bitField(s.many, docs)
	}
}

// bitField writes a set as a plain field of bits over n documents.
func bitField(set *roaring.Bitmap, n int) []uint64 {
	field := make([]uint64, n/64+1)
	eachDoc(set, func(list []uint32) {
		for _, d := range list {
			field[d>>6] |= 1 << (d & 63)
		}
	})
	return field
}

func setBit(field []uint64, doc uint32) []uint64 {
	for int(doc>>6) >= len(field) {
		field = append(field, 0)
	}
	field[doc>>6] |= 1 << (doc & 63)
	return field
}

func has(field []uint64, doc uint32) bool { return field[doc>>6]>>(doc&63)&1 != 0 }
