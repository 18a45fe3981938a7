package signin

import (
	"errors"
	"net/http"

	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// elsewhere sends the browser to the provider of identities. It is a link and not
// a form, as the policy of our pages lets no form lead to another site.
func (a *area) elsewhere(q *page.Request) error {
	address, secret, err := a.app.BeginProvider(q.Context(), next(q), a.arrival(q))
	if err != nil {
		return a.refuseElsewhere(q, err)
	}
	q.KeepCeremony(secret)
	q.W.Header().Set("Cache-Control", "no-store")
	return q.Redirect(address)
}

// back takes what the provider sent the browser back with.
func (a *area) back(q *page.Request) error {
	in, link, err := a.app.FinishProvider(q.Context(), q.TakeCeremony(), q.URL.Query(), a.arrival(q))
	switch {
	case err != nil:
		return a.refuseElsewhere(q, err)
	case link != "":
		return q.Redirect(route.SigningInBy(q.Lang, link))
	}
	return q.Redirect(a.let(q, in, route.Next(in.Next)))
}

// refuseElsewhere shows the page of signing in with the words why it did not go
// through the provider.
func (a *area) refuseElsewhere(q *page.Request, err error) error {
	p := a.firstPage(q, "")
	var wait *app.WaitError
	words, refused := a.refused(q, err)
	switch {
	case refused:
		p.Elsewhere = words
	case errors.Is(err, app.ErrBlocked):
		p.Elsewhere = q.T("signin.blocked")
	case errors.Is(err, app.ErrNoAccount):
		p.Elsewhere = q.T("signin.no_account", "name", p.Provider)
	case errors.Is(err, app.ErrUnverified):
		p.Elsewhere = q.T("signin.unverified", "name", p.Provider)
	case errors.As(err, &wait):
		p.Elsewhere = q.N("signin.wait", int64(wait.Minutes()))
	default:
		return err
	}
	return q.Render(http.StatusUnprocessableEntity, "signin/first", p)
}
