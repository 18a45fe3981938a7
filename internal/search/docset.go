package search

import "slices"

// docSet is the documents with one facet value, as the index keeps them: a
// short sorted list or a field.
type docSet struct {
	n     int
	list  []uint32
	field []uint64
}

// fieldShare says when a list becomes a field: when more than one document in so
// many has the value. From there on a field is less memory than four lists and
// quicker to count.
const fieldShare = 64

// longList is how long a list may get among so many documents.
func longList(total int) int { return max(fewDocs, total/fieldShare) }

// add puts in a document that is not there yet.
func (s *docSet) add(doc uint32, total int) {
	s.n++
	if s.field == nil && len(s.list) >= longList(total) {
		s.field = make([]uint64, total/64+1)
		setBits(s.field, s.list)
		s.list = nil
	}
	if s.field != nil {
		s.field = setBit(s.field, doc)
		return
	}
	at, _ := slices.BinarySearch(s.list, doc)
	s.list = slices.Insert(s.list, at, doc)
}

// append puts in a document with a higher number than any there, among total.
func (s *docSet) append(doc uint32, total int) {
	if s.field == nil && len(s.list) < longList(total) {
		s.n++
		s.list = append(s.list, doc)
		return
	}
	s.add(doc, total)
}

// remove takes out a document that is there.
func (s *docSet) remove(doc uint32) {
	s.n--
	if s.field != nil {
		clearBit(s.field, doc)
		return
	}
	at, _ := slices.BinarySearch(s.list, doc)
	s.list = slices.Delete(s.list, at, at+1)
}

// countIn is the number of documents that are also in another set.
func (s *docSet) countIn(other set) int {
	switch {
	case s.field != nil && other.field != nil:
		return countBoth(s.field, other.field)
	case other.field != nil:
		return countList(s.list, other.field)
	case s.field != nil:
		within, _ := slices.BinarySearch(other.list, uint32(64*len(s.field)))
		return countList(other.list[:within], s.field)
	}
	n := 0
	for _, doc := range s.list {
		if other.has(doc) {
			n++
		}
	}
	return n
}

// gather adds the documents to others.
func (s *docSet) gather(g *gathering) {
	if s.field != nil {
		g.addField(s.field)
		return
	}
	g.add(s.list...)
}
