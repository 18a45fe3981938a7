package form

import (
	"fmt"
	"strconv"
	"strings"

	"atlas/internal/web/typed"
)

// Groups are the groups of a form whose rows are added and dropped, each with
// the first field of its row. Rows inside rows are "indicators.measurements".
type Groups map[string]string

// Change does what the buttons that add and drop a row ask for; done says that
// one of them was pressed, so that the form is to be shown again and nothing is
// written. focus is the field in which the person goes on, "" where there is
// none.
func (g Groups) Change(f *typed.Form) (focus string, done bool) {
	action := f.Get(FieldAction)
	if group, ok := strings.CutPrefix(action, actionAdd); ok {
		if first := g[plain(group)]; first != "" {
			f.AddRow(group)
			rows := f.Rows(group)
			focus = rows[len(rows)-1].Prefix + first
		}
		return focus, true
	}
	if row, ok := strings.CutPrefix(action, actionDrop); ok {
		group, isRow := groupOf(row)
		if first := g[plain(group)]; first != "" && isRow {
			f.DropRow(row)
			if rows := f.Rows(group); len(rows) > 0 {
				focus = rows[0].Prefix + first
			}
		}
		return focus, true
	}
	return "", false
}

// groupOf is the group of a row "indicators.0.measurements.2".
func groupOf(row string) (group string, ok bool) {
	at := strings.LastIndexByte(row, '.')
	if at < 0 {
		return "", false
	}
	_, err := strconv.Atoi(row[at+1:])
	return row[:at], err == nil
}

// Row is the beginning of the names of a row's fields: "sources.2.".
func Row(group string, i int) string { return fmt.Sprintf("%s.%d.", group, i) }

// Group is the head of a group of rows: its name and what is wrong with it as a
// whole, "nowhere".
func (s Sheet) Group(name string) Control { return s.control("rows", name) }

// Button adds or drops a row.
type Button struct{ Name, Label, Said string }

// Add is the button that opens one more row.
func (s Sheet) Add(group string) Button {
	return Button{Name: group, Label: s.words.T(s.lang, s.area+".add."+plain(group))}
}

// Drop is the button that takes a row away.
func (s Sheet) Drop(r typed.Row) Button {
	return Button{
		Name: strings.TrimSuffix(r.Prefix, "."), Label: s.words.T(s.lang, "form.drop"),
		Said: s.words.T(s.lang, "form.drop_row", "group", s.label(r.Group), "number", r.Index+1),
	}
}
