// Package history shows what was: the versions of a record, what changed between
// two of them, a record and the lists of
// actors and calls as they stood on a day; it restores an older version.
package history

import (
	"cmp"
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
	site  *page.Site
	app   *app.App
	rolls rolls
}

// kind is a kind of records that have a history.
type kind struct {
	route.History
	name        string      // atlas.KindProject
	area        string      // whose messages name its fields: "projects"
	list        string      // pattern of the section
	asOfPattern string      // "" where a record cannot be read as of a day
	listAsOf    string      // pattern; "" where another area answers it
	right       atlas.Right // to read its versions; "" is that of reading
	stays       bool        // no version is restored: what was published of it never changes
}

var kinds = []kind{
	{route.ProjectHistories(), atlas.KindProject, "projects", route.Projects, route.ProjectAsOf, "", "", false},
	{route.ActorHistories(), atlas.KindActor, "actors", route.Actors, route.ActorAsOf, route.ActorsAsOf, "", false},
	{route.CallHistories(), atlas.KindCall, "calls", route.Calls, route.CallAsOf, route.CallsAsOf, "", false},
	{route.NeedHistories(), atlas.KindNeed, "needs", route.Needs, route.NeedAsOf, "", "", false},
	{route.PracticeHistories(), atlas.KindPractice, "practices", route.Practices, route.PracticeAsOf, "", "", false},
	{route.ExtentHistories(), atlas.KindExtent, "extents", route.Extents, route.ExtentAsOf, "", "", false},
	{route.TransferHistories(), atlas.KindReplication, "transfers", route.Transfers, "", "", "", false},
	{route.ReportHistories(), atlas.KindReport, "reports", route.RegionalReports, "", "", atlas.RightPublish, false}, // for readers there are editions
	{route.RubricHistories(), atlas.KindRubric, "rubrics", route.Rubrics, "", "", "", true},
	{route.RoundHistories(), atlas.KindRound, "rounds", route.Rounds, "", "", atlas.RightAssign, true},
}

// New makes the area.
func New(site *page.Site, ops *app.App) page.Area {
	a := &area{site: site, app: ops}
	out := page.Area{Name: "history", Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages")}
	for _, k := range kinds {
		of := func(answer func(*page.Request, kind) error) page.Handler {
			return func(q *page.Request) error { return answer(q, k) }
		}
		out.Routes = append(out.Routes, []page.Route{
			{Method: http.MethodGet, Pattern: k.List, Handle: of(a.versions), Right: cmp.Or(k.right, atlas.RightRead)},
			{Method: http.MethodGet, Pattern: k.Compare, Handle: of(a.compare), Right: cmp.Or(k.right, atlas.RightRead)},
		}...)
		if !k.stays {
			out.Routes = append(out.Routes, page.Route{Method: http.MethodPost, Pattern: k.List, Handle: of(a.restore), Right: cmp.Or(k.right, atlas.RightEdit)})
		}
		if k.asOfPattern != "" {
			out.Routes = append(out.Routes, page.Route{Method: http.MethodGet, Pattern: k.asOfPattern, Handle: of(a.asOf), Right: atlas.RightRead})
		}
		if k.listAsOf != "" {
			out.Routes = append(out.Routes, page.Route{Method: http.MethodGet, Pattern: k.listAsOf, Handle: of(a.listAsOf), Right: atlas.RightRead})
		}
	}
	return out
}
