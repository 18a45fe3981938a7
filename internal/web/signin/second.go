package signin

import (
	"errors"
	"net/http"

	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

const fieldCode = "kod"

// secondPage asks for a second factor.
type secondPage struct {
	page.Base
	app.Seconds
	Next      string
	Wrong     string
	URLBegin  string
	URLFinish string
	Account   string // page of the account, where a second factor is set up
}

func (a *area) secondPage(q *page.Request, wanted string) (*secondPage, error) {
	steps, err := a.app.SecondSteps(q.Context(), q.Visit)
	p := &secondPage{Base: q.Base(q.T("signin.second.title")), Seconds: steps, Next: wanted,
		URLBegin: route.In(q.Lang, route.SignInKeyBegin), URLFinish: route.In(q.Lang, route.SignInKey), Account: route.In(q.Lang, route.AccountFactor)}
	p.NoIndex = true
	return p, err
}

// second answers the page of the second step; who has not made the first is led
// there.
func (a *area) second(q *page.Request) error {
	wanted := next(q)
	if q.Visit.Session == "" {
		return q.Redirect(route.SigningIn(q.Lang, wanted))
	}
	p, err := a.secondPage(q, wanted)
	if err != nil {
		return err
	}
	return q.Render(http.StatusOK, "signin/second", p)
}

// checkSecond takes a one-time code or a recovery code.
func (a *area) checkSecond(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	p, err := a.secondPage(q, next(q))
	if err != nil {
		return err
	}
	in, err := a.app.SecondStep(q.Context(), q.Visit, q.PostForm.Get(fieldCode), a.arrival(q))
	var wait *app.WaitError
	switch {
	case err == nil:
		return q.Redirect(a.let(q, in, p.Next))
	case errors.Is(err, app.ErrNoSecond):
		q.Flash(page.FlashWarning, q.T("signin.second.over"))
		return q.Redirect(route.SigningIn(q.Lang, p.Next))
	case errors.Is(err, app.ErrWrong):
		p.Wrong = q.T("signin.second.wrong")
	case errors.Is(err, app.ErrBlocked):
		p.Wrong = q.T("signin.blocked")
	case errors.As(err, &wait):
		p.Wrong = q.N("signin.wait", int64(wait.Minutes()))
	default:
		return err
	}
	return q.Render(http.StatusUnprocessableEntity, "signin/second", p)
}
