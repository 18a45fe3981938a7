// Package protocol shows the audit log (protokol) to administrators and verifies
// that nothing of it was changed.
package protocol

import (
	"embed"
	"net/http"

	"atlas"
	"atlas/internal/app"
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
		Name: "protocol",
		Routes: []page.Route{
			{Method: http.MethodGet, Pattern: route.Log, Handle: a.list, Right: atlas.RightUsers},
			{Method: http.MethodPost, Pattern: route.LogVerify, Handle: a.verify, Right: atlas.RightUsers},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}
