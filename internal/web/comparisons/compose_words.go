package comparisons

import (
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/document"
	"atlas/internal/rubric"
)

// verdicts are strengths, weaknesses and recommendations, each by each evaluator.
func (c *composer) verdicts() {
	c.heading(1, "verdicts")
	for _, part := range []struct {
		key string
		of  func(*atlas.Sheet) string
	}{
		{"strengths", func(s *atlas.Sheet) string { return s.Strengths }},
		{"weaknesses", func(s *atlas.Sheet) string { return s.Weaknesses }},
		{"advice", func(s *atlas.Sheet) string { return s.Advice }},
	} {
		c.heading(2, part.key)
		said := false
		for i, s := range c.Sheets {
			if text := part.of(s); text != "" {
				c.labelled(c.evaluator(i), text)
				said = true
			}
		}
		if !said {
			c.say(c.T("comparisons.report.nothing_said"))
		}
	}
}

// opinions are those of groups that the project touches, each group apart.
func (c *composer) opinions() {
	c.heading(1, "opinions")
	said := false
	for _, of := range atlas.OpinionsOf() {
		var items [][]document.Span
		for _, s := range c.Sheets {
			for _, o := range s.Opinions {
				if o.Of != of || o.Text == "" {
					continue
				}
				text := o.Text
				if o.Source != "" {
					text += " (" + c.T("comparisons.report.opinion_source", "source", o.Source) + ")"
				}
				items = append(items, document.Plain(text))
			}
		}
		if len(items) > 0 {
			c.add(document.Heading(2, c.T("comparisons.opinion."+string(of))), document.List(false, items...))
			said = true
		}
	}
	if !said {
		c.say(c.T("comparisons.report.opinions.none"))
	}
}

// dispute is on what evaluators differed and what they say together (8.2.5).
func (c *composer) dispute() {
	c.heading(1, "dispute")
	if !c.Dispute.Any() && len(c.Dispute.Gates) == 0 {
		c.say(c.T("comparisons.report.dispute.none", "points", c.Rubric.CriterionGap, "total", c.Rubric.TotalGap))
		return
	}
	if len(c.Dispute.Criteria) > 0 {
		c.say(c.T("comparisons.report.dispute.criteria", "points", c.Rubric.CriterionGap, "criteria", strings.Join(c.Dispute.Criteria, ", ")))
	}
	if c.Dispute.Total {
		c.say(c.T("comparisons.report.dispute.total", "gap", c.Rubric.TotalGap, "low", c.total(c.Dispute.Low), "top", c.total(c.Dispute.Top)))
	}
	if len(c.Dispute.Gates) > 0 {
		c.say(c.T("comparisons.report.dispute.gates", "gates", strings.Join(c.Dispute.Gates, ", ")))
	}
	for _, x := range c.Evaluation.Assignments {
		if x.Third && x.State == atlas.AssignmentSubmitted {
			c.say(c.T("comparisons.report.dispute.third"))
			break
		}
	}
	if c.Evaluation.Statement != "" {
		c.labelled(c.T("comparisons.report.statement"), c.Evaluation.Statement)
	}
	for _, x := range c.Evaluation.Settlements {
		c.labelled(c.criterion(c.Rubric, x.Criterion), x.Text)
	}
}

// self is what the implementer gave themselves beside what the panel found.
func (c *composer) self() {
	c.heading(1, "self")
	if c.Self == nil || !c.Self.Done() {
		c.say(c.T("comparisons.report.self.none"))
		return
	}
	v := rubric.Judge(c.Rubric, c.Evaluation.Mode, c.Self)
	if v.Known && c.Result.Known {
		c.say(c.T("comparisons.report.self.total", "self", c.total(v.Total), "panel", c.total(c.Result.Total), "by", signed(v.Total-c.Result.Total, c.total)))
	}
	var rows [][][]document.Span
	for _, k := range c.Rubric.Asked(c.Evaluation.Mode) {
		got, _ := resultOf(c.Result, k.Code)
		panel, own, by := c.unscored(got), c.T("comparisons.unanswered"), "–"
		if got.Scored {
			panel = c.points(got.Points)
		}
		if s, ok := c.Self.Score(k.Code); ok {
			if own = c.kind(s); s.Kind == atlas.ScorePoints {
				if own = strconv.Itoa(s.Points); got.Scored {
					by = signed(100*s.Points-got.Points, c.points)
				}
			}
		}
		rows = append(rows, document.Row(c.criterion(c.Rubric, k.Code), panel, own, by))
	}
	c.table("self.table", rows, "criterion", "#panel", "#self", "#change")
	for _, k := range c.Rubric.Asked(c.Evaluation.Mode) {
		if s, ok := c.Self.Score(k.Code); ok && s.Justification != "" {
			c.score(c.criterion(c.Rubric, k.Code), s)
		}
	}
}

