package projects

import (
	"errors"
	"net/http"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// editPage is the form of one project.
type editPage struct {
	form.Page
	Suspects []namedLink // what a new project may be the same as (8.9)
}

// draftKind stands in the names of the copies of the form that browsers keep.
const draftKind = "projekt"

// areaRows is how many areas a project may have (6.1 areas).
const areaRows = atlas.AreaLimit

// edit answers the form of a new or a stored project.
func (a *area) edit(q *page.Request) error {
	stored, err := a.stored(q)
	if err != nil {
		return err
	}
	view := formView{stored: stored, form: fill(stored, a.names(q.Lang))}
	if stored.ID == "" {
		if err := a.prefill(q, view.form); err != nil {
			return err
		}
		view.short = !q.Viewer.May(atlas.RightPublish) && q.Param(paramWhole) == ""
	}
	if err := a.resume(q, &view); err != nil {
		return err
	}
	return a.showForm(q, http.StatusOK, view)
}

// resume offers what the person typed into this form before, or gives it back.
func (a *area) resume(q *page.Request, view *formView) error {
	kept, err := a.app.Draft(q.Context(), q.Viewer, form.Address(q))
	if errors.Is(err, atlas.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !form.Resuming(q) {
		view.kept = form.NewKept(q, kept.SavedAt)
		return nil
	}
	view.form = form.Resumed(kept.Content)
	view.short = view.form.Get(form.FieldShort) != ""
	view.resumed = true
	return nil
}

// stored reads the project that the address names; a new one has its usual
// values only.
func (a *area) stored(q *page.Request) (*atlas.Project, error) {
	id := q.PathValue("id")
	if id == "" {
		return &atlas.Project{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Country: "CZ", Currency: "CZK"}, nil
	}
	return a.editable(q, id)
}

// editable reads a project that the person may change.
func (a *area) editable(q *page.Request, id string) (*atlas.Project, error) {
	p, err := a.app.Reader().Project(q.Context(), id)
	if err != nil {
		return nil, err
	}
	return p, q.Allow(atlas.RightEdit, p.Subject())
}

func (a *area) names(lang string) names {
	return names{
		actor: func(id string) string {
			if id == "" {
				return ""
			}
			return a.app.ActorName(id, lang)
		},
		place: a.app.Places().Label,
	}
}

// formView is what the form is shown over.
type formView struct {
	stored   *atlas.Project
	form     *typed.Form
	focus    string           // the field in which the person goes on
	suspects []*atlas.Project // what a new project may be the same as
	short    bool             // only what is needed (U-13)
	kept     *form.Kept       // what was typed before
	resumed  bool             // and is in the form now
	// correction is that of a form which proposes one.
	correction *form.Correction
}

// showForm writes the form over what was typed.
func (a *area) showForm(q *page.Request, status int, view formView) error {
	stored, f := view.stored, view.form
	for _, group := range []string{"territories", "parties", "activities", "sources"} {
		f.AtLeast(group, 1)
	}
	if view.short {
		f.AtLeast("areas", 2)
		f.AtLeast("funding", 1)
	} else {
		f.AtLeast("areas", areaRows)
	}
	p := &editPage{Page: a.sheet(q.Lang, f).Page(q, form.Record{
		Kind: draftKind, ID: stored.ID, Name: stored.Title(q.Lang), Meta: stored.Meta, List: route.Projects, New: route.ProjectNew,
		URLShow: route.Project(q.Lang, stored.ID), URLEdit: route.ProjectEditing(q.Lang, stored.ID),
	})}
	p.Short, p.Kept, p.Changed = view.short, view.kept, p.Changed || view.resumed
	if view.correction != nil {
		p.corrects(q, view, a.site.Words)
	}
	p.Focus, p.ActorOptions, p.PlaceOptions = view.focus, form.ActorOptions(a.app.ActorNames(q.Lang)), a.placeOptions()
	for _, other := range view.suspects {
		p.Suspects = append(p.Suspects, namedLink{other.Title(q.Lang), route.Project(q.Lang, other.ID)})
	}
	return q.Render(status, "projects/edit", p)
}

// placeOptions are the kraje and okresy; municipalities are suggested while
// typing.
func (a *area) placeOptions() []string {
	var out []string
	places := a.app.Places()
	for _, level := range []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict} {
		for _, t := range places.Children("CZ", level) {
			out = append(out, form.Coded(places.Label(t.Code), t.Code))
		}
	}
	return out
}
