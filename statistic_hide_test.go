package atlas_test

import (
	"slices"
	"testing"

	"atlas"

	"pgregory.net/rapid"
)

// inner is one cell of the whole table of an obec: people of one citizenship, sex
// and age.
type inner struct {
	category atlas.Category
	value    int64
}

// tableOf is all sums of the cells: by every choice of attributes.
func tableOf(cells []inner) *atlas.Slice {
	sums := map[atlas.Category]int64{}
	for _, c := range cells {
		for mask := range 8 {
			d := c.category
			if mask&1 == 0 {
				d.Citizenship = ""
			}
			if mask&2 == 0 {
				d.Sex = ""
			}
			if mask&4 == 0 {
				d.Age = atlas.Ages{}
			}
			sums[d] += c.value
		}
	}
	s := &atlas.Slice{Territory: "554481"}
	for c, n := range sums {
		s.Figures = append(s.Figures, atlas.Figure{Category: c, Value: n, State: atlas.FigureKnown})
	}
	s.Sort()
	return s
}

// lying is how the territories of these tests lie: 554481 in CZ0411 and 4102, in
// CZ041, in CZ; so do 554482 in CZ0411 and 4103, 554961 in CZ0412 and 4103, and
// 554491 and 554492 are parts of 554481.
var lying = atlas.Lie{
	Level: func(code string) atlas.Level {
		switch {
		case code == "554491" || code == "554492":
			return atlas.LevelCityDistrict
		case len(code) == 6 && code[0] == '5':
			return atlas.LevelMunicipality
		case len(code) == 6:
			return atlas.LevelDistrict
		case len(code) == 4:
			return atlas.LevelORP
		case code == "CZ":
			return atlas.LevelCountry
		}
		return atlas.LevelRegion
	},
	Above: func(code string) []string {
		switch code {
		case "554481":
			return []string{"CZ0411", "4102", "CZ041", "CZ"}
		case "554491", "554492":
			return []string{"554481", "CZ0411", "4102", "CZ041", "CZ"}
		case "554482":
			return []string{"CZ0411", "4103", "CZ041", "CZ"}
		case "554961":
			return []string{"CZ0412", "4103", "CZ041", "CZ"}
		case "CZ0411", "CZ0412", "4102", "4103":
			return []string{"CZ041", "CZ"}
		case "CZ041":
			return []string{"CZ"}
		}
		return nil
	},
}

// equation is a public number: the sum of some cells.
type equation struct {
	cells []int
	sum   int64
}

// solver tells whether cells can have numbers such that all that is public holds.
type solver struct {
	equations []equation
	of        [][]int // equations of each cell
	value     []int64 // -1 = free
	steps     int
}

func newSolver(cells []inner, public *atlas.Slice) *solver {
	s := &solver{of: make([][]int, len(cells)), value: make([]int64, len(cells))}
	for _, f := range public.Figures {
		if !f.Known() {
			continue
		}
		e := equation{sum: f.Value}
		for i, c := range cells {
			d := f.Category
			if (d.Citizenship == "" || d.Citizenship == c.category.Citizenship) && (d.Sex == "" || d.Sex == c.category.Sex) && (!d.Age.Set() || d.Age == c.category.Age) {
				e.cells = append(e.cells, i)
				s.of[i] = append(s.of[i], len(s.equations))
			}
		}
		s.equations = append(s.equations, e)
	}
	return s
}

// possible says whether a cell can have a value. Running out of steps fails the
// test, as either answer could be wrong.
func (s *solver) possible(t *rapid.T, cell int, value int64) bool {
	for i := range s.value {
		s.value[i] = -1
	}
	s.value[cell], s.steps = value, 0
	ok := s.solve()
	if s.steps > stepsMost {
		t.Fatalf("the solver ran out of steps")
	}
	return ok
}

const stepsMost = 2_000_000

// rooms are between what each cell must be by its equations: a free one is at most
// what is left of each sum, and at least what the others cannot make of it.
func (s *solver) rooms() (low, high []int64, ok bool) {
	low, high = make([]int64, len(s.value)), make([]int64, len(s.value))
	left := make([]int64, len(s.equations))
	for n, e := range s.equations {
		left[n] = e.sum
		for _, c := range e.cells {
			left[n] -= max(0, s.value[c])
		}
		if left[n] < 0 {
			return nil, nil, false
		}
	}
	for i, v := range s.value {
		if v >= 0 {
			continue
		}
		high[i] = 1 << 40
		for _, n := range s.of[i] {
			high[i] = min(high[i], left[n])
		}
	}
	for n, e := range s.equations {
		most := int64(0)
		for _, c := range e.cells {
			most += high[c] // of a cell that is not free 0
		}
		if most < left[n] {
			return nil, nil, false
		}
		for _, c := range e.cells {
			if s.value[c] < 0 {
				low[c] = max(low[c], left[n]-(most-high[c]))
			}
		}
	}
	return low, high, true
}

