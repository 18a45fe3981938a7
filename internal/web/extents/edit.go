package extents

import (
	"cmp"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// draftKind stands in the names of the copies of the form that browsers keep.
const draftKind = "rozsah-zdroje"

// parts are the fields of the form in their order: what a conflict of two
// versions is shown and chosen by.
var parts = []string{"source", "publisher", "url", "programmes", "territories", "from", "to", "state", "checked_on", "batch", "note"}

// needed are the fields that every extent has.
var needed = []string{"source", "publisher", "territories", "territories.place", "from", "to", "state", "checked_on"}

// rowGroups are the groups of the form whose rows are added and dropped.
var rowGroups = form.Groups{"territories": "place"}

// lists says from which code list the choices of a field come.
var lists = map[string]string{"programmes": atlas.ListProgramme, "state": form.Word}

// editPage is the form of an extent.
type editPage struct {
	form.Page
	States []string
}

// create answers the form of a new extent, with what the address says of it.
func (a *area) create(q *page.Request) error {
	f := typed.New(nil)
	for field, param := range map[string]string{
		"source": route.ParamExtentName, "url": route.ParamExtentURL, "batch": route.ParamExtentBatch,
		"from": route.ParamExtentFrom, "to": route.ParamExtentTo,
	} {
		f.Set(field, q.Param(param))
	}
	return a.showForm(q, http.StatusOK, f, &atlas.SourceExtent{}, "")
}

// edit answers the form of a stored extent.
func (a *area) edit(q *page.Request) error {
	x, err := a.app.Reader().Extent(q.Context(), q.PathValue("id"))
	if err != nil {
		return err
	}
	return a.showForm(q, http.StatusOK, a.teller(q.Lang).fill(x), x, "")
}

// fill writes an extent into a form so that decode reads the same back.
func (t teller) fill(x *atlas.SourceExtent) *typed.Form {
	f := typed.New(nil)
	for name, value := range map[string]string{
		"source": x.Source, "publisher": x.Publisher, "url": x.URL, "state": string(x.State), "batch": x.Batch, "note": x.Note,
	} {
		f.Set(name, value)
	}
	if len(x.Programmes) > 0 {
		f.Values["programmes"] = x.Programmes
	}
	for i, code := range x.Territories {
		f.Set(form.Row("territories", i)+"place", form.Coded(t.app.Places().Label(code), code))
	}
	f.SetYear("from", x.From)
	f.SetYear("to", x.To)
	f.SetDate("checked_on", x.CheckedOn)
	return f
}

// decode gives the extent as typed over the stored one. What is wrong is in the
// form.
func (t teller) decode(f *typed.Form, base atlas.SourceExtent) *atlas.SourceExtent {
	x := base
	x.Source, x.Publisher, x.URL = f.Text("source"), f.Text("publisher"), f.URL("url")
	x.Programmes, x.State = f.Choices("programmes"), atlas.ExtentState(f.Text("state"))
	x.From, x.To, x.CheckedOn = f.Year("from"), f.Year("to"), f.Date("checked_on")
	x.Batch, x.Note = strings.ToUpper(f.Text("batch")), f.Text("note")
	x.Territories = nil
	f.Compact("territories")
	for _, r := range f.Rows("territories") {
		x.Territories = append(x.Territories, t.find(f, r.Prefix+"place"))
	}
	return &x
}

// mostOptions is how many readings of an ambiguous name are offered.
const mostOptions = 12

// find turns a name into the code of the one territory it means. A name that more
// territories have is never guessed: the choices are said (10.3).
func (t teller) find(f *typed.Form, field string) string {
	text, g := f.Text(field), t.app.Places()
	if place, ok := g.Get(cmp.Or(form.Code(text), text)); ok {
		return place.Code
	}
	found := g.Recognise(text)
	switch len(found) {
	case 0:
		f.Fail(field, "extents.form.place_unknown", map[string]any{"value": text})
		return text
	case 1:
		f.Set(field, form.Coded(g.Label(found[0].Code), found[0].Code))
		return found[0].Code
	}
	var options []string
	for _, place := range found[:min(len(found), mostOptions)] {
		options = append(options, form.Coded(g.Label(place.Code), place.Code))
	}
	f.Fail(field, "extents.form.place_ambiguous", map[string]any{"value": text, "options": strings.Join(options, "; ")})
	return text
}

// showForm writes the form over what was typed; focus is the field in which the
// person goes on.
func (a *area) showForm(q *page.Request, status int, f *typed.Form, x *atlas.SourceExtent, focus string) error {
	f.AtLeast("territories", 1)
	form.InOrder(f, parts)
	p := &editPage{Page: form.New(f, "extents", q.Lang, a.site.Words, a.app.Lists(), needed).Page(q, form.Record{
		Kind: draftKind, ID: x.ID, Name: x.Source, Meta: x.Meta, List: route.Extents, New: route.ExtentNew,
		URLShow: route.Extent(q.Lang, x.ID), URLEdit: route.ExtentEditing(q.Lang, x.ID),
	})}
	p.Address = "" // what editors type into it is kept by their browsers only
	for _, s := range atlas.ExtentStates() {
		p.States = append(p.States, string(s))
	}
	g := a.app.Places()
	p.PlaceOptions = []string{form.Coded(g.Label(atlas.CountryCode), atlas.CountryCode)}
	for _, level := range []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict} {
		for _, place := range g.Children(atlas.CountryCode, level) {
			p.PlaceOptions = append(p.PlaceOptions, form.Coded(g.Label(place.Code), place.Code))
		}
	}
	p.Focus = focus
	return q.Render(status, "extents/edit", p)
}

// save takes the form: adds or drops a row, or writes the record. What cannot be
// written comes back with every word that was typed.
func (a *area) save(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	stored := &atlas.SourceExtent{}
	if id := q.PathValue("id"); id != "" {
		if stored, err = a.app.Reader().Extent(q.Context(), id); err != nil {
			return err
		}
	}
	if focus, done := rowGroups.Change(f); done {
		return a.showForm(q, http.StatusOK, f, stored, focus)
	}
	t := a.teller(q.Lang)
	if !form.Settle(f, t.fill(stored).Values, parts) {
		return a.conflict(q, f, stored)
	}
	x := t.decode(f, *stored)
	x.Version = form.Version(f)
	switch f.Get(form.FieldAction) {
	case form.ActionPublish:
		x.RecordStatus = atlas.RecordPublished
	case form.ActionReturn:
		x.RecordStatus = atlas.RecordDraft
	}
	wrong, err := a.app.CheckExtent(q.Context(), x)
	if err != nil {
		return err
	}
	if report(f, wrong); len(f.Problems) > 0 {
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, "")
	}
	return a.write(q, f, x, stored)
}

// write saves the extent, or shows what stands in the way.
func (a *area) write(q *page.Request, f *typed.Form, x, stored *atlas.SourceExtent) error {
	err := a.app.SaveExtent(q.Context(), q.Viewer, x)
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
	return form.Saved(q, draftKind, stored.ID, x.RecordStatus, route.Extent(q.Lang, x.ID))
}

var (
	ticked = regexp.MustCompile(`^programmes\.\d+$`)
	placed = regexp.MustCompile(`^territories\.\d+$`)
)

// report takes problems of the record over to the fields of the form, each once. A
// field that could not be read is not called missing.
func report(f *typed.Form, all []atlas.Problem) {
	for _, p := range all {
		switch {
		case ticked.MatchString(p.Field):
			p.Field = "programmes"
		case placed.MatchString(p.Field):
			p.Field += ".place"
		}
		if len(f.ProblemsOf(p.Field)) == 0 {
			f.Problems = append(f.Problems, p)
		}
	}
}

// conflict shows what was typed beside what somebody else saved meanwhile.
func (a *area) conflict(q *page.Request, f *typed.Form, stored *atlas.SourceExtent) error {
	t, read := a.teller(q.Lang), form.Version(f)
	before, err := form.Before(q.Context(), a.app.Reader(), atlas.KindExtent, stored.ID, read, t.fill)
	if err != nil {
		return err
	}
	return form.New(f, "extents", q.Lang, a.site.Words, a.app.Lists(), needed).ShowConflict(q, form.Conflict{
		Nav: route.Extents, ID: stored.ID, Read: read, Stored: stored.Meta,
		Theirs: t.fill(stored).Values, Before: before, Parts: parts, Lists: lists,
		URLSave: route.ExtentEditing(q.Lang, stored.ID), URLShow: route.Extent(q.Lang, stored.ID),
	})
}
