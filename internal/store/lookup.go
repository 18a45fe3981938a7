package store

import (
	"context"
	"slices"
)

// Look-ups of many values at once, for imports: the number of statements grows
// with every pageSize values and not with each.

// ProjectsByRegNumber finds the ids of the projects with the registration
// numbers, or of those they were merged into. Numbers that no project has are
// left out.
func (r *Reader) ProjectsByRegNumber(ctx context.Context, numbers []string) (map[string]string, error) {
	return r.idsBy(ctx, "project", "reg_number", "id", numbers)
}

// ActorsByICO finds for each IČO what ActorByICO does.
func (r *Reader) ActorsByICO(ctx context.Context, icos []string) (map[string]string, error) {
	return r.idsBy(ctx, "actor", "ico", actorOrder, icos)
}

// ActorsByForeignID finds for each identifier what ActorByForeignID does.
func (r *Reader) ActorsByForeignID(ctx context.Context, ids []string) (map[string]string, error) {
	return r.idsBy(ctx, "actor", "foreign_id", actorOrder, ids)
}

// idsBy finds for each value of a column the first record in an order, or the
// one it was merged into.
func (r *Reader) idsBy(ctx context.Context, table, column, order string, values []string) (map[string]string, error) {
	out := map[string]string{}
	for some := range slices.Chunk(values, pageSize) {
		s := r.q.oneOf(some)
		err := r.firstIDs(ctx, out, "SELECT "+column+", COALESCE(merged_into, id) FROM "+table+
			" WHERE "+s.where(column)+" ORDER BY "+order, s.args)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// firstIDs reads values and ids into a map, of each value the first.
func (r *Reader) firstIDs(ctx context.Context, out map[string]string, text string, args []any) error {
	rows, err := r.q.query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var value, id string
		if err := rows.Scan(&value, &id); err != nil {
			return err
		}
		if _, ok := out[value]; !ok {
			out[value] = id
		}
	}
	return r.q.engine.explain(rows.Err())
}
