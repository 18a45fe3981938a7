package app

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"atlas"
	"atlas/internal/store"
)

// statusOf is what a decision makes of a record.
var statusOf = map[string]string{
	store.DeedPublished: atlas.RecordPublished, store.DeedReturned: atlas.RecordReturned, store.DeedArchived: atlas.RecordArchived,
}

// Decide publishes, returns or archives one record. A record that is not as the
// editor saw it is an atlas.ConflictError: somebody else was first.
func (a *App) Decide(ctx context.Context, v atlas.Viewer, id string, version int64, deed, reason string) error {
	reason = strings.TrimSpace(reason)
	if err := a.mayDecide(v, deed, reason); err != nil {
		return err
	}
	return a.update(ctx, func(tx *store.Tx) error {
		m, err := a.matter(ctx, tx.Reader, v, id)
		if err != nil {
			return err
		}
		_, err = a.decide(ctx, tx, v, m, version, deed, reason, "")
		return err
	})
}

func (a *App) mayDecide(v atlas.Viewer, deed, reason string) error {
	if !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	if statusOf[deed] == "" {
		return ErrTransition
	}
	return checkWords("reason", reason, deed == store.DeedReturned)
}

func (a *App) decide(ctx context.Context, tx *store.Tx, v atlas.Viewer, m *Matter, version int64, deed, reason, origin string) ([]store.ReviewItem, error) {
	if m.Proposal != nil {
		return nil, ErrTransition
	}
	if stands := MetaOf(m.Record).Version; stands != version {
		return nil, &atlas.ConflictError{Kind: m.Kind, ID: m.ID, Read: version, Current: stands}
	}
	along, err := a.moveTo(ctx, tx, v, m.Record, statusOf[deed], reason, origin)
	if err != nil {
		return nil, err
	}
	return append([]store.ReviewItem{{Kind: m.Kind, ID: m.ID, Version: MetaOf(m.Record).Version}}, along...), nil
}

// LeftOut is a record that several decisions made at once left as it is, and why.
type LeftOut struct {
	ID, Title string
	Err       error // *atlas.InvalidError, *atlas.ConflictError, …
}

// DecideMany decides several records and corrections in one transaction, which UndoReview takes
// back at once. What cannot be decided is left out and named. Nothing decided is
// a review without a code.
func (a *App) DecideMany(ctx context.Context, v atlas.Viewer, items []store.ReviewItem, deed, reason string) (store.Review, []LeftOut, error) {
	var done store.Review
	var left []LeftOut
	reason = strings.TrimSpace(reason)
	if err := a.mayDecide(v, deed, reason); err != nil {
		return done, nil, err
	}
	err := a.update(ctx, func(tx *store.Tx) error {
		done, left = store.Review{Deed: deed, By: v.Name, At: a.now().UTC()}, nil
		id, err := tx.ReviewID(ctx)
		if err != nil {
			return err
		}
		for _, it := range items {
			m, err := a.matter(ctx, tx.Reader, v, it.ID)
			if err != nil {
				left = append(left, LeftOut{ID: it.ID, Err: err})
				continue
			}
			made, err := a.decideOne(ctx, tx, v, m, it.Version, deed, reason, id)
			var invalid *atlas.InvalidError
			switch {
			case errors.As(err, &invalid), errors.Is(err, atlas.ErrConflict):
				left = append(left, LeftOut{it.ID, m.Title, err})
			case err != nil:
				return err
			default:
				done.Items = append(done.Items, made...)
			}
		}
		if len(done.Items) == 0 {
			return nil
		}
		done.ID = id
		return tx.PutReview(ctx, done)
	})
	return done, left, err
}

// decideOne decides about a record or a correction as one of several.
func (a *App) decideOne(ctx context.Context, tx *store.Tx, v atlas.Viewer, m *Matter, version int64, deed, reason, origin string) ([]store.ReviewItem, error) {
	if m.Proposal != nil {
		return a.decideCorrection(ctx, tx, v, m, version, deed, reason)
	}
	return a.decide(ctx, tx, v, m, version, deed, reason, origin)
}

// UndoReview takes decisions made at once back: each record has the status it had
// before, as a new version, and each correction waits again. Records that somebody changed since stay and are
// named.
func (a *App) UndoReview(ctx context.Context, v atlas.Viewer, id string) (kept []LeftOut, err error) {
	if !v.May(atlas.RightPublish) {
		return nil, atlas.ErrForbidden
	}
	err = a.update(ctx, func(tx *store.Tx) error {
		kept = nil
		done, err := tx.Review(ctx, id)
		if err != nil {
			return err
		}
		if !done.UndoneAt.IsZero() {
			return nil // a double click
		}
		for _, it := range done.Items {
			undo := a.undoDecision
			if IsCorrection(it) {
				undo = a.undoCorrection
			}
			left, err := undo(ctx, tx, v, it, id)
			if err != nil {
				return err
			}
			if left != nil {
				kept = append(kept, *left)
			}
		}
		done.UndoneBy, done.UndoneAt = v.Name, a.now().UTC()
		return tx.PutReview(ctx, done)
	})
	return kept, err
}

// undoDecision gives a record the status it had before; what is in the way of
// that is given back.
func (a *App) undoDecision(ctx context.Context, tx *store.Tx, v atlas.Viewer, it store.ReviewItem, origin string) (*LeftOut, error) {
	record, err := recordOf(ctx, tx.Reader, it.Kind, it.ID)
	var moved *atlas.RedirectError
	if errors.As(err, &moved) || errors.Is(err, atlas.ErrNotFound) {
		return &LeftOut{ID: it.ID, Title: it.ID, Err: err}, nil
	}
	if err != nil {
		return nil, err
	}
	meta := MetaOf(record)
	if meta.Version != it.Version {
		return &LeftOut{it.ID, TitleOf(record, v.Lang), &atlas.ConflictError{Kind: it.Kind, ID: it.ID, Read: it.Version, Current: meta.Version}}, nil
	}
	text, err := tx.Version(ctx, it.Kind, it.ID, it.Version-1)
	if err != nil {
		return nil, err
	}
	before := newRecord(it.Kind)
	if err := json.Unmarshal(text, before); err != nil {
		return nil, err
	}
	w := a.write(v)
	w.Action, w.Origin = atlas.ActionUndo, origin
	meta.RecordStatus = MetaOf(before).RecordStatus
	if err := a.put(ctx, tx, w, record); err != nil {
		return nil, err
	}
	return nil, a.remark(ctx, tx, v, it.ID, store.DeedUndone, "")
}
