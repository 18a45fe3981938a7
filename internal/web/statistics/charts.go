package statistics

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/statement"
	"atlas/internal/store"
	"atlas/internal/web/chart"
	"atlas/internal/web/figure"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// Names of the charts of a series in addresses.
const (
	chartSeries = "rada"
	chartParts  = "slozeni"
	chartAges   = "vek"
)

// paramBeside names another data set to draw beside: an explicit choice, because
// numbers of two sources are not comparable (U-16).
const paramBeside = "srovnat"

// picture draws the numbers of a territory in a data set, as anybody may see them.
type picture struct {
	*area
	q     *page.Request
	d     *store.DatasetExtent
	code  string
	all   []atlas.Slice
	asked atlas.Category
	// Of the other data set; nil where none was chosen.
	beside    *store.DatasetExtent
	besideAll []atlas.Slice
}

// chart answers a chart of a series as a file.
func (a *area) chart(q *page.Request) error {
	d, all, err := a.slices(q)
	if err != nil {
		return err
	}
	asked, err := askedCategory(q)
	if err != nil {
		return err
	}
	return figure.Answer(q, a.app.Now(), func(name string) (*figure.Figure, error) {
		if len(all) == 0 {
			return nil, nil
		}
		figures, _, err := a.figures(q, d, all, asked)
		i := slices.IndexFunc(figures, func(f *figure.Figure) bool { return f.Name == name })
		if err != nil || i < 0 {
			return nil, err
		}
		return figures[i], nil
	})
}

// figures are the charts of a page of a series, and what to know about putting two
// data sets together, a message key; "".
func (a *area) figures(q *page.Request, d *store.DatasetExtent, all []atlas.Slice, asked atlas.Category) ([]*figure.Figure, string, error) {
	p := &picture{area: a, q: q, d: d, code: q.PathValue("territory"), all: all, asked: asked}
	warning, err := p.choose()
	if err != nil {
		return nil, "", err
	}
	var out []*figure.Figure
	for _, f := range []*figure.Figure{p.series(), p.parts(), p.ages(p.chosen())} {
		if f == nil {
			continue
		}
		f.Source = p.source(f.Name)
		f.Stand(q, a.app, route.Series("cs", d.Code, p.code), p.question(f.Name))
		out = append(out, f)
	}
	return out, warning, nil
}

// choose reads the data set that is asked to stand beside.
func (p *picture) choose() (warning string, err error) {
	code := p.q.Param(paramBeside)
	if code == "" || code == p.d.Code {
		return "", nil
	}
	other, err := p.app.Reader().Dataset(p.q.Context(), code)
	if err != nil {
		return "", err
	}
	if other.Unit != p.d.Unit || other.Decimals != p.d.Decimals {
		return "statistics.beside.unit", nil
	}
	all, err := p.app.SeriesOf(p.q.Context(), code, p.code)
	if err != nil {
		return "", err
	}
	if len(all) == 0 {
		return "statistics.beside.nothing", nil
	}
	p.beside, p.besideAll = other, all
	return "statistics.beside.warning", nil
}

// chosen is the slice of the date in the address, else the latest.
func (p *picture) chosen() *atlas.Slice {
	for i := range p.all {
		if p.all[i].Date.String() == p.q.Param(paramDate) {
			return &p.all[i]
		}
	}
	return &p.all[len(p.all)-1]
}

// question is what a chart shows, with what the page takes for granted: its last
// date, so that words of an editor never stand under newer numbers.
func (p *picture) question(name string) url.Values {
	v := url.Values{}
	set := func(key, value string) {
		if value != "" {
			v.Set(key, value)
		}
	}
	set(paramCitizenship, p.asked.Citizenship)
	date := p.all[len(p.all)-1].Date
	switch name {
	case chartSeries:
		set(paramSex, p.asked.Sex)
		set(paramAge, p.asked.Age.String())
		set(paramResidence, p.asked.Residence)
		if p.beside != nil {
			set(paramBeside, p.beside.Code)
		}
	case chartParts:
		v.Del(paramCitizenship)
	case chartAges:
		date = p.chosen().Date
	}
	set(paramDate, date.String())
	return v
}

