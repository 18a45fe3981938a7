package store

import (
	"context"
	"fmt"
	"slices"

	"atlas"
)

// sliceRow is a slice as it is stored, its figures packed.
type sliceRow struct {
	dataset int64
	day     int64
	period  atlas.Date // where it is no day
	total   *int64
	state   int
	figures []byte
	closely bool // the figures may have to be hidden in a municipality (8.10)
	atlas.Slice
}

func newSlices() *table[sliceRow] {
	type s = sliceRow
	return newTable("statistic_slice",
		counted("dataset_no", func(r *s) *int64 { return &r.dataset }),
		counted("day", func(r *s) *int64 { return &r.day }),
		text("territory", func(r *s) *string { return &r.Territory }),
		counted("version", func(r *s) *int64 { return &r.Version }),
		date("period", func(r *s) *atlas.Date { return &r.period }),
		text("edition", func(r *s) *string { return &r.Edition }),
		text("territory_since", func(r *s) *string { return &r.TerritoryVersion }),
		maybe("total", func(r *s) **int64 { return &r.total }),
		counted("total_state", func(r *s) *int { return &r.state }),
		blob("figures", func(r *s) *[]byte { return &r.figures }),
		yesNo("summed", func(r *s) *bool { return &r.Summed }),
		text("note", func(r *s) *string { return &r.Note }),
		text("batch_id", func(r *s) *string { return &r.Batch }),
		counted("row_no", func(r *s) *int { return &r.Row }),
		yesNo("told_closely", func(r *s) *bool { return &r.closely }),
	)
}

// dayNumber is the last day of a date as 20220308; dayDate is its day.
func dayNumber(d atlas.Date) int64 {
	d = d.Last()
	return int64(d.Year*10000 + d.Month*100 + d.Day)
}

func dayDate(n int64) atlas.Date {
	return atlas.Date{Year: int(n / 10000), Month: int(n / 100 % 100), Day: int(n % 100)}
}

// pack fills in what is stored of a slice.
func (r *sliceRow) pack() {
	r.day, r.period, r.total = dayNumber(r.Date), atlas.Date{}, nil
	if r.Date.Day == 0 {
		r.period = r.Date
	}
	total := r.Total()
	if r.state = int(total.State); total.Known() {
		r.total = &total.Value
	}
	r.figures, r.closely = atlas.PackFigures(nil, r.Figures), r.ToldClosely()
}

// unpack gives the slice of a row that was read.
func (r *sliceRow) unpack() (atlas.Slice, error) {
	s := r.Slice
	s.Date = dayDate(r.day)
	if r.period.Known() {
		s.Date = r.period
	}
	var err error
	if s.Figures, err = atlas.UnpackFigures(nil, r.figures); err != nil {
		return s, fmt.Errorf("slice of %s at %s: %w", s.Territory, s.Date, err)
	}
	return s, nil
}

// PutSlices adds slices of one data set, each of the version that it says, and
// of their batches. Older versions stay.
func (tx *Tx) PutSlices(ctx context.Context, dataset string, all []atlas.Slice) error {
	w, err := tx.WriteSlices(ctx, dataset)
	if err != nil {
		return err
	}
	for i := range all {
		if err := w.Put(ctx, &all[i]); err != nil {
			return err
		}
	}
	return nil
}

// SliceWriter puts slices of one data set, one after another.
type SliceWriter struct {
	tx  *Tx
	row sliceRow
}

// WriteSlices begins to put slices of a data set.
func (tx *Tx) WriteSlices(ctx context.Context, dataset string) (*SliceWriter, error) {
	d, err := tx.dataset(ctx, tx.q, dataset)
	if err != nil {
		return nil, err
	}
	return &SliceWriter{tx: tx, row: sliceRow{dataset: d.no}}, nil
}

// Put adds a slice; the caller may use it again at once.
func (w *SliceWriter) Put(ctx context.Context, s *atlas.Slice) error {
	w.row.Slice = *s
	w.row.pack()
	if err := w.tx.schema.slices.collect(w.tx.q, &w.row); err != nil {
		return err
	}
	return w.tx.q.settle(ctx)
}

// RemoveSlices deletes the slices of a batch, so that the versions before them
// count again, and says how many there were.
func (tx *Tx) RemoveSlices(ctx context.Context, batch string) (int, error) {
	res, err := tx.q.exec(ctx, "DELETE FROM statistic_slice WHERE batch_id = $1", batch)
	if err != nil {
		return 0, fmt.Errorf("slices of batch %s: %w", batch, err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// SlicesOn reads the newest slices of a data set at a date, by territory. It is
// asked for those that are to be compared with new ones.
func (r *Reader) SlicesOn(ctx context.Context, dataset string, date atlas.Date, territories []string) (map[string]*atlas.Slice, error) {
	d, err := r.dataset(ctx, r.q, dataset)
	if err != nil {
		return nil, err
	}
	out := make(map[string]*atlas.Slice, len(territories))
	for page := range slices.Chunk(territories, pageSize) {
		s := r.q.oneOf(page)
		n := len(s.args)
		rest := fmt.Sprintf("WHERE %s AND dataset_no = $%d AND day = $%d ORDER BY territory, version", s.where("territory"), n+1, n+2)
		err := r.eachSlice(ctx, dataset, rest, append(s.args, d.no, dayNumber(date)), func(s atlas.Slice) error {
			out[s.Territory] = &s // the highest version comes last
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// eachSlice reads slices; of which data set they are is known.
func (r *Reader) eachSlice(ctx context.Context, dataset, rest string, args []any, fn func(atlas.Slice) error) error {
	return r.schema.slices.each(ctx, r.q, rest, args, func(row *sliceRow) error {
		s, err := row.unpack()
		if err != nil {
			return err
		}
		s.Dataset = dataset
		return fn(s)
	})
}
