package coverage

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"atlas"
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
}

// matrix asks the index once; what it costs grows with the projects found, not
// with the rows.
func (a *area) matrix(t teller, s asked) builder {
	now := coverage.MonthOf(atlas.DateOf(a.app.Now().In(i18n.Prague)))
	q := coverage.Question{Level: s.Level, Within: s.Within, Axis: s.Axis, From: s.From, To: s.To, Now: now}
	return builder{t, s, a.app.Index().Coverage(s.query(), a.app.Places(), q), func(r coverage.Row) bool {
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
		case b.m.RowTotal(i).Ever > 0 && (row.Kind != coverage.RowElsewhere && (b.asked.Within == "" || row.Kind == coverage.RowWhole)):
			t.Others = append(t.Others, b.line(i, row, items))
		}
	}
	t.Sum = b.sum(items)
	return t
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
	loaded, search := b.loaded(row), row.Search(b.asked.Level)
	for _, item := range items {
		c := b.cell(b.m.Total(i, b.m.Item(item)), loaded, search, item)
		c.Above = row.Kind == coverage.RowTerritory && c.Total.Projects == 0 && b.above(row.Code, item)
		l.Cells = append(l.Cells, c)
	}
	l.Total = b.cell(b.m.RowTotal(i), loaded, search, anyItem)
	return l
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
	l := line{Name: b.T("coverage.row.sum")}
	loaded := !slices.ContainsFunc(b.m.Rows, func(r coverage.Row) bool { return r.Kind == coverage.RowTerritory && !b.loaded(r) })
	for _, item := range items {
		l.Cells = append(l.Cells, b.cell(b.m.ItemTotal(b.m.Item(item)), loaded, "", item))
	}
	l.Total = b.cell(b.m.All(), loaded, "", anyItem)
	return l
}

func (b builder) cell(t coverage.Total, loaded bool, row, item string) cell {
	c := cell{State: coverage.StateOf(t.Running, t.Ever > 0, loaded), Total: t}
	c.Words = b.T("coverage.state." + string(c.State))
	if t.Projects == 0 {
		return c
	}
	c.Text = b.value(t)
	if row != "" {
		c.URL = b.asked.cellURL(b.lang, row, item, b.asked.From, b.asked.To)
	}
	return c
}

// value is what a cell shows. Money of which nothing is known is said to be
// unknown, never 0.
func (b builder) value(t coverage.Total) string {
	switch b.asked.Show {
	case showMoney:
		if t.Unknown == t.Projects {
			return b.T("coverage.money_unknown")
		}
		return i18n.MoneyShort(b.lang, t.Minor, "CZK")
	case showMonths:
		return b.number(int64(t.Months))
	}
	return b.number(int64(t.Projects))
}

func (b builder) percent(share float64) string {
	return i18n.Decimal(b.lang, strconv.FormatFloat(share*100, 'f', 1, 64))
}

// HasShares says whether the shares of money are known.
func (t table) HasShares() bool {
	return slices.ContainsFunc(t.Columns, func(c column) bool { return c.Share != "" })
}
