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
	"atlas/internal/reference"
	"atlas/internal/search"
)

const (
	openFacets  = 8  // facets that stand open
	shownValues = 8  // values of a facet on the page of results
	shownYears  = 12 // of years
	shownPlaces = 40 // municipalities of one district
)

// facetLists says from which code list the values of a facet come.
var facetLists = map[search.Facet]string{
	search.FacetArea: atlas.ListArea, search.FacetTargetLegal: atlas.ListTargetLegal,
	search.FacetTargetSituation: atlas.ListTargetSituation, search.FacetActivity: atlas.ListActivity,
	search.FacetFunderType: atlas.ListFunderType, search.FacetProgramme: atlas.ListProgramme,
	search.FacetPeriod: atlas.ListPeriod, search.FacetStatus: atlas.ListStatus, search.FacetCountry: atlas.ListCountry,
	search.FacetTransfer: atlas.ListTransfer, search.FacetImplementerType: atlas.ListActorType,
	search.FacetAmountBand: reference.ListAmountBand, search.FacetPeopleBand: reference.ListPeopleBand,
}

// facetWords are the facets whose few values are words of the catalogue.
var facetWords = map[search.Facet][]string{
	search.FacetUpscaling:   {"ano", "ne", notKnown},
	search.FacetDetailLevel: {app.LevelBasic, app.LevelFull},
}

// vocabulary names the values of facets in one language.
type vocabulary struct {
	lang   string
	lists  *atlas.Lists
	places *place.Gazetteer
	actor  func(id string) string  // name of an actor; an unknown id is itself
	word   func(key string) string // a message without arguments
}

