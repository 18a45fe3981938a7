package opendata

import (
	"fmt"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/route"
)

// Parameters of the list of evaluations.
const (
	paramProject = "projekt"
	paramRubric  = route.ParamRubric
	paramMode    = route.ParamMode
)

func (a *area) evaluationEndpoints() []endpoint {
	var modes []string
	for _, m := range atlas.Modes() {
		modes = append(modes, string(m))
	}
	asked := []parameter{
		{name: paramProject, doc: "Code of a project", example: "P-00001"},
		{name: paramRubric, doc: "Code of a version of a rubric; results by others cannot be compared", example: "R-00001"},
		{name: paramMode, doc: "Mode; results of others cannot be compared", oneOf: modes, example: modes[len(modes)-1]},
	}
	return []endpoint{
		{pattern: route.APIEvaluations, id: "evaluations", summary: "Published evaluations in the order of their codes", params: slices.Concat(asked, pages), shape: JudgementPage{}, read: a.evaluations},
		{pattern: route.APIEvaluation, id: "evaluation", summary: "One published evaluation", shape: Judgement{}, read: a.evaluation},
	}
}

// judgements are the published evaluations that fit, with what they are of and by.
func (q *asked) judgements(fits func(*atlas.Evaluation) bool) ([]Judgement, error) {
	all, err := q.app.PublishedEvaluations(q.Context(), "cs")
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(x app.PublishedEvaluation) bool { return !fits(x.Evaluation) })
	slices.SortFunc(all, func(x, y app.PublishedEvaluation) int { return strings.Compare(x.ID, y.ID) })
	var versions []string
	for _, x := range all {
		versions = append(versions, x.Rubric)
	}
	slices.Sort(versions)
	rubrics, err := q.app.Reader().Rubrics(q.Context(), slices.Compact(versions))
	if err != nil {
		return nil, err
	}
	out := []Judgement{}
	for _, x := range all {
		if i := slices.IndexFunc(rubrics, func(r *atlas.Rubric) bool { return r.ID == x.Rubric }); i >= 0 {
			out = append(out, q.filler.judged(x, rubrics[i]))
		}
	}
	return out, nil
}

func (a *area) evaluations(q *asked) (any, error) {
	project, version, mode := q.text(paramProject), q.text(paramRubric), atlas.Mode(q.text(paramMode))
	found, err := q.judgements(func(e *atlas.Evaluation) bool {
		return (project == "" || e.Project == project) && (version == "" || e.Rubric == version) && (mode == "" || e.Mode == mode)
	})
	if err != nil {
		return nil, err
	}
	c := q.cut()
	return JudgementPage{Paging: q.paging(len(found), c, q.given(paramProject, paramRubric, paramMode), nil), Items: of(c, found)}, nil
}

func (a *area) evaluation(q *asked) (any, error) {
	found, err := q.judgements(func(e *atlas.Evaluation) bool { return e.ID == q.PathValue("id") })
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, atlas.ErrNotFound
	}
	return found[0], nil
}

// judged gives a published evaluation its public shape: what evaluators found together
// and nothing of one of them.
func (f filler) judged(x app.PublishedEvaluation, r *atlas.Rubric) Judgement {
	e, res := x.Evaluation, x.Result
	out := Judgement{
		ID: e.ID, Page: f.origin + route.Evaluation("cs", e.ID), Sample: e.Sample, Project: RecordRef{e.Project, x.Title}, Mode: string(e.Mode),
		Rubric: RubricRef{ID: r.ID, Family: r.Family, Version: r.Number, Title: named(r.Title.Cs, r.Title.En)}, Approved: date(e.Approved), Evaluators: res.Evaluators,
		Completeness: decimal(res.Completeness), Excluded: res.Excluded, Insufficient: res.Insufficient, Candidate: res.Candidate, Upscaling: res.Upscaling,
		Statement: opt(e.Statement), Reply: opt(e.Reply), Criteria: []JudgedCriterion{},
	}
	if res.Known {
		total := decimal(res.Total)
		out.Total = &total
	}
	if i := slices.IndexFunc(r.Bands, func(b atlas.Band) bool { return b.Code == res.Band }); i >= 0 && !res.Excluded && !res.Insufficient {
		out.Band = &Code{Code: res.Band, Label: named(r.Bands[i].Cs, r.Bands[i].En)}
	}
	for _, got := range res.Criteria {
		k := JudgedCriterion{Code: got.Code, Title: Words{got.Code, got.Code}, Missing: got.Missing, Disputed: got.Disputed}
		if c, ok := r.Criterion(got.Code); ok {
			k.Title, k.Weight = named(c.Title.Cs, c.Title.En), c.Weights.In(e.Mode)
		}
		if got.Scored {
			points := fmt.Sprintf("%d.%02d", got.Points/100, got.Points%100)
			k.Points, k.Low, k.Top = &points, &got.Low, &got.Top
		}
		out.Criteria = append(out.Criteria, k)
	}
	return out
}

// decimal writes tenths: 745 as "74.5".
func decimal(tenths int) string { return fmt.Sprintf("%d.%d", tenths/10, tenths%10) }
