package search

import "slices"

// pairs knows the documents in which two frequent words stand side by side. A
// phrase with a rare word is found by reading the few documents that have it;
// one of frequent words would mean reading a large part of all.
type pairs struct {
	ranks []uint16 // by word: its number among the frequent ones plus one, 0 for others
	docs  map[uint32]*docSet
	keys  []uint32 // pairs of the document at hand
}

const (
	// frequentShare says which words are frequent: those in more than one
	// document in so many. The rarer word of a phrase then stands in at most that
	// part of all documents.
	frequentShare = 24
	// frequentLeast is how many documents there must be to bother.
	frequentLeast = 1000
	// frequentMost bounds the number of frequent words, however long the texts.
	frequentMost = 1000
)

func newPairs() *pairs { return &pairs{docs: map[uint32]*docSet{}} }

// learnPairs finds the pairs of all documents anew.
func (s *state) learnPairs() {
	s.pairs = newPairs()
	s.pairs.choose(s.words, s.cols.count())
	for doc := range uint32(s.cols.size()) {
		r := s.cols.record(doc)
		if r == nil || len(s.pairs.ranks) == 0 {
			continue
		}
		for _, key := range s.pairs.of(r) {
			p := s.pairs.docs[key]
			if p == nil {
				p = new(docSet)
				s.pairs.docs[key] = p
			}
			p.append(doc, s.cols.size())
		}
	}
	for _, p := range s.pairs.docs {
		p.list = slices.Clip(slices.Clone(p.list))
	}
}

// choose says which words are frequent among so many documents.
func (p *pairs) choose(words *dictionary, docs int) {
	if docs < frequentLeast {
		return
	}
	var frequent []uint32
	counts := map[uint32]int{}
	for w := range uint32(words.words.len()) {
		if n := words.postings.count(w); n > docs/frequentShare {
			frequent, counts[w] = append(frequent, w), n
		}
	}
	slices.SortFunc(frequent, func(a, b uint32) int { return counts[b] - counts[a] })
	for i, w := range frequent[:min(len(frequent), frequentMost)] {
		p.ranks = reach(p.ranks, w)
		p.ranks[w] = uint16(i + 1)
	}
}

// key of two words; false if one of them is not frequent.
func (p *pairs) key(first, second uint32) (uint32, bool) {
	if int(first) >= len(p.ranks) || int(second) >= len(p.ranks) {
		return 0, false
	}
	a, b := p.ranks[first], p.ranks[second]
	return uint32(a)<<16 | uint32(b), a != 0 && b != 0
}

// of gives the pairs of a document, each once.
func (p *pairs) of(r record) []uint32 {
	p.keys = p.keys[:0]
	for _, words := range r.fields() {
		before := uint32(lineBreak)
		for len(words) > 0 {
			var word uint32
			word, words = words.number()
			if before != lineBreak && word != lineBreak {
				if key, ok := p.key(before-1, word-1); ok {
					p.keys = append(p.keys, key)
				}
			}
			before = word
		}
	}
	slices.Sort(p.keys)
	p.keys = slices.Compact(p.keys)
	return p.keys
}

// add notes the pairs of a new document.
func (p *pairs) add(doc uint32, r record, total int) {
	if len(p.ranks) == 0 {
		return
	}
	for _, key := range p.of(r) {
		if p.docs[key] == nil {
			p.docs[key] = new(docSet)
		}
		p.docs[key].add(doc, total)
	}
}

// remove takes a document out.
func (p *pairs) remove(doc uint32, r record) {
	if len(p.ranks) == 0 {
		return
	}
	for _, key := range p.of(r) {
		p.docs[key].remove(doc)
	}
}

// find gives the documents in which any of the first words stands right before
// any of the second; false if not all of them are frequent.
func (p *pairs) find(a *arena, first, second []uint32) (set, bool) {
	g := gathering{arena: a}
	for _, v := range first {
		for _, w := range second {
			key, ok := p.key(v, w)
			if !ok {
				return set{}, false
			}
			if docs := p.docs[key]; docs != nil {
				docs.gather(&g)
			}
		}
	}
	return g.done(), true
}
