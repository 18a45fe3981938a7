package app

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/transfer"
)

// Journey (cesta praxe) is who took a practice over from whom, with the records that
// say so: of those that are published.
type Journey struct {
	*transfer.Graph
	Roots        []string
	Cards        map[string]*atlas.Practice
	Replications map[string]*atlas.Replication
}

// Journey tells the journey that a card belongs to: beside the card itself, of what is
// published.
func (a *App) Journey(ctx context.Context, practice string) (*Journey, error) {
	out := &Journey{Cards: map[string]*atlas.Practice{}, Replications: map[string]*atlas.Replication{}}
	var g *transfer.Graph
	err := a.Reader().View(ctx, func(r *store.Reader) error {
		cards, all, err := journeys(ctx, r)
		if err != nil {
			return err
		}
		public := cards[:0:0]
		for _, p := range cards {
			if p.Public() || p.MergedInto != "" || p.ID == practice {
				public = append(public, p)
			}
			out.Cards[p.ID] = p
		}
		for _, x := range all {
			if p := out.Cards[x.Card]; p != nil && !p.Public() && p.MergedInto == "" { // a card that is not for readers yet
				one := *x
				one.Card, x = "", &one
			}
			out.Replications[x.ID] = x
		}
		shown := slices.DeleteFunc(valuesOf(out.Replications), func(x *atlas.Replication) bool {
			p := out.Cards[x.Practice]
			return p == nil || !p.Public() && p.MergedInto == "" && p.ID != practice
		})
		g = transfer.New(public, shown, a.townName)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if out.Graph, out.Roots = g.Family(practice); out.Len() == 0 {
		return nil, atlas.ErrNotFound
	}
	return out, nil
}

func valuesOf(all map[string]*atlas.Replication) []*atlas.Replication {
	out := make([]*atlas.Replication, 0, len(all))
	for _, x := range all {
		out = append(out, x)
	}
	return out
}

// FollowersOf reads the published replications of a card and of those merged into it,
// in the order of their codes.
func (a *App) FollowersOf(ctx context.Context, practice string) ([]*atlas.Replication, error) {
	all, err := a.Reader().ReplicationsOf(ctx, practice)
	return slices.DeleteFunc(all, func(x *atlas.Replication) bool { return !x.Public() }), err
}
