// Package members is who belongs to an organisation: who asks, who is invited,
// who decides, and which organisations may write for it (pověření, U-14).
package members

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
		Name: "members",
		Routes: []page.Route{
			{Method: get, Pattern: route.Members, Handle: a.show, Right: atlas.RightAccount},
			{Method: get, Pattern: route.MemberJoin, Handle: a.join, Right: atlas.RightAccount},
			{Method: post, Pattern: route.MemberJoin, Handle: a.ask, Right: atlas.RightAccount},
			{Method: post, Pattern: route.MemberDecide, Handle: a.decide, Right: atlas.RightAccount},
			{Method: post, Pattern: route.MemberInvite, Handle: a.invite, Right: atlas.RightMembers},
			{Method: post, Pattern: route.MemberWithdraw, Handle: a.withdraw, Right: atlas.RightMembers},
			{Method: post, Pattern: route.MandateGive, Handle: a.giveMandate, Right: atlas.RightMembers},
			{Method: post, Pattern: route.MandateEnd, Handle: a.endMandate, Right: atlas.RightMembers},
			{Method: get, Pattern: route.Invitation, Handle: a.invitation, Right: atlas.RightRead},
			{Method: post, Pattern: route.Invitation, Handle: a.accept, Right: atlas.RightRead},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// organisation reads the organisation of a page: published, and not a group of
// organisations.
func (a *area) organisation(q *page.Request) (*atlas.Actor, error) {
	r, err := a.app.Reader().Actor(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if r.Generic || !r.Public() {
		return nil, atlas.ErrNotFound
	}
	return r, nil
}

func of(r *atlas.Actor) atlas.Subject { return atlas.Subject{Organisations: []string{r.ID}} }

// belongs says whether who asks is a member of an organisation.
func belongs(v atlas.Viewer, actor string) bool {
	for _, m := range v.Memberships {
		if m.Actor == actor {
			return true
		}
	}
	return false
}

// frame is the frame of a page about an organisation.
func (a *area) frame(q *page.Request, r *atlas.Actor, title string) page.Base {
	b := q.Base(title)
	b.Nav, b.NoIndex, b.Query = route.Actors, true, nil
	b.Breadcrumb = []page.Link{
		{URL: route.In(q.Lang, route.Actors), Text: q.T("actors.title")},
		{URL: route.Actor(q.Lang, r.ID), Text: r.DisplayName(q.Lang)},
	}
	return b
}

// letter makes the absolute address of a page about an organisation, for a
// letter in any language.
func letter(q *page.Request, pattern, actor string) app.PageLink {
	return func(lang string) string { return q.Root() + route.In(lang, route.Fill(pattern, actor)) }
}
