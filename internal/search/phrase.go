package search

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// phrase finds the documents in which the words stand side by side in one line
// of one field. Set operations leave only documents that have all words in one
// zone; those are read.
func (s *state) phrase(words []scoring) *roaring.Bitmap {
	slots := make([]wordSet, len(words))
	for i, w := range words {
		slots[i] = newWordSet(w.found.words)
	}
	out := roaring.New()
	var scratch []uint32
	eachDoc(candidates(words), func(list []uint32) {
		for _, doc := range list {
			hit := false
			scratch = s.cols.records[doc].eachField(scratch, func(_ Field, text []uint32) bool {
				hit = contains(text, slots)
				return !hit
			})
			if hit {
				out.Add(doc)
			}
		}
	})
	return out
}

// candidates have all words in one zone.
func candidates(words []scoring) *roaring.Bitmap {
	out := roaring.New()
	for z := range zoneCount {
		var all []*roaring.Bitmap
		for i := range words {
			all = append(all, words[i].found.inZone(z))
		}
		if !slices.Contains(all, nil) {
			out.Or(roaring.FastAnd(all...))
		}
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
