package atlas_test

import (
	"fmt"
	"slices"
	"testing"

	"atlas"

	"pgregory.net/rapid"
)

// someone is one cell of the country: people of one category in one smallest
// territory.
type someone struct {
	place string
	inner
}

// everywhere are the territories of the tests of a cover, the smallest first.
var everywhere = []string{"554491", "554492", "554481", "554482", "554961", "CZ0411", "CZ0412", "4102", "4103", "CZ041", "CZ"}

// smallest are the territories that nothing lies in; the rest of a city, of which
// no part of it tells, is "554481".
var smallest = []string{"554491", "554492", "554481", "554482", "554961"}

// drawCountry makes the cells of a country.
func drawCountry(t *rapid.T, citizenships []string, ages []atlas.Ages, places []string) []someone {
	most := rapid.SampledFrom([]int64{1, 3, 6, 12, 40}).Draw(t, "most")
	var out []someone
	for _, place := range places {
		full := rapid.IntRange(0, 3).Draw(t, "full")
		for _, country := range citizenships {
			for _, sex := range []string{"m", "z", "x"} {
				for _, age := range ages {
					n := int64(0)
					if sex != "x" && rapid.IntRange(0, 3).Draw(t, "some") < full {
						n = rapid.Int64Range(0, most).Draw(t, "n")
					}
					out = append(out, someone{place, inner{atlas.Category{Citizenship: country, Sex: sex, Age: age}, n}})
				}
			}
		}
	}
	return out
}

func within(place, code string) bool {
	return place == code || slices.Contains(lying.Above(place), code)
}

// drawTold is what a source tells of the country: of some territories a table,
// whole, without zeros or with holes.
func drawTold(t *rapid.T, cells []someone) []*atlas.Slice {
	var out []*atlas.Slice
	for _, code := range everywhere {
		var own []inner
		for _, c := range cells {
			if within(c.place, code) {
				own = append(own, c.inner)
			}
		}
		if len(own) == 0 || rapid.IntRange(0, 5).Draw(t, "told") == 0 {
			continue
		}
		s := tableOf(own)
		s.Territory = code
		switch rapid.IntRange(0, 4).Draw(t, "how") {
		case 0:
			s.Figures = slices.DeleteFunc(s.Figures, func(f atlas.Figure) bool { return f.Value == 0 })
		case 1:
			s.Figures = slices.DeleteFunc(s.Figures, func(atlas.Figure) bool { return rapid.IntRange(0, 3).Draw(t, "hole") == 0 })
		case 2:
			n := rapid.IntRange(1, 3).Draw(t, "attributes")
			s.Figures = slices.DeleteFunc(s.Figures, func(f atlas.Figure) bool { return f.Category.Attributes() > n })
		}
		out = append(out, s)
	}
	return out
}

// publicOf is all that anybody can see at once, as sums of the cells.
func publicOf(told []*atlas.Slice, cover atlas.Cover, cells []someone) (sums []equation, hidden []atlas.Slice) {
	for _, s := range told {
		public := cover.Public(s)
		hidden = append(hidden, *public)
		for _, f := range public.Figures {
			if !f.Known() {
				continue
			}
			e := equation{sum: f.Value}
			for i, c := range cells {
				if within(c.place, s.Territory) && belongs(c.category, f.Category) {
					e.cells = append(e.cells, i)
				}
			}
			sums = append(sums, e)
		}
	}
	return sums, hidden
}

func belongs(c, d atlas.Category) bool {
	return (d.Citizenship == "" || d.Citizenship == c.Citizenship) && (d.Sex == "" || d.Sex == c.Sex) && (!d.Age.Set() || d.Age == c.Age)
}

// bounded are the bounds of every cell by all sums, closed until nothing moves.
func bounded(sums []equation, cells int) (low, high []int64) {
	low, high = make([]int64, cells), make([]int64, cells)
	for i := range high {
		high[i] = 1 << 40
	}
	for moved := true; moved; {
		moved = false
		for _, e := range sums {
			var least, most int64
			for _, c := range e.cells {
				least, most = least+low[c], most+high[c]
			}
			for _, c := range e.cells {
				if h := e.sum - (least - low[c]); h < high[c] {
					most, high[c], moved = most-high[c]+h, h, true
				}
				if l := e.sum - (most - high[c]); l > low[c] {
					least, low[c], moved = least-low[c]+l, l, true
				}
			}
		}
	}
	return low, high
}

