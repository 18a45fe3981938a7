// Package actors is the directory of organisations as people see it: the list,
// one actor with its projects, its form, suggestions while typing.
package actors

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
	site      *page.Site
	app       *app.App
	directory *directory
}

// New makes the area.
func New(site *page.Site, ops *app.App) page.Area {
	a := &area{site: site, app: ops, directory: &directory{app: ops}}
	return page.Area{
		Name: "actors", Routes: a.routes(),
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

func (a *area) routes() []page.Route {
	return append(dataset.Routes(dataset.Actors, a.export), []page.Route{
		{Method: http.MethodGet, Pattern: route.Actors, Handle: a.list, Right: atlas.RightRead},
		{Method: http.MethodGet, Pattern: route.ActorsSuggest, Handle: a.suggest, Right: atlas.RightRead},
		{Method: http.MethodGet, Pattern: route.ActorNew, Handle: a.create, Right: atlas.RightPropose},
		{Method: http.MethodPost, Pattern: route.ActorNew, Handle: a.save, Right: atlas.RightPropose},
		{Method: http.MethodGet, Pattern: route.ActorShow, Handle: a.show, Right: atlas.RightRead},
		{Method: http.MethodGet, Pattern: route.ActorEdit, Handle: a.edit, Right: atlas.RightEdit},
		{Method: http.MethodPost, Pattern: route.ActorEdit, Handle: a.save, Right: atlas.RightEdit},
		{Method: http.MethodGet, Pattern: route.ActorCorrect, Handle: a.correcting, Right: atlas.RightPropose},
		{Method: http.MethodPost, Pattern: route.ActorCorrect, Handle: a.correct, Right: atlas.RightPropose},
	}...)
}

// read reads an actor that the viewer may see. A draft does not exist for
// readers.
func (a *area) read(q *page.Request, id string) (*atlas.Actor, error) {
	r, err := a.app.Reader().Actor(q.Context(), id)
	if err != nil {
		return nil, err
	}
	if !q.May(atlas.RightRead, r.Subject()) {
		return nil, atlas.ErrNotFound
	}
	return r, nil
}

// teller names codes, places, actors and dates in the language of a request.
type teller struct {
	app   *app.App
	words *i18n.Catalog
	lang  string
}

func (a *area) teller(lang string) teller { return teller{a.app, a.site.Words, lang} }

func (t teller) T(key string, args ...any) string { return t.words.T(t.lang, key, args...) }

func (t teller) label(list, code string) string { return t.app.Lists().Label(list, code, t.lang) }

func (t teller) place(code string) string {
	if code == "CZ" {
		return t.T("actors.whole_country")
	}
	return t.app.Places().Label(code)
}

// link is a name that leads somewhere.
type link struct{ Text, URL string }

func (t teller) actor(id string) link {
	if id == "" {
		return link{}
	}
	return link{t.app.ActorName(id, t.lang), route.Actor(t.lang, id)}
}
