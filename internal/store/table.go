package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"atlas"
)

// rowsPerInsert is how many rows one INSERT carries at most; every size up to
// it has its own prepared statement.
const rowsPerInsert = 8

// table is a table whose rows are Ts.
type table[T any] struct {
	name    string
	columns columns[T]
	list    string                    // "id, title_cs, …"
	inserts [rowsPerInsert + 1]string // by the number of rows
}

func newTable[T any](name string, cols ...columns[T]) *table[T] {
	t := &table[T]{name: name, columns: join(cols...)}
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	t.list = strings.Join(names, ", ")
	for n := 1; n <= rowsPerInsert; n++ {
		t.inserts[n] = t.insertText(n)
	}
	return t
}

func (t *table[T]) insertText(rows int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "INSERT INTO %s (%s) VALUES ", t.name, t.list)
	for r := range rows {
		if r > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + placeholders(r*len(t.columns)+1, len(t.columns)) + ")")
	}
	return b.String()
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

// insert writes rows, several in one statement.
func (t *table[T]) insert(ctx context.Context, q *querier, rows []T) error {
	for len(rows) > 0 {
		n := min(len(rows), rowsPerInsert)
		args := make([]any, 0, n*len(t.columns))
		for i := range n {
			var err error
			if args, err = t.args(args, &rows[i]); err != nil {
				return err
			}
		}
		if _, err := q.exec(ctx, t.inserts[n], args...); err != nil {
			return fmt.Errorf("insert into %s: %w", t.name, err)
		}
		rows = rows[n:]
	}
	return nil
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
