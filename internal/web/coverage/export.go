package coverage

import (
	"iter"
	"strconv"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/export"
	"atlas/internal/i18n"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
)

// record is one cell of the matrix in a file: a row, an item and a year, or all
// the years together where Year is 0.
type record struct {
	row   coverage.Row
	item  string
	year  int
	total coverage.Total
}

// export answers the matrix as a file of one record for each cell.
func (a *area) export(q *page.Request, f export.Format) error {
	t, now := a.teller(q.Lang), a.app.Now()
	s := read(q.URL.Query(), a.app, now.In(i18n.Prague).Year())
	b := a.matrix(t, s)
	file := dataset.File{Name: dataset.Coverage, Now: now, Asked: b.conditions()}
	return dataset.Send(q, file, f, b.columns(q.Origin()), b.records())
}

// conditions are what the file was asked for, in words.
func (b builder) conditions() []string {
	p := matrixPage{}
	p.filters(b)
	out := []string{b.T("coverage.split") + ": " + b.T("coverage.rows."+string(b.asked.Level)), b.T("coverage.years") + ": " + b.years(b.asked)}
	if b.asked.Within != "" {
		out = append(out, b.T("coverage.within")+": "+b.app.Places().Label(b.asked.Within))
	}
	for _, c := range p.Chips {
		out = append(out, c.Facet+": "+c.Label)
	}
	return out
}

// records are the cells in the order of the page: each row and item over all
// years and then year by year.
func (b builder) records() iter.Seq2[record, error] {
	items := append(b.items(), anyItem)
	return func(yield func(record, error) bool) {
		for i, row := range b.m.Rows {
			for _, item := range items {
				if !b.cells(i, row, item, yield) {
					return
				}
			}
		}
	}
}

func (b builder) cells(i int, row coverage.Row, item string, yield func(record, error) bool) bool {
	total := b.m.RowTotal(i)
	if item != anyItem {
		total = b.m.Total(i, b.m.Item(item))
	}
	if !yield(record{row, item, 0, total}, nil) {
		return false
	}
	for y := b.asked.From; y <= b.asked.To; y++ {
		c := b.m.RowYear(i, y)
		if item != anyItem {
			c = b.m.Cell(i, b.m.Item(item), y)
		}
		if c.Projects > 0 && !yield(record{row, item, y, coverage.Total{Cell: c}}, nil) {
			return false
		}
	}
	return true
}

// columns of the file. Money is unknown, not 0, where no project of the cell has
// any known.
func (b builder) columns(host string) dataset.Columns[record] {
	var c dataset.Columns[record]
	add := func(key string, cell func(record) string) { c.Add(key, b.T("coverage.export."+key), cell) }
	number := func(n uint32) string { return strconv.FormatUint(uint64(n), 10) }
	summed := func(r record, text string) string {
		if r.year != 0 {
			return ""
		}
		return text
	}
	add("row_code", func(r record) string { return r.row.Search(b.asked.Level) })
	add("row", func(r record) string {
		if r.row.Kind == coverage.RowElsewhere {
			return b.T("coverage.row.elsewhere")
		}
		return b.rowName(r.row)
	})
	add("item_code", func(r record) string { return r.item })
	add("item", func(r record) string {
		if r.item == anyItem {
			return b.T("coverage.sum." + string(b.asked.facet()))
		}
		return b.itemName(r.item)
	})
	add("from", func(r record) string { return strconv.Itoa(b.firstOf(r)) })
	add("to", func(r record) string { return strconv.Itoa(b.lastOf(r)) })
	add("state", func(r record) string {
		return summed(r, b.T("coverage.state."+string(coverage.StateOf(r.total.Running, r.total.Ever > 0, b.loaded(r.row)))))
	})
	add("projects", func(r record) string { return number(r.total.Projects) })
	add("running", func(r record) string { return summed(r, number(r.total.Running)) })
	add("money", func(r record) string {
		if r.total.Projects == r.total.Unknown {
			return ""
		}
		return atlas.Amount{Minor: r.total.Minor, State: atlas.AmountKnown}.String()
	})
	add("months", func(r record) string { return number(r.total.Months) })
	add("unknown_money", func(r record) string { return number(r.total.Unknown) })
	add("unknown_share", func(r record) string { return summed(r, number(r.total.WholeShare)) })
	add("unknown_end", func(r record) string { return summed(r, number(r.total.EndUnknown)) })
	add("address", func(r record) string { return b.addressOf(r, host) })
	return c.Typed(export.KindYear, "from", "to").Typed(export.KindNumber, "projects", "running", "months", "unknown_money", "unknown_share", "unknown_end").
		Typed(export.KindMoney, "money").Typed(export.KindURL, "address")
}

func (b builder) firstOf(r record) int {
	if r.year != 0 {
		return r.year
	}
	return b.asked.From
}

func (b builder) lastOf(r record) int {
	if r.year != 0 {
		return r.year
	}
	return b.asked.To
}

// addressOf leads to the projects of a cell.
func (b builder) addressOf(r record, host string) string {
	code := r.row.Search(b.asked.Level)
	if code == "" || r.total.Projects == 0 {
		return ""
	}
	return host + b.asked.cellURL(b.lang, code, r.item, b.firstOf(r), b.lastOf(r))
}
