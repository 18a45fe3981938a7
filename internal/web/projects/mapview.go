package projects

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/search"
	"atlas/internal/web/chart"
)

// placeRow is one line of the table under the map.
type placeRow struct {
	Name, URL string
	Count     int
	key       string // of the name, in Czech order
}

// mapView is the map with the equal table.
type mapView struct {
	Map     chart.Map
	Classes []chart.Class
	Regions []placeRow
	Places  []placeRow // municipalities with projects
	Wide    int        // projects of the country in no named kraj, or in an unknown place
	Abroad  int
	Total   int
	Chosen  bool // a territory is chosen; the others are counted too
}

// mapPlaces is how many municipalities the map and its table show.
const mapPlaces = 150

// mapView draws the counts of the territories.
func (f *finding) mapView(w words, outlines []chart.Outline, url func(state) string) mapView {
	counts := f.counts(search.FacetTerritory)
	v := mapView{Total: f.result.Total, Wide: counts["CZ"] + counts[notKnown], Chosen: f.state.has(search.FacetTerritory)}
	for _, c := range f.result.Facets[search.FacetCountry] {
		if c.Value != "CZ" && c.Value != notKnown {
			v.Abroad += c.Count
		}
	}
	v.Map = chart.Map{ID: "mapa", Title: w.T("projects.map.title"), Desc: w.T("projects.map.desc"), Outlines: outlines}
	for _, t := range f.places.Children("CZ", atlas.LevelRegion) {
		n := counts[t.Code]
		name := f.places.Label(t.Code)
		link := url(f.state.set(search.FacetTerritory, []string{t.Code}))
		v.Map.Regions = append(v.Map.Regions, chart.Region{
			Code: t.Code, Value: n, Text: w.number(int64(n)), Name: name + ": " + w.N("projects.n", n), Href: link,
		})
		v.Regions = append(v.Regions, placeRow{Name: name, URL: link, Count: n})
	}
	v.Classes = v.Map.Classes()
	v.points(w, f, counts, url)
	return v
}

// counts are the counts of a facet: what choosing each value would give. Where
// the facet itself is filtered the others are counted too, and the page says so.
func (f *finding) counts(facet search.Facet) map[string]int {
	out := map[string]int{}
	for _, c := range f.result.Facets[facet] {
		out[c.Value] = c.Count
	}
	return out
}

// points names the municipalities with most projects and marks them on the map.
func (v *mapView) points(w words, f *finding, counts map[string]int, url func(state) string) {
	var found []atlas.Territory
	for code, n := range counts {
		if t, ok := f.places.Get(code); ok && t.Level == atlas.LevelMunicipality && n > 0 {
			found = append(found, t)
		}
	}
	slices.SortFunc(found, func(a, b atlas.Territory) int {
		return cmp.Or(cmp.Compare(counts[b.Code], counts[a.Code]), strings.Compare(a.Code, b.Code))
	})
	for _, t := range found[:min(len(found), mapPlaces)] {
		name, n := f.places.Label(t.Code), counts[t.Code]
		link := url(f.state.set(search.FacetTerritory, []string{t.Code}))
		v.Places = append(v.Places, placeRow{Name: name, URL: link, Count: n, key: czech.SortKey(name)})
		if t.HasPoint {
			v.Map.Points = append(v.Map.Points, chart.Point{Lat: t.Lat, Lon: t.Lon, Value: n, Name: name + ": " + w.N("projects.n", n), Href: link})
		}
	}
	slices.SortStableFunc(v.Places, func(a, b placeRow) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.key, b.key))
	})
}

// yearRow is one line of the table under the chart of years.
type yearRow struct {
	Year, URL string
	Count     int
	Current   bool
}

// yearsView is the chart of active years with the equal table, newest last in
// the picture and first in the table.
type yearsView struct {
	Chart   chart.Bars
	Rows    []yearRow
	Unknown int // projects whose start is not known
	From    int
	To      int
}

// leastYears is how many years the chart shows at least (R3-14).
const leastYears = 21

// mostYears bounds the picture; older years are in the table of the facet.
const mostYears = 60

// yearsView draws how many projects were active in each year up to now.
func (f *finding) yearsView(w words, now int, url func(state) string) yearsView {
	counts := f.counts(search.FacetYear)
	first, last := now-leastYears+1, now
	for year, n := range counts {
		if y := yearOf(year); n > 0 && y > 0 {
			first, last = min(first, y), max(last, y)
		}
	}
	first = max(first, last-mostYears+1)
	v := yearsView{From: first, To: last, Unknown: counts[notKnown]}
	v.Chart = chart.Bars{ID: "roky", Title: w.T("projects.years.title"), Desc: w.T("projects.years.desc")}
	for y := first; y <= last; y++ {
		year := strconv.Itoa(y)
		n := counts[year]
		row := yearRow{Year: year, Count: n, URL: url(f.state.set(search.FacetYear, []string{year}).view(viewList))}
		row.Current = slices.Contains(f.state.Filters[search.FacetYear], year)
		v.Rows = append(v.Rows, row)
		v.Chart.Bars = append(v.Chart.Bars, chart.Bar{
			Label: year, Value: n, Text: w.number(int64(n)), Name: year + ": " + w.N("projects.n", n), Href: row.URL, Current: row.Current,
		})
	}
	slices.Reverse(v.Rows)
	return v
}

// yearOf reads a year of the facet; 0 when it is none.
func yearOf(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0
	}
	return n
}
