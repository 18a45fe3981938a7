package actors

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// Choices of a part on the page of a conflict.
const (
	choiceMine   = "moje"
	choiceTheirs = "jejich"
)

// conflictPage shows two versions of an actor side by side. Nothing is lost:
// everything that was typed travels in hidden fields.
type conflictPage struct {
	page.Base
	Intro, Action    string
	Version          int64
	Mine             []field
	Parts            []conflictPart
	URLSave, URLShow string
}

type field struct{ Name, Value string }

// conflictPart is one part in which the versions differ.
type conflictPart struct {
	Part, Label              string
	Mine, Theirs             []string
	PreferMine, PreferTheirs bool // only one of the two was changed
	Hint                     string
}

// conflict shows what was typed beside what somebody else saved meanwhile.
func (a *area) conflict(q *page.Request, f *typed.Form, mine, stored *atlas.Actor) error {
	named := a.teller(q.Lang).lookup(nil).named
	theirs := fill(stored, named).Values
	before := a.before(q, mine, named)
	p := &conflictPage{
		Base: q.Base(q.T("actors.conflict.title")), Action: f.Get(fieldAction), Version: stored.Version,
		URLSave: route.ActorEditing(q.Lang, stored.ID), URLShow: route.Actor(q.Lang, stored.ID),
	}
	p.Intro = q.T("actors.conflict.intro", "name", stored.DisplayName(q.Lang))
	p.Nav, p.NoIndex = route.Actors, true
	for _, name := range sortedNames(f.Values) {
		if name == fieldVersion || name == fieldConflict || name == fieldAction || strings.HasPrefix(name, fieldChoice) {
			continue
		}
		for _, v := range f.Values[name] {
			p.Mine = append(p.Mine, field{name, v})
		}
	}
	t := a.teller(q.Lang)
	for _, part := range typed.Differing(f.Values, theirs, parts) {
		c := conflictPart{Part: part, Label: q.T("actors.field." + part), Mine: lines(t, f.Values, part), Theirs: lines(t, theirs, part)}
		if before != nil {
			c.PreferMine = len(typed.Differing(before, theirs, []string{part})) == 0
			c.PreferTheirs = len(typed.Differing(before, f.Values, []string{part})) == 0
		}
		switch {
		case c.PreferMine:
			c.Hint = q.T("actors.conflict.only_mine")
		case c.PreferTheirs:
			c.Hint = q.T("actors.conflict.only_theirs")
		}
		p.Parts = append(p.Parts, c)
	}
	return q.Render(http.StatusConflict, "actors/conflict", p)
}

// before is the version that the writer read, as a form; nil when it is not
// there any more.
func (a *area) before(q *page.Request, mine *atlas.Actor, named func(string) string) url.Values {
	data, err := a.app.Reader().Version(q.Context(), atlas.KindActor, mine.ID, mine.Version)
	if err != nil {
		return nil
	}
	var r atlas.Actor
	if json.Unmarshal(data, &r) != nil {
		return nil
	}
	return fill(&r, named).Values
}

func sortedNames(values url.Values) []string {
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// settle puts the parts that were chosen of the other version into the form.
func settle(f *typed.Form, theirs *typed.Form) {
	for _, part := range parts {
		if f.Get(fieldChoice+part) == choiceTheirs {
			typed.Take(f.Values, theirs.Values, part)
		}
	}
}

// lines shows one part of a form to a person: a line for each value or row.
func lines(t teller, values url.Values, part string) []string {
	var out []string
	row := ""
	for _, entry := range typed.Of(values, part) {
		name, value, _ := strings.Cut(entry, "=")
		number, inner, isRow := strings.Cut(name, ".")
		list := lists[part]
		if isRow {
			list = lists[part+"."+inner]
		}
		if list != "" {
			value = t.label(list, value)
		}
		switch {
		case part == "generic":
			out = append(out, t.T("actors.word.ano"))
		case isRow && number == row && len(out) > 0:
			out[len(out)-1] += ", " + value
		default:
			out = append(out, value)
		}
		row = number
	}
	return out
}
