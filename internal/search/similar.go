package search

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// SimilarHit is a project like another, and why.
type SimilarHit struct {
	ID      string
	Score   float64
	Reasons []Reason // heaviest first; their weights add up to Score
}

// Reason is one thing two projects share: a value of a facet, or a word of
// both titles.
type Reason struct {
	Facet  Facet // "" for a word
	Value  string
	Word   string
	Weight float64
}

// likenessWeight is how much sharing a value of a facet tells; 0 for facets
// that make no two projects alike.
func likenessWeight(f Facet) float64 {
	switch f {
	case FacetArea, FacetTargetSituation:
		return 2
	case FacetTargetLegal, FacetActivity:
		return 1.5
	case FacetTerritory, FacetImplementer, FacetProgramme:
		return 1
	case FacetFunder, FacetPeriod:
		return 0.5
	}
	return 0
}

// titleWordWeight is how much sharing a word of the title tells.
const titleWordWeight = 1.0

// Similar finds the projects that share most with one. What few share weighs
// more than what many do.
func (x *Index) Similar(id string, limit int) []SimilarHit {
	a := x.arenas.take()
	defer x.arenas.put(a)
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.state
	a.fit(s.cols.size())
	doc, ok := s.cols.find(id)
	if !ok || limit <= 0 {
		return nil
	}
	traits := s.traits(a, doc)
	var out []SimilarHit
	for _, other := range s.sharing(a, traits, doc, limit) {
		out = append(out, s.likenesses(traits, other))
	}
	return out
}

// trait is something a document has that others may share.
type trait struct {
	reason Reason
	docs   set
}

// traits of a document, leaving out what more than half of all have when there
// are many: it says nothing and costs most.
func (s *state) traits(a *arena, doc uint32) []trait {
	var out []trait
	n := s.cols.count()
	add := func(weight float64, r Reason, docs set) {
		shared := docs.n
		if weight == 0 || shared < 2 || n > 1000 && shared > n/2 {
			return
		}
		r.Weight = weight * math.Log(1+float64(n)/float64(shared))
		out = append(out, trait{r, docs})
	}
	for _, facet := range slices.Sorted(maps.Keys(s.facets)) {
		column := s.facets[facet]
		for _, v := range column.of(doc) {
			value := &column.values[v]
			if column.isRest(v) || value.code == NotKnown || likenessWeight(facet) == 0 {
				continue // what is not known, or what most have, makes no two projects alike
			}
			g := gathering{arena: a}
			value.docs.gather(&g)
			add(likenessWeight(facet), Reason{Facet: facet, Value: value.code}, g.done())
		}
	}
	for _, w := range s.titleWords(doc) {
		word := s.words.words.get(w)
		found := s.find(a, slot{word: word})
		add(titleWordWeight, Reason{Word: s.words.show(w)}, found.inZone(a, zoneTitle))
	}
	return out
}

// titleWords gives the words of a title that mean something and are rare.
func (s *state) titleWords(doc uint32) []uint32 {
	var out []uint32
	for f, packed := range s.cols.record(doc).fields() {
		if f != FieldTitle {
			continue
		}
		for _, w := range packed.numbers(nil) {
			if w != lineBreak && s.telling(w-1) {
				out = append(out, w-1)
			}
		}
	}
	return s.withoutForms(out)
}

// telling says whether a word in two titles makes them alike.
func (s *state) telling(w uint32) bool {
	word := s.words.words.get(w)
	return len(word) >= 4 && !stopWord(word) && s.words.postings.count(w) <= s.cols.count()/100+10
}

// withoutForms leaves one of several forms of a word.
func (s *state) withoutForms(words []uint32) []uint32 {
	var out []uint32
	for _, w := range words {
		if !slices.ContainsFunc(out, func(o uint32) bool { return sameWord(s.words.words.get(o), s.words.words.get(w)) }) {
			out = append(out, w)
		}
	}
	return out
}

// sharing gives the documents that share most with doc, best first.
func (s *state) sharing(a *arena, traits []trait, doc uint32, limit int) []uint32 {
	var parts []gain
	var all []set
	for _, t := range traits {
		parts = append(parts, gain{t.docs, float32(t.reason.Weight)})
		all = append(all, t.docs)
	}
	others := a.without(a.union(all...), set{n: 1, list: []uint32{doc}})
	return s.best(a, others, parts, func(uint32) float32 { return 1 }, 1, 0, min(limit, others.n))
}

// likenesses says what a document shares.
func (s *state) likenesses(traits []trait, doc uint32) SimilarHit {
	hit := SimilarHit{ID: s.cols.id(doc)}
	for _, t := range traits {
		if t.docs.has(doc) {
			hit.Reasons = append(hit.Reasons, t.reason)
		}
	}
	slices.SortStableFunc(hit.Reasons, func(a, b Reason) int { return cmp.Compare(b.Weight, a.Weight) })
	for _, r := range hit.Reasons {
		hit.Score += r.Weight
	}
	return hit
}
