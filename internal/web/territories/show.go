package territories

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/export"
	"atlas/internal/search"
	"atlas/internal/web/chart"
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
	Missing     []areaRow // areas with no known project here in the last years
	Since       int       // the first of those years
	Years       []yearRow
	YearChart   chart.Bars
	Compared    []comparison
	Groups      []group // territories inside, by level
	Beside      group   // territories of the same level in the next wider one
	Wide        line    // projects of the whole country
	Map         chart.Map
	Mapped      bool
	Exports     []link
	URLList     string
}

// Here says whether any project is known here.
func (p showPage) Here() bool { return p.Total > 0 }

type link struct{ Text, URL string }

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
	projects, err := a.app.Reader().Projects(q.Context(), r.Hits)
	if err != nil {
		return err
	}
	for _, x := range projects {
		p.Newest = append(p.Newest, t.project(x))
	}
	p.draw(t, tally(r, search.FacetTerritory), a.outlines())
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
	for _, f := range export.Formats {
		file := route.In(t.lang, route.Fill(route.ProjectsExport, "projekty"+f.Extension))
		p.Exports = append(p.Exports, link{strings.ToUpper(f.Name), route.WithQuery(file, query)})
	}
}

// count asks the index for everything that is counted on the page: once for
// this place and its surroundings, once for its last years, once for each wider
// territory.
func (p *showPage) count(t teller, year int) search.Result {
	inside, beside := p.surroundings(t)
	codes := []string{p.T.Code, "CZ"}
	for _, list := range append(inside, beside, t.app.Places().Ancestors(p.T.Code)) {
		for _, place := range list {
			codes = append(codes, place.Code)
		}
	}
	r := t.app.Index().Search(search.Query{
		Filters: at(p.T.Code), Count: []search.Facet{search.FacetArea, search.FacetYear, search.FacetTerritory},
		Only: map[search.Facet][]string{search.FacetTerritory: codes}, Sort: search.SortYear, Limit: newest,
	})
	p.Total, p.Amount = r.Total, r.Amount
	counts := tally(r, search.FacetTerritory)
	for _, list := range inside {
		if len(list) > 0 {
			p.Groups = append(p.Groups, t.group(list, counts, "territories.inside."+string(list[0].Level)))
		}
	}
	p.Beside = t.group(beside, counts, "territories.beside."+string(p.T.Level))
	p.Wide = line{Count: counts["CZ"], URL: route.ProjectsBy(t.lang, string(search.FacetTerritory), "CZ")}
	p.areas(t, tally(r, search.FacetArea))
	p.years(t, tally(r, search.FacetYear), year)
	p.compare(t, counts, year)
	return r
}

func at(code string) map[search.Facet][]string {
	return map[search.Facet][]string{search.FacetTerritory: {code}}
}

// surroundings are the territories that lie in this one, level by level, and
// those of its level in the next wider one.
func (p *showPage) surroundings(t teller) (inside [][]atlas.Territory, beside []atlas.Territory) {
	g, code := t.app.Places(), p.T.Code
	for _, level := range []atlas.Level{atlas.LevelDistrict, atlas.LevelORP, atlas.LevelMunicipality, atlas.LevelCityDistrict} {
		if level == atlas.LevelCityDistrict && p.T.Level != atlas.LevelMunicipality {
			continue
		}
		inside = append(inside, g.Children(code, level))
	}
	wider := "CZ"
	switch p.T.Level {
	case atlas.LevelDistrict, atlas.LevelORP:
		wider = p.T.Region
	case atlas.LevelMunicipality:
		wider = cmp.Or(p.T.ORP, p.T.District)
	case atlas.LevelCityDistrict:
		wider = p.T.Municipality
	}
	beside = slices.DeleteFunc(slices.Clone(g.Children(wider, p.T.Level)), func(x atlas.Territory) bool { return x.Code == code })
	return inside, beside
}

// group writes the territories of a level. Of many municipalities only those
// with a project are named: the others are found by their name.
func (t teller) group(places []atlas.Territory, counts map[string]int, title string) group {
	g := group{Title: t.T(title)}
	for _, place := range places {
		if counts[place.Code] > 0 {
			g.With++
		}
		if local := place.Level == atlas.LevelMunicipality; !local || counts[place.Code] > 0 {
			g.Lines = append(g.Lines, t.line(place, counts))
		}
	}
	return g
}

// areas counts the areas of integration. The picture has a column for each, so
// that it looks alike in all places.
func (p *showPage) areas(t teller, counts map[string]int) {
	l, _ := t.app.Lists().List(atlas.ListArea)
	p.AreaChart = chart.Bars{ID: "temata", Title: t.T("territories.areas_chart"), Desc: t.T("territories.areas_desc")}
	for _, it := range l.Items {
		row := p.area(t, it.Code)
		row.Count = counts[it.Code]
		bar := chart.Bar{Label: it.Code, Value: row.Count, Name: row.Label + ": " + t.T("territories.none_known")}
		if row.Count > 0 {
			p.ByArea = append(p.ByArea, row)
			bar.Text, bar.Name, bar.Href = t.number(row.Count), row.Label+": "+t.projects(row.Count), row.URL
		}
		p.AreaChart.Bars = append(p.AreaChart.Bars, bar)
	}
}

