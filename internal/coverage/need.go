package coverage

import (
	"cmp"
	"slices"
)

// Value is a number that may not be known. The zero Value is unknown.
type Value struct {
	V     float64
	Known bool
}

// KnownValue makes a known value.
func KnownValue(v float64) Value { return Value{v, true} }

// Over divides two values; unknown when either is or when there is nothing to
// divide by.
func (v Value) Over(w Value) Value {
	if !v.Known || !w.Known || w.V == 0 {
		return Value{}
	}
	return KnownValue(v.V / w.V)
}

// Percentiles places each value among all that are known, from 0 for the lowest
// to 1 for the highest; equal values share the middle of their places, and a
// value alone stands in the middle, 0.5. An unknown value has no place.
func Percentiles(values []Value) []Value {
	var order []int
	for i, v := range values {
		if v.Known {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a].V, values[b].V) })
	out := make([]Value, len(values))
	for from := 0; from < len(order); {
		to := from
		for to < len(order) && values[order[to]].V == values[order[from]].V {
			to++
		}
		place := 0.5
		if len(order) > 1 {
			place = float64(from+to-1) / 2 / float64(len(order)-1)
		}
		for _, i := range order[from:to] {
			out[i] = KnownValue(place)
		}
		from = to
	}
	return out
}

// Part is a component of an index with its weight.
type Part struct {
	Weight float64
	Value
}

// Index (index) is the weighted mean of the components that are known; Missing
// counts the others, whose weight was shared out among those (8.1.6).
type Index struct {
	Value
	Missing int
}

// Mean joins components; unknown when none is known.
func Mean(parts ...Part) Index {
	var x Index
	var sum, weights float64
	for _, p := range parts {
		if !p.Known {
			x.Missing++
			continue
		}
		sum, weights = sum+p.Weight*p.V, weights+p.Weight
	}
	if weights > 0 {
		x.Value = KnownValue(sum / weights)
	}
	return x
}

// Situation is what is known of one territory and one item of the axis before
// it is compared with the others of its level.
type Situation struct {
	Foreigners Value // persons
	Growth     Value // change of their number over five years, as a share: 0.2 is a fifth more
	Severity   Value // sum of the severity of verified open needs
	// MoneyPerForeigner is in crowns a year, the mean of three years; Months are
	// project-months per 1 000 foreigners over the same years.
	MoneyPerForeigner, Months Value
	// Recent is how many local projects were active in the last three years.
	Recent int
	// Loaded says that a source of projects of the territory is in the database
	// whole for these years.
	Loaded bool
}

// Standing (postavení) is what comes out for one territory and item.
type Standing struct {
	Need, Supply Index
	Gap          Value // need less supply, from −1 to 1 (8.1.7)
	Class        Class
}

// Class is a class of coverage (8.1.8).
type Class string

// The classes.
const (
	ClassNoData    Class = "bez_udaju"     // statistics, or sources of projects, are missing
	ClassBelow     Class = "pod_prahem"    // few foreigners live there
	ClassWhiteSpot Class = "bile_misto"    // no local project in three years
	ClassWeak      Class = "slabe_pokryti" // gap ≥ 0.25
	ClassAdequate  Class = "primerene"     // between
	ClassStrong    Class = "silne_pokryti" // gap ≤ −0.25
)

// Classes lists the classes from the worst known to what is not known.
func Classes() []Class {
	return []Class{ClassWhiteSpot, ClassWeak, ClassAdequate, ClassStrong, ClassBelow, ClassNoData}
}

// weakGap is where weak and strong coverage begin (8.1.8).
const weakGap = 0.25

// People is how many foreigners the territories of a level have and how that
// changes, each with its place among the others: the same for every item.
type People struct{ foreigners, growth []Value }

// NewPeople places the territories of the situations among one another.
func NewPeople(all []Situation) People {
	return People{
		column(all, func(s Situation) Value { return s.Foreigners }),
		column(all, func(s Situation) Value { return s.Growth }),
	}
}

func column(all []Situation, of func(Situation) Value) []Value {
	out := make([]Value, len(all))
	for i, s := range all {
		out[i] = of(s)
	}
	return Percentiles(out)
}

// Standings compares territories of one level in one item: 8.1.6 to 8.1.8. The
// people are those of the same territories in the same order. Threshold is the
// number of foreigners below which nobody speaks of a gap.
func Standings(all []Situation, people People, threshold float64) []Standing {
	foreigners, growth := people.foreigners, people.growth
	severity := column(all, func(s Situation) Value { return s.Severity })
	money := column(all, func(s Situation) Value { return s.MoneyPerForeigner })
	months := column(all, func(s Situation) Value { return s.Months })
	out := make([]Standing, len(all))
	for i, s := range all {
		st := Standing{
			Need:   Mean(Part{0.5, foreigners[i]}, Part{0.2, growth[i]}, Part{0.3, severity[i]}),
			Supply: Mean(Part{0.5, money[i]}, Part{0.5, months[i]}),
		}
		if st.Need.Known && st.Supply.Known {
			st.Gap = KnownValue(st.Need.V - st.Supply.V)
		}
		st.Class = classOf(s, st.Gap, threshold)
		out[i] = st
	}
	return out
}

// classOf is rule 8.1.8. Without statistics nothing is judged; where no project
// is known and no source is loaded, nobody knows whether there was any.
func classOf(s Situation, gap Value, threshold float64) Class {
	switch {
	case !s.Foreigners.Known, s.Recent == 0 && !s.Loaded:
		return ClassNoData
	case s.Foreigners.V < threshold:
		return ClassBelow
	case s.Recent == 0:
		return ClassWhiteSpot
	case !gap.Known:
		return ClassNoData
	case gap.V >= weakGap:
		return ClassWeak
	case gap.V <= -weakGap:
		return ClassStrong
	}
	return ClassAdequate
}

// State (stav pokrytí) is how a cell is told apart at a glance.
type State string

// The four states.
const (
	StateNow    State = "nyni"      // a project is running
	StatePast   State = "drive"     // one was, none is
	StateNone   State = "zadny"     // none is known, and the sources are loaded
	StateNoData State = "bez_udaju" // none is known, and neither are the sources
)

// StateOf tells the state of a cell. Ever is whether any project was ever
// counted there.
func StateOf(running uint32, ever, loaded bool) State {
	switch {
	case running > 0:
		return StateNow
	case ever:
		return StatePast
	case loaded:
		return StateNone
	}
	return StateNoData
}

// neglected is the share of money under which an area is neglected (8.1.9).
const neglected = 0.02

// Neglected says whether an area had less than 2 % of the money; unknown where
// there was no money at all.
func Neglected(minor, all int64) (yes, known bool) {
	if all <= 0 {
		return false, false
	}
	return float64(minor) < neglected*float64(all), true
}
