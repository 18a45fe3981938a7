package store

import (
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// snapshot writes a record as JSON without the fields that are zero. Most
// fields of most records are not known, so it is a fraction of what
// encoding/json writes, and is read back by it. Every value stands as
// encoding/json would write it.
func (w *writers) snapshot(to []byte, record any) ([]byte, error) {
	v := reflect.ValueOf(record).Elem()
	return w.of(v.Type())(to, v)
}

// writer appends a value to JSON.
type writer func(to []byte, v reflect.Value) ([]byte, error)

// writers are the writers of the types met so far.
type writers struct{ byType sync.Map }

var (
	jsonForm = reflect.TypeFor[json.Marshaler]()
	textForm = reflect.TypeFor[encoding.TextMarshaler]()
)

// of finds the writer of a type or makes it.
func (w *writers) of(t reflect.Type) writer {
	if found, ok := w.byType.Load(t); ok {
		return found.(writer)
	}
	made := w.make(t)
	w.byType.Store(t, made)
	return made
}

func (w *writers) make(t reflect.Type) writer {
	kind := t.Kind()
	switch {
	case t == reflect.TypeFor[time.Time]():
		return writeTime
	case t.Implements(jsonForm):
		return writePlain
	case kind == reflect.Struct:
		return w.structure(t)
	case kind == reflect.Slice:
		return w.list(t)
	case t.Implements(textForm):
		return writePlain
	case kind == reflect.String:
		return func(to []byte, v reflect.Value) ([]byte, error) { return appendText(to, v.String()) }
	case kind == reflect.Bool:
		return func(to []byte, v reflect.Value) ([]byte, error) { return strconv.AppendBool(to, v.Bool()), nil }
	case kind == reflect.Int, kind == reflect.Int64:
		return func(to []byte, v reflect.Value) ([]byte, error) { return strconv.AppendInt(to, v.Int(), 10), nil }
	}
	return writePlain
}

// writePlain leaves a value to encoding/json.
func writePlain(to []byte, v reflect.Value) ([]byte, error) {
	out, err := json.Marshal(v.Interface())
	return append(to, out...), err
}

func writeTime(to []byte, v reflect.Value) ([]byte, error) {
	t := v.Addr().Interface().(*time.Time)
	out, err := t.AppendText(append(to, '"'))
	return append(out, '"'), err
}

// field is a field of a struct, or of one embedded in it.
type field struct {
	index []int
	name  string // as it is written: `"Name":`
	write writer
}

// structure writes the fields that are not zero; those of an embedded struct
// stand among them.
func (w *writers) structure(t reflect.Type) writer {
	all := w.fields(nil, t, nil)
	return func(to []byte, v reflect.Value) ([]byte, error) {
		to = append(to, '{')
		empty := len(to)
		for i := range all {
			f := v.FieldByIndex(all[i].index)
			if f.IsZero() {
				continue
			}
			if len(to) > empty {
				to = append(to, ',')
			}
			var err error
			if to, err = all[i].write(append(to, all[i].name...), f); err != nil {
				return to, err
			}
		}
		return append(to, '}'), nil
	}
}

func (w *writers) fields(to []field, t reflect.Type, at []int) []field {
	for i := range t.NumField() {
		f, index := t.Field(i), append(slices.Clone(at), i)
		if f.Anonymous {
			to = w.fields(to, f.Type, index)
			continue
		}
		to = append(to, field{index, strconv.Quote(f.Name) + ":", w.of(f.Type)})
	}
	return to
}

func (w *writers) list(t reflect.Type) writer {
	item := w.of(t.Elem())
	return func(to []byte, v reflect.Value) ([]byte, error) {
		to = append(to, '[')
		for i := range v.Len() {
			if i > 0 {
				to = append(to, ',')
			}
			var err error
			if to, err = item(to, v.Index(i)); err != nil {
				return to, err
			}
		}
		return append(to, ']'), nil
	}
}

// appendText appends a text as encoding/json writes it. Most need no escape.
func appendText(to []byte, s string) ([]byte, error) {
	for i := range len(s) {
		// 0xE2 begins U+2028 and U+2029, which are escaped.
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 0xE2 {
			return appendEscaped(to, s)
		}
	}
	if !utf8.ValidString(s) {
		return appendEscaped(to, s)
	}
	return append(append(append(to, '"'), s...), '"'), nil
}

func appendEscaped(to []byte, s string) ([]byte, error) {
	out, err := json.Marshal(s)
	return append(to, out...), err
}

// appendTexts appends a map as encoding/json writes it: by the order of keys.
func appendTexts(to []byte, m map[string]string) ([]byte, error) {
	type pair struct{ key, value string }
	pairs := make([]pair, 0, len(m))
	for k, v := range m {
		pairs = append(pairs, pair{k, v})
	}
	slices.SortFunc(pairs, func(a, b pair) int { return strings.Compare(a.key, b.key) })
	to = append(to, '{')
	for i, p := range pairs {
		if i > 0 {
			to = append(to, ',')
		}
		var err error
		if to, err = appendText(to, p.key); err != nil {
			return to, err
		}
		if to, err = appendText(append(to, ':'), p.value); err != nil {
			return to, err
		}
	}
	return append(to, '}'), nil
}
