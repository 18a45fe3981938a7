package coverage

// adder adds entries into a matrix, or takes them out of it again: then every
// count goes down by one, which in numbers without a sign is to add their greatest.
type adder struct {
	b    *Book
	l    *layout
	m    *Matrix
	sets *shareSets
	axis Axis
	now  uint16
	by   uint32  // 1, or its opposite
	item []int32 // number in the matrix by code of the sets
	none []int32 // the item of what has none

	wide, abroad []placed // rows of those without places
	one          []int64  // weights of a whole

	// Of the project at hand:
	byPlace, byItem []int64 // parts of money
	years           []active
	months          int64 // of all years
	items           []int32
}

// active is the active months of one column of years.
type active struct {
	column  int
	months  int64
	counted uint32 // the same to be added; 0 where the year is not known
}

// newAdder makes an adder into a matrix of the same question.
func newAdder(b *Book, l *layout, m *Matrix, q Question) *adder {
	sets := b.items(q.Axis)
	a := &adder{b: b, l: l, m: m, sets: sets, axis: q.Axis, now: fromEpoch(q.Now), by: 1, one: []int64{1}}
	for _, code := range sets.codes {
		a.item = append(a.item, int32(m.itemAt[code]))
	}
	a.none = []int32{int32(m.itemAt[""])}
	a.wide = []placed{placedAt(l.byRow[Row{Kind: RowWide}], true)}
	a.abroad = []placed{placedAt(l.byRow[Row{Kind: RowAbroad}], true)}
	return a
}

// opposite is what takes away once instead of adding.
const opposite = ^uint32(0)

func (a *adder) addAll(docs []uint32) {
	for _, doc := range docs {
		if int(doc) < len(a.b.flags) {
			a.add(doc)
		}
	}
}

func (a *adder) add(doc uint32) {
	f := a.b.flags[doc]
	switch {
	case f&present == 0:
		return
	case f&unknownStatus != 0:
		a.m.UnknownStatus += int(int32(a.by))
		return
	case f&counted == 0:
		a.m.OtherStatus += int(int32(a.by))
		return
	}
	rows, rowWeights := a.rowsOf(doc, f)
	items, itemWeights := a.itemsOf(doc)
	a.setYears(doc, f)
	minor := int64(0)
	if f&known != 0 {
		minor = a.b.minor[doc] * int64(int32(a.by))
	}
	mark := a.mark(doc, f)
	a.addCells(minor, mark.Unknown, rows, rowWeights, items, itemWeights)
	a.count(&mark, rows, items)
}

// rowsOf gives the row of each place of a document and the weights of the places.
func (a *adder) rowsOf(doc uint32, f flag) ([]placed, []int64) {
	set := a.b.places[doc]
	switch {
	case f&abroad != 0:
		return a.abroad, a.one
	case f&wide != 0 || set == 0:
		return a.wide, a.one
	}
	from, to := a.b.placeSets.span(set)
	return a.l.placed[from:to], a.b.placeSets.weights[from:to]
}

func (a *adder) itemsOf(doc uint32) ([]int32, []int64) {
	set := a.b.areas[doc]
	if a.axis == ByTarget {
		set = a.b.groups[doc]
	}
	if set == 0 {
		return a.none, a.one
	}
	a.items = a.items[:0]
	codes, weights := a.sets.of(set)
	for _, code := range codes {
		a.items = append(a.items, a.item[code])
	}
	return a.items, weights
}

// setYears lays the active months of a document into the columns of years.
func (a *adder) setYears(doc uint32, f flag) {
	a.years = a.years[:0]
	if a.b.first[doc] == 0 {
		a.years, a.months = append(a.years, active{column: a.m.yearNotKnown(), months: 1}), 1
		return
	}
	first, last := month(a.b.first[doc]), month(a.lastOf(doc, f))
	a.months = int64(last-first) + 1
	beyond := -1 // where the years not shown are, which have one column
	for y := first.Year(); y <= last.Year(); y++ {
		n := min(last, Month(y*12+11)) - max(first, Month(y*12)) + 1
		here := active{a.m.column(y), int64(n), uint32(n) * a.by}
		switch {
		case here.column != a.m.beyond():
			a.years = append(a.years, here)
		case beyond < 0:
			beyond = len(a.years)
			a.years = append(a.years, here)
		default:
			a.years[beyond].months += here.months
			a.years[beyond].counted += here.counted
		}
	}
}

