package home

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/web/chart"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// newest is how many projects the first page shows.
const newest = 6

// homePage is the first page: one search of the index and one read of the
// newest projects.
type homePage struct {
	page.Base
	URLSearch, URLSuggest, URLPlaces, URLPlacesSuggest, URLMap, URLNewest string

	Total                int
	Places               int // municipalities with a project
	Abroad               int // projects outside the country
	FirstYear, LastYear  int // of activity; 0 when not known of any
	YearUnknown          int
	Amount               atlas.Sum
	Areas                []areaLine
	AreaUnknown          int
	Map                  chart.Map
	Regions              []areaLine
	CountryWide, Nowhere int
	Newest               []card
	Ways                 []way
	Heading              string
	Lead, Note           []page.Paragraph
	Waiting, Owed        int // of evaluations: for the reader, for those who manage them
	URLWaiting, URLOwed  string
}

// areaLine is one theme, or one kraj, with the number of its projects.
type areaLine struct {
	Label, URL string
	Count      int
}

// card is one of the newest projects.
type card struct {
	URL, Title, Place, Years, Text string
	Sample                         bool
	Added                          string
}

// way is a short way in for one kind of user.
type way struct{ URL, Who, What string }

func (a *area) home(q *page.Request) error {
	r := a.app.Index().Search(search.Query{
		Count: []search.Facet{search.FacetArea, search.FacetTerritory, search.FacetYear, search.FacetCountry},
		Sort:  search.SortNewest, Limit: newest,
	})
	p := &homePage{Base: q.Base(""), Total: r.Total, Amount: r.Amount}
	p.Description, p.Feed = q.T("home.description"), p.Absolute(route.In(q.Lang, route.ProjectsFeed))
	p.URLSearch, p.URLSuggest = route.In(q.Lang, route.Projects), route.In(q.Lang, route.ProjectsSuggest)
	p.URLPlaces, p.URLPlacesSuggest = route.In(q.Lang, route.Territories), route.In(q.Lang, route.PlacesSuggest)
	p.URLMap = route.ProjectsBy(q.Lang, "zobrazeni", "mapa")
	p.URLNewest = route.ProjectsBy(q.Lang, "razeni", "nove")
	p.years(r.Facets[search.FacetYear])
	p.areas(a, r.Facets[search.FacetArea])
	p.places(a, q, r.Facets[search.FacetTerritory])
	for _, c := range r.Facets[search.FacetCountry] {
		if c.Value != "CZ" && c.Value != app.NotKnown {
			p.Abroad += c.Count
		}
	}
	projects, err := a.app.Reader().Projects(q.Context(), r.Hits)
	if err != nil {
		return err
	}
	for _, x := range projects {
		p.Newest = append(p.Newest, a.card(q, x))
	}
	p.Ways = ways(q)
	if err := a.evaluations(q, p); err != nil {
		return err
	}
	p.Heading, p.Lead, p.Note = a.words(q, app.TextHomeTitle), page.Prose(a.words(q, app.TextHomeLead)), page.Prose(a.words(q, app.TextHomeNote))
	return q.Render(http.StatusOK, "home/home", p)
}

// evaluations says what waits for whoever takes part in evaluating projects; for all
// others it reads nothing.
func (a *area) evaluations(q *page.Request, p *homePage) error {
	p.URLWaiting, p.URLOwed = route.In(q.Lang, route.EvaluationsMine), route.In(q.Lang, route.EvaluationsRun)
	waiting, err := a.app.Waiting(q.Context(), q.Viewer)
	if p.Waiting = len(waiting); err != nil || !q.Viewer.SignedIn() || !q.Viewer.May(atlas.RightAssign) {
		return err
	}
	owed, err := a.app.Owed(q.Context(), q.Viewer)
	p.Owed = len(owed)
	return err
}

// words is a text of a page as the operator wrote it, or as it is shipped.
func (a *area) words(q *page.Request, code string) string {
	if text := a.app.Text(code).In(q.Lang); text != "" {
		return text
	}
	if key := page.TextKey(code); key != "" {
		return q.T(key)
	}
	return ""
}

func (p *homePage) years(counts []search.FacetCount) {
	for _, c := range counts {
		y, err := strconv.Atoi(c.Value)
		switch {
		case c.Value == app.NotKnown:
			p.YearUnknown = c.Count
		case err == nil:
			p.LastYear = max(p.LastYear, y)
			if p.FirstYear == 0 || y < p.FirstYear {
				p.FirstYear = y
			}
		}
	}
}

func (p *homePage) areas(a *area, counts []search.FacetCount) {
	for _, c := range counts {
		if c.Value == app.NotKnown {
			p.AreaUnknown = c.Count
			continue
		}
		p.Areas = append(p.Areas, areaLine{
			Label: a.app.Lists().Label(atlas.ListArea, c.Value, p.Lang),
			URL:   route.ProjectsBy(p.Lang, string(search.FacetArea), c.Value), Count: c.Count,
		})
	}
	slices.SortStableFunc(p.Areas, func(x, y areaLine) int { return cmp.Compare(y.Count, x.Count) })
}

// places counts municipalities and draws the kraje.
func (p *homePage) places(a *area, q *page.Request, counts []search.FacetCount) {
	byCode := map[string]int{}
	for _, c := range counts {
		byCode[c.Value] = c.Count
		if t, ok := a.app.Places().Get(c.Value); ok && t.Level == atlas.LevelMunicipality {
			p.Places++
		}
	}
	p.CountryWide, p.Nowhere = byCode["CZ"], byCode[app.NotKnown]
	p.Map = chart.Map{ID: "mapa", Title: q.T("home.map.title"), Desc: q.T("home.map.desc"), Outlines: a.outlines()}
	for _, t := range a.app.Places().Children("CZ", atlas.LevelRegion) {
		n := byCode[t.Code]
		line := areaLine{Label: t.Name, URL: route.Territory(p.Lang, t.Code), Count: n}
		p.Regions = append(p.Regions, line)
		p.Map.Regions = append(p.Map.Regions, chart.Region{
			Code: t.Code, Value: n, Text: strconv.Itoa(n), Name: t.Name + ": " + q.N("home.n", int64(n)), Href: line.URL,
		})
	}
}

func (a *area) card(q *page.Request, x *atlas.Project) card {
	c := card{URL: route.Project(q.Lang, x.ID), Title: x.Title(q.Lang), Text: x.Annotation, Sample: x.Sample, Place: x.PlaceText}
	if len(x.Territories) > 0 {
		c.Place = a.app.Places().Label(x.Territories[0].Territory)
	}
	if x.From.Known() {
		c.Years = strconv.Itoa(x.From.Year)
		if x.To.Known() && x.To.Year != x.From.Year {
			c.Years += "–" + strconv.Itoa(x.To.Year)
		}
	}
	return c
}

// ways are the first steps of those who come most often (chapter 1).
func ways(q *page.Request) []way {
	in := func(path string) string { return route.In(q.Lang, path) }
	return []way{
		{in(route.Territories), q.T("home.way.town"), q.T("home.way.town.what")},
		{route.ProjectsBy(q.Lang, "zobrazeni", "mapa"), q.T("home.way.region"), q.T("home.way.region.what")},
		{in(route.Calls), q.T("home.way.ngo"), q.T("home.way.ngo.what")},
		{in(route.Practices), q.T("home.way.practice"), q.T("home.way.practice.what")},
		{in(route.Evaluations), q.T("home.way.judged"), q.T("home.way.judged.what")},
		{route.ProjectsBy(q.Lang, "zobrazeni", "tabulka"), q.T("home.way.analyst"), q.T("home.way.analyst.what")},
	}
}
