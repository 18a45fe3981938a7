package search

import (
	"maps"
	"slices"
)

// Search answers a query. It never fails: what it does not understand it
// passes over, what nobody has it does not find.
func (x *Index) Search(q Query) Result {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.state
	p := parse(q.Text, q.Typing, x.aliases)
	m := s.match(p)
	selections := s.selections(q.Filters)
	docs := filtered(m.docs, selections, -1)

	sc := x.scratch.Get().(*scratch)
	defer x.scratch.Put(sc)
	r := Result{
		Total:      int(docs.GetCardinality()),
		Hits:       s.idsOf(s.page(sc, m, docs, q)),
		Facets:     s.counts(q, m.docs, docs, selections),
		Normalised: p.normalised(),
		DidYouMean: s.correct(q.Text, m.doubtful),
	}
	r.Amount = s.cols.sum(docs, r.Total)
	if p.truncated {
		r.Truncated = TooManyWords
	}
	return r
}

func (s *state) idsOf(docs []uint32) []string {
	out := make([]string, len(docs))
	for i, doc := range docs {
		out[i] = s.cols.ids[doc]
	}
	return out
}

// FacetValues lists all values that documents have in a facet, sorted.
func (x *Index) FacetValues(f Facet) []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	values := x.state.facets
	var out []string
	for _, code := range slices.Sorted(maps.Keys(values.facets[f])) {
		if values.values[values.facets[f][code]].docs.count() > 0 {
			out = append(out, code)
		}
	}
	return out
}
