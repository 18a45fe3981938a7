package app

import (
	"context"
	"slices"

	"atlas"
)

// chainLimit is how many projects a chain shows in each direction.
const chainLimit = 50

// Chain is the continuity of a project: what it follows on and what follows it,
// earliest first, without itself (6.1 follows).
type Chain struct {
	Before, After []*atlas.Project
}

// Continuity walks the chain both ways. A cycle ends the walk. It costs at most
// two queries for each step of the chain.
func (a *App) Continuity(ctx context.Context, p *atlas.Project) (Chain, error) {
	var c Chain
	seen := map[string]bool{p.ID: true}
	for next := p.Follows; len(next) > 0 && len(c.Before) < chainLimit; {
		found, err := a.step(ctx, next, seen)
		if err != nil {
			return Chain{}, err
		}
		next = nil
		for _, f := range found {
			c.Before = append(c.Before, f)
			next = append(next, f.Follows...)
		}
	}
	after, err := a.Reader().FollowedBy(ctx, p.ID)
	if err != nil {
		return Chain{}, err
	}
	for len(after) > 0 && len(c.After) < chainLimit {
		found, err := a.step(ctx, after, seen)
		if err != nil {
			return Chain{}, err
		}
		after = nil
		for _, f := range found {
			c.After = append(c.After, f)
			more, err := a.Reader().FollowedBy(ctx, f.ID)
			if err != nil {
				return Chain{}, err
			}
			after = append(after, more...)
		}
	}
	byStart := func(x, y *atlas.Project) int { return x.From.Compare(y.From) }
	slices.SortStableFunc(c.Before, byStart)
	slices.SortStableFunc(c.After, byStart)
	return c, nil
}

// step reads the published projects of ids not seen yet.
func (a *App) step(ctx context.Context, ids []string, seen map[string]bool) ([]*atlas.Project, error) {
	var fresh []string
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			fresh = append(fresh, id)
		}
	}
	found, err := a.Reader().Projects(ctx, fresh)
	return slices.DeleteFunc(found, func(p *atlas.Project) bool { return !p.Public() }), err
}

// EndsWithoutFollowUp says whether support ends within six months of today, or
// has ended in the last six, and no project follows (U-04).
func (a *App) EndsWithoutFollowUp(p *atlas.Project, c Chain) bool {
	if !p.To.Known() || p.Ongoing || len(c.After) > 0 || p.Status != atlas.StatusRunning {
		return false
	}
	end := p.To.Last()
	months := (end.Year-a.now().Year())*12 + end.Month - int(a.now().Month())
	return months <= 6
}
