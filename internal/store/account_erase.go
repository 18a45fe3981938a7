package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"atlas"
)

// ownedTables are the tables whose rows belong to one account, by the column
// account_id, and go with it when it is erased. A test finds those that are
// forgotten here.
func ownedTables() []string {
	return []string{
		"account_secret", "recovery_code", "passkey", "account_identity", "session", "login_link",
		"role_grant", "membership", "draft", "consent", "account_warning", "watch",
	}
}

// EraseAccount takes away all that is known of a person who had an account. Of
// the account its code and the day of erasure are left: what it wrote, gave or
// decided is signed by the code. What becomes of each field:
//
//   - e-mail, name, when it was founded and last used: gone;
//   - passwords, one-time codes, recovery codes, passkeys, identities at other
//     providers, sessions: gone;
//   - roles, memberships, drafts, watches: gone;
//   - consents: gone, as nothing is processed by them any more; that one was
//     given or taken back stands in the audit log under the code;
//   - links and letters to the address, whoever sent them, and letters to others
//     that name the person: gone;
//   - what it wrote to editors and why it changed something: gone; so are
//     corrections that came back to it, which nobody could send again;
//   - private self-checks, sheets that it never submitted and those that no result
//     rests on: gone, with all their snapshots;
//   - sheets and evaluations that a result rests on: they stay, signed by the code,
//     without its name, its address and the reasons why it left a panel;
//   - its own contact, in records as they stand, in their history and in what was
//     proposed, and itself as the speaker of a video or as who measured: gone. It is known by the e-mail of the account anywhere, and by its
//     name in what the account wrote itself. An address that nobody ever signed in by
//     proves nothing and takes nobody's contact away. A snapshot without it takes the
//     place of the one with it (Redact), so the log still proves all else;
//   - mandates, roles and memberships that it gave to others: they hold on,
//     signed by the code;
//   - changes, the audit log, imports: they stay, signed by the code.
//
// What stands in other texts of records and in rows of imports is their content, and
// the author of a photograph belongs to its licence: who finds a name there asks the
// editors.
// On SQLite the place in the file is overwritten – of pages that became free before,
// when they are used again; PostgreSQL frees it by its vacuum. An account that is erased already stays as it is. sentTo are other
// spellings of its address, such as letters have it.
func (tx *Tx) EraseAccount(ctx context.Context, id string, at time.Time, sentTo ...string) error {
	a, err := tx.Account(ctx, id)
	if err != nil || a.State == atlas.AccountErased {
		return err
	}
	person, err := tx.identityOf(ctx, a, append(sentTo, a.Email))
	if err != nil {
		return err
	}
	w := Write{By: id, Origin: "erasure", At: at}
	return tx.q.engine.shredding(ctx, tx, func() error {
		if !a.SeenAt.IsZero() {
			err := tx.eraseContact(ctx, person, w)
			if err = errors.Join(err, tx.eraseFromLetters(ctx, person)); err != nil {
				return err
			}
		}
		if err := errors.Join(tx.eraseWords(ctx, id), tx.eraseJudged(ctx, person, w)); err != nil {
			return err
		}
		for _, table := range ownedTables() {
			if _, err := tx.q.exec(ctx, "DELETE FROM "+table+" WHERE account_id = $1", id); err != nil {
				return fmt.Errorf("erase %s: %w", table, err)
			}
		}
		for table, column := range map[string]string{"login_link": "email", "outbox": "recipient"} {
			for _, email := range append(sentTo, a.Email) {
				if err := tx.forgetAddress(ctx, table, column, email); err != nil {
					return fmt.Errorf("erase %s: %w", table, err)
				}
			}
		}
		day := at.UTC().Truncate(24 * time.Hour).Format(timeFormat)
		_, err = tx.q.exec(ctx, `UPDATE account SET email = NULL, email_folded = NULL, name = NULL, lang = 'cs', state = $2,
			created_at = $3, seen_at = NULL, version = version + 1 WHERE id = $1`, id, atlas.AccountErased, day)
		return err
	})
}

// forgetAddress deletes rows that name an e-mail, however it is written. Letters
// of any alphabet are folded here, because SQLite folds those of ASCII only.
func (tx *Tx) forgetAddress(ctx context.Context, table, column, email string) error {
	all, err := tx.q.texts(ctx, "SELECT DISTINCT "+column+" FROM "+table)
	if err != nil {
		return err
	}
	for _, address := range all {
		if emailKey(address) != emailKey(email) {
			continue
		}
		if _, err := tx.q.exec(ctx, "DELETE FROM "+table+" WHERE "+column+" = $1", address); err != nil {
			return err
		}
	}
	return nil
}

// ChangesBy reads what an account wrote, in its order. Nothing but the index of
// the feed leads there, so the whole feed is read: it is asked once in a while,
// by people who want to know what is kept of them.
func (r *Reader) ChangesBy(ctx context.Context, account string) ([]atlas.Change, error) {
	return r.changes(ctx, "WHERE made_by = $1 ORDER BY seq", account)
}

// ContactIn says in which projects and cards of good practice an e-mail stands as
// that of a contact.
func (r *Reader) ContactIn(ctx context.Context, email string) ([]string, error) {
	ids, err := r.q.texts(ctx, "SELECT DISTINCT project_id FROM project_contact WHERE LOWER(email) = $1 ORDER BY project_id", emailKey(email))
	if err != nil {
		return nil, err
	}
	cards, err := r.q.texts(ctx, "SELECT id FROM practice WHERE contacts IS NOT NULL ORDER BY id")
	if err != nil {
		return nil, err
	}
	found, err := r.Practices(ctx, cards)
	for _, p := range found {
		if slices.ContainsFunc(p.Contacts, func(c atlas.Person) bool { return emailKey(c.Email) == emailKey(email) }) {
			ids = append(ids, p.ID)
		}
	}
	return ids, err
}

// KnownIdentity is who an account is at a provider of identities.
type KnownIdentity struct {
	Issuer, Subject, Account string
	AddedAt                  time.Time
}

func newIdentities() *table[KnownIdentity] {
	type i = KnownIdentity
	return newTable("account_identity",
		text("issuer", func(r *i) *string { return &r.Issuer }),
		text("subject", func(r *i) *string { return &r.Subject }),
		text("account_id", func(r *i) *string { return &r.Account }),
		moment("added_at", func(r *i) *time.Time { return &r.AddedAt }),
	)
}

// Identities reads who an account is at providers of identities.
func (r *Reader) Identities(ctx context.Context, account string) ([]KnownIdentity, error) {
	var out []KnownIdentity
	err := r.schema.identities.each(ctx, r.q, "WHERE account_id = $1 ORDER BY added_at, issuer", []any{account}, func(i *KnownIdentity) error {
		out = append(out, *i)
		return nil
	})
	return out, err
}

// LettersTo reads the letters on their way to an address, or sent to it lately,
// without what they say.
func (r *Reader) LettersTo(ctx context.Context, email string) ([]Letter, error) {
	var out []Letter
	err := r.schema.letters.each(ctx, r.q, "WHERE LOWER(recipient) = $1 ORDER BY put_at, id", []any{emailKey(email)}, func(l *Letter) error {
		l.Text, l.HTML, l.Unsubscribe = "", "", ""
		out = append(out, *l)
		return nil
	})
	return out, err
}
