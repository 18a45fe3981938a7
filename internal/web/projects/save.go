package projects

import (
	"errors"
	"net/http"
	"slices"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
)

// fieldOther is ticked by a person who says that the new project is no
// duplicate.
const fieldOther = "jiny"

// save answers the form: adds or drops a row, or writes the project. Whatever
// is wrong, everything that was typed comes back.
func (a *area) save(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	stored, err := a.stored(q)
	var moved *atlas.RedirectError
	if errors.As(err, &moved) {
		stored, err = a.editable(q, moved.ID) // a conflict shows what stands there
	}
	if err != nil {
		return err
	}
	read := form.Version(f)
	if stored.ID != "" && read < 1 {
		return page.ErrBadRequest
	}
	short := f.Get(form.FieldShort) != "" && stored.ID == ""
	if focus, done := rowGroups.Change(f); done {
		return a.showForm(q, http.StatusOK, formView{stored: stored, form: f, focus: focus, short: short})
	}
	if short && f.Get(form.FieldAction) == form.ActionMore {
		return a.showForm(q, http.StatusOK, formView{stored: stored, form: f, focus: "goal", resumed: true})
	}
	s := saving{area: a, q: q, typed: f, stored: stored, read: read, short: short}
	if moved != nil {
		s.read = 0 // the record lives on in another one, which the person never saw
	}
	return s.run()
}

// saving is one attempt to write a form.
type saving struct {
	*area
	q      *page.Request
	typed  *typed.Form
	stored *atlas.Project // as it stands now
	read   int64          // the version that the person read
	short  bool           // the form is the short one
}

func (s *saving) run() error {
	if !form.Settle(s.typed, fill(s.stored, s.names(s.q.Lang)).Values, parts) {
		return s.conflict(s.typed)
	}
	p, founded, err := decode(s.typed, *s.stored, s.resolver(s.q.Context(), s.q.Lang))
	if err != nil {
		return err
	}
	p.Version, p.RecordStatus = s.read, s.status()
	if s.short {
		s.complete(p)
	}
	s.check(p, founded)
	if len(s.typed.Problems) > 0 {
		return s.again()
	}
	if s.stored.ID != "" && s.read != s.stored.Version {
		return s.conflict(s.filled(p, founded))
	}
	if s.stored.ID == "" && s.typed.Get(fieldOther) == "" {
		suspects, err := s.app.Suspects(s.q.Context(), p)
		if err != nil {
			return err
		}
		if len(suspects) > 0 {
			return s.warn(suspects)
		}
	}
	return s.write(p, founded)
}

// warn gives the form of a new project back with those that it may be the same
// as (8.9); ticking that it is another one saves it.
func (s *saving) warn(suspects []*atlas.Project) error {
	view := formView{stored: s.stored, form: s.typed, suspects: suspects, short: s.short}
	return s.showForm(s.q, http.StatusConflict, view)
}

// status is what the pressed button makes of the record; one that its present
// status does not allow changes nothing.
func (s *saving) status() string {
	now, wanted := s.stored.RecordStatus, s.stored.RecordStatus
	switch s.typed.Get(form.FieldAction) {
	case form.ActionPublish:
		wanted = atlas.RecordPublished
	case form.ActionReturn:
		wanted = atlas.RecordReturned
	case form.ActionSend:
		wanted = atlas.RecordReview
	}
	subject := s.stored.Subject()
	if s.stored.ID == "" {
		subject.Status = ""
	}
	if wanted == now || !s.app.MayMove(s.q.Viewer, subject, wanted) {
		return now
	}
	return wanted
}

// check adds what is wrong with the project to what is wrong with the fields. A
// field that could not be read is not told that it is empty.
func (s *saving) check(p *atlas.Project, founded []newActor) {
	silent := map[string]bool{}
	for _, wrong := range s.typed.Problems {
		silent[wrong.Field] = true
	}
	for _, n := range founded {
		silent[n.field] = true
	}
	for _, wrong := range s.app.CheckProject(p) {
		if wrong = onForm(wrong); !silent[wrong.Field] {
			s.typed.Problems = append(s.typed.Problems, wrong)
		}
	}
}

// again gives the form back with its problems, which follow the form from its
// top.
func (s *saving) again() error {
	form.InOrder(s.typed, parts)
	return s.showForm(s.q, http.StatusUnprocessableEntity, formView{stored: s.stored, form: s.typed, short: s.short && onShort(s.typed.Problems)})
}

// filled is the form of a project with the organisations to be founded, which
// stand in it by their names only.
func (s *saving) filled(p *atlas.Project, founded []newActor) *typed.Form {
	f := fill(p, s.names(s.q.Lang))
	for _, n := range founded {
		f.Set(n.field, n.name)
		f.Set(n.field+"_new", n.kind)
	}
	return f
}

// together makes one organisation of all rows that name it. Its country and
// sources are those of the project.
func together(p *atlas.Project, founded []newActor) []app.NewActor {
	var out []app.NewActor
	for _, n := range founded {
		at := slices.IndexFunc(out, func(o app.NewActor) bool { name, _ := withICO(n.name); return o.Actor.Name == name })
		if at < 0 {
			at = len(out)
			name, ico := withICO(n.name)
			out = append(out, app.NewActor{Actor: &atlas.Actor{
				Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: name, ICO: ico, Type: n.kind, Country: p.Country, Sources: p.Sources,
			}})
		}
		if n.group == "parties" {
			out[at].Parties = append(out[at].Parties, n.row)
		} else {
			out[at].Funding = append(out[at].Funding, n.row)
		}
	}
	return out
}

// write saves the project with the organisations that come with it and shows it.
func (s *saving) write(p *atlas.Project, founded []newActor) error {
	err := s.app.SaveProjectOf(s.q.Context(), s.q.Viewer, form.Address(s.q), p, together(p, founded)...)
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		for _, wrong := range invalid.Problems {
			s.typed.Problems = append(s.typed.Problems, onForm(wrong))
		}
		return s.again()
	case errors.Is(err, atlas.ErrConflict) && p.ID != "":
		if s.stored, err = s.app.Reader().Project(s.q.Context(), p.ID); err != nil {
			return err
		}
		return s.conflict(s.filled(p, founded))
	case err != nil:
		return err
	}
	return form.Saved(s.q, draftKind, s.stored.ID, p.RecordStatus, route.Project(s.q.Lang, p.ID))
}
