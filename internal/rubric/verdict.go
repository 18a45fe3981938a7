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
	var sum tally
	for _, c := range r.Asked(mode) {
		a, points := answerOf(r, s, c.Code)
		if a == unanswered {
			v.Open = append(v.Open, c.Code)
		}
		sum.add(c.Weights.In(mode), a == scored, a != notApplicable, points*hundred)
	}
	for _, g := range r.Gates {
		switch gateOf(s, g.Code) {
		case atlas.Yes:
			v.Excluded = true
		case atlas.Unknown:
			v.OpenGates = append(v.OpenGates, g.Code)
		}
	}
	v.Known = sum.scored > 0
	v.Total, v.Completeness = sum.total(r), sum.completeness()
	v.Insufficient = sum.insufficient(r)
	if v.Known {
		v.Band = BandOf(r, v.Total)
	}
	return v
}

func gateOf(s *atlas.Sheet, code string) atlas.Tri {
	for _, g := range s.Gates {
		if g.Code == code {
			return g.Yes
		}
	}
	return atlas.Unknown
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

// tally adds up weights.
type tally struct {
	points     int64 // weight × hundredths of a point
	scored     int64 // weight with points
	applicable int64 // weight of what is not N/A
}

func (t *tally) add(weight int, isScored, isApplicable bool, points int) {
	w := int64(weight)
	if isApplicable {
		t.applicable += w
	}
	if isScored {
		t.scored += w
		t.points += w * int64(points)
	}
}

// total is 100 · Σwᵢsᵢ ÷ (max · Σwᵢ) in tenths of a point.
func (t *tally) total(r *atlas.Rubric) int {
	return roundHalfUp(1000*t.points, hundred*int64(r.Max())*t.scored)
}

// completeness is Σw scored ÷ Σw of what is not N/A in tenths of a percent.
func (t *tally) completeness() int { return roundHalfUp(1000*t.scored, t.applicable) }

// insufficient compares the fraction itself with the floor.
func (t *tally) insufficient(r *atlas.Rubric) bool {
	return t.scored == 0 || 100*t.scored < int64(r.Floor)*t.applicable
}

// roundHalfUp divides numbers that are not negative; 0 where there is nothing to
// divide by.
func roundHalfUp(n, by int64) int {
	if by <= 0 {
		return 0
	}
	return int((2*n + by) / (2 * by))
}
