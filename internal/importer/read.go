package importer

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"path"
	"strings"
)

// Table is what one file holds: a header and rows under it, cells word for
// word.
type Table struct {
	File      string
	Format    string // FormatCSV, …
	Sheet     string // of a workbook
	Encoding  string // of a text file: EncodingUTF8, …
	Delimiter string // of a text file: ";"
	Header    []string
	HeaderRow int // where it stands in the file, counted from 1; 0 in JSON
	rows      []Row
}

// Row is one row of data. Number is where a person finds it: the line of a
// text file, the row of a sheet, the place in the list of a JSON file, each
// counted from 1. A row has at most as many cells as the header.
type Row struct {
	Number int
	Cells  []string
}

// Formats of files.
const (
	FormatCSV  = "csv"
	FormatXLSX = "xlsx"
	FormatJSON = "json"
)

// Keys of what makes a file unreadable. Each has a message for people.
const (
	ErrorTooLarge    = "import.error.too_large"    // {limit} MB, unpacked
	ErrorTooManyRows = "import.error.too_many"     // {limit} rows
	ErrorManyColumns = "import.error.columns"      // more than {limit} columns
	ErrorEmpty       = "import.error.empty"        // nothing in it
	ErrorFormat      = "import.error.format"       // {file} is of no known format
	ErrorBroken      = "import.error.broken"       // {file} cannot be unpacked or parsed
	ErrorQuotes      = "import.error.quotes"       // a quote opened at {row} is never closed
	ErrorNoHeader    = "import.error.no_header"    // no row with names of columns
	ErrorLayout      = "import.error.layout"       // no source knows {columns}
	ErrorMapping     = "import.error.mapping"      // a mapping is not of the columns of {file}, as of {column}
	ErrorStale       = "import.error.stale"        // the plan was made for another database
	ErrorNothing     = "import.error.nothing_read" // a header and no rows
)

// FileError is a file refused as a whole: a message key with its arguments,
// and the cause where there is one.
type FileError struct {
	Key  string
	Args map[string]any
	Err  error
}

func (e *FileError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s %v: %v", e.Key, e.Args, e.Err)
	}
	return fmt.Sprintf("%s %v", e.Key, e.Args)
}

func (e *FileError) Unwrap() error { return e.Err }

func fileError(key string, err error, args ...any) *FileError {
	m := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		m[fmt.Sprint(args[i])] = args[i+1]
	}
	return &FileError{key, m, err}
}

// limits of what is read, so that a small file cannot fill the memory.
type limits struct {
	bytes   int64 // unpacked, and of all cells together
	rows    int
	columns int
}

// fileLimits are far above any list of projects: the largest known has 232 000
// rows and 60 MB.
var fileLimits = limits{bytes: 200 << 20, rows: 1_000_000, columns: 2000}

// ReadTable reads a file of rows: CSV (of any delimiter; UTF-8, UTF-16 or a
// code page), an Excel workbook, or JSON with a list of records,
// each also packed by gzip. What it is, its content says and not its name. The
// error is a *FileError.
func ReadTable(name string, data []byte) (*Table, error) { return fileLimits.read(name, data) }

func (l limits) read(name string, data []byte) (*Table, error) {
	data, err := l.unpack(name, data)
	if err != nil {
		return nil, err
	}
	var t *Table
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		t, err = l.readXLSX(name, data)
	} else if t, err = l.readText(name, data); err != nil && strings.EqualFold(path.Ext(fileName(name)), ".xlsx") {
		return nil, fileError(ErrorBroken, err, "file", fileName(name)) // neither a workbook nor a list called one
	}
	if err != nil {
		return nil, err
	}
	t.File = fileName(name)
	if len(t.rows) == 0 {
		return nil, fileError(ErrorNothing, nil, "file", t.File)
	}
	return t, nil
}

// readText reads JSON or rows of cells, in whatever encoding they are.
func (l limits) readText(name string, data []byte) (*Table, error) {
	text, encoding, err := decodeText(data)
	if err != nil {
		return nil, fileError(ErrorFormat, err, "file", fileName(name))
	}
	body := bytes.TrimLeft(text, " \t\r\n")
	if len(body) == 0 {
		return nil, fileError(ErrorEmpty, nil, "file", fileName(name))
	}
	var t *Table
	if body[0] == '{' || body[0] == '[' {
		t, err = l.readJSON(name, body)
	} else {
		t, err = l.readCSV(name, text)
	}
	if err != nil {
		return nil, err
	}
	t.Encoding = encoding
	return t, nil
}

// fileName is the name without folders, fit to be shown and stored.
func fileName(name string) string { return clean(path.Base(strings.ReplaceAll(name, `\`, "/"))) }

// unpack undoes gzip and refuses what is too large.
func (l limits) unpack(name string, data []byte) ([]byte, error) {
	tooLarge := fileError(ErrorTooLarge, nil, "file", fileName(name), "limit", l.bytes>>20)
	if int64(len(data)) > l.bytes {
		return nil, tooLarge
	}
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fileError(ErrorBroken, err, "file", fileName(name))
	}
	out, err := io.ReadAll(io.LimitReader(z, l.bytes+1))
	switch {
	case int64(len(out)) > l.bytes:
		return nil, tooLarge
	case err != nil:
		return nil, fileError(ErrorBroken, err, "file", fileName(name))
	}
	return out, nil
}

// collector gathers rows within limits.
type collector struct {
	limit limits
	name  string
	rows  []Row
	used  int64
}

// add takes one row of the file, without blanks at its end; a blank one is left
// out.
func (c *collector) add(number int, cells []string) error {
	cells = cells[:filled(cells)]
	for _, s := range cells {
		c.used += int64(len(s))
	}
	switch {
	case len(cells) == 0:
		return nil
	case len(cells) > c.limit.columns:
		return fileError(ErrorManyColumns, nil, "file", fileName(c.name), "limit", c.limit.columns)
	case len(c.rows) == c.limit.rows:
		return fileError(ErrorTooManyRows, nil, "file", fileName(c.name), "limit", c.limit.rows)
	case c.used > c.limit.bytes:
		return fileError(ErrorTooLarge, nil, "file", fileName(c.name), "limit", c.limit.bytes>>20)
	}
	c.rows = append(c.rows, Row{number, cells})
	return nil
}
