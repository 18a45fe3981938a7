package projects

import (
	"encoding/json"
	"errors"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// corrected is what a correction starts from: the version that the person reads,
// as it is shown to them, and what they proposed of it before.
type corrected struct {
	base     *atlas.Project
	proposed *atlas.Project // of a correction that came back
	note     string
	proposal string
	version  int64 // of the correction
}

// correcting answers the form of a correction.
func (a *area) correcting(q *page.Request) error {
	c, err := a.corrected(q, q.Param(route.ParamProposal), 0)
	if err != nil {
		return err
	}
	if q.May(atlas.RightEdit, c.base.Subject()) && c.proposal == "" {
		return q.Redirect(route.ProjectEditing(q.Lang, c.base.ID))
	}
	from := c.base
	if c.proposed != nil {
		from = c.proposed
	}
	view := formView{stored: c.base, form: fill(from, a.names(q.Lang)), correction: &form.Correction{Note: c.note, Proposal: form.Reference(c.proposal, c.version)}}
	if err := a.resume(q, &view); err != nil {
		return err
	}
	if view.resumed {
		view.correction.Note, view.correction.Proposal = view.form.Get(form.FieldNote), view.form.Get(form.FieldProposal)
	}
	return a.showForm(q, http.StatusOK, view)
}

// corrected reads a version of the project that the address names, 0 for the one
// that stands, and the correction that is gone on with.
func (a *area) corrected(q *page.Request, proposal string, version int64) (*corrected, error) {
	now, err := a.app.Reader().Project(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !q.May(atlas.RightRead, now.Subject()) || !now.Public() {
		return nil, atlas.ErrNotFound
	}
	c := &corrected{}
	if proposal != "" {
		m, next, err := a.app.ProposedRecord(q.Context(), q.Viewer, proposal)
		if err != nil {
			return nil, err
		}
		if m.Proposal.Record != now.ID {
			return nil, atlas.ErrNotFound
		}
		c.proposed, _ = next.(*atlas.Project)
		c.note, c.proposal, c.version, version = m.Proposal.Note, m.Proposal.ID, m.Proposal.Version, m.Proposal.BaseVersion
	}
	if version == 0 {
		version = now.Version
	}
	e, err := a.app.EditionOf(q.Context(), q.Viewer, atlas.KindProject, now.ID, version)
	if err != nil {
		return nil, err
	}
	c.base = e.Record.(*atlas.Project)
	return c, nil
}

// correct takes the form of a correction.
func (a *area) correct(q *page.Request) error {
	f, err := form.Read(q)
	if err != nil {
		return err
	}
	proposal, seen := form.ReadReference(f.Get(form.FieldProposal))
	read := form.Version(f)
	if read < 1 {
		return page.ErrBadRequest
	}
	c, err := a.corrected(q, proposal, read)
	if err != nil {
		return err
	}
	view := formView{stored: c.base, form: f, correction: &form.Correction{Note: f.Get(form.FieldNote), Proposal: f.Get(form.FieldProposal)}}
	if focus, done := rowGroups.Change(f); done {
		view.focus = focus
		return a.showForm(q, http.StatusOK, view)
	}
	base, err := copied(c.base)
	if err != nil {
		return err
	}
	p, founded, err := decode(f, *base, a.resolver(q.Context(), q.Lang))
	if err != nil {
		return err
	}
	for _, n := range founded { // a correction names what is there
		f.Fail(n.field, keyActorUnknown, map[string]any{"value": n.name})
	}
	if len(f.Problems) > 0 {
		form.InOrder(f, parts)
		return a.showForm(q, http.StatusUnprocessableEntity, view)
	}
	sent, err := a.app.Propose(q.Context(), q.Viewer, app.Correction{
		Kind: atlas.KindProject, Record: p.ID, BaseVersion: c.base.Version, Proposed: p, Note: f.Text(form.FieldNote),
		Form: form.Address(q), ID: proposal, Version: seen,
	})
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		for _, wrong := range invalid.Problems {
			f.Problems = append(f.Problems, onForm(wrong))
		}
		return a.showForm(q, http.StatusUnprocessableEntity, view)
	case err != nil:
		return err
	}
	return form.Proposed(q, draftKind, p.ID, route.Matter(q.Lang, sent.ID))
}

// copied is a project of which nothing is shared with the other.
func copied(p *atlas.Project) (*atlas.Project, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	out := new(atlas.Project)
	return out, json.Unmarshal(text, out)
}

// corrects makes the page of the form one of a correction.
func (p *editPage) corrects(q *page.Request, view formView, words *i18n.Catalog) {
	p.Correction = view.correction
	p.URLSave = route.ProjectCorrecting(q.Lang, view.stored.ID)
	p.Title = words.T(q.Lang, "form.correction.title", "name", view.stored.Title(q.Lang))
	p.Corrects()
}
