package store

import (
	"context"

	"atlas"
)

// Size is how many bytes the database takes.
func (r *Reader) Size(ctx context.Context) (int64, error) {
	return r.q.number(ctx, r.q.engine.sizeQuery())
}

// CountByStatus is how many records of each kind have a record status (CL-12).
func (r *Reader) CountByStatus(ctx context.Context, status string) (map[string]int64, error) {
	out := map[string]int64{}
	for kind, table := range recordTables {
		n, err := r.q.number(ctx, "SELECT COUNT(*) FROM "+table+" WHERE record_status = $1", status)
		if err != nil {
			return nil, err
		}
		out[kind] = n
	}
	return out, nil
}

// CountAccounts is how many accounts there are in a state.
func (r *Reader) CountAccounts(ctx context.Context, state string) (int64, error) {
	return r.q.number(ctx, "SELECT COUNT(*) FROM account WHERE state = $1", state)
}

// TerritorySource (původ území) is where territories of a level come from.
type TerritorySource struct {
	Level  atlas.Level
	Source string // as the register said; "" = shipped with the product
	Count  int64
}

// TerritorySources says of each level how many territories come from where.
func (r *Reader) TerritorySources(ctx context.Context) ([]TerritorySource, error) {
	rows, err := r.q.query(ctx, "SELECT level, source, COUNT(*) FROM territory GROUP BY level, source ORDER BY level, source")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []TerritorySource
	for rows.Next() {
		var s TerritorySource
		if err := rows.Scan(textCell[atlas.Level]{&s.Level}, textCell[string]{&s.Source}, &s.Count); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, r.q.engine.explain(rows.Err())
}
