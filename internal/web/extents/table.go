package extents

import (
	"slices"

	"atlas"
	"atlas/internal/web/route"
)

// fullYears is how many years before this one the table has (8.1.1).
const fullYears = 20

// rowOf is one territory of the table of completeness.
type rowOf struct {
	Name, URL string
	Cells     []cell
}

// cell is a territory in a year: how many sources of each state.
type cell struct {
	URL                  string // the list of them
	Place                string
	Year                 int
	Whole, Part, Missing int
}

// Known says whether any source is known.
func (c cell) Known() bool { return c.Whole+c.Part+c.Missing > 0 }

func (c *cell) add(s atlas.ExtentState) {
	switch s {
	case atlas.ExtentWhole:
		c.Whole++
	case atlas.ExtentPart:
		c.Part++
	case atlas.ExtentMissing:
		c.Missing++
	}
}

// stateIn is what an extent says of a territory of the table: nothing, or how much
// of it is here. All of a source of a part of a kraj is a part for the kraj.
func (t teller) stateIn(x *atlas.SourceExtent, territory string) (s atlas.ExtentState, ok bool) {
	chain := t.app.Chain(territory)
	for _, code := range x.Territories {
		switch {
		case code == atlas.CountryCode, slices.Contains(chain, code):
			return x.State, true
		case territory != atlas.CountryCode && slices.Contains(t.app.Chain(code), territory):
			ok = true
		}
	}
	if s = x.State; s == atlas.ExtentWhole {
		s = atlas.ExtentPart
	}
	return s, ok
}

// table counts the published sources by kraj and year, the country first.
func (t teller) table(years []int) []rowOf {
	g := t.app.Places()
	codes := []string{atlas.CountryCode}
	for _, region := range g.Children(atlas.CountryCode, atlas.LevelRegion) {
		codes = append(codes, region.Code)
	}
	all := t.app.Completeness().All()
	var out []rowOf
	for _, code := range codes {
		row := rowOf{Name: t.place(code), URL: route.Territory(t.lang, code), Cells: make([]cell, len(years))}
		if code == atlas.CountryCode {
			row.URL = ""
		}
		for i, year := range years {
			row.Cells[i] = cell{URL: route.ExtentsOf(t.lang, code, year), Place: row.Name, Year: year}
		}
		for i := range all {
			s, ok := t.stateIn(&all[i], code)
			for j, year := range years {
				if ok && all[i].From <= year && year <= all[i].To {
					row.Cells[j].add(s)
				}
			}
		}
		out = append(out, row)
	}
	return out
}

// lastYears are the years of the table, the latest first: who reads on a phone
// sees those first.
func lastYears(now int) []int {
	out := make([]int, 0, fullYears+1)
	for y := now; y >= now-fullYears; y-- {
		out = append(out, y)
	}
	return out
}
