package app

import (
	"context"
	"errors"
	"fmt"

	"atlas"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// Actions in the audit log of the administration itself.
const (
	AuditVerified        = "log_verified"
	AuditLogBroken       = "log_broken"
	AuditLetterResent    = "letter_resent"
	AuditLetterDiscarded = "letter_discarded"
)

// lettersShown is how many letters of a state the overview names.
const lettersShown = 20

// Overview is what the administration shows first.
type Overview struct {
	Review          map[string]int64 // kind of record → how many wait for an editor
	Asked           []atlas.Membership
	Waiting, Failed []store.Letter // the last ones
	WaitingCount    int64
	FailedCount     int64
	Accounts        int64            // active ones
	Administrators  []*atlas.Account // active ones
	Head            store.AuditEntry // zero where the log is empty
	Verified        store.AuditEntry // last verification, zero where there was none
	Size            int64            // of the database in bytes
	Projects        int64
	Engine          string
}

// Overview reads what waits and how the instance fares.
func (a *App) Overview(ctx context.Context, v atlas.Viewer) (*Overview, error) {
	if !v.May(atlas.RightUsers) {
		return nil, atlas.ErrForbidden
	}
	o := &Overview{Engine: a.store.Engine()}
	r := a.Reader()
	var err error
	read := func(fn func() error) {
		if err == nil {
			err = fn()
		}
	}
	read(func() error { o.Review, err = r.CountByStatus(ctx, atlas.RecordReview); return err })
	read(func() error { o.Asked, err = r.AskedMemberships(ctx); return err })
	read(func() error { o.Waiting, err = r.Letters(ctx, store.LetterWaiting, lettersShown); return err })
	read(func() error { o.Failed, err = r.Letters(ctx, store.LetterFailed, lettersShown); return err })
	read(func() error { o.WaitingCount, err = r.LettersCount(ctx, store.LetterWaiting); return err })
	read(func() error { o.FailedCount, err = r.LettersCount(ctx, store.LetterFailed); return err })
	read(func() error { o.Accounts, err = r.CountAccounts(ctx, atlas.AccountActive); return err })
	read(func() error { o.Administrators, err = a.activeAdministrators(ctx, r); return err })
	read(func() error { o.Head, err = lastEntry(ctx, r, ""); return err })
	read(func() error { o.Verified, err = lastEntry(ctx, r, AuditVerified); return err })
	read(func() error { o.Size, err = r.Size(ctx); return err })
	read(func() error {
		n, e := r.CountProjects(ctx)
		o.Projects = int64(n)
		return e
	})
	if err != nil {
		return nil, fmt.Errorf("overview: %w", err)
	}
	return o, nil
}

func lastEntry(ctx context.Context, r *store.Reader, action string) (store.AuditEntry, error) {
	e, err := r.LastAuditOf(ctx, action)
	if errors.Is(err, atlas.ErrNotFound) {
		err = nil
	}
	return e, err
}

// ResendLetter has a letter tried at once; ErrDecided when it was sent or is
// being sent.
func (a *App) ResendLetter(ctx context.Context, v atlas.Viewer, id string) error {
	return a.onLetter(ctx, v, id, AuditLetterResent, func(tx *store.Tx) (bool, error) { return tx.ResendLetter(ctx, id, a.now()) })
}

// DiscardLetter deletes a letter that was not sent; ErrDecided when it was sent
// or is being sent.
func (a *App) DiscardLetter(ctx context.Context, v atlas.Viewer, id string) error {
	return a.onLetter(ctx, v, id, AuditLetterDiscarded, func(tx *store.Tx) (bool, error) { return tx.DiscardLetter(ctx, id, a.now()) })
}

func (a *App) onLetter(ctx context.Context, v atlas.Viewer, id, action string, fn func(*store.Tx) (bool, error)) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightUsers, atlas.Subject{}); err != nil {
			return err
		}
		done, err := fn(tx)
		if err != nil {
			return err
		}
		if !done {
			return ErrDecided
		}
		return a.audit(ctx, tx, v, action, id)
	})
}

// SendTestLetter puts a letter to the viewer themselves, to try the sending.
func (a *App) SendTestLetter(ctx context.Context, v atlas.Viewer) error {
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightUsers, atlas.Subject{}); err != nil {
			return err
		}
		if !v.SignedIn() {
			return refusal("", "problem.no_address")
		}
		who, err := tx.Account(ctx, v.Account)
		if err != nil {
			return err
		}
		return a.letterTo(ctx, tx, who, mail.Test{At: a.now()})
	})
}
