// Package evaluations shows evaluations of projects (hodnocení, 8.2): the list of
// published ones, the page of each by who looks, the sheets that people write, what
// waits for whom, and private self-checks. What may be read of an evaluation is
// decided by app.Judgement and nowhere here.
package evaluations

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
	get, post := http.MethodGet, http.MethodPost
	return page.Area{
		Name: "evaluations",
		Routes: []page.Route{
			{Method: get, Pattern: route.Evaluations, Handle: a.list, Right: atlas.RightRead},
			{Method: get, Pattern: route.EvaluationsRun, Handle: a.run, Right: atlas.RightAssign},
			{Method: get, Pattern: route.EvaluationsMine, Handle: a.mine, Right: atlas.RightAccount},
			{Method: get, Pattern: route.EvaluationNew, Handle: a.beginning, Right: atlas.RightAssign},
			{Method: post, Pattern: route.EvaluationNew, Handle: a.begin, Right: atlas.RightAssign},
			{Method: get, Pattern: route.EvaluationShow, Handle: a.show, Right: atlas.RightRead},
			{Method: post, Pattern: route.EvaluationManage, Handle: a.manage, Right: atlas.RightAssign},
			{Method: post, Pattern: route.EvaluationDecide, Handle: a.decide, Right: atlas.RightApprove},
			{Method: post, Pattern: route.EvaluationDeclare, Handle: a.declare, Right: atlas.RightEvaluate},
			{Method: get, Pattern: route.EvaluationSheet, Handle: a.sheet, Right: atlas.RightEvaluate},
			{Method: post, Pattern: route.EvaluationSheet, Handle: a.saveSheet, Right: atlas.RightEvaluate},
			{Method: get, Pattern: route.EvaluationSettle, Handle: a.settling, Right: atlas.RightAccount},
			{Method: post, Pattern: route.EvaluationSettle, Handle: a.settle, Right: atlas.RightAccount},
			{Method: get, Pattern: route.EvaluationSelf, Handle: a.self, Right: atlas.RightSelfCheck},
			{Method: post, Pattern: route.EvaluationSelf, Handle: a.saveSelf, Right: atlas.RightSelfCheck},
			{Method: post, Pattern: route.EvaluationReply, Handle: a.reply, Right: atlas.RightSelfCheck},
			{Method: get, Pattern: route.SelfChecks, Handle: a.checks, Right: atlas.RightSelfCheck},
			{Method: post, Pattern: route.SelfChecks, Handle: a.beginCheck, Right: atlas.RightSelfCheck},
			{Method: get, Pattern: route.SelfCheck, Handle: a.check, Right: atlas.RightSelfCheck},
			{Method: post, Pattern: route.SelfCheck, Handle: a.saveCheck, Right: atlas.RightSelfCheck},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}
