package practices

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/czech"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// pageSize is how many cards a page of the list shows.
const pageSize = 20

// Parameters of the list.
const (
	paramText     = "q"
	paramArea     = "oblast"
	paramPlace    = "uzemi"
	paramGroup    = "skupina"
	paramCountry  = "zeme"
	paramMark     = "znacka"
	paramTransfer = "prenositelnost"
	paramAward    = "oceneni"
	paramProject  = "projekt"
	paramPage     = "strana"
)

// params are the filters in their order.
var params = []string{paramArea, paramGroup, paramPlace, paramCountry, paramMark, paramTransfer, paramAward}

// listOf says from which code list the values of a filter come.
var listOf = map[string]string{paramArea: atlas.ListArea, paramGroup: atlas.ListTargetLegal, paramTransfer: atlas.ListTransfer, paramAward: atlas.ListAward}

// Values of the filters by country and by the mark that no list has.
const (
	domestic = "domaci"
	foreign  = "zahranicni"
	unmarked = "bez"
)

// question is what the list was asked: values by the parameter, paramText and
// paramProject too.
type question map[string]string

func ask(q *page.Request) question {
	s := question{}
	for _, name := range append([]string{paramText, paramProject}, params...) {
		if value := strings.TrimSpace(q.Param(name)); value != "" {
			s[name] = value
		}
	}
	return s
}

func (s question) values() url.Values {
	v := url.Values{}
	for name, value := range s {
		v.Set(name, value)
	}
	return v
}

func (s question) url(lang string, page int) string {
	v := s.values()
	if page > 1 {
		v.Set(paramPage, strconv.Itoa(page))
	}
	return route.WithQuery(route.In(lang, route.Practices), v.Encode())
}

// listPage is the list of cards.
type listPage struct {
	page.Base
	Asked                    question
	Text                     string
	Filters                  []filter
	Total, Marked            int
	Rows                     []row
	Pager                    pager.Pager
	Exports                  []dataset.Link
	URLList, URLNew, URLRule string
	URLCollections, URLWork  string
}

// Narrowed says whether anything was asked for.
func (p listPage) Narrowed() bool { return len(p.Asked) > 0 }

// filter is one choice over the list.
type filter struct {
	Name, Label string
	Options     []option
}

// option is one value of a filter with the number of cards it would give.
type option struct {
	Value, Label string
	Count        int
	Chosen       bool
}

// row is one card in the list.
type row struct {
	Title, URL, Where, When, Areas, Summary, Draft string
	Mark                                           *markLine
	Awards                                         []string
	Photo                                          *photo
	Sample                                         bool
}

// list answers the list of cards.
func (a *area) list(q *page.Request) error {
	t := a.teller(q.Lang)
	book, err := a.app.Practices(q.Context())
	if err != nil {
		return err
	}
	p := &listPage{
		Base: q.Base(q.T("practices.title")), Asked: ask(q), URLList: route.In(q.Lang, route.Practices), URLNew: route.In(q.Lang, route.PracticeNew),
		URLRule: route.In(q.Lang, route.PracticeRule), URLCollections: route.In(q.Lang, route.Collections),
	}
	p.Nav, p.Description, p.NoIndex, p.Text = route.Practices, q.T("practices.lead"), p.Narrowed(), p.Asked[paramText]
	if q.Viewer.May(atlas.RightPublish) {
		p.URLWork = route.In(q.Lang, route.PracticeWork)
	}
	c := t.find(q, book, p.Asked)
	p.Total = len(c.found)
	for _, x := range c.found {
		if book.Mark(x) == app.PracticeCurrent {
			p.Marked++
		}
	}
	p.Pager = pager.New(p.Total, pager.Number(q.Param(paramPage)), pageSize, func(n int) string { return p.Asked.url(q.Lang, n) })
	p.Exports = dataset.Links(q.Lang, dataset.Practices, p.Asked.values().Encode())
	for _, x := range pager.Of(p.Pager, c.found) {
		p.Rows = append(p.Rows, t.row(book, x))
	}
	p.Filters = t.filters(c)
	return q.Render(http.StatusOK, "practices/list", p)
}

func (t teller) row(b *app.PracticeBook, p *atlas.Practice) row {
	r := row{
		Title: p.Title, URL: route.Practice(t.lang, p.ID), Where: t.where(p), When: t.when(p), Areas: t.labels(atlas.ListArea, p.Areas), Summary: p.Summary,
		Mark: t.mark(b, p), Sample: p.Sample,
	}
	for _, w := range p.Awards {
		r.Awards = append(r.Awards, t.award(w))
	}
	if photos := t.photos(p); len(photos) > 0 && photos[0].Small != "" {
		r.Photo = &photos[0]
	}
	if !p.Public() {
		r.Draft = t.label(atlas.ListRecordStatus, p.RecordStatus)
	}
	return r
}

