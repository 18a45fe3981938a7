package members

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// showPage is who belongs to an organisation and who writes for it.
type showPage struct {
	page.Base
	Name, URLActor, URLJoin string
	Manages                 bool
	Members, Asked          []person
	Invited                 []invited
	Given, Had              []mandate // by the organisation, to it
	LastManager             bool      // the viewer is the only one who decides
	Successors              []person
	Invite, Mandate         form.Sheet
	MayTerritory            bool
	URLDecide, URLInvite    string
	URLWithdraw, URLGive    string
	URLEnd                  string
}

// person is somebody who belongs to an organisation or asks to.
type person struct {
	Account, Name, Email string // e-mail for those who decide only
	Note                 string
	Manager, Self        bool
	Blocked              bool
	At                   time.Time
}

// invited is an invitation that waits.
type invited struct {
	Email     string
	Manager   bool
	At, Until time.Time
}

// mandate is a mandate as its page says it.
type mandate struct {
	ID, Name, URL, Territory, Until string
	Holds, Ended                    bool
	Over                            string // the day it was taken back
}

// show answers the people of an organisation to its members and to
// administrators.
func (a *area) show(q *page.Request) error {
	r, err := a.organisation(q)
	if err != nil {
		return err
	}
	return a.render(q, r, http.StatusOK, typed.New(nil), typed.New(nil))
}

// render writes the page with what was typed into its two forms.
func (a *area) render(q *page.Request, r *atlas.Actor, status int, invite, give *typed.Form) error {
	manages := q.May(atlas.RightMembers, of(r))
	if !manages && !belongs(q.Viewer, r.ID) {
		return atlas.ErrForbidden
	}
	in := func(pattern string) string { return route.In(q.Lang, route.Fill(pattern, r.ID)) }
	p := &showPage{
		Base: a.frame(q, r, q.T("members.title")), Name: r.DisplayName(q.Lang), Manages: manages,
		URLActor: route.Actor(q.Lang, r.ID), URLJoin: in(route.MemberJoin), URLDecide: in(route.MemberDecide), URLInvite: in(route.MemberInvite),
		URLWithdraw: in(route.MemberWithdraw), URLGive: in(route.MandateGive), URLEnd: in(route.MandateEnd),
	}
	if err := a.people(q, r, p); err != nil {
		return err
	}
	if err := a.mandates(q, r, p); err != nil {
		return err
	}
	if manages {
		p.Invite = a.sheet(q, invite)
		p.Mandate = a.sheet(q, give)
		p.Mandate.ActorOptions = form.ActorOptions(a.app.ActorNames(q.Lang))
		p.MayTerritory = mayTerritory(q.Viewer)
	}
	return q.Render(status, "members/show", p)
}

// mayTerritory says whether a viewer could authorise for any territory at all.
func mayTerritory(v atlas.Viewer) bool {
	return v.Has(atlas.RoleTerritory) || v.Has(atlas.RoleAdmin) || v.Has(atlas.RoleMethodologist)
}

func (a *area) sheet(q *page.Request, f *typed.Form) form.Sheet {
	return form.New(f, "members", q.Lang, a.site.Words, a.app.Lists(), []string{"email", "actor", "until"})
}

// people fills in members, and for those who decide also who asks and who is
// invited.
func (a *area) people(q *page.Request, r *atlas.Actor, p *showPage) error {
	all, err := a.app.Reader().Members(q.Context(), r.ID)
	if err != nil {
		return err
	}
	accounts, err := a.accounts(q.Context(), all)
	if err != nil {
		return err
	}
	for _, m := range all {
		who := accounts[m.Account]
		if who == nil || who.State == atlas.AccountErased {
			continue
		}
		one := person{Account: m.Account, Name: who.Name, Note: m.Note, Manager: m.Manager, Self: m.Account == q.Viewer.Account,
			Blocked: who.State == atlas.AccountBlocked, At: m.At}
		if p.Manages {
			one.Email = who.Email
		}
		switch {
		case m.State == atlas.MemberActive:
			p.Members = append(p.Members, one)
		case m.State == atlas.MemberAsked && p.Manages:
			p.Asked = append(p.Asked, one)
		}
	}
	p.succession()
	if !p.Manages {
		return nil
	}
	open, err := a.app.Invitations(q.Context(), q.Viewer, r.ID)
	for _, i := range open {
		p.Invited = append(p.Invited, invited{Email: i.Email, Manager: i.Manager, At: i.At, Until: i.Until})
	}
	return err
}

// succession says whether the viewer is the last manager, and who could follow.
func (p *showPage) succession() {
	managers := 0
	for _, m := range p.Members {
		switch {
		case m.Manager && !m.Blocked:
			managers++
			p.LastManager = p.LastManager || m.Self
		case !m.Self && !m.Blocked:
			p.Successors = append(p.Successors, m)
		}
	}
	p.LastManager = p.LastManager && managers == 1
}

func (a *area) accounts(ctx context.Context, all []atlas.Membership) (map[string]*atlas.Account, error) {
	var ids []string
	for _, m := range all {
		ids = append(ids, m.Account)
	}
	found, err := a.app.Reader().AccountsByID(ctx, slices.Compact(slices.Sorted(slices.Values(ids))))
	byID := map[string]*atlas.Account{}
	for _, who := range found {
		byID[who.ID] = who
	}
	return byID, err
}

// decide does what a button beside a person says.
func (a *area) decide(q *page.Request) error {
	r, err := a.organisation(q)
	if err != nil {
		return err
	}
	if err := q.ReadForm(); err != nil {
		return err
	}
	f := q.PostForm
	account, ctx, v := f.Get("ucet"), q.Context(), q.Viewer
	said := map[string]string{"prijmout": "accepted", "odmitnout": "refused", "ukoncit": "ended", "odejit": "left",
		"spravce": "manager", "bez-spravce": "manager_no"}[f.Get("akce")]
	switch f.Get("akce") {
	case "prijmout":
		err = a.app.DecideMembership(ctx, v, r.ID, account, true, f.Get("spravuje") != "", letter(q, route.ActorShow, r.ID))
	case "odmitnout":
		err = a.app.DecideMembership(ctx, v, r.ID, account, false, false, letter(q, route.ActorShow, r.ID))
	case "ukoncit":
		err = a.app.EndMembership(ctx, v, r.ID, account, f.Get("nastupce"))
	case "odejit":
		err = a.app.EndMembership(ctx, v, r.ID, v.Account, f.Get("nastupce"))
	case "spravce":
		err = a.app.SetManager(ctx, v, r.ID, account, true)
	case "bez-spravce":
		err = a.app.SetManager(ctx, v, r.ID, account, false)
	default:
		return page.ErrBadRequest
	}
	back := route.MembersOf(q.Lang, r.ID)
	if f.Get("akce") == "odejit" && err == nil {
		back = route.Actor(q.Lang, r.ID)
	}
	return a.after(q, err, said, back)
}

// after says what became of a deed and goes on to a page.
func (a *area) after(q *page.Request, err error, said, back string) error {
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		q.Flash(page.FlashError, a.sheet(q, typed.New(nil)).Said(invalid.Problems[0].Key, invalid.Problems[0].Args))
	case errors.Is(err, app.ErrDecided):
		q.Flash(page.FlashWarning, q.T("members.decided"))
	case err != nil:
		return err
	default:
		q.Flash(page.FlashSuccess, q.T("members.done."+said))
	}
	return q.Redirect(back)
}
