package territories

import (
	"strconv"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/statement"
	"atlas/internal/web/chart"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// Names of the charts of a territory in addresses.
const (
	chartAreas = "temata"
	chartYears = "roky"
)

// chart answers a chart of a territory as a file.
func (a *area) chart(q *page.Request) error {
	place, ok := a.app.Places().Get(q.PathValue("code"))
	if !ok || place.Level == atlas.LevelCountry {
		return atlas.ErrNotFound
	}
	return figure.Answer(q, a.app.Now(), func(name string) (*figure.Figure, error) {
		p := &showPage{T: place, Name: a.app.Places().Label(place.Code)}
		t := a.teller(q.Lang)
		p.count(t, a.app.Now().Year())
		p.figures(q, a, t)
		switch name {
		case chartAreas:
			return p.AreaFigure, nil
		case chartYears:
			return p.YearFigure, nil
		}
		return nil, nil
	})
}

// figures put sentences, tables and files around the charts.
func (p *showPage) figures(q *page.Request, a *area, t teller) {
	p.AreaFigure, p.YearFigure = p.areaFigure(t), p.yearFigure(t, a.app.Now().In(i18n.Prague).Year())
	for _, f := range []*figure.Figure{p.AreaFigure, p.YearFigure} {
		f.Source = t.T("territories.chart_source", "day", i18n.Day(t.lang, a.app.Now()))
		f.Stand(q, a.app, route.Territory("cs", p.T.Code), nil)
	}
}

// areaFigure is projects by area. A project of two areas is in both, so shares
// would not add up and none are told.
func (p *showPage) areaFigure(t teller) *figure.Figure {
	f := &figure.Figure{
		Name: chartAreas, Title: p.Name + ": " + t.T("territories.areas_chart"), Pictures: []chart.Picture{p.AreaChart}, Shown: true,
		Columns: []figure.Column{{Key: "area_code", Label: t.T("territories.column.code")}, {Key: "area", Label: t.T("territories.column.area")}, {Key: "projects", Label: t.T("territories.column.projects"), Number: true}},
	}
	var first []areaRow
	for _, row := range p.ByArea {
		f.Rows = append(f.Rows, []figure.Cell{figure.Word(row.Code), {Text: row.Label, Value: row.Label, Href: row.URL}, figure.Number(t.number(row.Count), strconv.Itoa(row.Count))})
		switch {
		case len(first) == 0 || row.Count > first[0].Count:
			first = []areaRow{row}
		case row.Count == first[0].Count:
			first = append(first, row)
		}
	}
	if len(first) == 1 && len(p.ByArea) > 1 {
		f.Sentence = t.T("territories.areas_sentence", "area", first[0].Label, "projects", t.projects(first[0].Count))
	}
	return f
}

// yearFigure is projects active in each year.
func (p *showPage) yearFigure(t teller, now int) *figure.Figure {
	f := &figure.Figure{
		Name: chartYears, Title: p.Name + ": " + t.T("territories.years_chart"), Pictures: []chart.Picture{p.YearChart},
		Columns: []figure.Column{{Key: "year", Label: t.T("territories.column.year")}, {Key: "projects", Label: t.T("territories.column.projects"), Number: true}},
	}
	trend := statement.Trend{What: t.T("territories.years_what")}
	for _, row := range p.Years {
		f.Rows = append(f.Rows, []figure.Cell{{Text: row.Year, Value: row.Year, Href: row.URL}, figure.Number(t.number(row.Count), strconv.Itoa(row.Count))})
	}
	for i := len(p.Years) - 1; i >= 0; i-- { // the table begins with the latest, the story with the earliest
		row := p.Years[i]
		if year, err := strconv.Atoi(row.Year); err == nil && year <= now {
			trend.Values = append(trend.Values, statement.Value{When: row.Year, N: float64(row.Count), Known: true})
		}
	}
	trend.Unfinished = strconv.Itoa(now)
	f.Sentence = statement.Speaker{Words: t.words, Lang: t.lang}.Trend(trend)
	f.Note = t.T("territories.years_note")
	if p.Unknown > 0 {
		f.Note += " " + t.words.N(t.lang, "territories.years_unknown", int64(p.Unknown))
	}
	return f
}
