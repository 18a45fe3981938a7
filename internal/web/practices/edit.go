package practices

import (
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
const draftKind = "praxe"

// editPage is the form of a card.
type editPage struct {
	form.Page
	From      *link // the project that a new card is pre-filled from
	Unmarked  bool  // no evaluation carries a mark for it
	URLPhotos string
	MayStatus bool
	Warnings  []form.Flaw
}

// CityRoles, PrerequisiteKinds and Opinions are the words that the form offers.
func (editPage) CityRoles() []string { return texts(atlas.CityRoles()) }

// PrerequisiteKinds are the kinds of prerequisites.
func (editPage) PrerequisiteKinds() []string { return texts(atlas.PrerequisiteKinds()) }

// Opinions are whose opinions a card has.
func (editPage) Opinions() []string { return texts(atlas.OpinionsOf()) }

func texts[S ~string](all []S) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = string(s)
	}
	return out
}

// create answers the form of a new card, pre-filled from the project and the
// evaluation in the address.
func (a *area) create(q *page.Request) error {
	t := a.teller(q.Lang)
	project, evaluation := q.Param(route.ParamProject), q.Param(route.ParamEvaluation)
	if project == "" {
		return a.showResumed(q, t.fill(&atlas.Practice{Country: atlas.CountryCode}), &atlas.Practice{})
	}
	card, err := a.app.PracticeFrom(q.Context(), q.Viewer, project, evaluation)
	if err != nil {
		return err
	}
	return a.showResumed(q, t.fill(card), &atlas.Practice{})
}

// edit answers the form of a stored card.
func (a *area) edit(q *page.Request) error {
	p, err := a.stored(q)
	if err != nil {
		return err
	}
	return a.showResumed(q, a.teller(q.Lang).fill(p), p)
}

// stored reads the card that the address names, of those that the viewer may edit. A
// new one is empty.
func (a *area) stored(q *page.Request) (*atlas.Practice, error) {
	id := q.PathValue("id")
	if id == "" {
		return &atlas.Practice{}, nil
	}
	p, err := a.app.Reader().Practice(q.Context(), id)
	if err != nil {
		return nil, err
	}
	return p, q.Allow(atlas.RightEdit, p.Subject())
}

// showResumed offers what the person typed into this form before, or gives it back.
func (a *area) showResumed(q *page.Request, f *typed.Form, p *atlas.Practice) error {
	kept, err := a.app.Draft(q.Context(), q.Viewer, form.Address(q))
	f, offer, err := form.Resume(q, f, kept.Content, kept.SavedAt, err)
	if err != nil {
		return err
	}
	return a.showForm(q, http.StatusOK, f, p, "", offer)
}

// opened are the groups of rows that stand open with one row in an empty form.
var opened = []string{"territories", "implementers", "contacts", "segments", "barriers", "sources"}

// showForm writes the form over what was typed; focus is the field in which the
// person goes on, kept what they typed before.
func (a *area) showForm(q *page.Request, status int, f *typed.Form, p *atlas.Practice, focus string, kept *form.Kept) error {
	for _, group := range opened {
		f.AtLeast(group, 1)
	}
	form.InOrder(f, parts)
	e := &editPage{Page: a.sheet(q.Lang, f).Page(q, form.Record{
		Kind: draftKind, ID: p.ID, Name: p.Title, Meta: p.Meta, List: route.Practices, New: route.PracticeNew,
		URLShow: route.Practice(q.Lang, p.ID), URLEdit: route.PracticeEditing(q.Lang, p.ID),
	})}
	e.Focus, e.Kept, e.PlaceOptions, e.ActorOptions = focus, kept, a.placeOptions(), form.ActorOptions(a.app.ActorNames(q.Lang))
	e.MayStatus = e.Published && q.Viewer.May(atlas.RightPublish)
	if p.ID != "" {
		e.URLPhotos = route.PracticePictures(q.Lang, p.ID)
	}
	e.Warnings = a.warnings(q.Lang, f)
	if err := a.origin(q, e, p); err != nil {
		return err
	}
	return q.Render(status, "practices/edit", e)
}

// warnings is what could be better in what was typed, and refuses nothing.
func (a *area) warnings(lang string, f *typed.Form) []form.Flaw {
	card := &atlas.Practice{Title: f.Text("title"), Summary: f.Text("summary")}
	warned := &typed.Form{Values: f.Values, Problems: card.Warnings()}
	return a.sheet(lang, warned).Flaws()
}

