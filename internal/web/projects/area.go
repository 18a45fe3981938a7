// Package projects is the projects database as people see it: the list with
// facets, the map, the years, one project, its form, the feed.
package projects

import (
	"embed"
	"io/fs"
	"net/http"

	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed messages/*.json
var messages embed.FS

// Templates are the pages of the area.
func Templates() page.Templates {
	return page.Templates{Area: "projects", Files: folder(templates, "templates")}
}

// Messages are the words of the area.
func Messages() fs.FS { return folder(messages, "messages") }

func folder(f fs.FS, dir string) fs.FS {
	s, err := fs.Sub(f, dir)
	if err != nil {
		panic(err) // the folder is embedded; only a typing error here can fail
	}
	return s
}

// area answers the requests of the area.
type area struct{ site *page.Site }

// Routes lists the addresses of the area.
func Routes(site *page.Site) []page.Route {
	a := &area{site: site}
	return []page.Route{
		{Method: http.MethodGet, Pattern: route.Projects, Handle: a.list},
		{Method: http.MethodGet, Pattern: route.ProjectsValues, Handle: a.values},
		{Method: http.MethodGet, Pattern: route.ProjectsSuggest, Handle: a.suggest, Raw: true},
		{Method: http.MethodGet, Pattern: route.ProjectsFeed, Handle: a.feed, Raw: true},
		{Method: http.MethodPost, Pattern: route.ProjectsViews, Handle: a.views},
		{Method: http.MethodGet, Pattern: route.ProjectNew, Handle: a.fresh, Write: true},
		{Method: http.MethodPost, Pattern: route.ProjectNew, Handle: a.save, Write: true},
		{Method: http.MethodGet, Pattern: route.ProjectShow, Handle: a.show},
		{Method: http.MethodGet, Pattern: route.ProjectEdit, Handle: a.edit, Write: true},
		{Method: http.MethodPost, Pattern: route.ProjectEdit, Handle: a.save, Write: true},
	}
}

// vocabulary names codes, places and actors in a language.
func (a *area) vocabulary(lang string) vocabulary {
	return vocabulary{
		lang: lang, lists: a.site.App.Lists(), places: a.site.App.Places(),
		actor: func(id string) string { return a.site.App.ActorName(id, lang) },
		word:  func(key string) string { return a.site.Words.T(lang, key) },
	}
}

func (a *area) words(lang string) words { return words{catalog: a.site.Words, lang: lang} }
