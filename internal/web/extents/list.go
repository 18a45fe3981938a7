package extents

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// listPage is the completeness of sources and the sources themselves.
type listPage struct {
	page.Base
	Any              bool // any source is known
	Years            []int
	Table            []rowOf
	Legend           []state
	Place            string // of which the list is, "" = of all
	Year             int    // likewise, 0 = of all
	Rows             []row
	URLList, URLNew  string
	Checked          string // when the first of the sources listed was checked last
	Whole, Part, Not int
}

// Narrowed says whether the list is that of one cell.
func (p listPage) Narrowed() bool { return p.Place != "" || p.Year != 0 }

// row is one source in the list.
type row struct {
	Source, URL, Publisher, Places, Years, Checked, Draft string
	State                                                 state
	Sample                                                bool
}

// list answers the table of completeness and, below, the sources: all, or those
// of one cell.
func (a *area) list(q *page.Request) error {
	t := a.teller(q.Lang)
	p := &listPage{
		Base: q.Base(q.T("extents.title")), Years: lastYears(a.app.Now().In(i18n.Prague).Year()),
		URLList: route.In(q.Lang, route.Extents), URLNew: route.In(q.Lang, route.ExtentNew),
	}
	p.Nav, p.Description, p.Wide = route.Extents, q.T("extents.lead"), true
	territory := q.Param(route.ParamExtentPlace)
	if _, ok := a.app.Places().Get(territory); ok {
		p.Place = t.place(territory)
	} else {
		territory = ""
	}
	if year, err := strconv.Atoi(q.Param(route.ParamExtentYear)); err == nil && year >= atlas.FirstYear && year <= p.Years[0]+10 {
		p.Year = year
	}
	p.NoIndex = p.Narrowed()
	p.Table = t.table(p.Years)
	for _, s := range atlas.ExtentStates() {
		p.Legend = append(p.Legend, t.state(s))
	}
	var found []*atlas.SourceExtent
	err := a.app.Reader().EachExtent(q.Context(), func(x *atlas.SourceExtent) error {
		if x.MergedInto != "" || !q.May(atlas.RightRead, x.Subject()) {
			return nil
		}
		p.Any = true
		if p.Year != 0 && (x.From > p.Year || x.To < p.Year) {
			return nil
		}
		if territory != "" {
			s, ok := t.stateIn(x, territory)
			if !ok {
				return nil
			}
			x.State = s
		}
		found = append(found, x)
		return nil
	})
	if err != nil {
		return err
	}
	p.rows(t, found)
	return q.Render(http.StatusOK, "extents/list", p)
}

// rows lists sources: what is missing first, for it is what somebody can bring,
// then in Czech order.
func (p *listPage) rows(t teller, found []*atlas.SourceExtent) {
	rank := map[atlas.ExtentState]int{atlas.ExtentMissing: 0, atlas.ExtentPart: 1, atlas.ExtentWhole: 2}
	slices.SortStableFunc(found, func(x, y *atlas.SourceExtent) int {
		return cmp.Or(cmp.Compare(rank[x.State], rank[y.State]), strings.Compare(czech.SortKey(x.Source), czech.SortKey(y.Source)), cmp.Compare(y.From, x.From), strings.Compare(x.ID, y.ID))
	})
	var oldest atlas.Date
	for _, x := range found {
		r := row{
			Source: x.Source, URL: route.Extent(t.lang, x.ID), Publisher: x.Publisher, Places: t.places(x.Territories), Years: years(x),
			State: t.state(x.State), Checked: i18n.Date(t.lang, x.CheckedOn), Sample: x.Sample,
		}
		switch x.State {
		case atlas.ExtentWhole:
			p.Whole++
		case atlas.ExtentPart:
			p.Part++
		case atlas.ExtentMissing:
			p.Not++
		}
		if !x.Public() {
			r.Draft = t.app.Lists().Label(atlas.ListRecordStatus, x.RecordStatus, t.lang)
		}
		if !oldest.Known() || x.CheckedOn.Compare(oldest) < 0 {
			oldest = x.CheckedOn
		}
		p.Rows = append(p.Rows, r)
	}
	p.Checked = i18n.Date(t.lang, oldest)
}
