package rubric

import (
	"maps"
	"math/big"
	"slices"
)

// Metric is how far apart two values are for Krippendorff's alpha.
type Metric string

const (
	Nominal  Metric = "nominal"  // the same or not
	Ordinal  Metric = "ordinal"  // by how many values given lie between them
	Interval Metric = "interval" // by their difference
	Ratio    Metric = "ratio"    // by their difference beside their sum
)

// Metrics are all metrics, the one that asks least of the values first.
func Metrics() []Metric { return []Metric{Nominal, Ordinal, Interval, Ratio} }

// Thresholds of alpha by convention (Krippendorff, Content Analysis: An Introduction
// to Its Methodology, chapter on reliability): conclusions rest on values from
// Reliable up; from Tentative up they are tentative; under it they are to be talked
// over. In thousandths.
const (
	Reliable  = 800
	Tentative = 667
)

// Agreement (shoda hodnotitelů) is Krippendorff's alpha of some values. It is known
// only where there are at least two different values among those that can be paired:
// without them chance itself would agree on everything and alpha would be 0/0.
type Agreement struct {
	Known  bool
	Exact  *big.Rat // nil unless Known
	Alpha  float64  // the nearest number to Exact
	Units  int      // with at least two values
	Values int      // that can be paired
}

// Thousandths is alpha as it is shown, rounded half away from zero; 0 where it is not
// known.
func (a Agreement) Thousandths() int {
	if !a.Known {
		return 0
	}
	return rounded(a.Exact, 1000)
}

// AtLeast compares alpha as it is shown with a threshold in thousandths, so nobody
// reads 0.667 beside "under 0.667". False where it is not known.
func (a Agreement) AtLeast(thousandths int) bool { return a.Known && a.Thousandths() >= thousandths }

// rounded is x times scale, rounded half away from zero.
func rounded(x *big.Rat, scale int64) int {
	y := new(big.Rat).Mul(x, big.NewRat(scale, 1))
	n := new(big.Int).Mul(new(big.Int).Abs(y.Num()), big.NewInt(2))
	n.Add(n, y.Denom()).Quo(n, new(big.Int).Mul(y.Denom(), big.NewInt(2)))
	return int(n.Int64()) * y.Sign()
}

// Alpha computes Krippendorff's alpha of units, each the values that raters gave to
// it in any order, those that are missing left out. Values of the ratio metric are
// not negative.
//
// It is 1 − (n−1)·Σ o(c,k)·δ²(c,k) ÷ Σ n(c)·n(k)·δ²(c,k) over the matrix of
// coincidences (Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, part
// C), in fractions.
func Alpha(m Metric, units [][]int) Agreement {
	c := coincide(units)
	out := Agreement{Units: c.units, Values: c.n}
	observed, expected := new(big.Rat), new(big.Rat)
	for i, a := range c.values {
		for _, b := range c.values[i+1:] {
			distance := c.distance(m, a, b)
			if o, ok := c.pairs[[2]int{a, b}]; ok {
				observed.Add(observed, new(big.Rat).Mul(o, distance))
			}
			chance := new(big.Rat).SetInt64(int64(c.count[a]) * int64(c.count[b]))
			expected.Add(expected, chance.Mul(chance, distance))
		}
	}
	if expected.Sign() == 0 {
		return out
	}
	observed.Mul(observed, big.NewRat(int64(c.n-1), 1))
	out.Known = true
	out.Exact = new(big.Rat).Sub(big.NewRat(1, 1), observed.Quo(observed, expected))
	out.Alpha, _ = out.Exact.Float64()
	return out
}

// coincidences is the matrix of coincidences: of each pair of different values how
// often they were given to one unit, a unit of m values counting m times in all.
type coincidences struct {
	values   []int // that occur, from the least
	count    map[int]int
	pairs    map[[2]int]*big.Rat // the lesser value first
	n, units int
}

func coincide(units [][]int) coincidences {
	c := coincidences{count: map[int]int{}, pairs: map[[2]int]*big.Rat{}}
	for _, unit := range units {
		m := len(unit)
		if m < 2 {
			continue // nothing to compare it with
		}
		c.units++
		c.n += m
		for i, a := range unit {
			c.count[a]++
			for _, b := range unit[i+1:] {
				c.pair(min(a, b), max(a, b), big.NewRat(1, int64(m-1)))
			}
		}
	}
	c.values = slices.Sorted(maps.Keys(c.count))
	return c
}

func (c *coincidences) pair(a, b int, weight *big.Rat) {
	if a == b {
		return // no distance
	}
	if sum, ok := c.pairs[[2]int{a, b}]; ok {
		sum.Add(sum, weight)
		return
	}
	c.pairs[[2]int{a, b}] = weight
}

// distance is the square of how far apart two different values are, a the lesser.
func (c *coincidences) distance(m Metric, a, b int) *big.Rat {
	var d *big.Rat
	switch m {
	case Ordinal:
		between := 0
		for _, v := range c.values {
			if v >= a && v <= b {
				between += c.count[v]
			}
		}
		d = big.NewRat(int64(2*between-c.count[a]-c.count[b]), 2)
	case Interval:
		d = big.NewRat(int64(b-a), 1)
	case Ratio:
		d = big.NewRat(int64(b-a), int64(b+a))
	default:
		return big.NewRat(1, 1)
	}
	return d.Mul(d, d)
}