func (p *showPage) area(t teller, code string) areaRow {
	q := map[string][]string{string(search.FacetTerritory): {p.T.Code}, string(search.FacetArea): {code}}
	return areaRow{Code: code, Label: t.app.Lists().Label(atlas.ListArea, code, t.lang), URL: route.ProjectsWith(t.lang, q)}
}

// years draws how many projects were active in each year: at least the last
// 20, and earlier ones where there are any.
func (p *showPage) years(t teller, counts map[string]int, now int) {
	p.Unknown = counts[app.NotKnown]
	first, last := now-lastYears+1, now
	for value, n := range counts {
		if y, err := strconv.Atoi(value); err == nil && n > 0 {
			first, last = min(first, y), max(last, y)
		}
	}
	p.YearChart = chart.Bars{ID: "roky", Title: t.T("territories.years_chart"), Desc: t.T("territories.years_desc")}
	for y := first; y <= last; y++ {
		year := strconv.Itoa(y)
		q := map[string][]string{string(search.FacetTerritory): {p.T.Code}, string(search.FacetYear): {year}}
		row := yearRow{Year: year, Count: counts[year], URL: route.ProjectsWith(t.lang, q)}
		p.Years = append(p.Years, row)
		p.YearChart.Bars = append(p.YearChart.Bars, chart.Bar{
			Label: year, Value: row.Count, Text: t.number(row.Count), Name: year + ": " + t.projects(row.Count), Href: row.URL,
		})
	}
	slices.Reverse(p.Years)
}

// compare puts this place beside the wider ones it lies in and finds the areas
// of which no project is known here in the last years. A project whose years
// are not known may have run in them: it is not counted as active, but its areas
// are not called unknown.
func (p *showPage) compare(t teller, counts map[string]int, now int) {
	p.Since = now - lastYears + 1
	years := []string{app.NotKnown}
	for y := p.Since; y <= now; y++ {
		years = append(years, strconv.Itoa(y))
	}
	l, _ := t.app.Lists().List(atlas.ListArea)
	undated := map[search.Facet][]string{search.FacetYear: {app.NotKnown}}
	row := func(place atlas.Territory) (comparison, map[string]int) {
		filters := map[search.Facet][]string{search.FacetYear: years}
		if place.Level != atlas.LevelCountry {
			filters[search.FacetTerritory] = []string{place.Code}
		}
		r := t.app.Index().Search(search.Query{Filters: filters, Count: []search.Facet{search.FacetArea, search.FacetYear}, Only: undated})
		c := comparison{line: t.line(place, counts), Recent: r.Total - tally(r, search.FacetYear)[app.NotKnown], Areas: len(l.Items)}
		covered := tally(r, search.FacetArea)
		for _, it := range l.Items {
			if covered[it.Code] > 0 {
				c.Covered++
			}
		}
		return c, covered
	}
	here, covered := row(p.T)
	here.Here = true
	p.Compared = append(p.Compared, here)
	for _, it := range l.Items {
		if covered[it.Code] == 0 {
			p.Missing = append(p.Missing, p.area(t, it.Code))
		}
	}
	for _, up := range slices.Backward(t.app.Places().Ancestors(p.T.Code)) {
		c, _ := row(up)
		p.Compared = append(p.Compared, c)
	}
	if country, ok := t.app.Places().Get("CZ"); ok {
		c, _ := row(country)
		c.Count, c.URL = t.app.Index().Len(), route.In(t.lang, route.Territories)
		c.Name = t.T("territories.database")
		p.Compared = append(p.Compared, c)
	}
}

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

// draw shows the kraj with the municipalities of this territory that have a
// project.
func (p *showPage) draw(t teller, counts map[string]int, outlines []chart.Outline) {
	region := cmp.Or(p.T.Region, p.T.Code)
	i := slices.IndexFunc(outlines, func(o chart.Outline) bool { return o.Code == region })
	if i < 0 {
		return
	}
	kraj, _ := t.app.Places().Get(region)
	name := t.app.Places().Label(region)
	p.Map = chart.Map{ID: "mapa", Title: t.T("territories.place_map", "name", name), Plain: true, Outlines: outlines[i : i+1]}
	p.Map.Regions = []chart.Region{{Code: region, Value: 1, Name: name, Href: route.Territory(t.lang, kraj.Code)}}
	points := t.app.Places().Children(p.T.Code, atlas.LevelMunicipality)
	if p.T.Level == atlas.LevelMunicipality {
		points = []atlas.Territory{p.T}
	}
	for _, m := range points {
		if m.HasPoint && counts[m.Code] > 0 {
			l := t.line(m, counts)
			p.Map.Points = append(p.Map.Points, chart.Point{Lat: m.Lat, Lon: m.Lon, Value: l.Count, Name: l.Name + ": " + t.projects(l.Count), Href: l.URL})
		}
	}
	p.Mapped = true
}
