package comparisons

import (
	"net/http"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// peersPage is where one evaluation stands among those that it may be compared with.
type peersPage struct {
	page.Base
	E             *atlas.Evaluation
	Heading       string
	Sentence      string // its place in words and numbers
	Unranked      string // why it has no place; "" where it has one
	Few           string
	Row           row
	Middle        rubric.Middle
	Texts         middleTexts
	Totals        *figure.Figure
	Criteria      *figure.Figure
	URLEvaluation string
	URLCompare    string
	URLReport     string
	URLProject    string
	ProjectTitle  string
}

// peers answers where a published evaluation stands. One that is not published is
// among no others, whoever asks.
func (a *area) peers(q *page.Request) error {
	p, err := a.among(q)
	if err != nil {
		return err
	}
	return q.Render(http.StatusOK, "comparisons/peers", p)
}

func (a *area) peersChart(q *page.Request) error {
	return figure.Answer(q, a.app.Now(), func(name string) (*figure.Figure, error) {
		p, err := a.among(q)
		if err != nil {
			return nil, err
		}
		return named(name, p.Totals, p.Criteria), nil
	})
}

func (a *area) among(q *page.Request) (*peersPage, error) {
	all, err := a.pool(q.Context(), q.Lang)
	if err != nil {
		return nil, err
	}
	var e *atlas.Evaluation
	for _, x := range all.all {
		if x.ID == q.PathValue("id") {
			e = x
		}
	}
	if e == nil || all.rubrics[e.Rubric] == nil {
		return nil, atlas.ErrNotFound
	}
	t, c := a.teller(q.Lang), combination{e.Rubric, e.Mode}
	r, peers := all.rubrics[c.Rubric], all.peers(c)
	p := &peersPage{
		Base: q.Base(q.T("comparisons.peers.title", "project", all.titles[e.ID])), E: e, ProjectTitle: all.titles[e.ID], Heading: t.version(r) + ", " + t.mode(c.Mode),
		URLEvaluation: route.Evaluation(q.Lang, e.ID), URLCompare: route.EvaluationComparison(q.Lang, c.Rubric, string(c.Mode)),
		URLReport: route.EvaluationReportOf(q.Lang, e.ID), URLProject: route.EvaluationsOfProject(q.Lang, e.Project),
	}
	p.Nav = route.Evaluations
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Evaluations), Text: q.T("comparisons.evaluations")}, {URL: p.URLEvaluation, Text: p.ProjectTitle}}
	p.Row, p.Middle = all.row(t, r, peers, e), rubric.MiddleOf(peers.Totals())
	p.Texts, p.Few = t.middle(p.Middle, t.total), t.few(p.Middle)
	d := drawing{area: a, q: q, teller: t, rubric: r, in: c.Mode, peers: peers, path: route.Fill(route.EvaluationPeers, e.ID)}
	if at, ok := peers.Place(e.ID); ok {
		d.own = e
		p.Sentence = t.standing(at, e, p.Middle)
	} else {
		p.Unranked = t.T("comparisons.unranked.insufficient", "n", t.percent(e.Result.Completeness))
		if e.Result.Excluded {
			p.Unranked = t.T("comparisons.unranked.excluded")
		}
	}
	if p.Middle.Count > 0 {
		p.Totals, p.Criteria = d.totals(), d.criteria()
	}
	return p, nil
}

// standing is the place of an evaluation in words and numbers.
func (t teller) standing(at rubric.Place, e *atlas.Evaluation, m rubric.Middle) string {
	x := t.middle(m, t.total)
	if at.Of == 1 {
		return t.T("comparisons.standing.alone", "total", t.total(e.Result.Total))
	}
	key := "comparisons.standing.few"
	if m.Enough {
		key = "comparisons.standing"
	}
	return t.T(key, "place", t.place(at), "of", at.Of, "total", t.total(e.Result.Total), "median", x.Median, "lower", x.Lower, "upper", x.Upper, "side", t.side(e.Result.Total, m))
}

// side says on which side of the middle a total lies.
func (t teller) side(total int, m rubric.Middle) string {
	switch {
	case total > m.Median:
		return t.T("comparisons.side.above", "n", t.total(total-m.Median))
	case total < m.Median:
		return t.T("comparisons.side.under", "n", t.total(m.Median-total))
	}
	return t.T("comparisons.side.at")
}
