package store

import (
	"time"

	"atlas"
)

// column is a column of a table and where its value lives in T. One list of
// columns serves insert, update and select, so a field is named here once.
type column[T any] struct {
	name string
	at   func(*T) cell
}

// columns groups columns that come together.
type columns[T any] = []column[T]

func text[T any, S ~string](name string, at func(*T) *S) columns[T] {
	return columns[T]{{name, func(t *T) cell { return textCell[S]{at(t)} }}}
}

func number[T any, N ~int | ~int64](name string, at func(*T) *N) columns[T] {
	return columns[T]{{name, func(t *T) cell { return numberCell[N]{at(t)} }}}
}

func counted[T any, N ~int | ~int64](name string, at func(*T) *N) columns[T] {
	return columns[T]{{name, func(t *T) cell { return countedCell[N]{at(t)} }}}
}

func yesNo[T any](name string, at func(*T) *bool) columns[T] {
	return columns[T]{{name, func(t *T) cell { return boolCell{at(t)} }}}
}

func date[T any](name string, at func(*T) *atlas.Date) columns[T] {
	return columns[T]{{name, func(t *T) cell { return dateCell{at(t)} }}}
}

func moment[T any](name string, at func(*T) *time.Time) columns[T] {
	return columns[T]{{name, func(t *T) cell { return timeCell{at(t)} }}}
}

func percent[T any](name string, at func(*T) *atlas.Percent) columns[T] {
	return columns[T]{{name, func(t *T) cell { return percentCell{at(t)} }}}
}

// amount is a number of minor units and, in name_state, how it is known.
func amount[T any](name string, at func(*T) *atlas.Amount) columns[T] {
	return append(columns[T]{{name, func(t *T) cell { return minorCell{at(t)} }}},
		text(name+"_state", func(t *T) *atlas.AmountState { return &at(t).State })...)
}

// people is a number and, in name_kind, what was counted.
func people[T any](name string, at func(*T) *atlas.Count) columns[T] {
	return append(columns[T]{{name, func(t *T) cell { return peopleCell{at(t)} }}},
		text(name+"_kind", func(t *T) *string { return &at(t).Kind })...)
}

// flag is an answer and, in name_reason, why.
func flag[T any](name string, at func(*T) *atlas.Flag) columns[T] {
	return append(text(name, func(t *T) *atlas.Tri { return &at(t).State }),
		text(name+"_reason", func(t *T) *string { return &at(t).Reason })...)
}

func jsonMap[T any, V any](name string, at func(*T) *map[string]V) columns[T] {
	return columns[T]{{name, func(t *T) cell { return jsonCell[map[string]V, V]{at(t)} }}}
}

// asJSON keeps a part of a record that is read and written as a whole as JSON; what
// is empty is NULL.
func asJSON[T, V any](name string, at func(*T) *V) columns[T] {
	return columns[T]{{name, func(t *T) cell { return partCell[V]{at(t)} }}}
}

func maybe[T any](name string, at func(*T) **int64) columns[T] {
	return columns[T]{{name, func(t *T) cell { return maybeCell{at(t)} }}}
}

func blob[T any](name string, at func(*T) *[]byte) columns[T] {
	return columns[T]{{name, func(t *T) cell { return blobCell{at(t)} }}}
}

func derived[T any](name string, of func(*T) string) columns[T] {
	return columns[T]{{name, func(t *T) cell { return derivedCell{func() string { return of(t) }} }}}
}

// within takes columns of a part and makes them columns of the whole.
func within[T, C any](part func(*T) *C, cols columns[C]) columns[T] {
	out := make(columns[T], len(cols))
	for i, c := range cols {
		out[i] = column[T]{c.name, func(t *T) cell { return c.at(part(t)) }}
	}
	return out
}

// prefixed puts a prefix before the names: the seat and the post address have
// the same columns.
func prefixed[T any](prefix string, cols columns[T]) columns[T] {
	out := make(columns[T], len(cols))
	for i, c := range cols {
		out[i] = column[T]{prefix + c.name, c.at}
	}
	return out
}

func metaColumns() columns[atlas.Meta] {
	type m = atlas.Meta
	return join(
		moment("created_at", func(r *m) *time.Time { return &r.CreatedAt }),
		moment("updated_at", func(r *m) *time.Time { return &r.UpdatedAt }),
		text("created_by", func(r *m) *string { return &r.CreatedBy }),
		text("updated_by", func(r *m) *string { return &r.UpdatedBy }),
		text("record_status", func(r *m) *string { return &r.RecordStatus }),
		counted("version", func(r *m) *int64 { return &r.Version }),
		text("merged_into", func(r *m) *string { return &r.MergedInto }),
		yesNo("sample", func(r *m) *bool { return &r.Sample }),
	)
}

// join puts groups of columns into one list.
func join[T any](groups ...columns[T]) columns[T] {
	var out columns[T]
	for _, g := range groups {
		out = append(out, g...)
	}
	return out
}
