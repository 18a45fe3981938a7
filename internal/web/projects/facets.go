package projects

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/czech"
	"atlas/internal/place"
	"atlas/internal/search"
	"atlas/internal/web/question"
)

const (
	openFacets  = 4   // facets that stand open
	shownValues = 8   // values of a facet on the page of results
	shownYears  = 12  // of years
	shownPlaces = 40  // municipalities of one district
	manyValues  = 300 // more values are not all named before they are cut
)

// notKnown is the facet value of what is not known.
const notKnown = app.NotKnown

// vocabulary names the values of facets in one language.
type vocabulary struct {
	lang   string
	lists  *atlas.Lists
	places *place.Gazetteer
	actor  func(id string) string   // name of an actor; an unknown id is itself
	band   func(code string) string // what rubrics call a band
	word   func(key string) string  // a message without arguments
}

// label names a value; known is false for a code that nothing has.
func (v vocabulary) label(f search.Facet, value string) (text string, known bool) {
	return question.Vocabulary{Lang: v.lang, Lists: v.lists, Places: v.places, Actor: v.actor, Band: v.band, Word: v.word}.Label(f, value)
}

// facetBox is one facet in the column of filters.
type facetBox struct {
	Name             string // of the parameter
	Title            string
	Open             bool
	Options          []option
	More             int    // values that are not shown
	MoreURL          string // the page of all values
	MoreLabel, Empty string
}

// option is one value that can be ticked.
type option struct {
	Value, Label string
	Count        int
	Chosen       bool
	Unknown      bool   // no list has such a code
	Shown        string // the count as people read it
	Depth        int    // in the tree of territories
}

// box makes the column's entry of a facet from its exact counts; there are so
// many values with a count, of which some may have been left out.
func (v vocabulary) box(f search.Facet, s state, counts []search.FacetCount, distinct int, open bool) facetBox {
	b := facetBox{Name: string(f), Title: v.word("projects.facet." + string(f)), Open: open || s.has(f)}
	if f == search.FacetTerritory {
		b.Options = v.tree(s, counts)
		return b
	}
	limit := shownValues
	if f == search.FacetYear {
		limit = shownYears
	}
	few := counts
	if distinct > manyValues {
		few = mostFrequent(s.Filters[f], counts, limit)
	}
	b.More = distinct
	for i, o := range v.options(f, s, few) {
		if i >= limit && !o.Chosen {
			break // chosen ones come first
		}
		b.Options = append(b.Options, o)
		if o.Count > 0 {
			b.More--
		}
	}
	return b
}

// mostFrequent picks the chosen values and the n with the highest counts, so
// that a facet of thousands of organisations costs no more than a short one.
func mostFrequent(chosen []string, counts []search.FacetCount, n int) []search.FacetCount {
	var kept, top []search.FacetCount
	for _, c := range counts {
		if slices.Contains(chosen, c.Value) {
			kept = append(kept, c)
			continue
		}
		if len(top) == n && c.Count <= top[n-1].Count {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, c, func(a, b search.FacetCount) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
		})
		top = slices.Insert(top, at, c)
		top = top[:min(len(top), n)]
	}
	return append(kept, top...)
}

// options lists all values of a facet: chosen ones first, then as people look
// for them.
func (v vocabulary) options(f search.Facet, s state, counts []search.FacetCount) []option {
	var out []option
	for _, c := range counts {
		label, known := v.label(f, c.Value)
		out = append(out, option{
			Value: c.Value, Label: label, Count: c.Count, Unknown: !known,
			Chosen: slices.Contains(s.Filters[f], c.Value),
		})
	}
	for _, value := range s.Filters[f] {
		if !slices.ContainsFunc(out, func(o option) bool { return o.Value == value }) {
			label, known := v.label(f, value)
			out = append(out, option{Value: value, Label: label, Chosen: true, Unknown: !known})
		}
	}
	byName := byLabel()
	slices.SortStableFunc(out, func(a, b option) int {
		if c := cmp.Or(chosenFirst(a, b), v.order(f, a, b)); c != 0 {
			return c
		}
		return byName(a, b)
	})
	return out
}

// byLabel compares in Czech order. The key of a label is dear, so it is made
// only when it is needed, and once.
func byLabel() func(a, b option) int {
	keys := map[string]string{}
	key := func(label string) string {
		k, ok := keys[label]
		if !ok {
			k = czech.SortKey(label)
			keys[label] = k
		}
		return k
	}
	return func(a, b option) int { return strings.Compare(key(a.Label), key(b.Label)) }
}

func chosenFirst(a, b option) int {
	switch {
	case a.Chosen == b.Chosen:
		return 0
	case a.Chosen:
		return -1
	}
	return 1
}

// order puts the newest year first and elsewhere the most frequent value; bands
// keep the order of their list.
func (v vocabulary) order(f search.Facet, a, b option) int {
	switch f {
	case search.FacetYear:
		return strings.Compare(yearKey(b.Value), yearKey(a.Value))
	case search.FacetAmountBand, search.FacetPeopleBand:
		return cmp.Compare(v.position(f, a.Value), v.position(f, b.Value))
	}
	return cmp.Or(cmp.Compare(lastRank(a), lastRank(b)), cmp.Compare(b.Count, a.Count))
}

// lastRank puts what is not known after what is.
func lastRank(o option) int {
	if o.Value == notKnown {
		return 1
	}
	return 0
}

// yearKey orders years; what is no year comes last.
func yearKey(value string) string {
	if !question.IsNumber(value) {
		return ""
	}
	return value
}

// position is the order of a code in its list; unknown codes come last.
func (v vocabulary) position(f search.Facet, code string) int {
	if it, ok := v.lists.Item(question.Lists[f], code); ok {
		return it.Order
	}
	return math.MaxInt
}
