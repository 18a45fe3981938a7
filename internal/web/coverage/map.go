package coverage

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/search"
	"atlas/internal/web/chart"
	"atlas/internal/web/figure"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// mapName is the name of the map in addresses.
const mapName = "mapa"

// states are the four states in the order of legends, each with what it looks like
// in a picture.
var states = []struct {
	state   coverage.State
	pattern chart.Pattern
}{
	{coverage.StateNow, chart.Solid}, {coverage.StatePast, chart.Dotted}, {coverage.StateNone, chart.Crossed}, {coverage.StateNoData, chart.Striped},
}

func stateAt(s coverage.State) int {
	for i, one := range states {
		if one.state == s {
			return i
		}
	}
	return len(states) - 1
}

// mapped is one item of the matrix, or all of them together, on a map.
type mapped struct {
	Chart     *figure.Figure
	Picture   chart.StateMap
	Legend    []chart.LegendLine
	Counts    []stateCount
	Aside     []mappedRow // what lies in no territory of the map
	Items     []form.Choice
	NoBorders string // why nothing is drawn, or of what the border is missing
	URLKraje  string // the same by kraje, whose borders there always are; "" it is that
	Drawn     bool
}

// stateCount is how many territories are in a state.
type stateCount struct {
	State coverage.State
	N     int
}

// mappedRow is one row of the matrix on the map, or beside it.
type mappedRow struct {
	coverage.Row
	Name string
	cell
	people coverage.Value
}

// Count is how many projects the row counts, and opens.
func (r mappedRow) Count() int { return int(r.Total.Projects) }

// mapRows are the rows of the item of the map: territories, then what lies in none.
func (b builder) mapRows() (inside, aside []mappedRow) {
	for i, row := range b.m.Rows {
		g := b.groundOf(row)
		r := mappedRow{row, b.rowName(row), b.cellOf(i, row, g, b.asked.Item), g.people}
		switch {
		case row.Kind == coverage.RowTerritory:
			inside = append(inside, r)
		case b.besides(row) && r.Total.Ever > 0:
			aside = append(aside, r)
		}
	}
	return inside, aside
}

// outlines are the borders of the territories of the matrix: those of kraje come
// with the product, others where they were imported.
func (a *area) bordersOf(ctx context.Context, b builder) ([]chart.Outline, error) {
	var codes []string
	for _, row := range b.m.Rows {
		if row.Kind == coverage.RowTerritory {
			codes = append(codes, row.Code)
		}
	}
	if b.asked.Level != atlas.LevelRegion {
		return figure.Outlines(ctx, a.app, a.site.Log, codes)
	}
	return slices.DeleteFunc(slices.Clone(a.outlines()), func(o chart.Outline) bool { return !slices.Contains(codes, o.Code) }), nil
}

// mapped makes the map of a question with the same numbers in a table.
func (a *area) mapped(ctx context.Context, b builder) (*mapped, error) {
	outlines, err := a.bordersOf(ctx, b)
	if err != nil {
		return nil, err
	}
	inside, aside := b.mapRows()
	m := &mapped{Aside: aside}
	m.count(inside)
	m.Picture = b.picture(m, inside, outlines)
	m.Drawn = len(outlines) > 0
	m.Legend, m.Items = m.Picture.Legend(), b.itemChoices()
	m.borders(b, inside, outlines)
	m.Chart = b.mapFigure(m, inside)
	return m, nil
}

func (m *mapped) count(rows []mappedRow) {
	for _, s := range states {
		n := 0
		for _, r := range rows {
			if r.State == s.state {
				n++
			}
		}
		m.Counts = append(m.Counts, stateCount{s.state, n})
	}
}

// borders says what cannot be drawn.
func (m *mapped) borders(b builder, rows []mappedRow, outlines []chart.Outline) {
	level := b.T("coverage.rows." + string(b.asked.Level))
	switch missing := len(rows) - len(outlines); {
	case !m.Drawn:
		m.NoBorders = b.T("coverage.map.no_borders", "level", level)
	case missing > 0:
		m.NoBorders = b.N("coverage.map.some_borders", int64(missing))
	default:
		return
	}
	if b.asked.Level != atlas.LevelRegion {
		m.URLKraje = b.asked.url(b.lang, func(v url.Values) {
			v.Set(paramLevel, string(atlas.LevelRegion))
			v.Del(paramWithin)
		})
	}
}

func (b builder) picture(m *mapped, rows []mappedRow, outlines []chart.Outline) chart.StateMap {
	p := chart.StateMap{
		ID: "mapa", Title: b.mapTitle(), Desc: b.T("coverage.trend.desc_table"), Outlines: outlines,
		NoValue: b.T("coverage.map.no_value"), Format: func(v float64) string { return b.measureText(coverage.KnownValue(v)) },
	}
	for i, s := range states {
		text := b.T("coverage.map.legend", "state", b.T("coverage.state."+string(s.state)), "n", b.number(int64(m.Counts[i].N)))
		p.States = append(p.States, chart.State{Pattern: s.pattern, Mark: marks[s.state], Text: text})
	}
	for _, r := range rows {
		p.Places = append(p.Places, chart.Stated{
			Code: r.Code, State: stateAt(r.State), Value: r.Value.V, Known: r.Value.Known, Text: b.mapText(r), Name: b.spoken(r), Href: r.URL,
		})
	}
	return p
}

