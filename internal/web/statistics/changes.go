package statistics

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/statement"
	"atlas/internal/store"
	"atlas/internal/web/chart"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// chartChange is the name of the map of changes in addresses.
const chartChange = "zmena"

// Parameters of the map of changes: years.
const (
	paramFrom = "od"
	paramTo   = "do"
)

// usualSpan is over how many years changes are shown unless somebody asks
// otherwise.
const usualSpan = 10

// span is between which dates a change is told. Of years the last figure of each
// counts; within one year the two days themselves.
type span struct {
	years            bool
	from, to         atlas.Date
	fromText, toText string
}

func spanOf(q *page.Request, d *store.DatasetExtent) (span, bool) {
	first, last := d.First, d.Last
	if !first.Known() || first == last {
		return span{}, false
	}
	if first.Year == last.Year {
		return span{from: first, to: last, fromText: i18n.Date(q.Lang, first), toText: i18n.Date(q.Lang, last)}, true
	}
	within := func(param string, usual int) int {
		if n, err := strconv.Atoi(q.Param(param)); err == nil && n >= first.Year && n <= last.Year {
			return n
		}
		return usual
	}
	to := within(paramTo, last.Year)
	from := within(paramFrom, max(first.Year, to-usualSpan))
	from, to = min(from, to), max(from, to)
	return span{true, atlas.Date{Year: from}, atlas.Date{Year: to}, strconv.Itoa(from), strconv.Itoa(to)}, from < to
}

// on reads the totals of one end of the span.
func (s span) on(a *area, q *page.Request, dataset string, level atlas.Level, d atlas.Date) (map[string]atlas.Observation, error) {
	until, since := d, d
	if s.years {
		until, since = atlas.Date{Year: d.Year, Month: 12, Day: 31}, atlas.Date{Year: d.Year, Month: 1, Day: 1}
	}
	all, err := a.app.ObservationsOf(q.Context(), dataset, level, until, since)
	out := make(map[string]atlas.Observation, len(all))
	for _, o := range all {
		out[o.Territory] = o
	}
	return out, err
}

// changes is the map of changes of a data set over the territories of a level, with
// the table of all; nil where there are not two dates of it.
func (a *area) changes(q *page.Request, d *store.DatasetExtent, level atlas.Level) (*figure.Figure, error) {
	s, ok := spanOf(q, d)
	if !ok || level != atlas.LevelRegion && level != atlas.LevelDistrict || d.Sums(level) {
		return nil, nil // sums of two days lack other municipalities
	}
	before, err := s.on(a, q, d.Code, level, s.from)
	if err != nil {
		return nil, err
	}
	after, err := s.on(a, q, d.Code, level, s.to)
	if err != nil {
		return nil, err
	}
	outlines, err := a.outlinesOf(q, level)
	if err != nil {
		return nil, err
	}
	p := &picture{area: a, q: q, d: d}
	what := upper(d.IndicatorName(q.Lang)) + " – " + q.T("statistics.chart.by_level."+string(level))
	f := &figure.Figure{Name: chartChange, Title: what + ", " + q.T("statistics.chart.change", "from", s.fromText, "to", s.toText), Note: q.T("statistics.chart.change_note"),
		Source:  p.sourceOf(d, d.Last),
		Columns: []figure.Column{{Key: "territory", Label: q.T("statistics.territory")}, {Key: "from", Label: s.fromText, Number: true}, {Key: "to", Label: s.toText, Number: true}, {Key: "change", Label: q.T("statistics.chart.change_head"), Number: true}}}
	m := chart.ChangeMap{ID: "graf-zmena", Title: f.Title, Desc: q.T("statistics.chart.change_desc"), Outlines: outlines, Format: p.format,
		NoData: q.T("statistics.no_data"), Same: q.T("statistics.chart.same"), Plain: level != atlas.LevelRegion}
	var told []statement.Change
	for _, t := range a.app.Places().Children("CZ", level) {
		change, row := p.change(t.Code, before[t.Code], after[t.Code])
		m.Changes, f.Rows = append(m.Changes, change), append(f.Rows, row)
		told = append(told, statement.Change{Name: a.place(q, t.Code), N: change.Value, Known: change.Known, Broken: broken(before[t.Code], after[t.Code])})
	}
	if slices.ContainsFunc(told, func(c statement.Change) bool { return c.Broken }) {
		f.Note += " " + q.T("statistics.chart.change_broken")
		m.NoData = q.T("statistics.chart.incomparable")
	}
	if f.Pictures = []chart.Picture{m}; m.SVG() == "" {
		f.Pictures = nil // the borders of this level were not imported; the table stands
	}
	f.Sentence = p.speaker(s.years).Changes(what, s.fromText, s.toText, told)
	question := url.Values{paramLevel: {string(level)}}
	if s.years {
		question.Set(paramFrom, s.fromText)
		question.Set(paramTo, s.toText)
	}
	f.Stand(q, a.app, route.StatisticsOf("cs", d.Code), question)
	return f, nil
}

