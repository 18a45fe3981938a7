// Package question is what an address asks of the projects: words, chosen
// values of facets, an order. The list, its files and the public interface for
// programs read an address alike, so that they answer alike.
package question

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"atlas"
	"atlas/internal/place"
	"atlas/internal/reference"
	"atlas/internal/search"
)

// Parameters of an address that are not facets.
const (
	ParamText = "q"
	ParamSort = "razeni"
	ParamView = "zobrazeni"
	ParamPage = "strana"
)

// Limits of an address; more is no question of a person.
const (
	MaxValues = 100  // chosen values of all facets together
	MaxText   = 2000 // characters of the searched text
	maxValue  = 200  // characters of one value
)

// Facets lists all facets in the order in which they stand in addresses.
var Facets = []search.Facet{
	search.FacetArea, search.FacetTerritory, search.FacetTargetLegal, search.FacetYear,
	search.FacetFunder, search.FacetStatus, search.FacetActivity, search.FacetImplementerType,
	search.FacetTargetSituation, search.FacetFunderType, search.FacetProgramme, search.FacetPeriod,
	search.FacetImplementer, search.FacetAmountBand, search.FacetPeopleBand, search.FacetUpscaling,
	search.FacetTransfer, search.FacetCountry, search.FacetDetailLevel, search.FacetEvaluation, search.FacetPractice,
	search.FacetCoverage,
}

// Offered lists the facets that people are offered, in the order of the column of
// filters; to the others only links lead, from the cells of a matrix.
var Offered = Facets[:slices.Index(Facets, search.FacetCoverage)]

// Lists says from which code list the values of a facet come.
var Lists = map[search.Facet]string{
	search.FacetArea: atlas.ListArea, search.FacetTargetLegal: atlas.ListTargetLegal,
	search.FacetTargetSituation: atlas.ListTargetSituation, search.FacetActivity: atlas.ListActivity,
	search.FacetFunderType: atlas.ListFunderType, search.FacetProgramme: atlas.ListProgramme,
	search.FacetPeriod: atlas.ListPeriod, search.FacetStatus: atlas.ListStatus, search.FacetCountry: atlas.ListCountry,
	search.FacetTransfer: atlas.ListTransfer, search.FacetImplementerType: atlas.ListActorType,
	search.FacetAmountBand: reference.ListAmountBand, search.FacetPeopleBand: reference.ListPeopleBand,
}

// Order pairs a value of the parameter razeni with the order it means.
type Order struct {
	Name string
	Sort search.Sort
}

// Newest is the order by when a record was added.
const Newest = "nove"

// Orders lists the orders; the first is the one without a parameter.
var Orders = []Order{
	{"shoda", search.SortRelevance}, {"rok", search.SortYear}, {"castka", search.SortAmount},
	{Newest, search.SortNewest}, {"nazev", search.SortTitle},
}

// Note names something in an address that could not be taken as written.
type Note string

// The notes.
const (
	NoteSort  Note = "sort"  // no such order: the usual one is used
	NoteMany  Note = "many"  // values over MaxValues are left out
	NoteLong  Note = "long"  // the text is cut to MaxText
	NoteBytes Note = "bytes" // bytes that are no text are replaced
)

// Question is what is asked of the projects.
type Question struct {
	Text    string
	Filters map[search.Facet][]string // distinct, in the order of the address
	Sort    string                    // name of an Order
}

// Read reads an address. Nothing in it is an error: what cannot be taken as
// written is corrected and noted. narrow drops those values of the facet of
// territories in which another chosen one lies; nil drops none.
func Read(values url.Values, narrow func([]string) []string) (Question, []Note) {
	r := reading{Question: Question{Filters: map[search.Facet][]string{}, Sort: Orders[0].Name}}
	r.text(values.Get(ParamText))
	for _, f := range Facets {
		given := values[string(f)]
		if f == search.FacetYear {
			given = years(given)
		}
		r.choose(f, given)
	}
	if narrow != nil && len(r.Filters[search.FacetTerritory]) > 1 {
		r.Filters[search.FacetTerritory] = narrow(r.Filters[search.FacetTerritory])
	}
	r.sort(values.Get(ParamSort))
	return r.Question, r.notes
}

