package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/transfer"
)

// SaveReplication writes a new replication or a change of one, like SaveProject.
func (a *App) SaveReplication(ctx context.Context, v atlas.Viewer, r *atlas.Replication) error {
	return a.SaveReplicationOf(ctx, v, "", r)
}

// SaveReplicationOf is SaveReplication of what was typed into a form, like
// SaveProjectOf. The status moves with the steps of the checklist. That the link is
// true no form says (ConfirmReplication); what somebody confirmed is confirmed no
// more once the link says something else.
func (a *App) SaveReplicationOf(ctx context.Context, v atlas.Viewer, form string, r *atlas.Replication) error {
	return a.update(ctx, func(tx *store.Tx) error {
		stored, err := a.guard(ctx, tx.Reader, v, atlas.KindReplication, r)
		if err != nil {
			return err
		}
		r.Advance()
		keepConfirmations(v, r, stored)
		if err := a.put(ctx, tx, a.writeOf(v, r.Subject()), r); err != nil {
			return err
		}
		return a.saved(ctx, tx, v, form, stored, r)
	})
}

func keepConfirmations(v atlas.Viewer, r *atlas.Replication, stored any) {
	now, _ := stored.(*atlas.Replication)
	switch {
	case now == nil && !v.SignedIn(): // demo content
	case now == nil || !sameLink(now, r):
		r.BySource, r.ByFollower = atlas.SideConfirmation{}, atlas.SideConfirmation{}
	default:
		r.BySource, r.ByFollower = now.BySource, now.ByFollower
	}
}

// sameLink says whether two versions of a replication say the same of who took what
// from whom.
func sameLink(x, y *atlas.Replication) bool {
	return x.Practice == y.Practice && x.Via == y.Via && x.Territory == y.Territory && x.PlaceText == y.PlaceText && x.Country == y.Country &&
		x.Actor == y.Actor && x.Card == y.Card && x.Kind == y.Kind && x.Abandoned() == y.Abandoned() && slices.Equal(x.Segments, y.Segments)
}

// putReplication writes a replication when nothing stands in its way.
func (a *App) putReplication(ctx context.Context, tx *store.Tx, w store.Write, r *atlas.Replication) error {
	wrong, err := a.replicationProblems(ctx, tx.Reader, r)
	if len(wrong) > 0 {
		err = &atlas.InvalidError{Problems: wrong}
	}
	if err != nil {
		return err
	}
	return tx.PutReplication(ctx, r, w)
}

// CheckReplication says what is wrong with a replication, what it names included.
func (a *App) CheckReplication(ctx context.Context, r *atlas.Replication) ([]atlas.Problem, error) {
	return a.replicationProblems(ctx, a.Reader(), r)
}

func (a *App) replicationProblems(ctx context.Context, r *store.Reader, x *atlas.Replication) ([]atlas.Problem, error) {
	stage := atlas.StageSave
	if x.RecordStatus == atlas.RecordPublished || x.RecordStatus == atlas.RecordReview {
		stage = atlas.StageListed
	}
	wrong := x.Problems(a.Lists(), stage, a.year())
	if _, ok := a.Places().Get(x.Territory); x.Territory != "" && !ok {
		wrong = append(wrong, missing("territory", x.Territory))
	}
	for _, named := range []struct{ field, kind, id string }{
		{"actor", atlas.KindActor, x.Actor}, {"project", atlas.KindProject, x.Project}, {"card", atlas.KindPractice, x.Card},
	} {
		if named.id == "" {
			continue
		}
		if found, err := readMany(ctx, r, named.kind, []string{named.id}); err != nil {
			return nil, err
		} else if len(found) == 0 {
			wrong = append(wrong, missing(named.field, named.id))
		}
	}
	if x.Practice == "" {
		return wrong, nil
	}
	p, err := practiceStanding(ctx, r, x.Practice)
	if errors.Is(err, atlas.ErrNotFound) {
		return append(wrong, missing("practice", x.Practice)), nil
	}
	if err != nil {
		return nil, err
	}
	stored, err := storedReplication(ctx, r, x.ID)
	if err != nil {
		return nil, err
	}
	for _, name := range x.Segments {
		// A segment that was there when it was taken over stays taken over, whatever
		// its card calls it now.
		if _, ok := p.Segment(name); !ok && !slices.Contains(stored.Segments, name) {
			wrong = append(wrong, atlas.Problem{Field: "segments", Key: "problem.segment", Args: map[string]any{"value": name}})
		}
	}
	more, err := a.linkProblems(ctx, r, x, stored, p)
	return append(wrong, more...), err
}

