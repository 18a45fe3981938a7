package signin

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

const (
	fieldName      = "jmeno"
	fieldAgreement = "souhlas"
)

// linkPage is what a link of a letter leads to: a button that signs in, for
// somebody new also a name and an agreement.
type linkPage struct {
	page.Base
	app.Opened
	URL      string // where the form goes
	Name     string
	Agreed   bool
	Problems map[string]string // by field
	Broken   string            // key of the words why the link cannot be used, ""
	Again    string            // page where a new link is asked for
}

// linkPage of a link; what is wrong with it goes into the page.
func (a *area) linkPage(q *page.Request, secret string) (*linkPage, error) {
	p := &linkPage{Base: q.Base(q.T("signin.link.title")), URL: route.SigningInBy(q.Lang, secret), Again: route.In(q.Lang, route.SignIn)}
	p.NoIndex = true
	q.W.Header().Set("Cache-Control", "private, no-store")
	opened, err := a.app.OpenLink(q.Context(), secret)
	p.Opened, p.Name = opened, opened.Name
	if p.Broken = broken(err); p.Broken != "" {
		err = nil
	}
	return p, err
}

// broken is the words why a link cannot be used; "" when that is not it.
func broken(err error) string {
	switch {
	case errors.Is(err, app.ErrLinkUnknown):
		return "signin.unknown"
	case errors.Is(err, app.ErrLinkUsed):
		return "signin.used"
	case errors.Is(err, app.ErrLinkExpired):
		return "signin.expired"
	case errors.Is(err, app.ErrBlocked):
		return "signin.closed"
	}
	return ""
}

// link shows the page of a link. Programs that look into letters come here as
// well, so it uses nothing up.
func (a *area) link(q *page.Request) error {
	p, err := a.linkPage(q, q.PathValue("secret"))
	if err != nil {
		return err
	}
	return a.showLink(q, http.StatusOK, p)
}

func (a *area) showLink(q *page.Request, status int, p *linkPage) error {
	if p.Broken != "" {
		p.Title = q.T(p.Broken + ".title")
		if status = http.StatusGone; p.Broken == "signin.unknown" {
			status = http.StatusNotFound
		}
	}
	return q.Render(status, "signin/link", p)
}

// useLink uses a link up and lets in.
func (a *area) useLink(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	secret := q.PathValue("secret")
	n := app.Newcomer{Name: readable(q.PostForm.Get(fieldName)), Agreed: q.PostForm.Get(fieldAgreement) != "", Wording: q.T("signin.agreement")}
	in, err := a.app.UseLink(q.Context(), secret, n, a.arrival(q))
	var invalid *atlas.InvalidError
	switch {
	case err == nil:
		return q.Redirect(a.let(q, in, route.Next(in.Next)))
	case errors.As(err, &invalid):
		p, err := a.linkPage(q, secret)
		if err != nil {
			return err
		}
		p.Name, p.Agreed, p.Problems = n.Name, n.Agreed, map[string]string{}
		for _, x := range invalid.Problems {
			p.Problems[x.Field] = q.T(x.Key, "max", x.Args["max"])
		}
		return a.showLink(q, http.StatusUnprocessableEntity, p)
	case errors.Is(err, app.ErrLinkUsed) && q.Visit.SignedIn(): // a double click
		q.Flash(page.FlashSuccess, q.T("signin.used_here", "who", cmp.Or(q.Visit.Person, q.Visit.Email)))
		return q.Redirect(route.In(q.Lang, route.Account))
	case broken(err) != "":
		p, failed := a.linkPage(q, secret)
		if failed != nil {
			return failed
		}
		p.Broken = broken(err)
		return a.showLink(q, http.StatusGone, p)
	}
	return err
}

// readable is a text that can be shown again.
func readable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
