package store

import (
	"context"
	"time"
)

// Mapping is what the columns of a shape of tables mean, as text that only the
// importer understands.
type Mapping struct {
	Shape string
	Text  []byte // JSON
	By    string
	At    time.Time
}

// PutMapping remembers a mapping in place of the one of the same shape.
func (tx *Tx) PutMapping(ctx context.Context, m Mapping) error {
	var by any
	if m.By != "" {
		by = m.By
	}
	_, err := tx.q.exec(ctx, `INSERT INTO column_mapping (shape, mapping, made_by, made_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (shape) DO UPDATE SET mapping = excluded.mapping, made_by = excluded.made_by, made_at = excluded.made_at`,
		m.Shape, string(m.Text), by, m.At.UTC().Format(time.RFC3339))
	return err
}

// Mapping reads the mapping remembered for a shape; atlas.ErrNotFound when none
// is.
func (r *Reader) Mapping(ctx context.Context, shape string) ([]byte, error) {
	var text string
	err := r.q.scan(ctx, "SELECT mapping FROM column_mapping WHERE shape = $1", []any{shape}, &text)
	return []byte(text), err
}
