package projects

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas/internal/place"
	"atlas/internal/search"
	"atlas/internal/web/question"
)

// Views of the list: the values of the parameter zobrazeni.
const (
	viewList  = "seznam"
	viewTable = "tabulka"
	viewMap   = "mapa"
	viewYears = "roky"
)

// pageSize is how many projects one page of the list holds.
const pageSize = 20

// facets lists all facets in the order of addresses, offered those that stand in
// the column of filters.
var (
	facets  = question.Facets
	offered = question.Offered
)

// sorts are the orders of the list; the first is the one without a parameter.
var sorts = question.Orders

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

var noteKeys = map[question.Note]string{
	question.NoteSort: noteSort, question.NoteMany: noteMany, question.NoteLong: noteLong, question.NoteBytes: noteBytes,
}

// state is what an address of the list says: the whole page follows from it and
// from the data.
type state struct {
	question.Question
	View  string
	Page  int // from 1
	Notes []string
}

// parseState reads an address. Nothing in it is an error: what cannot be taken
// as written is corrected and named in Notes. narrow is as in question.Read.
func parseState(values url.Values, narrow func([]string) []string) state {
	asked, notes := question.Read(values, narrow)
	s := state{Question: asked, View: viewList, Page: 1}
	for _, n := range notes {
		s.note(noteKeys[n])
	}
	s.readView(values.Get(question.ParamView))
	s.readPage(values.Get(question.ParamPage))
	return s
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
	case err != nil && question.IsNumber(given):
		s.Page = 1 << 30 // larger than an int; clamp brings it to the last page
	default:
		s.note(notePage)
	}
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
	return s.Query(count, (s.Page-1)*pageSize, pageSize)
}

// narrowed asks no more counts than the column of filters shows: of most facets
// the highest ones, of the territories those of its tree. The map and the years
// show all.
func (s state) narrowed(q search.Query, places *place.Gazetteer) search.Query {
	if s.View == viewMap || s.View == viewYears {
		return q
	}
	tree := treeCodes(places, s.Filters[search.FacetTerritory])
	q.Only = map[search.Facet][]string{search.FacetTerritory: tree}
	q.Most = max(manyValues, len(tree))
	return q
}

// Encode writes the state as the query of an address in one canonical order;
// what is usual is left out. "" is the whole list.
func (s state) Encode() string {
	var parts []string
	add := func(key, value string) { parts = append(parts, key+"="+url.QueryEscape(value)) }
	if s.Text != "" {
		add(question.ParamText, s.Text)
	}
	for _, f := range facets {
		for _, v := range slices.Sorted(slices.Values(s.Filters[f])) {
			add(string(f), v)
		}
	}
	if s.Sort != sorts[0].Name && s.Sort != "" {
		add(question.ParamSort, s.Sort)
	}
	if s.View != viewList && s.View != "" {
		add(question.ParamView, s.View)
	}
	if s.Page > 1 {
		add(question.ParamPage, strconv.Itoa(s.Page))
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
func (s state) bare() state {
	return state{Question: question.Question{Sort: s.Sort}, View: s.View, Page: 1}
}
