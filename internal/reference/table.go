package reference

import (
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"slices"
)

// table is a CSV file with a header: UTF-8, comma, the columns exactly as its
// reader expects them.
type table struct {
	name    string
	columns []string
	rows    [][]string
}

// readTable reads a file and refuses any other header, a row of another
// length and a file without rows.
func readTable(fsys fs.FS, name string, columns ...string) (*table, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if !slices.Equal(header, columns) {
		return nil, fmt.Errorf("%s: header %q, want %q", name, header, columns)
	}
	t := &table{name: name, columns: columns}
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		t.rows = append(t.rows, row)
	}
	if len(t.rows) == 0 {
		return nil, fmt.Errorf("%s: no rows", name)
	}
	return t, nil
}

// get is the cell of a row in a named column. Asking for a column the table was
// not read with is a mistake in this package.
func (t *table) get(row int, column string) string {
	i := slices.Index(t.columns, column)
	if i < 0 {
		panic(fmt.Sprintf("%s has no column %q", t.name, column))
	}
	return t.rows[row][i]
}

// fault names the file and the line of a row.
func (t *table) fault(row int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", t.name, row+2, fmt.Sprintf(format, args...))
}
