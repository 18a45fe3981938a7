package importer

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// readXLSX reads the first sheet of a workbook whose columns a source knows, or
// else the one with the most rows: sheets of explanations stand beside the list.
// Numbers come as they are stored and not as they are shown, dates as
// 2017-09-01.
func (l limits) readXLSX(name string, data []byte) (t *Table, err error) {
	defer func() { // the library does not expect every nonsense, such as a shared text with the number -1
		if p := recover(); p != nil {
			t, err = nil, fileError(ErrorBroken, fmt.Errorf("workbook: %v", p), "file", fileName(name))
		}
	}()
	if err := l.checkParts(name, data); err != nil {
		return nil, err
	}
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: l.bytes, UnzipXMLSizeLimit: min(l.bytes, 16<<20), RawCellValue: true,
	})
	if err != nil {
		return nil, l.xlsxError(name, err)
	}
	defer book.Close()
	var best *collector
	sheet := ""
	for _, s := range book.GetSheetList() {
		c := &collector{limit: l, name: name}
		if err := c.readSheet(book, s); err != nil {
			return nil, err
		}
		if t, err := c.table(FormatXLSX); err == nil {
			if _, unknown := Recognise(t); unknown == nil {
				t.Sheet = s
				return t, nil
			}
		}
		if best == nil || len(c.rows) > len(best.rows) {
			best, sheet = c, s
		}
	}
	if best == nil {
		return nil, fileError(ErrorEmpty, nil, "file", fileName(name))
	}
	t, err = best.table(FormatXLSX)
	if err != nil {
		return nil, err
	}
	t.Sheet = sheet
	return t, nil
}

func (l limits) xlsxError(name string, err error) error {
	if strings.Contains(err.Error(), "unzip size exceeds") {
		return fileError(ErrorTooLarge, err, "file", fileName(name), "limit", l.bytes>>20)
	}
	if errors.Is(err, excelize.ErrWorkbookFileFormat) {
		return fileError(ErrorFormat, err, "file", fileName(name))
	}
	return fileError(ErrorBroken, err, "file", fileName(name))
}

// readSheet walks a sheet twice at once: for what is stored and for what is
// shown, because only the latter tells a date from a number.
func (c *collector) readSheet(book *excelize.File, sheet string) error {
	stored, err := book.Rows(sheet)
	if err != nil {
		return fileError(ErrorBroken, err, "file", fileName(c.name))
	}
	defer stored.Close()
	shown, err := book.Rows(sheet)
	if err != nil {
		return fileError(ErrorBroken, err, "file", fileName(c.name))
	}
	defer shown.Close()
	for number := 1; stored.Next() && shown.Next(); number++ {
		cells, err := stored.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return fileError(ErrorBroken, err, "file", fileName(c.name))
		}
		looks, err := shown.Columns(excelize.Options{RawCellValue: false})
		if err != nil {
			return fileError(ErrorBroken, err, "file", fileName(c.name))
		}
		for i := range cells {
			if i < len(looks) {
				cells[i] = sheetCell(cells[i], looks[i])
			}
		}
		if err := c.add(number, cells); err != nil {
			return err
		}
	}
	return stored.Error()
}

// looksLikeDate matches what Excel shows for a date in any of its formats.
var looksLikeDate = regexp.MustCompile(`^\d{1,4}([./-]|\. )\d{1,2}([./-]|\. )\d{2,4}( .*)?$|^\d{1,2}[- ]\pL+[- ]\d{2,4}`)

// sheetCell is a cell by what is stored and shown: a date as a day, a number
// written out in full, anything else as stored.
func sheetCell(stored, shown string) string {
	n, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return stored
	}
	if stored != shown && looksLikeDate.MatchString(shown) && n > 1 && n < 200_000 {
		if day, err := excelize.ExcelDateToTime(n, false); err == nil {
			return day.Format("2006-01-02")
		}
	}
	if strings.ContainsAny(stored, "eE") || len(stored) > 15 && strings.Contains(stored, ".") {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return stored
}
