package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// longestCell is beyond any real cell; one that is longer swallowed the rest
// of the file through a quote that was never closed.
const longestCell = 1 << 20

func (l limits) readCSV(name string, data []byte) (*Table, error) {
	text, err := decodeText(data)
	if err != nil {
		return nil, fileError(ErrorFormat, err, "file", fileName(name))
	}
	c := collector{limit: l, name: name}
	r := newCSV(text, delimiter(text))
	for {
		cells, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, csvError(name, err)
		}
		line, _ := r.FieldPos(0)
		for _, s := range cells {
			if len(s) > longestCell {
				return nil, fileError(ErrorQuotes, nil, "file", fileName(name), "row", line)
			}
		}
		if err := c.add(line, cells); err != nil {
			return nil, err
		}
	}
	return c.table(FormatCSV)
}

func newCSV(text []byte, comma rune) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	return r
}

func csvError(name string, err error) error {
	var at *csv.ParseError
	if errors.As(err, &at) {
		return fileError(ErrorQuotes, err, "file", fileName(name), "row", at.StartLine)
	}
	return fileError(ErrorBroken, err, "file", fileName(name))
}

// decodeText gives UTF-8. Text that is not UTF-8 and has no mark of UTF-16 is
// windows-1250, in which Czech offices export. Bytes of zero are no text.
func decodeText(data []byte) ([]byte, error) {
	var err error
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	case !utf8.Valid(data):
		data, err = charmap.Windows1250.NewDecoder().Bytes(data)
	}
	if err == nil && bytes.IndexByte(data, 0) >= 0 {
		err = errors.New("not a text")
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), err
}

// delimiter is the sign that gives the most of the first rows the same number
// of cells; among equals the one that gives more cells.
func delimiter(text []byte) rune {
	head := text
	if len(head) > 64<<10 {
		head = head[:64<<10]
		head = head[:bytes.LastIndexByte(head, '\n')+1]
	}
	best, most := ',', 0
	for _, comma := range ",;\t|" {
		if n := regularity(head, comma); n > most {
			best, most = comma, n
		}
	}
	return best
}

// regularity is how many of the first rows have the commonest number of cells,
// if it is more than one, weighed above that number.
func regularity(head []byte, comma rune) int {
	r := newCSV(head, comma)
	counts := map[int]int{}
	for range 50 {
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
		if cells > 1 {
			best = max(best, rows*10_000+cells)
		}
	}
	return best
}
