package search

import (
	"encoding/binary"
	"slices"
)

// phrase finds the documents in which the words stand side by side in one line
// of one field. Pairs of frequent words are known. Otherwise set operations leave
// only documents that have all words in one zone, and of those the fields of
// that zone are read.
func (s *state) phrase(a *arena, words []scoring) set {
	paired, all := s.paired(a, words)
	if len(words) == 2 && all {
		return paired[0]
	}
	slots := make([]wordSet, len(words))
	for i, w := range words {
		slots[i] = newWordSet(w.found.words)
	}
	out := gathering{arena: a}
	for z := range zoneCount {
		if docs := a.intersection(append(paired, together(a, words, z))); docs.n > 0 {
			s.readPhrase(&out, docs, z, slots)
		}
	}
	return out.done()
}

// paired gives the documents of each two neighbours that are both frequent, and
// whether all are.
func (s *state) paired(a *arena, words []scoring) (out []set, all bool) {
	all = true
	for i := range words[1:] {
		docs, known := s.pairs.find(a, words[i].found.words, words[i+1].found.words)
		if known {
			out = append(out, docs)
		}
		all = all && known
	}
	return out, all
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
	packed := packPhrase(slots)
	each(len(parts), len(all)*readCost, func(i int) {
		var text []uint32
		for _, doc := range parts[i] {
			for f, words := range s.cols.record(doc).fields() {
				if zoneOf(f) != z {
					continue
				}
				here := false
				if packed != nil {
					here = words.has(packed)
				} else {
					text = words.numbers(text[:0])
					here = contains(text, slots)
				}
				if here {
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

// packPhrase writes a phrase of which each word has one form only as it stands
// in a record; nil for other phrases.
func packPhrase(slots []wordSet) record {
	var out record
	for _, slot := range slots {
		if len(slot.few) != 1 {
			return nil
		}
		out = binary.AppendUvarint(out, uint64(slot.few[0]))
	}
	return out
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
