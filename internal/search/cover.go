package search

import (
	"atlas/internal/coverage"
	"atlas/internal/place"
)

// Coverage answers a question of coverage over what a query finds. The query's
// order, counts and page are of no account.
func (x *Index) Coverage(q Query, places *place.Gazetteer, c coverage.Question) *coverage.Matrix {
	a := x.arenas.take()
	defer x.arenas.put(a)
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.state
	a.fit(len(s.cols.ids))
	m := s.match(a, parse(q.Text, q.Typing, x.aliases))
	docs := narrow(a, m.docs, s.selections(a, q.Filters))
	a.docs = docs.docs(a.docs[:0])
	return s.book.Matrix(places, c, a.docs)
}
