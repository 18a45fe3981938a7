package search

// Relevance of a word by how it was found.
const (
	exactWeight  = 1.0
	formWeight   = 0.6
	startWeight  = 0.4
	aliasFactor  = 0.8
	phraseFactor = 1.5
)

// tier is the words that match a slot in one way, and where they stand.
type tier struct {
	weight float32
	zones  [zoneCount]set
}

// found is where one word of a query stands.
type found struct {
	words []uint32 // of the dictionary
	tiers []tier
	docs  set // with the word in any zone
}

// find looks one word of a query up.
func (s *state) find(a *arena, q slot) found {
	var f found
	if id, ok := s.words.find(q.word); ok {
		f.add(s, a, exactWeight, []uint32{id})
	}
	if q.mode == anyForm || q.mode == asStart {
		f.add(s, a, formWeight, s.words.formsOf(q.word))
	}
	if q.mode == asStart {
		f.addStart(s, a, q.word)
	}
	f.docs = f.anywhere(a)
	return f
}

// add joins the documents of some words.
func (f *found) add(s *state, a *arena, weight float32, words []uint32) {
	if len(words) == 0 {
		return
	}
	f.words = append(f.words, words...)
	t := tier{weight: weight}
	each(int(zoneCount), len(words)*wordCost, func(z int) { t.zones[z] = s.zoneOfWords(a, zone(z), words) })
	f.tiers = append(f.tiers, t)
}

// addStart adds the longer words that start with what was written.
func (f *found) addStart(s *state, a *arena, start string) {
	joined := s.starts.joined[start]
	words := s.words.startingWith(start)
	if joined == nil {
		f.add(s, a, startWeight, words)
		return
	}
	f.words = append(f.words, words...)
	t := tier{weight: startWeight}
	each(int(zoneCount), s.cols.size(), func(z int) {
		g := gathering{arena: a}
		joined.gather(&g, zone(z))
		t.zones[z] = g.done()
	})
	f.tiers = append(f.tiers, t)
}

// wordCost is about how many steps it takes to read the posting of a word among
// many.
const wordCost = 100

// zoneOfWords gives the documents that have any of the words in a zone.
func (s *state) zoneOfWords(a *arena, z zone, words []uint32) set {
	g := gathering{arena: a}
	for _, w := range words {
		p := s.words.postings.of(w)
		p.gather(&g, z)
	}
	return g.done()
}

func (f *found) anywhere(a *arena) set {
	var all []set
	for _, t := range f.tiers {
		all = append(all, t.zones[:]...)
	}
	return a.union(all...)
}

// inZone gives the documents that have the word in a zone.
func (f *found) inZone(a *arena, z zone) set {
	var all []set
	for _, t := range f.tiers {
		all = append(all, t.zones[z])
	}
	return a.union(all...)
}

// scoring is one word found that counts to relevance, times a factor.
type scoring struct {
	found  found
	factor float32
}

// matched is the outcome of the text of a query.
type matched struct {
	docs     set
	scorings []scoring
	doubtful []slot // words that hardly anybody has and that may be mistyped
}

// match finds the documents that have all clauses.
func (s *state) match(a *arena, p parsed) matched {
	var m matched
	var all, none []set
	for _, c := range p.clauses {
		docs, scorings := s.matchClause(a, c)
		if c.negative {
			none = append(none, docs)
			continue
		}
		if !c.quoted && docs.n <= doubtfulDocs {
			m.doubtful = append(m.doubtful, doubtful(c, scorings)...)
		}
		m.scorings = append(m.scorings, scorings...)
		all = append(all, docs)
	}
	if len(all) == 0 {
		all = append(all, s.cols.all(a))
	}
	m.docs = a.without(a.intersection(all), a.union(none...))
	return m
}

// doubtfulDocs is how many documents a word may have and still be taken for a
// mistyped one.
const doubtfulDocs = 2

// doubtful gives the words as written that hardly anybody has.
func doubtful(c clause, scorings []scoring) (out []slot) {
	i := 0
	for _, u := range c.written() {
		for _, q := range u {
			if scorings[i].found.docs.n <= doubtfulDocs {
				out = append(out, q)
			}
			i++
		}
	}
	return out
}

// matchClause finds the documents with any alternative. The scorings start with
// one for each word of the first alternative, in their order.
func (s *state) matchClause(a *arena, c clause) (set, []scoring) {
	var either []set
	var scorings []scoring
	for i, alt := range c.alternatives {
		factor := float32(1)
		if i > 0 {
			factor = aliasFactor
		}
		var all []set
		for _, u := range alt {
			docs, words := s.matchUnit(a, u, factor)
			all = append(all, docs)
			scorings = append(scorings, words...)
		}
		either = append(either, a.intersection(all))
	}
	return a.union(either...), scorings
}

// matchUnit finds the documents with all words of a unit side by side.
func (s *state) matchUnit(a *arena, u unit, factor float32) (set, []scoring) {
	if len(u) > 1 {
		factor *= phraseFactor
	}
	words := make([]scoring, len(u))
	for i, q := range u {
		words[i] = scoring{s.find(a, q), factor}
	}
	if len(u) == 1 {
		return words[0].found.docs, words
	}
	return s.phrase(a, words), words
}
