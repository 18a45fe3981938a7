package projects

import (
	"slices"
	"strconv"

	"atlas/internal/search"
	"atlas/internal/web/question"
)

// chip is one active filter with the address without it.
type chip struct {
	Facet, Label string
	Unknown      bool
	Without      state
}

// chips lists what is filtered now, in the order of the column. Years that follow one
// another are one chip, which goes as a whole.
func (v vocabulary) chips(s state) []chip {
	var out []chip
	for _, f := range facets {
		for _, values := range runs(f, s.Filters[f]) {
			label, known := v.label(f, values[0])
			without := s
			for _, value := range values {
				without = without.without(f, value)
			}
			if n := len(values); n > 1 {
				label += "–" + values[n-1]
			}
			out = append(out, chip{
				Facet: v.word("projects.facet." + string(f)), Label: label, Unknown: !known, Without: without,
			})
		}
	}
	return out
}

// leastRun is from how many years on that follow one another they are told as a span.
const leastRun = 3

// runs are the values of a facet one by one, but of years that follow one another:
// those stand together, at the place of the first of them that was chosen.
func runs(f search.Facet, values []string) [][]string {
	var out [][]string
	told := map[string]bool{}
	for _, value := range values {
		run := []string{value}
		if f == search.FacetYear {
			run = runOf(value, values)
		}
		if told[value] {
			continue
		}
		if len(run) < leastRun {
			run = []string{value}
		}
		for _, one := range run {
			told[one] = true
		}
		out = append(out, run)
	}
	return out
}

// runOf is the years around one that follow one another among those chosen.
func runOf(value string, chosen []string) []string {
	if !question.IsNumber(value) {
		return []string{value}
	}
	at := func(year int) bool { return slices.Contains(chosen, strconv.Itoa(year)) }
	first, err := strconv.Atoi(value)
	if err != nil || strconv.Itoa(first) != value { // 02015 is not the year beside 2016
		return []string{value}
	}
	for at(first - 1) {
		first--
	}
	var out []string
	for year := first; at(year); year++ {
		out = append(out, strconv.Itoa(year))
	}
	return out
}
