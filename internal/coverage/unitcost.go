package coverage

import (
	"cmp"
	"slices"
)

// Unit (jednotka) is what a cost is divided by. Costs are compared only where all
// of it is the same: the activity, the unit in words and what was counted (8.3).
type Unit struct {
	Activity  string // CL-05
	Name      string // "osobokurz", "kontakt"; folded by the caller
	CountKind string // CL-15
}

// UnitCost (jednotkový náklad) is what one unit cost in one project.
type UnitCost struct {
	Project string
	Year    int // of the prices
	Unit
	// Crowns for one unit in prices of the year, and in those of the base year once
	// converted.
	Crowns float64
}

// Prices converts prices to a base year by a table of inflation: an index of
// consumer prices by year. Years the table does not have cannot be converted.
type Prices struct {
	Base  int
	Index map[int]float64
}

// Convert gives an amount of a year in prices of the base year; unknown where the
// table lacks either year.
func (p Prices) Convert(crowns float64, year int) Value {
	from, to := p.Index[year], p.Index[p.Base]
	if from <= 0 || to <= 0 {
		return Value{}
	}
	return KnownValue(crowns * to / from)
}

// fewest is how many projects there must be before anything is said of their
// middle.
const fewest = 5

// Spread (rozpětí) is the middle of unit costs in prices of the base year.
type Spread struct {
	Unit
	Count                int // projects that were compared
	Unconverted          int // left out, their year not being in the table of prices
	Lower, Median, Upper float64
	Enough               bool // fewer than five projects: nothing is shown
	Costs                []UnitCost
}

// Spreads compares unit costs, those of each unit apart, in prices of the base
// year. A project counts once in each unit: the mean of what it says.
func Spreads(all []UnitCost, prices Prices) []Spread {
	type key struct {
		Unit
		project string
	}
	sums := map[key][]UnitCost{}
	left := map[Unit]map[string]bool{}
	units := map[Unit]bool{}
	for _, c := range all {
		units[c.Unit] = true
		v := prices.Convert(c.Crowns, c.Year)
		if !v.Known {
			if left[c.Unit] == nil {
				left[c.Unit] = map[string]bool{}
			}
			left[c.Unit][c.Project] = true
			continue
		}
		c.Crowns = v.V
		sums[key{c.Unit, c.Project}] = append(sums[key{c.Unit, c.Project}], c)
	}
	by := map[Unit]*Spread{}
	for u := range units {
		by[u] = &Spread{Unit: u, Unconverted: len(left[u])}
	}
	for k, costs := range sums {
		one := costs[0]
		one.Crowns = 0
		for _, c := range costs {
			one.Crowns += c.Crowns / float64(len(costs))
		}
		by[k.Unit].Costs = append(by[k.Unit].Costs, one)
	}
	var out []Spread
	for _, s := range by {
		s.settle()
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b Spread) int {
		return cmp.Or(cmp.Compare(a.Activity, b.Activity), cmp.Compare(a.Name, b.Name), cmp.Compare(a.CountKind, b.CountKind))
	})
	return out
}

func (s *Spread) settle() {
	slices.SortFunc(s.Costs, func(a, b UnitCost) int {
		return cmp.Or(cmp.Compare(a.Crowns, b.Crowns), cmp.Compare(a.Project, b.Project))
	})
	s.Count = len(s.Costs)
	if s.Count < fewest {
		return
	}
	s.Enough = true
	s.Lower, s.Median, s.Upper = s.quantile(0.25), s.quantile(0.5), s.quantile(0.75)
}

// quantile lies between the two nearest values as far as its place does: type 7 of
// Hyndman and Fan (1996), which spreadsheets use.
func (s *Spread) quantile(q float64) float64 {
	at := q * float64(s.Count-1)
	i := int(at)
	low := s.Costs[i].Crowns
	if i+1 == s.Count {
		return low
	}
	return low + (at-float64(i))*(s.Costs[i+1].Crowns-low)
}
