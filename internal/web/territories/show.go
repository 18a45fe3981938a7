package territories

import (
	"net/http"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/web/chart"
	"atlas/internal/web/dataset"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// showPage is one territory.
type showPage struct {
	page.Base
	T           atlas.Territory
	Name, Level string
	Extinct     bool
	Successor   line // of an extinct one; its Code is "" where it is not known
	Total       int
	Amount      atlas.Sum
	Unknown     int // projects whose years are not known
	Newest      []project
	ByArea      []areaRow
	AreaChart   chart.Bars
	AreaFigure  *figure.Figure
	Missing     []areaRow // areas with no known project here in the last years
	Since       int       // the first of those years
	Years       []yearRow
	YearChart   chart.Bars
	YearFigure  *figure.Figure
	Compared    []comparison
	Groups      []group // territories inside, by level
	Beside      group   // territories of the same level in the next wider one
	Wide        line    // projects of the whole country
	Map         chart.Map
	Mapped      bool
	MapNote     string
	Shaded      bool // the map shades the territories inside by their projects
	Exports     []dataset.Link
	URLList     string
	Profile     *profile
}

// Here says whether any project is known here.
func (p showPage) Here() bool { return p.Total > 0 }

// project is one project in the list of the page.
type project struct {
	Title, URL, Years string
	Places            string
	Sample            bool
}

// areaRow is one area of integration (CL-01).
type areaRow struct {
	Code, Label, URL string
	Count            int
}

type yearRow struct {
	Year, URL string
	Count     int
}

// comparison is this territory or a wider one in the table of the comparison.
type comparison struct {
	line
	Recent  int // projects active in the last years
	Covered int // areas with a project in them
	Areas   int // areas there are
	Here    bool
}

// group is the territories of one level.
type group struct {
	Title string
	Lines []line
	With  int // those with a project
}

const (
	newest    = 10
	lastYears = 20 // "in the last 20 years", this one included
)

// show answers the page of one territory.
func (a *area) show(q *page.Request) error {
	code := q.PathValue("code")
	g := a.app.Places()
	place, ok := g.Get(code)
	if !ok {
		if place, ok = g.ByAnyCode(code); !ok {
			return atlas.ErrNotFound
		}
	}
	switch {
	case place.Level == atlas.LevelCountry:
		return q.Redirect(route.In(q.Lang, route.Territories))
	case place.Code != code:
		http.Redirect(q.W, q.Request, route.Territory(q.Lang, place.Code), http.StatusPermanentRedirect)
		return nil
	}
	t := a.teller(q.Lang)
	p := &showPage{Base: q.Base(g.Label(place.Code)), T: place, Name: g.Label(place.Code), Level: q.T("territories.level." + string(place.Level))}
	p.Nav, p.Description = route.Territories, q.T("territories.description", "name", p.Name)
	p.way(t)
	r := p.count(t, a.app.Now().Year())
	p.figures(q, a, t)
	var err error
	if p.Profile, err = a.profileOf(q.Context(), t, p, r.Hits); err != nil {
		return err
	}
	a.embedding(q, p)
	borders, err := a.borders(q.Context(), p.T)
	if err != nil {
		return err
	}
	p.draw(t, tally(r, search.FacetTerritory), a.outlines(), borders)
	return q.Render(http.StatusOK, "territories/show", p)
}

// way leads from the whole country to here and to what can be done here.
func (p *showPage) way(t teller) {
	p.Breadcrumb = []page.Link{{URL: route.In(t.lang, route.Territories), Text: t.T("territories.title")}}
	for _, up := range t.app.Places().Ancestors(p.T.Code) {
		p.Breadcrumb = append(p.Breadcrumb, page.Link{URL: route.Territory(t.lang, up.Code), Text: t.app.Places().Label(up.Code)})
	}
	p.Extinct = p.T.ValidTo.Known()
	if successor, ok := t.app.Places().Get(p.T.Municipality); p.Extinct && ok {
		p.Successor = t.line(successor, nil)
	}
	p.URLList = route.ProjectsBy(t.lang, string(search.FacetTerritory), p.T.Code)
	_, query, _ := strings.Cut(p.URLList, "?")
	p.Exports = dataset.Links(t.lang, dataset.Projects, query)
}

// project is one line of the list of the latest projects.
func (t teller) project(x *atlas.Project) project {
	p := project{Title: x.Title(t.lang), URL: route.Project(t.lang, x.ID), Sample: x.Sample}
	if x.From.Known() {
		p.Years = strconv.Itoa(x.From.Year)
		switch {
		case x.To.Known() && x.To.Year != x.From.Year:
			p.Years += "–" + strconv.Itoa(x.To.Year)
		case !x.To.Known() && x.Ongoing:
			p.Years = t.T("territories.since", "year", p.Years)
		}
	}
	var places []string
	for _, q := range x.Territories {
		places = append(places, t.app.Places().Label(q.Territory))
	}
	p.Places = strings.Join(places, ", ")
	return p
}
