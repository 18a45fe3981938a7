package store

import (
	"context"

	"atlas"
)

// CloseDays are the days of a data set on which some territory is told so closely
// that something may have to be hidden (8.10). One query, by an index that has
// such slices only.
func (r *Reader) CloseDays(ctx context.Context, dataset string) ([]atlas.Date, error) {
	var out []atlas.Date
	err := r.rows(ctx, `SELECT DISTINCT day FROM statistic_slice
		WHERE dataset_no = (SELECT no FROM statistic_dataset WHERE code = $1) AND told_closely ORDER BY day`, []any{dataset}, func(scan scan) error {
		var day int64
		if err := scan(&day); err != nil {
			return err
		}
		out = append(out, dayDate(day))
		return nil
	})
	return out, err
}

// SlicesOfDay reads all that a data set tells of one day, corrected versions too.
func (r *Reader) SlicesOfDay(ctx context.Context, dataset string, day atlas.Date) ([]*atlas.Slice, error) {
	var out []*atlas.Slice
	err := r.revisions(ctx, dataset, "day = $2 ORDER BY territory, version", []any{dayNumber(day)}, func(s atlas.Slice) error {
		out = append(out, &s)
		return nil
	})
	return out, err
}
