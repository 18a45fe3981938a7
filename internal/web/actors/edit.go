package actors

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

// editPage is the form of an actor.
type editPage struct {
	form.Page
	RelationKinds []string
}

// draftKind stands in the names of the copies of the form that browsers keep.
const draftKind = "akter"

// create answers the empty form.
func (a *area) create(q *page.Request) error {
	f := typed.New(nil)
	f.Set("country", "CZ")
	return a.showResumed(q, f, &atlas.Actor{}, nil)
}

// edit answers the form of a stored actor.
func (a *area) edit(q *page.Request) error {
	r, err := a.stored(q)
	if err != nil {
		return err
	}
	return a.showResumed(q, fill(r, a.teller(q.Lang).lookup(nil).named), r, nil)
}

// stored reads the actor that the address names, of those that the viewer may
// edit: the form shows what the page does not, such as a bank account. A new one
// is empty.
func (a *area) stored(q *page.Request) (*atlas.Actor, error) {
	id := q.PathValue("id")
	if id == "" {
		return &atlas.Actor{}, nil
	}
	r, err := a.app.Reader().Actor(q.Context(), id)
	if err != nil {
		return nil, err
	}
	return r, q.Allow(atlas.RightEdit, r.Subject())
}

// showResumed offers what the person typed into this form before, or gives it
// back.
func (a *area) showResumed(q *page.Request, f *typed.Form, r *atlas.Actor, c *form.Correction) error {
	view := formView{form: f, actor: r, correction: c}
	kept, err := a.app.Draft(q.Context(), q.Viewer, form.Address(q))
	switch {
	case errors.Is(err, atlas.ErrNotFound):
	case err != nil:
		return err
	case form.Resuming(q):
		view.form, view.resumed = form.Resumed(kept.Content), true
		if c != nil {
			c.Note, c.Proposal = view.form.Get(form.FieldNote), view.form.Get(form.FieldProposal)
		}
	default:
		view.kept = form.NewKept(q, kept.SavedAt)
	}
	open(view.form)
	return a.showView(q, http.StatusOK, view)
}

// open gives each group an empty row to write in.
func open(f *typed.Form) {
	for _, group := range []string{"territories", "sources"} {
		f.AtLeast(group, 1)
	}
}

// formView is what the form is shown over.
type formView struct {
	form       *typed.Form
	actor      *atlas.Actor
	focus      string           // the field in which the person goes on
	kept       *form.Kept       // what was typed before
	resumed    bool             // and is in the form now
	correction *form.Correction // of a form that proposes one
}

// showForm writes the form over what was typed; focus is the field in which the
// person goes on.
func (a *area) showForm(q *page.Request, status int, f *typed.Form, r *atlas.Actor, focus string) error {
	return a.showView(q, status, formView{form: f, actor: r, focus: focus})
}

func (a *area) showView(q *page.Request, status int, view formView) error {
	f, r := view.form, view.actor
	form.InOrder(f, parts)
	p := &editPage{RelationKinds: relationKinds, Page: a.sheet(q.Lang, f).Page(q, form.Record{
		Kind: draftKind, ID: r.ID, Name: r.DisplayName(q.Lang), Meta: r.Meta, List: route.Actors, New: route.ActorNew,
		URLShow: route.Actor(q.Lang, r.ID), URLEdit: route.ActorEditing(q.Lang, r.ID),
	})}
	p.Kept, p.Changed = view.kept, p.Changed || view.resumed
	if p.Correction = view.correction; p.Correction != nil {
		p.URLSave = route.ActorCorrecting(q.Lang, r.ID)
		p.Corrects()
		p.Title = q.T("form.correction.title", "name", r.DisplayName(q.Lang))
	}
	p.Focus, p.ActorOptions, p.PlaceOptions = view.focus, form.ActorOptions(a.app.ActorNames(q.Lang)), a.placeOptions()
	return q.Render(status, "actors/edit", p)
}

