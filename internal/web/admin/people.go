package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// perPage is how many people a page of the list names.
const perPage = 50

// peoplePage is the list of people.
type peoplePage struct {
	page.Base
	Q, Role, State string
	Roles          []string
	States         []string
	People         []line
	Total          int
	Pager          pager.Pager
	URL            string
}

// line is a person in the list.
type line struct {
	URL, Name, Email, Seen string
	State                  string
	Roles                  []held
}

// held is a role that somebody has.
type held struct {
	Role, Territory, Place, Until string
	Holds                         bool
	At, By                        string
}

// people lists accounts by words of their names and e-mails and by role.
func (a *area) people(q *page.Request) error {
	all, err := a.app.Reader().Accounts(q.Context())
	if err != nil {
		return err
	}
	p := &peoplePage{Base: frame(q, q.T("admin.people")), Q: strings.TrimSpace(q.Param("q")), Role: q.Param("role"), State: q.Param("stav"),
		States: []string{atlas.AccountActive, atlas.AccountBlocked}, URL: route.In(q.Lang, route.AdminPeople)}
	for _, r := range granted() {
		p.Roles = append(p.Roles, string(r))
	}
	words := strings.Fields(czech.Fold(p.Q))
	all = slices.DeleteFunc(all, func(who *atlas.Account) bool {
		return !matches(who, words) || p.Role != "" && !hasRole(who, p.Role) || p.State != "" && who.State != p.State
	})
	p.Total = len(all)
	p.Pager = pager.New(len(all), pager.Number(q.Param("strana")), perPage, func(n int) string {
		return p.URL + "?" + url.Values{"q": {p.Q}, "role": {p.Role}, "stav": {p.State}, "strana": {strconv.Itoa(n)}}.Encode()
	})
	for _, who := range pager.Of(p.Pager, all) {
		l := line{URL: route.AdminPersonOf(q.Lang, who.ID), Name: who.Name, Email: who.Email, State: who.State, Roles: a.held(q, who)}
		if !who.SeenAt.IsZero() {
			l.Seen = i18n.Day(q.Lang, who.SeenAt)
		}
		p.People = append(p.People, l)
	}
	return q.Render(http.StatusOK, "admin/people", p)
}

// granted are the roles that an administrator gives.
func granted() []atlas.Role {
	return slices.DeleteFunc(atlas.Roles(), func(r atlas.Role) bool { return !r.Granted() })
}

func matches(who *atlas.Account, words []string) bool {
	text := czech.Fold(who.Name + " " + who.Email + " " + who.ID)
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func hasRole(who *atlas.Account, role string) bool {
	return slices.ContainsFunc(who.Grants, func(g atlas.Grant) bool { return string(g.Role) == role })
}

func (a *area) held(q *page.Request, who *atlas.Account) []held {
	today := atlas.DateOf(a.app.Now().In(i18n.Prague))
	var out []held
	for _, g := range who.Grants {
		h := held{Role: string(g.Role), Territory: g.Territory, Until: i18n.Date(q.Lang, g.Until), Holds: g.InForce(today), At: i18n.Day(q.Lang, g.At), By: g.By}
		if g.Territory != "" {
			h.Place = a.app.Places().Label(g.Territory)
		}
		out = append(out, h)
	}
	return out
}
