package store

import (
	"context"

	"atlas"
)

// Sketch is what rule 8.9 compares of a project, with one implementer of it:
// a project of two implementers is two sketches.
type Sketch struct {
	ID, Title   string
	RegNumber   string
	From, To    atlas.Date
	Ongoing     bool
	Implementer string // Actor.ID
}

// sketches chooses the columns of a Sketch, without an order.
const sketches = `SELECT DISTINCT q.actor_id, p.id, COALESCE(p.title_cs, p.title_en), p.reg_number, p.date_from, p.date_to, p.ongoing
	FROM project_party q JOIN project p ON p.id = q.project_id
	WHERE q.role = '` + atlas.RoleImplementer + `' AND p.merged_into IS NULL AND p.record_status <> '` + atlas.RecordArchived + `'`

// EachSketch streams the sketches of all projects but those merged away and the
// archived, by implementer and then by id.
func (r *Reader) EachSketch(ctx context.Context, fn func(*Sketch) error) error {
	return r.sketches(ctx, sketches+" ORDER BY q.actor_id, p.id", nil, fn)
}

// SketchesOf reads the sketches of some implementers, in the same order.
func (r *Reader) SketchesOf(ctx context.Context, actors []string, fn func(*Sketch) error) error {
	if len(actors) == 0 {
		return nil
	}
	s := r.q.oneOf(actors)
	return r.sketches(ctx, sketches+" AND "+s.where("q.actor_id")+" ORDER BY q.actor_id, p.id", s.args, fn)
}

func (r *Reader) sketches(ctx context.Context, query string, args []any, fn func(*Sketch) error) error {
	rows, err := r.q.query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var s Sketch
		err := rows.Scan(&s.Implementer, &s.ID, textCell[string]{&s.Title}, textCell[string]{&s.RegNumber},
			dateCell{&s.From}, dateCell{&s.To}, &s.Ongoing)
		if err != nil {
			return err
		}
		if err := fn(&s); err != nil {
			return err
		}
	}
	return r.q.engine.explain(rows.Err())
}

// Identity is what tells whether two actors are one organisation (8.9).
type Identity struct{ ID, Name, ICO string }

// EachIdentity streams the identities of all actors but those merged away.
func (r *Reader) EachIdentity(ctx context.Context, fn func(Identity) error) error {
	rows, err := r.q.query(ctx, "SELECT id, name, ico FROM actor WHERE merged_into IS NULL ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n Identity
		if err := rows.Scan(&n.ID, textCell[string]{&n.Name}, textCell[string]{&n.ICO}); err != nil {
			return err
		}
		if err := fn(n); err != nil {
			return err
		}
	}
	return r.q.engine.explain(rows.Err())
}

// BatchRecords finds the records that the rows of a batch came to.
func (r *Reader) BatchRecords(ctx context.Context, batch string) ([]string, error) {
	return r.q.texts(ctx, "SELECT DISTINCT record_id FROM batch_row WHERE batch_id = $1 AND record_id IS NOT NULL", batch)
}
