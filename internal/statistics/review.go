package statistics

import (
	"strings"

	"atlas"
)

// review looks at all slices of a file for what no row by itself shows: that the
// file is half, or of another year than it says.
type review struct {
	env     *Env
	layout  string
	name    string
	date    atlas.Date
	places  map[string]bool // of the date, for a source that tells all territories
	count   int             // territories of the date
	before  int
	then    atlas.Date
	totals  map[string]int64
	found   []atlas.RowProblem
	started bool
}

func newReview(env *Env, layout string) *review {
	return &review{env: env, layout: layout, places: map[string]bool{}, totals: map[string]int64{}}
}

// mostNotices is how many notices of one file are told.
const mostNotices = 50

func (v *review) notice(p atlas.RowProblem) {
	if len(v.found) < mostNotices {
		v.found = append(v.found, p)
	}
}

func (v *review) take(report *Report, s *atlas.Slice) {
	if !v.started || s.Date != v.date {
		v.close()
		v.started, v.date = true, s.Date
		clear(v.places)
		clear(v.totals)
		v.count = 0
	}
	v.count++
	if v.layout == LayoutForeigners {
		v.places[s.Territory] = true
		if total := s.Total(); total.Known() {
			v.totals[s.Territory] = total.Value
		}
	}
	if !report.From.Known() || s.Date.Compare(report.From) < 0 {
		report.From = s.Date
	}
	if s.Date.Last().Compare(report.To.Last()) >= 0 {
		report.To = s.Date
	}
	report.Territories = v.count
}

// fewerThan is the share of the territories of the date before under which the
// file may be half.
const fewerThan = 0.8

// close looks at the date that ended.
func (v *review) close() {
	if !v.started {
		return
	}
	if v.layout == LayoutForeigners {
		v.complete(atlas.LevelRegion)
		v.complete(atlas.LevelDistrict)
		v.adds()
	} else if float64(v.count) < fewerThan*float64(v.before) {
		v.notice(problem(0, "", "", "fewer_places", "date", v.date.String(), "n", v.count, "before", v.before, "then", v.then.String()))
	}
	v.before, v.then = v.count, v.date
}

// complete says which territories of a level have no numbers. Where there is none
// at all, the file is not of that level.
func (v *review) complete(level atlas.Level) {
	all := v.env.Places.Children("CZ", level)
	var missing []string
	for _, t := range all {
		if !v.places[t.Code] {
			missing = append(missing, t.Name)
		}
	}
	if len(missing) == 0 || len(missing) == len(all) {
		return
	}
	names := missing[:min(len(missing), 5)]
	v.notice(problem(0, "", "", "missing_places", "date", v.date.String(), "n", len(missing), "of", len(all), "names", strings.Join(names, ", ")))
}

// adds says when the kraje are other than the state.
func (v *review) adds() {
	whole, ok := v.totals["CZ"]
	sum := int64(0)
	for _, t := range v.env.Places.Children("CZ", atlas.LevelRegion) {
		n, known := v.totals[t.Code]
		sum, ok = sum+n, ok && known
	}
	if ok && sum != whole {
		v.notice(problem(0, "", "", "half", "date", v.date.String(), "total", whole, "sum", sum))
	}
}

// notices are all that was found, of the name of the file too.
func (v *review) notices(report *Report) []atlas.RowProblem {
	v.close()
	v.started = false
	if said, ok := dateInName(v.name); ok && report.From.Known() && (said.Last().Compare(report.From.First()) < 0 || said.First().Compare(report.To.Last()) > 0) {
		v.notice(problem(0, "", v.name, "year_of_name", "said", said.String(), "found", span(report)))
	}
	return v.found
}

func span(report *Report) string {
	if report.From == report.To {
		return report.From.String()
	}
	return report.From.String() + " – " + report.To.String()
}