// broken says that two numbers are of two series: between them the definition or the
// extent of the territory changed.
func broken(before, after atlas.Observation) bool {
	return before.Date.Known() && after.Date.Known() && !before.Comparable(after)
}

// change is one territory in the map and in the table.
func (p *picture) change(code string, before, after atlas.Observation) (chart.Change, []figure.Cell) {
	figureOf := func(o atlas.Observation) atlas.Figure { return atlas.Figure{Value: o.Value, State: o.State} }
	name := p.place(p.q, code)
	c := chart.Change{Code: code, Known: before.State == atlas.FigureKnown && after.State == atlas.FigureKnown && !broken(before, after), Href: route.Series(p.q.Lang, p.d.Code, code)}
	said, why := figure.Cell{Text: p.q.T("statistics.not_known")}, p.q.T("statistics.no_data")
	if broken(before, after) {
		why = p.q.T("statistics.chart.break")
		said.Text = why
	}
	if c.Known {
		value := atlas.FormatValue(after.Value-before.Value, p.d.Decimals)
		c.Value, c.Text = p.scaled(atlas.Figure{Value: after.Value - before.Value}), i18n.Decimal(p.q.Lang, value)
		if c.Value > 0 {
			c.Text = "+" + c.Text
		}
		said = figure.Number(c.Text, value)
	}
	c.Name = name + ": " + cmp.Or(c.Text, why)
	return c, []figure.Cell{{Text: name, Value: name, Href: c.Href}, p.cell(figureOf(before)), p.cell(figureOf(after)), said}
}

// outlinesOf are the borders of a level: those of kraje come with the product,
// others where they were imported.
func (a *area) outlinesOf(q *page.Request, level atlas.Level) ([]chart.Outline, error) {
	if level == atlas.LevelRegion {
		return a.outlines(), nil
	}
	all, err := a.app.Reader().Boundaries(q.Context(), level)
	if err != nil {
		return nil, err
	}
	var out []chart.Outline
	for code, geojson := range all {
		o, err := chart.ReadGeoJSON(code, geojson)
		if err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	slices.SortFunc(out, func(x, y chart.Outline) int { return cmp.Compare(x.Code, y.Code) })
	return out, nil
}

// changeChart answers a chart of a data set as a file.
func (a *area) changeChart(q *page.Request) error {
	d, err := a.app.Reader().Dataset(q.Context(), q.PathValue("dataset"))
	if err != nil {
		return err
	}
	return figure.Answer(q, a.app.Now(), func(name string) (*figure.Figure, error) {
		switch name {
		case chartChange:
			return a.changes(q, d, chosenLevel(q, d))
		case chartSmall:
			return a.small(q, d, chosenLevel(q, d), a.chosenWithin(q))
		}
		return nil, nil
	})
}
