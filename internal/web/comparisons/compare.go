package comparisons

import (
	"net/http"
	"strconv"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/web/dataset"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

const (
	pageSize  = 100
	paramPage = "strana"
)

// comparePage is all evaluations by one version of a rubric in one mode.
type comparePage struct {
	page.Base
	Wrong        string
	Choices      []choice
	Heading      string
	Sentence     string
	Middle       rubric.Middle
	Texts        middleTexts
	Few          string // why there are no quartiles; "" where there are
	Totals       *figure.Figure
	Criteria     *figure.Figure
	Rows         []row
	Pager        pager.Pager
	Insufficient []row
	Excluded     []row
	Exports      []dataset.Link
	URLRubric    string
	URLList      string
	URLProjects  string
}

// choice is one thing that can be compared.
type choice struct {
	Text, Count, URL string
	Current          bool
}

// row is one evaluation in a list.
type row struct {
	Place, Title, Code, Day           string
	URL, URLPeers                     string
	Total, Band, Completeness, Result string
	Candidate, Upscaling, Sample      bool
	Own                               bool
}

// compare answers the comparison. It reads what is published once, with the titles of
// its projects.
func (a *area) compare(q *page.Request) error {
	t := a.teller(q.Lang)
	p := &comparePage{Base: q.Base(q.T("comparisons.title")), URLList: route.In(q.Lang, route.Evaluations), URLProjects: route.In(q.Lang, route.Projects)}
	p.Nav, p.Description = route.Evaluations, q.T("comparisons.lead")
	p.Breadcrumb = []page.Link{{URL: p.URLList, Text: q.T("comparisons.evaluations")}}
	all, err := a.pool(q.Context(), q.Lang)
	if err != nil {
		return err
	}
	chosen, wrong := all.choose(q)
	p.choices(t, all, chosen)
	if wrong != "" {
		p.Wrong, p.NoIndex = q.T(wrong), true
		return q.Render(http.StatusBadRequest, "comparisons/compare", p)
	}
	if chosen.Rubric != "" {
		p.Query = route.ComparisonQuery(chosen.Rubric, string(chosen.Mode))
		a.fill(q, t, p, all, chosen)
	}
	return q.Render(http.StatusOK, "comparisons/compare", p)
}

// compareChart answers a picture of the page as a file.
func (a *area) compareChart(q *page.Request) error {
	return figure.Answer(q, a.app.Now(), func(name string) (*figure.Figure, error) {
		all, err := a.pool(q.Context(), q.Lang)
		if err != nil {
			return nil, err
		}
		chosen, wrong := all.choose(q)
		if wrong != "" || chosen.Rubric == "" {
			return nil, nil
		}
		p := &comparePage{}
		a.fill(q, a.teller(q.Lang), p, all, chosen)
		return named(name, p.Totals, p.Criteria), nil
	})
}

// named is the figure of a name; nil where none has it.
func named(name string, all ...*figure.Figure) *figure.Figure {
	for _, f := range all {
		if f != nil && f.Name == name {
			return f
		}
	}
	return nil
}

func (p *comparePage) choices(t teller, all *pool, chosen combination) {
	for _, c := range all.there {
		p.Choices = append(p.Choices, choice{
			Text: t.version(all.rubrics[c.Rubric]) + ", " + t.mode(c.Mode), Count: t.N("comparisons.evaluations_n", all.counts[c]),
			URL: route.EvaluationComparison(t.lang, c.Rubric, string(c.Mode)), Current: c == chosen,
		})
	}
}

func (a *area) fill(q *page.Request, t teller, p *comparePage, all *pool, chosen combination) {
	r, peers := all.rubrics[chosen.Rubric], all.peers(chosen)
	p.Heading = t.version(r) + ", " + t.mode(chosen.Mode)
	p.URLRubric = route.Rubric(t.lang, r.ID)
	p.Middle = rubric.MiddleOf(peers.Totals())
	p.Texts = t.middle(p.Middle, t.total)
	p.Sentence, p.Few = t.sentence(p.Middle, peers), t.few(p.Middle)
	if p.Middle.Count > 0 {
		d := drawing{area: a, q: q, teller: t, rubric: r, in: chosen.Mode, peers: peers, path: route.EvaluationsCompare, question: route.ComparisonQuery(chosen.Rubric, string(chosen.Mode))}
		p.Totals, p.Criteria = d.totals(), d.criteria()
	}
	p.Pager = pager.New(len(peers.Ranked), pager.Number(q.Param(paramPage)), pageSize, func(n int) string {
		v := route.ComparisonQuery(chosen.Rubric, string(chosen.Mode))
		v.Set(paramPage, strconv.Itoa(n))
		return route.WithQuery(route.In(t.lang, route.EvaluationsCompare), v.Encode())
	})
	for _, e := range pager.Of(p.Pager, peers.Ranked) {
		p.Rows = append(p.Rows, all.row(t, r, peers, e))
	}
	for _, e := range peers.Insufficient {
		p.Insufficient = append(p.Insufficient, all.row(t, r, peers, e))
	}
	for _, e := range peers.Excluded {
		p.Excluded = append(p.Excluded, all.row(t, r, peers, e))
	}
	p.Exports = dataset.Links(t.lang, dataset.Evaluations, route.ComparisonQuery(chosen.Rubric, string(chosen.Mode)).Encode())
}

func (p *pool) row(t teller, r *atlas.Rubric, peers rubric.Peers, e *atlas.Evaluation) row {
	res := e.Result
	out := row{
		Title: p.titles[e.ID], Code: e.ID, URL: route.Evaluation(t.lang, e.ID), URLPeers: route.PeersOf(t.lang, e.ID), Sample: e.Sample,
		Band: t.result(r, res), Completeness: t.percent(res.Completeness), Candidate: res.Candidate, Upscaling: res.Upscaling,
	}
	if res.Known {
		out.Total = t.total(res.Total)
	}
	if at, ok := peers.Place(e.ID); ok {
		out.Place = t.place(at)
	}
	return out
}

// middleTexts is a Middle as people read it.
type middleTexts struct{ Least, Lower, Median, Upper, Most string }

func (t teller) middle(m rubric.Middle, write func(int) string) middleTexts {
	if m.Count == 0 {
		return middleTexts{}
	}
	out := middleTexts{Least: write(m.Least), Median: write(m.Median), Most: write(m.Most), Lower: "–", Upper: "–"}
	if m.Enough {
		out.Lower, out.Upper = write(m.Lower), write(m.Upper)
	}
	return out
}

// sentence says what the numbers say and no more.
func (t teller) sentence(m rubric.Middle, peers rubric.Peers) string {
	x := t.middle(m, t.total)
	switch {
	case m.Count == 0:
		return t.T("comparisons.sentence.none")
	case m.Count == 1:
		return t.T("comparisons.sentence.one", "total", x.Median)
	case !m.Enough:
		return t.N("comparisons.sentence.few", m.Count, "median", x.Median, "least", x.Least, "most", x.Most)
	}
	return t.N("comparisons.sentence", len(peers.Ranked), "median", x.Median, "lower", x.Lower, "upper", x.Upper, "least", x.Least, "most", x.Most)
}

// few says why there are no quartiles.
func (t teller) few(m rubric.Middle) string {
	if m.Enough || m.Count == 0 {
		return ""
	}
	return t.N("comparisons.few", m.Count)
}

// percent writes tenths of a percent: "90 %".
func (t teller) percent(tenths int) string {
	return t.points(10*tenths) + "\u00a0%"
}
