package needs

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// pageSize is how many needs a page of the list shows.
const pageSize = 50

// Parameters of the list.
const (
	paramArea     = "oblast"
	paramPlace    = "uzemi"
	paramGroup    = "skupina"
	paramStatus   = "stav"
	paramSeverity = "zavaznost"
	paramPage     = "strana"
)

// params are the filters in their order.
var params = []string{paramPlace, paramArea, paramGroup, paramStatus, paramSeverity}

// listOf says from which code list the values of a filter come.
var listOf = map[string]string{paramArea: atlas.ListArea, paramGroup: atlas.ListTargetLegal, paramStatus: atlas.ListNeedStatus}

// question is what the list was asked: values by the parameter.
type question map[string]string

func ask(q *page.Request) question {
	s := question{}
	for _, name := range params {
		if value := q.Param(name); value != "" {
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
	return route.WithQuery(route.In(lang, route.Needs), v.Encode())
}

// listPage is the list of needs.
type listPage struct {
	page.Base
	Asked           question
	Filters         []filter
	Total, Open     int
	Rows            []row
	Pager           pager.Pager
	Exports         []dataset.Link
	URLList, URLNew string
}

// Narrowed says whether anything was asked for.
func (p listPage) Narrowed() bool { return len(p.Asked) > 0 }

// filter is one choice over the list.
type filter struct {
	Name, Label string
	Options     []option
}

// option is one value of a filter with the number of needs it would give.
type option struct {
	Value, Label string
	Count        int
	Chosen       bool
}

// row is one need in the list.
type row struct {
	Title, URL, Area, Place, URLPlace, Status, Severity, People, Groups, Reported, Draft string
	Sample                                                                               bool
}

// list answers the list of needs.
func (a *area) list(q *page.Request) error {
	t := a.teller(q.Lang)
	p := &listPage{Base: q.Base(q.T("needs.title")), URLList: route.In(q.Lang, route.Needs), URLNew: route.In(q.Lang, route.NeedNew), Asked: ask(q)}
	p.Nav, p.Description, p.NoIndex = route.Needs, q.T("needs.lead"), p.Narrowed()
	c, err := a.find(q, t, p.Asked)
	if err != nil {
		return err
	}
	p.Total = len(c.found)
	for _, n := range c.found {
		if n.Open() {
			p.Open++
		}
	}
	p.Pager = pager.New(p.Total, pager.Number(q.Param(paramPage)), pageSize, func(n int) string { return p.Asked.url(q.Lang, n) })
	p.Exports = dataset.Links(q.Lang, dataset.Needs, p.Asked.values().Encode())
	for _, n := range pager.Of(p.Pager, c.found) {
		p.Rows = append(p.Rows, t.row(n))
	}
	p.Filters = t.filters(c)
	return q.Render(http.StatusOK, "needs/list", p)
}

func (t teller) row(n *atlas.Need) row {
	r := row{
		Title: n.Title, URL: route.Need(t.lang, n.ID), Area: t.label(atlas.ListArea, n.Area), Place: t.place(n.Territory),
		URLPlace: route.Territory(t.lang, n.Territory), Status: t.label(atlas.ListNeedStatus, n.Status), Severity: t.severity(n.Severity),
		People: t.people(n, false), Groups: t.labels(atlas.ListTargetLegal, n.TargetLegal), Reported: t.date(n.Reported), Sample: n.Sample,
	}
	if !n.Public() {
		r.Draft = t.label(atlas.ListRecordStatus, n.RecordStatus)
	}
	return r
}

// counting narrows needs and counts what each value of a filter would give beside
// the other filters.
type counting struct {
	asked  question
	found  []*atlas.Need
	counts map[string]map[string]int // parameter → value → needs
}

// find reads the needs that the viewer may see and narrows them; those found stand
// in the order of the list.
func (a *area) find(q *page.Request, t teller, asked question) (*counting, error) {
	c := &counting{asked: asked, counts: map[string]map[string]int{}}
	for _, name := range params {
		c.counts[name] = map[string]int{}
	}
	err := a.app.Reader().EachNeed(q.Context(), func(n *atlas.Need) error {
		if n.MergedInto == "" && q.May(atlas.RightRead, n.Subject()) {
			c.take(t, n)
		}
		return nil
	})
	slices.SortStableFunc(c.found, func(x, y *atlas.Need) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(y.Severity, x.Severity), y.Reported.Compare(x.Reported),
			strings.Compare(czech.SortKey(x.Title), czech.SortKey(y.Title)), strings.Compare(x.ID, y.ID))
	})
	return c, err
}

// rank puts needs that last first, then those that nobody verified.
func rank(n *atlas.Need) int {
	switch {
	case n.Open():
		return 0
	case n.Status == atlas.NeedReported:
		return 1
	}
	return 2
}

// valuesOf are the values of a need by the parameter of a filter; of its place
// those above too.
func (t teller) valuesOf(n *atlas.Need) map[string][]string {
	severity := ""
	if n.Severity > 0 {
		severity = strconv.Itoa(n.Severity)
	}
	return map[string][]string{
		paramArea: {n.Area}, paramGroup: n.TargetLegal, paramStatus: {n.Status}, paramSeverity: {severity}, paramPlace: t.app.Chain(n.Territory),
	}
}

func (c *counting) take(t teller, n *atlas.Need) {
	values, missed := t.valuesOf(n), ""
	for name, asked := range c.asked {
		if slices.Contains(values[name], asked) {
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
		c.found = append(c.found, n)
	}
}

// filters are the filters with their values; what is chosen stays, with 0 where no
// need has it.
func (t teller) filters(c *counting) []filter {
	var out []filter
	for _, name := range params {
		f := filter{Name: name, Label: t.T("needs.filter." + name)}
		chosen := c.asked[name]
		if _, there := c.counts[name][chosen]; chosen != "" && !there {
			c.counts[name][chosen] = 0
		}
		for value, n := range c.counts[name] {
			f.Options = append(f.Options, option{value, t.valueLabel(name, value), n, value == chosen})
		}
		key := func(o option) string {
			if name == paramSeverity {
				return o.Value
			}
			return t.rankOf(name, o.Value) + czech.SortKey(o.Label)
		}
		slices.SortFunc(f.Options, func(x, y option) int {
			return cmp.Or(strings.Compare(key(x), key(y)), strings.Compare(x.Value, y.Value))
		})
		out = append(out, f)
	}
	return out
}

// rankOf puts wider territories before those in them.
func (t teller) rankOf(name, value string) string {
	if name != paramPlace {
		return ""
	}
	return strconv.Itoa(len(t.app.Chain(value)))
}

func (t teller) valueLabel(name, value string) string {
	switch name {
	case paramPlace:
		return t.place(value)
	case paramSeverity:
		if n, err := strconv.Atoi(value); err == nil && t.severity(n) != "" {
			return t.severity(n)
		}
		return value
	}
	return t.label(listOf[name], value)
}
