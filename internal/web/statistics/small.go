package statistics

import (
	"net/url"
	"strconv"

	"atlas"
	"atlas/internal/statement"
	"atlas/internal/store"
	"atlas/internal/web/chart"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// chartSmall is the name of the small pictures in addresses.
const chartSmall = "vedle-sebe"

// mostSmall is how many small pictures one page shows; of more, one kraj is chosen.
const mostSmall = 26

// small are the territories of a level side by side on one scale: a picture of each,
// nil where there are too many, fewer than two with numbers, or no two dates.
func (a *area) small(q *page.Request, d *store.DatasetExtent, level atlas.Level, within string) (*figure.Figure, error) {
	places := a.app.Places().Children(within, level)
	if len(places) < 2 || len(places) > mostSmall || !d.First.Known() || d.First == d.Last {
		return nil, nil
	}
	codes := make([]string, len(places))
	for i, t := range places {
		codes[i] = t.Code
	}
	all, err := a.app.TotalsOf(q.Context(), d.Code, codes)
	if err != nil {
		return nil, err
	}
	of := map[string][]atlas.Slice{}
	for _, s := range all {
		of[s.Territory] = append(of[s.Territory], s)
	}
	if len(of) < 2 {
		return nil, nil
	}
	p, steps := &picture{area: a, q: q, d: d}, spansOf(d)
	f := &figure.Figure{
		Name: chartSmall, Title: upper(d.IndicatorName(q.Lang)) + " – " + q.T("statistics.small.title", "level", q.T("statistics.level."+string(level)), "within", a.place(q, within)),
		Note: q.T("statistics.small.note"), Source: p.sourceOf(d, d.Last), Columns: []figure.Column{{Key: "territory", Label: q.T("statistics.territory")}},
	}
	for _, s := range steps.all() {
		f.Columns = append(f.Columns, figure.Column{Key: s.label, Label: s.label, Number: true})
	}
	var panels chart.Multiples
	var told []statement.Change
	for _, code := range codes {
		l, row, change := p.panel(code, steps.of(of[code]))
		panels.Panels, f.Rows, told = append(panels.Panels, l), append(f.Rows, row), append(told, change)
	}
	for _, l := range panels.Pictures() {
		f.Pictures, f.Names = append(f.Pictures, l), append(f.Names, l.Title)
	}
	first, last := f.Columns[1].Label, f.Columns[len(f.Columns)-1].Label
	f.Sentence = p.speaker(steps.yearly).Changes(upper(d.IndicatorName(q.Lang))+" – "+q.T("statistics.level."+string(level)), first, last, told)
	f.Stand(q, a.app, route.StatisticsOf("cs", d.Code), url.Values{paramLevel: {string(level)}, paramWithin: {within}, paramDate: {d.Last.String()}})
	return f, nil
}

// panel is one territory: its picture, its row and how it changed from the first step
// to the last.
func (p *picture) panel(code string, steps []period) (chart.Lines, []figure.Cell, statement.Change) {
	name := p.place(p.q, code)
	l := chart.Lines{ID: "graf-vedle-" + code, Title: name, Desc: p.q.T("statistics.chart.series_desc"), Format: p.format}
	row := []figure.Cell{{Text: name, Value: name, Href: route.Series(p.q.Lang, p.d.Code, code)}}
	for _, s := range steps {
		l.Steps = append(l.Steps, chart.Step{At: s.at, Label: s.label})
		row = append(row, p.cellAt(s))
	}
	line, _, breaks := p.line(steps, name)
	for i := range line.Dots {
		if s := steps[i].slice; s != nil {
			line.Dots[i].Href = route.SeriesOn(p.q.Lang, p.d.Code, code, s.Date.String())
		}
	}
	l.Series, l.Breaks = []chart.Series{line}, breaks
	first, last := line.Dots[0], line.Dots[len(line.Dots)-1]
	change := statement.Change{Name: name, N: last.Value - first.Value, Known: first.Known && last.Known}
	change.Broken = change.Known && steps[0].slice.Series(atlas.Category{}) != steps[len(steps)-1].slice.Series(atlas.Category{})
	return l, row, change
}

// timeline is the steps that all small pictures share: years, or months of one year.
type timeline struct {
	yearly      bool
	first, last int
}

func spansOf(d *store.DatasetExtent) timeline {
	if d.First.Year != d.Last.Year {
		return timeline{true, d.First.Year, d.Last.Year}
	}
	return timeline{false, monthNumber(d.First), monthNumber(d.Last)}
}

func monthNumber(d atlas.Date) int { return d.Year*12 + max(d.Month, 1) - 1 }

// all are the steps without numbers.
func (t timeline) all() []period { return t.of(nil) }

// of puts the last slice of each step on it.
func (t timeline) of(slices []atlas.Slice) []period {
	var out []period
	for n := t.first; n <= t.last; n++ {
		label := strconv.Itoa(n)
		if !t.yearly {
			label = strconv.Itoa(n%12+1) + "/" + strconv.Itoa(n/12)
		}
		out = append(out, period{at: float64(n), label: label})
	}
	for i := range slices {
		n := slices[i].Date.Year
		if !t.yearly {
			n = monthNumber(slices[i].Date)
		}
		if n >= t.first && n <= t.last {
			out[n-t.first].slice = &slices[i]
		}
	}
	return out
}