// reply is what the implementer says of the result.
func (c *composer) reply() {
	c.heading(1, "reply")
	if c.Evaluation.Reply == "" {
		c.say(c.T("comparisons.report.reply.none"))
		return
	}
	c.add(document.Prose(c.Evaluation.Reply)...)
}

// rule is the rule of the mark line by line (8.2.7).
func (c *composer) rule() {
	c.heading(1, "rule")
	lines := rubric.Candidate(c.Rubric, c.Result, c.months, c.known)
	if len(lines) == 0 {
		c.say(c.T("comparisons.report.rule.none"))
		return
	}
	c.conditions("rule.table", lines)
	c.say(c.T("comparisons.report.rule.candidate." + yesNo(c.Result.Candidate)))
	if upscaling := rubric.Upscaling(c.Rubric, c.Result); len(upscaling) > 0 {
		c.conditions("rule.upscaling", upscaling)
		c.say(c.T("comparisons.report.rule.marked." + yesNo(c.Result.Upscaling)))
	}
	if rubric.Met(lines) != c.Result.Candidate {
		c.add(document.Note(c.T("comparisons.report.rule.changed")))
	}
}

func (c *composer) conditions(key string, lines []rubric.Condition) {
	var rows [][][]document.Span
	for _, l := range lines {
		met := map[atlas.Tri]string{atlas.Yes: c.T("comparisons.met.yes"), atlas.No: c.T("comparisons.met.no"), atlas.Unknown: c.T("comparisons.not_known")}[l.Met]
		rows = append(rows, document.Row(l.What.In(c.lang), l.Wanted.In(c.lang), l.Found.In(c.lang), met))
	}
	c.table(key, rows, "condition", "wanted", "found", "met")
}

func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// arithmetic says how the numbers came about (8.2.4–8.2.6), with the sums that go
// into the formula.
func (c *composer) arithmetic() {
	c.heading(1, "arithmetic")
	r, mode := c.Rubric, c.Evaluation.Mode
	c.add(document.List(false,
		document.Plain(c.T("comparisons.report.formula.total", "most", r.Max())), document.Plain(c.T("comparisons.report.formula.completeness", "floor", r.Floor)),
		document.Plain(c.T("comparisons.report.formula.panel")), document.Plain(c.T("comparisons.report.formula.bands", "bands", c.bands()))))
	var rows [][][]document.Span
	for i, s := range c.Sheets {
		v := rubric.Judge(r, mode, s)
		rows = append(rows, c.sums(c.evaluator(i), rubric.SumsOf(r, mode, s), v.Known, v.Total, v.Completeness))
	}
	rows = append(rows, c.sums(c.T("comparisons.report.panel"), rubric.SumsFound(r, mode, c.Result.Criteria), c.Result.Known, c.Result.Total, c.Result.Completeness))
	c.add(document.Tabular(document.Table{
		Caption: c.T("comparisons.report.arithmetic.table"), Columns: c.columns("who", "#sum", "#scored", "#applicable", "#total", "#completeness"), Rows: rows, RowHeader: true, Total: true,
	}))
}

func (c *composer) sums(who string, sum rubric.Sums, known bool, total, completeness int) [][]document.Span {
	text := "–"
	if known {
		text = c.total(total)
	}
	return document.Row(who, c.points(sum.Points), strconv.Itoa(sum.Scored), strconv.Itoa(sum.Applicable), text, c.percent(completeness))
}

// bands writes the bands from the highest: "od 80 vynikající; od 65 dobré".
func (c *composer) bands() string {
	var out []string
	for _, b := range c.Rubric.Bands {
		out = append(out, c.T("comparisons.report.band", "from", c.points(10*b.From), "band", b.In(c.lang)))
	}
	return strings.Join(out, "; ")
}
