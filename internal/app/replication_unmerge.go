package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"atlas"
	"atlas/internal/store"
)

// UnmergePractice makes two cards of one again, in one transaction: the one that was
// given up stands at its own address as before, the kept one gives back what it took
// over, unless that was edited since. Replications are of the card that they were of;
// one that was written since goes with the town from which it was taken. A card that is
// not merged, or whose kept one was merged on since, is an atlas.InvalidError.
func (a *App) UnmergePractice(ctx context.Context, v atlas.Viewer, drop string) (keep string, err error) {
	if !v.May(atlas.RightPublish) {
		return "", atlas.ErrForbidden
	}
	err = a.update(ctx, func(tx *store.Tx) error {
		m, err := readCardMerge(ctx, tx.Reader, drop)
		if err != nil {
			return err
		}
		keep = m.keep.ID
		w := a.write(v)
		w.Action, w.Origin = atlas.ActionUndo, drop
		moved, err := m.takeApart(ctx, tx.Reader)
		if err != nil {
			return err
		}
		for _, p := range slices.Concat([]*atlas.Practice{m.keep, m.drop}, m.before) {
			if err := tx.PutPractice(ctx, p, w); err != nil {
				return err
			}
		}
		for _, x := range moved {
			if err := tx.PutReplication(ctx, x, w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("undo the merge of %s: %w", drop, err)
	}
	return keep, nil
}

// cardMerge is a merge of two cards that is to be taken back.
type cardMerge struct {
	keep, drop    *atlas.Practice   // as they stand
	before        []*atlas.Practice // cards merged into the dropped one before
	others        []*atlas.Practice // other cards that live in the kept one
	status        string            // of the dropped record before
	then, written *atlas.Practice   // the kept one before and after
}

// readCardMerge finds the merge by which a card lives in another one now.
func readCardMerge(ctx context.Context, r *store.Reader, drop string) (*cardMerge, error) {
	byID := map[string]*atlas.Practice{}
	err := r.EachPractice(ctx, func(p *atlas.Practice) error { byID[p.ID] = p; return nil })
	if err != nil {
		return nil, err
	}
	m := &cardMerge{drop: byID[drop]}
	switch {
	case m.drop == nil:
		return nil, fmt.Errorf("card %q: %w", drop, atlas.ErrNotFound)
	case m.drop.MergedInto == "":
		return nil, cannotUnmerge("problem.not_merged", map[string]any{"id": drop})
	}
	merged, before, into, err := lastMerge(ctx, r, drop)
	if err != nil {
		return nil, err
	}
	if into != m.drop.MergedInto {
		return nil, cannotUnmerge("problem.merged_on", map[string]any{"id": into, "into": m.drop.MergedInto})
	}
	m.keep, m.status = byID[into], before.RecordStatus
	changes, err := r.History(ctx, atlas.KindPractice, into)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(changes, func(c atlas.Change) bool {
		return c.Seq < merged.Seq && c.Action == atlas.ActionMerge && c.Origin == drop
	})
	if at < 0 {
		return nil, cannotUnmerge("problem.merge_unknown", map[string]any{"id": drop})
	}
	if m.then, err = practiceAt(ctx, r, into, changes[at].Version-1); err != nil {
		return nil, err
	}
	if m.written, err = practiceAt(ctx, r, into, changes[at].Version); err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		p := byID[id]
		if p.MergedInto != into || id == drop {
			continue
		}
		changes, err := r.History(ctx, atlas.KindPractice, id)
		if err != nil {
			return nil, err
		}
		if last := changes[0]; last.Seq > merged.Seq && last.Action == atlas.ActionMerge && last.Origin == drop {
			m.before = append(m.before, p)
		} else {
			m.others = append(m.others, p)
		}
	}
	return m, nil
}

// lastMerge finds the change by which a card was merged away, the card before it, and
// into which one it went then.
func lastMerge(ctx context.Context, r *store.Reader, drop string) (merged atlas.Change, before *atlas.Practice, into string, err error) {
	changes, err := r.History(ctx, atlas.KindPractice, drop)
	if err != nil {
		return merged, nil, "", err
	}
	for _, c := range changes {
		p, err := practiceAt(ctx, r, drop, c.Version)
		if err != nil {
			return merged, nil, "", err
		}
		if p.MergedInto == "" {
			return merged, p, into, nil
		}
		merged, into = c, p.MergedInto
	}
	return merged, nil, "", cannotUnmerge("problem.merge_unknown", map[string]any{"id": drop})
}

func practiceAt(ctx context.Context, r *store.Reader, id string, version int64) (*atlas.Practice, error) {
	text, err := r.Version(ctx, atlas.KindPractice, id, version)
	if err != nil {
		return nil, err
	}
	p := new(atlas.Practice)
	return p, json.Unmarshal(text, p)
}

// takeApart gives all cards of the merge the values that they are to have, and the
// replications that were written since by one card and go with the other.
func (m *cardMerge) takeApart(ctx context.Context, r *store.Reader) ([]*atlas.Replication, error) {
	ofDrop := map[string]bool{m.drop.ID: true} // codes of cards that live in which of the two
	for _, p := range m.before {
		ofDrop[p.ID], p.MergedInto = true, m.drop.ID
	}
	ofKeep := map[string]bool{m.keep.ID: true}
	for _, p := range m.others {
		ofKeep[p.ID] = true
	}
	all := map[string]*atlas.Replication{}
	err := r.EachReplication(ctx, func(x *atlas.Replication) error {
		if ofDrop[x.Practice] || ofKeep[x.Practice] {
			all[x.ID] = x
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var moved []*atlas.Replication
	taken := map[bool]map[string]bool{true: {}, false: {}} // segments that somebody took, by whether from the dropped one
	for _, id := range slices.Sorted(maps.Keys(all)) {
		x := all[id]
		from := x
		for seen := map[string]bool{}; all[from.Via] != nil && !seen[from.ID]; from = all[from.Via] {
			seen[from.ID] = true
		}
		if of := ofDrop[from.Practice]; of != ofDrop[x.Practice] {
			one := *x
			if one.Practice = m.keep.ID; of {
				one.Practice = m.drop.ID
			}
			moved = append(moved, &one)
		}
		for _, name := range x.Segments {
			taken[ofDrop[from.Practice]][name] = true
		}
	}
	m.giveBack(taken[false], taken[true])
	return moved, nil
}

// giveBack takes out of the kept card what it has of the dropped one, unless another
// card that lives in it has it too. Segments that somebody took stay where they were
// taken.
func (m *cardMerge) giveBack(takenOfKeep, takenOfDrop map[string]bool) {
	k, then, written := m.keep, m.then, m.written
	k.Projects = less(k.Projects, then.Projects, written.Projects, m.others, func(p *atlas.Practice) []string { return p.Projects })
	k.Evaluations = less(k.Evaluations, then.Evaluations, written.Evaluations, m.others, func(p *atlas.Practice) []string { return p.Evaluations })
	k.Implementers = less(k.Implementers, then.Implementers, written.Implementers, m.others, func(p *atlas.Practice) []string { return p.Implementers })
	k.Areas = less(k.Areas, then.Areas, written.Areas, m.others, func(p *atlas.Practice) []string { return p.Areas })
	k.Awards = less(k.Awards, then.Awards, written.Awards, m.others, func(p *atlas.Practice) []atlas.Award { return p.Awards })
	k.Sources = less(k.Sources, then.Sources, written.Sources, m.others, func(p *atlas.Practice) []atlas.Source { return p.Sources })
	whole := k.Segments
	k.Segments = less(k.Segments, then.Segments, written.Segments, m.others, func(p *atlas.Practice) []atlas.Segment { return p.Segments })
	for _, s := range whole {
		if _, there := k.Segment(s.Name); !there && takenOfKeep[s.Name] {
			k.Segments = append(k.Segments, s)
		}
		if _, there := m.drop.Segment(s.Name); !there && takenOfDrop[s.Name] {
			m.drop.Segments = append(m.drop.Segments, s)
		}
	}
	m.drop.RecordStatus, m.drop.MergedInto = m.status, ""
}

// less is a list without what a merge added to it, but with what others have as well.
func less[T comparable](now, before, after []T, others []*atlas.Practice, of func(*atlas.Practice) []T) []T {
	return slices.DeleteFunc(slices.Clone(now), func(x T) bool {
		return slices.Contains(after, x) && !slices.Contains(before, x) &&
			!slices.ContainsFunc(others, func(p *atlas.Practice) bool { return slices.Contains(of(p), x) })
	})
}
