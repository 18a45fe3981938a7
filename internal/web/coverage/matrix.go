package coverage

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/web/route"
)

// table is a matrix as a page draws it.
type table struct {
	Columns []column
	Rows    []line // territories
	Others  []line // what belongs to no territory of the level
	Sum     line   // all territories together
}

// column is an item of the axis.
type column struct {
	Code, Label, URL string
	Neglected        bool // less than 2 % of the money (8.1.9)
	Share            string
}

// line is one row with its cells, one for each column, and its total.
type line struct {
	Kind  coverage.RowKind
	Code  string
	Name  string
	URL   string
	Cells []cell
	Total cell
}

// cell is one cell: what it shows, what it says, where it leads.
type cell struct {
	State coverage.State
	Text  string // the number; "" where there is none
	Value coverage.Value
	Words string // the state in words, for who does not see the shade
	URL   string
	Total coverage.Total
	Above bool // projects of the wider territory as a whole are known (8.1.3)
}

// builder makes a table of a matrix.
type builder struct {
	teller
	asked  asked
	m      *coverage.Matrix
	loaded func(coverage.Row) bool // whether sources of projects of a row are in the database
	people app.People              // of the territories, where the cells are told by people
}

// matrix asks the index once; what it costs grows with the projects found, not
// with the rows.
func (a *area) matrix(t teller, s asked) builder {
	now := coverage.MonthOf(atlas.DateOf(a.app.Now().In(i18n.Prague)))
	q := coverage.Question{Level: s.Level, Within: s.Within, Axis: s.Axis, From: s.From, To: s.To, Now: now}
	return builder{teller: t, asked: s, m: a.app.Index().Coverage(s.query(), a.app.Places(), q), loaded: func(r coverage.Row) bool {
		return r.Code != "" && a.app.Completeness().Loaded(a.app.Chain(r.Code), s.From, min(s.To, now.Year()))
	}}
}

// items are the codes of the axis in the order of their list, then what has none.
// Chosen ones stand alone: the money of the others belongs to other areas of the
// same projects.
func (b builder) items() []string {
	var out []string
	chosen := b.asked.Filters[b.asked.facet()]
	l, _ := b.app.Lists().List(b.asked.list())
	for _, it := range l.Items {
		if len(chosen) == 0 || slices.Contains(chosen, it.Code) {
			out = append(out, it.Code)
		}
	}
	if none := b.m.Item(""); len(chosen) == 0 && b.m.ItemTotal(none).Ever > 0 || slices.Contains(chosen, search.NotKnown) {
		out = append(out, "")
	}
	return out
}

func (b builder) table() table {
	var t table
	items := b.items()
	all := b.m.All()
	for _, code := range items {
		total := b.m.ItemTotal(b.m.Item(code))
		c := column{Code: code, Label: b.itemName(code), URL: b.asked.url(b.lang, func(v url.Values) { v.Set(string(b.asked.facet()), cmp.Or(code, search.NotKnown)) })}
		switch {
		case all.Minor <= 0:
		case total.Projects > 0 && total.Unknown == total.Projects: // nobody knows, so it is neither 0 nor neglected
			c.Share = "?"
		default:
			c.Share = b.percent(float64(total.Minor) / float64(all.Minor))
			c.Neglected, _ = coverage.Neglected(total.Minor, all.Minor)
			c.Neglected = c.Neglected && code != ""
		}
		t.Columns = append(t.Columns, c)
	}
	for i, row := range b.m.Rows {
		switch {
		case row.Kind == coverage.RowTerritory:
			t.Rows = append(t.Rows, b.line(i, row, items))
		case b.m.RowTotal(i).Ever > 0 && b.besides(row):
			t.Others = append(t.Others, b.line(i, row, items))
		}
	}
	t.Sum = b.sum(items)
	return t
}

// besides says whether a row that is no territory belongs beside them: in a part of
// the country only what belongs to that part as a whole.
func (b builder) besides(row coverage.Row) bool {
	return row.Kind != coverage.RowElsewhere && (b.asked.Within == "" || row.Kind == coverage.RowWhole)
}

func (b builder) itemName(code string) string {
	if code == "" {
		return b.T("coverage.item_unknown." + string(b.asked.facet()))
	}
	return b.app.Lists().Label(b.asked.list(), code, b.lang)
}

