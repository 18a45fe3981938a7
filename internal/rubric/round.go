package rubric

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"atlas"
)

// Judged is one evaluation of a round: the sheets of its evaluators.
type Judged struct {
	Evaluation, Project string
	Sheets              []*atlas.Sheet
}

// Level (míra shody) is what agreement allows to say, by the conventional
// thresholds.
type Level string

const (
	LevelUnknown   Level = ""          // alpha is not known
	LevelReliable  Level = "reliable"  // from 0.800
	LevelTentative Level = "tentative" // from 0.667
	LevelLow       Level = "low"       // to be talked over
)

// LevelOf says what agreement allows to say.
func LevelOf(a Agreement) Level {
	switch {
	case !a.Known:
		return LevelUnknown
	case a.AtLeast(Reliable):
		return LevelReliable
	case a.AtLeast(Tentative):
		return LevelTentative
	}
	return LevelLow
}

// Agreed is the agreement on one criterion, or on all of them together.
type Agreed struct {
	Criterion                  string // code; "" = all together
	Nominal, Ordinal, Interval Agreement
	NA, NoData                 int // how many answers gave no points
}

// Level goes by the ordinal alpha: points are steps in an order, and nobody says
// that they are equally far apart.
func (a Agreed) Level() Level { return LevelOf(a.Ordinal) }

// AgreementOf computes the agreement of a round for each criterion asked in the mode
// and for all together, where each criterion of each project is a unit. Answers
// without points are missing data.
func AgreementOf(r *atlas.Rubric, mode atlas.Mode, round []Judged) (criteria []Agreed, all Agreed) {
	var whole [][]int
	for _, c := range r.Asked(mode) {
		one := Agreed{Criterion: c.Code}
		var units [][]int
		for _, j := range round {
			sheets := counted(j.Sheets)
			units = append(units, pointsOf(r, c.Code, sheets))
			for _, s := range sheets {
				switch a, _ := answerOf(r, s, c.Code); a {
				case notApplicable:
					one.NA++
				case noData:
					one.NoData++
				}
			}
		}
		one.set(units)
		all.NA, all.NoData = all.NA+one.NA, all.NoData+one.NoData
		whole = append(whole, units...)
		criteria = append(criteria, one)
	}
	all.set(whole)
	return criteria, all
}

func (a *Agreed) set(units [][]int) {
	a.Nominal, a.Ordinal, a.Interval = Alpha(Nominal, units), Alpha(Ordinal, units), Alpha(Interval, units)
}

// Discuss are the criteria of which agreement is known and under the threshold to
// rely on, the worst first.
func Discuss(criteria []Agreed) []Agreed {
	out := slices.DeleteFunc(slices.Clone(criteria), func(a Agreed) bool {
		return !a.Ordinal.Known || a.Level() == LevelReliable
	})
	slices.SortStableFunc(out, func(a, b Agreed) int { return a.Ordinal.Exact.Cmp(b.Ordinal.Exact) })
	return out
}

// EnoughScores is on how many scores at least a drift is told: fewer are chance.
const EnoughScores = 10

// Drift (posun hodnotitele) is by how much an evaluator gives more or less than the
// medians of the panels they sat in.
type Drift struct {
	Account string
	Scores  int // how many scores of panels of two or more it rests on
	Above   int // how many of them lie over the median
	Below   int // how many under it
	Known   bool
	Mean    *big.Rat // points; more than 0 = gives more; nil unless Known
}

// Hundredths is the mean in hundredths of a point, rounded half away from zero.
func (d Drift) Hundredths() int {
	if d.Mean == nil {
		return 0
	}
	return rounded(d.Mean, hundred)
}

// Drifts says where evaluators of a round drift, by their accounts in order. It is
// known with EnoughScores only.
func Drifts(r *atlas.Rubric, mode atlas.Mode, round []Judged) []Drift {
	by := map[string]*Drift{}
	sums := map[string]int{}
	for _, j := range round {
		sheets := counted(j.Sheets)
		for _, s := range sheets {
			if by[s.Account] == nil {
				by[s.Account] = &Drift{Account: s.Account}
			}
		}
		for _, c := range r.Asked(mode) {
			points := pointsOf(r, c.Code, sheets)
			if len(points) < 2 {
				continue
			}
			middle := median(points)
			for _, s := range sheets {
				a, n := answerOf(r, s, c.Code)
				if a != scored {
					continue
				}
				d := by[s.Account]
				d.Scores++
				sums[s.Account] += n*hundred - middle
				switch cmp.Compare(n*hundred, middle) {
				case 1:
					d.Above++
				case -1:
					d.Below++
				}
			}
		}
	}
	var out []Drift
	for _, account := range slices.Sorted(maps.Keys(by)) {
		d := by[account]
		if d.Scores >= EnoughScores {
			d.Known, d.Mean = true, big.NewRat(int64(sums[account]), int64(hundred*d.Scores))
		}
		out = append(out, *d)
	}
	return out
}
