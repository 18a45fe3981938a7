package store

import (
	"context"
	"fmt"
	"time"

	"atlas"
)

func newBatches() *table[atlas.Batch] {
	type b = atlas.Batch
	return newTable("batch",
		text("id", func(r *b) *string { return &r.ID }),
		text("file", func(r *b) *string { return &r.File }),
		text("sha256", func(r *b) *string { return &r.SHA256 }),
		text("source", func(r *b) *string { return &r.Source }),
		text("url", func(r *b) *string { return &r.URL }),
		date("accessed", func(r *b) *atlas.Date { return &r.Accessed }),
		text("made_by", func(r *b) *string { return &r.By }),
		moment("applied_at", func(r *b) *time.Time { return &r.AppliedAt }),
		counted("rows_read", func(r *b) *int { return &r.Rows }),
		counted("created", func(r *b) *int { return &r.Created }),
		counted("updated", func(r *b) *int { return &r.Updated }),
		counted("unchanged", func(r *b) *int { return &r.Unchanged }),
		counted("skipped", func(r *b) *int { return &r.Skipped }),
		counted("problems", func(r *b) *int { return &r.Problems }),
		moment("undone_at", func(r *b) *time.Time { return &r.UndoneAt }),
		text("undone_by", func(r *b) *string { return &r.UndoneBy }),
	)
}

func newBatchRows() *table[atlas.BatchRow] {
	type r = atlas.BatchRow
	return newTable("batch_row",
		text("batch_id", func(b *r) *string { return &b.BatchID }),
		counted("row_no", func(b *r) *int { return &b.Row }),
		text("record_id", func(b *r) *string { return &b.RecordID }),
		text("outcome", func(b *r) *string { return &b.Outcome }),
		jsonMap("raw", func(b *r) *map[string]string { return &b.Raw }),
	)
}

// batchProblem is a problem with the row of the batch it was found in.
type batchProblem struct {
	batchID       string
	row, position int
	atlas.RowProblem
}

func newBatchProblems() *table[batchProblem] {
	type p = batchProblem
	return newTable("batch_problem",
		text("batch_id", func(r *p) *string { return &r.batchID }),
		counted("row_no", func(r *p) *int { return &r.row }),
		counted("position", func(r *p) *int { return &r.position }),
		counted("file_row", func(r *p) *int { return &r.Row }),
		text("column_name", func(r *p) *string { return &r.Column }),
		text("value", func(r *p) *string { return &r.Value }),
		text("message_key", func(r *p) *string { return &r.Key }),
		jsonMap("args", func(r *p) *map[string]any { return &r.Args }),
	)
}

// Batches reads all batches, the newest first.
func (r *Reader) Batches(ctx context.Context) ([]atlas.Batch, error) {
	return r.batches(ctx, "ORDER BY applied_at DESC, id DESC")
}

// Batch reads a batch; atlas.ErrNotFound when there is none.
func (r *Reader) Batch(ctx context.Context, id string) (*atlas.Batch, error) {
	return r.oneBatch(ctx, "WHERE id = $1", id)
}

// BatchByHash finds the newest batch of a file with this SHA-256 that was not
// undone; atlas.ErrNotFound when there is none.
func (r *Reader) BatchByHash(ctx context.Context, sha256 string) (*atlas.Batch, error) {
	return r.oneBatch(ctx, "WHERE sha256 = $1 AND undone_at IS NULL ORDER BY applied_at DESC, id DESC LIMIT 1", sha256)
}

func (r *Reader) oneBatch(ctx context.Context, rest, arg string) (*atlas.Batch, error) {
	found, err := r.batches(ctx, rest, arg)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("batch %q: %w", arg, atlas.ErrNotFound)
	}
	return &found[0], nil
}

func (r *Reader) batches(ctx context.Context, rest string, args ...any) ([]atlas.Batch, error) {
	var out []atlas.Batch
	err := r.schema.batches.each(ctx, r.q, rest, args, func(b *atlas.Batch) error {
		out = append(out, *b)
		return nil
	})
	return out, err
}

