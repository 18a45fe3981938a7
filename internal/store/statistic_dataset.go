package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"atlas"
)

// dataset is a data set with its number, which its slices carry, and with what
// there is of it.
type dataset struct {
	no     int64
	levels string
	atlas.Dataset
	Extent
	first, last int64  // days of the extent
	held        string // JSON
}

// Extent is how much of a data set there is, of the newest versions of slices.
type Extent struct {
	Slices, Territories, Days int
	First, Last               atlas.Date // zero when there is nothing
	Held                      []HeldBy   // by level and year
}

// HeldBy is how many territories of a level have a number in a year, and at most
// of how many dates one of them.
type HeldBy struct {
	Level              atlas.Level // "" = people without an address
	Year               int
	Territories, Dates int
}

func newDatasets() *table[dataset] {
	type d = dataset
	return newTable("statistic_dataset",
		counted("no", func(r *d) *int64 { return &r.no }),
		text("code", func(r *d) *string { return &r.Code }),
		text("name_cs", func(r *d) *string { return &r.NameCs }),
		text("name_en", func(r *d) *string { return &r.NameEn }),
		text("definition_cs", func(r *d) *string { return &r.DefinitionCs }),
		text("definition_en", func(r *d) *string { return &r.DefinitionEn }),
		text("edition", func(r *d) *string { return &r.Edition }),
		text("publisher", func(r *d) *string { return &r.Publisher }),
		text("url", func(r *d) *string { return &r.URL }),
		text("licence", func(r *d) *string { return &r.Licence }),
		text("periodicity", func(r *d) *string { return &r.Periodicity }),
		text("indicator", func(r *d) *string { return &r.Indicator }),
		text("indicator_en", func(r *d) *string { return &r.IndicatorEn }),
		text("unit", func(r *d) *string { return &r.Unit }),
		text("unit_en", func(r *d) *string { return &r.UnitEn }),
		counted("decimals", func(r *d) *int { return &r.Decimals }),
		text("levels", func(r *d) *string { return &r.levels }),
		text("owner_id", func(r *d) *string { return &r.Owner }),
		text("territory", func(r *d) *string { return &r.Territory }),
		counted("version", func(r *d) *int64 { return &r.Version }),
		counted("slices", func(r *d) *int { return &r.Slices }),
		counted("territories", func(r *d) *int { return &r.Territories }),
		counted("days", func(r *d) *int { return &r.Days }),
		counted("first_day", func(r *d) *int64 { return &r.first }),
		counted("last_day", func(r *d) *int64 { return &r.last }),
		text("held", func(r *d) *string { return &r.held }),
	)
}

// DatasetExtent is a data set with how much of it there is.
type DatasetExtent struct {
	atlas.Dataset
	Extent
}

// Datasets reads all data sets in the order in which they came.
func (r *Reader) Datasets(ctx context.Context) ([]DatasetExtent, error) {
	var out []DatasetExtent
	err := r.eachDataset(ctx, r.q, "ORDER BY no", nil, func(d *dataset) { out = append(out, DatasetExtent{d.Dataset, d.Extent}) })
	return out, err
}

// Dataset reads a data set by its code; atlas.ErrNotFound when there is none.
func (r *Reader) Dataset(ctx context.Context, code string) (*DatasetExtent, error) {
	d, err := r.dataset(ctx, r.q, code)
	if err != nil {
		return nil, err
	}
	return &DatasetExtent{d.Dataset, d.Extent}, nil
}

func (r *Reader) dataset(ctx context.Context, q *querier, code string) (*dataset, error) {
	var found *dataset
	err := r.eachDataset(ctx, q, "WHERE code = $1", []any{code}, func(d *dataset) { c := *d; found = &c })
	if err == nil && found == nil {
		err = fmt.Errorf("data set %q: %w", code, atlas.ErrNotFound)
	}
	return found, err
}

func (r *Reader) eachDataset(ctx context.Context, q *querier, rest string, args []any, fn func(*dataset)) error {
	return r.schema.datasets.each(ctx, q, rest, args, func(d *dataset) error {
		d.Levels = nil
		for _, l := range strings.Fields(d.levels) {
			d.Levels = append(d.Levels, atlas.Level(l))
		}
		d.First, d.Last, d.Held = dayDate(d.first), dayDate(d.last), nil
		if d.held != "" {
			if err := json.Unmarshal([]byte(d.held), &d.Held); err != nil {
				return fmt.Errorf("data set %s: %w", d.Code, err)
			}
		}
		fn(d)
		return nil
	})
}

