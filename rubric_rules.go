package atlas

import (
	"fmt"
	"regexp"
	"slices"
)

// Limits of rubrics.
const (
	rubricCriteria = 40 // criteria at most
	rubricSteps    = 11 // steps of the scale at most: 0 to 10
	rubricText     = 2000
)

// rubricCode is a code of a criterion, a gate, a band or a family: it stands in
// addresses and in files.
var rubricCode = regexp.MustCompile(`^[\pL\d][\pL\d_-]{0,29}$`)

// Problems checks a rubric by the rules of 8.2. A draft (StageSave) may be
// unfinished and is refused only what cannot be true.
func (r *Rubric) Problems(stage Stage) []Problem {
	var ps problems
	ps.require(r.Title.Cs != "", "title.cs")
	ps.rubricCode(r.Family, "family")
	r.checkScale(&ps)
	r.checkCriteria(&ps)
	r.checkBands(&ps)
	r.checkNumbers(&ps)
	r.checkRule(&ps)
	codes := map[string]bool{}
	for i, g := range r.Gates {
		at := fmt.Sprintf("gates.%d", i)
		ps.require(g.Cs != "", at+".cs")
		ps.uniqueCode(codes, g.Code, at+".code")
	}
	r.checkTexts(&ps)
	if stage >= StagePublish {
		r.checkWeights(&ps)
	}
	return ps
}

// WeightSums are what the weights of each mode add up to.
func (r *Rubric) WeightSums() map[Mode]int {
	out := map[Mode]int{}
	for _, c := range r.Criteria {
		for _, m := range Modes() {
			out[m] += c.Weights.In(m)
		}
	}
	return out
}

// Uses says whether projects are judged by the rubric in a mode: whether anything
// has weight in it.
func (r *Rubric) Uses(m Mode) bool { return r.WeightSums()[m] > 0 }

// checkWeights: weights of every mode that is used add up to 100, and one is used.
func (r *Rubric) checkWeights(ps *problems) {
	ps.require(len(r.Criteria) > 0, "criteria")
	used := false
	sums := r.WeightSums()
	for _, m := range Modes() {
		used = used || sums[m] > 0
		if sums[m] != 0 && sums[m] != 100 {
			ps.add("weights."+string(m), "problem.weights_sum", "sum", sums[m], "off", sums[m]-100)
		}
	}
	if !used {
		if len(r.Criteria) > 0 {
			ps.add("weights", "problem.weights_none")
		}
		return
	}
	for i, c := range r.Criteria {
		if c.Weights == (Weights{}) {
			ps.add(fmt.Sprintf("criteria.%d.weights", i), "problem.weights_unused", "code", c.Code)
		}
	}
}

// checkScale: from 0 by one, at least two steps.
func (r *Rubric) checkScale(ps *problems) {
	if len(r.Scale) < 2 || len(r.Scale) > rubricSteps {
		ps.add("scale", "problem.scale_steps", "least", 2, "most", rubricSteps)
	}
	for i, s := range r.Scale {
		at := fmt.Sprintf("scale.%d", i)
		ps.require(s.Cs != "", at+".cs")
		if s.Points != i {
			ps.add(at+".points", "problem.scale_gap", "want", i, "found", s.Points)
		}
	}
}

func (r *Rubric) checkCriteria(ps *problems) {
	if len(r.Criteria) > rubricCriteria {
		ps.add("criteria", "problem.too_many_criteria", "limit", rubricCriteria)
	}
	codes := map[string]bool{}
	for i, c := range r.Criteria {
		at := fmt.Sprintf("criteria.%d", i)
		ps.uniqueCode(codes, c.Code, at+".code")
		ps.require(c.Title.Cs != "", at+".title.cs")
		for j, q := range c.Questions {
			ps.require(q.Cs != "", fmt.Sprintf("%s.questions.%d.cs", at, j))
		}
		last := -1
		for j, a := range c.Anchors {
			at := fmt.Sprintf("%s.anchors.%d", at, j)
			ps.require(a.Cs != "", at+".cs")
			switch {
			case a.Points < 0 || a.Points > r.Max():
				ps.add(at+".points", "problem.off_scale", "points", a.Points, "most", r.Max())
			case a.Points <= last:
				ps.add(at+".points", "problem.anchor_order", "points", a.Points)
			}
			last = max(last, a.Points)
		}
		for _, m := range Modes() {
			if w := c.Weights.In(m); w < 0 || w > 100 {
				ps.add(at+".weights."+string(m), "problem.weight", "found", w)
			}
		}
	}
}

