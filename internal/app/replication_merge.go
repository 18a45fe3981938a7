package app

import (
	"context"
	"errors"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/transfer"
)

// MergePractice makes one of two cards of the same practice: the one given up leads on
// to the one that is kept, which takes over its sources, projects and what it is about.
// Replications of both are of the kept one from then on; a merge after which a town
// would follow itself is refused, with the chain. version is that of the one given up
// as the viewer saw it.
func (a *App) MergePractice(ctx context.Context, v atlas.Viewer, drop string, version int64, keep string) error {
	if !v.May(atlas.RightPublish) {
		return atlas.ErrForbidden
	}
	if drop == keep {
		return refusal("into", "problem.merge_itself")
	}
	return a.update(ctx, func(tx *store.Tx) error {
		gone, err := tx.Practice(ctx, drop)
		if err != nil {
			return err
		}
		if gone.Version != version {
			return &atlas.ConflictError{Kind: atlas.KindPractice, ID: drop, Read: version, Current: gone.Version}
		}
		stays, err := tx.Practice(ctx, keep)
		var moved *atlas.RedirectError
		if errors.Is(err, atlas.ErrNotFound) || errors.As(err, &moved) {
			return refusal("into", "problem.reference", "value", keep)
		}
		if err != nil {
			return err
		}
		stays.Projects = added(stays.Projects, gone.Projects)
		stays.Evaluations = added(stays.Evaluations, gone.Evaluations)
		stays.Implementers = added(stays.Implementers, gone.Implementers)
		stays.Areas = added(stays.Areas, gone.Areas)
		stays.Awards = added(stays.Awards, gone.Awards)
		stays.Sources = added(stays.Sources, gone.Sources)
		for _, s := range gone.Segments {
			if _, there := stays.Segment(s.Name); !there { // somebody may have taken it over
				stays.Segments = append(stays.Segments, s)
			}
		}
		gone.RecordStatus, gone.MergedInto = atlas.RecordMerged, keep
		w := a.write(v)
		w.Action, w.Origin = atlas.ActionMerge, drop
		if err := tx.PutPractice(ctx, stays, w); err != nil {
			return err
		}
		if err := tx.PutPractice(ctx, gone, a.write(v)); err != nil {
			return err
		}
		if err := repointPractices(ctx, tx, drop, keep, w); err != nil {
			return err
		}
		return a.stillNoCircle(ctx, tx)
	})
}

// repointPractices makes the cards that were merged into one before lead to where it
// lives now.
func repointPractices(ctx context.Context, tx *store.Tx, drop, keep string, w store.Write) error {
	var before []*atlas.Practice
	err := tx.EachPractice(ctx, func(p *atlas.Practice) error {
		if p.MergedInto == drop {
			before = append(before, p)
		}
		return nil
	})
	for _, p := range before {
		if p.MergedInto = keep; err == nil {
			err = tx.PutPractice(ctx, p, w)
		}
	}
	return err
}

// stillNoCircle refuses what was written when a replication would come of itself by
// it.
func (a *App) stillNoCircle(ctx context.Context, tx *store.Tx) error {
	cards, all, err := journeys(ctx, tx.Reader)
	if err != nil {
		return err
	}
	g := transfer.New(cards, all, a.townName)
	for _, x := range all {
		if fault := g.Check(x.ID); fault != nil {
			p := faultProblem(fault, x)
			p.Field = "into"
			return &atlas.InvalidError{Problems: []atlas.Problem{p}}
		}
	}
	return nil
}
