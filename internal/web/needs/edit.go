package needs

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
const draftKind = "potreba"

// editPage is the form of a need.
type editPage struct {
	form.Page
	Severities []string
}

// create answers the empty form; a territory or an area may come with the address.
func (a *area) create(q *page.Request) error {
	f := typed.New(nil)
	if code := q.Param(paramPlace); code != "" {
		f.Set("territory", form.Coded(a.app.Places().Label(code), code))
	}
	f.Set("area", q.Param(paramArea))
	f.Set("status", atlas.NeedReported)
	return a.showResumed(q, f, &atlas.Need{})
}

// edit answers the form of a stored need.
func (a *area) edit(q *page.Request) error {
	n, err := a.stored(q)
	if err != nil {
		return err
	}
	return a.showResumed(q, a.teller(q.Lang).fill(n), n)
}

// stored reads the need that the address names, of those that the viewer may edit.
// A new one is empty.
func (a *area) stored(q *page.Request) (*atlas.Need, error) {
	id := q.PathValue("id")
	if id == "" {
		return &atlas.Need{}, nil
	}
	n, err := a.app.Reader().Need(q.Context(), id)
	if err != nil {
		return nil, err
	}
	return n, q.Allow(atlas.RightEdit, n.Subject())
}

// showResumed offers what the person typed into this form before, or gives it back.
func (a *area) showResumed(q *page.Request, f *typed.Form, n *atlas.Need) error {
	kept, err := a.app.Draft(q.Context(), q.Viewer, form.Address(q))
	f, offer, err := form.Resume(q, f, kept.Content, kept.SavedAt, err)
	if err != nil {
		return err
	}
	return a.showForm(q, http.StatusOK, f, n, "", offer)
}

// showForm writes the form over what was typed; focus is the field in which the
// person goes on, kept what they typed before.
func (a *area) showForm(q *page.Request, status int, f *typed.Form, n *atlas.Need, focus string, kept *form.Kept) error {
	f.AtLeast("sources", 1)
	form.InOrder(f, parts)
	p := &editPage{Severities: severities, Page: a.sheet(q.Lang, f).Page(q, form.Record{
		Kind: draftKind, ID: n.ID, Name: n.Title, Meta: n.Meta, List: route.Needs, New: route.NeedNew,
		URLShow: route.Need(q.Lang, n.ID), URLEdit: route.NeedEditing(q.Lang, n.ID),
	})}
	p.Focus, p.Kept, p.PlaceOptions = focus, kept, a.placeOptions()
	return q.Render(status, "needs/edit", p)
}

// mostListed bounds the suggestions that the page carries for those who have no
// script; with one they are asked for while typing.
const mostListed = 300

func (a *area) placeOptions() []string {
	g := a.app.Places()
	var out []string
	for _, level := range []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelMunicipality} {
		for _, t := range g.Children(atlas.CountryCode, level) {
			if len(out) < mostListed {
				out = append(out, form.Coded(g.Label(t.Code), t.Code))
			}
		}
	}
	return out
}

// save takes the form: adds or drops a row, or writes the record. What cannot be
// written comes back with every word that was typed.
func (a *area) save(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	stored, err := a.stored(q)
	if err != nil {
		return err
	}
	if focus, done := rowGroups.Change(f); done {
		return a.showForm(q, http.StatusOK, f, stored, focus, nil)
	}
	t := a.teller(q.Lang)
	if !form.Settle(f, t.fill(stored).Values, parts) {
		return a.conflict(q, f, stored)
	}
	n := t.decode(f, *stored)
	n.Version = form.Version(f)
	if to := form.StatusAfter(f.Get(form.FieldAction), stored.RecordStatus); to == stored.RecordStatus || a.app.MayMove(q.Viewer, stored.Subject(), to) {
		n.RecordStatus = to
	}
	wrong, err := a.app.CheckNeed(q.Context(), n)
	if err != nil {
		return err
	}
	if report(f, wrong); len(f.Problems) > 0 {
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, "", nil)
	}
	return a.write(q, f, n, stored)
}

// write saves the need, or shows what stands in the way.
func (a *area) write(q *page.Request, f *typed.Form, n, stored *atlas.Need) error {
	err := a.app.SaveNeedOf(q.Context(), q.Viewer, form.Address(q), n)
	var invalid *atlas.InvalidError
	var conflict *atlas.ConflictError
	switch {
	case errors.As(err, &invalid):
		report(f, invalid.Problems)
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, "", nil)
	case errors.As(err, &conflict):
		return a.conflict(q, f, stored)
	case err != nil:
		return err
	}
	return form.Saved(q, draftKind, stored.ID, n.RecordStatus, route.Need(q.Lang, n.ID))
}

// one is a value of a field that the form has as a whole.
var one = regexp.MustCompile(`^(target_legal|projects|calls)\.\d+$`)

// report takes problems of the record over to the fields of the form, each once. A
// field that could not be read is not called missing.
func report(f *typed.Form, all []atlas.Problem) {
	for _, p := range all {
		if m := one.FindStringSubmatch(p.Field); m != nil {
			p.Field = m[1]
		}
		if p.Field == "people.kind" {
			p.Field = "people"
		}
		if len(f.ProblemsOf(p.Field)) == 0 {
			f.Problems = append(f.Problems, p)
		}
	}
}

// conflict shows what was typed beside what somebody else saved meanwhile.
func (a *area) conflict(q *page.Request, f *typed.Form, stored *atlas.Need) error {
	t, read := a.teller(q.Lang), form.Version(f)
	before, err := form.Before(q.Context(), a.app.Reader(), atlas.KindNeed, stored.ID, read, t.fill)
	if err != nil {
		return err
	}
	return a.sheet(q.Lang, f).ShowConflict(q, form.Conflict{
		Nav: route.Needs, ID: stored.ID, Read: read, Stored: stored.Meta,
		Theirs: t.fill(stored).Values, Before: before, Parts: parts, Lists: lists,
		URLSave: route.NeedEditing(q.Lang, stored.ID), URLShow: route.Need(q.Lang, stored.ID),
	})
}

// sheet draws a form over what was typed.
func (a *area) sheet(lang string, f *typed.Form) form.Sheet {
	return form.New(f, "needs", lang, a.site.Words, a.app.Lists(), needed)
}
