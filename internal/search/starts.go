package search

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// starts knows the documents that have any word with a start of one to four
// letters that very many have, each zone by itself. To join them of the
// thousands of words when somebody has typed two letters would take long.
type starts struct {
	joined map[string]*posting
}

// longestStart is the length in letters of the longest start that is kept.
const longestStart = 4

const (
	// startShare says which starts are kept: those whose words stand in more
	// documents than one in so many of all, each word counted by itself.
	startShare = 16
	// startRoom is how many bytes for each document the starts may take up.
	startRoom = 40
)

func newStarts() *starts { return &starts{joined: map[string]*posting{}} }

// startsOf calls fn with the starts of a word that are shorter than it.
func startsOf(word string, fn func(start string)) {
	letters := 0
	for i := range word {
		if i > 0 {
			fn(word[:i])
		}
		if letters++; letters > longestStart {
			return
		}
	}
}

// learnStarts finds the starts worth keeping and their documents anew, the
// heaviest first until there is no more room.
func (s *state) learnStarts() {
	s.starts = newStarts()
	docs := s.cols.count()
	if docs < frequentLeast {
		return
	}
	weights := s.words.startWeights()
	var heavy []string
	for start, n := range weights {
		if n > docs/startShare {
			heavy = append(heavy, start)
		}
	}
	slices.SortFunc(heavy, func(a, b string) int { return weights[b] - weights[a] })
	a := new(arena)
	a.fit(s.cols.size())
	room := docs * startRoom
	for _, start := range heavy {
		p := s.joinStart(a, start)
		if room -= p.size(); room < 0 {
			return
		}
		s.starts.joined[start] = p
	}
}

// startWeights adds up how many documents the words with each start have. Words
// in byte order have the same start one after another.
func (d *dictionary) startWeights() map[string]int {
	out := map[string]int{}
	var starts [longestStart]string
	var sums [longestStart]int
	for _, w := range d.sorted {
		n, at := d.postings.count(w), 0
		startsOf(d.words.get(w), func(start string) {
			if starts[at] != start {
				out[starts[at]] += sums[at]
				starts[at], sums[at] = start, 0
			}
			sums[at] += n
			at++
		})
	}
	for at, start := range starts {
		out[start] += sums[at]
	}
	delete(out, "")
	return out
}

// joinStart gives the documents of all words with a start.
func (s *state) joinStart(a *arena, start string) *posting {
	p := &posting{many: new([zoneCount]*roaring.Bitmap)}
	words := s.words.startingWith(start)
	each(int(zoneCount), largeWork, func(z int) {
		docs := s.zoneOfWords(a, zone(z), words)
		switch {
		case docs.field != nil:
			p.many[z] = roaring.FromDense(docs.field, true)
			a.giveBack(docs.field)
		case docs.n > 0:
			p.many[z] = roaring.BitmapOf(docs.list...)
		}
	})
	a.release()
	return p
}

// add notes that a document has a word in some zones.
func (s *starts) add(word string, doc uint32, zones zoneMask) {
	startsOf(word, func(start string) {
		if p := s.joined[start]; p != nil {
			addZones(p.many, doc, zones)
		}
	})
}

// remove takes a document with a word out.
func (s *starts) remove(word string, doc uint32) {
	startsOf(word, func(start string) {
		if p := s.joined[start]; p != nil {
			p.remove(doc)
		}
	})
}
