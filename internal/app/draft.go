package app

import (
	"context"

	"atlas"
	"atlas/internal/store"
)

// mostDrafts is how many started forms one account may have; the one that was
// left longest goes.
const mostDrafts = 50

// KeepDraft keeps what somebody who is signed in has typed into a form so far, in
// place of what was kept before.
func (a *App) KeepDraft(ctx context.Context, v atlas.Viewer, d store.Draft) error {
	if !v.SignedIn() {
		return atlas.ErrForbidden
	}
	d.Account, d.SavedAt = v.Account, a.now().UTC()
	return a.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.PutDraft(ctx, d); err != nil {
			return err
		}
		all, err := tx.Drafts(ctx, v.Account)
		if err != nil {
			return err
		}
		for _, old := range all[min(len(all), mostDrafts):] {
			if err := tx.DropDraft(ctx, v.Account, old.Form); err != nil {
				return err
			}
		}
		return nil
	})
}

// DropDraft forgets what somebody has typed into a form.
func (a *App) DropDraft(ctx context.Context, v atlas.Viewer, form string) error {
	if !v.SignedIn() {
		return atlas.ErrForbidden
	}
	return a.store.Update(ctx, func(tx *store.Tx) error { return tx.DropDraft(ctx, v.Account, form) })
}

// Drafts are the started forms of a viewer, the newest first.
func (a *App) Drafts(ctx context.Context, v atlas.Viewer) ([]store.Draft, error) {
	if !v.SignedIn() {
		return nil, nil
	}
	return a.Reader().Drafts(ctx, v.Account)
}

// Draft is what the viewer has typed into a form; atlas.ErrNotFound when nothing.
func (a *App) Draft(ctx context.Context, v atlas.Viewer, form string) (store.Draft, error) {
	if !v.SignedIn() {
		return store.Draft{}, atlas.ErrNotFound
	}
	return a.Reader().Draft(ctx, v.Account, form)
}
