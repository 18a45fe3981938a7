package importer

import (
	"encoding/binary"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Records of a workbook of Excel 97 to 2003 (BIFF8, documented by Microsoft as
// MS-XLS): a type, a length, so many bytes. Only those that hold cells are read.
const (
	recordFormula  = 0x0006
	recordEOF      = 0x000a
	recordDateMode = 0x0022
	recordFilePass = 0x002f
	recordContinue = 0x003c
	recordSheet    = 0x0085
	recordMulRK    = 0x00bd
	recordXF       = 0x00e0
	recordSST      = 0x00fc
	recordLabelSST = 0x00fd
	recordNumber   = 0x0203
	recordLabel    = 0x0204
	recordBool     = 0x0205
	recordString   = 0x0207
	recordRK       = 0x027e
	recordFormat   = 0x041e
	recordBOF      = 0x0809
)

// xlsBook is what a workbook says before its sheets.
type xlsBook struct {
	stream   []byte
	sheets   []xlsSheet
	texts    []string
	formats  map[int]string // own formats of numbers
	cells    []int          // format of each style of cells
	from1904 bool           // days are counted from 1904
}

type xlsSheet struct {
	name string
	at   int
}

// record is one of the stream; next is where the one after it begins.
type record struct {
	kind int
	data []byte
	next int
}

// recordAt reads a record; one that goes beyond the end is an error.
func (b *xlsBook) recordAt(at int) (record, error) {
	if at < 0 || at+4 > len(b.stream) {
		return record{}, io.ErrUnexpectedEOF
	}
	kind, size := int(u16(b.stream[at:])), int(u16(b.stream[at+2:]))
	if at+4+size > len(b.stream) {
		return record{}, io.ErrUnexpectedEOF
	}
	return record{kind, b.stream[at+4 : at+4+size], at + 4 + size}, nil
}

func openXLS(stream []byte) (*xlsBook, error) {
	b := &xlsBook{stream: stream, formats: map[int]string{}}
	for at := 0; ; {
		r, err := b.recordAt(at)
		if err != nil {
			return nil, err
		}
		if at == 0 && (r.kind != recordBOF || len(r.data) < 4 || u16(r.data) != 0x0600) {
			return nil, errNoWorkbook
		}
		at = r.next
		switch {
		case r.kind == recordEOF:
			return b, nil
		case r.kind == recordFilePass:
			return nil, errCiphered
		case r.kind == recordSheet && len(r.data) > 8 && r.data[5] == 0: // a sheet of cells, not a chart
			name, _ := shortText(r.data[6:])
			b.sheets = append(b.sheets, xlsSheet{name, int(binary.LittleEndian.Uint32(r.data))})
		case r.kind == recordDateMode && len(r.data) >= 2:
			b.from1904 = u16(r.data) == 1
		case r.kind == recordFormat && len(r.data) > 4:
			format, _ := longText(r.data[2:])
			b.formats[int(u16(r.data))] = format
		case r.kind == recordXF && len(r.data) >= 4:
			b.cells = append(b.cells, int(u16(r.data[2:])))
		case r.kind == recordSST:
			parts := [][]byte{r.data}
			for {
				more, err := b.recordAt(at)
				if err != nil || more.kind != recordContinue {
					break
				}
				parts, at = append(parts, more.data), more.next
			}
			if b.texts, err = sharedTexts(parts); err != nil {
				return nil, err
			}
		}
	}
}

func (b *xlsBook) names() []string {
	out := make([]string, len(b.sheets))
	for i, s := range b.sheets {
		out[i] = s.name
	}
	return out
}

// xlsRow is the row that is being collected.
type xlsRow struct {
	number int // from 0; -1 before the first
	cells  []string
}

// lastColumn is the last one that such a sheet can have.
const lastColumn = 255

// readSheet gives the rows of a sheet to the collector.
func (b *xlsBook) readSheet(c *collector, sheet int) error {
	row := xlsRow{number: -1}
	waiting := -1 // column of a formula whose text comes in the next record
	for at := b.sheets[sheet].at; ; {
		r, err := b.recordAt(at)
		if err != nil {
			return err
		}
		at = r.next
		if r.kind == recordEOF {
			return row.give(c)
		}
		if r.kind == recordString && waiting >= 0 {
			text, _ := longText(r.data)
			row.set(waiting, text)
		}
		waiting = -1
		if !isCell(r.kind) || len(r.data) < 6 {
			continue
		}
		if err := row.turn(c, int(u16(r.data))); err != nil {
			return err
		}
		waiting = b.take(&row, r)
	}
}

func isCell(kind int) bool {
	switch kind {
	case recordFormula, recordMulRK, recordLabelSST, recordNumber, recordLabel, recordBool, recordRK:
		return true
	}
	return false
}

// take puts the cells of a record into the row. It gives the column of a
// formula whose result is a text, which follows in a record of its own.
func (b *xlsBook) take(row *xlsRow, r record) (waiting int) {
	column, style, d := int(u16(r.data[2:])), int(u16(r.data[4:])), r.data
	switch {
	case r.kind == recordLabelSST && len(d) >= 10:
		if i := int(binary.LittleEndian.Uint32(d[6:])); i < len(b.texts) {
			row.set(column, b.texts[i])
		}
	case r.kind == recordLabel && len(d) >= 9:
		text, _ := longText(d[6:])
		row.set(column, text)
	case r.kind == recordNumber && len(d) >= 14:
		row.set(column, b.number(math.Float64frombits(binary.LittleEndian.Uint64(d[6:])), style))
	case r.kind == recordRK && len(d) >= 10:
		row.set(column, b.number(rk(binary.LittleEndian.Uint32(d[6:])), style))
	case r.kind == recordBool && len(d) >= 8 && d[7] == 0:
		row.set(column, strconv.Itoa(int(d[6])))
	case r.kind == recordMulRK:
		for i := 4; i+6 <= len(d)-2; i += 6 {
			row.set(column+(i-4)/6, b.number(rk(binary.LittleEndian.Uint32(d[i+2:])), int(u16(d[i:]))))
		}
	case r.kind == recordFormula && len(d) >= 14:
		if d[12] != 0xff || d[13] != 0xff {
			row.set(column, b.number(math.Float64frombits(binary.LittleEndian.Uint64(d[6:])), style))
		} else if d[6] == 0 {
			return column
		}
	}
	return -1
}

// turn begins another row, of a higher number.
func (r *xlsRow) turn(c *collector, number int) error {
	switch {
	case number == r.number:
		return nil
	case number < r.number:
		return errNoWorkbook
	}
	err := r.give(c)
	r.number, r.cells = number, r.cells[:0]
	return err
}

func (r *xlsRow) give(c *collector) error {
	if r.number < 0 {
		return nil
	}
	return c.addCells(r.number+1, r.cells)
}

func (r *xlsRow) set(column int, text string) {
	if column > lastColumn {
		return
	}
	for len(r.cells) <= column {
		r.cells = append(r.cells, "")
	}
	r.cells[column] = text
}

// rk is a number in four bytes: a short float or an integer, perhaps of
// hundredths.
func rk(v uint32) float64 {
	n := float64(int32(v) >> 2)
	if v&2 == 0 {
		n = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		n /= 100
	}
	return n
}

// number writes a number in full, a date as a day.
func (b *xlsBook) number(n float64, style int) string {
	if style < len(b.cells) && b.isDate(b.cells[style]) && n > 1 && n < 200_000 {
		if day, err := excelize.ExcelDateToTime(n, b.from1904); err == nil {
			return day.Format("2006-01-02")
		}
	}
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return ""
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// isDate says whether a format shows a number as a day: one of those built in,
// or one with a sign of the day or the year outside quotes and brackets.
func (b *xlsBook) isDate(format int) bool {
	if format >= 14 && format <= 17 || format == 22 {
		return true
	}
	quoted := false
	for _, part := range strings.FieldsFunc(b.formats[format], func(r rune) bool {
		if r == '"' || r == '[' || r == ']' {
			quoted = r == '[' || r == '"' && !quoted
			return true
		}
		return quoted
	}) {
		if strings.ContainsAny(part, "yYdD") {
			return true
		}
	}
	return false
}

func u16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }
