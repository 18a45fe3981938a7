package rounds

import (
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// draftKind stands in the names of the copies of the form that browsers keep.
const draftKind = "kolo"

// parts are the fields of the form in their order.
var parts = []string{"title", "rubric", "mode", "due", "calibration", "note"}

// needed are the fields without which there is no round.
var needed = []string{"title", "rubric", "mode", "due"}

// editPage is the form of a round.
type editPage struct {
	form.Page
	Rubrics   form.Control
	Meanwhile bool
}

// Modes are the modes to choose of.
func (p *editPage) Modes() form.Control {
	var all []string
	for _, m := range atlas.Modes() {
		all = append(all, string(m))
	}
	return p.Choose("mode", all)
}

func (a *area) create(q *page.Request) error {
	f := typed.New(nil)
	f.Set("mode", string(atlas.ModeExPost))
	return a.showResumed(q, f, &atlas.Round{})
}

func (a *area) edit(q *page.Request) error {
	x, err := a.stored(q)
	if err != nil {
		return err
	}
	return a.showResumed(q, fill(x), x)
}

func (a *area) stored(q *page.Request) (*atlas.Round, error) {
	if q.PathValue("id") == "" {
		return &atlas.Round{}, nil
	}
	return a.app.Reader().Round(q.Context(), q.PathValue("id"))
}

func fill(x *atlas.Round) *typed.Form {
	f := typed.New(nil)
	for name, value := range map[string]string{"title": x.Title, "rubric": x.Rubric, "mode": string(x.Mode), "note": x.Note} {
		f.Set(name, value)
	}
	f.SetDate("due", x.Due)
	if x.Calibration {
		f.Set("calibration", "1")
	}
	return f
}

// showResumed offers what the person typed into this form before, or gives it back.
func (a *area) showResumed(q *page.Request, f *typed.Form, x *atlas.Round) error {
	kept, err := a.app.Draft(q.Context(), q.Viewer, form.Address(q))
	f, offer, err := form.Resume(q, f, kept.Content, kept.SavedAt, err)
	if err != nil {
		return err
	}
	return a.showForm(q, http.StatusOK, f, x, offer)
}

func (a *area) showForm(q *page.Request, status int, f *typed.Form, x *atlas.Round, kept *form.Kept) error {
	form.InOrder(f, parts)
	sheet := form.New(f, "rounds", q.Lang, a.site.Words, a.app.Lists(), needed)
	p := &editPage{Page: sheet.Page(q, form.Record{
		Kind: draftKind, ID: x.ID, Name: x.Title, Meta: x.Meta, List: route.Rounds, New: route.RoundNew,
		URLShow: route.Round(q.Lang, x.ID), URLEdit: route.RoundEditing(q.Lang, x.ID),
	})}
	p.Kept, p.MayPublish, p.MaySend = kept, false, false
	if status == http.StatusConflict {
		p.Meanwhile, p.Version = true, x.Version
	}
	var err error
	if p.Rubrics, err = a.rubrics(q, sheet, f.Get("rubric")); err != nil {
		return err
	}
	return q.Render(status, "rounds/edit", p)
}

// rubrics chooses a version by which evaluations may begin; one that is chosen stays.
func (a *area) rubrics(q *page.Request, s form.Sheet, chosen string) (form.Control, error) {
	open, err := a.app.OpenRubrics(q.Context(), "")
	if err != nil {
		return form.Control{}, err
	}
	c := s.Choose("rubric", nil)
	c.Options = nil
	for _, r := range open {
		c.Options = append(c.Options, form.Choice{Value: r.ID, Label: r.Title.In(q.Lang) + ", " + q.T("rounds.version", "n", r.Number), Chosen: r.ID == chosen})
	}
	if chosen != "" && !slices.ContainsFunc(c.Options, func(x form.Choice) bool { return x.Chosen }) {
		c.Options = append(c.Options, form.Choice{Value: chosen, Label: chosen, Chosen: true})
	}
	return c, nil
}

func (a *area) save(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	stored, err := a.stored(q)
	if err != nil {
		return err
	}
	x := *stored
	x.Title, x.Rubric, x.Mode, x.Note = f.Text("title"), f.Text("rubric"), atlas.Mode(f.Text("mode")), f.Text("note")
	x.Due, x.Calibration, x.Version = f.Date("due"), f.Get("calibration") != "", form.Version(f)
	if len(f.Problems) > 0 {
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, nil)
	}
	err = a.app.SaveRound(q.Context(), q.Viewer, form.Address(q), &x)
	var invalid *atlas.InvalidError
	var conflict *atlas.ConflictError
	switch {
	case errors.As(err, &invalid):
		f.Problems = append(f.Problems, invalid.Problems...)
		return a.showForm(q, http.StatusUnprocessableEntity, f, stored, nil)
	case errors.As(err, &conflict):
		return a.showForm(q, http.StatusConflict, f, stored, nil)
	case err != nil:
		return err
	}
	q.Flash(page.FlashSuccess, q.T("rounds.done.saved"))
	return q.Redirect(route.Round(q.Lang, x.ID))
}

// projectCode is a code of a project, however it is written: alone, in an address.
var projectCode = regexp.MustCompile(`P-\d+`)

// assign gives projects to evaluators. What was typed stays when it is refused.
func (a *area) assign(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	f := typed.New(q.PostForm)
	text, evaluators := f.Get("projects"), f.Choices("evaluators")
	var projects []string
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" ,;\n\r\t", c) }) {
		if code := projectCode.FindString(strings.ToUpper(part)); code != "" {
			part = code
		}
		projects = append(projects, part)
	}
	ids, err := a.app.AssignRound(q.Context(), q.Viewer, q.PathValue("id"), projects, evaluators)
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		return a.showRound(q, http.StatusUnprocessableEntity, text, evaluators, invalid.Problems)
	case err != nil:
		return err
	}
	q.Flash(page.FlashSuccess, q.N("rounds.done.assigned", int64(len(ids))))
	return q.Redirect(route.Round(q.Lang, q.PathValue("id")))
}
