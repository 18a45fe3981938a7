// Package law shows the pages that the law asks of whoever runs an instance:
// contacts, accessibility, personal data, cookies, how to report content, and
// where to report faults of security. They say what the program does and who the
// configuration says the operator is.
package law

import (
	"embed"
	"net/http"

	"atlas"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed messages/*.json
var messages embed.FS

type area struct{ site *page.Site }

// New makes the area.
func New(site *page.Site) page.Area {
	a := &area{site}
	return page.Area{
		Name: "law",
		Routes: []page.Route{
			{Method: http.MethodGet, Pattern: route.Contact, Handle: a.contact, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.Accessibility, Handle: a.accessibility, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.Privacy, Handle: a.privacy, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.Cookies, Handle: a.cookies, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.Report, Handle: a.report, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.SecurityTxt, Handle: a.security, Right: atlas.RightRead, Machine: true},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}
