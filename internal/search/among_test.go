package search

import (
	"slices"
	"testing"
)

func TestAmongGivesOfSomeDocumentsThoseThatASearchFinds(t *testing.T) {
	x := titled("Kurz češtiny", "Dílna", "Kurzy pro rodiče", "Kurz vaření", "Tlumočení")
	x.Put(Document{ID: "D5", Title: "Kurz v kraji", Texts: map[Field]string{FieldTitle: "Kurz v kraji"}, Facets: map[Facet][]string{FacetTerritory: {"CZ051"}}})
	x.Delete("D3")
	all := []string{"D5", "D4", "D3", "D2", "D1", "D0", "D9", ""}
	for _, c := range []struct {
		q    Query
		ids  []string
		want []string
	}{
		{Query{Text: "kurz"}, all, []string{"D5", "D2", "D0"}},
		{Query{Text: "kurz", Limit: 1, Sort: SortTitle}, all, []string{"D5", "D2", "D0"}},
		{Query{Filters: map[Facet][]string{FacetTerritory: {"CZ051"}}}, all, []string{"D5"}},
		{Query{Filters: map[Facet][]string{FacetTerritory: {"CZ010"}}}, all, nil},
		{Query{}, []string{"D1", "D1"}, []string{"D1", "D1"}},
		{Query{Text: "kurz -rodič"}, []string{"D2"}, nil},
		{Query{}, nil, nil},
	} {
		if got := x.Among(c.q, c.ids); !slices.Equal(got, c.want) {
			t.Errorf("%+v among %q gives %q, want %q", c.q, c.ids, got, c.want)
		}
	}
	if got := New(Options{}).Among(Query{Text: "kurz"}, all); len(got) != 0 {
		t.Errorf("of an empty index %q", got)
	}
}
