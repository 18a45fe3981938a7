package search

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// phrase finds the documents in which the words stand side by side in one line
// of one field. Set operations leave only documents that have all words in one
// zone; of those the fields of that zone are read.
func (s *state) phrase(words []scoring) *roaring.Bitmap {
	slots := make([]wordSet, len(words))
	for i, w := range words {
		slots[i] = newWordSet(w.found.words)
	}
	out := roaring.New()
	for z := range zoneCount {
		if docs := together(words, z); docs != nil {
			out.Or(s.readPhrase(roaring.AndNot(docs, out), z, slots))
		}
	}
	return out
}

// together gives the documents that have all words in a zone; nil for none.
func together(words []scoring, z zone) *roaring.Bitmap {
	all := make([]*roaring.Bitmap, len(words))
	for i := range words {
		if all[i] = words[i].found.inZone(z); all[i] == nil {
			return nil
		}
	}
	return roaring.FastAnd(all...)
}

// phrasePart is how many documents are read in one go.
const phrasePart = 4096

// readPhrase gives the documents that have the phrase in a field of the zone.
func (s *state) readPhrase(docs *roaring.Bitmap, z zone, slots []wordSet) *roaring.Bitmap {
	all := docs.ToArray()
	parts := slices.Collect(slices.Chunk(all, phrasePart))
	found := make([][]uint32, len(parts))
	each(len(parts), len(all), func(i int) {
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
	out := roaring.New()
	for _, list := range found {
		out.AddMany(list)
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
