package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// form is the text of a statement: two statements of one form differ in their
// values only, so it is prepared once.
type form struct {
	table string
	// text of the statement. Numbered parameters ("$1") are what PostgreSQL
	// wants; SQLite takes them for names, which it looks up one by one, so where
	// there are many it gets plain ones ("?").
	numbered, plain func() string
}

// newForm is a form with few parameters, for which one text does.
func newForm(table, text string) *form {
	same := func() string { return text }
	return &form{table, same, same}
}

// statement is one whose result nobody waits for.
type statement struct {
	*form
	args []any
	rows int // that it inserts; args[0] is the key of the first, or of its owner
}

// inserts are the forms that insert into a table.
type inserts struct {
	table string
	rank  int     // place in tables(): the tables it refers to stand before
	width int     // columns
	forms []*form // by the power of two that is the number of rows
}

// An INSERT has no more parameters and rows than this: what more of them would
// save is by then a small part of what the rows cost.
const (
	maxParameters = 1 << 10
	maxRows       = 1 << 6
)

// cellSize is the memory that a value takes beside its text.
const cellSize = 16

func newInserts(table, list string, width int) *inserts {
	t := &inserts{table: table, rank: slices.Index(tables(), table), width: width}
	head := fmt.Sprintf("INSERT INTO %s (%s) VALUES ", table, list)
	for rows := 1; rows == 1 || rows*width <= maxParameters && rows <= maxRows; rows *= 2 {
		t.forms = append(t.forms, &form{table,
			sync.OnceValue(func() string { return head + tuples(rows, width) }),
			sync.OnceValue(func() string {
				return head + repeat("("+repeat("?", width)+")", rows)
			}),
		})
	}
	return t
}

// tuples writes "($1, $2), ($3, $4)" for rows of a width.
func tuples(rows, width int) string {
	all := make([]string, rows)
	for i := range all {
		all[i] = "(" + placeholders(i*width+1, width) + ")"
	}
	return strings.Join(all, ", ")
}

func repeat(s string, n int) string { return strings.Repeat(s+", ", n-1) + s }

// heap is the rows of one table that wait to be written: the values of one row
// after another.
type heap struct {
	*inserts
	values []any
	queued int // so many of the values are in statements already
}

// statements cuts the rows into statements: as many of the largest form as
// there are, and then ever smaller ones.
func (h *heap) statements(to []statement) []statement {
	values := h.values[h.queued:]
	for power, f := range slices.Backward(h.forms) {
		rows := 1 << power
		for size := rows * h.width; len(values) >= size; values = values[size:] {
			to = append(to, statement{f, values[:size], rows})
		}
	}
	h.queued = len(h.values)
	return to
}

func (h *heap) empty() {
	clear(h.values)
	h.values, h.queued = h.values[:0], 0
}

// heapOf is where the rows for a table wait.
func (q *querier) heapOf(t *inserts) *heap {
	if q.heaps == nil {
		q.heaps = make([]*heap, len(tables()))
	}
	h := q.heaps[t.rank]
	if h == nil {
		h = &heap{inserts: t}
		q.heaps[t.rank] = h
	}
	return h
}

// write queues a statement of a transaction after all that waits.
func (q *querier) write(f *form, args ...any) {
	q.queueHeaps()
	q.queue = append(q.queue, statement{f, args, 1})
	q.waiting += cellSize * len(args)
}

// queueHeaps makes statements of the rows that wait, those of a table after
// those that they refer to.
func (q *querier) queueHeaps() {
	for _, h := range q.heaps {
		if h != nil {
			q.queue = h.statements(q.queue)
		}
	}
}

// settle sends what waits when it is more than may wait.
func (q *querier) settle(ctx context.Context) error {
	if q.waiting <= q.room {
		return nil
	}
	return q.flush(ctx)
}

// flush sends all that waits.
func (q *querier) flush(ctx context.Context) error {
	if q.waiting == 0 {
		return nil
	}
	q.queueHeaps()
	queue := q.queue
	q.queue, q.waiting = q.queue[:0], 0
	q.count.Add(int64(len(queue)))
	failed, err := q.sender.send(ctx, queue)
	for _, h := range q.heaps {
		if h != nil {
			h.empty()
		}
	}
	if err != nil {
		return queue[failed].failed(q.engine.explain(err))
	}
	clear(queue)
	return nil
}
