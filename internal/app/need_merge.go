package app

import (
	"context"
	"errors"
	"slices"

	"atlas"
	"atlas/internal/store"
)

// MergeNeed makes one of two needs that say the same: the one given up leads on to
// the one that is kept, which takes over what answers it, its groups and sources.
// version is that of the one given up as the viewer saw it.
func (a *App) MergeNeed(ctx context.Context, v atlas.Viewer, drop string, version int64, keep string) error {
	if !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	if drop == keep {
		return refusal("into", "problem.merge_itself")
	}
	return a.update(ctx, func(tx *store.Tx) error {
		gone, err := tx.Need(ctx, drop)
		if err != nil {
			return err
		}
		if gone.Version != version {
			return &atlas.ConflictError{Kind: atlas.KindNeed, ID: drop, Read: version, Current: gone.Version}
		}
		stays, err := tx.Need(ctx, keep)
		var moved *atlas.RedirectError
		if errors.Is(err, atlas.ErrNotFound) || errors.As(err, &moved) {
			return refusal("into", "problem.reference", "value", keep)
		}
		if err != nil {
			return err
		}
		stays.TargetLegal = distinct(slices.Concat(stays.TargetLegal, gone.TargetLegal))
		stays.Projects = distinct(slices.Concat(stays.Projects, gone.Projects))
		stays.Calls = distinct(slices.Concat(stays.Calls, gone.Calls))
		stays.Measures = added(stays.Measures, gone.Measures)
		stays.Sources = added(stays.Sources, gone.Sources)
		gone.RecordStatus, gone.MergedInto = atlas.RecordMerged, keep
		w := a.write(v)
		w.Action, w.Origin = atlas.ActionMerge, drop
		if err := a.put(ctx, tx, w, stays); err != nil {
			return err
		}
		return a.put(ctx, tx, a.write(v), gone)
	})
}

// UnmergeNeed gives a need that was merged away back, with the status that it had.
// What the other one took over stays with it too: nobody says whose it is.
func (a *App) UnmergeNeed(ctx context.Context, v atlas.Viewer, id string) error {
	if !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	return a.update(ctx, func(tx *store.Tx) error {
		all, err := tx.Needs(ctx, []string{id})
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return atlas.ErrNotFound
		}
		n := all[0]
		if n.MergedInto == "" {
			return refusal("into", "problem.not_merged", "id", id)
		}
		before, err := a.EditionOf(ctx, v, atlas.KindNeed, id, n.Version-1)
		if err != nil {
			return err
		}
		w := a.write(v)
		w.Action, w.Origin = atlas.ActionUndo, n.MergedInto
		n.RecordStatus, n.MergedInto = before.Record.(*atlas.Need).RecordStatus, ""
		return a.put(ctx, tx, w, n)
	})
}

// added is a list with what another has besides.
func added[T comparable](all, more []T) []T {
	out := slices.Clone(all)
	for _, x := range more {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}
