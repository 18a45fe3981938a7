package app

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/store"
)

// What a proposed field is to the record as it stands.
const (
	FieldFree    = "free"    // nobody changed it since
	FieldChanged = "changed" // somebody changed it otherwise since
	FieldDone    = "done"    // it is as proposed already
)

// ProposedField is a field of a correction: as it was read, as it is proposed and
// as it stands.
type ProposedField struct {
	FieldChange
	Now   []any
	State string // FieldFree, …
}

// ProposedFields compares a correction with the record that its author read and
// with that which stands (three-way).
func (a *App) ProposedFields(ctx context.Context, v atlas.Viewer, m *Matter) ([]ProposedField, error) {
	if m.Proposal == nil || !a.concerns(v, m) {
		return nil, atlas.ErrNotFound
	}
	base, next, err := a.sidesOf(ctx, a.Reader(), m.Proposal)
	if err != nil {
		return nil, err
	}
	var out []ProposedField
	for _, c := range Compare(base, next) {
		if f := fieldOf(next, c.Key); !slices.Contains(notProposed, c.Key) {
			out = append(out, ProposedField{FieldChange: c, Now: interfaces(f.of(m.Record)), State: stateOf(f, base, next, m.Record)})
		}
	}
	if a.may(v, atlas.RightEdit, subjectOf(m.Record)) {
		return out, nil
	}
	// The author sees of contacts what they wrote, not those that were not theirs
	// to see.
	return slices.DeleteFunc(out, func(f ProposedField) bool { return slices.Contains(private, f.Key) }), nil
}

// private are fields that hold what only those see who may edit a record.
var private = []string{"contacts", "bank_account"}

func fieldOf(record any, key string) projectField {
	all := fieldsOf(record)
	return all[slices.IndexFunc(all, func(f projectField) bool { return f.Key == key })]
}

func stateOf(f projectField, base, next, now any) string {
	switch {
	case alikeAll(f.of(now), f.of(next)):
		return FieldDone
	case alikeAll(f.of(now), f.of(base)):
		return FieldFree
	}
	return FieldChanged
}

// sidesOf reads the record that a correction is of and the corrected one.
func (a *App) sidesOf(ctx context.Context, r *store.Reader, p *store.Proposal) (base, next any, err error) {
	text, err := r.Version(ctx, p.Kind, p.Record, p.BaseVersion)
	if err != nil {
		return nil, nil, err
	}
	base, next = newRecord(p.Kind), newRecord(p.Kind)
	return base, next, errors.Join(json.Unmarshal(text, base), json.Unmarshal([]byte(p.Content), next))
}

// ProposedRecord is the corrected record of a proposal, for its author to go on
// with.
func (a *App) ProposedRecord(ctx context.Context, v atlas.Viewer, id string) (*Matter, any, error) {
	m, err := a.Matter(ctx, v, id)
	if err != nil {
		return nil, nil, err
	}
	if m.Proposal == nil || m.Author != v.Name {
		return nil, nil, atlas.ErrNotFound
	}
	_, next, err := a.sidesOf(ctx, a.Reader(), m.Proposal)
	if err == nil && !a.may(v, atlas.RightEdit, subjectOf(m.Record)) {
		hidePrivate(next)
	}
	return m, next, err
}

// Acceptance is what an editor takes of a correction.
type Acceptance struct {
	ID      string
	Version int64 // of the correction, as the editor saw it
	Record  int64 // version of the record, as the editor saw it
	Fields  []string
	Note    string
}

// Accept writes fields of a correction into the record as it stands. A record or
// a correction that is not as the editor saw it is an atlas.ConflictError.
func (a *App) Accept(ctx context.Context, v atlas.Viewer, in Acceptance) error {
	if !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	if err := checkWords("reason", in.Note, false); err != nil {
		return err
	}
	return a.update(ctx, func(tx *store.Tx) error {
		m, err := a.matter(ctx, tx.Reader, v, in.ID)
		if err != nil {
			return err
		}
		p, meta := m.Proposal, MetaOf(m.Record)
		if p == nil {
			return atlas.ErrNotFound
		}
		if err := stillWaits(p, in.Version); err != nil {
			return err
		}
		if meta.Version != in.Record {
			return &atlas.ConflictError{Kind: m.Kind, ID: p.Record, Read: in.Record, Current: meta.Version}
		}
		return a.accept(ctx, tx, v, m, in.Fields, in.Note)
	})
}

// stillWaits refuses to decide about a correction that is not as it was seen.
func stillWaits(p *store.Proposal, seen int64) error {
	if p.State != store.ProposalWaiting || p.Version != seen {
		return &atlas.ConflictError{Kind: kindProposal, ID: p.ID, Read: seen, Current: p.Version}
	}
	return nil
}

// accept writes the chosen fields of a correction and closes it.
func (a *App) accept(ctx context.Context, tx *store.Tx, v atlas.Viewer, m *Matter, chosen []string, note string) error {
	taken, err := a.takeProposed(ctx, tx, m, chosen)
	if err != nil {
		return err
	}
	w := a.write(v)
	w.Origin = m.Proposal.ID
	if err := a.put(ctx, tx, w, m.Record); err != nil {
		return err
	}
	return a.decided(ctx, tx, v, m.Proposal, store.ProposalAccepted, store.DeedAccepted, note, taken)
}

// takeProposed puts the chosen fields of a correction into the record.
func (a *App) takeProposed(ctx context.Context, tx *store.Tx, m *Matter, chosen []string) ([]string, error) {
	base, next, err := a.sidesOf(ctx, tx.Reader, m.Proposal)
	if err != nil {
		return nil, err
	}
	var taken []string
	for _, f := range fieldsOf(next) {
		if slices.Contains(chosen, f.Key) && !slices.Contains(notProposed, f.Key) && !alikeAll(f.of(base), f.of(next)) {
			f.take(m.Record, next)
			taken = append(taken, f.Key)
		}
	}
	if len(taken) == 0 {
		return nil, &atlas.InvalidError{Problems: []atlas.Problem{{Field: "pole", Key: "problem.nothing_chosen"}}}
	}
	return taken, nil
}

// ReturnProposal sends a correction back to its author with a reason.
func (a *App) ReturnProposal(ctx context.Context, v atlas.Viewer, id string, version int64, reason string) error {
	if !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	reason = strings.TrimSpace(reason)
	if err := checkWords("reason", reason, true); err != nil {
		return err
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		p, err := tx.Proposal(ctx, id)
		if err != nil {
			return err
		}
		if err := stillWaits(&p, version); err != nil {
			return err
		}
		return a.decided(ctx, tx, v, &p, store.ProposalReturned, store.DeedReturned, reason, nil)
	})
}

// decided closes a correction and tells its author.
func (a *App) decided(ctx context.Context, tx *store.Tx, v atlas.Viewer, p *store.Proposal, state, deed, words string, fields []string) error {
	p.State, p.Fields, p.DecidedBy, p.DecidedAt = state, strings.Join(fields, ","), v.Name, a.now().UTC()
	if err := tx.PutProposal(ctx, p); err != nil {
		return err
	}
	if err := a.remark(ctx, tx, v, p.ID, deed, words); err != nil {
		return err
	}
	return a.tellMoved(ctx, tx, v, p.By, p.ID, deed, words, func(string) string { return p.Title })
}