// prime is that of the field in which sums are eliminated: what follows from them by
// adding and subtracting follows in it too.
const prime = 1_000_000_007

// determined says which sums of cells follow from others by adding and subtracting:
// exact elimination.
func determined(sums []equation, cells int, asked [][]int) []bool {
	var rows [][]int64
	pivots := []int{}
	reduce := func(row []int64) []int64 {
		for n, p := range pivots {
			if f := row[p]; f != 0 {
				for i, v := range rows[n] {
					row[i] = ((row[i]-f*v)%prime + prime) % prime
				}
			}
		}
		return row
	}
	rowOf := func(of []int) []int64 {
		row := make([]int64, cells)
		for _, c := range of {
			row[c] = 1
		}
		return reduce(row)
	}
	for _, e := range sums {
		row := rowOf(e.cells)
		p := slices.IndexFunc(row, func(v int64) bool { return v != 0 })
		if p < 0 {
			continue
		}
		inverse := power(row[p], prime-2)
		for i := range row {
			row[i] = row[i] * inverse % prime
		}
		rows, pivots = append(rows, row), append(pivots, p)
	}
	out := make([]bool, len(asked))
	for i, of := range asked {
		out[i] = !slices.ContainsFunc(rowOf(of), func(v int64) bool { return v != 0 })
	}
	return out
}

func power(b, e int64) int64 {
	out := int64(1)
	for ; e > 0; e >>= 1 {
		if e&1 == 1 {
			out = out * b % prime
		}
		b = b * b % prime
	}
	return out
}

// hiddenSmall are the small numbers of places that have to be hidden, and their
// cells.
func hiddenSmall(t *rapid.T, told []*atlas.Slice, cover atlas.Cover, cells []someone) (names []string, of [][]int, values []int64) {
	for _, s := range told {
		if l := lying.Level(s.Territory); l != atlas.LevelMunicipality && l != atlas.LevelCityDistrict {
			continue
		}
		public := cover.Public(s)
		for _, f := range s.Figures {
			if f.Category.Attributes() < 3 || f.Category.Citizenship == "" || f.Value == 0 || f.Value >= atlas.SmallNumber {
				continue
			}
			if p := public.Figure(f.Category); p.State != atlas.FigureSuppressed {
				t.Fatalf("%s %v is shown", s.Territory, f)
			}
			var sum []int
			for i, c := range cells {
				if within(c.place, s.Territory) && belongs(c.category, f.Category) {
					sum = append(sum, i)
				}
			}
			names, of, values = append(names, s.Territory+" "+f.Category.String()), append(of, sum), append(values, f.Value)
		}
	}
	return names, of, values
}

// 8.10 over the whole tree: nothing that was hidden follows from everything that is
// public at once – of the place, of the others, and of all that they lie in.
func TestNoHiddenNumberFollowsFromAllTerritoriesTogether(t *testing.T) {
	tried := 0
	rapid.Check(t, func(t *rapid.T) {
		cells := drawCountry(t, []string{"UA", "VN", "SK"}[:rapid.IntRange(1, 3).Draw(t, "citizenships")],
			[]atlas.Ages{atlas.AgesBetween(0, 14), atlas.AgesBetween(15, 64), atlas.AgesBetween(65, -1)}[:rapid.IntRange(2, 3).Draw(t, "ages")], smallest)
		told := drawTold(t, cells)
		cover := atlas.CoverOf(told, lying)
		names, of, values := hiddenSmall(t, told, cover, cells)
		if len(names) == 0 {
			return
		}
		tried += len(names)
		sums, public := publicOf(told, cover, cells)
		follow := determined(sums, len(cells), of)
		low, high := bounded(sums, len(cells))
		for i, name := range names {
			var least, most int64
			for _, c := range of[i] {
				least, most = least+low[c], most+high[c]
			}
			if follow[i] || least == most {
				t.Fatalf("%s is %d, which follows from what is public (%t, %d to %d): %v", name, values[i], follow[i], least, most, public)
			}
		}
	})
	if tried < 300 {
		t.Errorf("only %d small numbers were tried", tried)
	}
}

