package store

import (
	"context"
	"fmt"
	"time"

	"atlas"
)

// change is a change with the record as it was written.
type change struct {
	atlas.Change
	snapshot string
}

func newChanges() *table[change] {
	type c = change
	return newTable("change",
		counted("seq", func(r *c) *int64 { return &r.Seq }),
		moment("at", func(r *c) *time.Time { return &r.At }),
		text("kind", func(r *c) *string { return &r.Kind }),
		text("record_id", func(r *c) *string { return &r.ID }),
		counted("version", func(r *c) *int64 { return &r.Version }),
		text("action", func(r *c) *string { return &r.Action }),
		text("made_by", func(r *c) *string { return &r.By }),
		text("origin", func(r *c) *string { return &r.Origin }),
		text("snapshot", func(r *c) *string { return &r.snapshot }),
	)
}

// changeColumns are those of atlas.Change, in its order; the snapshot is read
// only when asked for.
const changeColumns = "seq, at, kind, record_id, version, action, made_by, origin"

// record appends a change with the record as it now stands. Numbers grow in
// the order of commits: no other writer is about until this one ends.
func (tx *Tx) record(ctx context.Context, c atlas.Change, record any) error {
	seq, err := tx.counter(ctx, "change")
	if err != nil {
		return err
	}
	json, err := tx.schema.snapshots.snapshot(tx.scratch[:0], record)
	tx.scratch = json
	if err != nil {
		return fmt.Errorf("snapshot of %s %s: %w", c.Kind, c.ID, err)
	}
	seq.value++
	c.Seq = seq.value
	row := change{c, string(json)}
	tx.written.note(&row, json)
	return tx.schema.changes.insert(ctx, tx.q, []change{row})
}

// LastChange is the number of the newest change; 0 when there is none.
func (r *Reader) LastChange(ctx context.Context) (int64, error) {
	return r.q.number(ctx, "SELECT MAX(seq) FROM change")
}

// Changes reads changes after a number in their order, at most limit of them.
func (r *Reader) Changes(ctx context.Context, since int64, limit int) ([]atlas.Change, error) {
	return r.changes(ctx, "WHERE seq > $1 ORDER BY seq LIMIT $2", since, limit)
}

// History reads all changes of a record, the newest first.
func (r *Reader) History(ctx context.Context, kind, id string) ([]atlas.Change, error) {
	return r.changes(ctx, "WHERE kind = $1 AND record_id = $2 ORDER BY version DESC", kind, id)
}

func (r *Reader) changes(ctx context.Context, rest string, args ...any) ([]atlas.Change, error) {
	rows, err := r.q.query(ctx, "SELECT "+changeColumns+" FROM change "+rest, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []atlas.Change
	for rows.Next() {
		var c atlas.Change
		err := rows.Scan(&c.Seq, timeCell{&c.At}, &c.Kind, &c.ID, &c.Version, &c.Action,
			textCell[string]{&c.By}, textCell[string]{&c.Origin})
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, r.q.engine.explain(rows.Err())
}

// Version reads a record as it was written at a version, as JSON in which what
// is not known is left out: json.Unmarshal into an atlas.Project and the like
// gives it back. atlas.ErrNotFound when there was no such version.
func (r *Reader) Version(ctx context.Context, kind, id string, version int64) ([]byte, error) {
	var json string
	err := r.q.scan(ctx, "SELECT snapshot FROM change WHERE kind = $1 AND record_id = $2 AND version = $3",
		[]any{kind, id, version}, &json)
	if err != nil {
		return nil, fmt.Errorf("%s %s version %d: %w", kind, id, version, err)
	}
	return []byte(json), nil
}
