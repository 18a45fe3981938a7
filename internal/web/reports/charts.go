package reports

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/document"
	"atlas/internal/i18n"
	"atlas/internal/statement"
	"atlas/internal/web/chart"
)

// draw adds a picture and the sentence that says what it shows; whoever does not see
// the picture is told both. The equal table stands beneath it.
func (c *composer) draw(title, sentence string, picture chart.Picture) error {
	return c.figure(title, sentence, string(picture.SVG()), chart.Plate{}, picture)
}

// drawSeveral adds small pictures of one kind, two beside each other.
func (c *composer) drawSeveral(title, sentence string, all []chart.Lines) error {
	plate := chart.Plate{InRow: 2}
	var html strings.Builder
	var pictures []chart.Picture
	html.WriteString(`<div class="chart-many">`)
	for _, l := range all {
		pictures, plate.Names = append(pictures, l), append(plate.Names, l.Title)
		fmt.Fprintf(&html, `<div><p><strong>%s</strong></p>%s</div>`, template.HTMLEscapeString(l.Title), l.SVG())
	}
	html.WriteString(`</div>`)
	return c.figure(title, sentence, html.String(), plate, pictures...)
}

func (c *composer) figure(title, sentence, svg string, plate chart.Plate, pictures ...chart.Picture) error {
	var png []byte
	if c.paint {
		var err error
		if png, err = chart.PNG(plate, pictures...); err != nil {
			return fmt.Errorf("chart %q of a report: %w", title, err)
		}
	}
	c.add(document.Picture(document.Figure{PNG: png, SVG: svg, Alt: c.T("reports.chart.alt", "title", title, "sentence", sentence), Caption: title}))
	c.say(sentence)
	return nil
}

func (c *composer) speaker(number func(float64) string) statement.Speaker {
	return statement.Speaker{Words: c.words, Lang: c.report.Lang, Number: number}
}

// unfinished is this year, which is said not to be over.
func (c *composer) unfinished() string { return strconv.Itoa(c.today.Year()) }

// yearTotal is everything of a year that belongs to the territory of the report.
func (c *composer) yearTotal(year int) coverage.Total { return c.total(c.matrix(year, year, nil)) }

// yearCharts draw projects and known money by year; all are the years of the report.
// A year in which no money is known is a gap; of no project at all there is nothing to
// draw.
func (c *composer) yearCharts(all []coverage.Cell) error {
	if !slices.ContainsFunc(all, func(x coverage.Cell) bool { return x.Projects > 0 }) {
		return nil
	}
	title := c.T("reports.chart.year_projects", "place", c.place())
	bars := chart.Bars{ID: "graf-projekty", Title: title}
	trend := statement.Trend{What: title, Unfinished: c.unfinished()}
	for i, x := range all {
		year := strconv.Itoa(c.report.From + i)
		bars.Bars = append(bars.Bars, chart.Bar{Label: year, Value: int(x.Projects), Text: c.number(int64(x.Projects)), Name: year + ": " + c.N("reports.projects", int(x.Projects))})
		trend.Values = append(trend.Values, statement.Value{When: year, N: float64(x.Projects), Known: true})
	}
	bars.Desc = c.speaker(nil).Trend(trend)
	if err := c.draw(title, bars.Desc, bars); err != nil {
		return err
	}
	return c.moneyChart(all)
}

func (c *composer) moneyChart(all []coverage.Cell) error {
	title := c.T("reports.chart.year_money", "place", c.place())
	lines := chart.Lines{ID: "graf-penize", Title: title, Format: c.crowns}
	trend := statement.Trend{What: title, Unfinished: c.unfinished()}
	var dots []chart.Dot
	any := false
	for i, x := range all {
		year := strconv.Itoa(c.report.From + i)
		d := chart.Dot{Value: float64(x.Minor / 100), Known: x.Projects > x.Unknown, Text: c.money(x), Name: year + ": " + c.money(x)}
		any = any || d.Known
		lines.Steps, dots = append(lines.Steps, chart.Step{At: float64(c.report.From + i), Label: year}), append(dots, d)
		trend.Values = append(trend.Values, statement.Value{When: year, N: d.Value, Known: d.Known})
	}
	if !any {
		return nil // the table says that none is known
	}
	lines.Series, lines.Desc = []chart.Series{{Dots: dots}}, c.speaker(c.crowns).Trend(trend)
	return c.draw(title, lines.Desc, lines)
}

