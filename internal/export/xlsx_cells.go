package export

import (
	"regexp"
	"strconv"
	"time"
	"unicode/utf8"
)

// cells writes the cells of one row into out.
type cells struct {
	out   []byte
	names []string // of columns: A, B … AA
	cut   int      // texts that were too long for a cell
}

// add writes a cell as its kind, or as text where it is not of it; nothing where
// nothing is known.
func (c *cells) add(column, row int, cell string, kind Kind) {
	switch {
	case cell == "":
		return
	case kind == KindDate:
		if serial, ok := excelDay(cell); ok {
			c.number(column, row, strconv.Itoa(serial), styleDate)
			return
		}
	case kind >= KindMoney && exactNumber(cell):
		c.number(column, row, cell, styleOf(kind, cell))
		return
	}
	c.text(column, row, cell, textStyle(cell))
}

func (c *cells) open(column, row, style int) {
	for len(c.names) <= column {
		c.names = append(c.names, columnName(len(c.names)))
	}
	c.out = append(c.out, `<c r="`...)
	c.out = append(c.out, c.names[column]...)
	c.out = strconv.AppendInt(c.out, int64(row), 10)
	c.out = append(c.out, `" s="`...)
	c.out = strconv.AppendInt(c.out, int64(style), 10)
}

// number writes digits as they are, so that no amount passes through a float
// here.
func (c *cells) number(column, row int, digits string, style int) {
	c.open(column, row, style)
	c.out = append(c.out, `"><v>`...)
	c.out = append(c.out, digits...)
	c.out = append(c.out, "</v></c>"...)
}

func (c *cells) text(column, row int, text string, style int) {
	if text == "" {
		return
	}
	c.open(column, row, style)
	c.out = append(c.out, `" t="inlineStr"><is><t xml:space="preserve">`...)
	text, cut := fit(text)
	if cut {
		c.cut++
	}
	c.out = appendText(c.out, text)
	c.out = append(c.out, "</t></is></c>"...)
}

// columnName is the name of a column counted from 0: A, B … Z, AA.
func columnName(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnName(i/26-1) + string(rune('A'+i%26))
}

// excelDay is the number of a day in a workbook; false for what is no whole day,
// and for days before March 1900, when those numbers are wrong in Excel.
func excelDay(cell string) (int, bool) {
	if len(cell) != len(time.DateOnly) {
		return 0, false
	}
	day, err := time.Parse(time.DateOnly, cell)
	if err != nil || day.Before(time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)) {
		return 0, false
	}
	return int(day.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24), true
}

// exactNumber says whether a cell is a plain decimal number that a workbook
// keeps exactly: it holds 15 digits.
func exactNumber(cell string) bool {
	if cell[0] == '-' {
		cell = cell[1:]
	}
	digits, dots := 0, 0
	for i := range len(cell) {
		switch {
		case cell[i] >= '0' && cell[i] <= '9':
			digits++
		case cell[i] == '.' && i > 0 && i < len(cell)-1:
			dots++
		default:
			return false
		}
	}
	return digits > 0 && digits <= 15 && dots <= 1 && (cell[0] != '0' || digits == 1 || cell[1] == '.')
}

// longestText is how many UTF-16 units a cell of Excel can hold.
const longestText = 32_767

// fit shortens a text that a cell cannot hold.
func fit(text string) (string, bool) {
	if len(text) <= longestText {
		return text, false
	}
	units, end := 0, 0
	for i, r := range text {
		if units < longestText {
			end = i
		}
		if units++; r > 0xffff {
			units++
		}
	}
	if units <= longestText {
		return text, false
	}
	if _, size := utf8.DecodeLastRuneInString(text[:end]); size == 4 {
		end -= size // a pair of units must leave room for the sign of the cut
	}
	return text[:end] + "…", true
}

// escapeLike matches what a workbook would read as an escaped character.
var escapeLike = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// appendText writes a text into XML. Characters that XML cannot carry are
// written the way workbooks do, _x000D_, and so is a text that only looks so.
func appendText(out []byte, s string) []byte {
	for i, r := range s {
		switch {
		case r == '&':
			out = append(out, "&amp;"...)
		case r == '<':
			out = append(out, "&lt;"...)
		case r == '>':
			out = append(out, "&gt;"...)
		case r == '_' && len(s)-i >= 7 && escapeLike.MatchString(s[i:i+7]):
			out = append(out, "_x005F_"...)
		case r < ' ' && r != '\t' && r != '\n':
			const hex = "0123456789ABCDEF"
			out = append(out, '_', 'x', '0', '0', hex[r>>4], hex[r&15], '_')
		case r == 0xfffe || r == 0xffff:
			out = utf8.AppendRune(out, utf8.RuneError)
		default:
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}
