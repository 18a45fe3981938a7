package importer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// readJSON reads a list of records: the list that is the whole file, the first
// list of an object, such as "grants" of 360Giving, or a record on each line.
// Nested values become columns with dotted names; the first of a list has the
// name of the list, the second "name.2" and so on.
func (l limits) readJSON(from *content, text *bufio.Reader) (*Table, error) {
	head := bufio.NewReaderSize(text, headBytes)
	each := eachRecord
	if beginning, _ := head.Peek(headBytes); isLines(beginning) {
		each = eachLine
	}
	bounded := &boundedReader{from: head}
	d := json.NewDecoder(bounded)
	d.UseNumber()
	c := l.collector(from.name)
	f := flattener{columns: map[string]int{}, most: l.columns}
	err := each(d, bounded, func(number int, record json.RawMessage) error {
		cells, err := f.cells(record)
		if errors.Is(err, errManyColumns) {
			return fileError(ErrorManyColumns, nil, "file", fileName(from.name), "limit", l.columns)
		}
		if err != nil {
			return err
		}
		return c.addCells(number, cells)
	})
	if err == nil {
		err = c.done()
	}
	if errors.Is(err, errNoRecords) {
		return nil, fileError(ErrorNoHeader, err, "file", fileName(from.name))
	}
	if err != nil {
		return nil, from.refused(err)
	}
	return newTable(FormatJSON, columnNames(f.names, len(f.names)), 0, c.rows, 0), nil
}

var (
	errNoRecords  = errors.New("no list of records")
	errLongRecord = errors.New("a record is too long")
)

// boundedReader ends the reading of a record, or of anything else between two
// calls of next, that is longer than longestRecord: the decoder holds it whole.
type boundedReader struct {
	from io.Reader
	read int
}

func (b *boundedReader) next() { b.read = 0 }

func (b *boundedReader) Read(p []byte) (int, error) {
	if b.read > longestRecord {
		return 0, errLongRecord
	}
	n, err := b.from.Read(p)
	b.read += n
	return n, err
}

// isLines says whether a text has one object after another, not in a list.
func isLines(head []byte) bool {
	d := json.NewDecoder(bytes.NewReader(head))
	var first json.RawMessage
	if d.Decode(&first) != nil || first[0] != '{' {
		return false
	}
	return bytes.HasPrefix(bytes.TrimLeft(head[d.InputOffset():], " \t\r\n"), []byte{'{'})
}

// eachLine gives values that stand one after another, the first with number 1.
func eachLine(d *json.Decoder, b *boundedReader, fn func(int, json.RawMessage) error) error {
	for n := 1; ; n++ {
		b.next()
		var record json.RawMessage
		if err := d.Decode(&record); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if err := fn(n, record); err != nil {
			return err
		}
	}
}

// eachRecord gives the members of the list, the first with number 1.
func eachRecord(d *json.Decoder, b *boundedReader, fn func(int, json.RawMessage) error) error {
	if err := findList(d, b); err != nil {
		return err
	}
	for n := 1; d.More(); n++ {
		b.next()
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
func findList(d *json.Decoder, b *boundedReader) error {
	t, err := d.Token()
	if err != nil || t == json.Delim('[') {
		return err
	}
	for d.More() {
		if _, err := d.Token(); err != nil { // the name
			return err
		}
		if t, err = peek(d, b); err != nil || t == json.Delim('[') {
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
func peek(d *json.Decoder, b *boundedReader) (json.Token, error) {
	b.next()
	t, err := d.Token()
	if err != nil || t != json.Delim('{') {
		return t, err
	}
	for depth := 1; depth > 0; {
		b.next()
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
	most    int // columns
}

// deepest is how far nested values get columns of their own; what is deeper
// stays as JSON in one cell.
const deepest = 4

func (f *flattener) cells(record json.RawMessage) ([]string, error) {
	cells := make([]string, len(f.names))
	many := false
	err := f.walk("", record, 0, func(name, value string) {
		i, ok := f.columns[name]
		if !ok && len(f.names) == f.most {
			many = true
			return
		}
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
	if many && err == nil {
		err = errManyColumns
	}
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
