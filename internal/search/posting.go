package search

import (
	"slices"
	"sort"

	"github.com/RoaringBitmap/roaring/v2"
)

// fewDocs is how many documents any posting keeps as a plain list before it
// becomes bitmaps: a list is a tenth of the memory of the smallest bitmap.
const fewDocs = 48

// listShare says up to when a list stays one among more documents: while the word
// stands in fewer than one of so many. In bitmaps it would lie in many small
// pieces, each with more around it than in it.
const listShare = 4096

// longPosting is how long the list of a posting may get among so many documents.
func longPosting(total int) int { return max(fewDocs, total/listShare) }

// zoneMask has one bit for each zone of a document in which a word stands.
type zoneMask uint32

// posting is where one word stands: as a short sorted list of document number
// and zones in one number, or as one bitmap for each zone.
type posting struct {
	few  []uint32 // doc<<zoneCount | zones
	many *[zoneCount]*roaring.Bitmap
}

// add says that the word stands in the zones of a document, which may not be
// there yet. A list of more than so many entries becomes bitmaps.
func (p *posting) add(doc uint32, zones zoneMask, room int) {
	if p.many == nil && len(p.few) >= room {
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

// widen makes bitmaps of the list.
func (p *posting) widen() {
	p.many = new([zoneCount]*roaring.Bitmap)
	docs := make([]uint32, 0, len(p.few))
	for z := range zoneCount {
		docs = docs[:0]
		for _, e := range p.few {
			if e>>z&1 != 0 {
				docs = append(docs, e>>zoneCount)
			}
		}
		if len(docs) > 0 {
			p.many[z] = roaring.New()
			p.many[z].AddMany(docs)
		}
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

// gather adds the documents that have the word in a zone to others.
func (p *posting) gather(g *gathering, z zone) {
	var run [64]uint32
	n := 0
	for _, e := range p.few {
		if e>>z&1 == 0 {
			continue
		}
		if n == len(run) {
			g.add(run[:n]...)
			n = 0
		}
		run[n] = e >> zoneCount
		n++
	}
	g.add(run[:n]...)
	if p.many != nil {
		g.addMap(p.many[z])
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

// size is about how many bytes the bitmaps take up.
func (p *posting) size() int {
	n := uint64(0)
	for _, b := range p.many {
		if b != nil {
			n += b.GetSizeInBytes()
		}
	}
	return int(n)
}

// compact gives back memory that growing left unused.
func (p *posting) compact(room int) {
	if len(p.few) > room {
		p.widen()
	}
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
