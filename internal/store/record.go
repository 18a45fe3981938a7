package store

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"atlas"
)

// records is a kind of record with an id, a Meta and child tables: projects,
// actors, calls.
type records[P any] struct {
	kind     string // atlas.KindProject, …
	prefix   string // of ids: "P"
	table    *table[P]
	children []children[P]
	id       func(*P) *string
	meta     func(*P) *atlas.Meta
	update   string
}

// pageSize is how many records a stream holds in memory at once.
const pageSize = 500

// newRecords joins the parts. The first column of the table is the id.
func newRecords[P any](kind, prefix string, id func(*P) *string, meta func(*P) *atlas.Meta, t *table[P], kids ...children[P]) *records[P] {
	r := &records[P]{kind: kind, prefix: prefix, table: t, children: kids, id: id, meta: meta}
	set := ""
	for i, c := range t.columns[1:] {
		if i > 0 {
			set += ", "
		}
		set += fmt.Sprintf("%s = $%d", c.name, i+2)
	}
	r.update = fmt.Sprintf("UPDATE %s SET %s WHERE id = $1 AND version = $%d", t.name, set, len(t.columns)+1)
	return r
}

// one reads a record. A merged one is a *atlas.RedirectError to where it lives.
func (r *records[P]) one(ctx context.Context, rd *Reader, id string) (*P, error) {
	found, err := r.many(ctx, rd, []string{id})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%s %q: %w", r.kind, id, atlas.ErrNotFound)
	}
	if into := r.meta(found[0]).MergedInto; into != "" {
		return nil, &atlas.RedirectError{ID: into}
	}
	return found[0], nil
}

// many reads records in the order of ids, leaving out those that are not
// there. Merged records are among them. The number of statements does not
// depend on the number of ids up to pageSize.
func (r *records[P]) many(ctx context.Context, rd *Reader, ids []string) ([]*P, error) {
	out := make([]*P, 0, len(ids))
	err := rd.snapshot(ctx, func(q *querier) error {
		for some := range slices.Chunk(ids, pageSize) {
			page, err := r.load(ctx, q, q.oneOf(some))
			if err != nil {
				return err
			}
			for _, id := range some {
				if p := page.byID[id]; p != nil {
					out = append(out, p)
				}
			}
		}
		return nil
	})
	return out, err
}

// where reads the records whose ids a query gives, in its order.
func (r *records[P]) where(ctx context.Context, rd *Reader, query string, args ...any) ([]*P, error) {
	ids, err := rd.q.texts(ctx, query, args...)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return r.many(ctx, rd, ids)
}

// each streams all records in the order of their ids from one snapshot. It
// holds two pages in memory: while fn has one, the next one is read, unless the
// Reader is of a transaction, which fn may want to use.
func (r *records[P]) each(ctx context.Context, rd *Reader, fn func(*P) error) error {
	return rd.snapshot(ctx, func(q *querier) error {
		pg := r.next(ctx, q, "")
		for pg.err == nil && len(pg.inOrder) > 0 {
			last := *r.id(pg.inOrder[len(pg.inOrder)-1])
			next := sync.OnceValue(func() page[P] { return r.next(ctx, q, last) })
			ahead := rd.q.tx == nil && len(pg.inOrder) == pageSize
			if ahead {
				go next()
			}
			for _, p := range pg.inOrder {
				if err := fn(p); err != nil {
					if ahead {
						next() // nobody reads when the transaction ends
					}
					return err
				}
			}
			if len(pg.inOrder) < pageSize {
				return nil
			}
			pg = next()
		}
		return pg.err
	})
}

// page is some records, complete with their children.
type page[P any] struct {
	inOrder []*P
	byID    map[string]*P
	err     error // why they could not be read
}

// next reads the page of records after an id.
func (r *records[P]) next(ctx context.Context, q *querier, after string) page[P] {
	above := selection{
		where: func(col string) string { return col + " > $1" },
		args:  []any{after},
	}
	pg, err := r.parents(ctx, q, above, fmt.Sprintf("LIMIT %d", pageSize))
	if err == nil && len(pg.inOrder) > 0 {
		high := *r.id(pg.inOrder[len(pg.inOrder)-1])
		err = r.loadChildren(ctx, q, between(after, high), pg)
	}
	pg.err = err
	return pg
}

// load reads the selected records with their children.
func (r *records[P]) load(ctx context.Context, q *querier, s selection) (page[P], error) {
	pg, err := r.parents(ctx, q, s, "")
	if err != nil || len(pg.inOrder) == 0 {
		return pg, err
	}
	return pg, r.loadChildren(ctx, q, s, pg)
}

func (r *records[P]) parents(ctx context.Context, q *querier, s selection, limit string) (page[P], error) {
	pg := page[P]{byID: map[string]*P{}}
	rest := "WHERE " + s.where("id") + " ORDER BY id " + limit
	err := r.table.each(ctx, q, rest, s.args, func(row *P) error {
		p := new(P)
		*p = *row
		pg.inOrder = append(pg.inOrder, p)
		pg.byID[*r.id(p)] = p
		return nil
	})
	return pg, err
}

