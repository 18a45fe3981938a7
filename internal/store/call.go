package store

import (
	"context"

	"atlas"
)

// Call reads a grant call, with errors as Project has.
func (r *Reader) Call(ctx context.Context, id string) (*atlas.Call, error) {
	return r.schema.calls.one(ctx, r, id)
}

// Calls reads calls in the order of ids, leaving out those not there.
func (r *Reader) Calls(ctx context.Context, ids []string) ([]*atlas.Call, error) {
	return r.schema.calls.many(ctx, r, ids)
}

// EachCall streams all calls in the order of their ids.
func (r *Reader) EachCall(ctx context.Context, fn func(*atlas.Call) error) error {
	return r.schema.calls.each(ctx, r, fn)
}

// PutCall creates or changes a call, as PutProject does a project.
func (tx *Tx) PutCall(ctx context.Context, c *atlas.Call, w Write) error {
	return tx.schema.calls.put(ctx, tx, c, w)
}
