package store

import (
	"context"
	"fmt"
	"time"

	"atlas"
)

// States of a proposal.
const (
	ProposalWaiting   = "waiting"   // for an editor
	ProposalAccepted  = "accepted"  // whole or some fields of it
	ProposalReturned  = "returned"  // to its author, who may send it again
	ProposalWithdrawn = "withdrawn" // by its author
)

// Proposal (návrh opravy) is a record as somebody proposes that it should be.
type Proposal struct {
	ID          string // "N-00001"; the origin of what is written when it is accepted
	Kind        string // atlas.KindProject or atlas.KindActor
	Record      string
	BaseVersion int64  // of the record that its author read
	Title       string // of the record when it was proposed
	Content     string // the record as proposed, JSON
	Note        string // why
	State       string // ProposalWaiting, …
	Fields      string // keys of the fields accepted, with commas between
	Version     int64
	By          string // account
	At, SentAt  time.Time
	DecidedBy   string
	DecidedAt   time.Time
}

func newProposals() *table[Proposal] {
	type p = Proposal
	return newTable("proposal",
		text("id", func(r *p) *string { return &r.ID }),
		text("kind", func(r *p) *string { return &r.Kind }),
		text("record_id", func(r *p) *string { return &r.Record }),
		counted("base_version", func(r *p) *int64 { return &r.BaseVersion }),
		text("title", func(r *p) *string { return &r.Title }),
		text("content", func(r *p) *string { return &r.Content }),
		text("note", func(r *p) *string { return &r.Note }),
		text("state", func(r *p) *string { return &r.State }),
		text("fields", func(r *p) *string { return &r.Fields }),
		counted("version", func(r *p) *int64 { return &r.Version }),
		text("made_by", func(r *p) *string { return &r.By }),
		moment("made_at", func(r *p) *time.Time { return &r.At }),
		moment("sent_at", func(r *p) *time.Time { return &r.SentAt }),
		text("decided_by", func(r *p) *string { return &r.DecidedBy }),
		moment("decided_at", func(r *p) *time.Time { return &r.DecidedAt }),
	)
}

// Proposal reads a proposal by its code.
func (r *Reader) Proposal(ctx context.Context, id string) (Proposal, error) {
	all, err := r.proposals(ctx, "WHERE id = $1", id)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("proposal %q: %w", id, atlas.ErrNotFound)
	}
	if err != nil {
		return Proposal{}, err
	}
	return all[0], nil
}

// ProposalsBy reads what an account proposed, the newest first.
func (r *Reader) ProposalsBy(ctx context.Context, account string) ([]Proposal, error) {
	return r.proposals(ctx, "WHERE made_by = $1 ORDER BY sent_at DESC, id DESC", account)
}

// WaitingProposals reads what waits for an editor, the oldest first.
func (r *Reader) WaitingProposals(ctx context.Context, limit int) ([]Proposal, error) {
	return r.proposals(ctx, "WHERE state = $1 ORDER BY sent_at, id LIMIT $2", ProposalWaiting, limit)
}

// OpenProposals reads the corrections of a record that nobody decided yet.
func (r *Reader) OpenProposals(ctx context.Context, record string) ([]Proposal, error) {
	return r.proposals(ctx, "WHERE record_id = $1 AND state = $2 ORDER BY id", record, ProposalWaiting)
}

func (r *Reader) proposals(ctx context.Context, rest string, args ...any) ([]Proposal, error) {
	var out []Proposal
	err := r.schema.proposals.each(ctx, r.q, rest, args, func(p *Proposal) error {
		out = append(out, *p)
		return nil
	})
	return out, err
}

// PutProposal writes a new proposal, giving it its code, or a change of one as
// far as it is still the version that was read; otherwise it is an
// *atlas.ConflictError.
func (tx *Tx) PutProposal(ctx context.Context, p *Proposal) error {
	before := *p
	tx.undone(func() { *p = before })
	if p.Version++; p.Version > 1 {
		return tx.changeProposal(ctx, p)
	}
	if err := tx.assignID(ctx, "proposal", "N", &p.ID); err != nil {
		return err
	}
	return tx.schema.proposals.insert(ctx, tx.q, []Proposal{*p})
}

func (tx *Tx) changeProposal(ctx context.Context, p *Proposal) error {
	stands, err := tx.q.number(ctx, "SELECT version FROM proposal WHERE id = $1", p.ID)
	if err != nil {
		return err
	}
	if stands == 0 {
		return fmt.Errorf("proposal %q: %w", p.ID, atlas.ErrNotFound)
	}
	if stands != p.Version-1 {
		return &atlas.ConflictError{Kind: "proposal", ID: p.ID, Read: p.Version - 1, Current: stands}
	}
	if _, err := tx.q.exec(ctx, "DELETE FROM proposal WHERE id = $1", p.ID); err != nil {
		return err
	}
	return tx.schema.proposals.insert(ctx, tx.q, []Proposal{*p})
}
