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

// headRows is how many rows are looked at to find the header.
const headRows = 2 * headerRows

// table finds the header among the rows and makes the rest the data.
func (c *collector) table(format string) (*Table, error) {
	if err := c.done(); err != nil {
		return nil, err
	}
	head, err := c.head()
	if err != nil {
		return nil, err
	}
	if len(head) == 0 {
		return nil, fileError(ErrorEmpty, nil, "file", fileName(c.name))
	}
	at := headerAt(head)
	if at < 0 {
		return nil, fileError(ErrorNoHeader, nil, "file", fileName(c.name))
	}
	names, last := headerNames(head, at)
	width := max(c.width, len(names))
	for _, r := range head[last+1:] {
		width = max(width, len(r.Cells))
	}
	return newTable(format, columnNames(names, width), head[at].Number, c.rows, last+1), nil
}

// headerNames gives the names of columns, and the last row of the header. Where
// cells of the row are merged over several columns, the names of these stand in
// the next row, or the row is the lower one and the merged cells are above it.
func headerNames(rows []Row, at int) ([]string, int) {
	if at+1 < len(rows) && isLowerHeader(rows[at].Cells, rows[at+1], rows[at+2:]) {
		return joinHeaders(rows[at].Cells, rows[at+1].Cells), at + 1
	}
	if at > 0 && rows[at-1].Number+1 == rows[at].Number && isUpperHeader(rows[at-1].Cells, rows[at].Cells) {
		return joinHeaders(rows[at-1].Cells, rows[at].Cells), at
	}
	return rows[at].Cells, at
}

// longestName is how long a name of a column is at most; longer texts are data.
const longestName = 80

// isLowerHeader says whether a row continues the header above it: it names
// columns that have no name there, all in short texts, under which there are
// numbers or dates.
func isLowerHeader(upper []string, lower Row, data []Row) bool {
	named := false
	for i, s := range lower.Cells {
		if len([]rune(s)) > longestName {
			return false
		}
		named = named || strings.TrimSpace(s) != "" && cellAt(upper, i) == ""
	}
	if !named || !onlyTexts(lower.Cells) || len(data) == 0 {
		return false
	}
	for _, r := range data[:min(len(data), 5)] {
		for i, s := range r.Cells {
			if cellAt(lower.Cells, i) != "" && strings.ContainsFunc(s, unicode.IsDigit) && !strings.ContainsFunc(s, unicode.IsLetter) {
				return true
			}
		}
	}
	return false
}

// isUpperHeader says whether a row names groups of the columns below it: at
// least two texts, not over every column, and over none that has no name.
func isUpperHeader(upper, lower []string) bool {
	if n := count(upper); n < 2 || n >= count(lower) || !onlyTexts(upper) {
		return false
	}
	for i, s := range upper {
		if strings.TrimSpace(s) != "" && cellAt(lower, i) == "" || len([]rune(s)) > longestName {
			return false
		}
	}
	return true
}

// joinHeaders puts the name of a group before each of its columns. A group ends
// where the next begins, and where a column has its name above alone.
func joinHeaders(upper, lower []string) []string {
	out := make([]string, max(len(upper), len(lower)))
	group := ""
	for i := range out {
		if s := cellAt(upper, i); s != "" {
			group = s
		}
		if out[i] = cellAt(lower, i); out[i] == "" {
			out[i] = cellAt(upper, i)
			group = ""
		} else if group != "" {
			out[i] = group + " " + out[i]
		}
	}
	return out
}

func cellAt(cells []string, i int) string {
	if i < len(cells) {
		return clean(cells[i])
	}
	return ""
}

// headerAt is the first row that can name the columns: at least two texts, in
// most of the columns that the table has. Titles above it stand in one cell or
// few. -1 when there is none.
func headerAt(rows []Row) int {
	widths := make([]int, 0, headerRows)
	for _, r := range rows[:min(len(rows), headRows)] {
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
