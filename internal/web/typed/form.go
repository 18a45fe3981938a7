// Package typed reads forms of many fields: what was typed stays word for word
// beside what it means, so that a form with every field wrong comes back whole.
// Rows that repeat are named group.0.field, group.1.field…
package typed

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
)

// MaxRows is how many rows of one group are read; more is no form of ours.
const MaxRows = 200

// Form is what was typed and what is wrong with it. Reading a field that cannot
// be understood gives the unknown value and records a problem.
type Form struct {
	Values   url.Values
	Problems []atlas.Problem
}

// New takes the values over; bytes that are no text are replaced.
func New(values url.Values) *Form {
	clean := make(url.Values, len(values))
	for name, all := range values {
		for _, v := range all {
			v = strings.ReplaceAll(strings.ToValidUTF8(v, "\uFFFD"), "\x00", "")
			clean[name] = append(clean[name], strings.ReplaceAll(v, "\r\n", "\n"))
		}
	}
	return &Form{Values: clean}
}

// Get is the field as typed.
func (f *Form) Get(name string) string { return f.Values.Get(name) }

// Set writes a field; an empty value takes it away.
func (f *Form) Set(name, value string) {
	if value == "" {
		f.Values.Del(name)
		return
	}
	f.Values.Set(name, value)
}

// Has says whether a box of several choices is ticked.
func (f *Form) Has(name, value string) bool { return slices.Contains(f.Values[name], value) }

// Text is the field without blanks around it.
func (f *Form) Text(name string) string { return strings.TrimSpace(f.Get(name)) }

// Choices are the ticked values, each once.
func (f *Form) Choices(name string) []string {
	var out []string
	for _, v := range f.Values[name] {
		if v = strings.TrimSpace(v); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// Lines are the lines of a long field that are not empty.
func (f *Form) Lines(name string) []string {
	var out []string
	for line := range strings.SplitSeq(f.Get(name), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

// Fail records what is wrong with a field.
func (f *Form) Fail(field, key string, args map[string]any) {
	f.Problems = append(f.Problems, atlas.Problem{Field: field, Key: key, Args: args})
}

// ProblemsOf gives the problems of one field.
func (f *Form) ProblemsOf(field string) []atlas.Problem {
	var out []atlas.Problem
	for _, p := range f.Problems {
		if p.Field == field {
			out = append(out, p)
		}
	}
	return out
}

// Row is one row of a group.
type Row struct {
	Group  string
	Index  int
	Prefix string // "funding.2."
}

// Rows gives the rows of a group in their order, those of which anything came
// with the form.
func (f *Form) Rows(group string) []Row {
	seen := map[int]bool{}
	for name := range f.Values {
		rest, ok := strings.CutPrefix(name, group+".")
		if !ok {
			continue
		}
		head, _, _ := strings.Cut(rest, ".")
		if n, ok := rowNumber(head); ok {
			seen[n] = true
		}
	}
	indexes := slices.Sorted(maps.Keys(seen))
	indexes = indexes[:min(len(indexes), MaxRows)]
	rows := make([]Row, len(indexes))
	for i, n := range indexes {
		rows[i] = Row{Group: group, Index: n, Prefix: group + "." + strconv.Itoa(n) + "."}
	}
	return rows
}

// rowNumber reads the number of a row as we write it; a longer one is no form
// of ours.
func rowNumber(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0 && len(s) <= 6 && strconv.Itoa(n) == s
}

// Blank says whether nothing was typed in a row; fields in except do not count
// (those that have a usual value).
func (f *Form) Blank(row Row, except ...string) bool {
	for name, all := range f.Values {
		field, ok := strings.CutPrefix(name, row.Prefix)
		if !ok || hiddenRow(field) || slices.Contains(except, field) {
			continue
		}
		if slices.ContainsFunc(all, func(v string) bool { return strings.TrimSpace(v) != "" }) {
			return false
		}
	}
	return true
}

// hiddenRow says whether a field only holds a row open.
func hiddenRow(field string) bool { return field == "row" || strings.HasSuffix(field, ".row") }

// AddRow opens one more empty row. The row is there because of a hidden field
// "row" that every row carries.
func (f *Form) AddRow(group string) {
	next := 0
	for _, row := range f.Rows(group) {
		next = max(next, row.Index+1)
	}
	f.Values.Set(group+"."+strconv.Itoa(next)+".row", "1")
}

// DropRow takes the row away with everything typed in it; name is
// "funding.2".
func (f *Form) DropRow(name string) {
	for key := range f.Values {
		if strings.HasPrefix(key, name+".") {
			delete(f.Values, key)
		}
	}
}

// MoveRow swaps a row with the one so many places after it, with everything typed
// in both; name is "funding.2". It says where the row stands now, at its old place
// when there is no such row.
func (f *Form) MoveRow(name string, by int) Row {
	at := strings.LastIndexByte(name, '.')
	rows := f.Rows(name[:max(at, 0)])
	i := slices.IndexFunc(rows, func(r Row) bool { return r.Prefix == name+"." })
	if i < 0 {
		return Row{}
	}
	if i+by < 0 || i+by >= len(rows) {
		return rows[i]
	}
	from, to := rows[i].Prefix, rows[i+by].Prefix
	swapped := url.Values{}
	for key, all := range f.Values {
		if field, ok := strings.CutPrefix(key, from); ok {
			swapped[to+field] = all
		} else if field, ok := strings.CutPrefix(key, to); ok {
			swapped[from+field] = all
		}
	}
	f.DropRow(strings.TrimSuffix(from, "."))
	f.DropRow(strings.TrimSuffix(to, "."))
	maps.Copy(f.Values, swapped)
	return rows[i+by]
}

// AtLeast opens empty rows until a group has n.
func (f *Form) AtLeast(group string, n int) {
	for range n - len(f.Rows(group)) {
		f.AddRow(group)
	}
}

// Compact numbers the rows of a group anew from 0 and leaves empty ones out;
// fields in except do not make a row (see Blank).
func (f *Form) Compact(group string, except ...string) {
	moved := url.Values{}
	next := 0
	for _, row := range f.Rows(group) {
		if f.Blank(row, except...) {
			continue
		}
		prefix := group + "." + strconv.Itoa(next) + "."
		for name, all := range f.Values {
			if field, ok := strings.CutPrefix(name, row.Prefix); ok {
				moved[prefix+field] = all
			}
		}
		next++
	}
	f.DropRow(group)
	for name, all := range moved {
		f.Values[name] = all
	}
}
