package opendata_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"atlas/internal/web/webtest"
)

// program is one that reads an instance and holds every answer to the OpenAPI
// document of that instance.
type program struct {
	*webtest.Instance
	document map[string]any
	compiler *jsonschema.Compiler
	schemas  map[string]*jsonschema.Schema
}

func connect(t testing.TB, i *webtest.Instance) *program {
	t.Helper()
	p := &program{Instance: i, schemas: map[string]*jsonschema.Schema{}, compiler: jsonschema.NewCompiler()}
	_, _, data := i.File(t, "/api/v1/openapi.json")
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	p.document = doc.(map[string]any)
	p.compiler.AssertFormat()
	if err := p.compiler.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	return p
}

// schema is what the document says of a component.
func (p *program) schema(t testing.TB, name string) *jsonschema.Schema {
	t.Helper()
	if p.schemas[name] == nil {
		s, err := p.compiler.Compile("openapi.json#/components/schemas/" + name)
		if err != nil {
			t.Fatal(err)
		}
		p.schemas[name] = s
	}
	return p.schemas[name]
}

// shape is the component that an address answers with.
func (p *program) shape(t testing.TB, path string) string {
	t.Helper()
	at := p.document
	for _, step := range []string{"paths", path, "get", "responses", "200", "content", "application/json", "schema"} {
		next, ok := at[step].(map[string]any)
		if !ok {
			t.Fatalf("the document says nothing of %s (%s)", path, step)
		}
		at = next
	}
	ref, _ := at["$ref"].(string)
	return strings.TrimPrefix(ref, "#/components/schemas/")
}

// template is the path of the document that an address belongs to.
func template(path string) string {
	path, _, _ = strings.Cut(strings.TrimPrefix(path, "/api/v1"), "?")
	parts := strings.Split(path, "/")
	if len(parts) < 3 {
		return path + map[bool]string{true: "/"}[path == ""]
	}
	name := "id"
	if parts[1] == "lists" || parts[1] == "territories" || parts[1] == "datasets" {
		name = "code"
	}
	out := "/" + parts[1] + "/{" + name + "}"
	if len(parts) > 3 {
		out += "/" + parts[3]
	}
	if len(parts) > 4 {
		out += "/{territory}"
	}
	return out
}

// get asks for an address that must be there and answer as the document says.
func (p *program) get(t testing.TB, path string) map[string]any {
	t.Helper()
	res, data := p.Ask(t, http.MethodGet, path)
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%s: %s %.300s", path, res.Status, data)
	}
	return p.conforms(t, path, p.shape(t, template(path)), data)
}

func (p *program) conforms(t testing.TB, path, shape string, data []byte) map[string]any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if err := p.schema(t, shape).Validate(v); err != nil {
		t.Errorf("%s is no %s: %v", path, shape, err)
	}
	return v.(map[string]any)
}

// refused asks for an address that must be refused as the document says.
func (p *program) refused(t testing.TB, method, path string, status int, heads ...string) map[string]any {
	t.Helper()
	res, data := p.Ask(t, method, path, heads...)
	if res.StatusCode != status || res.Header.Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%s %s: %s %s, want %d: %.300s", method, path, res.Status, res.Header.Get("Content-Type"), status, data)
	}
	if res.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("%s %s: other sites cannot read why", method, path)
	}
	v := p.conforms(t, path, "Problem", data)
	if number(v["status"]) != status || v["instance"] != res.Header.Get("X-Request-Id") {
		t.Errorf("%s: %s", path, data)
	}
	return v
}

// walk reads all pages of a list by its links and gives the records in order.
func (p *program) walk(t testing.TB, path string) (records []map[string]any, total int) {
	t.Helper()
	for asked := 0; path != ""; asked++ {
		page := p.get(t, path)
		total = number(page["total"])
		for _, it := range page["items"].([]any) {
			records = append(records, it.(map[string]any))
		}
		next, _ := page["links"].(map[string]any)["next"].(string)
		path = strings.TrimPrefix(next, p.Origin(t))
		if asked > 2000 {
			t.Fatal("the pages never end")
		}
	}
	return records, total
}

func number(v any) int {
	n, ok := v.(json.Number)
	if !ok {
		return -1
	}
	i, err := n.Int64()
	if err != nil {
		return -1
	}
	return int(i)
}

// name is the code of a record.
func name(r map[string]any) string {
	if id, ok := r["id"].(string); ok {
		return id
	}
	return r["code"].(string)
}

// follow fails for a reference of the document that leads nowhere.
func (p *program) follow(t testing.TB, v any) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			p.follow(t, x)
		}
	case map[string]any:
		for key, x := range v {
			p.follow(t, x)
			if ref, ok := x.(string); ok && key == "$ref" {
				at, steps := any(p.document), strings.Split(strings.TrimPrefix(ref, "#/"), "/")
				for _, step := range steps {
					inside, _ := at.(map[string]any)
					at = inside[step]
				}
				if at == nil {
					t.Errorf("%s leads nowhere", ref)
				}
			}
		}
	}
}
