package export

import (
	"encoding/csv"
	"io"
	"strings"
)

// writeCSV writes what Czech Excel opens without a question: UTF-8 with a byte
// order mark and semicolons (9.6).
func writeCSV(w io.Writer, t Table) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	cw := csv.NewWriter(w)
	cw.Comma = ';'
	cw.UseCRLF = true
	head := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		head[i] = Inert(c.Label)
	}
	if err := cw.Write(head); err != nil {
		return err
	}
	cells := make([]string, len(t.Columns))
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		for i, cell := range row {
			cells[i] = Inert(cell)
		}
		if err := cw.Write(cells); err != nil {
			return err
		}
	}
	cw.Flush()
	return cw.Error()
}

// Inert makes a text that a spreadsheet would run as a formula a plain text, by
// an apostrophe before it. Numbers with a sign stay numbers.
func Inert(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return cell
	}
	if (cell[0] == '-' || cell[0] == '+') && isNumber(cell[1:]) {
		return cell
	}
	return "'" + cell
}

func isNumber(s string) bool {
	digits := false
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits = true
		case r != '.' && r != ',':
			return false
		}
	}
	return digits
}
