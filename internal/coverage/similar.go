package coverage

import (
	"cmp"
	"math"
	"slices"
)

// Trait (znak) is a property by which municipalities are like one another (8.7).
type Trait uint8

// The traits.
const (
	TraitPopulation Trait = iota // logarithm of the population
	TraitShare                   // foreigners among inhabitants
	TraitChange                  // change of their number over five years
	TraitLargest                 // share of the largest citizenship among foreigners
	TraitProtection              // holders of temporary protection per 1 000 inhabitants
	TraitNGOs                    // number of non-governmental organisations
	TraitKind                    // statutory city, seat of an ORP, other
	traits
)

// Traits lists all traits in their order.
func Traits() []Trait {
	out := make([]Trait, traits)
	for i := range out {
		out[i] = Trait(i)
	}
	return out
}

// Portrait (podoba) is what is known of the traits of one territory. Values stand
// as they are, TraitPopulation too: its logarithm is taken here. Kind is any word;
// "" is not known.
type Portrait struct {
	Code   string
	Values [TraitKind]Value
	Kind   string
}

// Likeness (podobnost) is how far another territory is, and what of the distance
// each trait adds. The parts sum to the distance. Missing traits are those of
// which either side knows nothing; each adds a penalty.
type Likeness struct {
	Code     string
	Distance float64
	Parts    [traits]float64
	Missing  [traits]bool
}

// penalty is what a trait adds that cannot be compared: as much as two territories
// drawn at random differ in it on average, 2/√π standard deviations where values
// are normal. Not knowing makes nobody alike.
var penalty = 2 / math.Sqrt(math.Pi)

// Similar gives the territories most like the one with the code, the nearest
// first, at most limit of them; none when it is not among those given. A trait is
// compared in standard deviations of all that are known, kinds are the same or one
// apart, and the distance is the mean over the traits.
func Similar(all []Portrait, code string, limit int) []Likeness {
	at := slices.IndexFunc(all, func(p Portrait) bool { return p.Code == code })
	if at < 0 {
		return nil
	}
	scaled := standardised(all)
	var out []Likeness
	for i := range all {
		if i != at {
			out = append(out, compare(all[at], all[i], scaled[at], scaled[i]))
		}
	}
	slices.SortFunc(out, func(a, b Likeness) int {
		return cmp.Or(cmp.Compare(a.Distance, b.Distance), cmp.Compare(a.Code, b.Code))
	})
	return out[:min(len(out), limit)]
}

func compare(a, b Portrait, x, y [TraitKind]Value) Likeness {
	l := Likeness{Code: b.Code}
	for t := range TraitKind {
		if !x[t].Known || !y[t].Known {
			l.Parts[t], l.Missing[t] = penalty, true
			continue
		}
		l.Parts[t] = math.Abs(x[t].V - y[t].V)
	}
	switch {
	case a.Kind == "" || b.Kind == "":
		l.Parts[TraitKind], l.Missing[TraitKind] = penalty, true
	case a.Kind != b.Kind:
		l.Parts[TraitKind] = 1
	}
	for t := range l.Parts {
		l.Parts[t] /= float64(traits)
		l.Distance += l.Parts[t]
	}
	return l
}

// standardised puts every trait into standard deviations from its mean. A trait
// that is the same everywhere tells nobody apart.
func standardised(all []Portrait) [][TraitKind]Value {
	out := make([][TraitKind]Value, len(all))
	for t := range TraitKind {
		var known []float64
		for i, p := range all {
			v := p.Values[t]
			if t == TraitPopulation && v.Known {
				v = KnownValue(math.Log(math.Max(v.V, 1)))
			}
			out[i][t] = v
			if v.Known {
				known = append(known, v.V)
			}
		}
		mean, deviation := spread(known)
		for i := range out {
			switch {
			case !out[i][t].Known:
			case deviation < 1e-12:
				out[i][t].V = 0
			default:
				out[i][t].V = (out[i][t].V - mean) / deviation
			}
		}
	}
	return out
}

// spread gives the mean and the standard deviation of all values.
func spread(values []float64) (mean, deviation float64) {
	if len(values) == 0 {
		return 0, 0
	}
	n := float64(len(values))
	for _, v := range values {
		mean += v / n
	}
	for _, v := range values {
		deviation += (v - mean) * (v - mean) / n
	}
	return mean, math.Sqrt(deviation)
}
