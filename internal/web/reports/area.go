// Package reports shows regional reports (regionální zprávy): texts of editors
// between figures computed from the data, with editions that are published at a
// lasting address as a page, DOCX and tagged PDF.
package reports

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

type area struct {
	site *page.Site
	app  *app.App
}

// New makes the area.
func New(site *page.Site, ops *app.App) page.Area {
	a := &area{site, ops}
	return page.Area{
		Name: "reports",
		Routes: []page.Route{
			{Method: http.MethodGet, Pattern: route.RegionalReports, Handle: a.list, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.RegionalReportNew, Handle: a.create, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.RegionalReportNew, Handle: a.save, Right: atlas.RightPublish},
			{Method: http.MethodGet, Pattern: route.RegionalReport, Handle: a.show, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.RegionalReportEdit, Handle: a.edit, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.RegionalReportEdit, Handle: a.save, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.RegionalReportPublish, Handle: a.publish, Right: atlas.RightPublish},
			{Method: http.MethodGet, Pattern: route.RegionalReportEdition, Handle: a.edition, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.RegionalReportFile, Handle: a.file, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.RegionalReportDraft, Handle: a.draft, Right: atlas.RightPublish},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}
