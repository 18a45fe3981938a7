package store

import (
	"context"
	"time"
)

// What a remark says was done.
const (
	DeedNote      = "note" // nothing: somebody writes something
	DeedSent      = "sent"
	DeedWithdrawn = "withdrawn"
	DeedReturned  = "returned"
	DeedPublished = "published"
	DeedArchived  = "archived"
	DeedAccepted  = "accepted" // a correction
	DeedUndone    = "undone"   // a decision
)

// Remark (poznámka) is what was said or done about a record or a proposal between
// its author and editors. It is not for readers.
type Remark struct {
	ID    string // "Z-00001"
	About string // "P-00001", "A-00001", "N-00001"
	Deed  string // DeedNote, …
	Text  string
	Staff bool   // by an editor
	By    string // account
	At    time.Time
}

func newRemarks() *table[Remark] {
	type m = Remark
	return newTable("remark",
		text("id", func(r *m) *string { return &r.ID }),
		text("about", func(r *m) *string { return &r.About }),
		text("deed", func(r *m) *string { return &r.Deed }),
		text("text", func(r *m) *string { return &r.Text }),
		yesNo("staff", func(r *m) *bool { return &r.Staff }),
		text("made_by", func(r *m) *string { return &r.By }),
		moment("made_at", func(r *m) *time.Time { return &r.At }),
	)
}

// Remarks reads what was said and done about a record or a proposal, the oldest
// first.
func (r *Reader) Remarks(ctx context.Context, about string) ([]Remark, error) {
	var out []Remark
	err := r.schema.remarks.each(ctx, r.q, "WHERE about = $1 ORDER BY LENGTH(id), id", []any{about}, func(m *Remark) error {
		out = append(out, *m)
		return nil
	})
	return out, err
}

// WordsBy reads what an account wrote beside records, the oldest first: its remarks
// that have words, what it wrote to other towns and why it made changes. Of the latter, Deed is "".
func (r *Reader) WordsBy(ctx context.Context, account string) ([]Remark, error) {
	rows, err := r.q.query(ctx, `SELECT about, deed, text, made_at FROM remark WHERE made_by = $1 AND text IS NOT NULL
		UNION ALL SELECT replication_id, 'note', text, made_at FROM transfer_message WHERE made_by = $1
		UNION ALL SELECT c.record_id, NULL, r.reason, c.at FROM change c JOIN change_reason r ON r.change_seq = c.seq WHERE c.made_by = $1
		ORDER BY made_at, about`, account)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Remark
	for rows.Next() {
		m := Remark{By: account}
		if err := rows.Scan(&m.About, textCell[string]{&m.Deed}, &m.Text, timeCell{&m.At}); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, r.q.engine.explain(rows.Err())
}

// PutRemark adds a remark and gives it its code.
func (tx *Tx) PutRemark(ctx context.Context, m *Remark) error {
	before := *m
	tx.undone(func() { *m = before })
	if err := tx.assignID(ctx, "remark", "Z", &m.ID); err != nil {
		return err
	}
	return tx.schema.remarks.insert(ctx, tx.q, []Remark{*m})
}
