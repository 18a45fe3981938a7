package coverage

import (
	"runtime"
	"sync"

	"atlas"
	"atlas/internal/place"
)

// Axis is what the columns of a matrix stand for.
type Axis uint8

// The axes.
const (
	ByArea   Axis = iota // integration areas, CL-01
	ByTarget             // target groups by legal position, CL-02 (8.1.10)
)

// Question is what a matrix is asked for.
type Question struct {
	Level  atlas.Level // kraj, okres, ORP or obec
	Within string      // territory whose parts are the rows; "" = the whole country
	Axis   Axis
	From   int   // first year shown
	To     int   // last year shown
	Now    Month // the month in which a project is or is not running
}

// Cell is what is known of one cell: of a territory, an item of the axis and a
// year. Money is additive over cells; numbers of projects are not, for a project
// of two areas is in both (8.1.5).
type Cell struct {
	Minor    int64  // haléře
	Projects uint32 // distinct
	Months   uint32 // project-months
	Unknown  uint32 // of the projects, those whose money is not known
}

func (c *Cell) add(d Cell) {
	c.Minor += d.Minor
	c.Projects += d.Projects
	c.Months += d.Months
	c.Unknown += d.Unknown
}

// Total is a cell over the years shown, with what has to be said beside it.
type Total struct {
	Cell
	Ever       uint32 // distinct projects of any year, shown or not, known or not
	Running    uint32 // distinct projects active in the month of the question
	Estimates  uint32 // projects whose money is an estimate
	FromCost   uint32 // whose money is the total cost for want of a grant
	Partial    uint32 // whose money lacks some line of funding
	WholeShare uint32 // whose share of integration is not known
	EndUnknown uint32 // that count in their first year only, their end not being known
}

// add adds what a project or another total counts. Most projects need nothing to
// be said beside.
func (t *Total) add(d *Total) {
	t.Projects += d.Projects
	t.Months += d.Months
	t.Unknown += d.Unknown
	t.Ever += d.Ever
	t.Running += d.Running
	if d.Estimates|d.FromCost|d.Partial|d.WholeShare|d.EndUnknown == 0 {
		return
	}
	t.Estimates += d.Estimates
	t.FromCost += d.FromCost
	t.Partial += d.Partial
	t.WholeShare += d.WholeShare
	t.EndUnknown += d.EndUnknown
}

// Matrix is coverage by row, item of the axis and year. Item "" is what has no
// item; the years beyond those shown and the year not known have cells of their
// own, so that all cells sum to the whole.
type Matrix struct {
	Rows  []Row
	Items []string // sorted codes, "" last
	From  int
	To    int

	cells    []Cell  // rows × items × (years + 2)
	totals   []Total // rows × items, over the years shown
	byYear   []Cell  // rows × (years + 2): distinct projects of a row in a year
	rows     []Total
	itemYear []Cell  // items × (years + 2): distinct over the rows of territories
	items    []Total // distinct over the rows of territories
	all      Total   // distinct over the rows of territories
	counted  Total   // distinct over everything

	// OtherStatus and UnknownStatus are projects that are not counted.
	OtherStatus, UnknownStatus int
	rowAt                      map[Row]int32
	itemAt                     map[string]int
}

// beyond and unknownYear are the columns after the years shown.
func (m *Matrix) width() int        { return m.To - m.From + 3 }
func (m *Matrix) beyond() int       { return m.To - m.From + 1 }
func (m *Matrix) yearNotKnown() int { return m.To - m.From + 2 }
func (m *Matrix) column(y int) int {
	if y < m.From || y > m.To {
		return m.beyond()
	}
	return y - m.From
}

// Selection (výběr) is documents by the numbers of the search index: those listed,
// or all but those listed, whichever are fewer to list.
type Selection struct {
	Docs   []uint32 // no number twice
	AllBut bool
}

// Matrix answers a question over the documents selected. Every figure is a sum over
// documents, so the matrix of all but a few is that of everything less theirs; that
// of everything is remembered.
func (b *Book) Matrix(places *place.Gazetteer, q Question, s Selection) *Matrix {
	l := b.layoutFor(places, q)
	m := newMatrix(l, b.items(q.Axis), q)
	switch whole := b.whole(l, q, s); {
	case whole != nil:
		m.addMatrix(whole)
		b.add(m, l, q, s.Docs, opposite)
	case s.AllBut:
		b.add(m, l, q, b.allBut(s.Docs), 1)
	default:
		b.add(m, l, q, s.Docs, 1)
	}
	m.sumMoney(l)
	return m
}

