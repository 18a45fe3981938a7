package dataset

import (
	"iter"
	"slices"
	"strings"

	"atlas/internal/export"
)

// Columns are the columns of records in their order.
type Columns[T any] []column[T]

// column is the head of a column and what a record has in it; "" is not known.
type column[T any] struct {
	export.Column
	cell func(T) string
}

// Add adds a column: its lasting key, its label for people, and its cells.
func (c *Columns[T]) Add(key, label string, cell func(T) string) {
	kind := export.KindText
	if strings.HasSuffix(key, "_code") {
		kind = export.KindCode
	}
	*c = append(*c, column[T]{export.Column{Key: key, Label: label, Kind: kind}, cell})
}

// Typed says of what kind the columns of these keys are.
func (c Columns[T]) Typed(kind export.Kind, keys ...string) Columns[T] {
	for i := range c {
		if slices.Contains(keys, c[i].Key) {
			c[i].Kind = kind
		}
	}
	return c
}

// Heads are the keys and labels of the columns.
func (c Columns[T]) Heads() []export.Column {
	out := make([]export.Column, len(c))
	for i := range c {
		out[i] = c[i].Column
	}
	return out
}

// Only are the columns of these keys, in their order.
func (c Columns[T]) Only(keys ...string) Columns[T] {
	return slices.DeleteFunc(slices.Clone(c), func(x column[T]) bool { return !slices.Contains(keys, x.Key) })
}

// Row is what a record has in the columns.
func (c Columns[T]) Row(r T) []string {
	row := make([]string, len(c))
	for i := range c {
		row[i] = c[i].cell(r)
	}
	return row
}

// table writes one row for each record.
func (c Columns[T]) table(records iter.Seq2[T, error]) export.Table {
	return export.Table{Columns: c.Heads(), Rows: func(yield func([]string, error) bool) {
		for r, err := range records {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(c.Row(r), nil) {
				return
			}
		}
	}}
}

// By gives the cells of each column by its key.
func (c Columns[T]) By() map[string]func(T) string {
	out := make(map[string]func(T) string, len(c))
	for _, one := range c {
		out[one.Key] = one.cell
	}
	return out
}

// Pairs writes the parts of a value that are known, each with its label:
// "Plzeň, role: Partner, amount: 100".
func Pairs(parts ...string) string {
	var out []string
	for i := 0; i+1 < len(parts); i += 2 {
		switch label, text := parts[i], parts[i+1]; {
		case text == "":
		case label == "":
			out = append(out, text)
		default:
			out = append(out, label+": "+text)
		}
	}
	return strings.Join(out, ", ")
}
