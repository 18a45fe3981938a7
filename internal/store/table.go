package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"atlas"
)

// table is a table whose rows are Ts.
type table[T any] struct {
	name    string
	columns columns[T]
	list    string // "id, title_cs, …"
	inserts *inserts
}

func newTable[T any](name string, cols ...columns[T]) *table[T] {
	t := &table[T]{name: name, columns: join(cols...)}
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	t.list = strings.Join(names, ", ")
	t.inserts = newInserts(name, names)
	return t
}

// placeholders writes "$from, …" for n parameters.
func placeholders(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", from+i)
	}
	return b.String()
}

// args appends the values of one row. A value that cannot be stored is an
// *atlas.InvalidError at its column.
func (t *table[T]) args(to []any, row *T) ([]any, error) {
	for _, c := range t.columns {
		v, err := c.at(row).Value()
		if err != nil {
			return nil, invalid(t.name+"."+c.name, err)
		}
		to = append(to, v)
	}
	return to, nil
}

func invalid(field string, cause error) error {
	key := "problem.value"
	if errors.Is(cause, errText) {
		key = "problem.text_encoding"
	}
	return fmt.Errorf("%w: %w", &atlas.InvalidError{Problems: []atlas.Problem{{Field: field, Key: key}}}, cause)
}

// collect takes a row to be written with others. A later error of it may come
// with any statement that follows, but not later than with the commit.
func (t *table[T]) collect(q *querier, row *T) error {
	h := q.heapOf(t.inserts)
	before := len(h.values)
	values, err := t.args(h.values, row)
	if err != nil {
		q.broken = err // a part of the record may wait already
		return err
	}
	h.values = values
	q.waiting += weight(values[before:])
	return nil
}

// weight is about how many bytes values take.
func weight(values []any) int {
	n := cellSize * len(values)
	for _, v := range values {
		switch v := v.(type) {
		case string:
			n += len(v)
		case []byte:
			n += len(v)
		}
	}
	return n
}

// insert writes rows, now or with what is written next.
func (t *table[T]) insert(ctx context.Context, q *querier, rows []T) error {
	for i := range rows {
		if err := t.collect(q, &rows[i]); err != nil {
			return err
		}
	}
	return q.settle(ctx)
}

// each reads the rows that the rest of the SELECT chooses ("WHERE …"), one
// after another, into the same T: each copies what it keeps.
func (t *table[T]) each(ctx context.Context, q *querier, rest string, args []any, each func(*T) error) error {
	rows, err := q.query(ctx, "SELECT "+t.list+" FROM "+t.name+" "+rest, args...)
	if err != nil {
		return fmt.Errorf("read %s: %w", t.name, err)
	}
	defer rows.Close()
	var row, zero T
	dests := make([]any, len(t.columns))
	for i, c := range t.columns {
		dests[i] = c.at(&row)
	}
	for rows.Next() {
		row = zero
		if err := rows.Scan(dests...); err != nil {
			return fmt.Errorf("read %s: %w", t.name, err)
		}
		if err := each(&row); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read %s: %w", t.name, q.engine.explain(err))
	}
	return nil
}
