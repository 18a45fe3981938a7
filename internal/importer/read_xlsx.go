package importer

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// readXLSX reads the first sheet of a workbook whose columns a source knows, or
// else the one with the most rows: sheets of explanations stand beside the list.
// Numbers come as they are stored and not as they are shown, dates as
// 2017-09-01.
func (l limits) readXLSX(from *content) (t *Table, err error) {
	defer func() { // the library does not expect every nonsense, such as a shared text with the number -1
		if p := recover(); p != nil {
			t, err = nil, fileError(ErrorBroken, fmt.Errorf("workbook: %v", p), "file", fileName(from.name))
		}
	}()
	file, size, err := from.whole(workbookBytes)
	if err == nil {
		err = checkParts(file, size, l.bytes)
	}
	if err != nil {
		return nil, from.refused(err)
	}
	book, err := excelize.OpenReader(io.NewSectionReader(file, 0, size), excelize.Options{
		UnzipSizeLimit: l.bytes, UnzipXMLSizeLimit: min(l.bytes, workbookPart), RawCellValue: true, TmpDir: l.folder,
	})
	if err != nil {
		return nil, l.xlsxError(from.name, err)
	}
	defer book.Close()
	sheets := book.GetSheetList()
	return l.bestSheet(from.name, FormatXLSX, sheets, func(c *collector, i int) error { return c.readSheet(book, sheets[i]) })
}

// Of a workbook, the file itself and its small parts are held in memory; larger
// sheets and tables of strings are unpacked into temporary files.
const (
	workbookBytes = 256 << 20 // of the file
	workbookPart  = 16 << 20  // of a sheet or the strings in memory
	workbookHeld  = 256 << 20 // of all that is in memory, unpacked
)

func (l limits) xlsxError(name string, err error) error {
	if strings.Contains(err.Error(), "unzip size exceeds") {
		return l.tooLarge(name)
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
		if err := c.addCells(number, cells); err != nil {
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
