package store

import (
	"context"
	"fmt"

	"atlas"
)

func newTexts() *table[atlas.PageText] {
	type t = atlas.PageText
	return newTable("page_text",
		text("code", func(r *t) *string { return &r.Code }),
		text("cs", func(r *t) *string { return &r.Cs }),
		text("en", func(r *t) *string { return &r.En }),
		counted("version", func(r *t) *int64 { return &r.Version }),
	)
}

// Texts reads the texts of pages that the operator has written.
func (r *Reader) Texts(ctx context.Context) ([]atlas.PageText, error) {
	return r.texts(ctx, "ORDER BY code")
}

func (r *Reader) texts(ctx context.Context, rest string, args ...any) ([]atlas.PageText, error) {
	var out []atlas.PageText
	err := r.schema.texts.each(ctx, r.q, rest, args, func(t *atlas.PageText) error {
		out = append(out, *t)
		return nil
	})
	return out, err
}

// PutText writes a text of a page. The version must be the one that stands (0
// for a text that was never written), else the error is *atlas.ConflictError.
func (tx *Tx) PutText(ctx context.Context, t atlas.PageText, w Write) error {
	stored, err := tx.texts(ctx, "WHERE code = $1", t.Code)
	if err != nil {
		return err
	}
	current := int64(0)
	if len(stored) > 0 {
		current = stored[0].Version
	}
	if t.Version != current {
		return &atlas.ConflictError{Kind: atlas.KindText, ID: t.Code, Read: t.Version, Current: current}
	}
	w = w.complete(current)
	t.Version = current + 1
	if _, err := tx.q.exec(ctx, "DELETE FROM page_text WHERE code = $1", t.Code); err != nil {
		return fmt.Errorf("put text %s: %w", t.Code, err)
	}
	if err := tx.schema.texts.insert(ctx, tx.q, []atlas.PageText{t}); err != nil {
		return fmt.Errorf("put text %s: %w", t.Code, err)
	}
	return tx.record(ctx, atlas.Change{
		At: w.At, Kind: atlas.KindText, ID: t.Code, Version: t.Version, Action: w.Action, By: w.By, Origin: w.Origin,
	}, &t)
}
