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

// invitationPage is an invitation opened from a letter.
type invitationPage struct {
	page.Base
	form.Sheet
	Name, Email, URLSave string
	Over                 bool // it was used, taken back or has expired
	SignIn               bool // the address has an account, to which nobody is signed in
	Other                bool // somebody else is signed in
	New                  bool // an account is founded
	URLSignIn            string
}

// invitation shows an invitation; opening it uses nothing up, as programs that
// read letters open every link.
func (a *area) invitation(q *page.Request) error {
	return a.renderInvitation(q, http.StatusOK, typed.New(nil))
}

func (a *area) renderInvitation(q *page.Request, status int, f *typed.Form) error {
	secret := q.PathValue("secret")
	in, err := a.app.Invitation(q.Context(), secret)
	over := errors.Is(err, app.ErrInvitationOver)
	if err != nil && !over {
		return err
	}
	p := &invitationPage{
		Base: q.Base(q.T("members.invitation.title")), Over: over, URLSave: route.InvitationBy(q.Lang, secret),
		Sheet: form.New(f, "members", q.Lang, a.site.Words, a.app.Lists(), []string{"jmeno", "souhlas"}),
		Name:  a.app.ActorName(in.Actor, q.Lang), Email: in.Email,
		SignIn: in.Account != "" && !q.Viewer.SignedIn(), Other: q.Viewer.SignedIn() && q.Viewer.Account != in.Account,
		New: in.Account == "" && !q.Viewer.SignedIn(), URLSignIn: route.SigningIn(q.Lang, route.InvitationBy(q.Lang, secret)),
	}
	p.NoIndex = true
	q.W.Header().Set("Cache-Control", "private, no-store")
	if over && status == http.StatusOK {
		status = http.StatusGone
	}
	return q.Render(status, "members/invitation", p)
}

// accept takes the invitation.
func (a *area) accept(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	secret := q.PathValue("secret")
	in, err := a.app.Invitation(q.Context(), secret)
	if err == nil {
		n := app.Newcomer{Name: f.Get("jmeno"), Agreed: f.Get("souhlas") != "", Wording: q.T("members.field.souhlas")}
		var session app.SignedIn
		if session, err = a.app.AcceptByLink(q.Context(), q.Viewer, secret, n, app.Arrival{Device: q.Device(), Lang: q.Lang}); err == nil && session.Secret != "" {
			q.KeepSession(session.Secret, session.Until)
		}
	}
	switch {
	case errors.Is(err, app.ErrInvitationOver), errors.Is(err, app.ErrSignInFirst):
		return a.renderInvitation(q, http.StatusConflict, f)
	case a.failed(f, err):
		return a.renderInvitation(q, http.StatusUnprocessableEntity, f)
	case errors.Is(err, atlas.ErrConflict):
		return a.renderInvitation(q, http.StatusConflict, f) // somebody founded the account meanwhile
	}
	return a.after(q, err, "joined", route.Actor(q.Lang, in.Actor))
}
