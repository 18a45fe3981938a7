package search

import "strings"

// facetValues knows every facet value and the documents that have it.
type facetValues struct {
	facets map[Facet]map[string]uint32
	values []facetValue
}

type facetValue struct {
	facet Facet
	code  string
	docs  docSet
}

func newFacetValues() *facetValues {
	return &facetValues{facets: map[Facet]map[string]uint32{}}
}

// id gives the number of a value, a new one if need be.
func (f *facetValues) id(facet Facet, code string) uint32 {
	codes := f.facets[facet]
	if codes == nil {
		codes = map[string]uint32{}
		f.facets[facet] = codes
	}
	if id, ok := codes[code]; ok {
		return id
	}
	id := uint32(len(f.values))
	code = strings.Clone(code)
	codes[code] = id
	f.values = append(f.values, facetValue{facet: facet, code: code})
	return id
}

// compact gives back memory that growing left unused.
func (f *facetValues) compact() {
	for i := range f.values {
		f.values[i].docs.compact()
	}
}
