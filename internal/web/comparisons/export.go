package comparisons

import (
	"iter"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/export"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// record is what one evaluator said of one criterion. Evaluators have numbers that
// hold within one evaluation and say nothing of who they are, of the order in which
// they were asked or of when they submitted.
type record struct {
	e         *atlas.Evaluation
	title     string
	rubric    *atlas.Rubric
	evaluator int
	criterion atlas.Criterion
	score     atlas.Score
}

// export answers the data set of published evaluations, of one version and mode where
// the address names them.
func (a *area) export(q *page.Request, f export.Format) error {
	t := a.teller(q.Lang)
	all, err := a.pool(q.Context(), q.Lang)
	if err != nil {
		return err
	}
	file := dataset.File{Name: dataset.Evaluations, Now: a.app.Now()}
	version, mode := q.Param(route.ParamRubric), atlas.Mode(q.Param(route.ParamMode))
	if version != "" {
		file.Asked = append(file.Asked, t.T("comparisons.column.how")+": "+version)
	}
	if mode != "" {
		file.Asked = append(file.Asked, t.T("comparisons.column.mode")+": "+string(mode))
	}
	return dataset.Send(q, file, f, t.columns(q.Origin()), func(yield func(record, error) bool) {
		for some := range slices.Chunk(all.all, readAtOnce) {
			sheets, err := a.app.PublishedSheets(q.Context(), some)
			if err != nil {
				yield(record{}, err)
				return
			}
			for _, e := range some {
				if version != "" && e.Rubric != version || mode != "" && e.Mode != mode {
					continue
				}
				for r := range all.records(e, sheets[e.ID]) {
					if !yield(r, nil) {
						return
					}
				}
			}
		}
	})
}

// readAtOnce is of how many evaluations sheets are read by one question.
const readAtOnce = 100

// records are what the evaluators of one evaluation said of each criterion.
func (p *pool) records(e *atlas.Evaluation, sheets []*atlas.Sheet) iter.Seq[record] {
	return func(yield func(record) bool) {
		by := p.rubrics[e.Rubric]
		if by == nil {
			return
		}
		for i, s := range sheets {
			for _, c := range by.Asked(e.Mode) {
				r := record{e: e, title: p.titles[e.ID], rubric: by, evaluator: i + 1, criterion: c}
				if score, ok := s.Score(c.Code); ok {
					r.score = *score
				}
				if !yield(r) {
					return
				}
			}
		}
	}
}

func (t teller) columns(host string) dataset.Columns[record] {
	var c dataset.Columns[record]
	add := func(key string, cell func(record) string) { c.Add(key, t.T("comparisons.export."+key), cell) }
	yes := func(v bool) string { return map[bool]string{true: "1", false: "0"}[v] }
	add("evaluation_code", func(r record) string { return r.e.ID })
	add("project_code", func(r record) string { return r.e.Project })
	add("project", func(r record) string { return r.title })
	add("mode_code", func(r record) string { return string(r.e.Mode) })
	add("mode", func(r record) string { return t.mode(r.e.Mode) })
	add("rubric_code", func(r record) string { return r.rubric.ID })
	add("rubric_family", func(r record) string { return r.rubric.Family })
	add("rubric_version", func(r record) string { return strconv.Itoa(r.rubric.Number) })
	add("rubric", func(r record) string { return r.rubric.Title.In(t.lang) })
	add("approved", func(r record) string { return r.e.Approved.String() })
	add("evaluator", func(r record) string { return strconv.Itoa(r.evaluator) })
	add("criterion_code", func(r record) string { return r.criterion.Code })
	add("criterion", func(r record) string { return r.criterion.Title.In(t.lang) })
	add("weight", func(r record) string { return strconv.Itoa(r.criterion.Weights.In(r.e.Mode)) })
	add("answer_code", func(r record) string { return string(r.score.Kind) })
	add("points", func(r record) string {
		if r.score.Kind != atlas.ScorePoints {
			return ""
		}
		return strconv.Itoa(r.score.Points)
	})
	add("confidence", func(r record) string {
		if r.score.Confidence == 0 {
			return ""
		}
		return strconv.Itoa(r.score.Confidence)
	})
	add("justification", func(r record) string { return r.score.Justification })
	add("evidence", func(r record) string { return t.evidence(r.score.Evidence) })
	add("median", func(r record) string {
		got, _ := resultOf(r.e.Result, r.criterion.Code)
		if !got.Scored {
			return ""
		}
		return pointsValue(got.Points)
	})
	add("total", func(r record) string {
		if !r.e.Result.Known {
			return ""
		}
		return totalValue(r.e.Result.Total)
	})
	add("band_code", func(r record) string { return r.e.Result.Band })
	add("band", func(r record) string { return t.band(r.rubric, r.e.Result.Band) })
	add("completeness", func(r record) string { return totalValue(r.e.Result.Completeness) })
	add("insufficient", func(r record) string { return yes(r.e.Result.Insufficient) })
	add("excluded", func(r record) string { return yes(r.e.Result.Excluded) })
	add("candidate", func(r record) string { return yes(r.e.Result.Candidate) })
	add("upscaling", func(r record) string { return yes(r.e.Result.Upscaling) })
	add("evaluators", func(r record) string { return strconv.Itoa(r.e.Result.Evaluators) })
	add("address", func(r record) string { return host + route.Evaluation(t.lang, r.e.ID) })
	return c.Typed(export.KindNumber, "rubric_version", "evaluator", "weight", "points", "confidence", "median", "total", "insufficient", "excluded", "candidate", "upscaling", "evaluators").
		Typed(export.KindPercent, "completeness").Typed(export.KindDate, "approved").Typed(export.KindURL, "address")
}

// evidence writes what a score rests on: "dokument: …, https://…|data: …".
func (t teller) evidence(all []atlas.Evidence) string {
	return dataset.Many(all, func(e atlas.Evidence) string {
		return dataset.Pairs(t.evidenceKind(e), e.Text, "", e.URL, t.T("comparisons.evidence.withdrawn"), e.Withdrawn)
	})
}

// evidenceKind names what a piece of evidence is; of some nobody said it.
func (t teller) evidenceKind(e atlas.Evidence) string {
	if e.Kind == "" {
		return t.T("comparisons.evidence.unknown")
	}
	return t.T("comparisons.evidence." + string(e.Kind))
}
