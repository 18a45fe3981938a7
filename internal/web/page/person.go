package page

import (
	"net/http"
	"strings"

	"atlas"
	"atlas/internal/web/route"
)

// Menu (nabídka osoby) is what the head of a page says of who is signed in.
type Menu struct {
	Hidden bool   // an instance opened for editing: nobody signs in
	SignIn string // address of the page of signing in, leading back here
	Second string // address of the second step, leading back here
	Name   string
	Links  []NavLink
}

// Person is the menu of whoever is at the browser.
func (b Base) Person() Menu {
	m := Menu{Hidden: b.Site.Config.OpenEditing, SignIn: route.SigningIn(b.Lang, b.back), Second: route.SigningInSecond(b.Lang, b.back), Name: b.Visit.Person}
	if m.Name == "" {
		m.Name = b.Visit.Email
	}
	if b.Visit.SignedIn() {
		m.Links = []NavLink{{URL: route.In(b.Lang, route.Account), Key: "nav.account"}, {URL: route.In(b.Lang, route.Contributions), Key: "nav.proposals"},
			{URL: route.In(b.Lang, route.Watches), Key: "nav.watches"}}
		if b.Visit.Has(atlas.RoleEvaluator) || atlas.Could(b.Visit.Viewer, atlas.RightSelfCheck) {
			m.Links = append(m.Links, NavLink{URL: route.In(b.Lang, route.EvaluationsMine), Key: "nav.evaluations_mine"})
		}
		if b.Visit.May(atlas.RightAssign) {
			m.Links = append(m.Links, NavLink{URL: route.In(b.Lang, route.EvaluationsRun), Key: "nav.evaluations_run"})
		}
	}
	return m
}

// back is where signing in from a page leads back to; "" = nowhere in particular.
func (q *Request) back() string {
	_, path := route.Split(q.URL.Path)
	if q.Method != http.MethodGet && q.Method != http.MethodHead || path == route.Home || strings.HasPrefix(path, route.SignIn) {
		return route.Next(q.Param(route.ParamNext()))
	}
	return route.Next(q.URL.RequestURI())
}
