package app

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/store"
)

// CheckProject says what stands in the way of a project at a stage, for its
// form. The stage follows from the record's status.
func (a *App) CheckProject(p *atlas.Project) []atlas.Problem {
	return p.Problems(a.Lists(), a.stage(p), a.year())
}

// stage is what a record must hold: one that came from a list and stays as
// published then is not asked for more than the list can give, and an editor is
// not asked to look at one without a title, an implementer or a source.
func (a *App) stage(p *atlas.Project) atlas.Stage {
	switch {
	case p.RecordStatus == atlas.RecordReview:
		return atlas.StageListed
	case p.RecordStatus != atlas.RecordPublished:
		return atlas.StageSave
	case fromList(p):
		return atlas.StageListed
	}
	return atlas.StagePublish
}

// fromList says whether a project came by import.
func fromList(p *atlas.Project) bool {
	for _, s := range p.Sources {
		if s.BatchID != "" {
			return true
		}
	}
	return false
}

// SaveProject writes a new project or a change of one. p.Version is the version
// that was read; when another stands by now, the error is an
// atlas.ConflictError and nothing is written. On success p carries its code and
// new version and the index already knows it.
//
// The organisations founded on the way are written in the same transaction, so
// that either all is there or nothing. What is wrong with one of them is said at
// the field that names it.
func (a *App) SaveProject(ctx context.Context, v atlas.Viewer, p *atlas.Project, founded ...NewActor) error {
	return a.SaveProjectOf(ctx, v, "", p, founded...)
}

// SaveProjectOf is SaveProject of what was typed into a form, whose draft goes
// in the same transaction. Sending a project to editors tells its author.
func (a *App) SaveProjectOf(ctx context.Context, v atlas.Viewer, form string, p *atlas.Project, founded ...NewActor) error {
	err := a.update(ctx, func(tx *store.Tx) error {
		stored, err := a.guard(ctx, tx.Reader, v, atlas.KindProject, p)
		if err != nil {
			return err
		}
		if err := a.found(ctx, tx, v, p, founded); err != nil {
			return err
		}
		if err := a.putProject(ctx, tx, a.writeOf(v, p.Subject()), p); err != nil {
			return err
		}
		return a.saved(ctx, tx, v, form, stored, p)
	})
	if err != nil {
		for _, n := range founded {
			n.put(p, "")
		}
	}
	return err
}

// found writes the organisations that come with a project. What a person who may
// not publish founds waits for an editor with the project.
func (a *App) found(ctx context.Context, tx *store.Tx, v atlas.Viewer, p *atlas.Project, founded []NewActor) error {
	var wrong []atlas.Problem
	for _, n := range founded {
		if v.SignedIn() {
			n.Actor.Meta = atlas.Meta{RecordStatus: n.Actor.RecordStatus}
			keepOrigins(n.Actor, nil)
		}
		if !v.May(atlas.RightPublish) {
			if n.Actor.RecordStatus = atlas.RecordDraft; p.RecordStatus == atlas.RecordReview || p.Public() {
				n.Actor.RecordStatus = atlas.RecordReview
			}
		}
		wrong = append(wrong, n.at(a.prepareActor(n.Actor))...)
	}
	if len(wrong) > 0 {
		return &atlas.InvalidError{Problems: wrong}
	}
	for _, n := range founded {
		if err := tx.PutActor(ctx, n.Actor, a.writeOf(v, p.Subject())); err != nil {
			return err
		}
		n.put(p, n.Actor.ID)
	}
	return nil
}

// putProject writes a project when nothing stands in its way.
func (a *App) putProject(ctx context.Context, tx *store.Tx, w store.Write, p *atlas.Project) error {
	wrong := a.CheckProject(p)
	if len(wrong) == 0 {
		var err error
		if wrong, err = a.checkReferences(ctx, tx, p); err != nil {
			return err
		}
	}
	if len(wrong) > 0 {
		return &atlas.InvalidError{Problems: wrong}
	}
	return tx.PutProject(ctx, p, w)
}