// checkBands: from the highest, the last one from 0, so that every total has one.
func (r *Rubric) checkBands(ps *problems) {
	ps.require(len(r.Bands) > 0, "bands")
	codes := map[string]bool{}
	for i, b := range r.Bands {
		at := fmt.Sprintf("bands.%d", i)
		ps.require(b.Cs != "", at+".cs")
		ps.uniqueCode(codes, b.Code, at+".code")
		switch {
		case b.From < 0 || b.From > 1000:
			ps.add(at+".from", "problem.band_range")
		case i > 0 && b.From >= r.Bands[i-1].From:
			ps.add(at+".from", "problem.band_order")
		case i == len(r.Bands)-1 && b.From != 0:
			ps.add(at+".from", "problem.band_zero")
		}
	}
}

func (r *Rubric) checkNumbers(ps *problems) {
	for _, n := range []struct {
		field              string
		found, least, most int
	}{
		{"floor", r.Floor, 0, 100},
		{"evaluators", r.Evaluators, 2, 20},
		{"criterion_gap", r.CriterionGap, 1, max(r.Max(), 1)},
		{"total_gap", r.TotalGap, 1, 100},
		{"mark.total", r.Mark.Total / 10, 0, 100},
		{"mark.months", r.Mark.Months, 0, 240},
		{"mark.completeness", r.Mark.Completeness, 0, 100},
		{"mark.valid", r.Mark.Valid, 0, 240},
	} {
		if n.found < n.least || n.found > n.most {
			ps.add(n.field, "problem.between", "least", n.least, "most", n.most, "found", n.found)
		}
	}
	if r.Mark.Proposes() && r.Mark.Valid == 0 {
		ps.add("mark.valid", "problem.between", "least", 1, "most", 240, "found", 0)
	}
}

// Proposes says whether the rule proposes anything at all.
func (m MarkRule) Proposes() bool { return len(m.All)+len(m.OneOf) > 0 }

// checkRule: the rule of the mark speaks of criteria there are and points they can
// have.
func (r *Rubric) checkRule(ps *problems) {
	for _, part := range []struct {
		field string
		asks  []AtLeast
	}{{"mark.all", r.Mark.All}, {"mark.one_of", r.Mark.OneOf}, {"mark.upscaling", r.Mark.Upscaling}} {
		var seen []string
		for i, l := range part.asks {
			at := fmt.Sprintf("%s.%d", part.field, i)
			if _, ok := r.Criterion(l.Criterion); !ok {
				ps.add(at+".criterion", "problem.no_criterion", "code", l.Criterion)
			} else if slices.Contains(seen, l.Criterion) {
				ps.add(at+".criterion", "problem.repeated")
			}
			if l.Points < 1 || l.Points > r.Max() {
				ps.add(at+".points", "problem.off_scale", "points", l.Points, "most", r.Max())
			}
			seen = append(seen, l.Criterion)
		}
	}
	if len(r.Mark.Upscaling) > 0 && !r.Mark.Proposes() {
		ps.add("mark.upscaling", "problem.upscaling_alone")
	}
}

// checkTexts keeps texts in bounds: a rubric is read whole on one page.
func (r *Rubric) checkTexts(ps *problems) {
	check := func(w Words, at string) {
		for _, text := range []string{w.Cs, w.En} {
			if len([]rune(text)) > rubricText {
				ps.add(at, "problem.rubric_text", "limit", rubricText)
			}
		}
	}
	check(r.Title, "title")
	check(r.Note, "note")
	for i, c := range r.Criteria {
		at := fmt.Sprintf("criteria.%d", i)
		check(c.Title, at+".title")
		for j, q := range c.Questions {
			check(q, fmt.Sprintf("%s.questions.%d", at, j))
		}
		for j, a := range c.Anchors {
			check(a.Words, fmt.Sprintf("%s.anchors.%d", at, j))
		}
	}
	for i, x := range r.Scale {
		check(x.Words, fmt.Sprintf("scale.%d", i))
	}
	for i, g := range r.Gates {
		check(g.Words, fmt.Sprintf("gates.%d", i))
	}
	for i, b := range r.Bands {
		check(b.Words, fmt.Sprintf("bands.%d", i))
	}
}

// rubricCode refuses a code that could not stand in an address.
func (ps *problems) rubricCode(code, field string) {
	switch {
	case code == "":
		ps.require(false, field)
	case !rubricCode.MatchString(code):
		ps.add(field, "problem.rubric_code", "code", code)
	}
}

func (ps *problems) uniqueCode(seen map[string]bool, code, field string) {
	ps.rubricCode(code, field)
	if code != "" && seen[code] {
		ps.add(field, "problem.repeated_code", "code", code)
	}
	seen[code] = true
}
