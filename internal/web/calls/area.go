// Package calls shows grant calls (dotační výzvy): the list with those that are
// open first, one call with the projects it gave money to, its form.
package calls

import (
	"embed"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
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
	site *page.Site
	app  *app.App
}

// New makes the area.
func New(site *page.Site, ops *app.App) page.Area {
	a := &area{site, ops}
	return page.Area{
		Name: "calls",
		Routes: append(dataset.Routes(dataset.Calls, a.export), []page.Route{
			{Method: http.MethodGet, Pattern: route.Calls, Handle: a.list, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.CallNew, Handle: a.create, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.CallNew, Handle: a.save, Right: atlas.RightPublish},
			{Method: http.MethodGet, Pattern: route.CallShow, Handle: a.show, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.CallEdit, Handle: a.edit, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.CallEdit, Handle: a.save, Right: atlas.RightPublish},
		}...),
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// teller names codes, actors and dates in the language of a request.
type teller struct {
	app   *app.App
	words *i18n.Catalog
	lang  string
}

func (a *area) teller(lang string) teller { return teller{a.app, a.site.Words, lang} }

func (t teller) T(key string, args ...any) string { return t.words.T(t.lang, key, args...) }

func (t teller) label(list, code string) string {
	if code == "" {
		return ""
	}
	return t.app.Lists().Label(list, code, t.lang)
}

func (t teller) date(d atlas.Date) string { return i18n.Date(t.lang, d) }

// link is a name that leads somewhere.
type link struct{ Text, URL string }

func (t teller) actor(id string) link {
	if id == "" {
		return link{}
	}
	return link{t.app.ActorName(id, t.lang), route.Actor(t.lang, id)}
}
