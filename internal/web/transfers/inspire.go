package transfers

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/web/page"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// inspirePage is what a municipality could take over.
type inspirePage struct {
	page.Base
	Chosen       chosen
	Town         link
	Gaps         []gapView
	GapsMore     int
	Years        string // that local projects count
	Ideas        []ideaView
	Cards        bool // there are cards at all
	PlaceOptions []string
	URLCards     string
	URLProfile   string
}

// gapView is an area in which the municipality has little.
type gapView struct {
	Area, Class, URL, URLNeeds string
	Projects, Needs, Severity  int
}

// ideaView is a practice with its reasons.
type ideaView struct {
	Card    link
	Town    link
	Summary string
	Sample  bool
	Reasons []string
	Lacking bool
	URLFit  string
}

// mostGaps is how many areas are told in the table; the ideas count all.
const mostGaps = 12

// inspire answers "inspire me" for a municipality.
func (a *area) inspire(q *page.Request) error {
	t := a.teller(q.Lang)
	p := &inspirePage{Base: q.Base(q.T("transfers.inspire.title")), PlaceOptions: a.townOptions(), URLCards: route.In(q.Lang, route.Practices)}
	p.Nav, p.Description = route.Practices, q.T("transfers.inspire.lead")
	code, c := a.choose(q, t, route.InspirationOf(q.Lang, ""))
	p.Chosen = c
	status := http.StatusOK
	if c.Problem != "" {
		status = http.StatusUnprocessableEntity
	} else if code != "" {
		p.NoIndex = true
		x, err := a.app.Inspire(q.Context(), code)
		switch {
		case errors.Is(err, atlas.ErrNotFound):
			p.Chosen.Problem, status = q.T("transfers.fit.no_level"), http.StatusUnprocessableEntity
		case err != nil:
			return err
		default:
			p.fill(t, x, code)
		}
	}
	return q.Render(status, "transfers/inspire", p)
}

func (p *inspirePage) fill(t teller, x *app.Inspiration, code string) {
	p.Town = link{t.app.Places().Label(code), route.Territory(t.lang, code)}
	p.Title, p.URLProfile = t.T("transfers.inspire.title_town", "town", p.Town.Text), p.Town.URL
	from, to := 0, 0
	if x.Standing.Row != nil {
		from, to = x.Standing.Asked.From, x.Standing.Asked.To
		p.Years = strconv.Itoa(from) + "–" + strconv.Itoa(to)
	}
	for i, g := range x.Gaps {
		if i >= mostGaps {
			p.GapsMore = len(x.Gaps) - mostGaps
			break
		}
		v := gapView{
			Area: t.label(atlas.ListArea, g.Area), Class: t.T("coverage.class." + string(g.Class)), Projects: g.Projects, Needs: g.Needs, Severity: g.Severity,
			URL: route.ProjectsWith(t.lang, url.Values{string(search.FacetCoverage): {code}, string(search.FacetArea): {g.Area}, string(search.FacetYear): {strconv.Itoa(from) + question.To + strconv.Itoa(to)}}),
		}
		if g.Needs > 0 {
			v.URLNeeds = route.WithQuery(route.In(t.lang, route.Needs), url.Values{"uzemi": {code}, "oblast": {g.Area}}.Encode())
		}
		p.Gaps = append(p.Gaps, v)
	}
	for _, i := range x.Ideas {
		p.Ideas = append(p.Ideas, t.idea(i, code, p.Town.Text))
	}
}

// idea writes a practice and its reasons, each with its figures.
func (t teller) idea(i app.Idea, code, town string) ideaView {
	v := ideaView{
		Card: link{i.Practice.Title, route.Practice(t.lang, i.Practice.ID)}, Town: t.cardTown(i.Practice), Summary: i.Practice.Summary,
		Sample: i.Practice.Sample, URLFit: route.FitOf(t.lang, i.Practice.ID, code), Lacking: i.Fit.Lacking > 0,
	}
	for _, g := range i.Gaps {
		area := t.label(atlas.ListArea, g.Area)
		text := t.N("transfers.why.gap", g.Projects, "area", area, "town", town)
		if g.Needs > 0 {
			text += " " + t.N("transfers.why.needs", g.Needs, "severity", strconv.Itoa(g.Severity))
		}
		v.Reasons = append(v.Reasons, text)
	}
	if i.Near != nil {
		v.Reasons = append(v.Reasons, t.T("transfers.why.near", "town", t.app.Places().Label(i.NearTown), "rank", strconv.Itoa(i.Near.Rank), "of", i18n.Number(t.lang, int64(i.Near.Of)), "distance", t.decimal(i.Near.Distance, 2)))
	}
	if i.Adopters > 0 {
		v.Reasons = append(v.Reasons, t.N("transfers.why.adopters", i.Adopters))
	}
	if n := i.Fit.Met + i.Fit.NotMet + i.Fit.Unknown; n > 0 {
		v.Reasons = append(v.Reasons, t.T("transfers.why.fit", "met", strconv.Itoa(i.Fit.Met), "not", strconv.Itoa(i.Fit.NotMet), "unknown", strconv.Itoa(i.Fit.Unknown)))
	}
	return v
}
