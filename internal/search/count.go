package search

import (
	"cmp"
	"slices"
)

// counts counts the values of the facets asked for among the documents found,
// and says how many values each facet has there. The values of a facet by which
// is filtered are counted also among what the other filters leave. All this is
// cut into pieces for all cores.
func (s *state) counts(a *arena, q Query, result set, selections []selection) (map[Facet][]FacetCount, map[Facet]int) {
	tables := s.tables(a, q, result, selections)
	var tallies []*tally
	many := 0
	for i := range tables {
		for _, t := range []*tally{tables[i].found, tables[i].but} {
			if t != nil {
				t.plan()
				tallies = append(tallies, t)
			}
		}
		many = max(many, len(tables[i].column.values))
	}
	runTallies(a, tallies)
	for _, t := range tallies {
		if t.column.otherwise {
			t.counts[0] = uint32(t.column.turned(0, int(t.counts[0]), t.docs.n))
		}
	}
	each(len(tables), many*rowCost, func(i int) { tables[i].show(a) })

	shown, distinct := make(map[Facet][]FacetCount, len(tables)), make(map[Facet]int, len(tables))
	for _, t := range tables {
		shown[t.facet], distinct[t.facet] = t.rows, t.distinct
	}
	return shown, distinct
}

// runTallies cuts the counting into pieces and does the longest first, so that
// no core ends late.
func runTallies(a *arena, tallies []*tally) {
	type piece struct {
		cost int
		run  func(*arena)
	}
	var pieces []piece
	work := 0
	for _, r := range readings(tallies) {
		pieces, work = append(pieces, piece{r.cost, r.run}), work+r.cost
	}
	for _, t := range tallies {
		if t.way == byWhole || t.way == byValue {
			pieces, work = append(pieces, piece{t.cost, t.run}), work+t.cost
		}
	}
	slices.SortFunc(pieces, func(x, y piece) int { return cmp.Compare(y.cost, x.cost) })
	each(len(pieces), work, func(i int) { pieces[i].run(a) })
}

// countTable is the counts of one facet.
type countTable struct {
	facet    Facet
	column   *facetColumn
	chosen   []string
	only     []uint32 // values to be shown, where that is narrowed
	narrowed bool
	most     int
	found    *tally // among the documents found
	but      *tally // among those that the other filters leave; nil without a filter

	marks    []uint32 // by value: whether it is chosen
	rows     []FacetCount
	distinct int // how many values have a count
}

// tables says what is to be counted, and among which documents.
func (s *state) tables(a *arena, q Query, result set, selections []selection) []countTable {
	found := s.among(a, result)
	out := make([]countTable, 0, len(q.Count))
	for _, facet := range q.Count {
		t := countTable{facet: facet, column: s.facets[facet], most: q.Most}
		if t.column == nil {
			t.column = newFacetColumn()
		}
		var only []string
		if only, t.narrowed = q.Only[facet]; t.narrowed {
			t.only = t.column.numbersOf(only, q.Filters[facet])
		}
		t.found = &tally{column: t.column, docs: found, only: t.only, narrowed: t.narrowed}
		if i := slices.IndexFunc(selections, func(sel selection) bool { return sel.facet == facet }); i >= 0 {
			t.chosen = selections[i].codes
			t.but = &tally{column: t.column, docs: s.among(a, selections[i].but), only: t.only, narrowed: t.narrowed}
		}
		out = append(out, t)
	}
	return out
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
	t.mark(a)
	if len(kept) > 0 {
		t.rows = make([]FacetCount, len(kept), len(kept)+len(t.chosen))
	}
	for i, v := range kept {
		t.rows[i] = t.row(v, base)
	}
	t.addChosen(base)
}

// Marks of the values of a facet by which is filtered.
const (
	isChosen = iota + 1
	inRows
)

// mark notes which values are chosen.
func (t *countTable) mark(a *arena) {
	if t.but == nil {
		return
	}
	t.marks = a.counters(len(t.column.values))
	for _, code := range t.chosen {
		if v, known := t.column.byCode[code]; known {
			t.marks[v] = isChosen
		}
	}
}

// row is the count of one value.
func (t *countTable) row(v uint32, base *tally) FacetCount {
	f := FacetCount{Value: t.column.values[v].code, Count: int(base.counts[v])}
	if t.but == nil {
		f.Adds = f.Count
	} else if f.Selected = t.marks[v] != 0; f.Selected {
		t.marks[v] = inRows
	} else {
		f.Adds = f.Count - int(t.found.counts[v])
	}
	return f
}

// addChosen adds what was chosen and is not shown yet, so that it can be taken
// back even when nothing has it.
func (t *countTable) addChosen(base *tally) {
	shown := len(t.rows)
	for i, code := range t.chosen {
		v, known := t.column.byCode[code]
		switch f := (FacetCount{Value: code, Selected: true}); {
		case !known && !slices.Contains(t.chosen[:i], code):
			t.rows = append(t.rows, f)
		case known && t.marks[v] != inRows:
			t.marks[v] = inRows
			f.Count = int(base.counts[v])
			t.rows = append(t.rows, f)
		}
	}
	if len(t.rows) > shown {
		slices.SortFunc(t.rows, func(a, b FacetCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
	}
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
