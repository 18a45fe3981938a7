package importer

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// headBytes is how much of a text is looked at for its delimiter.
const headBytes = 64 << 10

func (l limits) readCSV(from *content, text *bufio.Reader) (*Table, error) {
	c := l.collector(from.name)
	head := bufio.NewReaderSize(text, headBytes+1)
	beginning, err := head.Peek(headBytes + 1)
	if err != nil && err != io.EOF {
		return nil, from.refused(err)
	}
	comma := delimiter(beginning)
	rows := newCSVScanner(head, comma, l.columns)
	for {
		err := rows.next()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = c.add(rows.number, rows.text, rows.ends)
		}
		if err != nil {
			return nil, from.csvError(err, rows.number)
		}
	}
	t, err := c.table(FormatCSV)
	if err != nil {
		return nil, err
	}
	t.Delimiter = string(comma)
	return t, nil
}

func (c *content) csvError(err error, row int) error {
	switch {
	case errors.Is(err, errLongCell):
		return fileError(ErrorQuotes, err, "file", fileName(c.name), "row", row)
	case errors.Is(err, errManyColumns):
		return fileError(ErrorManyColumns, nil, "file", fileName(c.name), "limit", c.limits.columns)
	}
	return c.refused(err)
}

func newCSV(text []byte, comma rune) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	return r
}

// delimiter is the sign that gives the most of the first rows the same number
// of cells; among equals the one that gives more cells. Signs that hardly
// anybody uses count only where they are far more regular. Of a text longer than
// headBytes its beginning is enough.
func delimiter(head []byte) rune {
	if len(head) > headBytes {
		head = head[:headBytes]
		head = head[:bytes.LastIndexByte(head, '\n')+1]
	}
	best, most := mostRegular(head, ",;\t|")
	if rare, n := mostRegular(head, "^~¦\x1f:#"); n > 2*most {
		best = rare
	}
	return best
}

func mostRegular(head []byte, signs string) (best rune, most int) {
	best = ','
	for _, comma := range signs {
		if n := regularity(head, comma); n > most {
			best, most = comma, n
		}
	}
	return best, most
}

// regularity is how many of the first rows have the commonest number of cells,
// if it is more than one, weighed above that number. Where all rows have it, the
// header included, that weighs most, and then the number of cells: lines of
// texts may agree by chance in a few cells of another sign.
func regularity(head []byte, comma rune) int {
	r := newCSV(head, comma)
	counts := map[int]int{}
	for range regularRows {
		cells, err := r.Read()
		if err != nil {
			break
		}
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			counts[len(cells)]++
		}
	}
	best := 0
	for cells, rows := range counts {
		switch {
		case cells == 1:
		case len(counts) == 1 && rows > 1:
			best = (regularRows+cells)*10_000 + rows
		default:
			best = max(best, rows*10_000+cells)
		}
	}
	return best
}

// regularRows is how many of the first rows are looked at for the delimiter.
const regularRows = 50
