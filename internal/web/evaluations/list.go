package evaluations

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// Parameters of the list.
const (
	paramMode   = "rezim"
	paramRubric = "metodika"
	paramBand   = "pasmo"
	paramOrder  = "razeni"
	paramPage   = "strana"

	byTotal  = "celkem"
	pageSize = 50
)

// listPage is the list of what anybody may read.
type listPage struct {
	page.Base
	Asked            asked
	URLList          string
	URLCompare       string
	Filters          []filter
	Rows             []listRow
	Total            int
	Narrowed         bool
	Ranked, MayRank  bool // sorted by total; inside one mode and version only
	Unranked         int  // insufficient ones stand behind, without a place
	Manages, Waits   bool
	URLRun, URLMine  string
	MayCheck         bool
	URLChecks        string
	Pager            pager.Pager
	URLRank, URLDate string
}

type asked struct{ Mode, Rubric, Band, Order string }

func (x asked) url(lang string, n int) string {
	v := url.Values{}
	for name, value := range map[string]string{paramMode: x.Mode, paramRubric: x.Rubric, paramBand: x.Band, paramOrder: x.Order} {
		if value != "" {
			v.Set(name, value)
		}
	}
	if n > 1 {
		v.Set(paramPage, strconv.Itoa(n))
	}
	return route.WithQuery(route.In(lang, route.Evaluations), v.Encode())
}

type filter struct {
	Name, Label string
	Options     []option
}

type option struct {
	Value, Label string
	Count        int
	Chosen       bool
}

type listRow struct {
	Place                          int // in the ranking; 0 = none
	URL, Title, Mode, Rubric, Date string
	URLRubric                      string
	Total, Completeness, Band      string
	Excluded, Insufficient         bool
	Candidate, Sample              bool
}

// list answers the list of published evaluations.
func (a *area) list(q *page.Request) error {
	t := a.teller(q.Lang)
	all, err := a.app.PublishedEvaluations(q.Context(), q.Lang)
	if err != nil {
		return err
	}
	rubrics, err := a.rubricsOf(q, all)
	if err != nil {
		return err
	}
	p := &listPage{Base: q.Base(t.T("evaluations.title")), Asked: asked{q.Param(paramMode), q.Param(paramRubric), q.Param(paramBand), q.Param(paramOrder)}}
	p.Nav, p.Description = route.Evaluations, t.T("evaluations.lead")
	p.URLCompare = route.In(q.Lang, route.EvaluationsCompare)
	p.URLList, p.URLRun, p.URLMine, p.URLChecks = route.In(q.Lang, route.Evaluations), route.In(q.Lang, route.EvaluationsRun), route.In(q.Lang, route.EvaluationsMine), route.In(q.Lang, route.SelfChecks)
	p.Manages, p.MayCheck = q.Viewer.May(atlas.RightAssign), app.MayCheck(q.Viewer)
	p.Waits = q.Viewer.SignedIn() && (q.Viewer.Has(atlas.RoleEvaluator) || p.MayCheck)
	p.Narrowed = p.Asked.Mode+p.Asked.Rubric+p.Asked.Band != ""
	found := t.filter(p, all, rubrics)
	p.Total = len(found)
	p.MayRank = p.Asked.Mode != "" && p.Asked.Rubric != ""
	p.Ranked = p.MayRank && p.Asked.Order == byTotal
	rank, plain := p.Asked, p.Asked
	rank.Order, plain.Order = byTotal, ""
	p.URLRank, p.URLDate = rank.url(q.Lang, 1), plain.url(q.Lang, 1)
	rows := t.rows(found, rubrics, p.Ranked)
	for _, r := range rows {
		if p.Ranked && r.Place == 0 {
			p.Unranked++
		}
	}
	p.Pager = pager.New(p.Total, pager.Number(q.Param(paramPage)), pageSize, func(n int) string { return p.Asked.url(q.Lang, n) })
	p.Rows = pager.Of(p.Pager, rows)
	return q.Render(http.StatusOK, "evaluations/list", p)
}

// rubricsOf reads the versions that evaluations were made by.
func (a *area) rubricsOf(q *page.Request, all []app.PublishedEvaluation) (map[string]*atlas.Rubric, error) {
	var ids []string
	for _, e := range all {
		if !slices.Contains(ids, e.Rubric) {
			ids = append(ids, e.Rubric)
		}
	}
	found, err := a.app.Reader().Rubrics(q.Context(), ids)
	out := map[string]*atlas.Rubric{}
	for _, r := range found {
		out[r.ID] = r
	}
	return out, err
}

