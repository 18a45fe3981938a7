package coverage

import (
	"strconv"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/statement"
	"atlas/internal/web/chart"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// trend is how the items went over the years: a small picture of each on one
// scale, with the same numbers beneath.
type trend struct{ Chart *figure.Figure }

// trendName is the name of the chart in addresses.
const trendName = "vyvoj"

// trend makes the chart of the question of a page.
func (a *area) trend(q *page.Request, b builder) *trend {
	f := b.trendFigure()
	f.Stand(q, a.app, route.Coverage, b.asked.values())
	return &trend{f}
}

// trendFigure draws all territories of the matrix year by year: a picture for
// each item that has any project, and a table of all.
func (b builder) trendFigure() *figure.Figure {
	s := b.asked
	f := &figure.Figure{
		Name: trendName, Title: b.T("coverage.caption."+s.Show, "years", b.years(s)) + b.where(),
		Shown: true, Note: b.T("coverage.trend.note"), Source: b.T("coverage.trend.source", "day", i18n.Day(b.lang, b.app.Now())),
		Columns: []figure.Column{{Key: "item", Label: b.T("coverage.trend.item")}},
	}
	for y := s.From; y <= s.To; y++ {
		f.Columns = append(f.Columns, figure.Column{Key: strconv.Itoa(y), Label: strconv.Itoa(y), Number: true})
	}
	var panels chart.Multiples
	var changes []statement.Change
	for _, item := range b.items() {
		l, row, change := b.trendOf(item)
		f.Rows = append(f.Rows, row)
		if b.m.ItemTotal(b.m.Item(item)).Projects > 0 {
			panels.Panels = append(panels.Panels, l)
			changes = append(changes, change)
		}
	}
	for _, l := range panels.Pictures() {
		f.Pictures, f.Names = append(f.Pictures, l), append(f.Names, l.Title)
	}
	f.Rows = append(f.Rows, b.trendTotal())
	f.Sentence = b.trendSentence(changes)
	return f
}

// trendTotal is all territories and items together in each year: distinct projects,
// so less than the rows above where projects have several items.
func (b builder) trendTotal() []figure.Cell {
	row := []figure.Cell{figure.Word(b.T("coverage.trend.total." + b.asked.Show))}
	q := coverage.Question{Level: atlas.LevelCountry, Axis: b.asked.Axis, From: b.asked.From, To: b.asked.To, Now: coverage.MonthOf(atlas.DateOf(b.app.Now().In(i18n.Prague)))}
	all := coverage.Row{Kind: coverage.RowElsewhere} // whatever has a place narrower than the country
	if t, ok := b.app.Places().Get(b.asked.Within); ok && t.Level != atlas.LevelCountry {
		q.Level, q.Within, all = t.Level, t.Code, coverage.Row{Kind: coverage.RowTerritory, Code: t.Code}
	}
	m := b.app.Index().Coverage(b.asked.query(), b.app.Places(), q)
	for y := b.asked.From; y <= b.asked.To; y++ {
		cell, _ := b.trendYear(m.RowYear(m.Row(all), y))
		row = append(row, cell)
	}
	return row
}

// trendOf is one item over the years: its picture, its row, and how it changed from
// the first year to the last.
func (b builder) trendOf(item string) (chart.Lines, []figure.Cell, statement.Change) {
	name := b.itemName(item)
	row := []figure.Cell{figure.Word(name)}
	l := chart.Lines{ID: "vyvoj-" + item, Title: name, Desc: b.T("coverage.trend.desc"), Format: b.tick}
	var dots []chart.Dot
	for y := b.asked.From; y <= b.asked.To; y++ {
		cell, dot := b.trendYear(b.m.ItemYear(b.m.Item(item), y))
		year := strconv.Itoa(y)
		dot.Text, dot.Name = cell.Text, name+", "+year+": "+cell.Text
		l.Steps = append(l.Steps, chart.Step{At: float64(y), Label: year})
		dots, row = append(dots, dot), append(row, cell)
	}
	l.Series = []chart.Series{{Name: name, Dots: dots}}
	first, last := dots[0], dots[len(dots)-1]
	return l, row, statement.Change{Name: name, N: last.Value - first.Value, Known: first.Known && last.Known}
}

// trendYear is an item, or all of them, in a year. No known project is none of what
// the database knows; money of which nothing is known is a gap.
func (b builder) trendYear(c coverage.Cell) (figure.Cell, chart.Dot) {
	known := func(text string, n int64) (figure.Cell, chart.Dot) {
		return figure.Number(text, strconv.FormatInt(n, 10)), chart.Dot{Value: float64(n), Known: true}
	}
	switch {
	case c.Projects == 0 && b.asked.Show == showMoney:
		return figure.Cell{Text: "–"}, chart.Dot{}
	case c.Projects == 0:
		return known("–", 0)
	case b.asked.Show == showMoney && c.Unknown == c.Projects:
		return figure.Cell{Text: "?"}, chart.Dot{}
	case b.asked.Show == showMoney:
		return known(i18n.MoneyShort(b.lang, c.Minor, "CZK"), c.Minor/100)
	case b.asked.Show == showMonths:
		return known(b.number(int64(c.Months)), int64(c.Months))
	}
	return known(b.number(int64(c.Projects)), int64(c.Projects))
}

// tick writes a value of the axis.
func (b builder) tick(v float64) string {
	if b.asked.Show == showMoney {
		return i18n.MoneyShort(b.lang, int64(v)*100, "CZK")
	}
	return b.number(int64(v))
}

// where says of which territory and under which conditions the numbers are.
func (b builder) where() string {
	out := ""
	if b.asked.Within != "" {
		out += " – " + b.app.Places().Label(b.asked.Within)
	}
	return out + b.conditionsText()
}

// conditionsText are the conditions of the question in words: "; Stav: v realizaci".
func (b builder) conditionsText() string {
	p, out := matrixPage{}, ""
	p.filters(b)
	for _, c := range p.Chips {
		out += "; " + c.Facet + ": " + c.Label
	}
	return out
}

func (b builder) trendSentence(changes []statement.Change) string {
	s := b.asked
	if s.From == s.To {
		return ""
	}
	speaker := statement.Speaker{Words: b.words, Lang: b.lang, Number: b.tick}
	out := speaker.Changes(b.T("coverage.trend.what."+s.Show)+b.where(), strconv.Itoa(s.From), strconv.Itoa(s.To), changes)
	if now := b.app.Now().In(i18n.Prague).Year(); s.To >= now {
		out += " " + b.T("coverage.trend.unfinished", "year", strconv.Itoa(now))
	}
	return out
}