// mostListed bounds the suggestions that the page carries for those who have
// no script; with one they are asked for while typing.
const mostListed = 300

// placeOptions are the country and its parts as far as they go.
func (a *area) placeOptions() []string {
	g := a.app.Places()
	places := []string{form.Coded(g.Label("CZ"), "CZ")}
	for _, level := range []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelMunicipality} {
		for _, t := range g.Children("CZ", level) {
			if len(places) < mostListed {
				places = append(places, form.Coded(g.Label(t.Code), t.Code))
			}
		}
	}
	return places
}

// save takes the form: adds or drops a row, or writes the record. What cannot
// be written comes back with every word that was typed.
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
		return a.showForm(q, http.StatusOK, f, stored, focus)
	}
	all, err := a.directory.list(q.Context(), q.Lang)
	if err != nil {
		return err
	}
	look := a.teller(q.Lang).lookup(all)
	if !form.Settle(f, fill(stored, look.named).Values, parts) {
		return a.conflict(q, f, stored)
	}
	r, action := decode(f, *stored, look), f.Get(form.FieldAction)
	r.Version = form.Version(f)
	subject := stored.Subject() // of a new one nothing but that it is new
	if r.RecordStatus = form.StatusAfter(action, stored.RecordStatus); r.RecordStatus != stored.RecordStatus && !a.app.MayMove(q.Viewer, subject, r.RecordStatus) {
		r.RecordStatus = stored.RecordStatus
	}
	return a.write(q, f, r, stored, action)
}

// write saves the actor, or shows what stands in the way.
func (a *area) write(q *page.Request, f *typed.Form, r, stored *atlas.Actor, action string) error {
	a.check(q, f, r, action)
	if len(f.Problems) > 0 {
		open(f)
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, "")
	}
	err := a.app.SaveActorOf(q.Context(), q.Viewer, form.Address(q), r)
	var invalid *atlas.InvalidError
	var conflict *atlas.ConflictError
	switch {
	case errors.As(err, &invalid):
		report(f, invalid.Problems)
		open(f)
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, "")
	case errors.As(err, &conflict):
		return a.conflict(q, f, stored)
	case err != nil:
		return err
	}
	return form.Saved(q, draftKind, stored.ID, r.RecordStatus, route.Actor(q.Lang, r.ID))
}

// check adds what the rules say to what could not be read, so that everything
// that is wrong is said at once.
func (a *area) check(q *page.Request, f *typed.Form, r *atlas.Actor, action string) {
	report(f, a.app.CheckActor(r))
	if action == form.ActionPublish {
		checked := *r
		if it, ok := a.app.Lists().Item(atlas.ListActorType, r.Type); ok && it.Parent != "" {
			checked.Sector = it.Parent
		}
		report(f, checked.Problems(a.app.Lists(), atlas.StagePublish, a.app.Now().Year()))
	}
	if r.ICO == "" || r.Parent != "" {
		return // a part of an organisation has its number
	}
	other, err := a.app.Reader().ActorByICO(q.Context(), r.ICO)
	if err == nil && other != r.ID {
		report(f, []atlas.Problem{{Field: "ico", Key: "actors.form.ico_taken", Args: map[string]any{
			"name": form.Coded(a.app.ActorName(other, q.Lang), other),
		}}})
	}
}

var ticked = regexp.MustCompile(`^(areas|activities|target_legal|languages|service_form)\.\d+$`)
var place = regexp.MustCompile(`^territories\.\d+$`)

// report takes problems of the record over to the fields of the form, each
// once. A field that could not be read is not called missing.
func report(f *typed.Form, all []atlas.Problem) {
	for _, p := range all {
		if m := ticked.FindStringSubmatch(p.Field); m != nil {
			p.Field = m[1]
		}
		if place.MatchString(p.Field) {
			p.Field += ".place"
		}
		if len(f.ProblemsOf(p.Field)) == 0 {
			f.Problems = append(f.Problems, p)
		}
	}
}
