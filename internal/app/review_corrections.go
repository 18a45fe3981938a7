package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"atlas"
	"atlas/internal/store"
)

// kindProposal is the kind of a correction among what a review decided.
const kindProposal = "proposal"

// IsCorrection says whether what a review decided is a correction.
func IsCorrection(it store.ReviewItem) bool { return it.Kind == kindProposal }

// decideCorrection accepts a correction, when nobody changed what it would change,
// or returns it, as one of several decisions. One that somebody's later change
// stands against is an atlas.ConflictError: it is decided by itself.
func (a *App) decideCorrection(ctx context.Context, tx *store.Tx, v atlas.Viewer, m *Matter, version int64, deed, reason string) ([]store.ReviewItem, error) {
	p := m.Proposal
	if err := stillWaits(p, version); err != nil {
		return nil, err
	}
	var err error
	switch deed {
	case store.DeedReturned:
		err = a.decided(ctx, tx, v, p, store.ProposalReturned, deed, reason, nil)
	case store.DeedPublished:
		var free []string
		if free, err = a.freeFields(ctx, tx.Reader, m); err == nil {
			err = a.accept(ctx, tx, v, m, free, reason)
		}
	default:
		err = ErrTransition
	}
	return []store.ReviewItem{{Kind: kindProposal, ID: p.ID, Version: p.Version}}, err
}

// freeFields are the fields of a correction, as far as nobody changed any of them
// otherwise since.
func (a *App) freeFields(ctx context.Context, r *store.Reader, m *Matter) ([]string, error) {
	base, next, err := a.sidesOf(ctx, r, m.Proposal)
	if err != nil {
		return nil, err
	}
	var free []string
	for _, c := range Compare(base, next) {
		if slices.Contains(notProposed, c.Key) {
			continue
		}
		switch stateOf(fieldOf(next, c.Key), base, next, m.Record) {
		case FieldFree:
			free = append(free, c.Key)
		case FieldChanged:
			return nil, &atlas.ConflictError{Kind: m.Kind, ID: m.Proposal.Record, Read: m.Proposal.BaseVersion, Current: MetaOf(m.Record).Version}
		}
	}
	return free, nil
}

// undoCorrection lets a correction wait again and gives its record back what
// stood there before; what is in the way of that is given back.
func (a *App) undoCorrection(ctx context.Context, tx *store.Tx, v atlas.Viewer, it store.ReviewItem, origin string) (*LeftOut, error) {
	p, err := tx.Proposal(ctx, it.ID)
	if errors.Is(err, atlas.ErrNotFound) {
		return &LeftOut{ID: it.ID, Title: it.ID, Err: err}, nil
	}
	if err != nil {
		return nil, err
	}
	if p.Version != it.Version {
		return &LeftOut{p.ID, p.Title, &atlas.ConflictError{Kind: kindProposal, ID: p.ID, Read: it.Version, Current: p.Version}}, nil
	}
	if p.State == store.ProposalAccepted {
		err := a.takeBackCorrection(ctx, tx, v, &p, origin)
		var moved *atlas.RedirectError
		if errors.Is(err, atlas.ErrConflict) || errors.Is(err, atlas.ErrNotFound) || errors.As(err, &moved) {
			return &LeftOut{p.ID, p.Title, err}, nil
		}
		if err != nil {
			return nil, err
		}
	}
	p.State, p.Fields, p.DecidedBy, p.DecidedAt = store.ProposalWaiting, "", "", time.Time{}
	if err := tx.PutProposal(ctx, &p); err != nil {
		return nil, err
	}
	return nil, a.remark(ctx, tx, v, p.ID, store.DeedUndone, "")
}

// takeBackCorrection writes back what stood before an accepted correction. A
// field that somebody changed since is an atlas.ConflictError, and then nothing
// is written.
func (a *App) takeBackCorrection(ctx context.Context, tx *store.Tx, v atlas.Viewer, p *store.Proposal, origin string) error {
	record, err := recordOf(ctx, tx.Reader, p.Kind, p.Record)
	if err != nil {
		return err
	}
	before, after, err := a.aroundCorrection(ctx, tx.Reader, p)
	if err != nil {
		return err
	}
	for _, key := range strings.Split(p.Fields, ",") {
		f := fieldOf(record, key)
		if !alikeAll(f.of(record), f.of(after)) {
			return &atlas.ConflictError{Kind: p.Kind, ID: p.Record, Read: MetaOf(after).Version, Current: MetaOf(record).Version}
		}
		f.take(record, before)
	}
	w := a.write(v)
	w.Action, w.Origin = atlas.ActionUndo, origin
	return a.put(ctx, tx, w, record)
}

// aroundCorrection reads a record as it stood before a correction was accepted,
// and after.
func (a *App) aroundCorrection(ctx context.Context, r *store.Reader, p *store.Proposal) (before, after any, err error) {
	all, err := r.History(ctx, p.Kind, p.Record)
	if err != nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(all, func(c atlas.Change) bool { return c.Origin == p.ID }) // the newest are first
	if i < 0 {
		return nil, nil, fmt.Errorf("what %s changed: %w", p.ID, atlas.ErrNotFound)
	}
	read := func(version int64) any {
		out := newRecord(p.Kind)
		text, readErr := r.Version(ctx, p.Kind, p.Record, version)
		if readErr == nil {
			readErr = json.Unmarshal(text, out)
		}
		MetaOf(out).Version = version
		err = errors.Join(err, readErr)
		return out
	}
	before, after = read(all[i].Version-1), read(all[i].Version)
	return before, after, err
}
