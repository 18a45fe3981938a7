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

// tallied is a set of documents made ready for counting many values in it: a
// small set is read once and all values of its documents counted together, a
// large one is laid out as a bit field to be intersected with each value.
type tallied struct {
	whole bool // all documents of the index
	field []uint64
	tally []uint32 // by value
}

// smallShare says which sets are small: one document in so many.
const smallShare = 256

func (s *state) tallied(set *roaring.Bitmap) tallied {
	n := int(set.GetCardinality())
	switch {
	case n == s.cols.count():
		return tallied{whole: true}
	case n > s.cols.count()/smallShare:
		return tallied{field: bitField(set, len(s.cols.ids))}
	}
	t := tallied{tally: make([]uint32, len(s.facets.values))}
	var values []uint32
	eachDoc(set, func(list []uint32) {
		for _, doc := range list {
			values = s.cols.records[doc].facetValues(values[:0])
			for _, v := range values {
				t.tally[v]++
			}
		}
	})
	return t
}

// of is how many documents of the set have a value.
func (t *tallied) of(id uint32, docs *docSet) int {
	switch {
	case t.whole:
		return docs.count()
	case t.tally != nil:
		return int(t.tally[id])
	}
	return docs.countIn(t.field)
}

// counts counts the values of the facets asked for. text is what the words
// matched, result what the filters left of it.
func (s *state) counts(q Query, text, result *roaring.Bitmap, selections []selection) map[Facet][]FacetCount {
	out := make(map[Facet][]FacetCount, len(q.Count))
	if len(q.Count) == 0 {
		return out
	}
	unfiltered := s.tallied(result)
	counted := make([][]FacetCount, len(q.Count))
	each(len(q.Count), int(text.GetCardinality()), func(n int) {
		facet := q.Count[n]
		c := counter{values: s.facets, base: unfiltered, beyond: unfiltered}
		if i := slices.IndexFunc(selections, func(sel selection) bool { return sel.facet == facet }); i >= 0 {
			base := filtered(text, selections, i)
			c.base = s.tallied(base)
			c.beyond = s.tallied(roaring.AndNot(base, selections[i].docs))
			c.selected = selections[i].codes
		}
		counted[n] = c.count(facet, q.Only)
	})
	for n, facet := range q.Count {
		out[facet] = counted[n]
	}
	return out
}

// counter counts one facet.
type counter struct {
	values   *facetValues
	base     tallied // matches when the filter of the facet is taken away
	beyond   tallied // of them those that the filter leaves out; all without a filter
	selected []string
}

func (c *counter) count(facet Facet, only map[Facet][]string) []FacetCount {
	codes := c.values.facets[facet]
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
	out = c.addSelected(out, codes)
	slices.SortFunc(out, func(a, b FacetCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	return slices.CompactFunc(out, func(a, b FacetCount) bool { return a.Value == b.Value })
}

// take adds a value that has a count.
func (c *counter) take(out []FacetCount, code string, id uint32) []FacetCount {
	docs := &c.values.values[id].docs
	f := FacetCount{Value: code, Count: c.base.of(id, docs), Selected: slices.Contains(c.selected, code)}
	if f.Count == 0 {
		return out
	}
	if !f.Selected {
		f.Adds = f.Count
		if len(c.selected) > 0 {
			f.Adds = c.beyond.of(id, docs)
		}
	}
	return append(out, f)
}

// addSelected adds what was chosen and not counted yet, so that it can be taken
// back even when nothing has it.
func (c *counter) addSelected(out []FacetCount, codes map[string]uint32) []FacetCount {
	for _, code := range c.selected {
		if slices.ContainsFunc(out, func(f FacetCount) bool { return f.Value == code }) {
			continue
		}
		f := FacetCount{Value: code, Selected: true}
		if id, known := codes[code]; known {
			f.Count = c.base.of(id, &c.values.values[id].docs)
		}
		out = append(out, f)
	}
	return out
}
