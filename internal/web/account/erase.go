package account

import (
	"errors"
	"net/http"
	"strings"

	"atlas"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// erasePage explains what erasing an account means, and asks for it.
type erasePage struct {
	frame
	Last     bool        // the last administrator: it cannot be erased
	Alone    []page.Link // organisations that nobody else manages
	Contacts []page.Link // records where the e-mail stands as that of a contact
}

func (a *area) erase(q *request) error {
	return a.showErase(q, q.frame("mine.erase.title", route.AccountErase))
}

func (a *area) showErase(q *request, f frame) error {
	if !a.self.Fresh(q.Visit) {
		return q.Redirect(route.AccountProving(q.Lang, route.In(q.Lang, route.AccountErase)))
	}
	p := erasePage{frame: f}
	var err error
	if p.Last, err = a.self.LastAdmin(q.Context(), q.Visit.Account); err != nil {
		return err
	}
	contacts, err := a.app.Reader().ContactIn(q.Context(), q.Visit.Email)
	if err != nil {
		return err
	}
	for _, id := range contacts {
		url := route.Project(q.Lang, id)
		if strings.HasPrefix(id, "K-") {
			url = route.Practice(q.Lang, id)
		}
		p.Contacts = append(p.Contacts, page.Link{URL: url, Text: id})
	}
	if p.Alone, err = a.managedAlone(q); err != nil {
		return err
	}
	return q.Render(f.status(), "account/erase", p)
}

// managedAlone are the organisations in which nobody else decides about members.
func (a *area) managedAlone(q *request) ([]page.Link, error) {
	var out []page.Link
	for _, m := range q.Visit.Memberships {
		if !m.Manager {
			continue
		}
		all, err := a.app.Reader().Members(q.Context(), m.Actor)
		if err != nil {
			return nil, err
		}
		others := false
		for _, other := range all {
			others = others || other.Manager && other.State == atlas.MemberActive && other.Account != m.Account
		}
		if !others {
			out = append(out, page.Link{URL: route.Actor(q.Lang, m.Actor), Text: a.app.ActorName(m.Actor, q.Lang)})
		}
	}
	return out, nil
}

// eraseNow erases the account of whoever ticked that they want it.
func (a *area) eraseNow(q *request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	var err error = &atlas.InvalidError{Problems: []atlas.Problem{{Field: "sure", Key: "mine.problem.sure"}}}
	if q.PostForm.Get("sure") != "" {
		err = a.self.Erase(q.Context(), q.who)
	}
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		f := q.frame("mine.erase.title", route.AccountErase)
		f.wrong(q, err)
		return a.showErase(q, f)
	}
	if err != nil {
		return err
	}
	q.ForgetSession()
	q.Flash(page.FlashSuccess, q.T("mine.erase.done"))
	http.Redirect(q.W, q.Request.Request, route.In(q.Lang, route.Home), http.StatusSeeOther)
	return nil
}
