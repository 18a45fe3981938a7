package search

import (
	"maps"
	"slices"
)

// selection is what the filters of one facet choose.
type selection struct {
	facet Facet
	codes []string
	docs  set
	but   set // what the text and all other selections leave
}

// selections turns filters into sets. A facet without values filters nothing; a
// value nobody has matches nothing.
func (s *state) selections(a *arena, filters map[Facet][]string) []selection {
	var out []selection
	for _, facet := range slices.Sorted(maps.Keys(filters)) {
		codes := filters[facet]
		if len(codes) == 0 {
			continue
		}
		g := gathering{arena: a}
		if column := s.facets[facet]; column != nil {
			for _, code := range codes {
				if v, ok := column.byCode[code]; ok {
					s.gather(a, &g, column, v)
				}
			}
		}
		out = append(out, selection{facet: facet, codes: codes, docs: g.done()})
	}
	return out
}

// gather adds the documents with a value to others.
func (s *state) gather(a *arena, g *gathering, column *facetColumn, v uint32) {
	docs := &column.values[v].docs
	if !column.isRest(v) {
		docs.gather(g)
		return
	}
	but := gathering{arena: a}
	docs.gather(&but)
	g.addSet(a.without(s.cols.all(a), but.done()))
}

// narrow gives the documents that meet all selections, and notes for each
// selection those that meet all others.
func narrow(a *arena, docs set, selections []selection) set {
	before := make([]set, len(selections)) // all selections before one
	result := docs
	for i, sel := range selections {
		before[i] = result
		result = a.and(result, sel.docs)
	}
	var after set // all selections after one
	for i := len(selections) - 1; i >= 0; i-- {
		if i == len(selections)-1 {
			selections[i].but, after = before[i], selections[i].docs
			continue
		}
		selections[i].but = a.and(before[i], after)
		after = a.and(after, selections[i].docs)
	}
	return result
}
