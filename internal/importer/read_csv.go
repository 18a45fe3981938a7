package importer

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// longestCell is beyond any real cell; one that is longer swallowed the rest
// of the file through a quote that was never closed.
const longestCell = 1 << 20

// regularRows is how many rows have to have as many cells as each other for a
// shorter last one to look cut.
const regularRows = 3

func (l limits) readCSV(name string, text []byte) (*Table, error) {
	c := collector{limit: l, name: name}
	comma := delimiter(text)
	r := newCSV(text, comma)
	width, alike, cut := 0, 0, false
	for {
		from := r.InputOffset()
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
		if r.InputOffset() == int64(len(text)) {
			if cutInQuotes(text[from:], comma, cells) {
				return nil, fileError(ErrorQuotes, nil, "file", fileName(name), "row", line)
			}
			cut = alike >= regularRows && len(cells) < width && !bytes.HasSuffix(text, []byte("\n"))
		}
		if alike++; len(cells) != width {
			width, alike = len(cells), 1
		}
		if err := c.add(line, cells); err != nil {
			return nil, err
		}
	}
	t, err := c.table(FormatCSV)
	if err != nil {
		return nil, err
	}
	t.Delimiter, t.Cut = string(comma), cut
	return t, nil
}

func newCSV(text []byte, comma rune) *csv.Reader {
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, true
	return r
}

// cutInQuotes says whether the last row ends within quotes, as in a file that
// was cut: then a quote after it ends its last cell and changes nothing in it.
func cutInQuotes(row []byte, comma rune, cells []string) bool {
	row = bytes.TrimRight(row, "\r\n")
	again, err := newCSV([]byte(string(row)+"\""+string(comma)+"x"), comma).Read()
	last := len(cells) - 1
	return err == nil && len(again) == len(cells)+1 && again[last+1] == "x" && again[last] == strings.TrimRight(cells[last], "\r\n")
}

func csvError(name string, err error) error {
	var at *csv.ParseError
	if errors.As(err, &at) {
		return fileError(ErrorQuotes, err, "file", fileName(name), "row", at.StartLine)
	}
	return fileError(ErrorBroken, err, "file", fileName(name))
}

// delimiter is the sign that gives the most of the first rows the same number
// of cells; among equals the one that gives more cells. Signs that hardly
// anybody uses count only where they are far more regular.
func delimiter(text []byte) rune {
	head := text
	if len(head) > 64<<10 {
		head = head[:64<<10]
		if end := bytes.LastIndexByte(head, '\n'); end >= 0 { // a row longer than that shows its sign too
			head = head[:end+1]
		}
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
