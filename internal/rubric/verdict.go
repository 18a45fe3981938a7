// Package rubric computes what evaluations are worth (chapter 8.2 of the
// specification): the score of one evaluator, the panel, the rule of the mark, the
// agreement of evaluators and where they drift. It knows no database and no pages.
// Every number is made of whole numbers and fractions, never of binary floats, so
// two machines never differ in the last digit.
package rubric

import "atlas"

// Verdict (výsledek jednoho hodnotitele, 8.2.4) is what one sheet comes to, also
// while it is being written.
type Verdict struct {
	Known        bool   // something has points
	Total        int    // tenths of a point of a hundred
	Completeness int    // tenths of a percent; 0 where everything is not applicable
	Band         string // code; "" unless Known
	Excluded     bool   // a gate was answered with yes
	Insufficient bool   // completeness under the floor
	Open         []string
	OpenGates    []string // codes of criteria and gates without an answer
}

// answer is what is known of a criterion.
type answer int

const (
	unanswered answer = iota
	scored
	notApplicable
	noData
)

// answerOf reads a score. Points outside the scale and kinds that nobody knows are
// no answer.
func answerOf(r *atlas.Rubric, s *atlas.Sheet, criterion string) (answer, int) {
	score, ok := s.Score(criterion)
	if !ok {
		return unanswered, 0
	}
	switch score.Kind {
	case atlas.ScoreNA:
		return notApplicable, 0
	case atlas.ScoreNoData:
		return noData, 0
	case atlas.ScorePoints:
		if score.Points >= 0 && score.Points <= r.Max() {
			return scored, score.Points
		}
	}
	return unanswered, 0
}

// Judge says what a sheet comes to by a rubric in a mode. A criterion without an
// answer leaves the score and lowers completeness, as one without data does.
func Judge(r *atlas.Rubric, mode atlas.Mode, s *atlas.Sheet) Verdict {
	var v Verdict
	for _, c := range r.Asked(mode) {
		if a, _ := answerOf(r, s, c.Code); a == unanswered {
			v.Open = append(v.Open, c.Code)
		}
	}
	for _, g := range r.Gates {
		switch answer, _ := s.Gate(g.Code); answer.Yes {
		case atlas.Yes:
			v.Excluded = true
		case atlas.Unknown:
			v.OpenGates = append(v.OpenGates, g.Code)
		}
	}
	sum := SumsOf(r, mode, s)
	v.Known = sum.Scored > 0
	v.Total, v.Completeness = sum.total(r), sum.completeness()
	v.Insufficient = sum.insufficient(r)
	if v.Known {
		v.Band = BandOf(r, v.Total)
	}
	return v
}

// BandOf is the band (8.2.6) of a total in tenths: by the total as it is shown, so
// nobody reads 80.0 beside the band under it.
func BandOf(r *atlas.Rubric, total int) string {
	best, code := -1, ""
	for _, b := range r.Bands {
		if b.From <= total && b.From > best {
			best, code = b.From, b.Code
		}
	}
	return code
}

// hundred is how many parts of a point points are added up in: the median of two
// evaluators may be half a point.
const hundred = 100

// Sums are what goes into the formulas of 8.2.4.
type Sums struct {
	Points     int // weight × hundredths of a point
	Scored     int // weight with points
	Applicable int // weight of what is not N/A
}

// SumsOf adds up a sheet.
func SumsOf(r *atlas.Rubric, mode atlas.Mode, s *atlas.Sheet) Sums {
	var sum Sums
	for _, c := range r.Asked(mode) {
		a, points := answerOf(r, s, c.Code)
		sum.add(c.Weights.In(mode), a == scored, a != notApplicable, points*hundred)
	}
	return sum
}

// SumsFound adds up what a panel found.
func SumsFound(r *atlas.Rubric, mode atlas.Mode, found []atlas.CriterionResult) Sums {
	var sum Sums
	for _, c := range found {
		if asked, ok := r.Criterion(c.Code); ok {
			sum.add(asked.Weights.In(mode), c.Scored, c.Scored || c.Missing, c.Points)
		}
	}
	return sum
}

func (t *Sums) add(weight int, isScored, isApplicable bool, points int) {
	if isApplicable {
		t.Applicable += weight
	}
	if isScored {
		t.Scored += weight
		t.Points += weight * points
	}
}

// total is 100 · Σwᵢsᵢ ÷ (max · Σwᵢ) in tenths of a point.
func (t *Sums) total(r *atlas.Rubric) int {
	return roundHalfUp(1000*int64(t.Points), hundred*int64(r.Max())*int64(t.Scored))
}

// completeness is Σw scored ÷ Σw of what is not N/A in tenths of a percent.
func (t *Sums) completeness() int { return roundHalfUp(1000*int64(t.Scored), int64(t.Applicable)) }

// insufficient compares the fraction itself with the floor.
func (t *Sums) insufficient(r *atlas.Rubric) bool {
	return t.Scored == 0 || 100*t.Scored < r.Floor*t.Applicable
}

// roundHalfUp divides numbers that are not negative; 0 where there is nothing to
// divide by.
func roundHalfUp(n, by int64) int {
	if by <= 0 {
		return 0
	}
	return int((2*n + by) / (2 * by))
}
