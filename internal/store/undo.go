package store

import (
	"context"
	"fmt"

	"atlas"
)

// WrittenBy reads the changes that an import or a merge made, in their order
// and after a number, at most limit of them: those that took it back again are
// not among them.
func (r *Reader) WrittenBy(ctx context.Context, origin string, after int64, limit int) ([]atlas.Change, error) {
	return r.changes(ctx, "WHERE origin = $1 AND seq > $2 AND action <> $3 ORDER BY seq LIMIT $4",
		origin, after, atlas.ActionUndo, limit)
}

// CountWrittenBy counts the changes that WrittenBy gives.
func (r *Reader) CountWrittenBy(ctx context.Context, origin string) (int, error) {
	n, err := r.q.number(ctx, "SELECT COUNT(*) FROM change WHERE origin = $1 AND action <> $2", origin, atlas.ActionUndo)
	return int(n), err
}

// FirstRows finds in which row of a batch each record is told of first.
// Records that it does not tell of are left out.
func (r *Reader) FirstRows(ctx context.Context, batch string, ids []string) (map[string]int, error) {
	out := map[string]int{}
	if len(ids) == 0 {
		return out, nil
	}
	s := r.q.oneOf(ids)
	rows, err := r.q.query(ctx, "SELECT record_id, MIN(row_no) FROM batch_row WHERE "+s.where("record_id")+
		fmt.Sprintf(" AND batch_id = $%d GROUP BY record_id", len(s.args)+1), append(s.args, batch)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var row int
		if err := rows.Scan(&id, &row); err != nil {
			return nil, err
		}
		out[id] = row
	}
	return out, r.q.engine.explain(rows.Err())
}

// Withdrawn finds the records of a kind (projects or actors) that stand as the
// undoing of an import left them: archived. It gives the batch of each.
func (r *Reader) Withdrawn(ctx context.Context, kind string) (map[string]string, error) {
	out := map[string]string{}
	return out, r.firstIDs(ctx, out, `SELECT c.record_id, b.id FROM batch b
		JOIN change c ON c.origin = b.id AND c.action = $1 AND c.kind = $2
		JOIN `+kind+` t ON t.id = c.record_id AND t.version = c.version AND t.record_status = $3
		WHERE b.undone_at IS NOT NULL`, []any{atlas.ActionUndo, kind, atlas.RecordArchived})
}

// UsesOfActor finds all records that name an actor: projects, merged ones too,
// calls and other actors, but not projects that the undoing of an import has
// withdrawn.
func (r *Reader) UsesOfActor(ctx context.Context, actor string) ([]string, error) {
	return r.q.texts(ctx, `SELECT p.id FROM (SELECT project_id FROM project_party WHERE actor_id = $1
			UNION SELECT project_id FROM project_funding WHERE funder_id = $1) theirs
		JOIN project p ON p.id = theirs.project_id
		LEFT JOIN change c ON c.kind = $2 AND c.record_id = p.id AND c.version = p.version
		WHERE p.record_status <> $3 OR c.action <> $4
		UNION SELECT id FROM call WHERE funder_id = $1
		UNION SELECT actor_id FROM actor_relation WHERE other_id = $1 AND actor_id <> $1
		UNION SELECT id FROM actor WHERE parent_id = $1 OR merged_into = $1`,
		actor, atlas.KindProject, atlas.RecordArchived, atlas.ActionUndo)
}

// MergedInto finds the projects that were merged into one, in the order of ids.
func (r *Reader) MergedInto(ctx context.Context, id string) ([]string, error) {
	return r.q.texts(ctx, "SELECT id FROM project WHERE merged_into = $1 ORDER BY id", id)
}

// Merged finds all projects that were merged into others, the last merged first.
func (r *Reader) Merged(ctx context.Context) ([]string, error) {
	return r.q.texts(ctx, "SELECT id FROM project WHERE merged_into IS NOT NULL ORDER BY updated_at DESC, id")
}

// AddRowProblems keeps more problems with rows of a batch that are there.
func (tx *Tx) AddRowProblems(ctx context.Context, batch string, all []atlas.RowProblem) error {
	next := map[int]int{}
	rows := make([]batchProblem, 0, len(all))
	for _, p := range all {
		position, ok := next[p.Row]
		if !ok {
			n, err := tx.q.number(ctx, "SELECT COALESCE(MAX(position) + 1, 0) FROM batch_problem WHERE batch_id = $1 AND row_no = $2", batch, p.Row)
			if err != nil {
				return err
			}
			position = int(n)
		}
		next[p.Row] = position + 1
		rows = append(rows, batchProblem{batch, p.Row, position, p})
	}
	return tx.schema.problems.insert(ctx, tx.q, rows)
}
