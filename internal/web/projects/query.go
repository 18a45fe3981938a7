package projects

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"atlas/internal/search"
)

// Views of the list: the values of the parameter zobrazeni.
const (
	viewList  = "seznam"
	viewTable = "tabulka"
	viewMap   = "mapa"
	viewYears = "roky"
)

// Parameters of the list's address that are not facets.
const (
	paramText = "q"
	paramSort = "razeni"
	paramView = "zobrazeni"
	paramPage = "strana"
)

// pageSize is how many projects one page of the list holds.
const pageSize = 20

// Limits of an address; more is no question of a person.
const (
	maxValues = 100  // chosen values of all facets together
	maxValue  = 200  // characters of one value
	maxText   = 2000 // characters of the searched text
)

// facets lists all facets in the order in which they stand in the column of
// filters and in addresses.
var facets = []search.Facet{
	search.FacetArea, search.FacetTerritory, search.FacetTargetLegal, search.FacetYear,
	search.FacetFunder, search.FacetStatus, search.FacetActivity, search.FacetImplementerType,
	search.FacetTargetSituation, search.FacetFunderType, search.FacetProgramme, search.FacetPeriod,
	search.FacetImplementer, search.FacetAmountBand, search.FacetPeopleBand, search.FacetUpscaling,
	search.FacetTransfer, search.FacetCountry, search.FacetDetailLevel,
}

// sortNewest is the order of the feed.
const sortNewest = "nove"

// sorts pairs the values of the parameter razeni with the order they mean. The
// first is the one without a parameter.
var sorts = []struct {
	name string
	sort search.Sort
}{
	{"shoda", search.SortRelevance}, {"rok", search.SortYear}, {"castka", search.SortAmount},
	{sortNewest, search.SortNewest}, {"nazev", search.SortTitle},
}

// Notes of a state: things in the address that could not be taken as written.
// Each is a message key.
const (
	notePage  = "projects.note.page"
	noteSort  = "projects.note.sort"
	noteView  = "projects.note.view"
	noteMany  = "projects.note.many"
	noteLong  = "projects.note.long"
	noteBytes = "projects.note.bytes"
)

// state is what an address of the list says: the whole page follows from it and
// from the data.
type state struct {
	Text    string
	Filters map[search.Facet][]string // distinct, in the order of the address
	Sort    string
	View    string
	Page    int // from 1
	Notes   []string
}

// parseState reads an address. Nothing in it is an error: what cannot be taken
// as written is corrected and named in Notes. narrow drops those values of the
// facet of territories in which another chosen one lies; nil drops none.
func parseState(values url.Values, narrow func([]string) []string) state {
	s := state{Filters: map[search.Facet][]string{}, Sort: sorts[0].name, View: viewList, Page: 1}
	s.readText(values.Get(paramText))
	for _, f := range facets {
		s.choose(f, values[string(f)])
	}
	if narrow != nil && len(s.Filters[search.FacetTerritory]) > 1 {
		s.Filters[search.FacetTerritory] = narrow(s.Filters[search.FacetTerritory])
	}
	s.readSort(values.Get(paramSort))
	s.readView(values.Get(paramView))
	s.readPage(values.Get(paramPage))
	return s
}

func (s *state) readText(given string) {
	whole := strings.Join(strings.Fields(s.clean(given)), " ")
	if s.Text = start(whole, maxText); s.Text != whole {
		s.note(noteLong)
	}
}

