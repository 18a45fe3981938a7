package app

import (
	"context"
	"strings"

	"atlas"
	"atlas/internal/store"
)

// Origins of changes by which an evaluation follows its project.
const (
	movedByMerge   = "merge "   // and the code of the project merged away
	movedByUnmerge = "unmerge " // and the code of the project that is there again
)

// evaluationsFollow takes the evaluations of a project that is merged away along to
// the one that is kept, whatever their state: whoever writes a sheet goes on.
func (a *App) evaluationsFollow(ctx context.Context, tx *store.Tx, w store.Write, keep, drop string) error {
	all, err := tx.EvaluationsOf(ctx, drop)
	if err != nil {
		return err
	}
	w.Action, w.Origin = atlas.ActionMerge, movedByMerge+drop
	return a.moveEvaluations(ctx, tx, w, all, keep)
}

// evaluationsReturn takes those back that came to the kept project by the merge that
// is undone.
func (a *App) evaluationsReturn(ctx context.Context, tx *store.Tx, w store.Write, keep, drop string) error {
	all, err := tx.EvaluationsOf(ctx, keep)
	if err != nil {
		return err
	}
	var back []*atlas.Evaluation
	for _, e := range all {
		changes, err := tx.History(ctx, atlas.KindEvaluation, e.ID)
		if err != nil {
			return err
		}
		for _, c := range changes { // the newest first
			if id, merged := strings.CutPrefix(c.Origin, movedByMerge); merged && id == drop {
				back = append(back, e)
				break
			}
			if strings.HasPrefix(c.Origin, movedByMerge) || strings.HasPrefix(c.Origin, movedByUnmerge) {
				break
			}
		}
	}
	w.Action, w.Origin = atlas.ActionUndo, movedByUnmerge+drop
	return a.moveEvaluations(ctx, tx, w, back, drop)
}

func (a *App) moveEvaluations(ctx context.Context, tx *store.Tx, w store.Write, all []*atlas.Evaluation, project string) error {
	for _, e := range all {
		e.Project = project
		if err := tx.PutEvaluation(ctx, e, w); err != nil {
			return err
		}
	}
	return nil
}