// mapText is what stands in a territory.
func (b builder) mapText(r mappedRow) string {
	switch {
	case r.Total.Projects == 0:
		return marks[r.State]
	case !r.Value.Known:
		return "?"
	case b.asked.Show == showRunning:
		return b.number(int64(r.Total.Running))
	}
	return r.Text
}

// spoken is a territory with its state and numbers: the same to who hears and to who
// points at it.
func (b builder) spoken(r mappedRow) string {
	out := r.Name + ": " + r.words(b) + ", " + b.N("coverage.projects", int64(r.Total.Projects))
	if r.Text != "" && b.asked.Show != showProjects {
		out += ", " + b.T("coverage.show."+b.asked.Show) + " " + r.Text
	}
	return out
}

// words are the state of a row, and that the wider territory has projects as a whole.
func (r mappedRow) words(b builder) string {
	if r.Above {
		return r.Words + " (" + b.T("coverage.above") + ")"
	}
	return r.Words
}

// itemTitle names what the map is of.
func (b builder) itemTitle() string {
	if b.asked.Item == anyItem {
		return b.T("coverage.sum." + string(b.asked.facet()))
	}
	return b.itemName(b.asked.Item)
}

func (b builder) mapTitle() string {
	return b.itemTitle() + ": " + lower(b.T("coverage.caption."+b.asked.Show, "years", b.years(b.asked))) + b.where()
}

// itemChoices are the items that the map can be of.
func (b builder) itemChoices() []form.Choice {
	out := []form.Choice{{Value: "", Label: b.T("coverage.sum." + string(b.asked.facet())), Chosen: b.asked.Item == anyItem}}
	for _, code := range b.items() {
		out = append(out, form.Choice{Value: cmp.Or(code, search.NotKnown), Label: b.itemName(code), Chosen: code == b.asked.Item})
	}
	return out
}

// mapFigure is the map with the table of the same numbers: every territory, all of
// them together, and what lies in none.
func (b builder) mapFigure(m *mapped, rows []mappedRow) *figure.Figure {
	s := b.asked
	f := &figure.Figure{
		Name: mapName, Title: m.Picture.Title, Shown: true, Note: b.T("coverage.map.note"), Source: b.source(), Sentence: b.mapSentence(m),
		Columns: []figure.Column{{Key: "territory", Label: b.T("coverage.level." + string(s.Level))}, {Key: "state", Label: b.T("coverage.export.state")}, {Key: "projects", Label: b.T("coverage.export.projects"), Number: true}},
	}
	if m.Drawn {
		f.Pictures = []chart.Picture{m.Picture}
	}
	if s.Show != showProjects {
		f.Columns = append(f.Columns, figure.Column{Key: "value", Label: b.measureName(), Number: true})
	}
	if s.byPeople() {
		f.Columns = append(f.Columns, figure.Column{Key: "people", Label: b.T("coverage.people"), Number: true})
	}
	all := b.groundOfAll()
	sum := mappedRow{Name: b.T("coverage.row.sum"), cell: b.sumCell(all, s.Item), people: all.people}
	for _, r := range slices.Concat(rows, []mappedRow{sum}, m.Aside) {
		f.Rows = append(f.Rows, b.mapCells(r))
	}
	return f
}

func (b builder) mapCells(r mappedRow) []figure.Cell {
	name, n := figure.Word(r.Name), int64(r.Total.Projects)
	if r.Kind == coverage.RowTerritory && r.Code != "" {
		name.Href = route.Territory(b.lang, r.Code)
	}
	projects := figure.Cell{Text: b.number(n), Value: strconv.FormatInt(n, 10), Href: r.URL}
	out := []figure.Cell{name, figure.Word(r.words(b)), projects}
	if b.asked.Show != showProjects {
		cell := figure.Cell{Text: cmp.Or(r.Text, "–")}
		if r.Value.Known {
			cell.Value = strconv.FormatFloat(r.Value.V, 'f', -1, 64)
		}
		out = append(out, cell)
	}
	if b.asked.byPeople() {
		cell := figure.Cell{Text: b.whole(r.people)}
		if r.people.Known {
			cell.Value = strconv.FormatFloat(r.people.V, 'f', 0, 64)
		}
		out = append(out, cell)
	}
	return out
}

// mapSentence says how many territories are in each state and what the map cannot
// show.
func (b builder) mapSentence(m *mapped) string {
	args := []any{"what", b.itemTitle(), "years", b.years(b.asked)}
	for _, c := range m.Counts {
		args = append(args, string(c.State), b.N("coverage.in."+string(b.asked.Level), int64(c.N)))
	}
	out := b.T("coverage.map.sentence", args...)
	var aside []string
	for _, r := range m.Aside {
		aside = append(aside, b.T("coverage.sentence.item", "name", r.Name, "projects", b.N("coverage.projects", int64(r.Total.Projects))))
	}
	if len(aside) > 0 {
		out += " " + b.T("coverage.map.aside", "items", strings.Join(aside, ", "))
	}
	return out
}

// mapView fills the page with the map.
func (a *area) mapView(q *page.Request, b builder, p *matrixPage) (err error) {
	if p.Map, err = a.mapped(q.Context(), b); err == nil {
		p.Map.Chart.Stand(q, a.app, route.Coverage, b.asked.values())
	}
	return err
}