// NewActor is an organisation that a project names and the database does not
// have yet.
type NewActor struct {
	Actor            *atlas.Actor
	Parties, Funding []int // rows of the project that name it
}

// put writes the code of the organisation into the rows that name it.
func (n NewActor) put(p *atlas.Project, id string) {
	for _, i := range n.Parties {
		p.Parties[i].Actor = id
	}
	for _, i := range n.Funding {
		p.Funding[i].Funder = id
	}
}

// at moves problems of the organisation to the first field that names it.
func (n NewActor) at(wrong []atlas.Problem) []atlas.Problem {
	field := ""
	switch {
	case len(n.Parties) > 0:
		field = place3("parties", n.Parties[0], "actor")
	case len(n.Funding) > 0:
		field = place3("funding", n.Funding[0], "funder")
	}
	for i := range wrong {
		wrong[i].Field = field
	}
	return wrong
}

// may says whether a viewer has a right to a subject.
func (a *App) may(v atlas.Viewer, r atlas.Right, s atlas.Subject) bool {
	return atlas.Can(v, r, a.Places().Within(s))
}

func (a *App) write(v atlas.Viewer) store.Write {
	return store.Write{By: v.Name, Origin: "form", At: a.now().UTC()}
}

// writeOf signs a write of a record: what the viewer may write by a mandate only
// has the mandate as its origin (U-14).
func (a *App) writeOf(v atlas.Viewer, s atlas.Subject) store.Write {
	w := a.write(v)
	if m, ok := v.ActsBy(a.Places().Within(s)); ok {
		w.Origin = m.ID
	}
	return w
}

// checkReferences says which actors, places and projects named by p do not
// exist, so that a form can show it at the field.
func (a *App) checkReferences(ctx context.Context, tx *store.Tx, p *atlas.Project) ([]atlas.Problem, error) {
	var wrong []atlas.Problem
	miss := func(field, value string) {
		wrong = append(wrong, atlas.Problem{Field: field, Key: "problem.reference", Args: map[string]any{"value": value}})
	}
	actors := map[string]string{}
	for i, q := range p.Parties {
		actors[q.Actor] = place3("parties", i, "actor")
	}
	for i, f := range p.Funding {
		if f.Funder != "" {
			actors[f.Funder] = place3("funding", i, "funder")
		}
	}
	found, err := tx.Actors(ctx, keys(actors))
	if err != nil {
		return nil, err
	}
	for _, r := range found {
		delete(actors, r.ID)
	}
	for id, field := range actors {
		miss(field, id)
	}
	for i, t := range p.Territories {
		if _, ok := a.Places().Get(t.Territory); !ok {
			miss(place3("territories", i, "territory"), t.Territory)
		}
	}
	return wrong, a.missingProjects(ctx, tx, p, miss)
}

func (a *App) missingProjects(ctx context.Context, tx *store.Tx, p *atlas.Project, miss func(field, value string)) error {
	if len(p.Follows) == 0 {
		return nil
	}
	found, err := tx.Projects(ctx, p.Follows)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, f := range found {
		there[f.ID] = true
	}
	for i, id := range p.Follows {
		if !there[id] {
			miss(place2("follows", i), id)
		}
	}
	return nil
}

// SetProjectStatus moves a project to another record status. Publishing asks
// for everything that 6.1 requires; what is missing comes back as an
// atlas.InvalidError. version is the one that was read.
func (a *App) SetProjectStatus(ctx context.Context, v atlas.Viewer, id string, version int64, status string) error {
	p, err := a.Reader().Project(ctx, id)
	if err != nil {
		return err
	}
	if !slices.Contains(Transitions(p.RecordStatus), status) {
		return ErrTransition
	}
	p.RecordStatus, p.Version = status, version
	return a.SaveProject(ctx, v, p)
}