// PutDataset creates or changes a data set. One that stands as given is left
// alone; otherwise the version must be the one that stands (0 for a new one),
// else the error is *atlas.ConflictError.
func (tx *Tx) PutDataset(ctx context.Context, d *atlas.Dataset, w Write) error {
	var stored dataset
	err := tx.eachDataset(ctx, tx.q, "WHERE code = $1", []any{d.Code}, func(s *dataset) { stored = *s })
	if err != nil {
		return err
	}
	if d.Version != stored.Version {
		return &atlas.ConflictError{Kind: atlas.KindDataset, ID: d.Code, Read: d.Version, Current: stored.Version}
	}
	row := stored
	row.Dataset = *d
	var levels []string
	for _, l := range d.Levels {
		levels = append(levels, string(l))
	}
	row.levels = strings.Join(levels, " ")
	if w = w.complete(d.Version); d.Version == 0 {
		c, err := tx.counter(ctx, atlas.KindDataset)
		if err != nil {
			return err
		}
		c.value++
		row.no = c.value
	}
	row.Version++
	if err := tx.writeDataset(ctx, &row); err != nil {
		return fmt.Errorf("put data set %s: %w", d.Code, err)
	}
	before := d.Version
	d.Version = row.Version
	tx.undone(func() { d.Version = before })
	return tx.record(ctx, atlas.Change{
		At: w.At, Kind: atlas.KindDataset, ID: d.Code, Version: d.Version,
		Action: w.Action, By: w.By, Origin: w.Origin,
	}, d)
}

func (tx *Tx) writeDataset(ctx context.Context, row *dataset) error {
	t := tx.schema.datasets
	args, err := t.args(nil, row)
	if err != nil {
		return err
	}
	var set []string
	for _, c := range t.columns[1:] {
		set = append(set, c.name+" = excluded."+c.name)
	}
	_, err = tx.q.exec(ctx, t.inserts.forms[0].numbered()+" ON CONFLICT (no) DO UPDATE SET "+strings.Join(set, ", "), args...)
	return err
}

// SumUpDataset notes how much of a data set there is now. Whoever puts or removes
// slices calls it in the same transaction.
func (tx *Tx) SumUpDataset(ctx context.Context, code string) (Extent, error) {
	d, err := tx.dataset(ctx, tx.q, code)
	if err != nil {
		return Extent{}, err
	}
	e := Extent{}
	err = tx.q.scan(ctx, `SELECT COUNT(*), COUNT(DISTINCT territory), COUNT(DISTINCT day), COALESCE(MIN(day), 0), COALESCE(MAX(day), 0)
		FROM (SELECT DISTINCT territory, day FROM statistic_slice WHERE dataset_no = $1) every_one`, []any{d.no},
		&e.Slices, &e.Territories, &e.Days, &d.first, &d.last)
	if err != nil {
		return e, fmt.Errorf("extent of %s: %w", code, err)
	}
	if e.Held, err = tx.held(ctx, d.no); err != nil {
		return e, fmt.Errorf("extent of %s: %w", code, err)
	}
	held, err := json.Marshal(e.Held)
	if err != nil {
		return e, err
	}
	e.First, e.Last, d.held = dayDate(d.first), dayDate(d.last), string(held)
	d.Extent = e
	return e, tx.writeDataset(ctx, d)
}

// held counts territories and dates by level and year. It goes through all slices
// of the data set, so it is done when they change and not when somebody asks.
func (tx *Tx) held(ctx context.Context, no int64) ([]HeldBy, error) {
	var out []HeldBy
	err := tx.rows(ctx, `SELECT COALESCE(t.level, ''), h.year, COUNT(*), MAX(h.days) FROM (
			SELECT territory, day / 10000 AS year, COUNT(DISTINCT day) AS days FROM statistic_slice
			WHERE dataset_no = $1 GROUP BY territory, day / 10000) h
		LEFT JOIN territory t ON t.code = h.territory GROUP BY COALESCE(t.level, ''), h.year ORDER BY 1, 2`, []any{no}, func(scan scan) error {
		var h HeldBy
		if err := scan(&h.Level, &h.Year, &h.Territories, &h.Dates); err != nil {
			return err
		}
		out = append(out, h)
		return nil
	})
	return out, err
}
