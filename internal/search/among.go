package search

import "slices"

// Among gives those of some documents that a query finds, in their order: for
// who knows what has changed and asks whom it is for. The query's order, counts
// and page are of no account. It costs what finding costs, without counting and
// ordering, and one look for each document.
func (x *Index) Among(q Query, ids []string) []string {
	a := x.arenas.take()
	defer x.arenas.put(a)
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.state
	a.fit(s.cols.size())
	m := s.match(a, parse(q.Text, q.Typing, x.aliases))
	docs := narrow(a, m.docs, s.selections(a, q.Filters))
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		doc, ok := s.cols.find(id)
		return !ok || !docs.has(doc)
	})
}
