package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"atlas"
)

// Observations reads the totals of all territories of a level: of each the newest
// one on a date or before it, but not before a second date (zero = however old).
// One query; territories without a number are not among them. The level "" is
// what no register knows: people without an address.
func (r *Reader) Observations(ctx context.Context, dataset string, level atlas.Level, on, notBefore atlas.Date) ([]atlas.Observation, error) {
	// The order of the parts matters to SQLite: first the date of each territory,
	// by the index, and then one row for each.
	from, args := "territory t WHERE d.code = $1 AND t.level = $4", []any{dataset, lastDay(on), dayOrZero(notBefore), string(level)}
	if level == "" {
		from, args[3] = "(SELECT CAST($4 AS TEXT) AS code) t WHERE d.code = $1", atlas.NoAddress
	}
	var out []atlas.Observation
	err := r.rows(ctx, `WITH latest AS (
			SELECT d.no, t.code, (SELECT x.day FROM statistic_slice x WHERE x.dataset_no = d.no AND x.territory = t.code
				AND x.day <= $2 AND x.day >= $3 ORDER BY x.day DESC LIMIT 1) AS day
			FROM statistic_dataset d CROSS JOIN `+from+` LIMIT 1000000)
		SELECT `+observed+` FROM latest l
		CROSS JOIN statistic_slice s WHERE s.dataset_no = l.no AND s.day = l.day AND s.territory = l.code
		AND s.version = (SELECT v.version FROM statistic_slice v WHERE v.dataset_no = l.no AND v.day = l.day
			AND v.territory = l.code ORDER BY v.version DESC LIMIT 1)`, args, func(scan scan) error {
		o, err := scanObservation(scan)
		out = append(out, o)
		return err
	})
	return out, err
}

// observed are the columns of an observation.
const observed = "s.territory, s.day, s.period, s.total, s.total_state, s.batch_id, COALESCE(s.edition, ''), COALESCE(s.territory_since, '')"

func scanObservation(scan scan) (o atlas.Observation, err error) {
	var day int64
	var state int
	var period atlas.Date
	var total *int64
	if err := scan(&o.Territory, &day, dateCell{&period}, maybeCell{&total}, &state, &o.Batch, &o.Edition, &o.TerritoryVersion); err != nil {
		return o, err
	}
	if o.Date = dayDate(day); period.Known() {
		o.Date = period
	}
	if o.State = atlas.FigureState(state); total != nil {
		o.Value = *total
	}
	return o, nil
}

// Totals reads the totals of some territories at all dates, the newest version of
// each, by territory and date. One query for each five hundred territories.
func (r *Reader) Totals(ctx context.Context, dataset string, territories []string) ([]atlas.Observation, error) {
	d, err := r.dataset(ctx, r.q, dataset)
	if err != nil {
		return nil, err
	}
	var out []atlas.Observation
	err = r.some(ctx, territories, fmt.Sprintf("SELECT %s FROM statistic_slice s WHERE s.dataset_no = %d AND ", observed, d.no),
		"s.territory", " ORDER BY s.territory, s.day, s.version", func(scan scan) error {
			o, err := scanObservation(scan)
			if n := len(out); n > 0 && out[n-1].Territory == o.Territory && out[n-1].Date.Compare(o.Date) == 0 {
				out[n-1] = o // the highest version comes last
				return err
			}
			out = append(out, o)
			return err
		})
	return out, err
}

