package app

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/search"
)

// endingMonths is how soon an activity ends for a gap of continuity (8.1.10).
const endingMonths = 6

// overlapping is how many projects make an overlap (8.1.8).
const overlapping = 3

// month is the month in which it is, in Prague.
func (a *App) month() coverage.Month {
	return coverage.MonthOf(atlas.DateOf(a.now().In(i18n.Prague)))
}

// Ending lists the projects of a query that run, end in this month or one of the
// six after it, and that no published project follows (U-04); total is how many
// end then, followed or not. The index finds those that end; one query for a few
// hundred of them tells which are followed.
func (a *App) Ending(ctx context.Context, q search.Query) (ids []string, total int, err error) {
	q, could := running(q)
	if !could {
		return nil, 0, nil
	}
	now := a.month()
	all := a.Index().Ending(q, now, now+endingMonths)
	followed, err := a.Reader().Continued(ctx, all)
	if err != nil {
		return nil, 0, err
	}
	ids = slices.DeleteFunc(slices.Clone(all), func(id string) bool { return followed[id] })
	return ids, len(all), nil
}

// running narrows a query to projects said to run; could is false where it asks for
// others only.
func running(q search.Query) (narrowed search.Query, could bool) {
	filters := map[search.Facet][]string{}
	for f, values := range q.Filters {
		filters[f] = values
	}
	asked := filters[search.FacetStatus]
	filters[search.FacetStatus] = []string{atlas.StatusRunning}
	q.Filters = filters
	return q, len(asked) == 0 || slices.Contains(asked, atlas.StatusRunning)
}

// Overlaps lists what at least three running projects of a query do the same, for
// the same group in the same municipality. It asks the index only.
func (a *App) Overlaps(q search.Query) []search.Overlap {
	return a.Index().Overlaps(q, a.Places(), a.month(), overlapping)
}
