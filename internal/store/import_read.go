package store

import (
	"context"
	"slices"

	"atlas"
)

// What imports read: columns instead of whole records, of many records at once.

// Name is one name of an actor.
type Name struct{ ID, Name, Type string } // Type is of CL-08

// EachName streams all names of all actors, merged ones too, in no order.
func (r *Reader) EachName(ctx context.Context, fn func(Name) error) error {
	return r.rows(ctx, `SELECT id, name, type FROM actor
		UNION ALL SELECT id, name_en, type FROM actor WHERE name_en IS NOT NULL
		UNION ALL SELECT a.id, n.name, a.type FROM actor_other_name n JOIN actor a ON a.id = n.actor_id`, nil, func(scan scan) error {
		var n Name
		if err := scan(&n.ID, textCell[string]{&n.Name}, textCell[string]{&n.Type}); err != nil {
			return err
		}
		return fn(n)
	})
}

// Facts are what tells actors of one name apart.
type Facts struct {
	ID, Name, Country, ICO, ForeignID string
	MergedInto                        string
}

// FactsOf reads the facts of actors by their ids.
func (r *Reader) FactsOf(ctx context.Context, ids []string) (map[string]Facts, error) {
	out := make(map[string]Facts, len(ids))
	err := r.some(ctx, ids, "SELECT id, name, country, ico, foreign_id, merged_into FROM actor WHERE ", "id", "", func(scan scan) error {
		var f Facts
		err := scan(&f.ID, textCell[string]{&f.Name}, textCell[string]{&f.Country}, textCell[string]{&f.ICO},
			textCell[string]{&f.ForeignID}, textCell[string]{&f.MergedInto})
		out[f.ID] = f
		return err
	})
	return out, err
}

// Implemented is a project with one implementer of it, as a row of an import is
// compared with it.
type Implemented struct {
	Sketch
	RecordStatus, MergedInto string
}

// ImplementedBy reads the projects of implementers, merged and archived ones too,
// by implementer and then by id.
func (r *Reader) ImplementedBy(ctx context.Context, actors []string, fn func(*Implemented) error) error {
	return r.some(ctx, actors, `SELECT DISTINCT q.actor_id, p.id, COALESCE(p.title_cs, p.title_en), p.reg_number,
			p.date_from, p.date_to, p.ongoing, p.record_status, p.merged_into
		FROM project_party q JOIN project p ON p.id = q.project_id
		WHERE q.role = '`+atlas.RoleImplementer+`' AND `, "q.actor_id", " ORDER BY q.actor_id, p.id", func(scan scan) error {
		var s Implemented
		err := scan(&s.Implementer, &s.ID, textCell[string]{&s.Title}, textCell[string]{&s.RegNumber}, dateCell{&s.From}, dateCell{&s.To},
			&s.Ongoing, &s.RecordStatus, textCell[string]{&s.MergedInto})
		if err != nil {
			return err
		}
		return fn(&s)
	})
}

// Origins reads where imports took projects from: of each the sources that have
// a batch, with their URL and note only.
func (r *Reader) Origins(ctx context.Context, projects []string) (map[string][]atlas.Source, error) {
	out := make(map[string][]atlas.Source, len(projects))
	err := r.some(ctx, projects, `SELECT DISTINCT project_id, batch_id, url, note FROM project_source
		WHERE batch_id IS NOT NULL AND `, "project_id", "", func(scan scan) error {
		var id string
		var s atlas.Source
		err := scan(&id, &s.BatchID, textCell[string]{&s.URL}, textCell[string]{&s.Note})
		out[id] = append(out[id], s)
		return err
	})
	return out, err
}

// WithdrawnOf finds of some projects what Withdrawn finds of all.
func (r *Reader) WithdrawnOf(ctx context.Context, projects []string) (map[string]string, error) {
	out := map[string]string{}
	err := r.some(ctx, projects, `SELECT c.record_id, b.id FROM batch b
		JOIN change c ON c.origin = b.id AND c.action = '`+atlas.ActionUndo+`' AND c.kind = '`+atlas.KindProject+`'
		JOIN project t ON t.id = c.record_id AND t.version = c.version AND t.record_status = '`+atlas.RecordArchived+`'
		WHERE b.undone_at IS NOT NULL AND `, "c.record_id", "", func(scan scan) error {
		var id, batch string
		err := scan(&id, &batch)
		out[id] = batch
		return err
	})
	return out, err
}

// scan reads the cells of a row.
type scan func(dest ...any) error

// some runs a query of some values of a column, by pages of them, and hands over
// each row.
func (r *Reader) some(ctx context.Context, values []string, text, column, rest string, fn func(scan) error) error {
	for page := range slices.Chunk(values, pageSize) {
		s := r.q.oneOf(page)
		if err := r.rows(ctx, text+s.where(column)+rest, s.args, fn); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) rows(ctx context.Context, text string, args []any, fn func(scan) error) error {
	rows, err := r.q.query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return r.q.engine.explain(rows.Err())
}