func (b builder) rowName(row coverage.Row) string {
	switch row.Kind {
	case coverage.RowWide:
		return b.T("coverage.row.wide")
	case coverage.RowAbroad:
		return b.T("coverage.row.abroad")
	case coverage.RowWhole:
		return b.T("coverage.row.whole", "name", b.app.Places().Label(row.Code))
	}
	return b.app.Places().Label(row.Code)
}

func (b builder) line(i int, row coverage.Row, items []string) line {
	l := line{Kind: row.Kind, Code: row.Code, Name: b.rowName(row)}
	if row.Kind == coverage.RowTerritory {
		l.URL = route.Territory(b.lang, row.Code)
	}
	g := b.groundOf(row)
	for _, item := range items {
		l.Cells = append(l.Cells, b.cellOf(i, row, g, item))
	}
	l.Total = b.cellOf(i, row, g, anyItem)
	return l
}

// cellOf is a row in one item, or in all of them.
func (b builder) cellOf(i int, row coverage.Row, g ground, item string) cell {
	if item == anyItem {
		return b.cell(b.m.RowTotal(i), g, anyItem)
	}
	c := b.cell(b.m.Total(i, b.m.Item(item)), g, item)
	c.Above = row.Kind == coverage.RowTerritory && c.Total.Projects == 0 && b.above(row.Code, item)
	return c
}

// ground is what the cells of a row have in common.
type ground struct {
	loaded bool
	search string // the code that finds the projects of the row; "" there is none
	people coverage.Value
}

func (b builder) groundOf(row coverage.Row) ground {
	g := ground{loaded: b.loaded(row), search: row.Search(b.asked.Level)}
	if row.Kind == coverage.RowTerritory {
		g.people = b.people.Of[row.Code]
	}
	return g
}

// groundOfAll is that of all territories together: their people are known where
// those of each are.
func (b builder) groundOfAll() ground {
	g := ground{loaded: true, people: coverage.KnownValue(0)}
	for _, row := range b.m.Rows {
		if row.Kind != coverage.RowTerritory {
			continue
		}
		one := b.groundOf(row)
		g.loaded = g.loaded && one.loaded
		g.people = coverage.Value{V: g.people.V + one.people.V, Known: g.people.Known && one.people.Known}
	}
	return g
}

// above says whether a wider territory has a project of an item as a whole, which
// covers its parts palely (8.1.3).
func (b builder) above(code, item string) bool {
	for _, up := range b.app.Places().Ancestors(code) {
		if b.m.Total(b.m.Row(coverage.Row{Kind: coverage.RowWhole, Code: up.Code}), b.m.Item(item)).Projects > 0 {
			return true
		}
	}
	return false
}

// sum is all territories of the matrix together; it leads to no list, for no code
// stands for all of them.
func (b builder) sum(items []string) line {
	l, g := line{Name: b.T("coverage.row.sum")}, b.groundOfAll()
	for _, item := range items {
		l.Cells = append(l.Cells, b.sumCell(g, item))
	}
	l.Total = b.sumCell(g, anyItem)
	return l
}

func (b builder) sumCell(g ground, item string) cell {
	if item == anyItem {
		return b.cell(b.m.All(), g, anyItem)
	}
	return b.cell(b.m.ItemTotal(b.m.Item(item)), g, item)
}

func (b builder) cell(t coverage.Total, g ground, item string) cell {
	c := cell{State: coverage.StateOf(t.Running, t.Ever > 0, g.loaded), Total: t}
	c.Words = b.T("coverage.state." + string(c.State))
	if t.Projects == 0 {
		return c
	}
	c.Value, c.Text = b.measured(t, g.people)
	if g.search != "" {
		c.URL = b.asked.cellURL(b.lang, g.search, item, b.asked.From, b.asked.To)
	}
	return c
}

func (b builder) percent(share float64) string {
	return i18n.Decimal(b.lang, strconv.FormatFloat(share*100, 'f', 1, 64))
}

// HasShares says whether the shares of money are known.
func (t table) HasShares() bool {
	return slices.ContainsFunc(t.Columns, func(c column) bool { return c.Share != "" })
}
