package opendata

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// openAPI makes the OpenAPI 3.1 document of the endpoints and their shapes.
func (a *area) openAPI() object {
	s := &schemas{components: object{}}
	s.of(reflect.TypeFor[page.Problem]())
	paths := object{}
	for _, e := range a.endpoints {
		get := e.operation(s)
		paths[strings.TrimPrefix(e.pattern, route.API)+rootSlash(e.pattern)] = object{"get": get, "head": head(get)}
	}
	return object{
		"openapi": "3.1.0",
		"info": object{
			"title": "Atlas integrace", "version": "1.0.0",
			"summary":     "Projects of integration of foreigners in Czech municipalities: who, where, for whom, what for and for how much",
			"description": about,
			"license":     object{"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
		},
		"servers":    []object{{"url": route.API}},
		"paths":      paths,
		"components": object{"schemas": s.components, "responses": refusals()},
	}
}

// about is what holds for all addresses.
const about = "Read only, without a key. Only published records are there; people only with their consent. " +
	"Every field is always there (facets of a list of projects where they are asked for): null is not known, never 0 or an empty text. Codes are stable, their names stand beside them in Czech and in English. " +
	"Each answer has a tag: ask again with If-None-Match and nothing comes when nothing changed. " +
	"Parameters are those of the pages for people, so the query of any list works here too."

// rootSlash is the path of the way in, which is the server itself.
func rootSlash(pattern string) string {
	if pattern == route.API {
		return "/"
	}
	return ""
}

// head is the same operation without a body.
func head(get object) object {
	return object{
		"operationId": get["operationId"].(string) + "Head", "summary": "The same without a body", "parameters": get["parameters"],
		"responses": object{"200": object{"description": "It is there"}, "404": object{"description": "It is not there"}},
	}
}

func (e endpoint) operation(s *schemas) object {
	parameters := []object{}
	for rest := e.pattern; strings.Contains(rest, "{"); {
		_, after, _ := strings.Cut(rest, "{")
		name, more, _ := strings.Cut(after, "}")
		parameters = append(parameters, object{"name": name, "in": "path", "required": true, "schema": object{"type": "string"}})
		rest = more
	}
	for _, p := range e.params {
		parameters = append(parameters, p.describe())
	}
	ok := object{
		"description": e.summary,
		"headers": object{
			"ETag": object{"description": "Tag of the content, for If-None-Match", "schema": object{"type": "string"}},
			"Link": object{"description": "Other pages of a list (RFC 8288)", "schema": object{"type": "string"}},
		},
		"content": object{"application/json": object{"schema": s.of(reflect.TypeOf(e.shape))}},
	}
	responses := object{"200": ok, "304": object{"description": "Not changed since"}}
	for status, name := range refusalNames {
		responses[status] = object{"$ref": "#/components/responses/" + name}
	}
	return object{"operationId": e.id, "summary": e.summary, "parameters": parameters, "responses": responses}
}

// describe is the parameter as OpenAPI says it.
func (p parameter) describe() object {
	schema := object{"type": "string"}
	if p.to > 0 {
		schema = object{"type": "integer", "minimum": p.from, "maximum": p.to}
	}
	if p.date {
		schema["pattern"] = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
	}
	if p.oneOf != nil {
		schema["enum"] = p.oneOf
	}
	if n, err := strconv.Atoi(p.usual); err == nil {
		schema["default"] = n
	} else if p.usual != "" {
		schema["default"] = p.usual
	}
	out := object{"name": p.name, "in": "query", "description": p.doc, "schema": schema}
	if p.many {
		out["schema"], out["explode"] = object{"type": "array", "items": schema}, true
	}
	if p.example != "" && p.to == 0 && !p.many {
		out["example"] = p.example
	}
	return out
}

// refusalNames are the answers that every address may give beside its own.
var refusalNames = map[string]string{"400": "BadRequest", "404": "NotFound", "405": "MethodNotAllowed", "500": "Internal", "503": "Busy"}

func refusals() object {
	out := object{}
	for status, name := range refusalNames {
		code, _ := strconv.Atoi(status)
		out[name] = object{
			"description": http.StatusText(code),
			"content":     object{"application/problem+json": object{"schema": object{"$ref": "#/components/schemas/Problem"}}},
		}
	}
	return out
}

// document answers the OpenAPI document with the address of the instance.
func (a *area) document(q *page.Request) error {
	var doc map[string]json.RawMessage
	if err := json.Unmarshal(a.specification, &doc); err != nil {
		return err
	}
	servers, err := encode([]object{{"url": q.Origin() + route.API}})
	if err != nil {
		return err
	}
	doc["servers"] = servers
	out, err := encode(doc)
	if err != nil {
		return err
	}
	return q.Answer("application/json", out)
}
