package importer

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"strings"
)

// Formats of files.
const (
	FormatCSV  = "csv"
	FormatXLSX = "xlsx"
	FormatXLS  = "xls"
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
	ErrorNoRoom      = "import.error.no_room"      // no room in the folder for temporary files to read {file}
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

// limits of what is read, so that a small file cannot fill the memory or the
// disk.
type limits struct {
	bytes   int64 // unpacked, and of all cells together
	rows    int
	columns int
	folder  string // for temporary files; "" is that of the system
}

// fileLimits are far above any list of projects: the largest known has 232 000
// rows and 60 MB.
var fileLimits = limits{bytes: 2 << 30, rows: 2_000_000, columns: 2000}

// ReadTable reads a file of rows: CSV (of any delimiter; UTF-8, UTF-16 or a
// code page), an Excel workbook, old or new, or JSON with a list of records or a record on
// each line, each also packed by gzip. What it is, its content says and not its
// name. Memory does not grow with the file: its rows are put aside, in a
// temporary file when they are many. The error is a *FileError.
func ReadTable(name string, file io.ReaderAt, size int64) (*Table, error) {
	return fileLimits.read(name, file, size)
}

// ReadBytes reads a file that is in memory, as ReadTable does.
func ReadBytes(name string, data []byte) (*Table, error) {
	return ReadTable(name, bytes.NewReader(data), int64(len(data)))
}

func (l limits) read(name string, file io.ReaderAt, size int64) (*Table, error) {
	c, err := l.content(name, file, size)
	if err != nil {
		return nil, err
	}
	var t *Table
	if c.startsWith("PK\x03\x04") {
		t, err = l.readXLSX(c)
	} else if c.startsWith(signXLS) {
		t, err = l.readXLS(c)
	} else if t, err = l.readText(c); err != nil && strings.EqualFold(path.Ext(fileName(name)), ".xlsx") {
		return nil, fileError(ErrorBroken, err, "file", fileName(name)) // neither a workbook nor a list called one
	}
	if err != nil {
		return nil, err
	}
	t.File = fileName(name)
	if t.Len() == 0 {
		return nil, fileError(ErrorNothing, t.Close(), "file", t.File)
	}
	return t, nil
}

// readText reads JSON or rows of cells, in whatever encoding they are. The text
// is read twice: to tell its encoding, and then its rows.
func (l limits) readText(c *content) (*Table, error) {
	encoding, err := c.encoding()
	if err != nil {
		return nil, err
	}
	first, err := firstSign(encoding.reader(c.open()))
	if err != nil {
		return nil, c.refused(err)
	}
	text := encoding.reader(c.open())
	var t *Table
	switch first {
	case 0:
		return nil, fileError(ErrorEmpty, nil, "file", fileName(c.name))
	case '{', '[':
		t, err = l.readJSON(c, text)
	default:
		t, err = l.readCSV(c, text)
	}
	if err != nil {
		return nil, err
	}
	t.Encoding = encoding.name
	return t, nil
}

// firstSign is the first byte of a text that is no blank; 0 when there is none.
func firstSign(r io.ByteReader) (byte, error) {
	for {
		switch b, err := r.ReadByte(); {
		case err == io.EOF:
			return 0, nil
		case err != nil:
			return 0, err
		case b != ' ' && b != '\t' && b != '\r' && b != '\n':
			return b, nil
		}
	}
}

// fileName is the name without folders, fit to be shown and stored.
func fileName(name string) string { return clean(path.Base(strings.ReplaceAll(name, `\`, "/"))) }

func (l limits) tooLarge(name string) *FileError {
	return fileError(ErrorTooLarge, nil, "file", fileName(name), "limit", l.bytes>>20)
}
