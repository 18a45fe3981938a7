package importer

import (
	"errors"
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"
)

// signXLS is what a file of Excel 97 to 2003 begins with.
const signXLS = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// oldWorkbookBytes is how large such a file may be: 65 536 rows of each sheet
// have room in a fraction of it.
const oldWorkbookBytes = 128 << 20

var (
	errNoWorkbook = errors.New("no workbook of Excel 97 to 2003 in it")
	errCiphered   = errors.New("the workbook is protected by a password")
)

// readXLS reads a sheet of a workbook of Excel 97 to 2003, chosen as in a newer
// one, with numbers and dates as there.
func (l limits) readXLS(from *content) (t *Table, err error) {
	defer func() { // the container may lie about itself in more ways than its reader expects
		if p := recover(); p != nil {
			t, err = nil, fileError(ErrorBroken, fmt.Errorf("workbook: %v", p), "file", fileName(from.name))
		}
	}()
	file, _, err := from.whole(oldWorkbookBytes)
	if err != nil {
		return nil, from.refused(err)
	}
	stream, err := workbookStream(file)
	if err == nil {
		var book *xlsBook
		if book, err = openXLS(stream); err == nil {
			return l.bestSheet(from.name, FormatXLS, book.names(), func(c *collector, i int) error {
				if err := book.readSheet(c, i); err != nil {
					return broken(from.name, err)
				}
				return nil
			})
		}
	}
	return nil, broken(from.name, err)
}

// broken is a file that cannot be read, unless the error says more.
func broken(name string, err error) error {
	var told *FileError
	if errors.As(err, &told) {
		return told
	}
	return fileError(ErrorBroken, err, "file", fileName(name))
}

// workbookStream is the part of the container that holds the cells.
func workbookStream(file io.ReaderAt) ([]byte, error) {
	parts, err := mscfb.New(file)
	if err != nil {
		return nil, err
	}
	for part, err := parts.Next(); err == nil; part, err = parts.Next() {
		if part.Name != "Workbook" {
			continue
		}
		if part.Size > oldWorkbookBytes {
			return nil, errTooLarge
		}
		data, err := io.ReadAll(io.LimitReader(part, oldWorkbookBytes))
		if err == nil && int64(len(data)) < part.Size {
			err = io.ErrUnexpectedEOF
		}
		return data, err
	}
	return nil, errNoWorkbook
}

// bestSheet reads the first sheet whose columns a source knows, or else the one
// with the most rows: sheets of explanations stand beside the list.
func (l limits) bestSheet(file, format string, sheets []string, read func(c *collector, sheet int) error) (*Table, error) {
	best, sheet := l.collector(file), ""
	for i, name := range sheets {
		c := l.collector(file)
		if err := read(c, i); err != nil {
			return nil, err
		}
		if t, err := c.table(format); err == nil {
			if _, unknown := Recognise(t); unknown == nil {
				t.Sheet = name
				return t, nil
			}
		}
		if c.rows.rows > best.rows.rows {
			best, c, sheet = c, best, name
		}
		c.rows.Close() // nobody reads it
	}
	t, err := best.table(format)
	if err != nil {
		return nil, err
	}
	t.Sheet = sheet
	return t, nil
}
