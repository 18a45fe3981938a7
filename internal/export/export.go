// Package export writes our data in the formats of other people's trades: one
// file per format, all fed by the same columns and rows.
package export

import (
	"io"
	"iter"
)

// Column is one column: the key stays, the label is for people.
type Column struct {
	Key   string
	Label string
}

// Table is what is written: the columns and the rows in their order. A row has
// as many cells as there are columns; "" is not known. Rows are drawn one at a
// time, so that memory does not grow with the table; an error ends the writing.
type Table struct {
	Columns []Column
	Rows    iter.Seq2[[]string, error]
}

// Format is a format that tables are written in.
type Format struct {
	Name      string // in addresses: "csv"
	MediaType string
	Extension string
	Write     func(io.Writer, Table) error
}

// Formats lists every format; pages, commands and catalogues go through it.
var Formats = []Format{
	{Name: "csv", MediaType: "text/csv; charset=utf-8; header=present", Extension: ".csv", Write: writeCSV},
	{Name: "json", MediaType: "application/json", Extension: ".json", Write: writeJSON},
}

// ByName finds a format.
func ByName(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
