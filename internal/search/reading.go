package search

import "runtime"

// reading is documents that are read once for several facets: finding the bits
// of a field costs as much as counting what they stand for.
type reading struct {
	docs    set
	tallies []*tally
	cost    int
}

// readings shares the facets to be counted by reading documents out among the
// cores.
func readings(tallies []*tally) []*reading {
	var out []*reading
	for _, sought := range []way{byDocument, byRest} {
		sets := map[*among][]*reading{}
		for _, t := range tallies {
			if t.way != sought {
				continue
			}
			if sets[t.docs] == nil {
				docs := t.docs.set
				if sought == byRest {
					docs = set{n: t.docs.left, field: t.docs.rest}
				}
				for range runtime.GOMAXPROCS(0) {
					sets[t.docs] = append(sets[t.docs], &reading{docs: docs})
				}
				out = append(out, sets[t.docs]...)
			}
			least := sets[t.docs][0]
			for _, r := range sets[t.docs] {
				if r.cost < least.cost {
					least = r
				}
			}
			least.tallies, least.cost = append(least.tallies, t), least.cost+t.cost
		}
	}
	return out
}

// run reads the documents. Many of them are first counted by the sets of values
// they have, and only then the values in those sets.
func (r *reading) run(a *arena) {
	if len(r.tallies) == 0 {
		return
	}
	for _, t := range r.tallies {
		t.counts = a.counters(len(t.column.values))
		if r.docs.n >= len(t.column.sets.ends)/2 {
			t.bySet = a.counters(len(t.column.sets.ends))
		}
	}
	r.docs.each(func(run []uint32) {
		for _, t := range r.tallies {
			t.read(run)
		}
	})
	for _, t := range r.tallies {
		t.addSets()
		if t.way == byRest {
			for v := range t.counts {
				t.counts[v] = uint32(t.column.values[v].docs.n) - t.counts[v]
			}
		}
	}
}

// read counts some documents.
func (t *tally) read(docs []uint32) {
	switch {
	case t.bySet == nil:
		for _, doc := range docs {
			for _, v := range t.column.of(doc) {
				t.counts[v]++
			}
		}
	case t.column.wide != nil:
		countSets(docs, t.column.wide, t.bySet)
	default:
		countSets(docs, t.column.narrow, t.bySet)
	}
}

// countSets counts sorted documents by what a column says of them. Documents
// beyond its end have nothing.
func countSets[T uint16 | uint32](docs []uint32, column []T, counts []uint32) {
	for len(docs) > 0 && int(docs[len(docs)-1]) >= len(column) {
		docs = docs[:len(docs)-1]
	}
	for _, doc := range docs {
		counts[column[doc]]++
	}
}

// addSets adds what was counted by sets to their values.
func (t *tally) addSets() {
	from := uint32(0)
	for id, n := range t.bySet {
		end := t.column.sets.ends[id]
		if n > 0 {
			for _, v := range t.column.sets.values[from:end] {
				t.counts[v] += n
			}
		}
		from = end
	}
}
