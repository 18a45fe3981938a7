// Package watching lets people be told what is new in a question, a territory,
// an organisation or a record: by letters, by a personal feed, and not any more
// by one click.
package watching

import (
	"embed"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
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
	speaker
}

// New makes the area and gives the application its words for letters.
func New(site *page.Site, ops *app.App) page.Area {
	a := &area{site, ops, speaker{site, ops}}
	ops.WatchBy(a.speaker)
	return page.Area{
		Name: "watching",
		Routes: []page.Route{
			// Who is not signed in is led to signing in and back.
			{Method: http.MethodGet, Pattern: route.Watches, Handle: a.list, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.WatchNew, Handle: a.ask, Right: atlas.RightRead},
			{Method: http.MethodPost, Pattern: route.WatchNew, Handle: a.begin, Right: atlas.RightAccount},
			{Method: http.MethodPost, Pattern: route.WatchChange, Handle: a.change, Right: atlas.RightAccount},
			{Method: http.MethodGet, Pattern: route.WatchNews, Handle: a.news, Right: atlas.RightRead},
			// Who knows the secret of the address needs no account.
			{Method: http.MethodGet, Pattern: route.WatchFeed, Handle: a.feed, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.WatchEnd, Handle: a.ending, Right: atlas.RightRead},
			{Method: http.MethodPost, Pattern: route.WatchEnd, Handle: a.end, Right: atlas.RightRead},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// kinds are what can be watched, as addresses name it.
var kinds = map[string]string{
	"hledani": store.WatchSearch, "uzemi": store.WatchTerritory, "organizace": store.WatchOrganisation, "zaznam": store.WatchRecord,
}

// toSignIn leads who is not signed in to signing in and back to an address. On an
// instance opened for editing there is nobody to sign in.
func (a *area) toSignIn(q *page.Request, back string) error {
	if a.site.Config.OpenEditing {
		p := &alonePage{q.Base(q.T("watching.title"))}
		p.NoIndex = true
		return q.Render(http.StatusOK, "watching/alone", p)
	}
	return q.Redirect(route.SigningIn(q.Lang, back))
}

// alonePage says that there are no accounts on an instance opened for editing.
type alonePage struct{ page.Base }
