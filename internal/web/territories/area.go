// Package territories shows the country by its territories: the tree from kraj
// to městská část, "my municipality", and what is known of projects in one
// place beside the wider ones it lies in.
package territories

import (
	"embed"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/web/chart"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed messages/*.json
var messages embed.FS

// area answers the requests of the area.
type area struct {
	site     *page.Site
	app      *app.App
	outlines func() []chart.Outline
}

// New makes the area. outlines gives the borders of kraje that maps are drawn
// from; without any the pages show only the tables.
func New(site *page.Site, ops *app.App, outlines func() []chart.Outline) page.Area {
	a := &area{site, ops, outlines}
	return page.Area{
		Name: "territories",
		Routes: []page.Route{
			{Method: http.MethodGet, Pattern: route.Territories, Handle: a.index, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.PlacesSuggest, Handle: a.suggest, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.TerritoryShow, Handle: a.show, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.TerritoryEmbed, Handle: a.embed, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.TerritoryCompare, Handle: a.compare, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.TerritoryCompareCSV, Handle: a.compareCSV, Right: atlas.RightDownload},
			{Method: http.MethodGet, Pattern: route.TerritoryChart, Handle: a.chart, Right: atlas.RightDownload},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// teller counts projects and names things in the language of a request.
type teller struct {
	app   *app.App
	words *i18n.Catalog
	lang  string
}

func (a *area) teller(lang string) teller { return teller{a.app, a.site.Words, lang} }

func (t teller) T(key string, args ...any) string { return t.words.T(t.lang, key, args...) }

func (t teller) projects(n int) string { return t.words.N(t.lang, "territories.projects", int64(n)) }

func (t teller) number(n int) string { return i18n.Number(t.lang, int64(n)) }

// line is one territory with the number of projects in it and in all that lies
// in it. Count is 0 where none is known.
type line struct {
	Code, Name, URL string
	Level           string
	Count           int
}

func (t teller) line(place atlas.Territory, counts map[string]int) line {
	return line{
		Code: place.Code, Name: t.app.Places().Label(place.Code), URL: route.Territory(t.lang, place.Code),
		Level: t.T("territories.level." + string(place.Level)), Count: counts[place.Code],
	}
}

func (t teller) lines(places []atlas.Territory, counts map[string]int) []line {
	var out []line
	for _, place := range places {
		out = append(out, t.line(place, counts))
	}
	return out
}

// tally makes the counts of a facet by value.
func tally(r search.Result, f search.Facet) map[string]int {
	out := map[string]int{}
	for _, c := range r.Facets[f] {
		out[c.Value] = c.Count
	}
	return out
}

// suggest answers the options of a field that takes a territory: its name with
// the code in brackets, so that a name of more places is told apart.
func (a *area) suggest(q *page.Request) error {
	var out []string
	for _, place := range a.app.Places().Prefix(q.Param(paramText), mostSuggested) {
		out = append(out, form.Coded(a.app.Places().Label(place.Code), place.Code))
	}
	return q.RenderPart("territories/index", "suggestions", out)
}

// mostSuggested is how many territories are suggested while a person types.
const mostSuggested = 12