// addCells adds a document to its cells. Money is split by places, items and
// years; what rounding leaves goes to the first place, the primary area and the
// first year. A project of two places in one row is counted there once.
func (a *adder) addCells(minor int64, unknown uint32, rows []placed, rowWeights []int64, items []int32, itemWeights []int64) {
	a.byPlace, a.byItem = room(a.byPlace, len(rows)), room(a.byItem, len(items))
	split(a.byPlace, minor, rowWeights)
	width := a.m.width()
	for i, row := range rows {
		split(a.byItem, a.byPlace[i], itemWeights)
		for j, item := range items {
			at := (row.row()*len(a.m.Items) + int(item)) * width
			a.addYears(a.m.cells[at:at+width], a.byItem[j], row.first(), unknown)
		}
	}
}

// addYears adds a part of a document to the years of one row and item. Most years
// are whole ones, so that what one of them takes is mostly what the one before took.
func (a *adder) addYears(cells []Cell, minor int64, first bool, unknown uint32) {
	left, taken, of := minor, int64(0), int64(0)
	for k := range a.years {
		y := &a.years[k]
		cell := &cells[y.column]
		if first {
			cell.Projects += a.by
			cell.Months += y.counted
			cell.Unknown += unknown
		}
		if k > 0 && minor != 0 {
			if y.months != of {
				taken, of = part(minor, y.months, a.months), y.months
			}
			cell.Minor += taken
			left -= taken
		}
	}
	cells[a.years[0].column].Minor += left
}

func room(to []int64, n int) []int64 {
	if cap(to) < n {
		return make([]int64, n, 2*n)
	}
	return to[:n]
}

// lastOf is the last active month: of what goes on, the one of the question.
func (a *adder) lastOf(doc uint32, f flag) uint16 {
	if f&ongoing != 0 {
		return max(a.b.first[doc], a.now)
	}
	return a.b.last[doc]
}

// mark is what one project adds to a total beside its money and months.
func (a *adder) mark(doc uint32, f flag) Total {
	t := Total{Cell: Cell{Projects: a.by}, Ever: a.by}
	if f&known == 0 {
		t.Unknown = a.by
	}
	first := a.b.first[doc]
	if first != 0 && f&endUnknown == 0 && first <= a.now && a.now <= a.lastOf(doc, f) {
		t.Running = a.by
	}
	t.Estimates, t.FromCost, t.Partial = a.bit(f, estimate), a.bit(f, fromCost), a.bit(f, partial)
	t.WholeShare, t.EndUnknown = a.bit(f, wholeShare), a.bit(f, endUnknown)
	return t
}

func (a *adder) bit(f, of flag) uint32 {
	if f&of != 0 {
		return a.by
	}
	return 0
}

// count counts a project once in every total that it belongs to.
func (a *adder) count(mark *Total, rows []placed, items []int32) {
	unknown := mark.Unknown
	for _, y := range a.years {
		if y.column < a.m.beyond() {
			mark.Months += y.counted
		}
	}
	if mark.Months == 0 { // none of it in the years shown
		*mark = Total{Ever: a.by}
	}
	inside := false
	for _, p := range rows {
		if !p.first() {
			continue
		}
		row := p.row()
		inside = inside || a.l.inside[row]
		a.countYears(a.m.byYear, unknown, row)
		a.m.rows[row].add(mark)
		a.countItems(a.m.totals[row*len(a.m.Items):], mark, items)
	}
	a.m.counted.add(mark)
	if !inside {
		return
	}
	for _, item := range items {
		a.countYears(a.m.itemYear, unknown, int(item))
	}
	a.countItems(a.m.items, mark, items)
	a.m.all.add(mark)
}

func (a *adder) countItems(totals []Total, mark *Total, items []int32) {
	for _, item := range items {
		totals[item].add(mark)
	}
}

func (a *adder) countYears(cells []Cell, unknown uint32, at int) {
	cells = cells[at*a.m.width():]
	for _, y := range a.years {
		cell := &cells[y.column]
		cell.Projects += a.by
		cell.Months += y.counted
		cell.Unknown += unknown
	}
}
