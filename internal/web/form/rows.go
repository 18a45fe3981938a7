package form

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"atlas/internal/web/typed"
)

// Groups are the groups of a form whose rows are added, dropped and moved, each with
// the first field of its row. Rows inside rows are "indicators.measurements".
type Groups map[string]string

// Change does what the buttons that add, drop and move a row ask for; done says that
// one of them was pressed, so that the form is to be shown again and nothing is
// written. focus is the field in which the person goes on, or the button that moved
// a row, where the row stands now; "" where there is none.
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
	for action, by := range map[string]int{actionUp: -1, actionDown: 1} {
		row, ok := strings.CutPrefix(f.Get(FieldAction), action)
		if !ok {
			continue
		}
		if group, isRow := groupOf(row); isRow && g[plain(group)] != "" {
			if stands := f.MoveRow(row, by); stands.Prefix != "" {
				focus = stands.Prefix + strings.TrimSuffix(action, ":")
			}
		}
		return focus, true
	}
	return "", false
}

// Moved says whether a focus is a button that moved a row.
func Moved(focus string) bool {
	return strings.HasSuffix(focus, "."+strings.TrimSuffix(actionUp, ":")) || strings.HasSuffix(focus, "."+strings.TrimSuffix(actionDown, ":"))
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

// Button adds, drops or moves a row.
type Button struct {
	Name, Label, Said string
	Focus             bool // the person goes on here
}

// Moves are the buttons that move a row: none of them up in the first row, none down
// in the last.
type Moves struct{ Up, Down *Button }

// Moves are the buttons that move a row among its others. named is what the row is
// called, "" where its number says enough.
func (s Sheet) Moves(r typed.Row, named string) Moves {
	var m Moves
	rows := s.Rows(r.Group)
	i := slices.IndexFunc(rows, func(x typed.Row) bool { return x.Prefix == r.Prefix })
	button := func(key string) *Button {
		b := &Button{Name: strings.TrimSuffix(r.Prefix, "."), Label: s.words.T(s.lang, "form."+key)}
		if b.Said = s.words.T(s.lang, "form."+key+"_row", "group", s.label(r.Group), "number", i+1); named != "" {
			b.Said = s.words.T(s.lang, "form."+key+"_named", "name", named)
		}
		return b
	}
	if i > 0 {
		m.Up = button("up")
	}
	if i >= 0 && i < len(rows)-1 {
		m.Down = button("down")
	}
	// Whoever moved a row to the end goes on at its other button.
	moved, up := Moved(s.Focus) && strings.LastIndexByte(s.Focus, '.') == len(r.Prefix)-1 && strings.HasPrefix(s.Focus, r.Prefix), strings.HasSuffix(s.Focus, strings.TrimSuffix(actionUp, ":"))
	switch {
	case moved && m.Up != nil && (up || m.Down == nil):
		m.Up.Focus = true
	case moved && m.Down != nil:
		m.Down.Focus = true
	}
	return m
}

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
