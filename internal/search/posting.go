package search

import (
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"
)

// fewDocs is how many documents a set keeps as a plain list before it becomes
// bitmaps. Most words and actors stay below it for ever, and a list is a tenth
// of the memory of the smallest bitmap.
const fewDocs = 48

// zoneMask has one bit for each zone of a document in which a word stands.
type zoneMask uint32

// posting is where one word stands: as a short sorted list of document number
// and zones in one number, or as one bitmap for each zone.
type posting struct {
	few  []uint32 // doc<<zoneCount | zones
	many *[zoneCount]*roaring.Bitmap
}

// add says that the word stands in the zones of a document. The document may
// not be there yet.
func (p *posting) add(doc uint32, zones zoneMask) {
	if p.many == nil && len(p.few) == fewDocs {
		p.widen()
	}
	if p.many != nil {
		addZones(p.many, doc, zones)
		return
	}
	entry := doc<<zoneCount | uint32(zones)
	at := p.find(doc)
	p.few = slices.Insert(p.few, at, entry)
}

func (p *posting) remove(doc uint32) {
	if p.many != nil {
		for _, b := range p.many {
			if b != nil {
				b.Remove(doc)
			}
		}
		return
	}
	if at := p.find(doc); at < len(p.few) && p.few[at]>>zoneCount == doc {
		p.few = slices.Delete(p.few, at, at+1)
	}
}

func (p *posting) find(doc uint32) int {
	if n := len(p.few); n == 0 || p.few[n-1]>>zoneCount < doc {
		return n
	}
	return sort.Search(len(p.few), func(i int) bool { return p.few[i]>>zoneCount >= doc })
}

func (p *posting) widen() {
	p.many = new([zoneCount]*roaring.Bitmap)
	for _, e := range p.few {
		addZones(p.many, e>>zoneCount, zoneMask(e&(1<<zoneCount-1)))
	}
	p.few = nil
}

func addZones(many *[zoneCount]*roaring.Bitmap, doc uint32, zones zoneMask) {
	for z := range zoneCount {
		if zones>>z&1 == 0 {
			continue
		}
		if many[z] == nil {
			many[z] = roaring.New()
		}
		many[z].Add(doc)
	}
}

// addTo puts all documents of the posting into a set.
func (p *posting) addTo(set *roaring.Bitmap) {
	for _, e := range p.few {
		set.Add(e >> zoneCount)
	}
	if p.many != nil {
		for _, b := range p.many {
			if b != nil {
				set.Or(b)
			}
		}
	}
}

// addZoneTo puts the documents that have the word in one zone into a set.
func (p *posting) addZoneTo(z zone, set *roaring.Bitmap) {
	for _, e := range p.few {
		if e>>z&1 != 0 {
			set.Add(e >> zoneCount)
		}
	}
	if p.many != nil && p.many[z] != nil {
		set.Or(p.many[z])
	}
}

// count is the number of documents; for a frequent word it is the largest zone
// and so a lower bound, which is all that ranking and suggestions need.
func (p *posting) count() int {
	n := uint64(len(p.few))
	if p.many != nil {
		for _, b := range p.many {
			if b != nil {
				n = max(n, b.GetCardinality())
			}
		}
	}
	return int(n)
}

// compact gives back memory that growing left unused.
func (p *posting) compact() {
	p.few = slices.Clip(slices.Clone(p.few))
	if p.many == nil {
		return
	}
	for z, b := range p.many {
		if b != nil {
			p.many[z] = b.Clone()
		}
	}
}

// docSet is the documents with one facet value: a short sorted list or a bitmap.
type docSet struct {
	few  []uint32
	many *roaring.Bitmap
}

func (s *docSet) add(doc uint32) {
	if s.many == nil && len(s.few) == fewDocs {
		s.many = roaring.BitmapOf(s.few...)
		s.few = nil
	}
	if s.many != nil {
		s.many.Add(doc)
		return
	}
	if at, found := slices.BinarySearch(s.few, doc); !found {
		s.few = slices.Insert(s.few, at, doc)
	}
}

func (s *docSet) remove(doc uint32) {
	if s.many != nil {
		s.many.Remove(doc)
	} else if at, found := slices.BinarySearch(s.few, doc); found {
		s.few = slices.Delete(s.few, at, at+1)
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

// countIn is the number of documents that are also in another set.
func (s *docSet) countIn(set *roaring.Bitmap) int {
	if s.many != nil {
		return int(s.many.AndCardinality(set))
	}
	n := 0
	for _, doc := range s.few {
		if set.Contains(doc) {
			n++
		}
	}
	return n
}

// compact gives back memory that growing left unused.
func (s *docSet) compact() {
	s.few = slices.Clip(slices.Clone(s.few))
	if s.many != nil {
		s.many = s.many.Clone()
	}
}