// PutBatch writes a batch. Without an id it is new and gets one; with an id it
// replaces what is known of the batch, while its rows stay.
func (tx *Tx) PutBatch(ctx context.Context, b *atlas.Batch) error {
	before := b.ID
	if err := tx.assignID(ctx, "batch", "D", &b.ID); err != nil {
		return err
	}
	tx.undone(func() { b.ID = before })
	t := tx.schema.batches
	args, err := t.args(nil, b)
	if err != nil {
		return err
	}
	set := ""
	for i, c := range t.columns[1:] {
		if i > 0 {
			set += ", "
		}
		set += c.name + " = excluded." + c.name
	}
	if _, err = tx.q.exec(ctx, t.inserts.forms[0].numbered()+" ON CONFLICT (id) DO UPDATE SET "+set, args...); err != nil {
		return fmt.Errorf("put batch %s: %w", b.ID, err)
	}
	return nil
}

// PutBatchRows adds rows to batches that are there, with their problems.
func (tx *Tx) PutBatchRows(ctx context.Context, rows []atlas.BatchRow) error {
	if err := tx.schema.batchRows.insert(ctx, tx.q, rows); err != nil {
		return err
	}
	var all []batchProblem
	for _, r := range rows {
		for i, p := range r.Problems {
			all = append(all, batchProblem{r.BatchID, r.Row, i, p})
		}
	}
	return tx.schema.problems.insert(ctx, tx.q, all)
}

// BatchRows streams the rows of a batch in the order of the file.
func (r *Reader) BatchRows(ctx context.Context, id string, fn func(atlas.BatchRow) error) error {
	return r.snapshot(ctx, func(q *querier) error {
		for last := -1; ; {
			rows, err := r.batchRows(ctx, q, fmt.Sprintf(
				"batch_id = $1 AND row_no > $2 ORDER BY row_no LIMIT %d", pageSize), id, last)
			if err != nil {
				return err
			}
			for _, row := range rows {
				if err := fn(row); err != nil {
					return err
				}
			}
			if len(rows) < pageSize {
				return nil
			}
			last = rows[len(rows)-1].Row
		}
	})
}

// BatchRowsOf reads the rows of all batches that made or changed a record.
func (r *Reader) BatchRowsOf(ctx context.Context, recordID string) ([]atlas.BatchRow, error) {
	var out []atlas.BatchRow
	err := r.snapshot(ctx, func(q *querier) (err error) {
		out, err = r.batchRows(ctx, q, "record_id = $1 ORDER BY batch_id, row_no", recordID)
		return err
	})
	return out, err
}

// batchRows reads rows and then the problems of the same rows.
func (r *Reader) batchRows(ctx context.Context, q *querier, where string, args ...any) ([]atlas.BatchRow, error) {
	type place struct {
		batch string
		row   int
	}
	var out []atlas.BatchRow
	at := map[place]int{}
	err := r.schema.batchRows.each(ctx, q, "WHERE "+where, args, func(row *atlas.BatchRow) error {
		at[place{row.BatchID, row.Row}] = len(out)
		out = append(out, *row)
		return nil
	})
	if err != nil || len(out) == 0 {
		return out, err
	}
	chosen := "WHERE (batch_id, row_no) IN (SELECT batch_id, row_no FROM batch_row WHERE " + where +
		") ORDER BY batch_id, row_no, position"
	err = r.schema.problems.each(ctx, q, chosen, args, func(p *batchProblem) error {
		if i, ok := at[place{p.batchID, p.row}]; ok {
			out[i].Problems = append(out[i].Problems, p.RowProblem)
		}
		return nil
	})
	return out, err
}

// BatchYears gives the first and the last year of the projects that came of an
// import, as they stand; 0 where none of them says.
func (r *Reader) BatchYears(ctx context.Context, id string) (from, to int, err error) {
	var first, last string
	err = r.q.scan(ctx, `SELECT MIN(date_from), MAX(COALESCE(date_to, date_from)) FROM project
		WHERE id IN (SELECT record_id FROM batch_row WHERE batch_id = $1)`, []any{id}, textCell[string]{&first}, textCell[string]{&last})
	if err != nil {
		return 0, 0, err
	}
	return yearIn(first), yearIn(last), nil
}

// yearIn is the year of a date as it is stored; 0 of one that is not known.
func yearIn(date string) int {
	d, err := atlas.ParseDate(date)
	if err != nil {
		return 0
	}
	return d.Year
}
