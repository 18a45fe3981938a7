package importer

import (
	"fmt"
	"io"
	"iter"
)

// ReadTableAt reads a file of a size as ReadTable does.
func ReadTableAt(name string, file io.ReaderAt, size int64) (*Table, error) {
	data := make([]byte, size)
	if n, err := file.ReadAt(data, 0); int64(n) < size {
		return nil, err
	}
	return ReadTable(name, data)
}

// Len is how many rows there are.
func (t *Table) Len() int { return len(t.rows) }

// Rows gives the rows from one on, counted from 0, in the order of the file. It
// may be asked any number of times, also by several goroutines at once; a row
// stays as it is after the next one is given.
func (t *Table) Rows(from int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for _, r := range t.rows[from:] {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// Row is the row at a place, counted from 0.
func (t *Table) Row(i int) (Row, error) {
	if i < 0 || i >= len(t.rows) {
		return Row{}, fmt.Errorf("row %d of %d", i, len(t.rows))
	}
	return t.rows[i], nil
}

// Sample is some rows spread evenly over the file.
func (t *Table) Sample() []Row {
	step := max(1, len(t.rows)/2000)
	var out []Row
	for i := 0; i < len(t.rows); i += step {
		out = append(out, t.rows[i])
	}
	return out
}

// Close lets the rows go.
func (t *Table) Close() error {
	t.rows = nil
	return nil
}
