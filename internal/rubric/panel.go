package rubric

import (
	"slices"

	"atlas"
)

// counted are the sheets that make a panel: what evaluators submitted. What
// somebody still writes, a self-evaluation and a private self-check are no part of
// it, whoever hands them over.
func counted(sheets []*atlas.Sheet) []*atlas.Sheet {
	var out []*atlas.Sheet
	for _, s := range sheets {
		if s.Role == atlas.SheetEvaluator && s.Done() {
			out = append(out, s)
		}
	}
	return out
}

// Panel says what evaluators found together (8.2.5): the median for each criterion,
// which is the mean of two, and the total of those. The marks are set by Mark,
// which needs to know more.
func Panel(r *atlas.Rubric, mode atlas.Mode, sheets []*atlas.Sheet) atlas.Result {
	sheets = counted(sheets)
	out := atlas.Result{Evaluators: len(sheets), Preliminary: len(sheets) < r.Evaluators}
	for _, c := range r.Asked(mode) {
		out.Criteria = append(out.Criteria, criterion(r, c.Code, sheets))
	}
	for _, g := range r.Gates {
		out.Excluded = out.Excluded || saidYes(sheets, g) > 0
	}
	sum := SumsFound(r, mode, out.Criteria)
	out.Known = sum.Scored > 0
	out.Total, out.Completeness = sum.total(r), sum.completeness()
	out.Insufficient = sum.insufficient(r)
	if out.Known {
		out.Band = BandOf(r, out.Total)
	}
	return out
}

// saidYes is how many evaluators answered a question of the gate with yes.
func saidYes(sheets []*atlas.Sheet, g atlas.Gate) (n int) {
	for _, s := range sheets {
		if answer, _ := s.Gate(g.Code); answer.Yes == atlas.Yes {
			n++
		}
	}
	return n
}

// criterion is what a panel gave for a criterion. Without points it is missing where
// anybody held it applicable.
func criterion(r *atlas.Rubric, code string, sheets []*atlas.Sheet) atlas.CriterionResult {
	points := pointsOf(r, code, sheets)
	applicable := len(sheets) == 0
	for _, s := range sheets {
		if a, _ := answerOf(r, s, code); a != notApplicable {
			applicable = true
		}
	}
	out := atlas.CriterionResult{Code: code, Scored: len(points) > 0, Missing: len(points) == 0 && applicable}
	if out.Scored {
		out.Points = median(points)
		out.Low, out.Top = points[0], points[len(points)-1]
		out.Disputed = len(points) > 1 && r.CriterionGap > 0 && out.Top-out.Low >= r.CriterionGap
	}
	return out
}

// pointsOf are the points that sheets give for a criterion, the least first.
func pointsOf(r *atlas.Rubric, code string, sheets []*atlas.Sheet) []int {
	var points []int
	for _, s := range sheets {
		if a, n := answerOf(r, s, code); a == scored {
			points = append(points, n)
		}
	}
	slices.Sort(points)
	return points
}

// median is that of sorted points in hundredths, exact: between two it is their
// mean.
func median(sorted []int) int {
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) * hundred / 2
}

// Dispute (rozpor, 8.2.5) is what evaluators have to agree on.
type Dispute struct {
	Criteria []string // codes where points differ by the gap or more
	Total    bool     // totals differ by the gap or more
	Low, Top int      // the least and the highest total, in tenths; of two or more only
	// Gates are those that only some of them answered with yes. They shut the
	// project out all the same; that they differ is told and is no dispute by the
	// rule.
	Gates []string
}

// Any says whether the evaluation goes to "k dohodě".
func (d Dispute) Any() bool { return d.Total || len(d.Criteria) > 0 }

// Disputes says on what submitted sheets differ. Totals are compared as they are
// shown.
func Disputes(r *atlas.Rubric, mode atlas.Mode, sheets []*atlas.Sheet) Dispute {
	sheets = counted(sheets)
	var out Dispute
	for _, c := range r.Asked(mode) {
		if criterion(r, c.Code, sheets).Disputed {
			out.Criteria = append(out.Criteria, c.Code)
		}
	}
	var totals []int
	for _, s := range sheets {
		if v := Judge(r, mode, s); v.Known {
			totals = append(totals, v.Total)
		}
	}
	if len(totals) > 1 {
		out.Low, out.Top = slices.Min(totals), slices.Max(totals)
		out.Total = r.TotalGap > 0 && out.Top-out.Low >= 10*r.TotalGap
	}
	for _, g := range r.Gates {
		if yes := saidYes(sheets, g); yes > 0 && yes < len(sheets) {
			out.Gates = append(out.Gates, g.Code)
		}
	}
	return out
}
