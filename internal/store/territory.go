package store

import (
	"context"
	"fmt"
	"slices"

	"atlas"
	"atlas/internal/czech"
)

// territory is a territory with the version that its changes carry.
type territory struct {
	atlas.Territory
	version int64
}

func newTerritories() *table[territory] {
	type t = territory
	return newTable("territory",
		text("code", func(r *t) *string { return &r.Code }),
		text("level", func(r *t) *atlas.Level { return &r.Level }),
		text("name", func(r *t) *string { return &r.Name }),
		derived("name_key", func(r *t) string { return czech.SortKey(r.Name) }),
		text("csu", func(r *t) *string { return &r.CSU }),
		text("ruian", func(r *t) *string { return &r.RUIAN }),
		text("region", func(r *t) *string { return &r.Region }),
		text("district", func(r *t) *string { return &r.District }),
		text("orp", func(r *t) *string { return &r.ORP }),
		text("municipality", func(r *t) *string { return &r.Municipality }),
		columns[t]{
			{"lat", func(r *t) cell { return pointCell{&r.Lat, &r.HasPoint} }},
			{"lon", func(r *t) cell { return pointCell{&r.Lon, &r.HasPoint} }},
		},
		number("population", func(r *t) *int64 { return &r.Population }),
		date("population_date", func(r *t) *atlas.Date { return &r.PopulationDate }),
		date("valid_from", func(r *t) *atlas.Date { return &r.ValidFrom }),
		date("valid_to", func(r *t) *atlas.Date { return &r.ValidTo }),
		text("source", func(r *t) *string { return &r.Source }),
		counted("version", func(r *t) *int64 { return &r.version }),
	)
}

// Territories reads all territories in the Czech order of their names.
func (r *Reader) Territories(ctx context.Context) ([]atlas.Territory, error) {
	var out []atlas.Territory
	err := r.schema.territories.each(ctx, r.q, "ORDER BY name_key, code", nil, func(t *territory) error {
		out = append(out, t.Territory)
		return nil
	})
	return out, err
}

// PutTerritories creates and changes territories by their codes, each with a
// change of its own; those that stand as given are left alone. None is
// deleted: one that ceased to exist is given with ValidTo.
func (tx *Tx) PutTerritories(ctx context.Context, all []atlas.Territory, w Write) (created, updated, unchanged int, err error) {
	stored, err := tx.storedTerritories(ctx)
	if err != nil {
		return 0, 0, 0, err
	}
	for _, t := range all {
		old, exists := stored[t.Code]
		switch {
		case exists && old.Territory == t:
			unchanged++
			continue
		case exists:
			updated++
		default:
			created++
		}
		next := territory{t, old.version + 1}
		if err := tx.putTerritory(ctx, next, w.complete(old.version)); err != nil {
			return 0, 0, 0, fmt.Errorf("put territory %s: %w", t.Code, err)
		}
		stored[t.Code] = next
	}
	return created, updated, unchanged, nil
}

func (tx *Tx) storedTerritories(ctx context.Context) (map[string]territory, error) {
	out := map[string]territory{}
	err := tx.schema.territories.each(ctx, tx.q, "", nil, func(t *territory) error {
		out[t.Code] = *t
		return nil
	})
	return out, err
}

func (tx *Tx) putTerritory(ctx context.Context, t territory, w Write) error {
	if t.version > 1 {
		if _, err := tx.q.exec(ctx, "DELETE FROM territory WHERE code = $1", t.Code); err != nil {
			return err
		}
	}
	if err := tx.schema.territories.insert(ctx, tx.q, []territory{t}); err != nil {
		return err
	}
	return tx.record(ctx, atlas.Change{
		At: w.At, Kind: atlas.KindTerritory, ID: t.Code, Version: t.version,
		Action: w.Action, By: w.By, Origin: w.Origin,
	}, &t.Territory)
}

// PutBoundary keeps the outline of a territory as GeoJSON, word for word. The
// territory need not be known yet.
func (tx *Tx) PutBoundary(ctx context.Context, code string, geojson []byte) error {
	_, err := tx.q.exec(ctx, `INSERT INTO boundary (code, geojson) VALUES ($1, $2)
		ON CONFLICT (code) DO UPDATE SET geojson = excluded.geojson`, code, string(geojson))
	return err
}

// Boundary reads the outline of a territory; atlas.ErrNotFound when none is
// kept.
func (r *Reader) Boundary(ctx context.Context, code string) ([]byte, error) {
	var geojson string
	err := r.q.scan(ctx, "SELECT geojson FROM boundary WHERE code = $1", []any{code}, &geojson)
	return []byte(geojson), err
}

// Boundaries reads the outlines of all territories of a level, by code.
func (r *Reader) Boundaries(ctx context.Context, level atlas.Level) (map[string][]byte, error) {
	rows, err := r.q.query(ctx, `SELECT b.code, b.geojson FROM boundary b
		JOIN territory t ON t.code = b.code WHERE t.level = $1`, string(level))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string][]byte{}
	for rows.Next() {
		var code, geojson string
		if err := rows.Scan(&code, &geojson); err != nil {
			return nil, err
		}
		out[code] = []byte(geojson)
	}
	return out, r.q.engine.explain(rows.Err())
}

// EachBoundary gives the outlines of some territories that are kept and no
// longer than most characters, one after another and in no order. An error of
// fn ends the reading and comes back.
func (r *Reader) EachBoundary(ctx context.Context, codes []string, most int, fn func(code string, geojson []byte) error) error {
	for some := range slices.Chunk(codes, pageSize) {
		if err := r.boundaries(ctx, some, most, fn); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) boundaries(ctx context.Context, codes []string, most int, fn func(string, []byte) error) error {
	s := r.q.oneOf(codes)
	rows, err := r.q.query(ctx, "SELECT code, geojson FROM boundary WHERE "+s.where("code")+
		fmt.Sprintf(" AND length(geojson) <= $%d", len(s.args)+1), append(s.args, most)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var code, geojson string
		if err := rows.Scan(&code, &geojson); err != nil {
			return err
		}
		if err := fn(code, []byte(geojson)); err != nil {
			return err
		}
	}
	return r.q.engine.explain(rows.Err())
}
