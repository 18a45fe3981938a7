package history

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// Parameters of the list of a day, and how many records a page of it shows.
const (
	paramText = "q"
	paramPage = "strana"
	rollSize  = 50
)

// rollPage is the list of actors or of calls as it stood on a day.
type rollPage struct {
	page.Base
	Kind                       string // "actors", "calls"
	Heading, AsOf, Notice      string
	Asked                      string
	Total                      int
	Actors                     []actorRow
	Calls                      []callRow
	Pager                      pager.Pager
	URLHere, URLNow            string
	Citation, Address          string
	Accessed, Entry, EntryHash string
}

// actorRow is one actor as it was; the list of its projects is of the same day.
type actorRow struct {
	Name, URL, Type, ICO, Where string
	Sample                      bool
	URLImplements               string
}

// callRow is one call as it was.
type callRow struct {
	Title, URL, Year, Funder, URLFunder, Programme, Deadline string
	Sample                                                   bool
}

// listAsOf answers the list of a kind as it stood on a day, the same for
// everybody, so that it can be cited.
func (a *area) listAsOf(q *page.Request, k kind) error {
	first, last, err := a.app.Days(q.Context())
	if err != nil {
		return err
	}
	day, ok := page.Day(q.PathValue("den"))
	if problem := a.noDay(q, day, ok, first, last); problem != "" {
		return a.noRoll(q, k, problem)
	}
	if q.PathValue("den") != day.String() {
		return atlas.ErrNotFound // one address for one page
	}
	of := dayOf{k.name, q.Lang, day}
	all, err := a.roll(q.Context(), of)
	if err != nil {
		return err
	}
	asOf := q.T("history.as_of", "day", i18n.Date(q.Lang, day))
	p := &rollPage{
		Base: q.Base(q.T(k.area+".title") + " – " + asOf), Kind: k.area, Heading: q.T(k.area + ".title"), AsOf: asOf,
		Asked: strings.TrimSpace(q.Param(paramText)), URLHere: of.then(k.list), Accessed: i18n.Day(q.Lang, a.app.Now()),
	}
	p.Nav, p.NoIndex = k.list, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, k.list), Text: p.Heading}}
	if day == last {
		p.Notice = q.T("history.as_of.present")
	}
	found := having(all, p.Asked)
	p.Total = len(found)
	p.Pager = pager.New(p.Total, pager.Number(q.Param(paramPage)), rollSize, func(n int) string { return p.page(p.URLHere, n) })
	p.URLNow, p.Address = p.page(route.In(q.Lang, k.list), 1), q.Origin()+p.page(p.URLHere, p.Pager.Page)
	if err := a.rows(q, p, of, pager.Of(p.Pager, found)); err != nil {
		return err
	}
	if p.Entry, p.EntryHash, err = a.proof(q, day); err != nil {
		return err
	}
	return q.Render(http.StatusOK, "history/roll", p)
}

// page is the address of a page of the list with what was asked.
func (p *rollPage) page(address string, n int) string {
	v := url.Values{}
	if p.Asked != "" {
		v.Set(paramText, p.Asked)
	}
	if n > 1 {
		v.Set(paramPage, strconv.Itoa(n))
	}
	return route.WithQuery(address, v.Encode())
}

func (a *area) rows(q *page.Request, p *rollPage, of dayOf, found []line) error {
	label := func(list, code string) string {
		if code == "" {
			return ""
		}
		return a.app.Lists().Label(list, code, q.Lang)
	}
	if of.kind == atlas.KindActor {
		for _, l := range found {
			r := actorRow{
				Name: l.named(q.Lang), URL: of.then(route.Fill(route.ActorShow, l.id)), Type: label(atlas.ListActorType, l.kind),
				ICO: l.ico, Sample: l.sample,
				URLImplements: route.WithQuery(of.then(route.Projects), url.Values{string(search.FacetImplementer): {l.id}}.Encode()),
			}
			where := []string{l.city}
			if l.where != "CZ" {
				where = append(where, label(atlas.ListCountry, l.where))
			}
			for _, code := range l.places {
				where = append(where, a.app.Places().Label(code))
			}
			r.Where = joined(", ", where...)
			p.Actors = append(p.Actors, r)
		}
		return nil
	}
	actors, err := a.roll(q.Context(), dayOf{atlas.KindActor, of.lang, of.day})
	if err != nil {
		return err
	}
	names := make(map[string]string, len(actors))
	for _, l := range actors {
		names[l.id] = l.named(q.Lang)
	}
	for _, l := range found {
		r := callRow{Title: l.name, URL: of.then(route.Fill(route.CallShow, l.id)), Programme: label(atlas.ListProgramme, l.programme),
			Deadline: i18n.Date(q.Lang, l.deadline), Sample: l.sample}
		if l.year != 0 {
			r.Year = strconv.Itoa(l.year)
		}
		if r.Funder = names[l.funder]; r.Funder != "" {
			r.URLFunder = of.then(route.Fill(route.ActorShow, l.funder))
		}
		p.Calls = append(p.Calls, r)
	}
	return nil
}

// noRoll says why there is no list as of a day.
func (a *area) noRoll(q *page.Request, k kind, problem string) error {
	list := route.In(q.Lang, k.list)
	p := &nothingPage{Base: q.Base(q.T("history.no_day.title")), Problem: problem, Action: list, URLRecord: list}
	p.Nav, p.NoIndex = k.list, true
	return q.Render(http.StatusNotFound, "history/nothing", p)
}
