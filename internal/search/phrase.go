package search

import "slices"

// phrase finds the documents in which the words stand side by side in one line
// of one field. Set operations leave only documents that have all words in one
// zone; of those the fields of that zone are read.
func (s *state) phrase(a *arena, words []scoring) set {
	slots := make([]wordSet, len(words))
	for i, w := range words {
		slots[i] = newWordSet(w.found.words)
	}
	out := gathering{arena: a}
	for z := range zoneCount {
		if docs := together(a, words, z); docs.n > 0 {
			s.readPhrase(&out, docs, z, slots)
		}
	}
	return out.done()
}

// together gives the documents that have all words in a zone.
func together(a *arena, words []scoring, z zone) set {
	all := make([]set, len(words))
	for i := range words {
		all[i] = words[i].found.inZone(a, z)
	}
	return a.intersection(all)
}

// phrasePart is how many documents are read in one go.
const phrasePart = 4096

// readCost is about how many steps reading a document takes.
const readCost = 100

// readPhrase gathers the documents that have the phrase in a field of the zone.
func (s *state) readPhrase(out *gathering, docs set, z zone, slots []wordSet) {
	all := docs.docs(nil)
	parts := slices.Collect(slices.Chunk(all, phrasePart))
	found := make([][]uint32, len(parts))
	each(len(parts), len(all)*readCost, func(i int) {
		var text []uint32
		for _, doc := range parts[i] {
			for f, packed := range s.cols.records[doc].fields() {
				if zoneOf(f) != z {
					continue
				}
				if text = packed.numbers(text[:0]); contains(text, slots) {
					found[i] = append(found[i], doc)
					break
				}
			}
		}
	})
	for _, list := range found {
		out.add(list...)
	}
}

// contains says whether the words stand somewhere in a text in their order.
func contains(text []uint32, slots []wordSet) bool {
	for from := 0; from+len(slots) <= len(text); from++ {
		if matchesAt(text[from:], slots) {
			return true
		}
	}
	return false
}

func matchesAt(text []uint32, slots []wordSet) bool {
	for i := range slots {
		if !slots[i].has(text[i]) {
			return false
		}
	}
	return true
}

// wordSet is the words that may fill one place of a phrase, as they stand in a
// record.
type wordSet struct {
	few  []uint32
	many map[uint32]bool
}

func newWordSet(words []uint32) wordSet {
	var set wordSet
	if len(words) > 16 {
		set.many = make(map[uint32]bool, len(words))
	}
	for _, w := range words {
		if set.many != nil {
			set.many[w+1] = true
		} else {
			set.few = append(set.few, w+1)
		}
	}
	return set
}

func (s *wordSet) has(word uint32) bool {
	if s.many != nil {
		return s.many[word]
	}
	for _, w := range s.few {
		if w == word {
			return true
		}
	}
	return false
}