// To stands between the first and the last year of a span: "2022-2026" is the
// same as each of its years.
const To = "-"

// mostYears is how long a span of years may be.
const mostYears = 60

// years writes spans of years out. What is no span stays as it is.
func years(given []string) []string {
	var out []string
	for _, v := range given {
		first, last, ok := strings.Cut(v, To)
		from, err := strconv.Atoi(strings.TrimSpace(first))
		to, err2 := strconv.Atoi(strings.TrimSpace(last))
		if !ok || err != nil || err2 != nil || to < from || to-from >= mostYears || from < 1000 {
			out = append(out, v)
			continue
		}
		for y := from; y <= to; y++ {
			out = append(out, strconv.Itoa(y))
		}
	}
	return out
}

// reading is a question while it is read.
type reading struct {
	Question
	notes []Note
}

func (r *reading) text(given string) {
	whole := strings.Join(strings.Fields(r.clean(given)), " ")
	if r.Text = Start(whole, MaxText); r.Text != whole {
		r.note(NoteLong)
	}
}

// Start gives at most n characters of a text.
func Start(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for at := range text {
		if n == 0 {
			return strings.TrimSpace(text[:at])
		}
		n--
	}
	return text
}

// clean replaces bytes that are no text.
func (r *reading) clean(text string) string {
	if utf8.ValidString(text) && !strings.ContainsRune(text, 0) {
		return text
	}
	r.note(NoteBytes)
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", " ")
}

func (r *reading) choose(f search.Facet, given []string) {
	var out []string
	for _, v := range given {
		v = Start(strings.TrimSpace(r.clean(v)), maxValue)
		if v == "" || slices.Contains(out, v) {
			continue
		}
		if r.Chosen()+len(out) == MaxValues {
			r.note(NoteMany)
			break
		}
		out = append(out, v)
	}
	if len(out) > 0 {
		r.Filters[f] = out
	}
}

func (r *reading) sort(given string) {
	if slices.ContainsFunc(Orders, func(o Order) bool { return o.Name == given }) {
		r.Sort = given
	} else if given != "" {
		r.note(NoteSort)
	}
}

func (r *reading) note(n Note) {
	if !slices.Contains(r.notes, n) {
		r.notes = append(r.notes, n)
	}
}

// Chosen is how many values of all facets are chosen.
func (q Question) Chosen() int {
	n := 0
	for _, values := range q.Filters {
		n += len(values)
	}
	return n
}

// Query asks the index for some hits and the counts of facets.
func (q Question) Query(count []search.Facet, offset, limit int) search.Query {
	out := search.Query{Text: q.Text, Filters: q.Filters, Count: count, Offset: offset, Limit: limit}
	for _, o := range Orders {
		if o.Name == q.Sort {
			out.Sort = o.Sort
		}
	}
	return out
}

// Values is the question as the parameters of an address; what is usual is
// left out.
func (q Question) Values() url.Values {
	out := url.Values{}
	if q.Text != "" {
		out.Set(ParamText, q.Text)
	}
	for f, values := range q.Filters {
		out[string(f)] = values
	}
	if q.Sort != Orders[0].Name {
		out.Set(ParamSort, q.Sort)
	}
	return out
}

// Narrowest drops the chosen territories in which another chosen one lies: who
// ticks a district below a ticked kraj means the district.
func Narrowest(places *place.Gazetteer) func([]string) []string {
	return func(codes []string) []string {
		wider := map[string]bool{}
		for _, code := range codes {
			if t, ok := places.Get(code); ok && t.Level != atlas.LevelCountry {
				wider["CZ"] = true
			}
			for _, a := range places.Ancestors(code) {
				wider[a.Code] = true
			}
		}
		return slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return wider[code] })
	}
}