// The same with a solver that tries every value, over countries that are small
// enough for it: another country with the very same public numbers is found for
// each hidden number.
func TestForEachHiddenNumberAnotherCountryLooksTheSame(t *testing.T) {
	tried := 0
	rapid.Check(t, func(t *rapid.T) {
		places := [][]string{{"554481", "554482"}, {"554482", "554961"}, {"554491", "554481"}, {"554491", "554492"}}[rapid.IntRange(0, 3).Draw(t, "places")]
		cells := drawCountry(t, []string{"UA", "VN"}[:rapid.IntRange(1, 2).Draw(t, "citizenships")], []atlas.Ages{atlas.AgesBetween(0, 14), atlas.AgesBetween(15, -1)}, places)
		told := drawTold(t, cells)
		cover := atlas.CoverOf(told, lying)
		names, of, values := hiddenSmall(t, told, cover, cells)
		if len(names) == 0 {
			return
		}
		sums, public := publicOf(told, cover, cells)
		for i, name := range names {
			tried++
			another := slices.ContainsFunc([]int64{values[i] + 1, values[i] - 1, 0, values[i] + 2, values[i] + 3}, func(v int64) bool {
				return v >= 0 && v != values[i] && solverOf(append(sums[:len(sums):len(sums)], equation{of[i], v}), len(cells)).feasible(t)
			})
			if !another {
				t.Fatalf("%s can only be %d by what is public: %v", name, values[i], public)
			}
		}
	})
	if tried < 60 {
		t.Errorf("only %d small numbers were tried", tried)
	}
}

func solverOf(sums []equation, cells int) *solver {
	s := &solver{equations: sums, of: make([][]int, cells), value: make([]int64, cells)}
	for n, e := range sums {
		for _, c := range e.cells {
			s.of[c] = append(s.of[c], n)
		}
	}
	return s
}

func (s *solver) feasible(t *rapid.T) bool {
	for i := range s.value {
		s.value[i] = -1
	}
	ok := s.solve()
	if s.steps > stepsMost {
		t.Skip("the solver ran out of steps")
	}
	return ok
}

// A number of an obec cannot be told from its okres and the other obce, and dates
// and other territories are left as they are.
func TestWhatIsHiddenInAMunicipalityIsHiddenInAllThatItLiesIn(t *testing.T) {
	child, adult := atlas.AgesBetween(0, 14), atlas.AgesBetween(15, -1)
	town := func(few int64) []inner {
		var out []inner
		for i, n := range []int64{few, 20, 30, 40} {
			out = append(out, inner{atlas.Category{Citizenship: "UA", Sex: []string{"m", "z"}[i%2], Age: []atlas.Ages{child, adult}[i/2]}, n})
		}
		return out
	}
	one, other, far := tableOf(town(3)), tableOf(town(10)), tableOf(town(11))
	other.Territory, far.Territory = "554482", "554961"
	okres := tableOf(append(town(3), town(10)...))
	okres.Territory = "CZ0411"
	cover := atlas.CoverOf([]*atlas.Slice{one, other, far, okres}, lying)
	few := atlas.Category{Citizenship: "UA", Sex: "m", Age: child}
	for _, c := range []struct {
		s    *atlas.Slice
		want atlas.FigureState
	}{{one, atlas.FigureSuppressed}, {other, atlas.FigureKnown}, {far, atlas.FigureKnown}, {okres, atlas.FigureSuppressed}} {
		p := cover.Public(c.s)
		if got := p.Figure(few).State; got != c.want {
			t.Errorf("%s: %d, want %d", c.s.Territory, got, c.want)
		}
		for _, stays := range []atlas.Category{{}, {Citizenship: "UA"}, {Citizenship: "UA", Sex: "m"}, {Citizenship: "UA", Age: child}} {
			if !p.Figure(stays).Known() {
				t.Errorf("%s: %v is hidden: %v", c.s.Territory, stays, fmt.Sprint(p.Figures))
			}
		}
	}
}