// crowns writes whole crowns in short.
func (c *composer) crowns(v float64) string {
	return i18n.MoneyShort(c.report.Lang, int64(v)*100, "CZK")
}

// bar is one row of a chart of rows: what it is called, how much and how that is
// written.
type bar struct {
	name  string
	value float64
	known bool
	text  string
}

// ranked draws rows as they stand in the table beneath; the sentence names the
// highest three and says how many are not known or have none.
func (c *composer) ranked(id, title string, all []bar) error {
	r := chart.Rows{ID: id, Title: title}
	var some []bar
	none, unknown := 0, 0
	for _, b := range all {
		switch {
		case !b.known:
			unknown++
		case b.value > 0:
			some = append(some, b)
		default:
			none++
		}
		r.Rows = append(r.Rows, chart.RowBar{Label: b.name, Value: b.value, Text: b.text, Name: b.name + ": " + b.text})
	}
	if len(some) == 0 {
		return nil // a picture without any bar says less than the table
	}
	slices.SortStableFunc(some, func(x, y bar) int { return cmp.Compare(y.value, x.value) })
	var names []string
	for _, b := range some[:min(len(some), mostNamed)] {
		names = append(names, b.name+" ("+b.text+")")
	}
	r.Desc = c.T("reports.chart.most", "what", title, "names", strings.Join(names, ", "))
	if none > 0 {
		r.Desc += " " + c.T("reports.chart.none", "n", none, "all", len(all))
	}
	if unknown > 0 {
		r.Desc += " " + c.T("reports.chart.unknown", "n", unknown, "all", len(all))
	}
	return c.draw(title, r.Desc, r)
}

// mostNamed is how many rows a sentence names.
const mostNamed = 3

// people draws the total of a territory over the years of the report, from one data
// set. Where the definition or the extent of the territory changed, the line breaks.
func (c *composer) people(d *atlas.Dataset, all []atlas.Slice) error {
	lang := c.report.Lang
	title := c.T("reports.chart.people", "name", d.Name(lang), "place", c.place())
	number := func(v float64) string { return i18n.Decimal(lang, strconv.FormatFloat(v, 'f', -1, 64)) }
	lines := chart.Lines{ID: "graf-osoby", Title: title, Format: number, Breaks: map[int]string{}}
	t := document.Table{Caption: title, Columns: c.columns("as_of", "#people"), RowHeader: true}
	trend := statement.Trend{What: title}
	var dots []chart.Dot
	var last *atlas.Slice
	known := 0
	for y := c.report.From; y <= c.report.To; y++ {
		year, dot, when := strconv.Itoa(y), chart.Dot{Text: c.T("reports.not_known")}, strconv.Itoa(y)
		if s := lastOf(all, y); s != nil {
			f := s.Total()
			if when = i18n.Date(lang, s.Date); f.Known() {
				dot = chart.Dot{Value: float64(f.Value), Known: true, Text: number(float64(f.Value))}
				known++
			}
			if dot.Fresh = last != nil && last.Series(atlas.Category{}) != s.Series(atlas.Category{}); dot.Fresh {
				lines.Breaks[y-c.report.From] = c.T("reports.chart.break")
			}
			last = s
		}
		dot.Name = year + ": " + dot.Text
		lines.Steps, dots = append(lines.Steps, chart.Step{At: float64(y), Label: year}), append(dots, dot)
		trend.Values = append(trend.Values, statement.Value{When: year, N: dot.Value, Known: dot.Known, Fresh: dot.Fresh})
		t.Rows = append(t.Rows, document.Row(when, dot.Text))
	}
	if known == 0 {
		return nil
	}
	lines.Series, lines.Desc = []chart.Series{{Dots: dots}}, c.speaker(number).Trend(trend)
	if err := c.draw(title, lines.Desc, lines); err != nil {
		return err
	}
	c.add(document.Tabular(t))
	return nil
}

