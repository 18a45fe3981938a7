package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"atlas"
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
	one    *form // that inserts one row, where this one inserts several
	shared []any // values that all rows have; they come before the others
	args   []any // the first of each row is its key or that of its owner
	rows   int
}

// inserts are the forms that insert into a table.
type inserts struct {
	table   string
	rank    int // place in tables(): the tables it refers to stand before
	columns []string
	forms   []*form // by the power of two that is the number of rows
}

// An INSERT has no more parameters and rows than this: what more of them would
// save is by then a small part of what the rows cost.
const (
	maxParameters = 1 << 10
	maxRows       = 1 << 6
)

// cellSize is the memory that a value takes beside its text.
const cellSize = 16

func newInserts(table string, columns []string) *inserts {
	return &inserts{table, slices.Index(tables(), table), columns, insertForms(table, nil, columns)}
}

// insertForms are the forms for rows that share the values of some columns and
// have their own in the others.
func insertForms(table string, shared, own []string) []*form {
	head := fmt.Sprintf("INSERT INTO %s (%s) VALUES ", table, strings.Join(slices.Concat(shared, own), ", "))
	width := len(own)
	var all []*form
	for rows := 1; rows == 1 || rows*width <= maxParameters && rows <= maxRows; rows *= 2 {
		all = append(all, &form{table,
			sync.OnceValue(func() string { return head + tuples(rows, len(shared), width) }),
			sync.OnceValue(func() string { return head + repeat("("+plainTuple(len(shared), width)+")", rows) }),
		})
	}
	return all
}

// tuples writes "($1, $2, $3), ($1, $4, $5)" for rows that share a value and have
// two of their own.
func tuples(rows, shared, own int) string {
	all := make([]string, rows)
	for i := range all {
		tuple := placeholders(shared+i*own+1, own)
		if shared > 0 {
			tuple = placeholders(1, shared) + ", " + tuple
		}
		all[i] = "(" + tuple + ")"
	}
	return strings.Join(all, ", ")
}

// plainTuple writes "?1, ?, ?" for the same: a plain parameter is the one after
// the highest before it.
func plainTuple(shared, own int) string {
	tuple := ""
	for i := range shared {
		tuple += fmt.Sprintf("?%d, ", i+1)
	}
	return tuple + repeat("?", own)
}

func repeat(s string, n int) string { return strings.Repeat(s+", ", n-1) + s }

// singly is a statement for each of the rows.
func (s statement) singly() []statement {
	var all []statement
	for args := range slices.Chunk(s.args, len(s.args)/s.rows) {
		all = append(all, statement{s.one, s.one, s.shared, args, 1})
	}
	return all
}

// failed says where an error came from. The table is the field of a problem
// that has none.
func (s statement) failed(err error) error {
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) && invalid.Problems[0].Field == "" {
		invalid.Problems[0].Field = s.table
	}
	where := fmt.Sprint(s.args[0])
	if last := fmt.Sprint(s.args[len(s.args)-len(s.args)/s.rows]); last != where {
		where += " to " + last
	}
	return fmt.Errorf("write %s %s: %w", s.table, where, err)
}
