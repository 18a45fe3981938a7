package coverage

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/search"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// Parameters of the address beside those of a question.
const (
	paramLevel  = "clenit"
	paramWithin = "uvnitr"
	paramAxis   = "osa"
	paramFrom   = "od"
	paramTo     = "do"
	paramShow   = "ukazat"
	paramView   = "zobrazeni"
	paramItem   = "tema"
)

// Views of the matrix.
const (
	viewMatrix = "matice"
	viewMap    = "mapa"
	viewRank   = "poradi"
	viewTrend  = "vyvoj"
)

// usualYears is how many years are shown unless somebody asks otherwise; the rule
// of white spots looks at three, a programme takes about seven.
const usualYears = 5

// firstYear is the earliest year that can be shown.
const firstYear = 1990

// asked is what an address asks of the matrix. All of it follows from the address
// and the data; what cannot be taken as written is corrected and noted.
type asked struct {
	question.Question
	Level      atlas.Level
	Within     string // "" = the whole country
	Axis       coverage.Axis
	From, To   int
	Show, View string
	Item       string   // of the axis, that the map is of; anyItem = all together
	Notes      []string // message keys
}

// levels of the rows that can be asked for. Municipalities only inside a kraj or
// narrower: six thousand rows are no matrix.
var levels = []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelORP, atlas.LevelMunicipality}

// usualTo are the years that are shown in a year unless somebody asks otherwise.
func usualTo(year int) (from, to int) { return year - usualYears + 1, year }

func read(values url.Values, ops *app.App, year int) asked {
	q, notes := question.Read(values, question.Narrowest(ops.Places()))
	delete(q.Filters, search.FacetYear)     // said by from and to
	delete(q.Filters, search.FacetCoverage) // said by the rows
	s := asked{Question: q, Level: atlas.LevelRegion, Show: showProjects, View: viewMatrix, Item: anyItem}
	s.From, s.To = usualTo(year)
	for _, n := range notes {
		s.note("projects.note." + string(n))
	}
	if values.Get(paramAxis) == "skupiny" {
		s.Axis = coverage.ByTarget
	}
	if v := values.Get(paramShow); slices.Contains(shows, v) {
		s.Show = v
	}
	if v := values.Get(paramView); v == viewTrend || v == viewRank || v == viewMap {
		s.View = v
	}
	s.readYears(values, year)
	s.readView(values)
	s.readShow()
	s.readRows(values, ops)
	s.readItem(values, ops)
	return s
}

func (s *asked) note(key string) {
	if !slices.Contains(s.Notes, key) {
		s.Notes = append(s.Notes, key)
	}
}

func (s *asked) readYears(values url.Values, year int) {
	for _, x := range []struct {
		param string
		to    *int
	}{{paramFrom, &s.From}, {paramTo, &s.To}} {
		given := values.Get(x.param)
		n, err := strconv.Atoi(given)
		switch {
		case given == "":
		case err != nil || n < firstYear || n > year+10:
			s.note("coverage.note.year")
		default:
			*x.to = n
		}
	}
	if s.From > s.To {
		s.From, s.To = s.To, s.From
		s.note("coverage.note.order")
	}
}

func (s *asked) readRows(values url.Values, ops *app.App) {
	if code := values.Get(paramWithin); code != "" && code != "CZ" {
		if _, ok := ops.Places().Get(code); ok {
			s.Within = code
			s.Level = atlas.LevelDistrict
		} else {
			s.note("coverage.note.within")
		}
	}
	switch v := atlas.Level(values.Get(paramLevel)); {
	case slices.Contains(levels, v):
		s.Level = v
	case v != "":
		s.note("coverage.note.level")
	}
	if s.Level == atlas.LevelMunicipality && s.Within == "" {
		s.Level = atlas.LevelDistrict
		s.note("coverage.note.municipalities")
	}
	if t, ok := ops.Places().Get(s.Within); ok && s.Within != "" && len(ops.Places().Children(s.Within, s.Level)) == 0 && t.Level != s.Level {
		s.Level = narrowest(ops, t)
	}
}

// readShow keeps to what a year of the trend can be told by: nobody knows how many
// people lived there in each, and now is one month.
func (s *asked) readShow() {
	if yearly, ok := yearlyShows[s.Show]; ok && s.View == viewTrend {
		s.Show = yearly
		s.note("coverage.note.trend")
	}
}

// readItem takes the item of the map; one that the axis does not have, or that is
// filtered out, is none.
func (s *asked) readItem(values url.Values, ops *app.App) {
	given := values.Get(paramItem)
	if given == "" || given == anyItem {
		return
	}
	code := given
	if code == search.NotKnown {
		code = ""
	}
	chosen := s.Filters[s.facet()]
	if code != "" && !ops.Lists().Has(s.list(), code) || len(chosen) > 0 && !slices.Contains(chosen, given) {
		s.note("coverage.note.item")
		return
	}
	s.Item = code
}

// narrowest is the widest level that a territory has parts of; its own where it
// has none.
func narrowest(ops *app.App, t atlas.Territory) atlas.Level {
	for _, level := range levels {
		if len(ops.Places().Children(t.Code, level)) > 0 && level != t.Level {
			return level
		}
	}
	return t.Level
}

// values are the parameters of the address that says the same.
func (s asked) values() url.Values {
	out := s.Question.Values()
	out.Set(paramLevel, string(s.Level))
	if s.Within != "" {
		out.Set(paramWithin, s.Within)
	}
	if s.Axis == coverage.ByTarget {
		out.Set(paramAxis, "skupiny")
	}
	out.Set(paramFrom, strconv.Itoa(s.From))
	out.Set(paramTo, strconv.Itoa(s.To))
	if s.Show != showProjects {
		out.Set(paramShow, s.Show)
	}
	if s.View != viewMatrix {
		out.Set(paramView, s.View)
	}
	if s.Item != anyItem {
		out.Set(paramItem, cmp.Or(s.Item, search.NotKnown))
	}
	return out
}

// url is the address of a page with some parameters changed.
func (s asked) url(lang string, change func(url.Values)) string {
	v := s.values()
	change(v)
	return route.WithQuery(route.In(lang, route.Coverage), v.Encode())
}

// cellURL is the list of the projects of a cell: exactly those that it counts.
func (s asked) cellURL(lang, row, item string, from, to int) string {
	v := s.Question.Values()
	v.Set(string(search.FacetCoverage), row)
	if item != anyItem {
		f := s.facet()
		v.Set(string(f), item)
		if item == "" {
			v.Set(string(f), search.NotKnown)
		}
	}
	v.Set(string(search.FacetYear), span(from, to))
	return route.ProjectsWith(lang, v)
}

// anyItem stands for all items of the axis together.
const anyItem = "*"

func span(from, to int) string {
	if from == to {
		return strconv.Itoa(from)
	}
	return strconv.Itoa(from) + question.To + strconv.Itoa(to)
}

func (s asked) facet() search.Facet {
	if s.Axis == coverage.ByTarget {
		return search.FacetTargetLegal
	}
	return search.FacetArea
}

func (s asked) list() string {
	if s.Axis == coverage.ByTarget {
		return atlas.ListTargetLegal
	}
	return atlas.ListArea
}

// query finds the projects of the matrix.
func (s asked) query() search.Query {
	return search.Query{Text: s.Text, Filters: s.Filters}
}