// storedReplication is a replication as it stands; nothing of a new one.
func storedReplication(ctx context.Context, r *store.Reader, id string) (*atlas.Replication, error) {
	if id == "" {
		return &atlas.Replication{}, nil
	}
	x, err := r.Replication(ctx, id)
	if errors.Is(err, atlas.ErrNotFound) {
		return &atlas.Replication{}, nil
	}
	return x, err
}

// practiceStanding reads a card, or the one that it was merged into.
func practiceStanding(ctx context.Context, r *store.Reader, id string) (*atlas.Practice, error) {
	p, err := r.Practice(ctx, id)
	var moved *atlas.RedirectError
	if errors.As(err, &moved) {
		return r.Practice(ctx, moved.ID)
	}
	return p, err
}

// linkProblems says whether the link of a replication can be among those that are
// published: it leads through another one of the same card, the town does not follow
// twice, and nothing comes of itself.
func (a *App) linkProblems(ctx context.Context, r *store.Reader, x, stored *atlas.Replication, p *atlas.Practice) ([]atlas.Problem, error) {
	cards, all, err := journeys(ctx, r)
	if err != nil {
		return nil, err
	}
	var wrong []atlas.Problem
	if x.Via != "" && x.Via != x.ID {
		via, err := r.Replication(ctx, x.Via)
		switch {
		case errors.Is(err, atlas.ErrNotFound):
			return append(wrong, missing("via", x.Via)), nil
		case err != nil:
			return nil, err
		}
		if from, err := practiceStanding(ctx, r, via.Practice); err != nil || from.ID != p.ID {
			return append(wrong, atlas.Problem{Field: "via", Key: "problem.via_other", Args: map[string]any{"value": x.Via}}), err
		}
	}
	one := *x
	if one.ID == "" {
		one.ID = newReplication
	}
	if x.ID == "" || x.Public() && stored.ID != "" && !stored.Public() { // it begins, or is to be read from now on
		if twice := already(all, x); twice != "" {
			wrong = append(wrong, atlas.Problem{Field: "territory", Key: "problem.transfer_twice", Args: map[string]any{"id": twice}})
		}
	}
	all = append(slices.DeleteFunc(all, func(r *atlas.Replication) bool { return r.ID == one.ID }), &one)
	if fault := transfer.New(cards, all, a.townName).Check(one.ID); fault != nil {
		wrong = append(wrong, faultProblem(fault, &one))
	}
	return wrong, nil
}

// newReplication stands for the code of a replication that has none yet.
const newReplication = "B-?"

// already finds a published replication of the same card by the same town and actor
// that was not given up.
func already(all []*atlas.Replication, x *atlas.Replication) string {
	for _, r := range all {
		if r.Public() && r.Practice == x.Practice && x.Territory != "" && r.Territory == x.Territory && r.Actor == x.Actor && !r.Abandoned() {
			return r.ID
		}
	}
	return ""
}

// faultProblem says why a link cannot be, at the field that it can be put right in,
// and names the chain.
func faultProblem(f *transfer.Fault, x *atlas.Replication) atlas.Problem {
	var towns []string
	for _, n := range f.Chain {
		name := n.Name
		if name == "" {
			name = n.ID
		}
		towns = append(towns, name)
	}
	field := "territory"
	switch {
	case f.Reason == transfer.SelfTown || f.Reason == transfer.CycleTown:
	case x.Card != "":
		field = "card"
	default:
		field = "via"
	}
	return atlas.Problem{Field: field, Key: "problem.transfer_" + string(f.Reason), Args: map[string]any{"chain": strings.Join(towns, " → ")}}
}

// townName is what a town is called.
func (a *App) townName(territory, words string) string {
	if territory == "" {
		return words
	}
	return a.Places().Label(territory)
}

// journeys reads all cards, those merged away with them, and the replications that
// are published.
func journeys(ctx context.Context, r *store.Reader) (cards []*atlas.Practice, all []*atlas.Replication, err error) {
	err = r.EachPractice(ctx, func(p *atlas.Practice) error { cards = append(cards, p); return nil })
	if err != nil {
		return nil, nil, err
	}
	err = r.EachReplication(ctx, func(x *atlas.Replication) error {
		if x.Public() {
			all = append(all, x)
		}
		return nil
	})
	return cards, all, err
}