// add adds documents to a matrix, or takes them out, on all cores.
func (b *Book) add(m *Matrix, l *layout, q Question, docs []uint32, by uint32) {
	parts := make([]*adder, max(1, min(runtime.GOMAXPROCS(0), len(docs)/4096)))
	var wg sync.WaitGroup
	for i := range parts {
		into := m
		if i > 0 {
			into = newMatrix(l, b.items(q.Axis), q)
		}
		parts[i] = newAdder(b, l, into, q)
		parts[i].by = by
		wg.Go(func() {
			parts[i].addAll(docs[i*len(docs)/len(parts) : (i+1)*len(docs)/len(parts)])
		})
	}
	wg.Wait()
	for _, p := range parts[1:] {
		m.addMatrix(p.m)
	}
}

func newMatrix(l *layout, sets *shareSets, q Question) *Matrix {
	m := &Matrix{Rows: l.rows, Items: append(sets.sorted(), ""), From: q.From, To: max(q.To, q.From), rowAt: l.byRow, itemAt: map[string]int{}}
	for i, code := range m.Items {
		m.itemAt[code] = i
	}
	rows, items, width := len(m.Rows), len(m.Items), m.width()
	m.cells, m.totals = make([]Cell, rows*items*width), make([]Total, rows*items)
	m.byYear, m.itemYear = make([]Cell, rows*width), make([]Cell, items*width)
	m.rows, m.items = make([]Total, rows), make([]Total, items)
	return m
}

func (m *Matrix) addMatrix(o *Matrix) {
	addCells(m.cells, o.cells)
	addCells(m.byYear, o.byYear)
	addCells(m.itemYear, o.itemYear)
	addTotals(m.totals, o.totals)
	addTotals(m.rows, o.rows)
	addTotals(m.items, o.items)
	m.all.add(&o.all)
	m.counted.add(&o.counted)
	m.OtherStatus += o.OtherStatus
	m.UnknownStatus += o.UnknownStatus
}

// sumMoney adds the money of the cells up into every total.
func (m *Matrix) sumMoney(l *layout) {
	width := m.width()
	for row := range m.Rows {
		inside := l.inside[row]
		for item := range m.Items {
			at := row*len(m.Items) + item
			for c := range width {
				minor := m.cells[at*width+c].Minor
				m.byYear[row*width+c].Minor += minor
				if inside {
					m.itemYear[item*width+c].Minor += minor
				}
				if c < m.beyond() {
					m.totals[at].Minor += minor
				}
			}
			minor := m.totals[at].Minor
			m.rows[row].Minor += minor
			m.counted.Minor += minor
			if inside {
				m.items[item].Minor += minor
				m.all.Minor += minor
			}
		}
	}
}

func addCells(to, from []Cell) {
	for i := range from {
		to[i].add(from[i])
	}
}

func addTotals(to, from []Total) {
	for i := range from {
		to[i].add(&from[i])
	}
}

// Row is the number of a row; -1 when the matrix has no such row.
func (m *Matrix) Row(r Row) int {
	if i, ok := m.rowAt[r]; ok {
		return int(i)
	}
	return -1
}

// Item is the number of an item of the axis; -1 when no project has it.
func (m *Matrix) Item(code string) int {
	if i, ok := m.itemAt[code]; ok {
		return i
	}
	return -1
}

// Cell is one territory, one item and one year shown. A row or an item that the
// matrix has none of (-1) has nothing.
func (m *Matrix) Cell(row, item, year int) Cell {
	if row < 0 || item < 0 || year < m.From || year > m.To {
		return Cell{}
	}
	return m.cells[(row*len(m.Items)+item)*m.width()+year-m.From]
}

// Total is one territory and one item over the years shown.
func (m *Matrix) Total(row, item int) Total {
	if row < 0 || item < 0 {
		return Total{}
	}
	return m.totals[row*len(m.Items)+item]
}

// RowTotal is one territory over all items and the years shown.
func (m *Matrix) RowTotal(row int) Total {
	if row < 0 {
		return Total{}
	}
	return m.rows[row]
}

// RowYear is one territory over all items in one year shown.
func (m *Matrix) RowYear(row, year int) Cell {
	if row < 0 || year < m.From || year > m.To {
		return Cell{}
	}
	return m.byYear[row*m.width()+year-m.From]
}

// ItemTotal is one item over all territories of the matrix, with those that count
// for a territory above them, and the years shown.
func (m *Matrix) ItemTotal(item int) Total {
	if item < 0 {
		return Total{}
	}
	return m.items[item]
}

// ItemYear is the same in one year shown.
func (m *Matrix) ItemYear(item, year int) Cell {
	if item < 0 || year < m.From || year > m.To {
		return Cell{}
	}
	return m.itemYear[item*m.width()+year-m.From]
}

// All is everything in the territories of the matrix over the years shown.
func (m *Matrix) All() Total { return m.all }

// Everything is all counted projects over the years shown, wherever they are.
func (m *Matrix) Everything() Total { return m.counted }

// Money is what all cells sum to, in haléře: of every row, every item and every
// year, those not shown and not known too. It is the money of all counted
// projects (8.1.4).
func (m *Matrix) Money() int64 {
	var sum int64
	for i := range m.cells {
		sum += m.cells[i].Minor
	}
	return sum
}
