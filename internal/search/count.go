package search

import (
	"cmp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
)

// selection is what the filters of one facet choose.
type selection struct {
	facet Facet
	codes []string
	docs  *roaring.Bitmap
}

// selections turns filters into sets. A facet without values filters nothing; a
// value nobody has matches nothing.
func (s *state) selections(filters map[Facet][]string) []selection {
	var out []selection
	for facet, codes := range filters {
		if len(codes) == 0 {
			continue
		}
		sel := selection{facet: facet, codes: codes, docs: roaring.New()}
		for _, code := range codes {
			if id, ok := s.facets.facets[facet][code]; ok {
				s.facets.values[id].docs.addTo(sel.docs)
			}
		}
		out = append(out, sel)
	}
	slices.SortFunc(out, func(a, b selection) int { return cmp.Compare(a.facet, b.facet) })
	return out
}

// filtered gives the documents that meet all selections but the one at a
// place; −1 leaves none out.
func filtered(docs *roaring.Bitmap, selections []selection, but int) *roaring.Bitmap {
	for i, sel := range selections {
		if i != but {
			docs = roaring.And(docs, sel.docs)
		}
	}
	return docs
}

// counts counts the values of the facets asked for. text is what the words
// matched, result what the filters left of it.
func (s *state) counts(q Query, text, result *roaring.Bitmap, selections []selection) map[Facet][]FacetCount {
	out := make(map[Facet][]FacetCount, len(q.Count))
	for _, facet := range q.Count {
		c := counter{state: s, base: result}
		if i := slices.IndexFunc(selections, func(sel selection) bool { return sel.facet == facet }); i >= 0 {
			c.base = filtered(text, selections, i)
			c.selected = selections[i].codes
			c.beyond = roaring.AndNot(c.base, selections[i].docs)
		}
		out[facet] = c.count(facet, q.Only)
	}
	return out
}

// counter counts one facet.
type counter struct {
	*state
	base     *roaring.Bitmap // matches when the filter of the facet is taken away
	beyond   *roaring.Bitmap // of them those that the filter leaves out; nil without a filter
	selected []string
}

func (c *counter) count(facet Facet, only map[Facet][]string) []FacetCount {
	codes := c.facets.facets[facet]
	var out []FacetCount
	if narrow, ok := only[facet]; ok {
		for _, code := range narrow {
			if id, known := codes[code]; known {
				out = c.take(out, code, id)
			}
		}
	} else {
		for code, id := range codes {
			out = c.take(out, code, id)
		}
	}
	for _, code := range c.selected {
		if !slices.ContainsFunc(out, func(f FacetCount) bool { return f.Value == code }) {
			n := 0
			if id, known := codes[code]; known {
				n = c.in(&c.facets.values[id].docs, c.base)
			}
			out = append(out, FacetCount{Value: code, Count: n, Selected: true})
		}
	}
	slices.SortFunc(out, func(a, b FacetCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	return slices.CompactFunc(out, func(a, b FacetCount) bool { return a.Value == b.Value })
}

// take adds a value that has a count.
func (c *counter) take(out []FacetCount, code string, id uint32) []FacetCount {
	docs := &c.facets.values[id].docs
	f := FacetCount{Value: code, Count: c.in(docs, c.base), Selected: slices.Contains(c.selected, code)}
	if f.Count == 0 {
		return out
	}
	switch {
	case f.Selected:
	case c.beyond == nil:
		f.Adds = f.Count
	default:
		f.Adds = c.in(docs, c.beyond)
	}
	return append(out, f)
}

// in is how many documents of a value are in a set.
func (c *counter) in(docs *docSet, set *roaring.Bitmap) int {
	if set == c.cols.live {
		return docs.count()
	}
	return docs.countIn(set)
}
