package page

import (
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/web/route"
)

// Problem is an error as programs read it (RFC 9457).
type Problem struct {
	Type     string         `json:"type" doc:"Kind of the error, an address that explains it" example:"https://example.org/api#not_found"`
	Title    string         `json:"title" doc:"The kind in words, in the language of Accept-Language"`
	Status   int            `json:"status" doc:"HTTP status"`
	Detail   string         `json:"detail" doc:"What happened and what to do"`
	Instance string         `json:"instance" doc:"Number of the request, to tell the operator"`
	Errors   []ProblemField `json:"errors" doc:"What was wrong with which parameter; empty where it is not about parameters"`
}

// ProblemField is one parameter that cannot be understood.
type ProblemField struct {
	Parameter string `json:"parameter" doc:"Name of the parameter"`
	Detail    string `json:"detail" doc:"What is wrong and an example of a right value"`
}

// ProblemKinds are the kinds of errors that programs meet, as the address of
// their explanation names them.
func ProblemKinds() []string {
	return []string{"not_found", "bad_request", "method", "cross_origin", "foreign_host", "busy", "internal"}
}

// problem writes an error for programs. An atlas.InvalidError names the
// parameters it is about.
func (q *Request) problem(status int, key string, err error) {
	kind := strings.TrimPrefix(key, "error.")
	if !slices.Contains(ProblemKinds(), kind) {
		kind = "internal" // of writing, which programs cannot do
	}
	q.Lang = Preferred(q.Request)
	p := Problem{
		Type: q.Origin() + route.Guide + "#" + kind, Status: status, Instance: RequestID(q.Context()),
		Title: q.T("machine." + kind + ".title"), Detail: q.T("machine." + kind + ".detail"), Errors: []ProblemField{},
	}
	var invalid *atlas.InvalidError
	if errors.As(err, &invalid) {
		for _, x := range invalid.Problems {
			var args []any
			for name, value := range x.Args {
				args = append(args, name, value)
			}
			p.Errors = append(p.Errors, ProblemField{Parameter: x.Field, Detail: q.T(x.Key, args...)})
		}
	}
	body, err := json.Marshal(p)
	if err != nil {
		q.Site.Log.Error("problem failed", "request", p.Instance, "error", err)
		http.Error(q.W, http.StatusText(status), status)
		return
	}
	h := q.W.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Language", q.Lang)
	h.Set("Cache-Control", "no-store")
	h.Add("Vary", "Accept-Language")
	q.W.WriteHeader(status)
	_, _ = q.W.Write(append(body, '\n')) // nobody is left to tell
}

// Preferred is the language of the interface that a program asks for by
// Accept-Language; the source where it asks for none of ours.
func Preferred(req *http.Request) string {
	wanted, _, err := language.ParseAcceptLanguage(req.Header.Get("Accept-Language"))
	if err != nil {
		return i18n.Languages[0]
	}
	for _, tag := range wanted {
		base, _ := tag.Base()
		for _, ours := range i18n.Languages {
			if base.String() == ours {
				return ours
			}
		}
	}
	return i18n.Languages[0]
}
