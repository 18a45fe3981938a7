package app

import (
	"context"
	"encoding/json"
	"slices"

	"atlas"
	"atlas/internal/store"
)

// addNamed notes the organisations that a project names.
func addNamed(named map[string]bool, p *atlas.Project) {
	for _, q := range p.Parties {
		named[q.Actor] = true
	}
	for _, f := range p.Funding {
		named[f.Funder] = true
	}
	delete(named, "")
}

// actors decides about the organisations that the batch brought, after its
// projects. put, when there is one, writes each that is withdrawn.
func (u *undoing) actors(ctx context.Context, put func(*atlas.Actor) error) error {
	return u.written(ctx, atlas.KindActor, func(changes []atlas.Change) error {
		ids := make([]string, len(changes))
		for i, c := range changes {
			ids[i] = c.ID
		}
		found, err := u.r.Actors(ctx, ids)
		if err != nil {
			return err
		}
		for i, now := range found {
			unused, err := u.unused(ctx, now.ID)
			if err != nil {
				return err
			}
			withdraw := unused && now.Version == changes[i].Version
			u.step()
			u.plan.Actors = append(u.plan.Actors, UndoActor{now.ID, now.Name, withdraw})
			if !withdraw || put == nil {
				continue
			}
			now.RecordStatus = atlas.RecordArchived
			if err := put(now); err != nil {
				return err
			}
		}
		return nil
	})
}

// unused says whether nothing names an organisation once the projects of the
// batch are taken back.
func (u *undoing) unused(ctx context.Context, id string) (bool, error) {
	uses, err := u.r.UsesOfActor(ctx, id)
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(uses, func(by string) bool {
		return !u.gone[by] && !slices.Contains(u.freed[id], by)
	}), nil
}

// revive brings organisations that an undoing had withdrawn back, because they
// are named again: with a record status, or with the one they had when it is "".
func (a *App) revive(ctx context.Context, tx *store.Tx, named map[string]bool, status string, w store.Write) error {
	withdrawn, err := tx.Withdrawn(ctx, atlas.KindActor)
	if err != nil {
		return err
	}
	var ids []string
	for id := range withdrawn {
		if named[id] {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	found, err := tx.Actors(ctx, ids)
	if err != nil {
		return err
	}
	for _, r := range found {
		if r.RecordStatus = status; status == "" {
			if r.RecordStatus, err = statusBefore(ctx, tx.Reader, r); err != nil {
				return err
			}
		}
		if err := tx.PutActor(ctx, r, w); err != nil {
			return err
		}
	}
	return nil
}

// statusBefore is the record status of an actor before its last change.
func statusBefore(ctx context.Context, r *store.Reader, now *atlas.Actor) (string, error) {
	text, err := r.Version(ctx, atlas.KindActor, now.ID, now.Version-1)
	if err != nil {
		return "", err
	}
	var before atlas.Actor
	err = json.Unmarshal(text, &before)
	return before.RecordStatus, err
}
