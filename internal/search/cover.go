package search

import (
	"cmp"
	"slices"
	"strings"

	"atlas/internal/coverage"
	"atlas/internal/place"
)

// Coverage answers a question of coverage over what a query finds. The query's
// order, counts and page are of no account.
func (x *Index) Coverage(q Query, places *place.Gazetteer, c coverage.Question) *coverage.Matrix {
	var m *coverage.Matrix
	x.found(q, func(s *state, a *arena, found set) {
		all := s.cols.all(a)
		picked := coverage.Selection{AllBut: found.n > all.n/2}
		if picked.AllBut {
			found = a.without(all, found)
		}
		a.docs = found.docs(a.docs[:0])
		picked.Docs = a.docs
		m = s.book.Matrix(places, c, picked)
	})
	return m
}

// covered gives the documents that a query finds, while nobody changes them.
func (x *Index) covered(q Query, fn func(s *state, docs []uint32)) {
	x.found(q, func(s *state, a *arena, found set) {
		a.docs = found.docs(a.docs[:0])
		fn(s, a.docs)
	})
}

// found gives the set of what a query finds, while nobody changes it.
func (x *Index) found(q Query, fn func(s *state, a *arena, found set)) {
	a := x.arenas.take()
	defer x.arenas.put(a)
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.state
	a.fit(s.cols.size())
	m := s.match(a, parse(q.Text, q.Typing, x.aliases))
	fn(s, a, narrow(a, m.docs, s.selections(a, q.Filters)))
}

// Ending lists the projects of a query that end in the months from–to, those that
// end first first, equal ones by id. It reads the entries of what is found once.
func (x *Index) Ending(q Query, from, to coverage.Month) []string {
	var out []string
	x.covered(q, func(s *state, docs []uint32) {
		found := s.book.Ending(docs, from, to)
		slices.SortStableFunc(found, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(s.book.Last(a), s.book.Last(b)), strings.Compare(s.cols.id(a), s.cols.id(b)))
		})
		out = s.idsOf(found)
	})
	return out
}

// Overlap is several projects that run in one month and do the same for the same
// people in one municipality (8.1.8).
type Overlap struct {
	coverage.Sameness
	Projects []string // sorted
}

// Overlaps finds at least so many projects of a query that are the same, those of
// most projects first.
func (x *Index) Overlaps(q Query, places *place.Gazetteer, now coverage.Month, least int) []Overlap {
	var out []Overlap
	x.covered(q, func(s *state, docs []uint32) {
		activities := s.facets[FacetActivity]
		if activities == nil {
			return
		}
		for _, o := range s.book.Overlaps(docs, places, now, least, activities.of) {
			same := coverage.Sameness{Place: o.Place, Area: o.Area, Group: o.Group, Activity: activities.values[o.Activity].code}
			ids := s.idsOf(o.Docs)
			slices.Sort(ids)
			out = append(out, Overlap{same, ids})
		}
	})
	slices.SortFunc(out, func(a, b Overlap) int {
		return cmp.Or(cmp.Compare(len(b.Projects), len(a.Projects)), cmp.Compare(a.Place, b.Place), cmp.Compare(a.Area, b.Area),
			cmp.Compare(a.Activity, b.Activity), cmp.Compare(a.Group, b.Group))
	})
	return out
}
