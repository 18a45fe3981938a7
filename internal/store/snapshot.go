package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
)

// snapshot writes a record as JSON without the fields that are zero. Most
// fields of most records are not known, so it is a fraction of what
// encoding/json writes, and is read back by it.
func snapshot(record any) ([]byte, error) {
	var b bytes.Buffer
	err := writeValue(&b, reflect.ValueOf(record).Elem())
	return b.Bytes(), err
}

func writeValue(b *bytes.Buffer, v reflect.Value) error {
	_, ownForm := v.Interface().(json.Marshaler)
	switch {
	case ownForm:
		return writePlain(b, v)
	case v.Kind() == reflect.Struct:
		b.WriteByte('{')
		err := writeFields(b, v, new(bool))
		b.WriteByte('}')
		return err
	case v.Kind() == reflect.Slice:
		return writeSlice(b, v)
	}
	return writePlain(b, v)
}

func writePlain(b *bytes.Buffer, v reflect.Value) error {
	out, err := json.Marshal(v.Interface())
	b.Write(out)
	return err
}

// writeFields writes the fields that are not zero; those of an embedded struct
// stand among them.
func writeFields(b *bytes.Buffer, v reflect.Value, some *bool) error {
	t := v.Type()
	for i := range t.NumField() {
		f := v.Field(i)
		if f.IsZero() {
			continue
		}
		if t.Field(i).Anonymous {
			if err := writeFields(b, f, some); err != nil {
				return err
			}
			continue
		}
		if *some {
			b.WriteByte(',')
		}
		*some = true
		fmt.Fprintf(b, "%q:", t.Field(i).Name)
		if err := writeValue(b, f); err != nil {
			return err
		}
	}
	return nil
}

func writeSlice(b *bytes.Buffer, v reflect.Value) error {
	b.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := writeValue(b, v.Index(i)); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	return nil
}
