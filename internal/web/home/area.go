// Package home is the way in: the first page, what the database is, and the
// choice of look.
package home

import (
	"embed"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/chart"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed messages/*.json
var messages embed.FS

type area struct {
	site     *page.Site
	app      *app.App
	outlines func() []chart.Outline
}

// New makes the area; outlines gives the borders of kraje for the map.
func New(site *page.Site, ops *app.App, outlines func() []chart.Outline) page.Area {
	a := &area{site, ops, outlines}
	return page.Area{
		Name: "home",
		Routes: []page.Route{
			{Method: http.MethodGet, Pattern: route.Home, Handle: a.home, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.About, Handle: a.about, Right: atlas.RightRead},
			{Method: http.MethodPost, Pattern: route.Theme, Handle: theme, Right: atlas.RightRead},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// theme keeps the chosen look and goes back to the page it was chosen on.
func theme(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	q.SetTheme(q.PostForm.Get("vzhled"))
	back := q.PostForm.Get("zpet")
	if !route.Own(back) {
		back = route.In(q.Lang, route.Home)
	}
	return q.Redirect(back)
}