// start gives at most n characters of a text.
func start(text string, n int) string {
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
func (s *state) clean(text string) string {
	if utf8.ValidString(text) && !strings.ContainsRune(text, 0) {
		return text
	}
	s.note(noteBytes)
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", " ")
}

func (s *state) choose(f search.Facet, given []string) {
	var out []string
	for _, v := range given {
		v = start(strings.TrimSpace(s.clean(v)), maxValue)
		if v == "" || slices.Contains(out, v) {
			continue
		}
		if s.chosen()+len(out) == maxValues {
			s.note(noteMany)
			break
		}
		out = append(out, v)
	}
	if len(out) > 0 {
		s.Filters[f] = out
	}
}

// chosen is how many values of all facets are chosen.
func (s *state) chosen() int {
	n := 0
	for _, values := range s.Filters {
		n += len(values)
	}
	return n
}

func (s *state) readSort(given string) {
	for _, known := range sorts {
		if given == known.name {
			s.Sort = given
			return
		}
	}
	if given != "" {
		s.note(noteSort)
	}
}

func (s *state) readView(given string) {
	switch given {
	case viewList, viewTable, viewMap, viewYears:
		s.View = given
	case "":
	default:
		s.note(noteView)
	}
}

func (s *state) readPage(given string) {
	if given == "" {
		return
	}
	n, err := strconv.Atoi(given)
	switch {
	case err == nil && n >= 1:
		s.Page = n
	case err != nil && allDigits(given):
		s.Page = 1 << 30 // larger than an int; clamp brings it to the last page
	default:
		s.note(notePage)
	}
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func (s *state) note(key string) {
	if !slices.Contains(s.Notes, key) {
		s.Notes = append(s.Notes, key)
	}
}

// clamp brings the page into what there is and says whether it had to.
func (s *state) clamp(total int) bool {
	last := lastPage(total)
	if s.Page <= last {
		return false
	}
	s.Page = last
	s.note(notePage)
	return true
}

func lastPage(total int) int { return max(1, (total+pageSize-1)/pageSize) }

// query is the question for the index: one page of hits and the counts of
// facets.
func (s state) query(count []search.Facet) search.Query {
	q := search.Query{Text: s.Text, Filters: s.Filters, Count: count, Limit: pageSize}
	q.Offset = (s.Page - 1) * pageSize
	for _, known := range sorts {
		if known.name == s.Sort {
			q.Sort = known.sort
		}
	}
	return q
}

// Encode writes the state as the query of an address in one canonical order;
// what is usual is left out. "" is the whole list.
func (s state) Encode() string {
	var parts []string
	add := func(key, value string) { parts = append(parts, key+"="+url.QueryEscape(value)) }
	if s.Text != "" {
		add(paramText, s.Text)
	}
	for _, f := range facets {
		for _, v := range slices.Sorted(slices.Values(s.Filters[f])) {
			add(string(f), v)
		}
	}
	if s.Sort != sorts[0].name && s.Sort != "" {
		add(paramSort, s.Sort)
	}
	if s.View != viewList && s.View != "" {
		add(paramView, s.View)
	}
	if s.Page > 1 {
		add(paramPage, strconv.Itoa(s.Page))
	}
	return strings.Join(parts, "&")
}

// values is the state as the parameters of an address.
func (s state) values() url.Values {
	out := url.Values{}
	for _, p := range s.hidden() {
		out.Add(p.Name, p.Value)
	}
	return out
}

// with gives the state with one more value of a facet, on its first page.
func (s state) with(f search.Facet, value string) state {
	if slices.Contains(s.Filters[f], value) {
		return s.page(1)
	}
	return s.set(f, append(slices.Clone(s.Filters[f]), value))
}

// without gives the state with one value of a facet less, on its first page.
func (s state) without(f search.Facet, value string) state {
	return s.set(f, slices.DeleteFunc(slices.Clone(s.Filters[f]), func(v string) bool { return v == value }))
}

// set gives the state with exactly these values of a facet, on its first page.
func (s state) set(f search.Facet, values []string) state {
	filters := make(map[search.Facet][]string, len(s.Filters)+1)
	for g, v := range s.Filters {
		filters[g] = v
	}
	filters[f] = values
	if len(values) == 0 {
		delete(filters, f)
	}
	s.Filters = filters
	return s.page(1)
}

func (s state) page(n int) state        { s.Page = n; return s }
func (s state) view(name string) state  { s.View = name; return s.page(1) }
func (s state) sort(name string) state  { s.Sort = name; return s.page(1) }
func (s state) text(words string) state { s.Text = words; return s.page(1) }
func (s state) has(f search.Facet) bool { return len(s.Filters[f]) > 0 }
func (s state) empty() bool             { return s.Text == "" && len(s.Filters) == 0 }
func (s state) bare() state             { return state{Sort: s.Sort, View: s.View, Page: 1} }
