package store

import (
	"context"
	"fmt"
	"time"

	"atlas"
)

// Draft (rozepsaný formulář) is what somebody was writing when they left: the
// fields of a form as they stood.
type Draft struct {
	Account string
	Form    string // address of the form: "/projekty/novy"
	Title   string // what the record is called so far
	Content string // its fields, encoded as a form is
	SavedAt time.Time
}

func newDrafts() *table[Draft] {
	type d = Draft
	return newTable("draft",
		text("account_id", func(r *d) *string { return &r.Account }),
		text("form", func(r *d) *string { return &r.Form }),
		text("title", func(r *d) *string { return &r.Title }),
		text("content", func(r *d) *string { return &r.Content }),
		moment("saved_at", func(r *d) *time.Time { return &r.SavedAt }),
	)
}

// Drafts reads what an account has been writing, the newest first.
func (r *Reader) Drafts(ctx context.Context, account string) ([]Draft, error) {
	return r.drafts(ctx, "WHERE account_id = $1 ORDER BY saved_at DESC", account)
}

// Draft reads what was written into a form; atlas.ErrNotFound when nothing was.
func (r *Reader) Draft(ctx context.Context, account, form string) (Draft, error) {
	all, err := r.drafts(ctx, "WHERE account_id = $1 AND form = $2", account, form)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("draft: %w", atlas.ErrNotFound)
	}
	if err != nil {
		return Draft{}, err
	}
	return all[0], nil
}

func (r *Reader) drafts(ctx context.Context, rest string, args ...any) ([]Draft, error) {
	var out []Draft
	err := r.schema.drafts.each(ctx, r.q, rest, args, func(d *Draft) error {
		out = append(out, *d)
		return nil
	})
	return out, err
}

// PutDraft keeps what stands in a form.
func (tx *Tx) PutDraft(ctx context.Context, d Draft) error {
	if err := tx.DropDraft(ctx, d.Account, d.Form); err != nil {
		return err
	}
	return tx.schema.drafts.insert(ctx, tx.q, []Draft{d})
}

// DropDraft forgets what stood in a form.
func (tx *Tx) DropDraft(ctx context.Context, account, form string) error {
	_, err := tx.q.exec(ctx, "DELETE FROM draft WHERE account_id = $1 AND form = $2", account, form)
	return err
}
