package app

import (
	"context"

	"atlas"
)

// Statistics leave the program through the functions of this file only: they hide
// small numbers (atlas.Cover) with everything in sight that is public at once. What
// the store reads is for importing.

// SeriesOf are the numbers of a territory by date. Of a territory that the source
// does not tell itself, they are our sums of its municipalities where these may be
// added up.
func (a *App) SeriesOf(ctx context.Context, dataset, territory string) ([]atlas.Slice, error) {
	all, err := a.Reader().SeriesOf(ctx, dataset, territory)
	if err == nil && len(all) == 0 {
		all, err = a.sumsOf(ctx, dataset, territory)
	}
	return a.publicSlices(ctx, dataset, all, err)
}

// RevisionsOf are all versions of the numbers of a territory at a date, the newest
// first.
func (a *App) RevisionsOf(ctx context.Context, dataset, territory string, date atlas.Date) ([]atlas.Slice, error) {
	all, err := a.Reader().Revisions(ctx, dataset, territory, date)
	return a.publicSlices(ctx, dataset, all, err)
}

// SlicesNear are, of each of some territories, the newest numbers on a date or
// before it, but not before a second date.
func (a *App) SlicesNear(ctx context.Context, dataset string, territories []string, on, notBefore atlas.Date) ([]atlas.Slice, error) {
	all, err := a.Reader().SlicesNear(ctx, dataset, territories, on, notBefore)
	return a.publicSlices(ctx, dataset, all, err)
}

// TotalsOf are the totals of some territories at all dates, as slices of nothing else.
func (a *App) TotalsOf(ctx context.Context, dataset string, territories []string) ([]atlas.Slice, error) {
	all, err := a.Reader().Totals(ctx, dataset, territories)
	out := make([]atlas.Slice, len(all))
	for i, o := range all {
		out[i] = o.Slice(dataset)
	}
	return a.publicSlices(ctx, dataset, out, err)
}

// publicSlices hides what is to be hidden of slices of a data set.
func (a *App) publicSlices(ctx context.Context, dataset string, all []atlas.Slice, err error) ([]atlas.Slice, error) {
	if err != nil || len(all) == 0 {
		return nil, err
	}
	covers, err := a.covers(ctx, dataset)
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i] = *covers[all[i].Date.Last()].Public(&all[i])
		all[i].TerritoryVersion = a.versionOf(all[i].Territory, all[i].TerritoryVersion, all[i].Date)
	}
	return all, nil
}

// versionOf is the extent of a territory that a number is about: as it was told,
// else as the register of today says of its day.
func (a *App) versionOf(territory, told string, d atlas.Date) string {
	if told != "" {
		return told
	}
	t, _ := a.Places().Get(territory)
	return t.VersionOn(d)
}

// covers are what is hidden of a data set, by day. Of most data sets, which tell
// nobody closely, one query says that it is nothing.
func (a *App) covers(ctx context.Context, dataset string) (map[atlas.Date]atlas.Cover, error) {
	return rememberedStatistics(ctx, a, a.remember.covers, dataset, func() (map[atlas.Date]atlas.Cover, error) {
		out := map[atlas.Date]atlas.Cover{}
		days, err := a.Reader().CloseDays(ctx, dataset)
		for _, day := range days {
			all, err := a.Reader().SlicesOfDay(ctx, dataset, day)
			if err != nil {
				return nil, err
			}
			if cover := atlas.CoverOf(all, a.lie()); len(cover) > 0 {
				out[day] = cover
			}
		}
		return out, err
	})
}

// lie is how the territories of the register lie.
func (a *App) lie() atlas.Lie {
	places := a.Places()
	return atlas.Lie{
		Level: func(code string) atlas.Level { t, _ := places.Get(code); return t.Level },
		Above: func(code string) []string {
			if code == atlas.CountryCode {
				return nil
			}
			out := []string{atlas.CountryCode}
			for _, t := range places.Ancestors(code) {
				out = append(out, t.Code)
			}
			return out
		},
	}
}
