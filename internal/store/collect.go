package store

import (
	"context"
	"slices"
)

// heap is the rows of one table that wait to be written: the values of one row
// after another.
type heap struct {
	*inserts
	values []any
	queued int   // so many of the values are in statements already
	spare  []any // of the rows that are being sent meanwhile

	narrow bool // tells what it must only
	told   []telling
	forms  []*form
}

// telling is how the values of a column are told.
type telling uint8

const (
	tellNot  telling = iota // in no row: nothing was known so far, and a column not named is NULL
	tellOnce                // once in a statement: so far all rows that went together had the same
	tellEach                // in each row
)

// statements cuts the rows into statements: as many of the largest form as
// there are, and then ever smaller ones.
func (h *heap) statements(to []statement) []statement {
	width := len(h.columns)
	var shared []any
	if h.narrow {
		shared, width = h.squeeze()
	}
	values := h.values[h.queued:]
	for power, f := range slices.Backward(h.forms) {
		rows := 1 << power
		for size := rows * width; len(values) >= size; values = values[size:] {
			to = append(to, statement{f, h.forms[0], shared, values[:size], rows})
		}
	}
	h.queued = len(h.values)
	return to
}

// squeeze takes out of the rows that wait what need not stand in each, and gives
// what they share and how many values each still has. Most columns of a list are
// empty in all of its rows, and some say the same in all: when they were written
// and by whom, from which file. A column is told ever more fully and never less,
// so that there are few forms.
func (h *heap) squeeze() (shared []any, width int) {
	all := h.values[h.queued:]
	h.tell(all)
	var each []int
	for c, t := range h.told {
		switch t {
		case tellOnce:
			shared = append(shared, all[c])
		case tellEach:
			each = append(each, c)
		}
	}
	kept := all[:0]
	for row := range slices.Chunk(all, len(h.columns)) {
		for _, c := range each {
			kept = append(kept, row[c])
		}
	}
	clear(all[len(kept):])
	h.values = h.values[:h.queued+len(kept)]
	return shared, len(each)
}

// tell decides how the columns of rows are told.
func (h *heap) tell(all []any) {
	before, width := h.told, len(h.columns)
	h.told = make([]telling, width)
	copy(h.told, before)
	h.told[0] = tellEach // the key: a row is never nothing, and an error names it
	for c := range h.told {
		switch t := &h.told[c]; {
		case *t == tellEach || sameIn(all[c:], width) && (*t == tellOnce || all[c] == nil):
		case *t == tellNot && len(all) >= maxRows*width && sameIn(all[c:], width):
			*t = tellOnce // of few rows it would be by chance
		default:
			*t = tellEach
		}
	}
	if slices.Equal(before, h.told) {
		return
	}
	var once, each []string
	for c, t := range h.told {
		switch t {
		case tellOnce:
			once = append(once, h.columns[c])
		case tellEach:
			each = append(each, h.columns[c])
		}
	}
	h.forms = insertForms(h.table, once, each)
}

// sameIn says whether each step-th value is the same. Bytes are not compared.
func sameIn(values []any, step int) bool {
	if _, bytes := values[0].([]byte); bytes {
		return false
	}
	for i := step; i < len(values); i += step {
		if values[i] != values[0] {
			return false
		}
	}
	return true
}

func (h *heap) empty() {
	clear(h.values)
	h.values, h.queued = h.values[:0], 0
}

// turn leaves the rows, which are all in statements, to those who send them and
// begins anew in the room of those that were sent before.
func (h *heap) turn() {
	clear(h.spare)
	h.values, h.spare, h.queued = h.spare[:0], h.values, 0
}

// heapOf is where the rows for a table wait.
func (q *querier) heapOf(t *inserts) *heap {
	if q.heaps == nil {
		q.heaps = make([]*heap, len(tables()))
	}
	h := q.heaps[t.rank]
	if h == nil {
		h = &heap{inserts: t, forms: t.forms, narrow: q.narrow}
		q.heaps[t.rank] = h
	}
	return h
}

// write queues a statement of a transaction after all that waits.
func (q *querier) write(f *form, args ...any) {
	q.queueHeaps()
	q.queue = append(q.queue, statement{f, f, nil, args, 1})
	q.waiting += cellSize * len(args)
}

// queueHeaps makes statements of the rows that wait, those of a table after
// those that they refer to.
func (q *querier) queueHeaps() {
	for _, h := range q.heaps {
		if h != nil && len(h.values) > h.queued {
			q.queue = h.statements(q.queue)
		}
	}
}

// settle sends what waits when it is more than may wait.
func (q *querier) settle(ctx context.Context) error {
	switch {
	case q.waiting <= q.room:
		return nil
	case q.meanwhile:
		return q.handOver(ctx)
	}
	return q.flush(ctx)
}

// flush sends all that waits. When something could not be written before, that
// is the error again, so that a transaction is never committed in part.
func (q *querier) flush(ctx context.Context) error {
	if q.await() == nil && q.waiting > 0 {
		q.broken = q.sendWaiting(ctx)
	}
	return q.broken
}

func (q *querier) sendWaiting(ctx context.Context) error {
	queue, err := q.take(ctx)
	if err != nil {
		return err
	}
	err = q.send(ctx, queue)
	clear(queue)
	q.queue = queue[:0]
	for _, h := range q.heaps {
		if h != nil {
			h.empty()
		}
	}
	return err
}

// take makes statements of all that waits.
func (q *querier) take(ctx context.Context) ([]statement, error) {
	q.waiting = 0 // so that the check may read what is there without what waits
	if q.check != nil {
		if err := q.check(ctx); err != nil {
			return nil, err
		}
	}
	q.queueHeaps()
	queue := q.queue
	q.queue = nil
	q.count.Add(int64(len(queue)))
	return queue, nil
}

// handOver has all that waits sent while more is collected. Only one thing at a
// time is on the connection: whatever else is asked of it awaits this first.
func (q *querier) handOver(ctx context.Context) error {
	if q.await() != nil {
		return q.broken
	}
	queue, err := q.take(ctx)
	if err != nil {
		q.broken = err
		return err
	}
	for _, h := range q.heaps {
		if h != nil {
			h.turn()
		}
	}
	sent := make(chan error, 1)
	q.sent = sent
	go func() { sent <- q.send(ctx, queue) }()
	return nil
}

// await waits for what was handed over, and says why something could not be
// written so far.
func (q *querier) await() error {
	if q.sent == nil {
		return q.broken
	}
	err := <-q.sent
	if q.sent = nil; q.broken == nil {
		q.broken = err
	}
	return q.broken
}

// send sends statements and says what failed: where the engine lets a
// transaction go on after an error, down to the row.
func (q *querier) send(ctx context.Context, all []statement) error {
	failed, err := q.sender.send(ctx, all)
	if err == nil {
		return nil
	}
	s := all[failed]
	if s.rows > 1 && q.engine.quick() && ctx.Err() == nil {
		alone := s.singly()
		if i, first := q.sender.send(ctx, alone); first != nil {
			s, err = alone[i], first
		}
	}
	return s.failed(q.engine.explain(err))
}
