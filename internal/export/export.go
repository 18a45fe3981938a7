// Package export writes our data in the formats of other people's trades: one
// file per format, all fed by the same columns and rows.
package export

import (
	"io"
	"iter"
)

// Kind says what the cells of a column are, for formats that have types of their
// own. A cell that is not of the kind of its column, such as a date of which only
// the year is known, is written as a text.
type Kind uint8

// The kinds of columns; a column is text unless it says otherwise.
const (
	KindText    Kind = iota
	KindCode         // of a code list or a record: text, even where it is digits
	KindURL          // an address
	KindDate         // 2017-09-01; also 2017-09 and 2017
	KindMoney        // 740576.85
	KindNumber       // a count
	KindPercent      // 33.33
	KindYear         // 2017
)

// Column is one column: the key stays, the label is for people.
type Column struct {
	Key   string
	Label string
	Kind  Kind
}

// Table is what is written: the columns and the rows in their order. A row has
// as many cells as there are columns; "" is not known. Rows are drawn one at a
// time, so that memory does not grow with the table; an error ends the writing.
type Table struct {
	Columns []Column
	Rows    iter.Seq2[[]string, error]
	// About is asked for once, after the rows, by formats that have a place for
	// it; nil where there is nothing to say.
	About func() About
}

// About is what a file says of itself beside its rows, in the language of its
// reader.
type About struct {
	Sheet string // what a row is, in many: "Projekty"
	Notes string // name of the explanations
	Lines []Line // question, address, day, licence …
	// Heads of the explanation of columns, and the words of kinds.
	Column, Key, Kind string
	Kinds             map[Kind]string
	// Labels of what only the writer knows: how many rows there are, on how many
	// sheets, and how many cells were too long for the format.
	Rows, Sheets, Cut string
}

// Line is one thing that a file says of itself.
type Line struct{ Label, Text string }

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
	{Name: "xlsx", MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Extension: ".xlsx", Write: writeXLSX},
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
