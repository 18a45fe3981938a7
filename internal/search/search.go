package search

// Search answers a query. It never fails: what it does not understand it
// passes over, what nobody has it does not find.
func (x *Index) Search(q Query) Result {
	a := x.arenas.take()
	defer x.arenas.put(a)
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.state
	a.fit(s.cols.size())
	p := parse(q.Text, q.Typing, x.aliases)
	m := s.match(a, p)
	selections := s.selections(a, q.Filters)
	docs := narrow(a, m.docs, selections)

	r := Result{Total: docs.n, Normalised: p.normalised()}
	parts := []func(){
		func() {
			r.Hits = s.idsOf(s.page(a, m, docs, q))
			if q.Found != nil {
				q.Found(r.Hits)
			}
		},
		func() { r.Amount = s.cols.sum(docs) },
	}
	each(len(parts), docs.n, func(i int) { parts[i]() })
	if q.Correct {
		r.DidYouMean = s.correct(q.Text, m.doubtful)
	}
	r.Facets, r.Distinct = s.counts(a, q, docs, selections)
	if p.truncated {
		r.Truncated = TooManyWords
	}
	return r
}

func (s *state) idsOf(docs []uint32) []string {
	out := make([]string, len(docs))
	for i, doc := range docs {
		out[i] = s.cols.id(doc)
	}
	return out
}

// FacetValues lists all values that documents have in a facet, sorted.
func (x *Index) FacetValues(f Facet) []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	column := x.state.facets[f]
	if column == nil {
		return nil
	}
	var out []string
	for _, v := range column.sorted {
		if column.turned(v, column.values[v].docs.n, x.state.cols.count()) > 0 {
			out = append(out, column.values[v].code)
		}
	}
	return out
}
