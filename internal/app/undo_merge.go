package app

import (
	"context"
	"fmt"

	"atlas"
	"atlas/internal/store"
)

// MergeUndo is what taking a merge back would do: to the record that was kept,
// to the one merged into it and to those that followed it.
type MergeUndo struct {
	Keep, Drop *atlas.Project // as they stand
	Rows       []UndoRow      // the dropped one first
}

// Kept says whether any record keeps something that was edited since.
func (m *MergeUndo) Kept() bool {
	for _, r := range m.Rows {
		if len(r.Kept) > 0 {
			return true
		}
	}
	return false
}

// PrepareUndoMerge says what UndoMerge would do as things stand; it changes
// nothing.
func (a *App) PrepareUndoMerge(ctx context.Context, v atlas.Viewer, drop string) (*MergeUndo, error) {
	if !v.May(atlas.RightPublish) {
		return nil, atlas.ErrForbidden
	}
	var plan *MergeUndo
	err := a.Reader().View(ctx, func(r *store.Reader) (err error) {
		plan, _, err = a.unmerge(ctx, r, drop)
		return err
	})
	return plan, err
}

// UndoMerge makes two projects of one again, in one transaction: both records
// are as they were before the merge, at their own addresses. What was edited in
// the kept one since stays with it and is named. A project that is not merged,
// or merged on since, is an atlas.InvalidError that says so.
func (a *App) UndoMerge(ctx context.Context, v atlas.Viewer, drop string) (*MergeUndo, error) {
	if !v.May(atlas.RightPublish) {
		return nil, atlas.ErrForbidden
	}
	var plan *MergeUndo
	err := a.update(ctx, func(tx *store.Tx) error {
		var next []*atlas.Project
		var err error
		if plan, next, err = a.unmerge(ctx, tx.Reader, drop); err != nil {
			return err
		}
		w := a.write(v)
		w.Origin, w.Action = drop, atlas.ActionUndo
		named := map[string]bool{}
		for _, p := range next {
			addNamed(named, p)
			if err := tx.PutProject(ctx, p, w); err != nil {
				return err
			}
		}
		if err := a.evaluationsReturn(ctx, tx, w, plan.Keep.ID, drop); err != nil {
			return err
		}
		return a.revive(ctx, tx, named, "", w)
	})
	if err != nil {
		return nil, fmt.Errorf("undo the merge of %s: %w", drop, err)
	}
	return plan, nil
}

// unmerge decides about every record that the merge wrote. It gives the records
// to be written, in the order in which they can be: the dropped one last, for
// the others give up its registration number.
func (a *App) unmerge(ctx context.Context, r *store.Reader, drop string) (*MergeUndo, []*atlas.Project, error) {
	changes, err := mergeOf(ctx, r, drop)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]string, len(changes))
	for i, c := range changes {
		ids[i] = c.ID
	}
	found, err := r.Projects(ctx, ids)
	if err != nil {
		return nil, nil, err
	}
	plan := &MergeUndo{Drop: found[0], Keep: found[1]}
	if into := plan.Keep.MergedInto; into != "" {
		return nil, nil, cannotUnmerge("problem.merged_on", map[string]any{"id": plan.Keep.ID, "into": into})
	}
	held, err := heldBy(ctx, r, plan.Keep.ID, drop)
	if err != nil {
		return nil, nil, err
	}
	u := &undoing{App: a, r: r, gone: map[string]bool{}, freed: map[string][]string{}, gives: map[string]bool{}}
	var next []*atlas.Project
	plan.Rows = make([]UndoRow, len(changes))
	for i := len(changes) - 1; i >= 0; i-- {
		p, err := u.part(ctx, changes[i], found[i], held, &plan.Rows[i])
		if err != nil {
			return nil, nil, err
		}
		if p != nil {
			next = append(next, p)
		}
	}
	return plan, next, nil
}

// part decides about one record of the merge.
func (u *undoing) part(ctx context.Context, c atlas.Change, now *atlas.Project, held []*atlas.Project, row *UndoRow) (*atlas.Project, error) {
	*row = UndoRow{Record: now.ID, Title: now.Title("cs"), Outcome: UndoKeep}
	before, err := projectAt(ctx, u.r, c.ID, c.Version-1)
	if err != nil {
		return nil, err
	}
	after, err := projectAt(ctx, u.r, c.ID, c.Version)
	if err != nil {
		return nil, err
	}
	next, err := u.restore(ctx, c, revert(before, after, now, held...), now, row)
	if next != nil && next.RegNumber != now.RegNumber {
		u.gives[now.ID] = true
	}
	return next, err
}

// mergeOf gives the changes by which a project was merged as it is now: that of
// the project itself, that of the kept one, and those of the others.
func mergeOf(ctx context.Context, r *store.Reader, drop string) ([]atlas.Change, error) {
	found, err := r.Projects(ctx, []string{drop})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("project %q: %w", drop, atlas.ErrNotFound)
	}
	if found[0].MergedInto == "" {
		return nil, cannotUnmerge("problem.not_merged", map[string]any{"id": drop})
	}
	var all []atlas.Change
	for after := int64(0); ; after = all[len(all)-1].Seq {
		some, err := r.WrittenBy(ctx, drop, after, undoChunk)
		if err != nil {
			return nil, err
		}
		if all = append(all, some...); len(some) < undoChunk {
			break
		}
	}
	first := -1
	for i, c := range all {
		if c.ID == drop {
			first = i // of several merges of it the last stands
		}
	}
	if first < 0 || first+1 == len(all) {
		return nil, cannotUnmerge("problem.merge_unknown", map[string]any{"id": drop})
	}
	return all[first:], nil
}

func cannotUnmerge(key string, args map[string]any) error {
	return &atlas.InvalidError{Problems: []atlas.Problem{{Key: key, Args: args}}}
}

// heldBy gives the other projects merged into the kept one: what it has of them
// too stays.
func heldBy(ctx context.Context, r *store.Reader, keep, drop string) ([]*atlas.Project, error) {
	ids, err := r.MergedInto(ctx, keep)
	if err != nil {
		return nil, err
	}
	var others []string
	for _, id := range ids {
		if id != drop {
			others = append(others, id)
		}
	}
	return r.Projects(ctx, others)
}
