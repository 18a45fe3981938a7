package needs

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/typed"
)

// parts are the fields of the form in their order: what a conflict of two versions
// is shown and chosen by.
var parts = []string{
	"title", "description", "kind", "area", "territory", "target_legal", "people", "few", "severity", "origin", "reported", "evidence",
	"status", "projects", "calls", "measures", "sources",
}

// needed are the fields without which a need cannot be published (6.14).
var needed = []string{"title", "kind", "area", "territory", "target_legal", "severity", "origin", "reported", "status"}

// rowGroups are the groups of the form whose rows are added and dropped.
var rowGroups = form.Groups{"measures": "title", "sources": "kind"}

// lists says from which code list the choices of a field come.
var lists = map[string]string{
	"kind": atlas.ListNeedKind, "area": atlas.ListArea, "target_legal": atlas.ListTargetLegal, "people_kind": atlas.ListCountKind,
	"few": form.Box, "severity": form.Word, "origin": atlas.ListNeedOrigin, "status": atlas.ListNeedStatus, "sources.kind": atlas.ListSourceKind,
}

// fill writes a need into a form so that decode reads the same back.
func (t teller) fill(n *atlas.Need) *typed.Form {
	f := typed.New(nil)
	for name, value := range map[string]string{
		"title": n.Title, "description": n.Description, "kind": n.Kind, "area": n.Area, "origin": n.Origin, "evidence": n.Evidence, "status": n.Status,
		"territory": form.Coded(t.place(n.Territory), n.Territory), "projects": strings.Join(n.Projects, ", "), "calls": strings.Join(n.Calls, ", "),
	} {
		f.Set(name, value)
	}
	if len(n.TargetLegal) > 0 {
		f.Values["target_legal"] = n.TargetLegal
	}
	f.SetCount("people", n.People)
	if n.Few {
		f.Set("few", "1")
	}
	if n.Severity > 0 {
		f.Set("severity", strconv.Itoa(n.Severity))
	}
	f.SetDate("reported", n.Reported)
	for i, m := range n.Measures {
		f.Set(form.Row("measures", i)+"title", m.Title)
		f.Set(form.Row("measures", i)+"url", m.URL)
	}
	form.SetSources(f, n.Sources)
	return f
}

// decode gives the need as typed over the stored one, so that what the form does
// not hold stays. What is wrong is in the form.
func (t teller) decode(f *typed.Form, base atlas.Need) *atlas.Need {
	n := base
	n.Title, n.Description, n.Kind, n.Area = f.Text("title"), f.Text("description"), f.Text("kind"), f.Text("area")
	n.Territory, n.TargetLegal = t.territory(f), f.Choices("target_legal")
	n.People, n.Few = f.Count("people"), f.Get("few") != ""
	n.Severity = severityOf(f)
	n.Origin, n.Reported, n.Evidence, n.Status = f.Text("origin"), f.Date("reported"), f.Text("evidence"), f.Text("status")
	n.Projects, n.Calls = codesOf(f, "projects"), codesOf(f, "calls")
	n.Measures = nil
	f.Compact("measures")
	for _, r := range f.Rows("measures") {
		n.Measures = append(n.Measures, atlas.Reference{Title: f.Text(r.Prefix + "title"), URL: f.URL(r.Prefix + "url")})
	}
	n.Sources = form.Sources(f)
	return &n
}

func severityOf(f *typed.Form) int {
	text := f.Text("severity")
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > atlas.MaxSeverity {
		f.Fail("severity", "problem.severity", nil)
		return 0
	}
	return n
}

// code is a code of a record: "P-00001".
var code = regexp.MustCompile(`[A-Z]-\d+`)

// codesOf reads codes of records however they are written: with commas, with names,
// in an address. What has no code is itself, so that it is said to be nowhere.
func codesOf(f *typed.Form, field string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(f.Text(field), func(r rune) bool { return r == ',' || r == ';' || r == '\n' || r == ' ' }) {
		text := cmp.Or(code.FindString(strings.ToUpper(part)), part)
		out = append(out, text)
	}
	return distinct(out)
}

func distinct(all []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, s := range all {
		if !seen[s] {
			out = append(out, s)
		}
		seen[s] = true
	}
	return out
}

// mostOptions is how many readings of an ambiguous name are offered.
const mostOptions = 12

// territory turns a name into the code of the one territory it means. A name that
// more territories have is never guessed: the choices are said (10.3).
func (t teller) territory(f *typed.Form) string {
	text, g := f.Text("territory"), t.app.Places()
	if text == "" {
		return ""
	}
	if place, ok := g.Get(cmp.Or(form.Code(text), text)); ok {
		return place.Code
	}
	found := g.Recognise(text)
	switch len(found) {
	case 0:
		f.Fail("territory", "needs.form.place_unknown", map[string]any{"value": text})
		return ""
	case 1:
		f.Set("territory", form.Coded(g.Label(found[0].Code), found[0].Code))
		return found[0].Code
	}
	var options []string
	for _, place := range found[:min(len(found), mostOptions)] {
		options = append(options, form.Coded(g.Label(place.Code), place.Code))
	}
	f.Fail("territory", "needs.form.place_ambiguous", map[string]any{"value": text, "options": strings.Join(options, "; ")})
	return ""
}

func yearText(year int) string { return strconv.Itoa(year) }
