package projects

import (
	"net/url"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// judgedView is what evaluations found of a project, as far as its reader may know
// (R3-15).
type judgedView struct {
	Rows     []judgedRow
	URLLife  string // the history of evaluations of the project
	URLBegin string // where a methodologist begins one
	URLCheck string // where the implementer checks it privately
}

// judgedRow is one evaluation; without a total Word is its state.
type judgedRow struct {
	URL, Mode, Total, Word, Note string
	Rubric                       page.Link // the version it was judged by
	Grey                         bool      // outside rankings
	Candidate, Sample            bool
}

// judged costs one query, and two more where there is an evaluation.
func (a *area) judged(q *page.Request, p *atlas.Project) (judgedView, error) {
	v := judgedView{URLLife: route.EvaluationsOfProject(q.Lang, p.ID)}
	if q.Viewer.May(atlas.RightAssign) && p.Public() {
		v.URLBegin = route.EvaluationBeginning(q.Lang, p.ID)
	}
	if app.MayCheck(q.Viewer) && q.May(atlas.RightSelfCheck, p.Subject()) {
		v.URLCheck = route.WithQuery(route.In(q.Lang, route.SelfChecks), url.Values{route.ParamProject: {p.ID}}.Encode())
	}
	all, err := a.app.EvaluationsOfProject(q.Context(), q.Viewer, p)
	if err != nil || len(all) == 0 {
		return v, err
	}
	var ids []string
	for _, e := range all {
		ids = append(ids, e.Rubric)
	}
	found, err := a.app.Reader().Rubrics(q.Context(), ids)
	rubrics := map[string]*atlas.Rubric{}
	for _, r := range found {
		rubrics[r.ID] = r
	}
	for _, e := range all {
		v.Rows = append(v.Rows, judgedRowOf(q, e, rubrics[e.Rubric]))
	}
	return v, err
}

func judgedRowOf(q *page.Request, e *atlas.Evaluation, by *atlas.Rubric) judgedRow {
	row := judgedRow{URL: route.Evaluation(q.Lang, e.ID), Mode: q.T("projects.judged.mode." + string(e.Mode)), Word: q.T("projects.judged.state." + string(e.State)), Sample: e.Sample}
	r := e.Result
	if by != nil {
		row.Rubric = page.Link{URL: route.Rubric(q.Lang, by.ID), Text: by.Title.In(q.Lang) + ", " + q.T("rubrics.version", "n", by.Number)}
	}
	if !e.Public() {
		return row
	}
	if r.Known {
		row.Total = q.T("projects.judged.total", "total", i18n.Tenths(q.Lang, r.Total))
	}
	row.Candidate, row.Grey = r.Candidate, r.Excluded || r.Insufficient
	row.Note = q.T("projects.judged.approved", "day", i18n.Date(q.Lang, e.Approved))
	switch {
	case r.Excluded:
		row.Word = q.T("projects.value.hodnoceni." + app.ExcludedValue)
	case r.Insufficient:
		row.Word = q.T("projects.value.hodnoceni." + app.PoorDataValue)
	case by != nil:
		for _, b := range by.Bands {
			if b.Code == r.Band {
				row.Word = b.In(q.Lang)
			}
		}
	}
	return row
}
