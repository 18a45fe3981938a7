package app

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/statistics"
	"atlas/internal/store"
)

// comparer compares the slices of a file with those that are stored: what is new,
// what is told otherwise, what is the same.
type comparer struct {
	r       *store.Reader
	plan    *StatisticsPlan
	empty   bool // nothing is stored of the data set
	outcome StatisticsOutcome
	waiting []atlas.Slice // of one date
}

func newComparer(r *store.Reader, plan *StatisticsPlan) *comparer { return &comparer{r: r, plan: plan} }

// compareChunk is how many slices of a date are compared together.
const compareChunk = 2000

// all goes through the slices of the file and gives those that are to be written,
// with their versions.
func (c *comparer) all(ctx context.Context, write func(*atlas.Slice) error) (*statistics.Report, error) {
	stored, err := c.r.Dataset(ctx, c.plan.Dataset.Code)
	if err != nil {
		return nil, err
	}
	c.empty = stored.Slices == 0
	report, err := c.plan.reading.Slices(ctx, func(s *atlas.Slice) error {
		if c.empty {
			c.outcome.Created++
			s.Version = 1
			return write(s)
		}
		if n := len(c.waiting); n == compareChunk || n > 0 && c.waiting[n-1].Date.Last() != s.Date.Last() {
			if err := c.compare(ctx, write); err != nil {
				return err
			}
		}
		kept := *s
		kept.Figures = slices.Clone(s.Figures)
		c.waiting = append(c.waiting, kept)
		return nil
	})
	if err == nil {
		err = c.compare(ctx, write)
	}
	return report, err
}

// compare compares the slices that wait, all of one date.
func (c *comparer) compare(ctx context.Context, write func(*atlas.Slice) error) error {
	if len(c.waiting) == 0 {
		return nil
	}
	territories := make([]string, len(c.waiting))
	for i, s := range c.waiting {
		territories[i] = s.Territory
	}
	stored, err := c.r.SlicesOn(ctx, c.plan.Dataset.Code, c.waiting[0].Date, territories)
	if err != nil {
		return err
	}
	for i := range c.waiting {
		s := &c.waiting[i]
		was := stored[s.Territory]
		switch {
		case was == nil:
			c.outcome.Created++
			s.Version = 1
		case c.plan.partial:
			s.Figures = overlay(was.Figures, s.Figures)
			fallthrough
		default:
			if slices.Equal(was.Figures, s.Figures) && was.Edition == s.Edition && was.Summed == s.Summed && (s.TerritoryVersion == "" || was.TerritoryVersion == s.TerritoryVersion) {
				c.outcome.Unchanged++
				continue
			}
			c.outcome.Changed++
			c.differ(was, s)
			s.Version = was.Version + 1
		}
		if err := write(s); err != nil {
			return err
		}
	}
	c.waiting = c.waiting[:0]
	return nil
}

// overlay puts new figures over older ones: a table that tells some categories
// takes nothing away from the others.
func overlay(older, newer []atlas.Figure) []atlas.Figure {
	out := make([]atlas.Figure, 0, len(older)+len(newer))
	for len(older) > 0 || len(newer) > 0 {
		switch {
		case len(older) == 0:
			return append(out, newer...)
		case len(newer) == 0:
			return append(out, older...)
		}
		order := older[0].Category.Compare(newer[0].Category)
		if order < 0 {
			out, older = append(out, older[0]), older[1:]
			continue
		}
		out, newer = append(out, newer[0]), newer[1:]
		if order == 0 {
			older = older[1:]
		}
	}
	return out
}

// differ notes which numbers a new version tells otherwise.
func (c *comparer) differ(was, is *atlas.Slice) {
	note := func(category atlas.Category) {
		a, b := was.Figure(category), is.Figure(category)
		if a != b && len(c.outcome.Differences) < differencesKept {
			c.outcome.Differences = append(c.outcome.Differences, FigureChange{is.Territory, is.Date, category, a, b})
		}
	}
	for _, f := range is.Figures {
		note(f.Category)
	}
	for _, f := range was.Figures {
		if is.Figure(f.Category).State == atlas.FigureNotKnown {
			note(f.Category)
		}
	}
}