// label names a value; known is false for a code that nothing has.
func (v vocabulary) label(f search.Facet, value string) (text string, known bool) {
	if list, ok := facetLists[f]; ok {
		if value == notKnown && !v.lists.Has(list, value) {
			return v.word("projects.unknown"), true
		}
		if v.lists.Has(list, value) {
			return v.lists.Label(list, value, v.lang), true
		}
		return value, false
	}
	if words, ok := facetWords[f]; ok {
		if slices.Contains(words, value) {
			return v.word("projects.value." + string(f) + "." + value), true
		}
		return value, false
	}
	switch f {
	case search.FacetTerritory:
		if value == notKnown {
			return v.word("projects.value.place_unknown"), true
		}
		t, ok := v.places.Get(value)
		if ok && t.Level == atlas.LevelCountry {
			return v.word("projects.value.country"), true
		}
		return v.places.Label(value), ok
	case search.FacetFunder, search.FacetImplementer:
		if value == notKnown {
			return v.word("projects.unknown"), true
		}
		name := v.actor(value)
		return name, name != value
	case search.FacetYear:
		if value == notKnown {
			return v.word("projects.value.year_unknown"), true
		}
		return value, len(value) == 4 && allDigits(value)
	}
	return value, false
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

// box makes the column's entry of a facet from its exact counts.
func (v vocabulary) box(f search.Facet, s state, counts []search.FacetCount, open bool) facetBox {
	b := facetBox{Name: string(f), Title: v.word("projects.facet." + string(f)), Open: open || s.has(f)}
	if f == search.FacetTerritory {
		b.Options = v.tree(s, counts)
		b.More = 0
		return b
	}
	all := v.options(f, s, counts)
	limit := shownValues
	if f == search.FacetYear {
		limit = shownYears
	}
	for i, o := range all {
		if i < limit || o.Chosen {
			b.Options = append(b.Options, o)
		}
	}
	b.More = len(all) - len(b.Options)
	return b
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
	slices.SortStableFunc(out, func(a, b option) int {
		return cmp.Or(chosenFirst(a, b), v.order(f, a, b), strings.Compare(czech.SortKey(a.Label), czech.SortKey(b.Label)))
	})
	return out
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
	if !allDigits(value) {
		return ""
	}
	return value
}

// position is the order of a code in its list; unknown codes come last.
func (v vocabulary) position(f search.Facet, code string) int {
	if it, ok := v.lists.Item(facetLists[f], code); ok {
		return it.Order
	}
	return math.MaxInt
}

// tree lays the territories out as kraj → okres and ORP → obec → městská část;
// below a kraj only where something in it is chosen.
func (v vocabulary) tree(s state, counts []search.FacetCount) []option {
	t := territoryTree{vocabulary: v, chosen: s.Filters[search.FacetTerritory], counts: map[string]int{}, open: map[string]bool{}}
	for _, c := range counts {
		t.counts[c.Value] = c.Count
	}
	for _, code := range t.chosen {
		t.open[code] = true
		for _, a := range v.places.Ancestors(code) {
			t.open[a.Code] = true
		}
	}
	for _, region := range v.places.Children("CZ", atlas.LevelRegion) {
		t.branch(region, 0)
	}
	t.country()
	t.strangers()
	return t.out
}

type territoryTree struct {
	vocabulary
	chosen []string
	counts map[string]int
	open   map[string]bool
	out    []option
}

func (t *territoryTree) add(code string, depth int) {
	label, known := t.label(search.FacetTerritory, code)
	chosen := slices.Contains(t.chosen, code)
	if t.counts[code] == 0 && !chosen && !t.open[code] && depth > 0 {
		return
	}
	t.out = append(t.out, option{Value: code, Label: label, Count: t.counts[code], Chosen: chosen, Unknown: !known, Depth: depth})
}

// country adds the projects of the whole country and those of no known place.
func (t *territoryTree) country() {
	for _, code := range []string{"CZ", notKnown} {
		if t.counts[code] > 0 || slices.Contains(t.chosen, code) {
			t.add(code, 0)
		}
	}
}

func (t *territoryTree) branch(here atlas.Territory, depth int) {
	t.add(here.Code, depth)
	if !t.open[here.Code] {
		return
	}
	switch here.Level {
	case atlas.LevelRegion:
		t.children(here, atlas.LevelDistrict, depth+1)
		t.children(here, atlas.LevelORP, depth+1)
	case atlas.LevelDistrict, atlas.LevelORP:
		t.children(here, atlas.LevelMunicipality, depth+1)
	case atlas.LevelMunicipality:
		t.children(here, atlas.LevelCityDistrict, depth+1)
	}
}

// children shows those with projects, the most frequent where there are many.
// A municipality stands once, although both its okres and its ORP are open.
func (t *territoryTree) children(parent atlas.Territory, level atlas.Level, depth int) {
	shown := 0
	for _, child := range t.places.Children(parent.Code, level) {
		if slices.ContainsFunc(t.out, func(o option) bool { return o.Value == child.Code }) {
			continue
		}
		if t.counts[child.Code] == 0 && !t.open[child.Code] || shown >= shownPlaces && !t.open[child.Code] {
			continue
		}
		shown++
		t.branch(child, depth)
	}
}

// strangers are chosen codes that no territory has; they can be taken away.
func (t *territoryTree) strangers() {
	for _, code := range t.chosen {
		if !slices.ContainsFunc(t.out, func(o option) bool { return o.Value == code }) {
			t.add(code, 0)
		}
	}
}

// narrowest drops the chosen territories in which another chosen one lies: who
// ticks a district below a ticked kraj means the district.
func narrowest(places *place.Gazetteer) func([]string) []string {
	return func(codes []string) []string {
		wider := map[string]bool{}
		for _, code := range codes {
			if t, ok := places.Get(code); ok && t.Level != atlas.LevelCountry {
				wider["CZ"] = true
			}
			for _, a := range places.Ancestors(code) {
				wider[a.Code] = true
			}
		}
		return slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return wider[code] })
	}
}

// chip is one active filter with the address without it.
type chip struct {
	Facet, Label string
	Unknown      bool
	Without      state
}

// chips lists what is filtered now, in the order of the column.
func (v vocabulary) chips(s state) []chip {
	var out []chip
	for _, f := range facets {
		for _, value := range s.Filters[f] {
			label, known := v.label(f, value)
			out = append(out, chip{
				Facet: v.word("projects.facet." + string(f)), Label: label, Unknown: !known, Without: s.without(f, value),
			})
		}
	}
	return out
}
