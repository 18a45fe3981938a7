package search

import "slices"

// postings says where every word stands, by the number of the word. Nine of ten
// words of real texts stand in one document alone; of those this is four bytes and
// nothing for the garbage collector to follow.
type postings struct {
	slots []uint32  // the only entry of a word; or, without zones, which of the lists is its own; 0 where it stands nowhere
	lists []posting // of words in several documents; the first is nobody's
}

const zonesOfEntry = 1<<zoneCount - 1

func newPostings() postings { return postings{lists: make([]posting, 1)} }

// grow makes room for one word more, which stands nowhere yet.
func (p *postings) grow() { p.slots = append(p.slots, 0) }

// of gives the posting of a word, to be read before anything is changed.
func (p *postings) of(word uint32) posting {
	slot := p.slots[word]
	switch {
	case slot == 0:
		return posting{}
	case slot&zonesOfEntry != 0:
		return posting{few: p.slots[word : word+1 : word+1]}
	}
	return p.lists[slot>>zoneCount]
}

// count is posting.count of a word.
func (p *postings) count(word uint32) int {
	list := p.of(word)
	return list.count()
}

// add says that a word stands in the zones, at least one, of a document in which
// it did not stand. A posting of more than so many entries becomes bitmaps.
func (p *postings) add(word, doc uint32, zones zoneMask, room int) {
	entry := doc<<zoneCount | uint32(zones)
	slot := &p.slots[word]
	switch {
	case *slot == 0:
		*slot = entry
	case *slot&zonesOfEntry != 0:
		p.lists = append(p.lists, posting{few: []uint32{min(*slot, entry), max(*slot, entry)}})
		*slot = uint32(len(p.lists)-1) << zoneCount
	default:
		p.lists[*slot>>zoneCount].add(doc, zones, room)
	}
}

// remove says that a word stands in a document no more.
func (p *postings) remove(word, doc uint32) {
	slot := &p.slots[word]
	switch {
	case *slot == 0:
	case *slot&zonesOfEntry == 0:
		p.lists[*slot>>zoneCount].remove(doc)
	case *slot>>zoneCount == doc:
		*slot = 0
	}
}

// compact gives back memory that growing left unused.
func (p *postings) compact(room int) {
	for i := range p.lists {
		p.lists[i].compact(room)
	}
	p.slots, p.lists = slices.Clip(p.slots), slices.Clip(p.lists)
}
