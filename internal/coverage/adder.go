package coverage

// adder adds entries into a matrix of its own.
type adder struct {
	b    *Book
	l    *layout
	m    *Matrix
	sets *shareSets
	of   []uint32 // set of items by document
	now  uint16
	item []int32 // number in the matrix by code of the sets
	none []int32 // the item of what has none

	wide, abroad []placed // rows of those without places
	one          []int64  // weights of a whole

	byPlace, byItem []int64  // room for parts of money
	months          []int64  // of each column, of the project at hand
	active          []uint32 // the same where the year is known, else 0
	all             int64    // of all columns
	columns         []int    // with months
	items           []int32
}

func newAdder(b *Book, l *layout, sets *shareSets, q Question) *adder {
	m := newMatrix(l, sets, q)
	a := &adder{b: b, l: l, m: m, sets: sets, of: b.areas, now: fromEpoch(q.Now), one: []int64{1}}
	if q.Axis == ByTarget {
		a.of = b.groups
	}
	for _, code := range sets.codes {
		a.item = append(a.item, int32(m.itemAt[code]))
	}
	a.none = []int32{int32(m.itemAt[""])}
	a.wide = []placed{{l.byRow[Row{Kind: RowWide}], true}}
	a.abroad = []placed{{l.byRow[Row{Kind: RowAbroad}], true}}
	a.months, a.active = make([]int64, m.width()), make([]uint32, m.width())
	return a
}

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
		a.m.UnknownStatus++
		return
	case f&counted == 0:
		a.m.OtherStatus++
		return
	}
	rows, rowWeights := a.rowsOf(doc, f)
	items, itemWeights := a.itemsOf(doc)
	a.setMonths(doc, f)
	minor := int64(0)
	if f&known != 0 {
		minor = a.b.minor[doc]
	}
	mark := a.mark(doc, f)
	a.addCells(minor, mark.Unknown, rows, rowWeights, items, itemWeights)
	a.count(mark, rows, items)
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
	return a.l.ofSet[set], a.b.placeSets.sets[set].weights
}

func (a *adder) itemsOf(doc uint32) ([]int32, []int64) {
	set := a.of[doc]
	if set == 0 {
		return a.none, a.one
	}
	a.items = a.items[:0]
	for _, code := range a.sets.sets[set].codes {
		a.items = append(a.items, a.item[code])
	}
	return a.items, a.sets.sets[set].weights
}

// setMonths lays the active months of a document into the columns of years.
func (a *adder) setMonths(doc uint32, f flag) {
	for _, c := range a.columns {
		a.months[c], a.active[c] = 0, 0
	}
	a.columns = a.columns[:0]
	if a.b.first[doc] == 0 {
		c := a.m.yearNotKnown()
		a.columns, a.months[c], a.all = append(a.columns, c), 1, 1
		return
	}
	first, last := month(a.b.first[doc]), month(a.lastOf(doc, f))
	a.all = int64(last-first) + 1
	for y := first.Year(); y <= last.Year(); y++ {
		n := min(last, Month(y*12+11)) - max(first, Month(y*12)) + 1
		c := a.m.column(y)
		if a.months[c] == 0 {
			a.columns = append(a.columns, c)
		}
		a.months[c] += int64(n)
		a.active[c] += uint32(n)
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
			at := (int(row.row)*len(a.m.Items) + int(item)) * width
			a.addYears(a.m.cells[at:at+width], a.byItem[j], row.first, unknown)
		}
	}
}

// addYears adds a part of a document to the years of one row and item.
func (a *adder) addYears(cells []Cell, minor int64, first bool, unknown uint32) {
	left := minor
	for k, c := range a.columns {
		cell := &cells[c]
		if first {
			cell.Projects++
			cell.Months += a.active[c]
			cell.Unknown += unknown
		}
		if k > 0 && minor != 0 {
			p := part(minor, a.months[c], a.all)
			cell.Minor += p
			left -= p
		}
	}
	cells[a.columns[0]].Minor += left
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
	t := Total{Cell: Cell{Projects: 1}, Ever: 1}
	if f&known == 0 {
		t.Unknown = 1
	}
	first := a.b.first[doc]
	if first != 0 && f&endUnknown == 0 && first <= a.now && a.now <= a.lastOf(doc, f) {
		t.Running = 1
	}
	t.Estimates, t.FromCost, t.Partial = bit(f, estimate), bit(f, fromCost), bit(f, partial)
	t.WholeShare, t.EndUnknown = bit(f, wholeShare), bit(f, endUnknown)
	return t
}

func bit(f, of flag) uint32 {
	if f&of != 0 {
		return 1
	}
	return 0
}

// count counts a project once in every total that it belongs to.
func (a *adder) count(mark Total, rows []placed, items []int32) {
	unknown := mark.Unknown
	for _, c := range a.columns {
		if c < a.m.beyond() {
			mark.Months += a.active[c]
		}
	}
	if mark.Months == 0 { // none of it in the years shown
		mark = Total{Ever: 1}
	}
	inside := false
	for _, p := range rows {
		if !p.first {
			continue
		}
		row := int(p.row)
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

func (a *adder) countItems(totals []Total, mark Total, items []int32) {
	for _, item := range items {
		totals[item].add(mark)
	}
}

func (a *adder) countYears(cells []Cell, unknown uint32, at int) {
	at *= a.m.width()
	for _, c := range a.columns {
		cell := &cells[at+c]
		cell.Projects++
		cell.Months += a.active[c]
		cell.Unknown += unknown
	}
}
