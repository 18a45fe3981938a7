package store

import (
	"context"
)

// reason is why a change was made, in the words of who made it.
type reason struct {
	change int64
	text   string
}

func newReasons() *table[reason] {
	return newTable("change_reason",
		counted("change_seq", func(r *reason) *int64 { return &r.change }),
		text("reason", func(r *reason) *string { return &r.text }),
	)
}

// because keeps why the change that was just recorded was made; "" keeps nothing.
func (tx *Tx) because(ctx context.Context, why string) error {
	if why == "" {
		return nil
	}
	seq, err := tx.counter(ctx, "change")
	if err != nil {
		return err
	}
	return tx.schema.reasons.insert(ctx, tx.q, []reason{{seq.value, why}})
}

// Reasons are why the versions of a record were made, by their numbers, where
// somebody said so.
func (r *Reader) Reasons(ctx context.Context, kind, id string) (map[int64]string, error) {
	rows, err := r.q.query(ctx, `SELECT c.version, r.reason FROM change c JOIN change_reason r ON r.change_seq = c.seq
		WHERE c.kind = $1 AND c.record_id = $2`, kind, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]string{}
	for rows.Next() {
		var version int64
		var why string
		if err := rows.Scan(&version, &why); err != nil {
			return nil, err
		}
		out[version] = why
	}
	return out, r.q.engine.explain(rows.Err())
}

// EraseReason takes away why a version was made, false when nobody said so.
func (tx *Tx) EraseReason(ctx context.Context, kind, id string, version int64) (bool, error) {
	return tx.one(ctx, `DELETE FROM change_reason WHERE change_seq IN
		(SELECT seq FROM change WHERE kind = $1 AND record_id = $2 AND version = $3)`, kind, id, version)
}
