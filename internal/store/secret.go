package store

import (
	"context"
	"errors"
	"time"

	"atlas"
)

// Secrets are what an account signs in with. They leave the store only to be
// compared with what somebody shows.
type Secrets struct {
	Password   string // hash; "" = none
	PasswordAt time.Time
	TOTP       string // key of one-time codes, sealed; "" = none
	TOTPAt     time.Time
	TOTPStep   int64 // of the last code used: none is good twice
}

// Secrets reads what an account signs in with; zero where it has nothing yet.
func (r *Reader) Secrets(ctx context.Context, account string) (Secrets, error) {
	var s Secrets
	err := r.q.scan(ctx, "SELECT password, password_at, totp, totp_at, totp_step FROM account_secret WHERE account_id = $1", []any{account},
		textCell[string]{&s.Password}, timeCell{&s.PasswordAt}, textCell[string]{&s.TOTP}, timeCell{&s.TOTPAt}, &s.TOTPStep)
	if errors.Is(err, atlas.ErrNotFound) {
		return Secrets{}, nil
	}
	return s, err
}

// PutSecrets writes what an account signs in with.
func (tx *Tx) PutSecrets(ctx context.Context, account string, s Secrets) error {
	_, err := tx.q.exec(ctx, `INSERT INTO account_secret (account_id, password, password_at, totp, totp_at, totp_step) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (account_id) DO UPDATE SET password = excluded.password, password_at = excluded.password_at,
		totp = excluded.totp, totp_at = excluded.totp_at, totp_step = excluded.totp_step`,
		account, orNull(s.Password), timeOrNull(s.PasswordAt), orNull(s.TOTP), timeOrNull(s.TOTPAt), s.TOTPStep)
	return err
}

func timeOrNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(timeFormat)
}

// UseTOTP notes the step of a one-time code; false when that step or a later one
// was used before.
func (tx *Tx) UseTOTP(ctx context.Context, account string, step int64) (bool, error) {
	return tx.one(ctx, "UPDATE account_secret SET totp_step = $2 WHERE account_id = $1 AND totp_step < $2", account, step)
}

// PutRecoveryCodes replaces the recovery codes of an account by the hashes of
// new ones; none takes them away.
func (tx *Tx) PutRecoveryCodes(ctx context.Context, account string, hashes []string) error {
	if _, err := tx.q.exec(ctx, "DELETE FROM recovery_code WHERE account_id = $1", account); err != nil {
		return err
	}
	for _, h := range hashes {
		if _, err := tx.q.exec(ctx, "INSERT INTO recovery_code (account_id, hash) VALUES ($1, $2)", account, h); err != nil {
			return err
		}
	}
	return nil
}

// UseRecoveryCode marks a recovery code as used; false when there is none such
// or it was used before.
func (tx *Tx) UseRecoveryCode(ctx context.Context, account, hash string, now time.Time) (bool, error) {
	return tx.one(ctx, "UPDATE recovery_code SET used_at = $3 WHERE account_id = $1 AND hash = $2 AND used_at IS NULL",
		account, hash, now.UTC().Format(timeFormat))
}

// one runs a statement and says whether it changed a row.
func (tx *Tx) one(ctx context.Context, text string, args ...any) (bool, error) {
	res, err := tx.q.exec(ctx, text, args...)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// Passkey (přístupový klíč) is a key that a device keeps for an account.
type Passkey struct {
	ID         string // of the credential, in letters
	Account    string
	Name       string // as its owner calls it
	Credential string // what verifying it needs, as JSON
	AddedAt    time.Time
	UsedAt     time.Time
}

func newPasskeys() *table[Passkey] {
	type p = Passkey
	return newTable("passkey",
		text("id", func(r *p) *string { return &r.ID }),
		text("account_id", func(r *p) *string { return &r.Account }),
		text("name", func(r *p) *string { return &r.Name }),
		text("credential", func(r *p) *string { return &r.Credential }),
		moment("added_at", func(r *p) *time.Time { return &r.AddedAt }),
		moment("used_at", func(r *p) *time.Time { return &r.UsedAt }),
	)
}

// Passkeys reads the passkeys of an account, the oldest first.
func (r *Reader) Passkeys(ctx context.Context, account string) ([]Passkey, error) {
	return r.passkeys(ctx, "WHERE account_id = $1 ORDER BY added_at", account)
}

// Passkey reads a passkey by its id; atlas.ErrNotFound when there is none.
func (r *Reader) Passkey(ctx context.Context, id string) (Passkey, error) {
	all, err := r.passkeys(ctx, "WHERE id = $1", id)
	if err == nil && len(all) == 0 {
		err = atlas.ErrNotFound
	}
	if err != nil {
		return Passkey{}, err
	}
	return all[0], nil
}

func (r *Reader) passkeys(ctx context.Context, rest string, args ...any) ([]Passkey, error) {
	var out []Passkey
	err := r.schema.passkeys.each(ctx, r.q, rest, args, func(p *Passkey) error {
		out = append(out, *p)
		return nil
	})
	return out, err
}

// PutPasskey writes a passkey in place of the one with the same id, which must
// be of the same account.
func (tx *Tx) PutPasskey(ctx context.Context, p Passkey) error {
	if err := tx.DropPasskey(ctx, p.Account, p.ID); err != nil {
		return err
	}
	return tx.schema.passkeys.insert(ctx, tx.q, []Passkey{p})
}

// DropPasskey takes a passkey away.
func (tx *Tx) DropPasskey(ctx context.Context, account, id string) error {
	_, err := tx.q.exec(ctx, "DELETE FROM passkey WHERE account_id = $1 AND id = $2", account, id)
	return err
}

// AccountOfIdentity is the account of a person at a provider of identities;
// atlas.ErrNotFound when none is tied to it.
func (r *Reader) AccountOfIdentity(ctx context.Context, issuer, subject string) (string, error) {
	var id string
	err := r.q.scan(ctx, "SELECT account_id FROM account_identity WHERE issuer = $1 AND subject = $2", []any{issuer, subject}, &id)
	return id, err
}

// PutIdentity ties a person at a provider of identities to an account.
func (tx *Tx) PutIdentity(ctx context.Context, issuer, subject, account string, now time.Time) error {
	_, err := tx.q.exec(ctx, "INSERT INTO account_identity (issuer, subject, account_id, added_at) VALUES ($1, $2, $3, $4)",
		issuer, subject, account, now.UTC().Format(timeFormat))
	return err
}

// RecoveryCodes reads the hashes of the recovery codes that an account may still
// use.
func (r *Reader) RecoveryCodes(ctx context.Context, account string) ([]string, error) {
	return r.q.texts(ctx, "SELECT hash FROM recovery_code WHERE account_id = $1 AND used_at IS NULL ORDER BY hash", account)
}
