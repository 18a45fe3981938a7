package export

import (
	"bufio"
	"encoding/json"
	"io"
)

// writeJSON writes an array of objects with the columns' keys in their order;
// what is not known is null.
func writeJSON(w io.Writer, t Table) error {
	b := bufio.NewWriter(w)
	keys := make([][]byte, len(t.Columns))
	for i, c := range t.Columns {
		k, err := json.Marshal(c.Key)
		if err != nil {
			return err
		}
		keys[i] = k
	}
	b.WriteString("[")
	first := true
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		if !first {
			b.WriteString(",")
		}
		first = false
		b.WriteString("\n")
		if err := writeObject(b, keys, row); err != nil {
			return err
		}
	}
	b.WriteString("\n]\n")
	return b.Flush()
}

func writeObject(b *bufio.Writer, keys [][]byte, row []string) error {
	b.WriteString("{")
	for i, cell := range row {
		if i > 0 {
			b.WriteString(",")
		}
		b.Write(keys[i])
		b.WriteString(":")
		if cell == "" {
			b.WriteString("null")
			continue
		}
		v, err := json.Marshal(cell)
		if err != nil {
			return err
		}
		if _, err := b.Write(v); err != nil {
			return err
		}
	}
	_, err := b.WriteString("}")
	return err
}
