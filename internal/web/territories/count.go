package territories

import (
	"cmp"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/web/chart"
	"atlas/internal/web/route"
)

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

// mostListed is how many territories of one level a page names. Of more – the
// municipalities of a kraj – only those with a project are named: the others are
// found by their name.
const mostListed = 250

// group writes the territories of a level.
func (t teller) group(places []atlas.Territory, counts map[string]int, title string) group {
	few := len(places) <= mostListed
	if !few {
		title += "_known"
	}
	g := group{Title: t.T(title)}
	for _, place := range places {
		if counts[place.Code] > 0 {
			g.With++
		}
		if few || counts[place.Code] > 0 {
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
