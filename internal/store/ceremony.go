package store

import (
	"context"
	"fmt"
	"time"

	"atlas"
)

// Ceremony (rozpracované přihlášení) is a sign-in that waits for what the browser
// brings back. Hash is of the secret in its cookie.
type Ceremony struct {
	Hash      string
	Kind      string // what was begun: one is never finished as another
	Content   string // what finishing needs, in words of its own
	Next      string // address to go on to, ""
	ExpiresAt time.Time
}

func newCeremonies() *table[Ceremony] {
	type c = Ceremony
	return newTable("ceremony",
		text("hash", func(r *c) *string { return &r.Hash }),
		text("kind", func(r *c) *string { return &r.Kind }),
		text("content", func(r *c) *string { return &r.Content }),
		text("next", func(r *c) *string { return &r.Next }),
		moment("expires_at", func(r *c) *time.Time { return &r.ExpiresAt }),
	)
}

// PutCeremony keeps a sign-in that has begun, and forgets those that nobody
// finished in time.
func (tx *Tx) PutCeremony(ctx context.Context, c Ceremony, now time.Time) error {
	if _, err := tx.q.exec(ctx, "DELETE FROM ceremony WHERE expires_at < $1", now.UTC().Format(timeFormat)); err != nil {
		return err
	}
	return tx.schema.ceremonies.insert(ctx, tx.q, []Ceremony{c})
}

// TakeCeremony takes a sign-in that has begun out of the database;
// atlas.ErrNotFound when there is none such, or it was taken or expired before.
func (tx *Tx) TakeCeremony(ctx context.Context, hash, kind string, now time.Time) (Ceremony, error) {
	var found *Ceremony
	err := tx.schema.ceremonies.each(ctx, tx.q, "WHERE hash = $1 AND kind = $2", []any{hash, kind}, func(c *Ceremony) error {
		kept := *c
		found = &kept
		return nil
	})
	if err != nil {
		return Ceremony{}, err
	}
	taken, err := tx.one(ctx, "DELETE FROM ceremony WHERE hash = $1 AND kind = $2", hash, kind)
	if err != nil {
		return Ceremony{}, err
	}
	if found == nil || !taken || !now.Before(found.ExpiresAt) {
		return Ceremony{}, fmt.Errorf("ceremony: %w", atlas.ErrNotFound)
	}
	return *found, nil
}
