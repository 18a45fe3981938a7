package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"atlas"
	"atlas/internal/store"
)

// Correction (oprava) is a published record as somebody would have it.
type Correction struct {
	Kind, Record string
	BaseVersion  int64  // that they read
	Proposed     any    // *atlas.Project or *atlas.Actor
	Note         string // why
	Form         string // whose draft goes with the sending, ""
	// ID and Version of a correction that came back and is sent again; ID is ""
	// of a new one.
	ID      string
	Version int64
}

// mostProposals is how many corrections of one account may wait at once.
const mostProposals = 100

// notProposed are fields that nobody proposes: they are decided or imported.
var notProposed = []string{"record_status", "sample", "verbatim"}

// Propose keeps a correction for an editor; the record does not change. Only the
// fields that differ from what the person read are proposed, so that what they
// were not shown is not taken away. Nothing changed is an atlas.InvalidError.
func (a *App) Propose(ctx context.Context, v atlas.Viewer, c Correction) (store.Proposal, error) {
	var out store.Proposal
	if !v.May(atlas.RightPropose) {
		return out, atlas.ErrForbidden
	}
	if err := checkWords("poznamka", c.Note, false); err != nil {
		return out, err
	}
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := a.proposalOf(ctx, tx, v, c)
		if err != nil {
			return err
		}
		next, err := a.proposed(ctx, tx, v, c)
		if err != nil {
			return err
		}
		text, err := json.Marshal(next)
		if err != nil {
			return err
		}
		p.BaseVersion, p.Title, p.Content, p.Note = c.BaseVersion, TitleOf(next, "cs"), string(text), c.Note
		p.State, p.SentAt = store.ProposalWaiting, a.now().UTC()
		if err := tx.PutProposal(ctx, &p); err != nil {
			return err
		}
		if c.Form != "" && v.SignedIn() {
			if err := tx.DropDraft(ctx, v.Account, c.Form); err != nil {
				return err
			}
		}
		if err := a.remark(ctx, tx, v, p.ID, store.DeedSent, c.Note); err != nil {
			return err
		}
		out = p
		return a.tellMoved(ctx, tx, v, p.By, p.ID, store.DeedSent, "", func(string) string { return p.Title })
	})
	return out, err
}

// proposalOf is the proposal that a correction becomes: a new one, or one of the
// same person that came back.
func (a *App) proposalOf(ctx context.Context, tx *store.Tx, v atlas.Viewer, c Correction) (store.Proposal, error) {
	if c.ID == "" {
		mine, err := tx.ProposalsBy(ctx, v.Name)
		if err != nil {
			return store.Proposal{}, err
		}
		waiting := slices.DeleteFunc(mine, func(p store.Proposal) bool { return p.State != store.ProposalWaiting })
		if len(waiting) >= mostProposals {
			return store.Proposal{}, &atlas.InvalidError{Problems: []atlas.Problem{{Key: "problem.too_many_proposals", Args: map[string]any{"limit": mostProposals}}}}
		}
		return store.Proposal{Kind: c.Kind, Record: c.Record, By: v.Name, At: a.now().UTC()}, nil
	}
	p, err := tx.Proposal(ctx, c.ID)
	switch {
	case err != nil:
		return p, err
	case p.By != v.Name || p.Kind != c.Kind || p.Record != c.Record:
		return p, fmt.Errorf("proposal %q: %w", c.ID, atlas.ErrNotFound)
	case p.State == store.ProposalAccepted || p.Version != c.Version:
		return p, &atlas.ConflictError{Kind: "proposal", ID: p.ID, Read: c.Version, Current: p.Version}
	}
	return p, nil
}

// proposed is the record that was read with what was changed in it.
func (a *App) proposed(ctx context.Context, tx *store.Tx, v atlas.Viewer, c Correction) (any, error) {
	now, err := recordOf(ctx, tx.Reader, c.Kind, c.Record)
	if err != nil {
		return nil, err
	}
	if !a.may(v, atlas.RightRead, subjectOf(now)) {
		return nil, atlas.ErrNotFound
	}
	if !MetaOf(now).Public() {
		return nil, atlas.ErrForbidden
	}
	base, next, err := a.basis(ctx, tx.Reader, v, c)
	if err != nil {
		return nil, err
	}
	keepOrigins(c.Proposed, base)
	changed := false
	for _, f := range fieldsOf(next) {
		if alikeAll(f.of(base), f.of(c.Proposed)) || slices.Contains(notProposed, f.Key) {
			continue
		}
		changed = true
		a.propose(f, base, next, c.Proposed)
	}
	if !changed {
		return nil, &atlas.InvalidError{Problems: []atlas.Problem{{Key: "problem.no_change"}}}
	}
	return next, a.newlyWrong(ctx, tx, base, next)
}

// propose gives a record the proposed field. Contacts that the person was not
// shown stay beside those that they add.
func (a *App) propose(f projectField, shown, next, proposed any) {
	if p, ok := next.(*atlas.Project); ok && f.Key == "contacts" && len(shown.(*atlas.Project).Contacts) == 0 {
		p.Contacts = append(slices.Clip(p.Contacts), proposed.(*atlas.Project).Contacts...)
		return
	}
	f.take(next, proposed)
}

// basis reads the version that a correction is of, twice: as the person was shown
// it, and whole.
func (a *App) basis(ctx context.Context, r *store.Reader, v atlas.Viewer, c Correction) (shown, whole any, err error) {
	text, err := r.Version(ctx, c.Kind, c.Record, c.BaseVersion)
	if err != nil {
		return nil, nil, err
	}
	e, err := a.readable(v, atlas.Change{Kind: c.Kind, ID: c.Record, Version: c.BaseVersion}, text)
	if err != nil {
		return nil, nil, err
	}
	whole = newRecord(c.Kind)
	return e.Record, whole, json.Unmarshal(text, whole)
}

// take gives one record what another of its kind has in the field.
func (f projectField) take(to, from any) {
	theirs := f.of(from)
	for i, v := range f.of(to) {
		v.Set(theirs[i])
	}
}

// newlyWrong refuses a change that breaks a rule which was not broken before:
// what came from a list may lack much.
func (a *App) newlyWrong(ctx context.Context, tx *store.Tx, before, after any) error {
	old := a.problemsOf(before)
	wrong := slices.DeleteFunc(a.problemsOf(after), func(p atlas.Problem) bool {
		return slices.ContainsFunc(old, func(q atlas.Problem) bool { return q.Field == p.Field && q.Key == p.Key })
	})
	if p, ok := after.(*atlas.Project); ok && len(wrong) == 0 {
		var err error
		if wrong, err = a.checkReferences(ctx, tx, p); err != nil {
			return err
		}
	}
	if len(wrong) > 0 {
		return &atlas.InvalidError{Problems: wrong}
	}
	return nil
}

func (a *App) problemsOf(record any) []atlas.Problem {
	switch r := record.(type) {
	case *atlas.Project:
		return a.CheckProject(r)
	case *atlas.Actor:
		return a.CheckActor(r)
	}
	return nil
}
