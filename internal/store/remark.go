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

// PutRemark adds a remark and gives it its code.
func (tx *Tx) PutRemark(ctx context.Context, m *Remark) error {
	before := *m
	tx.undone(func() { *m = before })
	if err := tx.assignID(ctx, "remark", "Z", &m.ID); err != nil {
		return err
	}
	return tx.schema.remarks.insert(ctx, tx.q, []Remark{*m})
}
