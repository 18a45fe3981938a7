// Package projects is the projects database as people see it: the list with
// facets, the map, the years, one project, its form, the feed.
package projects

import (
	"embed"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/chart"
	"atlas/internal/web/dataset"
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
	stand    *app.Stand // the day that the list is asked of; nil = now
}

// New makes the area. outlines gives the borders of kraje that maps are drawn
// from; without any the pages show only the tables.
func New(site *page.Site, ops *app.App, outlines func() []chart.Outline) page.Area {
	if outlines == nil {
		outlines = func() []chart.Outline { return nil }
	}
	a := &area{site: site, app: ops, outlines: outlines}
	return page.Area{
		Name: "projects", Routes: a.routes(),
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

func (a *area) routes() []page.Route {
	parts := append(dataset.Routes(dataset.Funding, a.exportFunding), dataset.Routes(dataset.Indicators, a.exportIndicators)...)
	return append(parts, []page.Route{
		{Method: http.MethodGet, Pattern: route.Projects, Handle: a.list, Right: atlas.RightRead},
		{Method: http.MethodGet, Pattern: route.ProjectsValues, Handle: a.values, Right: atlas.RightRead},
		{Method: http.MethodGet, Pattern: route.ProjectsAsOf, Handle: a.asOf((*area).list), Right: atlas.RightRead},
		{Method: http.MethodGet, Pattern: route.ValuesAsOf, Handle: a.asOf((*area).values), Right: atlas.RightRead},
		{Method: http.MethodGet, Pattern: route.ExportAsOf, Handle: a.asOf((*area).exportTable), Right: atlas.RightDownload, Long: true},
		{Method: http.MethodGet, Pattern: route.ProjectsSuggest, Handle: a.suggest, Right: atlas.RightRead},
		{Method: http.MethodGet, Pattern: route.ProjectsFeed, Handle: a.feed, Right: atlas.RightDownload},
		{Method: http.MethodGet, Pattern: route.ProjectsExport, Handle: a.export, Right: atlas.RightDownload, Long: true},
		{Method: http.MethodPost, Pattern: route.ProjectsViews, Handle: a.saveView, Right: atlas.RightRead},
		{Method: http.MethodGet, Pattern: route.ProjectsTwins, Handle: a.twins, Right: atlas.RightPublish, Long: true},
		{Method: http.MethodPost, Pattern: route.ProjectsTwins, Handle: a.decide, Right: atlas.RightPublish},
		{Method: http.MethodGet, Pattern: route.ProjectsMerge, Handle: a.merging, Right: atlas.RightPublish},
		{Method: http.MethodPost, Pattern: route.ProjectsMerge, Handle: a.merge, Right: atlas.RightPublish},
		{Method: http.MethodGet, Pattern: route.ProjectsUnmerge, Handle: a.unmerging, Right: atlas.RightPublish},
		{Method: http.MethodPost, Pattern: route.ProjectsUnmerge, Handle: a.unmerge, Right: atlas.RightPublish},
		{Method: http.MethodGet, Pattern: route.ProjectNew, Handle: a.edit, Right: atlas.RightPropose},
		{Method: http.MethodPost, Pattern: route.ProjectNew, Handle: a.save, Right: atlas.RightPropose},
		{Method: http.MethodGet, Pattern: route.ProjectShow, Handle: a.show, Right: atlas.RightRead},
		{Method: http.MethodGet, Pattern: route.ProjectEdit, Handle: a.edit, Right: atlas.RightEdit},
		{Method: http.MethodPost, Pattern: route.ProjectEdit, Handle: a.save, Right: atlas.RightEdit},
		{Method: http.MethodGet, Pattern: route.ProjectCorrect, Handle: a.correcting, Right: atlas.RightPropose},
		{Method: http.MethodPost, Pattern: route.ProjectCorrect, Handle: a.correct, Right: atlas.RightPropose},
	}...)
}

// vocabulary names codes, places and actors in a language.
func (a *area) vocabulary(lang string) vocabulary {
	return vocabulary{
		lang: lang, lists: a.app.Lists(), places: a.app.Places(),
		actor: func(id string) string { return a.actorName(id, lang) },
		band:  func(code string) string { return a.app.BandWords(code, lang) },
		word:  func(key string) string { return a.site.Words.T(lang, key) },
	}
}

func (a *area) words(lang string) words { return words{catalog: a.site.Words, lang: lang} }
