package search

import (
	"cmp"
	"slices"
)

// counts counts the values of the facets asked for among the documents found.
// The values of a facet by which is filtered are counted also among what the
// other filters leave. All this is cut into pieces for all cores.
func (s *state) counts(a *arena, q Query, result set, selections []selection) (map[Facet][]FacetCount, map[Facet]int) {
	shown := make(map[Facet][]FacetCount, len(q.Count))
	if len(q.Count) == 0 {
		return shown, nil
	}
	found := s.among(a, result)
	tables := make([]countTable, 0, len(q.Count))
	var pieces []*tally
	for _, facet := range q.Count {
		column := s.facets[facet]
		if column == nil {
			column = newFacetColumn()
		}
		t := countTable{facet: facet, column: column, most: q.Most}
		only, narrowed := q.Only[facet]
		if narrowed {
			t.only = column.numbersOf(only, q.Filters[facet])
		}
		t.narrowed = narrowed
		t.found = &tally{column: column, docs: found, only: t.only, narrowed: narrowed}
		pieces = append(pieces, t.found)
		if i := slices.IndexFunc(selections, func(sel selection) bool { return sel.facet == facet }); i >= 0 {
			t.chosen = selections[i].codes
			t.but = &tally{column: column, docs: s.among(a, selections[i].but), only: t.only, narrowed: narrowed}
			pieces = append(pieces, t.but)
		}
		tables = append(tables, t)
	}
	work := 0
	for _, p := range pieces {
		p.plan(a)
		work += p.cost
	}
	slices.SortFunc(pieces, func(x, y *tally) int { return cmp.Compare(y.cost, x.cost) })
	each(len(pieces), work, func(i int) { pieces[i].run(a) })
	many := 0
	for _, t := range tables {
		many = max(many, len(t.column.values))
	}
	each(len(tables), many*rowCost, func(i int) { tables[i].show(a) })
	distinct := make(map[Facet]int, len(tables))
	for _, t := range tables {
		shown[t.facet], distinct[t.facet] = t.rows, t.distinct
	}
	return shown, distinct
}

// countTable is the counts of one facet before they are shown.
type countTable struct {
	facet    Facet
	column   *facetColumn
	chosen   []string
	only     []uint32 // values to be shown, where that is narrowed
	narrowed bool
	most     int
	found    *tally // among the documents found
	but      *tally // among those that the other filters leave; nil without a filter

	rows     []FacetCount
	distinct int // how many values have a count
}

// rowCost is about how many steps it takes to show a count.
const rowCost = 10

// show writes the rows of the values that have a count and of the chosen ones,
// the highest counts first.
func (t *countTable) show(a *arena) {
	column := t.column
	values := column.sorted
	if t.narrowed {
		values = t.only
	}
	base := t.found
	if t.but != nil {
		base = t.but
	}
	kept := a.counters(len(values))[:0]
	for _, v := range values {
		if base.counts[v] > 0 {
			kept = append(kept, v)
		}
	}
	t.distinct = len(kept)
	kept = sortByCount(kept, a.counters(len(kept)), base.counts)
	if t.most > 0 && len(kept) > t.most {
		kept = kept[:t.most]
	}
	var out []FacetCount
	if len(kept) > 0 {
		out = make([]FacetCount, len(kept), len(kept)+len(t.chosen))
	}
	for i, v := range kept {
		out[i] = FacetCount{Value: column.values[v].code, Count: int(base.counts[v])}
		if t.chosen == nil {
			out[i].Adds = out[i].Count
		} else if out[i].Selected = slices.Contains(t.chosen, out[i].Value); !out[i].Selected {
			out[i].Adds = out[i].Count - int(t.found.counts[v])
		}
	}
	t.rows = t.addChosen(out, base)
}

// addChosen adds what was chosen and is not shown yet, so that it can be taken
// back even when nothing has it.
func (t *countTable) addChosen(out []FacetCount, base *tally) []FacetCount {
	shown := len(out)
	for _, code := range t.chosen {
		if slices.ContainsFunc(out, func(f FacetCount) bool { return f.Value == code }) {
			continue
		}
		f := FacetCount{Value: code, Selected: true}
		if v, known := t.column.byCode[code]; known {
			f.Count = int(base.counts[v])
		}
		out = append(out, f)
	}
	if len(out) > shown {
		slices.SortFunc(out, func(a, b FacetCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
	}
	return out
}

// numbersOf gives the values with some codes, each once and in the order of the
// codes; those that nobody has are left out.
func (c *facetColumn) numbersOf(codes ...[]string) []uint32 {
	var out []uint32
	for _, list := range codes {
		for _, code := range list {
			if v, ok := c.byCode[code]; ok {
				out = append(out, v)
			}
		}
	}
	slices.SortFunc(out, func(a, b uint32) int { return cmp.Compare(c.values[a].code, c.values[b].code) })
	return slices.Compact(out)
}

// sortByCount sorts values by their counts, the highest first, and leaves those
// with the same count in their order. Thousands of them are sorted digit by
// digit, which takes a few passes whatever their number, to and fro between two
// lists.
func sortByCount(values, spare, counts []uint32) []uint32 {
	if len(values) < 256 {
		slices.SortStableFunc(values, func(a, b uint32) int { return cmp.Compare(counts[b], counts[a]) })
		return values
	}
	highest := uint32(0)
	for _, v := range values {
		highest = max(highest, counts[v])
	}
	const digit = 11
	for shift := 0; highest>>shift > 0; shift += digit {
		var starts [1 << digit]int
		key := func(v uint32) uint32 { return ^counts[v] >> shift & (1<<digit - 1) }
		for _, v := range values {
			starts[key(v)]++
		}
		sum := 0
		for k, n := range starts {
			starts[k], sum = sum, sum+n
		}
		for _, v := range values {
			k := key(v)
			spare[starts[k]] = v
			starts[k]++
		}
		values, spare = spare, values
	}
	return values
}
