package app

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/importer"
)

// mostSuspects is how many similar projects are worth showing to a person.
const mostSuspects = 5

// Suspects finds projects that may be the same as one that is about to be
// written: alike in title, of the same implementer, with overlapping years
// (8.9). A person decides; nothing is refused.
func (a *App) Suspects(ctx context.Context, p *atlas.Project) ([]*atlas.Project, error) {
	var out []*atlas.Project
	seen := map[string]bool{p.ID: true}
	for _, actor := range p.Implementers() {
		if actor == "" {
			continue
		}
		ids, err := a.Reader().ProjectsOfActor(ctx, actor)
		if err != nil {
			return nil, err
		}
		ids = slices.DeleteFunc(ids, func(id string) bool { return seen[id] })
		others, err := a.Reader().Projects(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, q := range others {
			seen[q.ID] = true
			if len(out) < mostSuspects && slices.Contains(q.Implementers(), actor) && a.alike(p, q) {
				out = append(out, q)
			}
		}
	}
	return out, nil
}

func (a *App) alike(p, q *atlas.Project) bool {
	x, y := importer.NewTitle(p.Title("cs")), importer.NewTitle(q.Title("cs"))
	return q.MergedInto == "" && importer.MayOverlap(p, q, a.year()) && x.Similar(&y)
}
