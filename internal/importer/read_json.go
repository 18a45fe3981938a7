package importer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// readJSON reads a list of records: the list that is the whole file, or the
// first list of an object, such as "grants" of 360Giving. Nested values become
// columns with dotted names; the first of a list has the name of the list, the
// second "name.2" and so on.
func (l limits) readJSON(name string, data []byte) (*Table, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	c := &collector{limit: l, name: name}
	f := flattener{columns: map[string]int{}}
	err := eachRecord(d, func(number int, record json.RawMessage) error {
		cells, err := f.cells(record)
		if err != nil {
			return err
		}
		if len(f.names) > l.columns {
			return fileError(ErrorManyColumns, nil, "file", fileName(name), "limit", l.columns)
		}
		return c.add(number, cells)
	})
	var refused *FileError
	switch {
	case errors.As(err, &refused):
		return nil, refused
	case errors.Is(err, errNoRecords):
		return nil, fileError(ErrorNoHeader, err, "file", fileName(name))
	case err != nil:
		return nil, fileError(ErrorBroken, err, "file", fileName(name))
	}
	return &Table{Format: FormatJSON, Header: columnNames(f.names, len(f.names)), rows: c.rows}, nil
}

var errNoRecords = errors.New("no list of records")

// eachRecord gives the members of the list, the first with number 1.
func eachRecord(d *json.Decoder, fn func(int, json.RawMessage) error) error {
	if err := findList(d); err != nil {
		return err
	}
	for n := 1; d.More(); n++ {
		var record json.RawMessage
		if err := d.Decode(&record); err != nil {
			return err
		}
		if err := fn(n, record); err != nil {
			return err
		}
	}
	_, err := d.Token() // the end of the list, so that a cut file is an error
	return err
}

// findList moves to the first member of the list of records.
func findList(d *json.Decoder) error {
	t, err := d.Token()
	if err != nil || t == json.Delim('[') {
		return err
	}
	for d.More() {
		if _, err := d.Token(); err != nil { // the name
			return err
		}
		var value json.RawMessage
		if t, err = peek(d, &value); err != nil || t == json.Delim('[') {
			return err
		}
	}
	if err == nil || errors.Is(err, io.EOF) {
		err = errNoRecords
	}
	return err
}

// peek reads the beginning of a value; unless it begins a list, the whole of
// it.
func peek(d *json.Decoder, into *json.RawMessage) (json.Token, error) {
	t, err := d.Token()
	if err != nil || t != json.Delim('{') {
		return t, err
	}
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
	return nil, nil
}

// flattener gives each path of a value its column, in the order met.
type flattener struct {
	columns map[string]int
	names   []string
}

// deepest is how far nested values get columns of their own; what is deeper
// stays as JSON in one cell.
const deepest = 4

func (f *flattener) cells(record json.RawMessage) ([]string, error) {
	cells := make([]string, len(f.names))
	err := f.walk("", record, 0, func(name, value string) {
		i, ok := f.columns[name]
		if !ok {
			i = len(f.names)
			f.columns[name] = i
			f.names = append(f.names, name)
		}
		for len(cells) <= i {
			cells = append(cells, "")
		}
		cells[i] = value
	})
	return cells, err
}

func (f *flattener) walk(name string, value json.RawMessage, depth int, put func(name, value string)) error {
	value = bytes.TrimSpace(value)
	switch {
	case value[0] == '{' && depth < deepest:
		return f.walkObject(name, value, depth, put)
	case value[0] == '[' && depth < deepest:
		var all []json.RawMessage
		if err := json.Unmarshal(value, &all); err != nil {
			return err
		}
		for i, v := range all {
			member := name
			if i > 0 {
				member += "." + strconv.Itoa(i+1)
			}
			if err := f.walk(member, v, depth, put); err != nil {
				return err
			}
		}
		return nil
	case value[0] == '"':
		var text string
		if err := json.Unmarshal(value, &text); err != nil {
			return err
		}
		put(name, text)
	case string(value) != "null":
		put(name, string(value))
	}
	return nil
}

// walkObject takes the members in their order.
func (f *flattener) walkObject(name string, value json.RawMessage, depth int, put func(name, value string)) error {
	d := json.NewDecoder(bytes.NewReader(value))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		var v json.RawMessage
		if err := d.Decode(&v); err != nil {
			return err
		}
		member := fmt.Sprint(key)
		if name != "" {
			member = name + "." + member
		}
		if err := f.walk(member, v, depth+1, put); err != nil {
			return err
		}
	}
	return nil
}
