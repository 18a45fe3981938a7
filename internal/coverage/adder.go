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

	wide, abroad []int32 // rows of those without places
	one          []int64 // weights of a whole

	byPlace, byItem, byYear []int64 // room for parts of money
	months                  []int64 // of each column, of the project at hand
	columns                 []int   // with months
	items                   []int32
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
	a.wide = []int32{l.byRow[Row{Kind: RowWide}]}
	a.abroad = []int32{l.byRow[Row{Kind: RowAbroad}]}
	a.months = make([]int64, m.width())
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
	rows, rowWeights, distinct := a.rowsOf(doc, f)
	items, itemWeights := a.itemsOf(doc)
	a.setMonths(doc, f)
	if f&known != 0 {
		a.addMoney(a.b.minor[doc], rows, rowWeights, items, itemWeights)
	}
	a.count(a.mark(doc, f), distinct, items)
}

// rowsOf gives the rows of the places of a document with their weights, and the
// rows without repetition.
func (a *adder) rowsOf(doc uint32, f flag) (rows []int32, weights []int64, distinct []int32) {
	set := a.b.places[doc]
	switch {
	case f&abroad != 0:
		return a.abroad, a.one, a.abroad
	case f&wide != 0 || set == 0:
		return a.wide, a.one, a.wide
	}
	return a.l.ofSet[set], a.b.placeSets.sets[set].weights, a.l.distinct[set]
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
		a.months[c] = 0
	}
	a.columns = a.columns[:0]
	if a.b.first[doc] == 0 {
		a.columns = append(a.columns, a.m.yearNotKnown())
		a.months[a.columns[0]] = 1
		return
	}
	first, last := month(a.b.first[doc]), month(a.lastOf(doc, f))
	for y := first.Year(); y <= last.Year(); y++ {
		n := min(last, Month(y*12+11)) - max(first, Month(y*12)) + 1
		c := a.m.column(y)
		if a.months[c] == 0 {
			a.columns = append(a.columns, c)
		}
		a.months[c] += int64(n)
	}
}

// addMoney splits money by places, items and years; what rounding leaves goes to
// the first place, the primary area and the first year.
func (a *adder) addMoney(minor int64, rows []int32, rowWeights []int64, items []int32, itemWeights []int64) {
	var all int64
	for _, c := range a.columns {
		all += a.months[c]
	}
	a.byPlace = room(a.byPlace, len(rows))
	split(a.byPlace, minor, rowWeights)
	for i, row := range rows {
		a.byItem = room(a.byItem, len(items))
		split(a.byItem, a.byPlace[i], itemWeights)
		for j, item := range items {
			at := (int(row)*len(a.m.Items) + int(item)) * a.m.width()
			left := a.byItem[j]
			for _, c := range a.columns[1:] {
				p := part(a.byItem[j], a.months[c], all)
				a.m.cells[at+c].Minor += p
				left -= p
			}
			a.m.cells[at+a.columns[0]].Minor += left
		}
	}
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
	t := Total{Cell: Cell{Projects: 1}}
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

// count counts a project once in every cell and every total that it belongs to.
func (a *adder) count(mark Total, rows, items []int32) {
	shown := a.monthsShown()
	over := mark
	over.Months = shown
	inside := false
	for _, row := range rows {
		kind := a.m.Rows[row].Kind
		inside = inside || kind == RowTerritory || kind == RowWhole
		a.countRow(mark.Cell, int(row), items)
		if shown == 0 {
			continue
		}
		a.m.rows[row].add(over)
		for _, item := range items {
			a.m.totals[int(row)*len(a.m.Items)+int(item)].add(over)
		}
	}
	if shown > 0 {
		a.m.counted.add(over)
	}
	if inside {
		a.countInside(mark.Cell, over, items)
	}
}

// countInside counts a project of the territories of the matrix.
func (a *adder) countInside(one Cell, over Total, items []int32) {
	for _, item := range items {
		a.countColumns(a.m.itemYear, one, int(item))
	}
	if over.Months == 0 {
		return
	}
	for _, item := range items {
		a.m.items[item].add(over)
	}
	a.m.all.add(over)
}

func (a *adder) monthsShown() (n uint32) {
	for _, c := range a.columns {
		if c < a.m.beyond() {
			n += uint32(a.months[c])
		}
	}
	return n
}

// countRow counts a project in the cells of one row.
func (a *adder) countRow(one Cell, row int, items []int32) {
	a.countColumns(a.m.byYear, one, row)
	for _, item := range items {
		a.countColumns(a.m.cells, one, row*len(a.m.Items)+int(item))
	}
}

func (a *adder) countColumns(cells []Cell, one Cell, at int) {
	at *= a.m.width()
	for _, c := range a.columns {
		one.Months = uint32(a.months[c])
		if c == a.m.yearNotKnown() {
			one.Months = 0
		}
		cells[at+c].add(one)
	}
}
