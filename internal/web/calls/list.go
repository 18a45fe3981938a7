package calls

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/i18n"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// pageSize is how many calls a page of the list shows.
const pageSize = 50

// Parameters of the list.
const (
	paramText      = "q"
	paramYear      = "rok"
	paramProgramme = "program"
	paramFunder    = "poskytovatel"
	paramPage      = "strana"
)

// question is what the list was asked.
type question struct{ Text, Year, Programme, Funder string }

func (s question) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{paramText: s.Text, paramYear: s.Year, paramProgramme: s.Programme, paramFunder: s.Funder} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

func (s question) url(lang string, page int) string {
	v := s.values()
	if page > 1 {
		v.Set(paramPage, strconv.Itoa(page))
	}
	return route.WithQuery(route.In(lang, route.Calls), v.Encode())
}

// listPage is the list of calls.
type listPage struct {
	page.Base
	Asked                      question
	Total, Open                int
	Years, Programmes, Funders []option
	Rows                       []row
	Pager                      pager.Pager
	Exports                    []dataset.Link
	URLList, URLNew            string
}

// Narrowed says whether anything was asked for.
func (p listPage) Narrowed() bool { return p.Asked != question{} }

// option is one choice of a filter with the number of calls it would give.
type option struct {
	Value, Label string
	Count        int
	Chosen       bool
}

// row is one call in the list.
type row struct {
	ID, Title, URL, Number string
	Year                   string
	Programme              string
	Funder                 link
	State                  state
	Deadline, Hour         string
	OpenFrom               string
	Allocation             string
	Sample                 bool
	Draft                  string
}

// list answers the list of calls.
func (a *area) list(q *page.Request) error {
	if led, err := q.ToDay(); led {
		return err
	}
	t := a.teller(q.Lang)
	p := &listPage{Base: q.Base(q.T("calls.title")), URLList: route.In(q.Lang, route.Calls), URLNew: route.In(q.Lang, route.CallNew)}
	p.Asked = ask(q)
	p.Nav, p.Description, p.NoIndex = route.Calls, q.T("calls.lead"), p.Narrowed()
	c, err := a.find(q, t, p.Asked)
	if err != nil {
		return err
	}
	p.Total = len(c.found)
	p.Pager = pager.New(p.Total, pager.Number(q.Param(paramPage)), pageSize, func(n int) string { return p.Asked.url(q.Lang, n) })
	p.Exports = dataset.Links(q.Lang, dataset.Calls, p.Asked.values().Encode())
	for _, x := range c.found {
		if stateOf(x, a.app.Now()) == stateOpen {
			p.Open++
		}
	}
	for _, x := range pager.Of(p.Pager, c.found) {
		p.Rows = append(p.Rows, t.row(x, stateOf(x, a.app.Now())))
	}
	p.options(t, c)
	return q.Render(200, "calls/list", p)
}

func ask(q *page.Request) question {
	return question{q.Param(paramText), q.Param(paramYear), q.Param(paramProgramme), q.Param(paramFunder)}
}

// find reads the calls that the viewer may see and narrows them by a question;
// those found stand in the order of the list.
func (a *area) find(q *page.Request, t teller, asked question) (*counting, error) {
	c := &counting{asked: asked, words: words(asked.Text), years: map[string]int{}, programmes: map[string]int{}, funders: map[string]int{}}
	err := a.app.Reader().EachCall(q.Context(), func(x *atlas.Call) error {
		if x.MergedInto == "" && q.May(atlas.RightRead, x.Subject()) {
			c.take(t, x)
		}
		return nil
	})
	order(c.found, func(x *atlas.Call) state { return stateOf(x, a.app.Now()) })
	return c, err
}

