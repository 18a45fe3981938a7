package store

import (
	"context"
	"fmt"
)

// Reader reads. Outside a transaction each method sees one state of the
// database; View makes several calls see the same one.
type Reader struct {
	q      *querier
	schema *schema
}

// View runs fn with a Reader that sees one state of the database throughout.
func (r *Reader) View(ctx context.Context, fn func(*Reader) error) error {
	return r.snapshot(ctx, func(q *querier) error { return fn(&Reader{q: q, schema: r.schema}) })
}

// snapshot runs fn in a read transaction, or in the one there is.
func (r *Reader) snapshot(ctx context.Context, fn func(*querier) error) error {
	if r.q.tx != nil {
		return fn(r.q)
	}
	tx, err := r.q.db.BeginTx(ctx, r.q.engine.readOptions())
	if err != nil {
		return fmt.Errorf("begin reading: %w", r.q.engine.explain(err))
	}
	defer tx.Rollback()
	return fn(&querier{engine: r.q.engine, tx: tx, count: r.q.count})
}
