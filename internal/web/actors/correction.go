package actors

import (
	"encoding/json"
	"errors"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// corrected is what a correction starts from: the version that the person reads,
// as it is shown to them, and what they proposed of it before.
type corrected struct {
	base     *atlas.Actor
	proposed *atlas.Actor // of a correction that came back
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
		return q.Redirect(route.ActorEditing(q.Lang, c.base.ID))
	}
	from := c.base
	if c.proposed != nil {
		from = c.proposed
	}
	f := fill(from, a.teller(q.Lang).lookup(nil).named)
	return a.showResumed(q, f, c.base, &form.Correction{Note: c.note, Proposal: form.Reference(c.proposal, c.version)})
}

// corrected reads a version of the actor that the address names, 0 for the one
// that stands, and the correction that is gone on with.
func (a *area) corrected(q *page.Request, proposal string, version int64) (*corrected, error) {
	now, err := a.read(q, q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !now.Public() {
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
		c.proposed, _ = next.(*atlas.Actor)
		c.note, c.proposal, c.version, version = m.Proposal.Note, m.Proposal.ID, m.Proposal.Version, m.Proposal.BaseVersion
	}
	if version == 0 {
		version = now.Version
	}
	e, err := a.app.EditionOf(q.Context(), q.Viewer, atlas.KindActor, now.ID, version)
	if err != nil {
		return nil, err
	}
	c.base = e.Record.(*atlas.Actor)
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
	view := formView{form: f, actor: c.base, correction: &form.Correction{Note: f.Get(form.FieldNote), Proposal: f.Get(form.FieldProposal)}}
	focus, done := rowGroups.Change(f)
	if done {
		view.focus = focus
		return a.showView(q, http.StatusOK, view)
	}
	all, err := a.directory.list(q.Context(), q.Lang)
	if err != nil {
		return err
	}
	base, err := copied(c.base)
	if err != nil {
		return err
	}
	r := decode(f, *base, a.teller(q.Lang).lookup(all))
	if len(f.Problems) > 0 {
		open(f)
		return a.showView(q, http.StatusUnprocessableEntity, view)
	}
	sent, err := a.app.Propose(q.Context(), q.Viewer, app.Correction{
		Kind: atlas.KindActor, Record: r.ID, BaseVersion: c.base.Version, Proposed: r, Note: f.Text(form.FieldNote),
		Form: form.Address(q), ID: proposal, Version: seen,
	})
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		report(f, invalid.Problems)
		open(f)
		return a.showView(q, http.StatusUnprocessableEntity, view)
	case err != nil:
		return err
	}
	return form.Proposed(q, draftKind, r.ID, route.Matter(q.Lang, sent.ID))
}

// copied is an actor of which nothing is shared with the other.
func copied(r *atlas.Actor) (*atlas.Actor, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	out := new(atlas.Actor)
	return out, json.Unmarshal(text, out)
}