// bandOf is what the result of an evaluation is found by.
func bandOf(r atlas.Result) string {
	switch {
	case r.Excluded:
		return app.ExcludedValue
	case r.Insufficient || !r.Known:
		return app.PoorDataValue
	}
	return r.Band
}

// filter narrows evaluations and makes the filters with their counts, each beside
// the others.
func (t teller) filter(p *listPage, all []app.PublishedEvaluation, rubrics map[string]*atlas.Rubric) []app.PublishedEvaluation {
	names := []string{paramMode, paramRubric, paramBand}
	wanted := map[string]string{paramMode: p.Asked.Mode, paramRubric: p.Asked.Rubric, paramBand: p.Asked.Band}
	counts, labels := map[string]map[string]int{}, map[string]string{}
	for _, n := range names {
		counts[n] = map[string]int{}
	}
	var found []app.PublishedEvaluation
	for _, e := range all {
		values := map[string]string{paramMode: string(e.Mode), paramRubric: e.Rubric, paramBand: bandOf(e.Result)}
		labels[string(e.Mode)] = t.mode(e.Mode)
		if r := rubrics[e.Rubric]; r != nil {
			labels[e.Rubric] = t.rubricName(r)
			labels[values[paramBand]] = t.bandLabel(r, values[paramBand])
		}
		var missed []string
		for _, n := range names {
			if wanted[n] != "" && wanted[n] != values[n] {
				missed = append(missed, n)
			}
		}
		for _, n := range names {
			if len(missed) == 0 || len(missed) == 1 && missed[0] == n {
				counts[n][values[n]]++
			}
		}
		if len(missed) == 0 {
			found = append(found, e)
		}
	}
	for _, n := range names {
		f := filter{Name: n, Label: t.T("evaluations.filter." + n)}
		if _, there := counts[n][wanted[n]]; wanted[n] != "" && !there {
			counts[n][wanted[n]] = 0
		}
		for value, count := range counts[n] {
			f.Options = append(f.Options, option{value, cmp.Or(labels[value], value), count, value == wanted[n]})
		}
		slices.SortFunc(f.Options, func(x, y option) int { return cmp.Or(cmp.Compare(x.Label, y.Label), cmp.Compare(x.Value, y.Value)) })
		p.Filters = append(p.Filters, f)
	}
	return found
}

func (t teller) bandLabel(r *atlas.Rubric, value string) string {
	switch value {
	case app.ExcludedValue:
		return t.T("evaluations.excluded")
	case app.PoorDataValue:
		return t.T("evaluations.insufficient")
	}
	return t.band(r, value)
}

// rows are the lines of the list; ranked gives each that can have one its place,
// the same to equal totals.
func (t teller) rows(found []app.PublishedEvaluation, rubrics map[string]*atlas.Rubric, ranked bool) []listRow {
	placed := func(e app.PublishedEvaluation) bool {
		return e.Result.Known && !e.Result.Insufficient && !e.Result.Excluded
	}
	if ranked {
		slices.SortStableFunc(found, func(x, y app.PublishedEvaluation) int {
			if placed(x) != placed(y) {
				if placed(x) {
					return -1
				}
				return 1
			}
			if !placed(x) {
				return 0
			}
			return cmp.Compare(y.Result.Total, x.Result.Total)
		})
	}
	var out []listRow
	for i, e := range found {
		row := listRow{
			URL: route.Evaluation(t.lang, e.ID), Title: cmp.Or(e.Title, e.Project), Mode: t.mode(e.Mode), Date: t.day(e.Approved), Completeness: t.tenths(e.Result.Completeness),
			Excluded: e.Result.Excluded, Insufficient: e.Result.Insufficient, Candidate: e.Result.Candidate, Sample: e.Sample,
		}
		if e.Result.Known {
			row.Total = t.tenths(e.Result.Total)
		}
		if r := rubrics[e.Rubric]; r != nil {
			row.Rubric, row.URLRubric, row.Band = t.rubricName(r), route.Rubric(t.lang, r.ID), t.band(r, e.Result.Band)
		}
		if ranked && placed(e) {
			if row.Place = i + 1; i > 0 && placed(found[i-1]) && found[i-1].Result.Total == e.Result.Total {
				row.Place = out[i-1].Place
			}
		}
		out = append(out, row)
	}
	return out
}