// words are the words of a text as they are looked for.
func words(s string) []string {
	return strings.FieldsFunc(czech.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// counting narrows calls and counts what each choice of a filter would give
// beside the other filters.
type counting struct {
	asked                      question
	words                      []string
	found                      []*atlas.Call
	years, programmes, funders map[string]int
}

// unknownYear is the value of the filter for calls whose year is not known.
const unknownYear = "NEZN"

func yearOf(c *atlas.Call) string {
	if c.Year == 0 {
		return unknownYear
	}
	return strconv.Itoa(c.Year)
}

func (c *counting) take(t teller, x *atlas.Call) {
	if !c.says(t, x) {
		return
	}
	year, programme, funder := is(c.asked.Year, yearOf(x)), is(c.asked.Programme, x.Programme), is(c.asked.Funder, x.Funder)
	if programme && funder {
		c.years[yearOf(x)]++
	}
	if year && funder && x.Programme != "" {
		c.programmes[x.Programme]++
	}
	if year && programme && x.Funder != "" {
		c.funders[x.Funder]++
	}
	if year && programme && funder {
		c.found = append(c.found, x)
	}
}

func is(asked, value string) bool { return asked == "" || asked == value }

// says whether every word asked for begins a word of the call.
func (c *counting) says(t teller, x *atlas.Call) bool {
	if len(c.words) == 0 {
		return true
	}
	text := " " + strings.Join(words(strings.Join([]string{
		x.ID, x.Title, x.Number, x.Theme, x.Description, t.label(atlas.ListProgramme, x.Programme), t.actor(x.Funder).Text,
	}, " ")), " ")
	for _, w := range c.words {
		if !strings.Contains(text, " "+w) {
			return false
		}
	}
	return true
}

// order puts open calls first, the nearest deadline on top, then those that
// will open, then the others from the latest year.
func order(all []*atlas.Call, at func(*atlas.Call) state) {
	key := make(map[string]string, len(all))
	for _, c := range all {
		key[c.ID] = czech.SortKey(c.Title)
	}
	slices.SortStableFunc(all, func(a, b *atlas.Call) int {
		if c := cmp.Compare(at(a).rank(), at(b).rank()); c != 0 {
			return c
		}
		if at(a) == stateOpen {
			if c := cmp.Compare(deadline(a), deadline(b)); c != 0 {
				return c
			}
		}
		return cmp.Or(cmp.Compare(b.Year, a.Year), strings.Compare(key[a.ID], key[b.ID]), strings.Compare(a.ID, b.ID))
	})
}

// deadline sorts by the last day; continuous intake comes after all dates.
func deadline(c *atlas.Call) string {
	if !c.Deadline.Known() {
		return "9999"
	}
	return c.Deadline.Last().String()
}

func (t teller) row(c *atlas.Call, s state) row {
	r := row{
		ID: c.ID, Title: c.Title, URL: route.Call(t.lang, c.ID), Number: c.Number, State: s, Sample: c.Sample,
		Programme: t.label(atlas.ListProgramme, c.Programme), Funder: t.actor(c.Funder),
		Deadline: t.date(c.Deadline), Hour: c.DeadlineTime, OpenFrom: t.date(c.OpenFrom),
	}
	if c.Year != 0 {
		r.Year = strconv.Itoa(c.Year)
	}
	if c.Allocation.Known() {
		r.Allocation = i18n.Money(t.lang, c.Allocation, "CZK")
	}
	if !c.Public() {
		r.Draft = t.label(atlas.ListRecordStatus, c.RecordStatus)
	}
	return r
}

// options fills the filters: years from the latest, names in Czech order. A
// chosen value that no call has stays, with 0.
func (p *listPage) options(t teller, c *counting) {
	fill := func(counts map[string]int, chosen string, label func(string) string) []option {
		if _, there := counts[chosen]; chosen != "" && !there {
			counts[chosen] = 0
		}
		var out []option
		for value, n := range counts {
			out = append(out, option{value, label(value), n, value == chosen})
		}
		slices.SortFunc(out, func(a, b option) int {
			return cmp.Or(strings.Compare(czech.SortKey(a.Label), czech.SortKey(b.Label)), strings.Compare(a.Value, b.Value))
		})
		return out
	}
	p.Years = fill(c.years, p.Asked.Year, func(v string) string {
		if v == unknownYear {
			return t.T("calls.year_unknown")
		}
		return v
	})
	slices.Reverse(p.Years)
	p.Programmes = fill(c.programmes, p.Asked.Programme, func(v string) string { return t.label(atlas.ListProgramme, v) })
	p.Funders = fill(c.funders, p.Asked.Funder, func(v string) string { return t.actor(v).Text })
}
