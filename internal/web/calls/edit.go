package calls

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// editPage is the form of a call.
type editPage struct {
	page.Base
	form.Sheet
	Heading                string
	Version                int64
	Published              bool
	ActorOptions           []string
	URLSave, URLBack, Back string
	URLActors              string
}

// create answers the empty form.
func (a *area) create(q *page.Request) error {
	return a.showForm(q, http.StatusOK, typed.New(nil), &atlas.Call{})
}

// edit answers the form of a stored call.
func (a *area) edit(q *page.Request) error {
	c, err := a.app.Reader().Call(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	return a.showForm(q, http.StatusOK, fill(c, a.lookup(q).named), c)
}

// mostListed bounds the suggestions that the page carries for those who have
// no script.
const mostListed = 300

func (a *area) showForm(q *page.Request, status int, f *typed.Form, c *atlas.Call) error {
	f.AtLeast("sources", 1)
	form.InOrder(f, parts)
	p := &editPage{
		Sheet:   form.New(f, "calls", q.Lang, a.site.Words, a.app.Lists(), needed),
		Heading: q.T("calls.form.new"), Version: c.Version, Published: c.Public(),
		URLSave: route.In(q.Lang, route.CallNew), URLBack: route.In(q.Lang, route.Calls), Back: q.T("calls.title"),
		URLActors: route.In(q.Lang, route.ActorsSuggest),
	}
	if c.ID != "" {
		p.Heading = q.T("calls.form.edit", "name", c.Title)
		p.URLSave, p.URLBack, p.Back = route.CallEditing(q.Lang, c.ID), route.Call(q.Lang, c.ID), c.Title
	}
	if v, err := strconv.ParseInt(f.Get(form.FieldVersion), 10, 64); err == nil {
		p.Version = v
	}
	p.Base = q.Base(p.Heading)
	p.Nav, p.NoIndex = route.Calls, true
	for id, name := range a.app.ActorNames(q.Lang) {
		p.ActorOptions = append(p.ActorOptions, form.Coded(name, id))
	}
	slices.Sort(p.ActorOptions)
	p.ActorOptions = p.ActorOptions[:min(len(p.ActorOptions), mostListed)]
	return q.Render(status, "calls/edit", p)
}

// save takes the form: adds or drops a row, or writes the record. What cannot
// be written comes back with every word that was typed.
func (a *area) save(q *page.Request) error {
	if err := q.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return err
		}
		return page.ErrBadRequest
	}
	stored := &atlas.Call{}
	if id := q.PathValue("id"); id != "" {
		var err error
		if stored, err = a.app.Reader().Call(q.Context(), id); err != nil {
			return err
		}
	}
	f, look := typed.New(q.PostForm), a.lookup(q)
	if form.Rows(f, "sources") {
		return a.showForm(q, http.StatusOK, f, stored)
	}
	form.Settle(f, fill(stored, look.named).Values, parts)
	c, err := decode(f, *stored, look)
	if err != nil {
		return err
	}
	c.Version, _ = strconv.ParseInt(f.Get(form.FieldVersion), 10, 64)
	switch f.Get(form.FieldAction) {
	case form.ActionPublish:
		c.RecordStatus = atlas.RecordPublished
	case form.ActionReturn:
		c.RecordStatus = atlas.RecordDraft
	}
	return a.write(q, f, c, stored)
}

// write saves the call, or shows what stands in the way: everything at once.
func (a *area) write(q *page.Request, f *typed.Form, c, stored *atlas.Call) error {
	stage := atlas.StageSave
	if c.Public() {
		stage = atlas.StagePublish
	}
	report(f, c.Problems(a.app.Lists(), stage, a.app.Now().Year()))
	if f.Get(form.FieldAction) == form.ActionPublish {
		report(f, unfinished(c))
	}
	if len(f.Problems) > 0 {
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored)
	}
	err := a.app.SaveCall(q.Context(), q.Viewer, c)
	var invalid *atlas.InvalidError
	var conflict *atlas.ConflictError
	switch {
	case errors.As(err, &invalid):
		report(f, invalid.Problems)
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored)
	case errors.As(err, &conflict):
		return a.conflict(q, f, c, stored)
	case err != nil:
		return err
	}
	q.Flash(page.FlashSuccess, q.T("calls.form.saved."+c.RecordStatus))
	return q.Redirect(route.Call(q.Lang, c.ID))
}

// unfinished asks for what 6.16 requires of a call that a person publishes.
func unfinished(c *atlas.Call) []atlas.Problem {
	var out []atlas.Problem
	for _, x := range []struct {
		field string
		there bool
	}{{"year", c.Year != 0}, {"funder", c.Funder != ""}, {"programme", c.Programme != ""}} {
		if !x.there {
			out = append(out, atlas.Problem{Field: x.field, Key: "problem.required"})
		}
	}
	if !c.Deadline.Known() && !c.Continuous {
		out = append(out, atlas.Problem{Field: "deadline", Key: keyNoDeadline})
	}
	return out
}

var ticked = regexp.MustCompile(`^(areas|applicants)\.\d+$`)

// report takes problems of the record over to the fields of the form, each
// once. A field that could not be read is not called missing.
func report(f *typed.Form, all []atlas.Problem) {
	for _, p := range all {
		if m := ticked.FindStringSubmatch(p.Field); m != nil {
			p.Field = m[1]
		}
		if len(f.ProblemsOf(p.Field)) == 0 {
			f.Problems = append(f.Problems, p)
		}
	}
}

// conflictPage shows two versions of a call side by side. Nothing is lost:
// everything that was typed travels in hidden fields.
type conflictPage struct {
	page.Base
	Intro, Action    string
	Version          int64
	Mine             []form.Field
	Parts            []form.Difference
	URLSave, URLShow string
}

// conflict shows what was typed beside what somebody else saved meanwhile.
func (a *area) conflict(q *page.Request, f *typed.Form, mine, stored *atlas.Call) error {
	named := a.lookup(q).named
	var before url.Values
	if data, err := a.app.Reader().Version(q.Context(), atlas.KindCall, mine.ID, mine.Version); err == nil {
		var c atlas.Call
		if json.Unmarshal(data, &c) == nil {
			before = fill(&c, named).Values
		}
	}
	sheet := form.New(f, "calls", q.Lang, a.site.Words, a.app.Lists(), needed)
	p := &conflictPage{
		Base: q.Base(q.T("calls.conflict.title")), Action: f.Get(form.FieldAction), Version: stored.Version, Mine: sheet.Hidden(),
		Parts:   sheet.Differences(fill(stored, named).Values, before, parts, lists),
		Intro:   q.T("calls.conflict.intro", "name", stored.Title),
		URLSave: route.CallEditing(q.Lang, stored.ID), URLShow: route.Call(q.Lang, stored.ID),
	}
	p.Nav, p.NoIndex = route.Calls, true
	return q.Render(http.StatusConflict, "calls/conflict", p)
}
