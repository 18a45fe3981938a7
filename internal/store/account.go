package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"atlas"
)

// emailKey is an e-mail as it is looked for: letters small, without blanks.
func emailKey(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func newAccounts() *table[atlas.Account] {
	type r = atlas.Account
	return newTable("account",
		text("id", func(a *r) *string { return &a.ID }),
		text("email", func(a *r) *string { return &a.Email }),
		derived("email_folded", func(a *r) string { return emailKey(a.Email) }),
		text("name", func(a *r) *string { return &a.Name }),
		text("lang", func(a *r) *string { return &a.Lang }),
		text("state", func(a *r) *string { return &a.State }),
		moment("created_at", func(a *r) *time.Time { return &a.CreatedAt }),
		moment("seen_at", func(a *r) *time.Time { return &a.SeenAt }),
		counted("version", func(a *r) *int64 { return &a.Version }),
	)
}

// ErrEmailTaken says that another account has the e-mail.
var ErrEmailTaken = fmt.Errorf("another account has this e-mail: %w", atlas.ErrConflict)

// Account reads an account with its roles; atlas.ErrNotFound when there is none.
func (r *Reader) Account(ctx context.Context, id string) (*atlas.Account, error) {
	return r.account(ctx, "id", id)
}

// AccountByEmail reads the account with an e-mail, however it is written.
func (r *Reader) AccountByEmail(ctx context.Context, email string) (*atlas.Account, error) {
	return r.account(ctx, "email_folded", emailKey(email))
}

func (r *Reader) account(ctx context.Context, column, value string) (*atlas.Account, error) {
	found, err := r.accounts(ctx, "WHERE "+column+" = $1", value)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("account: %w", atlas.ErrNotFound)
	}
	return found[0], nil
}

// Accounts reads all accounts that are not erased, the newest first.
func (r *Reader) Accounts(ctx context.Context) ([]*atlas.Account, error) {
	return r.accounts(ctx, "WHERE state <> $1 ORDER BY created_at DESC, id DESC", atlas.AccountErased)
}

// AccountsByID reads accounts by their codes, in the order of those; what is not
// there is left out.
func (r *Reader) AccountsByID(ctx context.Context, ids []string) ([]*atlas.Account, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return r.accounts(ctx, "WHERE id IN ("+placeholders(1, len(ids))+") ORDER BY id", args...)
}

// AccountsWithRole reads the accounts that a role was given to, whether it holds
// or not, in the order of their codes.
func (r *Reader) AccountsWithRole(ctx context.Context, role atlas.Role) ([]*atlas.Account, error) {
	return r.accounts(ctx, "WHERE id IN (SELECT account_id FROM role_grant WHERE role = $1) ORDER BY id", string(role))
}

// AccountNames gives the names of accounts by their codes; an erased one has "".
func (r *Reader) AccountNames(ctx context.Context, ids []string) (map[string]string, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	found, err := r.accounts(ctx, "WHERE id IN ("+placeholders(1, len(ids))+")", args...)
	names := map[string]string{}
	for _, a := range found {
		names[a.ID] = a.Name
	}
	return names, err
}

func (r *Reader) accounts(ctx context.Context, rest string, args ...any) ([]*atlas.Account, error) {
	var out []*atlas.Account
	byID := map[string]*atlas.Account{}
	err := r.schema.accounts.each(ctx, r.q, rest, args, func(a *atlas.Account) error {
		kept := *a
		out, byID[a.ID] = append(out, &kept), &kept
		return nil
	})
	if err != nil || len(out) == 0 {
		return nil, err
	}
	where, of := "", []any{}
	if len(out) == 1 {
		where, of = "WHERE account_id = $1 ", []any{out[0].ID}
	}
	err = r.schema.grants.each(ctx, r.q, where+"ORDER BY account_id, role, territory", of, func(g *grant) error {
		if a := byID[g.account]; a != nil {
			a.Grants = append(a.Grants, g.Grant)
		}
		return nil
	})
	return out, err
}

// PutAccount creates an account, giving it its code, or changes one as far as it
// is still the version that was read. An e-mail of another is ErrEmailTaken.
func (tx *Tx) PutAccount(ctx context.Context, a *atlas.Account) error {
	other, err := tx.q.texts(ctx, "SELECT id FROM account WHERE email_folded = $1 AND id <> $2", emailKey(a.Email), a.ID)
	if err != nil {
		return err
	}
	if len(other) > 0 && a.Email != "" {
		return ErrEmailTaken
	}
	before := *a
	tx.undone(func() { *a = before })
	if a.Version++; a.Version > 1 {
		return tx.changeAccount(ctx, a)
	}
	if err := tx.assignID(ctx, "account", "U", &a.ID); err != nil {
		return err
	}
	return tx.schema.accounts.insert(ctx, tx.q, []atlas.Account{*a})
}

func (tx *Tx) changeAccount(ctx context.Context, a *atlas.Account) error {
	var email, folded, seen any
	if a.Email != "" {
		email, folded = a.Email, emailKey(a.Email)
	}
	if !a.SeenAt.IsZero() {
		seen = a.SeenAt.UTC().Format(timeFormat)
	}
	res, err := tx.q.exec(ctx, `UPDATE account SET email = $2, email_folded = $3, name = $4, lang = $5, state = $6, seen_at = $7, version = $8
		WHERE id = $1 AND version = $9`, a.ID, email, folded, orNull(a.Name), a.Lang, a.State, seen, a.Version, a.Version-1)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return &atlas.ConflictError{Kind: "account", ID: a.ID, Read: a.Version - 1}
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// SeenAccount notes that somebody signed in.
func (tx *Tx) SeenAccount(ctx context.Context, id string, at time.Time) error {
	_, err := tx.q.exec(ctx, "UPDATE account SET seen_at = $2 WHERE id = $1", id, at.UTC().Format(timeFormat))
	return err
}

// grant is a role with whose it is.
type grant struct {
	account string
	atlas.Grant
}

func newGrants() *table[grant] {
	return newTable("role_grant",
		text("account_id", func(g *grant) *string { return &g.account }),
		text("role", func(g *grant) *atlas.Role { return &g.Role }),
		text("territory", func(g *grant) *string { return &g.Territory }),
		text("made_by", func(g *grant) *string { return &g.By }),
		moment("made_at", func(g *grant) *time.Time { return &g.At }),
		date("until", func(g *grant) *atlas.Date { return &g.Until }),
	)
}

// PutGrant gives an account a role, in place of the same one.
func (tx *Tx) PutGrant(ctx context.Context, account string, g atlas.Grant) error {
	if err := tx.DropGrant(ctx, account, g.Role, g.Territory); err != nil {
		return err
	}
	return tx.schema.grants.insert(ctx, tx.q, []grant{{account, g}})
}

// DropGrant takes a role from an account.
func (tx *Tx) DropGrant(ctx context.Context, account string, role atlas.Role, territory string) error {
	_, err := tx.q.exec(ctx, "DELETE FROM role_grant WHERE account_id = $1 AND role = $2 AND COALESCE(territory, '') = $3",
		account, string(role), territory)
	return err
}