// solve tries the free cell with the least room.
func (s *solver) solve() bool {
	if s.steps++; s.steps > stepsMost {
		return false
	}
	low, high, ok := s.rooms()
	if !ok {
		return false
	}
	best := -1
	for i, v := range s.value {
		if v < 0 && (best < 0 || high[i]-low[i] < high[best]-low[best]) {
			best = i
		}
	}
	if best < 0 {
		return true
	}
	for v := high[best]; v >= low[best]; v-- {
		s.value[best] = v
		if s.solve() {
			return true
		}
	}
	s.value[best] = -1
	return false
}

// 8.10: from all that is public of an obec, no small number by citizenship and two
// more attributes can be told: each can be any of 1 to 4, or of 1 to the total of
// its citizenship, and none at all too.
func TestNoSmallNumberCanBeRecomputedFromWhatIsPublic(t *testing.T) {
	hidden, kept := 0, map[int]int{}
	rapid.Check(t, func(t *rapid.T) {
		ages := []atlas.Ages{atlas.AgesBetween(0, 14), atlas.AgesBetween(15, 64), atlas.AgesBetween(65, -1)}[:rapid.IntRange(1, 3).Draw(t, "ages")]
		most := rapid.SampledFrom([]int64{2, 6, 12, 30}).Draw(t, "most")
		var cells []inner
		for _, country := range []string{"UA", "VN", "SK"}[:rapid.IntRange(1, 4-len(ages)).Draw(t, "citizenships")] {
			for _, sex := range []string{"m", "z", "x"} {
				for _, age := range ages {
					n := int64(0)
					if sex != "x" && rapid.IntRange(0, 3).Draw(t, "some") > 0 {
						n = rapid.Int64Range(0, most).Draw(t, "n")
					}
					cells = append(cells, inner{atlas.Category{Citizenship: country, Sex: sex, Age: age}, n})
				}
			}
		}
		whole := tableOf(cells)
		// A table may leave out what is zero.
		if rapid.Bool().Draw(t, "without zeros") {
			whole.Figures = slices.DeleteFunc(whole.Figures, func(f atlas.Figure) bool { return f.Value == 0 })
		}
		public := atlas.CoverOf([]*atlas.Slice{whole}, lying).Public(whole)
		for _, f := range public.Figures {
			if was := whole.Figure(f.Category); f.Known() && f != was {
				t.Fatalf("%v is public as %d", was, f.Value)
			}
			if f.Category.Attributes() == 1 && f.Category.Citizenship != "" && !f.Known() {
				t.Fatalf("the total of %s is hidden", f.Category.Citizenship)
			}
		}
		solver := newSolver(cells, public)
		for i, c := range cells {
			if c.value == 0 || c.value >= atlas.SmallNumber {
				continue
			}
			hidden++
			if f := public.Figure(c.category); f.State != atlas.FigureSuppressed {
				t.Fatalf("%v is shown", whole.Figure(c.category))
			}
			total := whole.Figure(atlas.Category{Citizenship: c.category.Citizenship}).Value
			for v := int64(0); v <= min(atlas.SmallNumber-1, total); v++ {
				if !solver.possible(t, i, v) {
					t.Fatalf("%v cannot be %d by what is public: %v", whole.Figure(c.category), v, public.Figures)
				}
			}
		}
		n := 0
		for _, f := range public.Figures {
			if f.Known() && f.Category.Attributes() > 1 {
				n++
			}
		}
		kept[min(n, 3)]++
	})
	if hidden < 100 {
		t.Errorf("only %d small numbers were tried", hidden)
	}
	if kept[3] == 0 {
		t.Error("nothing but totals ever stays public")
	}
}

func TestAboveAMunicipalityAndWithoutCitizenshipNothingIsHidden(t *testing.T) {
	for name, s := range map[string]*atlas.Slice{
		"okres":       tableOf([]inner{{atlas.Category{Citizenship: "UA", Sex: "z", Age: atlas.AgesBetween(0, 4)}, 1}}),
		"citizenship": tableOf([]inner{{atlas.Category{Sex: "z", Age: atlas.AgesBetween(0, 4)}, 1}}),
	} {
		if name == "okres" {
			s.Territory = "CZ0411"
		}
		if cover := atlas.CoverOf([]*atlas.Slice{s}, lying); len(cover) > 0 || !slices.Equal(cover.Public(s).Figures, s.Figures) {
			t.Errorf("%s: %v", name, cover.Public(s).Figures)
		}
	}
}
