package opendata

import (
	"reflect"
	"strconv"
	"strings"
	"time"
)

// object is a JSON object of a document.
type object = map[string]any

// schemas describes Go types as JSON Schema: what the encoder writes and what
// the OpenAPI document says come from the same fields and their tags.
//
//	json     name of the field, and omitempty of one that is only there where it was asked for
//	doc      what it means
//	enum     allowed values, of a list those of its items
//	format, pattern, example
type schemas struct{ components object }

// of describes a type; a struct becomes a component.
func (s *schemas) of(t reflect.Type) object {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return object{"type": "string", "format": "date-time"}
	case t.Kind() == reflect.Pointer:
		return nullable(s.of(t.Elem()))
	case t.Kind() == reflect.Slice:
		return object{"type": "array", "items": s.of(t.Elem())}
	case t.Kind() == reflect.Struct:
		return s.component(t)
	}
	return object{"type": jsonTypes[t.Kind()]}
}

var jsonTypes = map[reflect.Kind]string{
	reflect.String: "string", reflect.Bool: "boolean", reflect.Int: "integer", reflect.Int64: "integer", reflect.Float64: "number",
}

// nullable is a schema that lets null through.
func nullable(s object) object {
	if kind, ok := s["type"].(string); ok {
		s["type"] = []string{kind, "null"}
		return s
	}
	return object{"oneOf": []object{s, {"type": "null"}}}
}

// component describes a struct: every field is always there, unless its tag
// says omitempty, and there are no others.
func (s *schemas) component(t reflect.Type) object {
	ref := object{"$ref": "#/components/schemas/" + t.Name()}
	if _, known := s.components[t.Name()]; known {
		return ref
	}
	described := object{"type": "object", "additionalProperties": false}
	s.components[t.Name()] = described
	properties, required := object{}, []string{}
	for _, f := range fields(t) {
		name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
		if option != "omitempty" {
			required = append(required, name)
		}
		properties[name] = s.field(f)
	}
	described["properties"], described["required"] = properties, required
	return ref
}

// fields lists the fields as the encoder writes them: those of an embedded
// struct stand among the others.
func fields(t reflect.Type) (out []reflect.StructField) {
	for i := range t.NumField() {
		if f := t.Field(i); f.Anonymous {
			out = append(out, fields(f.Type)...)
		} else {
			out = append(out, f)
		}
	}
	return out
}

// field describes one field by its type and tags.
func (s *schemas) field(f reflect.StructField) object {
	out := s.of(f.Type)
	if _, ref := out["$ref"]; ref {
		out = object{"allOf": []object{out}}
	}
	out["description"] = f.Tag.Get("doc")
	for _, key := range []string{"format", "pattern"} {
		if v := f.Tag.Get(key); v != "" {
			out[key] = v
		}
	}
	if v := f.Tag.Get("example"); v != "" {
		out["examples"] = []any{example(f.Type, v)}
	}
	if v := f.Tag.Get("enum"); v != "" {
		of := out
		if f.Type.Kind() == reflect.Slice {
			of = out["items"].(object)
		}
		of["enum"] = enum(f.Type, strings.Split(v, ","))
	}
	return out
}

// enum lists allowed values, null among them where the field may be null.
func enum(t reflect.Type, values []string) []any {
	var out []any
	for _, v := range values {
		out = append(out, v)
	}
	if t.Kind() == reflect.Pointer {
		out = append(out, nil)
	}
	return out
}

// example is a value of the field's type.
func example(t reflect.Type, text string) any {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Int || t.Kind() == reflect.Int64 {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	}
	return text
}
