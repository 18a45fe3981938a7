package store

import "context"

// Aliases reads the groups of spellings of one name: Charkov, Kharkiv, Харків.
func (r *Reader) Aliases(ctx context.Context) ([][]string, error) {
	rows, err := r.q.query(ctx, "SELECT group_no, spelling FROM alias ORDER BY group_no, position")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out [][]string
	for rows.Next() {
		var group int
		var spelling string
		if err := rows.Scan(&group, &spelling); err != nil {
			return nil, err
		}
		for len(out) <= group {
			out = append(out, nil)
		}
		out[group] = append(out[group], spelling)
	}
	return out, r.q.engine.explain(rows.Err())
}

// PutAliases replaces all groups of spellings.
func (tx *Tx) PutAliases(ctx context.Context, groups [][]string) error {
	if _, err := tx.q.exec(ctx, "DELETE FROM alias"); err != nil {
		return err
	}
	for g, spellings := range groups {
		for i, s := range spellings {
			_, err := tx.q.exec(ctx, "INSERT INTO alias (group_no, position, spelling) VALUES ($1, $2, $3)", g, i, s)
			if err != nil {
				return err
			}
		}
	}
	return nil
}
