package store

import (
	"context"
	"fmt"
	"slices"

	"atlas"
)

// Merger says what the kept project of a merge takes over from the dropped one
// by changing it; its error stops the merge. Sources, links and predecessors are
// none of its business.
type Merger func(keep, drop *atlas.Project) error

// MergeProjects makes one project of two (8.9). The kept one takes over what
// the merger says, nothing when it is nil; and always the sources, links,
// verbatim values and predecessors of the dropped one, and its registration
// number where it has none. The dropped one stays as it was, with the record
// status SLOUCENO and the id of the kept one, so that its address leads there;
// so do the addresses of projects merged into it before. Projects that followed
// it follow the kept one. All changes of it have the dropped project for their
// origin.
func (tx *Tx) MergeProjects(ctx context.Context, keepID, dropID string, merge Merger, w Write) error {
	if keepID == dropID {
		return fmt.Errorf("merge %s: %w", keepID, &atlas.InvalidError{
			Problems: []atlas.Problem{{Key: "problem.merge_itself"}}})
	}
	keep, err := tx.Project(ctx, keepID)
	if err != nil {
		return fmt.Errorf("merge into %s: %w", keepID, err)
	}
	drop, err := tx.Project(ctx, dropID)
	if err != nil {
		return fmt.Errorf("merge %s: %w", dropID, err)
	}
	w.Action, w.Origin = atlas.ActionMerge, dropID
	if merge != nil {
		if err := merge(keep, drop); err != nil {
			return err
		}
	}
	takeOver(keep, drop)
	drop.RecordStatus, drop.MergedInto = atlas.RecordMerged, keep.ID
	// The dropped one first: it gives up its registration number.
	for _, p := range []*atlas.Project{drop, keep} {
		if err := tx.PutProject(ctx, p, w); err != nil {
			return err
		}
	}
	return tx.repoint(ctx, keep.ID, drop.ID, w)
}

// takeOver gives keep what drop has and keep has not.
func takeOver(keep, drop *atlas.Project) {
	keep.Sources = union(keep.Sources, drop.Sources)
	keep.Verbatim = union(keep.Verbatim, drop.Verbatim)
	keep.Measures = union(keep.Measures, drop.Measures)
	keep.GoodPractice = union(keep.GoodPractice, drop.GoodPractice)
	keep.Follows = slices.DeleteFunc(union(keep.Follows, drop.Follows), func(id string) bool {
		return id == keep.ID || id == drop.ID
	})
	if keep.RegNumber == "" {
		keep.RegNumber, drop.RegNumber = drop.RegNumber, ""
	}
}

func union[E comparable](a, b []E) []E {
	out := slices.Clone(a)
	for _, e := range b {
		if !slices.Contains(out, e) {
			out = append(out, e)
		}
	}
	return out
}

// repoint makes what led to drop lead to keep: earlier merges and successors.
func (tx *Tx) repoint(ctx context.Context, keep, drop string, w Write) error {
	ids, err := tx.q.texts(ctx, `SELECT id FROM project WHERE merged_into = $1
		UNION SELECT project_id FROM project_follow WHERE follows_id = $1 ORDER BY 1`, drop)
	if err != nil {
		return err
	}
	found, err := tx.Projects(ctx, ids)
	if err != nil {
		return err
	}
	for _, p := range found {
		if p.MergedInto == drop {
			p.MergedInto = keep
		}
		p.Follows = replaced(p.Follows, drop, keep, p.ID)
		if err := tx.PutProject(ctx, p, w); err != nil {
			return err
		}
	}
	return nil
}

// replaced puts one id for another in a list, never itself and never twice.
func replaced(ids []string, from, to, itself string) []string {
	var out []string
	for _, id := range ids {
		if id == from {
			id = to
		}
		if id != itself {
			out = union(out, []string{id})
		}
	}
	return out
}
