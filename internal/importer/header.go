package importer

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// headerRows is how far down the header of a table is looked for, under titles
// and notes.
const headerRows = 30

// table finds the header among the rows and makes the rest the data.
func (c *collector) table(format string) (*Table, error) {
	if len(c.rows) == 0 {
		return nil, fileError(ErrorEmpty, nil, "file", fileName(c.name))
	}
	at := headerAt(c.rows)
	if at < 0 {
		return nil, fileError(ErrorNoHeader, nil, "file", fileName(c.name))
	}
	t := &Table{Format: format, HeaderRow: c.rows[at].Number, Rows: c.rows[at+1:]}
	width := len(c.rows[at].Cells)
	for _, r := range t.Rows {
		width = max(width, len(r.Cells))
	}
	t.Header = columnNames(c.rows[at].Cells, width)
	return t, nil
}

// headerAt is the first row that can name the columns: at least two texts, in
// most of the columns that the table has. Titles above it stand in one cell or
// few. -1 when there is none.
func headerAt(rows []Row) int {
	widths := make([]int, 0, headerRows)
	for _, r := range rows[:min(len(rows), 2*headerRows)] {
		widths = append(widths, count(r.Cells))
	}
	slices.Sort(widths)
	usual := widths[len(widths)/2]
	for i, r := range rows[:min(len(rows), headerRows)] {
		if n := count(r.Cells); n >= 2 && n*5 >= usual*3 && onlyTexts(r.Cells) {
			return i
		}
	}
	return -1
}

func count(cells []string) int {
	n := 0
	for _, s := range cells {
		if strings.TrimSpace(s) != "" {
			n++
		}
	}
	return n
}

// filled is how many cells there are up to the last that says something.
func filled(cells []string) int {
	for i, s := range slices.Backward(cells) {
		if strings.TrimSpace(s) != "" {
			return i + 1
		}
	}
	return 0
}

// onlyTexts says whether every cell that is filled has a letter: numbers and
// dates are data.
func onlyTexts(cells []string) bool {
	for _, s := range cells {
		if strings.TrimSpace(s) != "" && !strings.ContainsFunc(s, unicode.IsLetter) {
			return false
		}
	}
	return true
}

// columnNames gives each column a name of its own: nameless ones are called
// "#3", repeated ones "Název (2)".
func columnNames(cells []string, width int) []string {
	names := make([]string, width)
	seen := map[string]bool{}
	for i := range names {
		name := "#" + strconv.Itoa(i+1)
		if i < len(cells) && clean(cells[i]) != "" {
			name = strings.Join(strings.Fields(clean(cells[i])), " ")
		}
		unique := name
		for n := 2; seen[unique]; n++ {
			unique = name + " (" + strconv.Itoa(n) + ")"
		}
		seen[unique] = true
		names[i] = unique
	}
	return names
}

// clean makes a cell fit to be stored: valid text without control characters,
// with plain spaces and line ends, without blanks around.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\r':
			return '\n'
		case r == '\u200b' || r == '\ufeff' || r == '\u00ad':
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}