// lastOf is the last slice of a year; nil.
func lastOf(all []atlas.Slice, year int) *atlas.Slice {
	for i := range slices.Backward(all) {
		if all[i].Date.Year == year {
			return &all[i]
		}
	}
	return nil
}

// mostPanels is how many areas the section of trends draws: as many small pictures as
// a page of paper shows so that they can be read.
const mostPanels = 6

// areaTrends draws the areas with most projects year by year on one scale, and puts
// the same numbers into a table with the total of each year. A project of two areas
// is in both, so the total counts distinct projects.
func (c *composer) areaTrends() error {
	m := c.matrix(c.report.From, c.report.To, nil)
	list, _ := c.app.Lists().List(atlas.ListArea)
	items := slices.DeleteFunc(slices.Clone(list.Items), func(it atlas.Item) bool { return m.ItemTotal(m.Item(it.Code)).Projects == 0 })
	slices.SortStableFunc(items, func(x, y atlas.Item) int {
		return cmp.Compare(m.ItemTotal(m.Item(y.Code)).Projects, m.ItemTotal(m.Item(x.Code)).Projects)
	})
	items = items[:min(len(items), mostPanels)]
	if len(items) == 0 {
		c.say(c.T("reports.nothing"))
		return nil
	}
	var panels chart.Multiples
	var changes []statement.Change
	for _, it := range items {
		name := c.app.Lists().Label(atlas.ListArea, it.Code, c.report.Lang)
		l := chart.Lines{ID: "graf-vyvoj-" + it.Code, Title: name, Format: func(v float64) string { return c.number(int64(v)) }}
		var dots []chart.Dot
		for y := c.report.From; y <= c.report.To; y++ {
			n, year := m.ItemYear(m.Item(it.Code), y).Projects, strconv.Itoa(y)
			l.Steps = append(l.Steps, chart.Step{At: float64(y), Label: year})
			dots = append(dots, chart.Dot{Value: float64(n), Known: true, Text: c.number(int64(n)), Name: name + ", " + year + ": " + c.number(int64(n))})
		}
		l.Series = []chart.Series{{Name: name, Dots: dots}}
		panels.Panels = append(panels.Panels, l)
		changes = append(changes, statement.Change{Name: name, N: dots[len(dots)-1].Value - dots[0].Value, Known: true})
	}
	title := c.T("reports.chart.areas", "place", c.place(), "years", c.years())
	sentence := c.T("reports.chart.one_year")
	if c.report.To > c.report.From {
		sentence = c.speaker(nil).Changes(c.T("reports.chart.areas_what"), strconv.Itoa(c.report.From), strconv.Itoa(c.report.To), changes)
	}
	if err := c.drawSeveral(title, sentence, panels.Pictures()); err != nil {
		return err
	}
	c.table(c.areaTable(title, panels.Panels), "")
	c.add(document.Note(c.T("reports.chart.areas_rule")))
	return nil
}

// areaTable has a row for each year, a column for each area and the distinct projects
// of all areas.
func (c *composer) areaTable(title string, panels []chart.Lines) document.Table {
	t := document.Table{Caption: title, Columns: c.columns("year")}
	for _, l := range panels {
		t.Columns = append(t.Columns, document.Column{Title: l.Title, Number: true})
	}
	t.Columns = append(t.Columns, document.Column{Title: c.T("reports.column.distinct"), Number: true})
	for i, step := range panels[0].Steps {
		cells := []string{step.Label}
		for _, l := range panels {
			cells = append(cells, l.Series[0].Dots[i].Text)
		}
		year := c.report.From + i
		all := c.matrix(year, year, nil).All()
		t.Rows = append(t.Rows, document.Row(append(cells, c.number(int64(all.Projects)))...))
	}
	return t
}

// observed are the rows of the people of territories.
func (c *composer) observed(rows []app.CoverageRow) (all []bar) {
	for _, row := range rows {
		b := bar{name: c.app.Places().Label(row.Code), text: c.T("reports.not_known")}
		if row.People.Known {
			b.value, b.known, b.text = row.People.V, true, c.number(int64(row.People.V))
		}
		all = append(all, b)
	}
	return all
}
