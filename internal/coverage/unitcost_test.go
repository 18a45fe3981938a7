package coverage

import (
	"fmt"
	"testing"
)

var courses = Unit{"A01", "osobokurz", "UNIK"}

func costs(unit Unit, year int, crowns ...float64) []UnitCost {
	var out []UnitCost
	for i, c := range crowns {
		out = append(out, UnitCost{Project: fmt.Sprintf("P-%d", i), Year: year, Unit: unit, Crowns: c})
	}
	return out
}

var flat = Prices{2020, map[int]float64{2019: 100, 2020: 100, 2015: 80}}

// TestUnitCostsByHand: the price of the same course differed 2 600 and 6 700 CZK
// (U-07). The quartiles of 2600, 3000, 4000, 5000, 6700 are 3000, 4000, 5000.
func TestUnitCostsByHand(t *testing.T) {
	got := Spreads(costs(courses, 2020, 6700, 2600, 4000, 3000, 5000), flat)[0]
	if !got.Enough || got.Count != 5 || got.Lower != 3000 || got.Median != 4000 || got.Upper != 5000 {
		t.Errorf("%+v", got)
	}
	even := Spreads(costs(courses, 2020, 10, 20, 30, 40, 50, 60), flat)[0]
	if even.Lower != 22.5 || even.Median != 35 || even.Upper != 47.5 {
		t.Errorf("%+v, want 22.5, 35 and 47.5", even)
	}
}

func TestFewerThanFiveProjectsShowNoMiddle(t *testing.T) {
	if got := Spreads(costs(courses, 2020, 1, 2, 3, 4), flat)[0]; got.Enough || got.Median != 0 || got.Count != 4 {
		t.Errorf("%+v", got)
	}
	twice := append(costs(courses, 2020, 1, 2, 3, 4), costs(courses, 2020, 5, 6)...)
	if got := Spreads(twice, flat)[0]; got.Enough || got.Count != 4 {
		t.Errorf("two costs of one project made %+v", got)
	}
}

func TestPricesAreThoseOfTheBaseYear(t *testing.T) {
	got := Spreads(append(costs(courses, 2015, 80, 160, 240, 320, 400), UnitCost{Project: "P-old", Year: 1999, Unit: courses, Crowns: 5}), flat)[0]
	if got.Median != 300 || got.Unconverted != 1 || got.Count != 5 {
		t.Errorf("%+v, want a median of 300 and one left out", got)
	}
}

func TestOnlyTheSameIsCompared(t *testing.T) {
	other := courses
	other.CountKind = "UCAS"
	if got := Spreads(append(costs(courses, 2020, 1, 2, 3), costs(other, 2020, 4, 5)...), flat); len(got) != 2 || got[0].Enough || got[1].Enough {
		t.Errorf("%+v", got)
	}
}
