package projects

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"atlas"
	"atlas/internal/place"
	"atlas/internal/reference"
	"atlas/internal/search"
)

// crowded is an index of more values than a facet may name, with ties, and of
// places at every level.
func crowded(places *place.Gazetteer) *search.Index {
	codes := map[string][]string{}
	for _, level := range []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelORP} {
		for _, t := range places.Children("CZ", level) {
			codes[t.Code] = []string{t.Code}
			for _, a := range places.Ancestors(t.Code) {
				codes[t.Code] = append(codes[t.Code], a.Code)
			}
		}
	}
	all := slices.Sorted(maps.Keys(codes))
	x := search.New(search.Options{})
	x.Build(func(yield func(search.Document) bool) {
		for n := range 3000 {
			d := search.Document{ID: fmt.Sprintf("P-%05d", n), Facets: map[search.Facet][]string{
				search.FacetImplementer: {fmt.Sprintf("A-%05d", n*n%1009), fmt.Sprintf("A-%05d", n%7)},
				search.FacetArea:        {fmt.Sprintf("O%02d", n%11)},
				search.FacetYear:        {fmt.Sprint(1990 + n%40)},
				search.FacetTerritory:   codes[all[n*31%len(all)]],
			}}
			if n%13 == 0 {
				d.Facets[search.FacetTerritory] = []string{notKnown}
			}
			if !yield(d) {
				return
			}
		}
	})
	return x
}

// The column is the same whether the index gives all counts or only those that
// are shown.
func TestTheColumnOfFiltersNeedsNoMoreCountsThanItAsksFor(t *testing.T) {
	places := place.New(reference.Territories())
	x := crowded(places)
	v := vocabulary{
		lang: "cs", lists: atlas.NewLists(reference.Lists()), places: places,
		actor: func(id string) string { return "Organizace " + id }, word: func(key string) string { return key },
	}
	for _, query := range []string{
		"", "realizator=A-00003", "realizator=A-00003&realizator=nikdo", "uzemi=CZ0642", "uzemi=CZ064&oblast=O01", "uzemi=nic&rok=1995", "oblast=O99",
		"zobrazeni=mapa", "zobrazeni=roky&uzemi=CZ0642",
	} {
		s := parse(t, query)
		asked := s.query(facets)
		whole, cut := x.Search(asked), x.Search(s.narrowed(asked, places))
		for _, f := range facets {
			want := v.box(f, s, whole.Facets[f], whole.Distinct[f], false)
			have := v.box(f, s, cut.Facets[f], cut.Distinct[f], false)
			if fmt.Sprint(have) != fmt.Sprint(want) {
				t.Errorf("%q: %s\n%+v, want\n%+v", query, f, have, want)
			}
		}
		if s.View == viewList && len(cut.Facets[search.FacetImplementer]) >= len(whole.Facets[search.FacetImplementer]) && whole.Total > 1000 {
			t.Errorf("%q: nothing was cut", query)
		}
	}
}
