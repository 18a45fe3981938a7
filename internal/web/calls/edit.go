package calls

import (
	"errors"
	"net/http"
	"regexp"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// draftKind stands in the names of the copies of the form that browsers keep.
const draftKind = "vyzva"

// create answers the empty form.
func (a *area) create(q *page.Request) error {
	return a.showForm(q, http.StatusOK, typed.New(nil), &atlas.Call{}, "")
}

// edit answers the form of a stored call.
func (a *area) edit(q *page.Request) error {
	c, err := a.app.Reader().Call(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	return a.showForm(q, http.StatusOK, fill(c, a.lookup(q).named), c, "")
}

// showForm writes the form over what was typed; focus is the field in which the
// person goes on.
func (a *area) showForm(q *page.Request, status int, f *typed.Form, c *atlas.Call, focus string) error {
	f.AtLeast("sources", 1)
	form.InOrder(f, parts)
	p := a.sheet(q.Lang, f).Page(q, form.Record{
		Kind: draftKind, ID: c.ID, Name: c.Title, Meta: c.Meta, List: route.Calls, New: route.CallNew,
		URLShow: route.Call(q.Lang, c.ID), URLEdit: route.CallEditing(q.Lang, c.ID),
	})
	p.Address = "" // what editors type into it is kept by their browsers only
	p.Focus, p.ActorOptions = focus, form.ActorOptions(a.app.ActorNames(q.Lang))
	return q.Render(status, "calls/edit", &p)
}

// save takes the form: adds or drops a row, or writes the record. What cannot
// be written comes back with every word that was typed.
func (a *area) save(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	stored := &atlas.Call{}
	if id := q.PathValue("id"); id != "" {
		if stored, err = a.app.Reader().Call(q.Context(), id); err != nil {
			return err
		}
	}
	if focus, done := rowGroups.Change(f); done {
		return a.showForm(q, http.StatusOK, f, stored, focus)
	}
	look := a.lookup(q)
	if !form.Settle(f, fill(stored, look.named).Values, parts) {
		return a.conflict(q, f, stored)
	}
	c, err := decode(f, *stored, look)
	if err != nil {
		return err
	}
	c.Version = form.Version(f)
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
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, "")
	}
	err := a.app.SaveCall(q.Context(), q.Viewer, c)
	var invalid *atlas.InvalidError
	var conflict *atlas.ConflictError
	switch {
	case errors.As(err, &invalid):
		report(f, invalid.Problems)
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, "")
	case errors.As(err, &conflict):
		return a.conflict(q, f, stored)
	case err != nil:
		return err
	}
	return form.Saved(q, draftKind, stored.ID, c.RecordStatus, route.Call(q.Lang, c.ID))
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

// conflict shows what was typed beside what somebody else saved meanwhile.
func (a *area) conflict(q *page.Request, f *typed.Form, stored *atlas.Call) error {
	filled := func(r *atlas.Call) *typed.Form { return fill(r, a.lookup(q).named) }
	read := form.Version(f)
	before, err := form.Before(q.Context(), a.app.Reader(), atlas.KindCall, stored.ID, read, filled)
	if err != nil {
		return err
	}
	return a.sheet(q.Lang, f).ShowConflict(q, form.Conflict{
		Nav: route.Calls, ID: stored.ID, Read: read, Stored: stored.Meta,
		Theirs: filled(stored).Values, Before: before, Parts: parts, Lists: lists,
		URLSave: route.CallEditing(q.Lang, stored.ID), URLShow: route.Call(q.Lang, stored.ID),
	})
}

// sheet draws a form over what was typed.
func (a *area) sheet(lang string, f *typed.Form) form.Sheet {
	return form.New(f, "calls", lang, a.site.Words, a.app.Lists(), needed)
}