// origin says of a new card what it is pre-filled from, and that it goes without a
// mark where no evaluation carries one.
func (a *area) origin(q *page.Request, e *editPage, p *atlas.Practice) error {
	ids := codesOf(e.Form, "projects")
	if p.ID != "" || len(ids) == 0 {
		return nil
	}
	found, err := a.app.Reader().Projects(q.Context(), ids[:1])
	if err != nil {
		return err
	}
	for _, x := range found {
		if q.May(atlas.RightRead, x.Subject()) {
			e.From = &link{x.Title(q.Lang), route.Project(q.Lang, x.ID)}
		}
	}
	s, err := a.app.MarkStanding(q.Context(), &atlas.Practice{Evaluations: codesOf(e.Form, "evaluations")})
	e.Unmarked = !s.Stands()
	return err
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

// save takes the form: adds or drops a row, or writes the card. What cannot be written
// comes back with every word that was typed.
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
	p := t.decode(f, *stored)
	p.Version = form.Version(f)
	if to := form.StatusAfter(f.Get(form.FieldAction), stored.RecordStatus); to == stored.RecordStatus || a.app.MayMove(q.Viewer, stored.Subject(), to) {
		p.RecordStatus = to
	}
	wrong, err := a.app.CheckPractice(q.Context(), p)
	if err != nil {
		return err
	}
	if report(f, append(a.missingFiles(p), wrong...)); len(f.Problems) > 0 {
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, "", nil)
	}
	return a.write(q, f, p, stored)
}

// missingFiles says which kept pictures that the form names are not kept.
func (a *area) missingFiles(p *atlas.Practice) []atlas.Problem {
	var out []atlas.Problem
	for i, x := range p.Photos {
		if x.File != "" && !a.files.Has(x.File) {
			out = append(out, atlas.Problem{Field: form.Row("photos", i) + "url", Key: "practices.problem.no_file"})
		}
	}
	return out
}

// write saves the card, or shows what stands in the way.
func (a *area) write(q *page.Request, f *typed.Form, p, stored *atlas.Practice) error {
	err := a.app.SavePracticeOf(q.Context(), q.Viewer, form.Address(q), p)
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
	return form.Saved(q, draftKind, stored.ID, p.RecordStatus, route.Practice(q.Lang, p.ID))
}

// one is a value of a field that the form has as a whole.
var one = regexp.MustCompile(`^(areas|activities|target_legal|situations|city_roles|projects|evaluations)\.\d+$`)

// report takes problems of the card over to the fields of the form, each once. A
// field that could not be read is not called missing.
func report(f *typed.Form, all []atlas.Problem) {
	for _, p := range all {
		if m := one.FindStringSubmatch(p.Field); m != nil {
			p.Field = m[1]
		}
		failed := false
		for _, was := range f.Problems {
			// a row that could not be read is not a group that is missing
			failed = failed || was.Field == p.Field || strings.HasPrefix(was.Field, p.Field+".") && p.Key == "problem.required"
		}
		if !failed {
			f.Problems = append(f.Problems, p)
		}
	}
}

// conflict shows what was typed beside what somebody else saved meanwhile.
func (a *area) conflict(q *page.Request, f *typed.Form, stored *atlas.Practice) error {
	t, read := a.teller(q.Lang), form.Version(f)
	before, err := form.Before(q.Context(), a.app.Reader(), atlas.KindPractice, stored.ID, read, t.fill)
	if err != nil {
		return err
	}
	return a.sheet(q.Lang, f).ShowConflict(q, form.Conflict{
		Nav: route.Practices, ID: stored.ID, Read: read, Stored: stored.Meta,
		Theirs: t.fill(stored).Values, Before: before, Parts: parts, Lists: lists,
		URLSave: route.PracticeEditing(q.Lang, stored.ID), URLShow: route.Practice(q.Lang, stored.ID),
	})
}

// sheet draws a form over what was typed.
func (a *area) sheet(lang string, f *typed.Form) form.Sheet {
	return form.New(f, "practices", lang, a.site.Words, a.app.Lists(), needed)
}

// PhotoFields are what the form carries of a kept picture without showing it.
func (editPage) PhotoFields() []string { return []string{"file", "small", "width", "height"} }

// Thumb is the address of the small picture of a row, "" when it is kept elsewhere.
func (e editPage) Thumb(prefix string) string {
	if sum := sumOf(e.Get(prefix + "small")); sum != "" {
		return route.Picture(sum)
	}
	return ""
}