// source names each source of a chart with the date of its last figure.
func (p *picture) source(name string) string {
	out := p.sourceOf(p.d, p.all[len(p.all)-1].Date)
	if p.beside != nil && name == chartSeries {
		out += " " + p.sourceOf(p.beside, p.besideAll[len(p.besideAll)-1].Date)
	}
	return out
}

func (p *picture) sourceOf(d *store.DatasetExtent, last atlas.Date) string {
	return p.q.T("statistics.chart.source", "publisher", d.Publisher, "name", d.Name(p.q.Lang), "day", i18n.Date(p.q.Lang, last),
		"licence", p.app.Lists().Label(atlas.ListLicence, d.Licence, p.q.Lang))
}

// upper begins a text with a capital letter.
func upper(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

func (p *picture) what() string {
	return upper(p.d.IndicatorName(p.q.Lang)) + " – " + p.place(p.q, p.code)
}

// scaled is a value in whole units.
func (p *picture) scaled(f atlas.Figure) float64 {
	v := float64(f.Value)
	for range p.d.Decimals {
		v /= 10
	}
	return v
}

func (p *picture) format(v float64) string {
	return i18n.Decimal(p.q.Lang, strconv.FormatFloat(v, 'f', -1, 64))
}

func (p *picture) speaker(years bool) statement.Speaker {
	return statement.Speaker{Words: p.site.Words, Lang: p.q.Lang, Number: p.format, Days: !years}
}

// cell is a figure in the table and in the file.
func (p *picture) cell(f atlas.Figure) figure.Cell {
	c := figure.Cell{Text: number(p.q, &p.d.Dataset, f)}
	if f.Known() {
		c.Value = atlas.FormatValue(f.Value, p.d.Decimals)
	}
	return c
}

// series draws the category that was asked for over time.
func (p *picture) series() *figure.Figure {
	steps, years := periods(p.q.Lang, p.all, p.beside != nil)
	title := p.what() + ", " + p.category(p.q, p.asked)
	if p.beside != nil {
		title = p.q.T("statistics.beside.title", "one", p.d.Name(p.q.Lang), "two", p.beside.Name(p.q.Lang)) + " – " + p.place(p.q, p.code) + ", " + p.category(p.q, p.asked)
	}
	f := &figure.Figure{Name: chartSeries, Title: title,
		Columns: []figure.Column{{Key: "when", Label: p.q.T("statistics.date")}, {Key: "value", Label: p.d.IndicatorName(p.q.Lang), Number: true}}}
	l := chart.Lines{ID: "graf-rada", Title: title, Desc: p.q.T("statistics.chart.series_desc"), Format: p.format, Breaks: map[int]string{}}
	var besides []period
	if p.beside != nil {
		f.Columns = append(f.Columns, figure.Column{Key: "beside", Label: p.beside.Name(p.q.Lang), Number: true})
		f.Columns[1].Label = p.d.Name(p.q.Lang)
		besides, _ = periods(p.q.Lang, p.besideAll, true)
		steps, besides = together(steps, besides)
	}
	for _, s := range steps {
		l.Steps = append(l.Steps, chart.Step{At: s.at, Label: s.label})
	}
	name := title
	if p.beside != nil {
		name = p.d.Name(p.q.Lang)
	}
	one, trend, breaks := p.line(steps, name)
	one.Name = "" // the title says it
	l.Series, l.Breaks, f.Sentence = []chart.Series{one}, breaks, p.speaker(years).Trend(trend)
	if p.beside != nil {
		two, trend, _ := p.line(besides, p.beside.Name(p.q.Lang))
		l.Series = append(l.Series, two)
		l.Series[0].Name, l.Series[1].Name = p.shortNames()
		f.Sentence += " " + p.speaker(years).Trend(trend)
		f.Note = p.q.T("statistics.beside.warning")
	}
	for i, s := range steps {
		if s.label == "" {
			continue
		}
		row := []figure.Cell{figure.Word(s.label), p.cellAt(s)}
		if p.beside != nil {
			row = append(row, p.cellAt(besides[i]))
		}
		f.Rows = append(f.Rows, row)
	}
	f.Pictures = []chart.Picture{l}
	return f
}

// shortNames tell two data sets apart at the ends of their lines: by what they count
// or, where that is called alike, by their names.
func (p *picture) shortNames() (one, two string) {
	one, two = upper(p.d.IndicatorName(p.q.Lang)), upper(p.beside.IndicatorName(p.q.Lang))
	if one == two {
		return p.d.Name(p.q.Lang), p.beside.Name(p.q.Lang)
	}
	return one, two
}

// together gives two lists of years the same years.
func together(a, b []period) (x, y []period) {
	first, last := min(a[0].at, b[0].at), max(a[len(a)-1].at, b[len(b)-1].at)
	find := func(all []period, at float64) period {
		for _, p := range all {
			if p.at == at {
				return p
			}
		}
		return period{at: at, label: strconv.Itoa(int(at))}
	}
	for at := first; at <= last; at++ {
		x, y = append(x, find(a, at)), append(y, find(b, at))
	}
	return x, y
}

func (p *picture) cellAt(s period) figure.Cell {
	if s.slice == nil {
		return p.cell(atlas.Figure{})
	}
	return p.cell(s.slice.Of(p.asked))
}

// line makes a series of the steps; where the definition or the extent of the
// territory changes, it breaks.
func (p *picture) line(steps []period, name string) (chart.Series, statement.Trend, map[int]string) {
	s, trend, breaks := chart.Series{Name: name}, statement.Trend{What: name}, map[int]string{}
	var last *atlas.Slice
	for i, step := range steps {
		var d chart.Dot
		if step.slice != nil {
			f := step.slice.Of(p.asked)
			d = chart.Dot{Value: p.scaled(f), Known: f.Known(), Text: number(p.q, &p.d.Dataset, f)}
			d.Name = name + ", " + i18n.Date(p.q.Lang, step.slice.Date) + ": " + d.Text
			d.Fresh = last != nil && last.Series(p.asked) != step.slice.Series(p.asked)
			if d.Fresh {
				breaks[i] = p.q.T("statistics.chart.break")
				if last.Edition == step.slice.Edition {
					breaks[i] = p.q.T("statistics.chart.break_territory")
				}
			}
			last = step.slice
		}
		s.Dots = append(s.Dots, d)
		if step.label != "" {
			trend.Values = append(trend.Values, statement.Value{When: step.label, N: d.Value, Known: d.Known, Fresh: d.Fresh})
		}
	}
	return s, trend, breaks
}

// mostParts is how many citizenships a composition names.
const mostParts = 5

// parts draws citizenships over time: the largest of the last date, all others
// together, and those of whom it is not known. nil where the data set does not
// tell them.
func (p *picture) parts() *figure.Figure {
	steps, _ := periods(p.q.Lang, p.all, false)
	last := lastTold(steps)
	if last == nil {
		return nil
	}
	title := p.what() + ", " + p.q.T("statistics.chart.parts")
	m := chart.Composition{ID: "graf-slozeni", Title: title, Desc: p.q.T("statistics.chart.parts_desc"), NoData: "?",
		Percent: func(share float64) string {
			return i18n.Decimal(p.q.Lang, strconv.FormatFloat(share*100, 'f', 0, 64)) + "\u00a0%"
		}}
	codes := largest(last)
	names := append(p.names(codes), p.q.T("statistics.chart.rest"), p.q.T("statistics.chart.unknown"))
	f := &figure.Figure{Name: chartParts, Title: title, Columns: []figure.Column{{Key: "when", Label: p.q.T("statistics.date")}}}
	for i, n := range names {
		key := "not_known"
		switch {
		case i < len(codes):
			key = strings.ToLower(codes[i])
		case i == len(codes):
			key = "others"
		}
		f.Columns = append(f.Columns, figure.Column{Key: key, Label: n, Number: true})
		m.Portions = append(m.Portions, chart.Portion{Name: n, Unknown: i == len(names)-1})
	}
	told := statement.Composition{What: p.what()}
	for _, step := range steps {
		if step.label == "" {
			continue
		}
		m.Steps = append(m.Steps, chart.Step{At: step.at, Label: step.label})
		row := []figure.Cell{figure.Word(step.label)}
		whole, values := p.partsOf(step.slice, codes)
		for i, v := range values {
			slot := chart.Slot{Value: p.scaled(v), Known: v.Known()}
			slot.Name = names[i] + ", " + step.label + ": " + number(p.q, &p.d.Dataset, v)
			if v.Known() && whole > 0 {
				slot.Name += " (" + i18n.Decimal(p.q.Lang, strconv.FormatFloat(slot.Value/whole*100, 'f', 1, 64)) + "\u00a0%)"
			}
			m.Portions[i].Slots, row = append(m.Portions[i].Slots, slot), append(row, p.cell(v))
		}
		f.Rows = append(f.Rows, row)
		if step.slice == last {
			told.When = i18n.Date(p.q.Lang, last.Date)
			for i, v := range values {
				told.Parts = append(told.Parts, statement.Part{Name: names[i], N: p.scaled(v), Rest: i == len(codes), Unknown: i > len(codes)})
				told.Hidden = told.Hidden || v.State == atlas.FigureSuppressed
			}
		}
	}
	if end := len(names) - 1; !slices.ContainsFunc(m.Portions[end].Slots, func(s chart.Slot) bool { return s.Known }) {
		m.Portions = m.Portions[:end] // the source leaves nobody out
	}
	f.Pictures, f.Sentence = []chart.Picture{m}, p.speaker(false).Composition(told)
	return f
}

// lastTold is the last slice that tells citizenships; nil.
func lastTold(steps []period) *atlas.Slice {
	for _, s := range slices.Backward(steps) {
		if s.slice != nil && s.slice.Total().Known() && len(largest(s.slice)) > 0 {
			return s.slice
		}
	}
	return nil
}

// largest are the codes of the citizenships with the most people.
func largest(s *atlas.Slice) []string {
	var all []atlas.Figure
	for _, f := range s.Figures {
		if c := f.Category; f.Known() && f.Value > 0 && c.Citizenship != "" && c.Citizenship != atlas.CitizenshipUnknown && c == (atlas.Category{Citizenship: c.Citizenship}) {
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(a, b atlas.Figure) int { return cmp.Compare(b.Value, a.Value) })
	var out []string
	for _, f := range all[:min(len(all), mostParts)] {
		out = append(out, f.Category.Citizenship)
	}
	return out
}

func (p *picture) names(codes []string) []string {
	var out []string
	for _, c := range codes {
		out = append(out, p.citizenship(p.q, c))
	}
	return out
}

// partsOf are the named citizenships of a date, all others, and not known. Others
// are what the total has beside; where the date tells no citizenships, nothing is
// known of any part.
func (p *picture) partsOf(s *atlas.Slice, codes []string) (whole float64, out []atlas.Figure) {
	out = make([]atlas.Figure, len(codes)+2)
	if s == nil || !s.Total().Known() || len(largest(s)) == 0 {
		return 0, out
	}
	rest := s.Total()
	for i, code := range append(slices.Clone(codes), atlas.CitizenshipUnknown) {
		f := s.Figure(atlas.Category{Citizenship: code})
		at := i
		if code == atlas.CitizenshipUnknown {
			at = len(codes) + 1
		}
		if out[at] = f; f.Known() {
			rest.Value -= f.Value
		}
	}
	if rest.Value >= 0 {
		out[len(codes)] = rest
	}
	return p.scaled(s.Total()), out
}

// ages draws age and sex of a date; nil where they are not told together.
func (p *picture) ages(s *atlas.Slice) *figure.Figure {
	bands := bandsOf(s, p.asked.Citizenship)
	if len(bands) == 0 {
		return nil
	}
	q, when := p.q, i18n.Date(p.q.Lang, s.Date)
	title := p.what() + ", " + p.q.T("statistics.chart.ages") + ", " + when
	if p.asked.Citizenship != "" {
		title += ", " + p.citizenship(q, p.asked.Citizenship)
	}
	m := chart.Pyramid{ID: "graf-vek", Title: title, Desc: q.T("statistics.chart.ages_desc"), Format: p.format,
		Left: q.T("statistics.sex." + atlas.SexMen), Right: q.T("statistics.sex." + atlas.SexWomen), Beside: q.T("statistics.sex." + atlas.SexUnknown)}
	f := &figure.Figure{Name: chartAges, Title: title, Columns: []figure.Column{
		{Key: "age", Label: q.T("statistics.by.age")}, {Key: "men", Label: m.Left, Number: true}, {Key: "women", Label: m.Right, Number: true}, {Key: "sex_not_known", Label: m.Beside, Number: true}}}
	told := statement.Pyramid{What: p.what(), When: when}
	for _, ages := range bands {
		label := strings.ReplaceAll(ages.String(), "-", "–")
		band, said := chart.Band{Label: label}, statement.Band{Label: label}
		row := []figure.Cell{figure.Word(label)}
		for _, side := range []struct {
			sex   string
			drawn *chart.Count
			told  *statement.Value
		}{{atlas.SexMen, &band.Left, &said.Men}, {atlas.SexWomen, &band.Right, &said.Women}, {atlas.SexUnknown, &band.Beside, &said.Beside}} {
			n := s.Figure(atlas.Category{Citizenship: p.asked.Citizenship, Sex: side.sex, Age: ages})
			row = append(row, p.cell(n))
			*side.told = statement.Value{N: p.scaled(n), Known: n.Known()}
			if side.sex == atlas.SexUnknown && n.State == atlas.FigureNotKnown {
				continue // the source has no such people
			}
			*side.drawn = chart.Count{Value: p.scaled(n), Known: n.Known(), Text: number(q, &p.d.Dataset, n)}
			side.drawn.Name = q.T("statistics.sex."+side.sex) + ", " + label + ": " + side.drawn.Text
			if !n.Known() {
				side.drawn.Text = "?"
			}
		}
		m.Bands, told.Bands, f.Rows = append(m.Bands, band), append(told.Bands, said), append(f.Rows, row)
	}
	f.Pictures, f.Sentence = []chart.Picture{m}, p.speaker(false).Pyramid(told)
	return f
}

// bandsOf are the ages that are told by sex, the narrowest that do not overlap.
func bandsOf(s *atlas.Slice, citizenship string) []atlas.Ages {
	var all []atlas.Ages
	for _, f := range s.Figures {
		c := f.Category
		if c.Citizenship == citizenship && c.Residence == "" && c.Sex != "" && c.Age.Set() && !slices.Contains(all, c.Age) {
			all = append(all, c.Age)
		}
	}
	slices.SortFunc(all, func(a, b atlas.Ages) int { return cmp.Or(cmp.Compare(a.Below-a.From, b.Below-b.From), a.Compare(b)) })
	var out []atlas.Ages
	for _, a := range all {
		if !slices.ContainsFunc(out, func(b atlas.Ages) bool { return a.From < b.Below && b.From < a.Below }) {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, atlas.Ages.Compare)
	if len(out) < 2 {
		return nil
	}
	return out
}
