package export

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"iter"
)

// Member is a member of a JSON object; several in a row keep their order.
type Member struct {
	Name  string
	Value any
}

// object is an object with its members in order.
type object []Member

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := m.write(&b); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func (m Member) write(w io.Writer) error {
	name, err := json.Marshal(m.Name)
	if err != nil {
		return err
	}
	value, err := json.Marshal(m.Value)
	if err != nil {
		return err
	}
	_, err = w.Write(append(append(name, ':'), value...))
	return err
}

// writeList writes an object whose one member is a list that is drawn while it
// is written, an item a line. The members after the list are asked for when it
// has ended, because they count what was in it.
func writeList[T any](w io.Writer, before []Member, list string, items iter.Seq2[T, error], after func() []Member) error {
	b := bufio.NewWriterSize(w, 1<<16)
	b.WriteString("{")
	for _, m := range before {
		if err := m.write(b); err != nil {
			return err
		}
		b.WriteString(",\n")
	}
	b.WriteString(`"` + list + `":[`)
	comma := ""
	for item, err := range items {
		if err != nil {
			return err
		}
		text, err := json.Marshal(item)
		if err != nil {
			return err
		}
		b.WriteString(comma + "\n")
		if _, err := b.Write(text); err != nil {
			return err
		}
		comma = ","
	}
	b.WriteString("\n]")
	for _, m := range after() {
		b.WriteString(",\n")
		if err := m.write(b); err != nil {
			return err
		}
	}
	b.WriteString("}\n")
	return b.Flush()
}

// value is a cell as JSON: a number where its column holds numbers, null where
// nothing is known.
func (c Column) value(cell string) any {
	switch {
	case cell == "":
		return nil
	case c.Kind >= KindMoney && exactNumber(cell):
		return json.Number(cell)
	}
	return cell
}
