// Package opendata gives the database to programs: an interface that reads, its
// OpenAPI document, the catalogue of data sets, and the page that explains them
// to people.
package opendata

import (
	"cmp"
	"embed"
	"maps"
	"net/http"
	"slices"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed messages/*.json
var messages embed.FS

// licence of the data: CC BY 4.0.
const licence = "https://creativecommons.org/licenses/by/4.0/"

type area struct {
	site          *page.Site
	app           *app.App
	actors        *directory
	endpoints     []endpoint
	specification []byte // without the address of the instance
}

// New makes the area.
func New(site *page.Site, ops *app.App) (page.Area, error) {
	a := &area{site: site, app: ops, actors: &directory{app: ops}}
	a.endpoints = a.all()
	var err error
	if a.specification, err = encode(a.openAPI()); err != nil {
		return page.Area{}, err
	}
	return page.Area{
		Name: "opendata", Routes: a.routes(),
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}, nil
}

func (a *area) routes() []page.Route {
	routes := []page.Route{
		{Method: http.MethodGet, Pattern: route.Guide, Handle: a.guide, Right: atlas.RightRead},
		{Method: http.MethodGet, Pattern: route.APISpecification, Handle: a.document, Right: atlas.RightRead, Machine: true},
		{Method: http.MethodGet, Pattern: route.Catalogue, Handle: a.catalogue, Right: atlas.RightRead, Machine: true},
		{Method: http.MethodGet, Pattern: route.CatalogueDataset, Handle: a.catalogueDataset, Right: atlas.RightRead, Machine: true},
	}
	for _, e := range a.endpoints {
		routes = append(routes, page.Route{Method: http.MethodGet, Pattern: e.pattern, Handle: a.handler(e), Right: atlas.RightDownload, Machine: true})
	}
	return routes
}

// filler fills the shapes of one answer.
func (a *area) filler(q *page.Request) filler {
	return filler{app: a.app, lists: a.app.Lists(), places: a.app.Places(), words: a.site.Words, origin: q.Origin()}
}

// all lists the endpoints in the order of the documents.
func (a *area) all() []endpoint {
	return slices.Concat([]endpoint{{
		pattern: route.API, id: "start", summary: "Way in: addresses, licence, number of the last change", shape: Start{}, read: a.start,
	}}, a.projectEndpoints(), a.actorEndpoints(), a.callEndpoints(), a.needEndpoints(), a.practiceEndpoints(), a.evaluationEndpoints(), a.transferEndpoints(), a.listEndpoints(), a.territoryEndpoints(), a.statisticEndpoints())
}

func (a *area) start(q *asked) (any, error) {
	seq, err := a.app.Reader().LastChange(q.Context())
	return Start{
		Version: "1", Licence: licence, Documentation: q.origin + route.Guide, Specification: q.origin + route.APISpecification,
		Catalogue: q.origin + route.Catalogue, Operator: cmp.Or(a.site.Config.OperatorName, "Atlas integrace"),
		Projects: a.app.Index().Len(), LastChange: seq,
	}, err
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
