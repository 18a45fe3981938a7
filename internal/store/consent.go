package store

import (
	"context"
	"time"
)

// Consent (souhlas) is what a person agreed to, in which words, and when they
// took it back (12.2).
type Consent struct {
	Account     string
	Purpose     string
	Wording     string // as it stood on the page
	GivenAt     time.Time
	WithdrawnAt time.Time // zero = it holds
}

func newConsents() *table[Consent] {
	type c = Consent
	return newTable("consent",
		text("account_id", func(r *c) *string { return &r.Account }),
		text("purpose", func(r *c) *string { return &r.Purpose }),
		text("wording", func(r *c) *string { return &r.Wording }),
		moment("given_at", func(r *c) *time.Time { return &r.GivenAt }),
		moment("withdrawn_at", func(r *c) *time.Time { return &r.WithdrawnAt }),
	)
}

// Consents reads all that an account ever agreed to, the oldest first.
func (r *Reader) Consents(ctx context.Context, account string) ([]Consent, error) {
	var out []Consent
	err := r.schema.consents.each(ctx, r.q, "WHERE account_id = $1 ORDER BY given_at, purpose", []any{account}, func(c *Consent) error {
		out = append(out, *c)
		return nil
	})
	return out, err
}

// PutConsent keeps that a person agreed.
func (tx *Tx) PutConsent(ctx context.Context, c Consent) error {
	return tx.schema.consents.insert(ctx, tx.q, []Consent{c})
}

// WithdrawConsent notes that a person agrees to a purpose no more; false when
// they did not.
func (tx *Tx) WithdrawConsent(ctx context.Context, account, purpose string, at time.Time) (bool, error) {
	return tx.one(ctx, "UPDATE consent SET withdrawn_at = $3 WHERE account_id = $1 AND purpose = $2 AND withdrawn_at IS NULL",
		account, purpose, at.UTC().Format(timeFormat))
}
