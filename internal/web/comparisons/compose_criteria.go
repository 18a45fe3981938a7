package comparisons

import (
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/document"
)

// criteria is what the panel found by criteria, and what each evaluator said of them.
func (c *composer) criteria() {
	c.heading(1, "criteria")
	asked := c.Rubric.Asked(c.Evaluation.Mode)
	var rows [][][]document.Span
	for _, k := range asked {
		got, _ := resultOf(c.Result, k.Code)
		cells := []string{c.criterion(c.Rubric, k.Code), strconv.Itoa(k.Weights.In(c.Evaluation.Mode))}
		if got.Scored {
			cells = append(cells, c.points(got.Points), strconv.Itoa(got.Low), strconv.Itoa(got.Top))
		} else {
			cells = append(cells, c.unscored(got), "–", "–")
		}
		rows = append(rows, document.Row(append(cells, c.yes(got.Disputed))...))
	}
	c.table("criteria.table", rows, "criterion", "#weight", "#median", "#least", "#most", "disputed")
	c.add(document.Note(c.T("comparisons.report.criteria.note")))
	for _, k := range asked {
		c.oneCriterion(k)
	}
}

// unscored says why a criterion has no points.
func (c *composer) unscored(got atlas.CriterionResult) string {
	if got.Missing {
		return c.T("comparisons.no_data")
	}
	return c.T("comparisons.not_applicable")
}

func (c *composer) oneCriterion(k atlas.Criterion) {
	got, _ := resultOf(c.Result, k.Code)
	c.add(document.Heading(2, c.criterion(c.Rubric, k.Code)))
	if got.Scored {
		c.say(c.T("comparisons.report.reached", "median", c.points(got.Points), "most", c.Rubric.Max(), "step", c.step(got.Points)))
		if anchors := c.anchors(k, got.Points); len(anchors) > 0 {
			c.add(document.List(false, anchors...))
		}
	} else {
		c.say(c.T("comparisons.report.no_median", "why", c.unscored(got)))
	}
	for i, s := range c.Sheets {
		if score, ok := s.Score(k.Code); ok {
			c.score(c.evaluator(i), score)
		}
	}
	for _, x := range c.Evaluation.Settlements {
		if x.Criterion == k.Code {
			c.labelled(c.T("comparisons.report.settled"), x.Text)
		}
	}
}

// step names the steps of the scale that a median lies on or between.
func (c *composer) step(hundredths int) string {
	var under, over string
	for _, s := range c.Rubric.Scale {
		if 100*s.Points <= hundredths {
			under = s.In(c.lang)
		}
		if 100*s.Points >= hundredths && over == "" {
			over = s.In(c.lang)
		}
	}
	if under == over || over == "" {
		return c.T("comparisons.report.step", "step", under)
	}
	return c.T("comparisons.report.between", "under", under, "over", over)
}

// anchors are the anchored levels around a median: the one that was reached and the
// next one.
func (c *composer) anchors(k atlas.Criterion, hundredths int) (out [][]document.Span) {
	for i, a := range k.Anchors {
		reached := 100*a.Points <= hundredths
		last := reached && (i+1 == len(k.Anchors) || 100*k.Anchors[i+1].Points > hundredths)
		next := !reached && (i == 0 || 100*k.Anchors[i-1].Points <= hundredths)
		switch {
		case last:
			out = append(out, document.Plain(c.T("comparisons.report.anchor.reached", "points", a.Points, "text", a.In(c.lang))))
		case next:
			out = append(out, document.Plain(c.T("comparisons.report.anchor.next", "points", a.Points, "text", a.In(c.lang))))
		}
	}
	return out
}

// score is what one evaluator gave and why, with what it rests on.
func (c *composer) score(who string, s *atlas.Score) {
	text := c.kind(s)
	if s.Confidence > 0 {
		text += " (" + c.T("comparisons.report.confidence."+strconv.Itoa(s.Confidence)) + ")"
	}
	if s.Justification != "" {
		text += ". " + s.Justification
	}
	c.labelled(who, text)
	var items [][]document.Span
	for _, e := range s.Evidence {
		item := []document.Span{{Text: c.evidenceKind(e) + ": " + e.Text}}
		if e.URL != "" {
			item = append(item, document.Span{Text: " "}, document.Span{Text: e.URL, Link: e.URL})
		}
		if e.Withdrawn != "" {
			item = append(item, document.Span{Text: " (" + c.T("comparisons.evidence.withdrawn") + ": " + e.Withdrawn + ")"})
		}
		items = append(items, item)
	}
	if len(items) > 0 {
		c.add(document.List(false, items...))
	}
}

// kind says how many points were given, or that none were and why.
func (c *composer) kind(s *atlas.Score) string {
	switch s.Kind {
	case atlas.ScoreNA:
		return c.T("comparisons.not_applicable")
	case atlas.ScoreNoData:
		return c.T("comparisons.no_data")
	}
	return c.N("comparisons.points", s.Points)
}

// gates are the horizontal conditions and what evaluators answered.
func (c *composer) gates() {
	if len(c.Rubric.Gates) == 0 {
		return
	}
	c.heading(1, "gates")
	var rows [][][]document.Span
	for _, g := range c.Rubric.Gates {
		var said []string
		for i, s := range c.Sheets {
			said = append(said, c.evaluator(i)+": "+c.answer(s, g.Code))
		}
		rows = append(rows, document.Row(g.Code+" "+g.In(c.lang), strings.Join(said, "; ")))
	}
	c.table("gates.table", rows, "gate", "answers")
	c.add(document.Note(c.T("comparisons.report.gates.note")))
}

func (c *composer) answer(s *atlas.Sheet, gate string) string {
	for _, g := range s.Gates {
		if g.Code != gate {
			continue
		}
		text := map[atlas.Tri]string{atlas.Yes: c.T("comparisons.yes"), atlas.No: c.T("comparisons.no"), atlas.Unknown: c.T("comparisons.unanswered")}[g.Yes]
		if g.Note != "" {
			text += " (" + g.Note + ")"
		}
		return text
	}
	return c.T("comparisons.unanswered")
}
