package importer

import (
	"iter"
	"sync"
)

// Table is what one file holds: a header and rows under it, cells word for
// word. The rows are not in memory but put aside; Close frees them, and so does
// forgetting the table. A table is read only: several can read it at once.
type Table struct {
	File      string
	Format    string // FormatCSV, …
	Sheet     string // of a workbook
	Encoding  string // of a text file: EncodingUTF8, …
	Delimiter string // of a text file: ";"
	Header    []string
	HeaderRow int // where it stands in the file, counted from 1; 0 in JSON

	rows   *spool
	first  int // of the rows put aside, the first one under the header
	sample func() []Row
}

// Row is one row of data. Number is where a person finds it: the line of a
// text file, the row of a sheet, the place in the list of a JSON file, each
// counted from 1. A row has at most as many cells as the header.
type Row struct {
	Number int
	Cells  []string
}

func newTable(format string, header []string, headerRow int, rows *spool, first int) *Table {
	t := &Table{Format: format, Header: header, HeaderRow: headerRow, rows: rows, first: first}
	t.sample = sync.OnceValue(t.readSample)
	return t
}

// Len is how many rows there are under the header.
func (t *Table) Len() int { return t.rows.rows - t.first }

// Rows gives the rows from the one at a place, counted from 0, to the last, any
// number of times. An error is the last thing it gives: the rows put aside could
// not be read.
func (t *Table) Rows(from int) iter.Seq2[Row, error] { return t.rows.all(t.first + max(from, 0)) }

// Row gives the row at a place, counted from 0 to Len.
func (t *Table) Row(i int) (Row, error) { return t.rows.row(t.first + i) }

// Close frees the rows. Reading one of them is an error from then on.
func (t *Table) Close() error { return t.rows.Close() }

// sampleRows is about how many rows a sample has, and sampleBytes how large it
// is at most, unless one row alone is larger.
const (
	sampleRows  = 2000
	sampleBytes = 8 << 20
)

// Sample gives rows from all over the table, the first included, evenly spread:
// all of a short table, of a longer one 2000 to 4000, fewer where they are very
// long. They are read once and kept in memory; they are not to be changed.
func (t *Table) Sample() []Row { return t.sample() }

func (t *Table) readSample() []Row {
	most := sampleRows
	if large := t.rows.size / sampleBytes; large > 0 {
		most = min(most, max(1, t.Len()/int(large+1)))
	}
	step := max(1, t.Len()/most)
	out := make([]Row, 0, t.Len()/step+1)
	for i := 0; i < t.Len(); i += step {
		r, err := t.Row(i)
		if err != nil {
			break // who reads the rows themselves learns of it
		}
		out = append(out, r)
	}
	return out
}
