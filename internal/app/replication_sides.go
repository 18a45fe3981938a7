package app

import (
	"context"
	"errors"

	"atlas"
	"atlas/internal/store"
)

// Sides (strany přenosu) is of which sides of a replication a viewer is.
type Sides struct{ Source, Follower bool }

// Any says whether the viewer is of one of them.
func (s Sides) Any() bool { return s.Source || s.Follower }

// Sides says whether a viewer speaks for the town that is followed – edits the card
// or, where it was taken through another replication, that one – or for the one that
// follows. Staff speak for neither by being staff: what the towns write each other is
// theirs. The operator of an instance that is open for editing speaks for both.
func (a *App) Sides(ctx context.Context, v atlas.Viewer, r *atlas.Replication) (Sides, error) {
	return a.sides(ctx, a.Reader(), v, r)
}

func (a *App) sides(ctx context.Context, r *store.Reader, v atlas.Viewer, x *atlas.Replication) (Sides, error) {
	if !v.SignedIn() {
		all := v.May(atlas.RightPublish)
		return Sides{all, all}, nil
	}
	v = unstaffed(v)
	s := Sides{Follower: v.Account == x.CreatedBy || a.may(v, atlas.RightEdit, x.Subject())}
	source, err := sourceOf(ctx, r, x)
	if err != nil || source == nil {
		return s, err
	}
	s.Source = a.may(v, atlas.RightEdit, subjectOf(source))
	return s, nil
}

// sourceOf is whose town the practice was taken from: the replication that it went
// through, else the card. nil where it is not there any more.
func sourceOf(ctx context.Context, r *store.Reader, x *atlas.Replication) (any, error) {
	var source any
	var err error
	if x.Via != "" {
		source, err = only(r.Replication(ctx, x.Via))
	} else {
		source, err = only(practiceStanding(ctx, r, x.Practice))
	}
	if errors.Is(err, atlas.ErrNotFound) {
		return nil, nil
	}
	return source, err
}

// unstaffed is a viewer without what they may as staff.
func unstaffed(v atlas.Viewer) atlas.Viewer {
	var grants []atlas.Grant
	for _, g := range v.Grants {
		if g.Role != atlas.RoleMethodologist && g.Role != atlas.RoleAdmin {
			grants = append(grants, g)
		}
	}
	v.Grants = grants
	return v
}

// SeeReplication reads a replication for a viewer: published ones for anybody, others
// for who may edit them and, once they were sent or written about, for the town that
// is followed. For all others it does not exist.
func (a *App) SeeReplication(ctx context.Context, v atlas.Viewer, id string) (*atlas.Replication, Sides, error) {
	x, err := a.Reader().Replication(ctx, id)
	if err != nil {
		return nil, Sides{}, err
	}
	s, err := a.Sides(ctx, v, x)
	if err != nil || a.may(v, atlas.RightRead, x.Subject()) {
		return x, s, err
	}
	if s.Source {
		told, err := a.Reader().TransferMessages(ctx, id)
		if err != nil || x.RecordStatus == atlas.RecordReview || len(told) > 0 {
			return x, s, err
		}
	}
	return nil, Sides{}, atlas.ErrNotFound
}

// ConfirmReplication says for one side that the link is true, or takes that back.
// Nobody says so for both sides.
func (a *App) ConfirmReplication(ctx context.Context, v atlas.Viewer, id string, version int64, side string, yes bool) error {
	return a.update(ctx, func(tx *store.Tx) error {
		x, err := tx.Replication(ctx, id)
		if err != nil {
			return err
		}
		if x.Version != version {
			return &atlas.ConflictError{Kind: atlas.KindReplication, ID: id, Read: version, Current: x.Version}
		}
		s, err := a.sides(ctx, tx.Reader, v, x)
		if err != nil {
			return err
		}
		own, other, may := &x.BySource, x.ByFollower, s.Source
		if side == store.SideFollower {
			own, other, may = &x.ByFollower, x.BySource, s.Follower
		}
		switch {
		case !may || side != store.SideSource && side != store.SideFollower:
			return atlas.ErrForbidden
		case yes && v.SignedIn() && other.By == v.Account:
			return refusal("side", "problem.transfer_both_sides")
		case yes:
			*own = atlas.SideConfirmation{By: v.Name, On: a.today()}
		default:
			*own = atlas.SideConfirmation{}
		}
		return a.put(ctx, tx, a.writeOf(v, x.Subject()), x)
	})
}
