package opendata

import (
	"slices"
	"strings"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// Parameters of the list of territories.
const (
	paramLevel  = "uroven"
	paramWithin = "lezi_v"
)

// levels of the territorial order from the widest.
var levels = []atlas.Level{
	atlas.LevelCountry, atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelORP, atlas.LevelMunicipality, atlas.LevelCityDistrict,
}

func (a *area) listEndpoints() []endpoint {
	return []endpoint{
		{pattern: route.APILists, id: "lists", summary: "Code lists", params: pages, shape: ListPage{}, read: a.lists},
		{pattern: route.APIList, id: "list", summary: "One code list with its items, by its number or its name in addresses", shape: List{}, read: a.list},
	}
}

func (a *area) territoryEndpoints() []endpoint {
	asked := []parameter{
		{name: question.ParamText, doc: "Beginnings of words of the name", example: "karlovy"},
		{name: paramLevel, doc: "Level", oneOf: list(levels, func(l atlas.Level) string { return string(l) }), example: "kraj"},
		{name: paramWithin, doc: "Code of the territory it lies in", example: "CZ041"},
	}
	return []endpoint{
		{pattern: route.APITerritories, id: "territories", summary: "Territories in Czech order of their names", params: slices.Concat(asked, pages), shape: TerritoryPage{}, read: a.territories},
		{pattern: route.APITerritory, id: "territory", summary: "One territory", shape: Territory{}, read: a.territory},
	}
}

func (a *area) lists(q *asked) (any, error) {
	all, c := q.filler.lists.All(), q.cut()
	return ListPage{
		Paging: q.paging(len(all), c, nil, nil),
		Items:  list(of(c, all), func(l atlas.List) ListHead { return q.listHead(&l) }),
	}, nil
}

func (a *area) list(q *asked) (any, error) {
	l, ok := q.filler.lists.List(q.PathValue("code"))
	if !ok {
		return nil, atlas.ErrNotFound
	}
	return List{ListHead: q.listHead(l), Items: list(l.Items, item)}, nil
}

// territories answers one page, from memory.
func (a *area) territories(q *asked) (any, error) {
	text, level, within := words(q.text(question.ParamText)), q.text(paramLevel), q.text(paramWithin)
	notes := []Note{}
	if _, ok := q.places.Get(within); within != "" && !ok {
		notes = append(notes, q.unknownCode(paramWithin, within))
	}
	var found []atlas.Territory
	for _, t := range q.places.All() {
		lies := within == "" || within == "CZ" && t.Level != atlas.LevelCountry || slices.Contains(t.Parents(), within)
		if lies && (level == "" || string(t.Level) == level) && (len(text) == 0 || begins(" "+strings.Join(words(t.Name), " "), text)) {
			found = append(found, t)
		}
	}
	c := q.cut()
	page := of(c, found)
	projects := a.projectsIn(list(page, func(t atlas.Territory) string { return t.Code }))
	return TerritoryPage{
		Paging: q.paging(len(found), c, q.given(question.ParamText, paramLevel, paramWithin), notes),
		Items:  list(page, func(t atlas.Territory) Territory { return q.filler.territory(t, projects[t.Code]) }),
	}, nil
}

func (a *area) territory(q *asked) (any, error) {
	t, ok := q.places.Get(q.PathValue("code"))
	if !ok {
		return nil, atlas.ErrNotFound
	}
	return q.filler.territory(t, a.projectsIn([]string{t.Code})[t.Code]), nil
}

// projectsIn counts the published projects in territories. The country has
// those of all its kraje, whom the index keeps apart from those of the whole
// country.
func (a *area) projectsIn(codes []string) map[string]int {
	const country = "CZ"
	out := a.count(search.FacetTerritory, codes)
	if slices.Contains(codes, country) {
		anywhere := []string{country}
		for _, t := range a.app.Places().Children(country, atlas.LevelRegion) {
			anywhere = append(anywhere, t.Code)
		}
		out[country] = a.app.Index().Search(search.Query{Filters: map[search.Facet][]string{search.FacetTerritory: anywhere}}).Total
	}
	return out
}
