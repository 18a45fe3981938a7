package signin

import (
	"errors"
	"net/http"

	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// Fields of the forms.
const (
	fieldEmail    = "email"
	fieldPassword = "heslo"
	fieldAction   = "akce"
	byLink        = "odkaz"
	byPassword    = "heslo"
)

// firstPage is where signing in begins.
type firstPage struct {
	page.Base
	Refused    bool // it stands in place of a page for those who are signed in
	Next       string
	Email      string
	Problem    string // of the e-mail
	Wrong      string // of the password
	ByPassword bool   // the password is shown at once
	Open       bool   // whoever has an e-mail may found an account
	Elsewhere  string // why it did not go through the provider of identities
	Provider   string // name of the provider of identities, "" = none
	Keys       bool   // passkeys can be used at this address
	URLBegin   string // of the passkey
	URLFinish  string
	URLElse    string
	Steps      bool // staff whose second factor waits
	Lapsed     bool
}

func (a *area) firstPage(q *page.Request, wanted string) *firstPage {
	p := &firstPage{Base: q.Base(q.T("signin.title")), Next: wanted, Open: a.app.OpenToAll()}
	p.NoIndex = true
	c := q.Site.Config
	if c.OIDCIssuer != "" {
		if p.Provider = c.OIDCName; p.Provider == "" {
			p.Provider = c.OIDCIssuer
		}
		p.URLElse = route.SigningInElsewhere(q.Lang, wanted)
	}
	_, unusable := a.app.Passkeys(q.Root())
	p.Keys = unusable == nil
	p.URLBegin, p.URLFinish = route.In(q.Lang, route.SignInKeyBegin), route.In(q.Lang, route.SignInKey)
	p.Steps, p.Lapsed = len(q.Visit.Suspended) > 0, q.Visit.Lapsed
	return p
}

// show answers the page where signing in begins; to whoever is signed in it says
// so.
func (a *area) show(q *page.Request) error {
	return q.Render(http.StatusOK, "signin/first", a.firstPage(q, next(q)))
}

// door asks to sign in, in place of a page that is not for the public.
func (a *area) door(q *page.Request) error {
	p := a.firstPage(q, route.Next(q.URL.RequestURI()))
	p.Refused = true
	return q.Render(http.StatusForbidden, "signin/first", p)
}

// first takes an e-mail to send a link to, or an e-mail with a password.
func (a *area) first(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	p := a.firstPage(q, next(q))
	p.Email = readable(q.PostForm.Get(fieldEmail))
	if q.PostForm.Get(fieldAction) == byPassword {
		return a.byPassword(q, p)
	}
	var wait *app.WaitError
	switch err := a.app.RequestLink(q.Context(), p.Email, p.Next, a.arrival(q)); {
	case errors.Is(err, app.ErrEmail):
		p.Problem = q.T("signin.email_wrong")
	case errors.As(err, &wait):
		p.Problem = q.N("signin.wait", int64(wait.Minutes()))
	case err != nil:
		return err
	default:
		q.Flash(page.FlashSuccess, q.T("signin.sent_to", "email", p.Email))
		return q.Redirect(route.In(q.Lang, route.SignInSent))
	}
	return q.Render(http.StatusUnprocessableEntity, "signin/first", p)
}

func (a *area) byPassword(q *page.Request, p *firstPage) error {
	p.ByPassword = true
	in, err := a.app.SignInByPassword(q.Context(), p.Email, q.PostForm.Get(fieldPassword), a.arrival(q))
	var wait *app.WaitError
	switch {
	case errors.Is(err, app.ErrWrong):
		p.Wrong = q.T("signin.wrong")
	case errors.Is(err, app.ErrBlocked):
		p.Wrong = q.T("signin.blocked")
	case errors.As(err, &wait):
		p.Wrong = q.N("signin.wait", int64(wait.Minutes()))
	case err != nil:
		return err
	default:
		return q.Redirect(a.let(q, in, p.Next))
	}
	return q.Render(http.StatusUnprocessableEntity, "signin/first", p)
}

// sentPage says that a letter is on its way.
type sentPage struct {
	page.Base
	Open bool
}

func (a *area) sent(q *page.Request) error {
	p := sentPage{Base: q.Base(q.T("signin.sent.title")), Open: a.app.OpenToAll()}
	p.NoIndex = true
	return q.Render(http.StatusOK, "signin/sent", p)
}
