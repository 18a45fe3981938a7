package members

import (
	"errors"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// invite sends an invitation by e-mail.
func (a *area) invite(q *page.Request) error {
	r, err := a.organisation(q)
	if err != nil {
		return err
	}
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	in := app.Invite{Actor: r.ID, Email: f.Text("email"), Lang: q.Lang, Manager: f.Get("manager") != ""}
	err = a.app.InviteMember(q.Context(), q.Viewer, in, func(lang, secret string) string { return q.Root() + route.InvitationBy(lang, secret) })
	if a.failed(f, err) {
		return a.render(q, r, http.StatusUnprocessableEntity, f, typed.New(nil))
	}
	return a.after(q, err, "invited", route.MembersOf(q.Lang, r.ID))
}

// failed takes what is wrong over to the form that it was typed into.
func (a *area) failed(f *typed.Form, err error) bool {
	var invalid *atlas.InvalidError
	if !errors.As(err, &invalid) {
		return false
	}
	for _, p := range invalid.Problems {
		f.Fail(p.Field, p.Key, p.Args)
	}
	return true
}

// withdraw takes an invitation back.
func (a *area) withdraw(q *page.Request) error {
	r, err := a.organisation(q)
	if err != nil {
		return err
	}
	if err := q.ReadForm(); err != nil {
		return err
	}
	err = a.app.WithdrawInvitation(q.Context(), q.Viewer, r.ID, q.PostForm.Get("email"))
	return a.after(q, err, "withdrawn", route.MembersOf(q.Lang, r.ID))
}

// joinPage is where somebody asks to join an organisation, or answers its
// invitation.
type joinPage struct {
	page.Base
	form.Sheet
	Name, URLSave, URLActor string
	State                   string // of their membership, ""
}

// join answers the page of asking to join.
func (a *area) join(q *page.Request) error {
	r, err := a.organisation(q)
	if err != nil {
		return err
	}
	return a.renderJoin(q, r, http.StatusOK, typed.New(nil))
}

func (a *area) renderJoin(q *page.Request, r *atlas.Actor, status int, f *typed.Form) error {
	if !q.Viewer.SignedIn() {
		return atlas.ErrForbidden
	}
	m, err := a.app.Reader().Membership(q.Context(), q.Viewer.Account, r.ID)
	if err != nil && !errors.Is(err, atlas.ErrNotFound) {
		return err
	}
	s := form.New(f, "members", q.Lang, a.site.Words, a.app.Lists(), []string{"note"})
	return q.Render(status, "members/join", &joinPage{
		Base: a.frame(q, r, q.T("members.join.title")), Sheet: s, Name: r.DisplayName(q.Lang), State: m.State,
		URLSave: route.Joining(q.Lang, r.ID), URLActor: route.Actor(q.Lang, r.ID),
	})
}

// ask takes the request, or the answer to an invitation.
func (a *area) ask(q *page.Request) error {
	r, err := a.organisation(q)
	if err != nil {
		return err
	}
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	said := "asked"
	switch f.Get("akce") {
	case "prijmout":
		said, err = "joined", a.app.AnswerInvitation(q.Context(), q.Viewer, r.ID, true)
	case "odmitnout":
		said, err = "declined", a.app.AnswerInvitation(q.Context(), q.Viewer, r.ID, false)
	case "stahnout":
		said, err = "taken_back", a.app.EndMembership(q.Context(), q.Viewer, r.ID, q.Viewer.Account, "")
	default:
		err = a.app.AskToJoin(q.Context(), q.Viewer, r.ID, f.Get("note"), letter(q, route.Members, r.ID))
		if a.failed(f, err) {
			return a.renderJoin(q, r, http.StatusUnprocessableEntity, f)
		}
	}
	return a.after(q, err, said, route.Joining(q.Lang, r.ID))
}
