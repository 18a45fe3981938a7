// Package contributions is where people see what they proposed and editors decide
// about it: started forms, proposals and their state, notes between both sides,
// the queue.
package contributions

import (
	"embed"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/wording"
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
		Name: "contributions", Routes: a.routes(),
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

func (a *area) routes() []page.Route {
	return []page.Route{
		{Method: http.MethodGet, Pattern: route.Contributions, Handle: a.mine, Right: atlas.RightPropose},
		{Method: http.MethodGet, Pattern: route.Contribution, Handle: a.one, Right: atlas.RightPropose},
		{Method: http.MethodPost, Pattern: route.ContributionNote, Handle: a.note, Right: atlas.RightPropose},
		{Method: http.MethodPost, Pattern: route.ContributionSend, Handle: a.send, Right: atlas.RightPropose},
		{Method: http.MethodPost, Pattern: route.ContributionWithdraw, Handle: a.withdraw, Right: atlas.RightPropose},
		{Method: http.MethodPost, Pattern: route.Drafts, Handle: a.keep, Right: atlas.RightPropose},
		{Method: http.MethodPost, Pattern: route.DraftsDrop, Handle: a.drop, Right: atlas.RightPropose},
		{Method: http.MethodGet, Pattern: route.Queue, Handle: a.queue, Right: atlas.RightPublish},
		{Method: http.MethodPost, Pattern: route.Queue, Handle: a.decideMany, Right: atlas.RightPublish},
		{Method: http.MethodGet, Pattern: route.QueueOne, Handle: a.judge, Right: atlas.RightPublish},
		{Method: http.MethodPost, Pattern: route.QueueOne, Handle: a.decide, Right: atlas.RightPublish},
		{Method: http.MethodGet, Pattern: route.Review, Handle: a.review, Right: atlas.RightPublish},
		{Method: http.MethodPost, Pattern: route.ReviewUndo, Handle: a.undo, Right: atlas.RightPublish},
	}
}

// teller writes values of records in the language of a request.
func (a *area) teller(lang string) wording.Teller {
	return wording.Teller{
		Lang: lang, Words: a.site.Words, Lists: a.app.Lists(), Place: a.app.Places().Label,
		Actor: func(id string) string { return a.app.ActorName(id, lang) },
	}
}

// record is the address of the page of a record.
func record(lang, kind, id string) string {
	switch kind {
	case atlas.KindActor:
		return route.Actor(lang, id)
	case atlas.KindNeed:
		return route.Need(lang, id)
	case atlas.KindPractice:
		return route.Practice(lang, id)
	case atlas.KindReplication:
		return route.Transfer(lang, id)
	}
	return route.Project(lang, id)
}

// editing is the address of the form of a record.
func editing(lang, kind, id string) string {
	switch kind {
	case atlas.KindActor:
		return route.ActorEditing(lang, id)
	case atlas.KindNeed:
		return route.NeedEditing(lang, id)
	case atlas.KindPractice:
		return route.PracticeEditing(lang, id)
	case atlas.KindReplication:
		return route.TransferEditing(lang, id)
	}
	return route.ProjectEditing(lang, id)
}

// correcting is the address of the form of a correction that is gone on with.
func correcting(lang, kind, id, proposal string) string {
	address := route.ProjectCorrecting(lang, id)
	if kind == atlas.KindActor {
		address = route.ActorCorrecting(lang, id)
	}
	return route.WithQuery(address, route.ParamProposal+"="+proposal)
}