// counting narrows cards and counts what each value of a filter would give beside the
// other filters.
type counting struct {
	asked  question
	found  []*atlas.Practice
	counts map[string]map[string]int // parameter → value → cards
}

// find narrows the cards that the viewer may see. Those found by words stand the best
// first, else those with the mark first and the newest of them.
func (t teller) find(q *page.Request, b *app.PracticeBook, asked question) *counting {
	c := &counting{asked: asked, counts: map[string]map[string]int{}}
	for _, name := range params {
		c.counts[name] = map[string]int{}
	}
	all := b.All
	if text := asked[paramText]; text != "" {
		all = nil
		for _, id := range b.Find(text) {
			if p, ok := b.Practice(id); ok {
				all = append(all, p)
			}
		}
	}
	for _, p := range all {
		if p.MergedInto == "" && q.May(atlas.RightRead, p.Subject()) && (asked[paramProject] == "" || slices.Contains(p.Projects, asked[paramProject])) {
			c.take(t.valuesOf(b, p), p)
		}
	}
	if asked[paramText] == "" {
		rank := map[string]int{app.PracticeCurrent: 0, "": 1, app.PracticeLapsed: 2}
		slices.SortStableFunc(c.found, func(x, y *atlas.Practice) int {
			return cmp.Or(cmp.Compare(rank[b.Mark(x)], rank[b.Mark(y)]), y.Marked.Compare(x.Marked), strings.Compare(czech.SortKey(x.Title), czech.SortKey(y.Title)), strings.Compare(x.ID, y.ID))
		})
	}
	return c
}

// valuesOf are the values of a card by the parameter of a filter; of its places those
// above too.
func (t teller) valuesOf(b *app.PracticeBook, p *atlas.Practice) map[string][]string {
	var places, awards []string
	for _, code := range p.Territories {
		for _, up := range t.app.Chain(code) {
			if !slices.Contains(places, up) {
				places = append(places, up)
			}
		}
	}
	for _, w := range p.Awards {
		if !slices.Contains(awards, w.Code) {
			awards = append(awards, w.Code)
		}
	}
	country, mark := domestic, cmp.Or(b.Mark(p), unmarked)
	if p.Abroad() {
		country = foreign
	}
	return map[string][]string{paramArea: p.Areas, paramGroup: p.TargetLegal, paramPlace: places, paramCountry: {country}, paramMark: {mark}, paramTransfer: {p.Transferability}, paramAward: awards}
}

func (c *counting) take(values map[string][]string, p *atlas.Practice) {
	missed := ""
	for _, name := range params {
		if asked := c.asked[name]; asked == "" || slices.Contains(values[name], asked) {
			continue
		}
		if missed != "" {
			return // two filters leave it out: no single choice would bring it
		}
		missed = name
	}
	for _, name := range params {
		if missed == "" || missed == name {
			for _, v := range values[name] {
				if v != "" {
					c.counts[name][v]++
				}
			}
		}
	}
	if missed == "" {
		c.found = append(c.found, p)
	}
}

// filters are the filters with their values; what is chosen stays, with 0 where no
// card has it.
func (t teller) filters(c *counting) []filter {
	var out []filter
	for _, name := range params {
		f := filter{Name: name, Label: t.T("practices.filter." + name)}
		chosen := c.asked[name]
		if _, there := c.counts[name][chosen]; chosen != "" && !there {
			c.counts[name][chosen] = 0
		}
		for value, n := range c.counts[name] {
			f.Options = append(f.Options, option{value, t.valueLabel(name, value), n, value == chosen})
		}
		slices.SortFunc(f.Options, func(x, y option) int {
			return cmp.Or(strings.Compare(t.order(name, x), t.order(name, y)), strings.Compare(x.Value, y.Value))
		})
		out = append(out, f)
	}
	return out
}

// order puts wider territories before those in them, and marks that hold first.
func (t teller) order(name string, o option) string {
	switch name {
	case paramPlace:
		return strconv.Itoa(len(t.app.Chain(o.Value))) + czech.SortKey(o.Label)
	case paramMark:
		return strconv.Itoa(slices.Index([]string{app.PracticeCurrent, app.PracticeLapsed, unmarked}, o.Value))
	}
	return czech.SortKey(o.Label)
}

func (t teller) valueLabel(name, value string) string {
	if name == paramPlace {
		return t.place(value)
	}
	if key := "practices.word." + value; (name == paramCountry || name == paramMark) && t.words.Has(key) {
		return t.T(key)
	}
	return t.label(listOf[name], value)
}
