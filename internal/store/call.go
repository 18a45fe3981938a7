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

// ProjectsOfCall finds the projects that a call gave money to, without those
// merged away.
func (r *Reader) ProjectsOfCall(ctx context.Context, call string) ([]string, error) {
	return r.q.texts(ctx, `SELECT DISTINCT f.project_id FROM project_funding f
		JOIN project p ON p.id = f.project_id
		WHERE f.call_id = $1 AND p.merged_into IS NULL ORDER BY f.project_id`, call)
}

// PutCall creates or changes a call, as PutProject does a project.
func (tx *Tx) PutCall(ctx context.Context, c *atlas.Call, w Write) error {
	return tx.schema.calls.put(ctx, tx, c, w)
}
