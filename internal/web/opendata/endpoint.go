package opendata

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// endpoint is one address of the interface: what may be asked and what comes
// back. The router, the check of parameters and the OpenAPI document are all
// made of it.
type endpoint struct {
	pattern string
	id      string // operationId
	summary string
	params  []parameter // of the query
	shape   any         // zero value of what comes back
	read    func(*asked) (any, error)
}

// parameter is one parameter of a query.
type parameter struct {
	name, doc string
	many      bool     // may be repeated
	oneOf     []string // allowed values; nil = any
	from, to  int      // a whole number between them where to is not 0
	usual     string   // value where none is given
	example   string
	date      bool // a date: 2017, 2017-09 or 2017-09-01
	ignored   bool // accepted for addresses copied from a page, and without effect
}

// asked is a request whose parameters were found right.
type asked struct {
	*page.Request
	filler
	pattern string
	values  url.Values
}

// number is a parameter that is a whole number.
func (q *asked) number(name string, usual int) int {
	n, err := strconv.Atoi(q.values.Get(name))
	if err != nil {
		return usual
	}
	return n
}

// text is a parameter as text that can be shown.
func (q *asked) text(name string) string { return strings.TrimSpace(q.Param(name)) }

// handler answers an endpoint.
func (a *area) handler(e endpoint) page.Handler {
	return func(r *page.Request) error {
		values, err := e.check(r.URL.RawQuery)
		if err != nil {
			return err
		}
		q := &asked{Request: r, filler: a.filler(r), pattern: e.pattern, values: values}
		body, err := e.read(q)
		var moved *atlas.RedirectError
		if errors.As(err, &moved) {
			http.Redirect(r.W, r.Request, route.Fill(e.pattern, moved.ID), http.StatusPermanentRedirect)
			return nil
		}
		if err != nil {
			return err
		}
		out, err := encode(body)
		if err != nil {
			return fmt.Errorf("%s: %w", e.id, err)
		}
		return r.Answer("application/json", out)
	}
}

// encode writes JSON with letters as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b.Bytes(), err
}

// check reads a query. What cannot be meant is refused and named, so that a
// mistyped filter never answers with everything; all mistakes come at once.
func (e endpoint) check(raw string) (url.Values, error) {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", page.ErrBadRequest, &atlas.InvalidError{Problems: []atlas.Problem{{Field: "?", Key: "opendata.wrong.query"}}})
	}
	var wrong []atlas.Problem
	for _, name := range sortedKeys(values) {
		i := slices.IndexFunc(e.params, func(p parameter) bool { return p.name == name })
		if i < 0 {
			wrong = append(wrong, atlas.Problem{Field: clip(name), Key: "opendata.wrong.name", Args: map[string]any{"names": e.names()}})
			continue
		}
		if p := e.params[i].wrong(values[name]); p != nil {
			wrong = append(wrong, *p)
		}
	}
	if len(wrong) > 0 {
		return nil, fmt.Errorf("%w: %w", page.ErrBadRequest, &atlas.InvalidError{Problems: wrong[:min(len(wrong), mostWrong)]})
	}
	return values, nil
}

// mostWrong is how many mistakes an answer names.
const mostWrong = 20

// names lists the parameters that there are.
func (e endpoint) names() string {
	var out []string
	for _, p := range e.params {
		if !p.ignored {
			out = append(out, p.name)
		}
	}
	if len(out) == 0 {
		return "–"
	}
	return strings.Join(out, ", ")
}

// wrong says what is wrong with the values of a parameter; nil when nothing is.
func (p parameter) wrong(values []string) *atlas.Problem {
	if p.ignored {
		return nil
	}
	if len(values) > 1 && !p.many {
		return &atlas.Problem{Field: p.name, Key: "opendata.wrong.twice"}
	}
	for _, v := range values {
		n, err := strconv.Atoi(v)
		switch {
		case v == "":
		case p.to > 0 && (err != nil || n < p.from || n > p.to):
			return &atlas.Problem{Field: p.name, Key: "opendata.wrong.number", Args: map[string]any{"value": clip(v), "from": p.from, "to": p.to}}
		case p.date && !isDate(v):
			return &atlas.Problem{Field: p.name, Key: "opendata.wrong.date", Args: map[string]any{"value": clip(v)}}
		case p.oneOf != nil && !slices.Contains(p.oneOf, v):
			return p.notOneOf(v)
		}
	}
	return nil
}

func isDate(text string) bool {
	d, err := atlas.ParseDate(text)
	return err == nil && d.Known()
}

// notOneOf says what is allowed instead of a value, and how to write several
// where there may be more.
func (p parameter) notOneOf(value string) *atlas.Problem {
	out := &atlas.Problem{Field: p.name, Key: "opendata.wrong.one_of", Args: map[string]any{"value": clip(value), "values": strings.Join(p.oneOf, ", ")}}
	if p.many {
		out.Key = "opendata.wrong.some_of"
		out.Args["example"] = url.Values{p.name: p.oneOf[:min(2, len(p.oneOf))]}.Encode()
	}
	return out
}

// clip shortens what a stranger wrote and makes it a text.
func clip(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