func (r *records[P]) loadChildren(ctx context.Context, q *querier, s selection, pg page[P]) error {
	for _, c := range r.children {
		if err := c.load(ctx, q, s, pg.byID); err != nil {
			return err
		}
	}
	return nil
}

// put creates or changes a record and appends the change. Version 0 creates;
// otherwise it must be the version that stands, else *atlas.ConflictError.
// When it fails, or the transaction does, p is as it was before.
func (r *records[P]) put(ctx context.Context, tx *Tx, p *P, w Write) (err error) {
	meta, id := r.meta(p), r.id(p)
	undo := func(m atlas.Meta, i string) func() { return func() { *meta, *id = m, i } }(*meta, *id)
	defer func() {
		if err != nil {
			undo()
			err = fmt.Errorf("put %s %q: %w", r.kind, *id, err)
		}
	}()
	w = w.complete(meta.Version)
	if err := r.write(ctx, tx, p, w); err != nil {
		return err
	}
	tx.undone(undo)
	err = tx.record(ctx, atlas.Change{
		At: w.At, Kind: r.kind, ID: *id, Version: meta.Version,
		Action: w.Action, By: w.By, Origin: w.Origin,
	}, p)
	if err != nil {
		return err
	}
	return tx.because(ctx, w.Why)
}

// write stores the record and its children.
func (r *records[P]) write(ctx context.Context, tx *Tx, p *P, w Write) error {
	meta, id := r.meta(p), r.id(p)
	read, given := meta.Version, *id != ""
	if err := tx.assignID(ctx, r.kind, r.prefix, id); err != nil {
		return err
	}
	stamp(meta, w)
	var err error
	if read == 0 {
		err = r.create(ctx, tx, p, given)
	} else {
		err = r.replace(ctx, tx, p, read)
	}
	if err != nil {
		return err
	}
	for _, c := range r.children {
		if err := c.store(tx.q, *id, p); err != nil {
			return err
		}
	}
	return nil
}

func stamp(m *atlas.Meta, w Write) {
	m.Version++
	m.UpdatedAt, m.UpdatedBy = w.At, w.By
	if m.Version > 1 {
		return
	}
	if m.CreatedAt.IsZero() {
		m.CreatedAt = w.At
	}
	m.CreatedAt = m.CreatedAt.UTC()
	if m.CreatedBy == "" {
		m.CreatedBy = w.By
	}
}

// create inserts the row. When the id was given, it must be free.
func (r *records[P]) create(ctx context.Context, tx *Tx, p *P, given bool) error {
	if given {
		current, err := r.version(ctx, tx, *r.id(p))
		if err != nil {
			return err
		}
		if current > 0 {
			return &atlas.ConflictError{Kind: r.kind, ID: *r.id(p), Current: current}
		}
	}
	return r.table.collect(tx.q, p)
}

// replace updates the row if it stands at the version read, and clears its
// children.
func (r *records[P]) replace(ctx context.Context, tx *Tx, p *P, read int64) error {
	args, err := r.table.args(make([]any, 0, len(r.table.columns)+1), p)
	if err != nil {
		return err
	}
	res, err := tx.q.exec(ctx, r.update, append(args, read)...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil {
		return err
	} else if n == 0 {
		return r.conflict(ctx, tx, *r.id(p), read)
	}
	for _, c := range r.children {
		c.remove(tx.q, *r.id(p))
	}
	return nil
}

// conflict says why no row had that id and version.
func (r *records[P]) conflict(ctx context.Context, tx *Tx, id string, read int64) error {
	current, err := r.version(ctx, tx, id)
	if err != nil {
		return err
	}
	if current == 0 {
		return atlas.ErrNotFound
	}
	return &atlas.ConflictError{Kind: r.kind, ID: id, Read: read, Current: current}
}

// version is the version that stands; 0 when there is no such record.
func (r *records[P]) version(ctx context.Context, tx *Tx, id string) (int64, error) {
	return tx.q.number(ctx, "SELECT version FROM "+r.table.name+" WHERE id = $1", id)
}

// Write says who writes a record, why and when.
type Write struct {
	By     string    // an account, "import", "demo"; never an e-mail
	Origin string    // batch id, "form", "demo"
	Action string    // atlas.ActionCreate, …; by default create or update
	At     time.Time // by default now
	Why    string    // in the words of who writes it, "" = not said
}

// complete fills in what the caller left out.
func (w Write) complete(version int64) Write {
	if w.At.IsZero() {
		w.At = time.Now()
	}
	w.At = w.At.UTC()
	if w.Action == "" {
		w.Action = atlas.ActionUpdate
		if version == 0 {
			w.Action = atlas.ActionCreate
		}
	}
	return w
}
