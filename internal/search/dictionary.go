package search

import (
	"slices"
	"sort"
	"strings"

	"atlas/internal/czech"
)

// dictionary knows every word of the documents, where it stands and which
// other words are forms of it. Words are never taken out: one that no document
// has any more has an empty posting and is passed over.
type dictionary struct {
	ids      names
	words    wordList
	postings postings
	sieve    sieve               // words that a mistyped one may stand for
	forms    map[string][]uint32 // stem key → words
	learned  int                 // how many words are in forms
	written  map[uint32]string   // how a word is written where folding changed it
	sorted   []uint32            // words in byte order
	fresh    []uint32            // words in byte order that are not yet in sorted
	recent   []recentWord        // words as written, by their hash
}

// maxFresh is how many new words are kept apart before they are merged into
// the long sorted list.
const maxFresh = 2048

func newDictionary() *dictionary {
	return &dictionary{ids: newNames(), postings: newPostings(), forms: map[string][]uint32{}, written: map[uint32]string{}}
}

// recentWord spares folding and looking up a word that is read again and again,
// as most words of a text are.
type recentWord struct {
	written string
	id      uint32
}

// recentWords is how many are kept, a power of two.
const recentWords = 1 << 15

// read gives the number of a word as it stands in a text, a new one if need be;
// false if nothing is left of it when it is folded.
func (d *dictionary) read(written string) (uint32, bool) {
	if d.recent == nil {
		d.recent = make([]recentWord, recentWords)
	}
	slot := &d.recent[d.ids.hash(written)%recentWords]
	if slot.written == written && written != "" {
		return slot.id, true
	}
	word := foldWord(written)
	if word == "" {
		return 0, false
	}
	before := d.words.len()
	id := d.id(word, written)
	if d.words.len() == before { // a word that comes once need not be kept
		*slot = recentWord{strings.Clone(written), id}
	}
	return id, true
}

// find gives the number of a word.
func (d *dictionary) find(word string) (uint32, bool) {
	return d.ids.find(word, func(number uint32) bool { return d.words.get(number) == word })
}

// id gives the number of a word, a new one if need be. written is the word as
// it stands in the text.
func (d *dictionary) id(word, written string) uint32 {
	if id, ok := d.find(word); ok {
		return id
	}
	id := uint32(d.words.len())
	d.ids.add(word, id)
	d.words.add(word)
	d.postings.grow()
	d.sieve.add(id, word)
	if lower := strings.ToLower(written); lower != word && czech.Fold(lower) == word {
		d.written[id] = strings.Clone(lower)
	}
	d.fresh = append(d.fresh, id)
	return id
}

// learn finds out which words the new ones are forms of. Like settle it must run
// after words were added and before anybody looks for them; it is a step of its
// own because it takes long when there are many.
func (d *dictionary) learn() {
	for ; d.learned < d.words.len(); d.learned++ {
		for _, key := range stemKeys(d.words.get(uint32(d.learned))) {
			d.forms[key] = append(d.forms[key], uint32(d.learned))
		}
	}
}

// settle sorts the new words in, so that they are found by their start.
func (d *dictionary) settle() {
	slices.SortFunc(d.fresh, d.compare)
	if len(d.fresh) <= maxFresh {
		return
	}
	merged := make([]uint32, 0, len(d.sorted)+len(d.fresh))
	i, j := 0, 0
	for i < len(d.sorted) && j < len(d.fresh) {
		if d.compare(d.sorted[i], d.fresh[j]) < 0 {
			merged = append(merged, d.sorted[i])
			i++
		} else {
			merged = append(merged, d.fresh[j])
			j++
		}
	}
	d.sorted = append(append(merged, d.sorted[i:]...), d.fresh[j:]...)
	d.fresh = nil
}

func (d *dictionary) compare(a, b uint32) int { return strings.Compare(d.words.get(a), d.words.get(b)) }

// show gives a word as people write it.
func (d *dictionary) show(id uint32) string {
	if w, ok := d.written[id]; ok {
		return w
	}
	return d.words.get(id)
}

// formsOf gives the other words that share a stem with the word, which itself
// need not be in the dictionary.
func (d *dictionary) formsOf(word string) []uint32 {
	var out []uint32
	for _, key := range stemKeys(word) {
		for _, id := range d.forms[key] {
			if d.words.get(id) != word {
				out = append(out, id)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// startingWith gives the longer words that start with a prefix. In byte order
// they stand side by side, after the prefix itself.
func (d *dictionary) startingWith(prefix string) []uint32 {
	var out []uint32
	for _, list := range [][]uint32{d.sorted, d.fresh} {
		from, here := slices.BinarySearchFunc(list, prefix, func(id uint32, p string) int { return strings.Compare(d.words.get(id), p) })
		if here {
			from++
		}
		list = list[from:]
		n := sort.Search(len(list), func(i int) bool { return !strings.HasPrefix(d.words.get(list[i]), prefix) })
		out = append(out, list[:n]...)
	}
	return out
}
