// Package imports takes lists of projects in: a file is uploaded, what it would
// do is shown row by row, and only then it is applied. Every batch stays to be
// seen.
package imports

import (
	"embed"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/blob"
	"atlas/internal/web/job"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed messages/*.json
var messages embed.FS

// uploadLimit is how many bytes an uploaded file may have.
const uploadLimit = 64 << 20

type area struct {
	site  *page.Site
	app   *app.App
	files *blob.Folder
	jobs  *job.Desk[made]
}

// New makes the area; originals are kept in files.
func New(site *page.Site, ops *app.App, files *blob.Folder) page.Area {
	a := &area{site: site, app: ops, files: files, jobs: job.NewDesk[made](nil)}
	return page.Area{
		Name: "imports",
		Routes: []page.Route{
			{Method: http.MethodGet, Pattern: route.Imports, Handle: a.index, Right: atlas.RightRead},
			{Method: http.MethodPost, Pattern: route.Imports, Handle: a.upload, Right: atlas.RightPublish, Upload: uploadLimit + 1<<20, Long: true},
			{Method: http.MethodGet, Pattern: route.ImportPreview, Handle: a.preview, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.ImportPreview, Handle: a.apply, Right: atlas.RightPublish},
			{Method: http.MethodGet, Pattern: route.ImportShow, Handle: a.show, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.ImportUndo, Handle: a.undoing, Right: atlas.RightPublish, Long: true},
			{Method: http.MethodPost, Pattern: route.ImportUndo, Handle: a.undo, Right: atlas.RightPublish, Long: true},
			{Method: http.MethodGet, Pattern: route.ImportFile, Handle: a.original, Right: atlas.RightPublish, Long: true},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}