// SlicesNear reads, of each of some territories, the newest slice on a date or
// before it, but not before a second date. One query for each five hundred.
func (r *Reader) SlicesNear(ctx context.Context, dataset string, territories []string, on, notBefore atlas.Date) ([]atlas.Slice, error) {
	d, err := r.dataset(ctx, r.q, dataset)
	if err != nil {
		return nil, err
	}
	newest := map[string]int{}
	var out []atlas.Slice
	for page := range slices.Chunk(territories, pageSize) {
		s := r.q.oneOf(page)
		n := len(s.args)
		rest := fmt.Sprintf(`WHERE %[1]s AND dataset_no = $%[2]d AND day = (SELECT MAX(x.day) FROM statistic_slice x
			WHERE x.dataset_no = $%[2]d AND x.territory = statistic_slice.territory AND x.day <= $%[3]d AND x.day >= $%[4]d)
			ORDER BY territory, version`, s.where("territory"), n+1, n+2, n+3)
		err := r.eachSlice(ctx, dataset, rest, append(s.args, d.no, lastDay(on), dayOrZero(notBefore)), func(s atlas.Slice) error {
			if i, ok := newest[s.Territory]; ok {
				out[i] = s
				return nil
			}
			newest[s.Territory] = len(out)
			out = append(out, s)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// lastDay is the bound of "on or before"; an unknown date has none.
func lastDay(d atlas.Date) int64 {
	if !d.Known() {
		return 99999999
	}
	return dayNumber(d)
}

func dayOrZero(d atlas.Date) int64 {
	if !d.Known() {
		return 0
	}
	return dayNumber(d.First())
}

// LatestDate is the newest date of a data set; unknown when there is nothing.
func (r *Reader) LatestDate(ctx context.Context, dataset string) (atlas.Date, error) {
	d, err := r.Dataset(ctx, dataset)
	if errors.Is(err, atlas.ErrNotFound) {
		return atlas.Date{}, nil
	}
	if err != nil {
		return atlas.Date{}, err
	}
	return d.Last, nil
}

// SeriesOf reads the newest slices of a territory by date. One query.
func (r *Reader) SeriesOf(ctx context.Context, dataset, territory string) ([]atlas.Slice, error) {
	var out []atlas.Slice
	err := r.revisions(ctx, dataset, "territory = $2 ORDER BY day, version", []any{territory}, func(s atlas.Slice) error {
		if n := len(out); n > 0 && dayNumber(out[n-1].Date) == dayNumber(s.Date) {
			out[n-1] = s
			return nil
		}
		out = append(out, s)
		return nil
	})
	return out, err
}

// EachSeriesOf streams the newest slices of some territories, each by date. One
// query for each five hundred.
func (r *Reader) EachSeriesOf(ctx context.Context, dataset string, territories []string, fn func(*atlas.Slice) error) error {
	d, err := r.dataset(ctx, r.q, dataset)
	if err != nil {
		return err
	}
	for page := range slices.Chunk(territories, pageSize) {
		s := r.q.oneOf(page)
		rest := fmt.Sprintf("WHERE %s AND dataset_no = $%d ORDER BY territory, day, version", s.where("territory"), len(s.args)+1)
		var last *atlas.Slice
		err := r.eachSlice(ctx, dataset, rest, append(s.args, d.no), func(s atlas.Slice) error {
			if last != nil && (last.Territory != s.Territory || dayNumber(last.Date) != dayNumber(s.Date)) {
				if err := fn(last); err != nil {
					return err
				}
			}
			last = &s // the highest version comes last
			return nil
		})
		if err == nil && last != nil {
			err = fn(last)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Revisions reads all versions of a slice, the newest first.
func (r *Reader) Revisions(ctx context.Context, dataset, territory string, date atlas.Date) ([]atlas.Slice, error) {
	var out []atlas.Slice
	err := r.revisions(ctx, dataset, "territory = $2 AND day = $3 ORDER BY version DESC", []any{territory, dayNumber(date)}, func(s atlas.Slice) error {
		out = append(out, s)
		return nil
	})
	return out, err
}

// Revised reads which slices of a data set were corrected: the newest versions
// above the first, the latest date first, at most so many.
func (r *Reader) Revised(ctx context.Context, dataset string, limit int) ([]atlas.Slice, error) {
	var out []atlas.Slice
	seen := map[string]bool{}
	err := r.revisions(ctx, dataset, fmt.Sprintf("version > 1 ORDER BY day DESC, territory, version DESC LIMIT %d", 4*limit), nil, func(s atlas.Slice) error {
		key := s.Territory + s.Date.String()
		if !seen[key] && len(out) < limit {
			seen[key] = true
			out = append(out, s)
		}
		return nil
	})
	return out, err
}

func (r *Reader) revisions(ctx context.Context, dataset, where string, args []any, fn func(atlas.Slice) error) error {
	return r.eachSlice(ctx, dataset, "WHERE dataset_no = (SELECT no FROM statistic_dataset WHERE code = $1) AND "+where,
		append([]any{dataset}, args...), fn)
}

// EachSlice streams the newest slices of a data set by date and territory.
func (r *Reader) EachSlice(ctx context.Context, dataset string, fn func(*atlas.Slice) error) error {
	var last *atlas.Slice
	give := func() error {
		if last == nil {
			return nil
		}
		return fn(last)
	}
	err := r.revisions(ctx, dataset, "1 = 1 ORDER BY dataset_no, day, territory, version", nil, func(s atlas.Slice) error {
		if last != nil && (last.Territory != s.Territory || dayNumber(last.Date) != dayNumber(s.Date)) {
			if err := give(); err != nil {
				return err
			}
		}
		last = &s
		return nil
	})
	if err != nil {
		return err
	}
	return give()
}

// Held is how many dates of a year a territory has in a data set.
type Held struct {
	Territory string
	Year      int
	Dates     int
}

// HeldIn reads how many dates each of some territories has in each year.
func (r *Reader) HeldIn(ctx context.Context, dataset string, territories []string) ([]Held, error) {
	d, err := r.dataset(ctx, r.q, dataset)
	if err != nil {
		return nil, err
	}
	var out []Held
	err = r.some(ctx, territories, fmt.Sprintf("SELECT territory, day / 10000, COUNT(DISTINCT day) FROM statistic_slice WHERE dataset_no = %d AND ", d.no),
		"territory", " GROUP BY territory, day / 10000 ORDER BY 1, 2", func(scan scan) error {
			var h Held
			if err := scan(&h.Territory, &h.Year, &h.Dates); err != nil {
				return err
			}
			out = append(out, h)
			return nil
		})
	return out, err
}
