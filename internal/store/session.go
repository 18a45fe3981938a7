package store

import (
	"context"
	"fmt"
	"time"

	"atlas"
)

// Session (přihlášení) is a browser in which somebody is signed in. Hash is of
// the secret in its cookie, which is not stored.
type Session struct {
	Hash    string
	Account string
	Device  string // browser and system in words, as it said of itself
	Strong  bool   // a second factor, or a passkey, was shown
	// ConfirmedAt is when who sits there last proved it: changes of the account
	// itself ask for it again.
	ConfirmedAt                  time.Time
	CreatedAt, UsedAt, ExpiresAt time.Time
}

func newSessions() *table[Session] {
	type s = Session
	return newTable("session",
		text("hash", func(r *s) *string { return &r.Hash }),
		text("account_id", func(r *s) *string { return &r.Account }),
		text("device", func(r *s) *string { return &r.Device }),
		yesNo("strong", func(r *s) *bool { return &r.Strong }),
		moment("confirmed_at", func(r *s) *time.Time { return &r.ConfirmedAt }),
		moment("created_at", func(r *s) *time.Time { return &r.CreatedAt }),
		moment("used_at", func(r *s) *time.Time { return &r.UsedAt }),
		moment("expires_at", func(r *s) *time.Time { return &r.ExpiresAt }),
	)
}

// SessionIdle is after how long a session ends that nobody uses.
const SessionIdle = 7 * 24 * time.Hour

// Session reads the session of a cookie as long as it has not expired and was used
// lately; atlas.ErrNotFound else.
func (r *Reader) Session(ctx context.Context, hash string, now time.Time) (Session, error) {
	all, err := r.sessions(ctx, "WHERE hash = $1 AND expires_at > $2 AND used_at > $3", hash, at(now), at(now.Add(-SessionIdle)))
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("session: %w", atlas.ErrNotFound)
	}
	if err != nil {
		return Session{}, err
	}
	return all[0], nil
}

// Sessions reads where an account is signed in, the last used first.
func (r *Reader) Sessions(ctx context.Context, account string, now time.Time) ([]Session, error) {
	return r.sessions(ctx, "WHERE account_id = $1 AND expires_at > $2 AND used_at > $3 ORDER BY used_at DESC", account, at(now), at(now.Add(-SessionIdle)))
}

func (r *Reader) sessions(ctx context.Context, rest string, args ...any) ([]Session, error) {
	var out []Session
	err := r.schema.sessions.each(ctx, r.q, rest, args, func(s *Session) error {
		out = append(out, *s)
		return nil
	})
	return out, err
}

// PutSession writes a session in place of the one with the same hash.
func (tx *Tx) PutSession(ctx context.Context, s Session) error {
	if err := tx.EndSession(ctx, s.Account, s.Hash); err != nil {
		return err
	}
	return tx.schema.sessions.insert(ctx, tx.q, []Session{s})
}

// EndSession signs an account out of one browser.
func (tx *Tx) EndSession(ctx context.Context, account, hash string) error {
	_, err := tx.q.exec(ctx, "DELETE FROM session WHERE account_id = $1 AND hash = $2", account, hash)
	return err
}

// EndSessions signs an account out everywhere but in one browser; "" = in all.
func (tx *Tx) EndSessions(ctx context.Context, account, but string) error {
	_, err := tx.q.exec(ctx, "DELETE FROM session WHERE account_id = $1 AND hash <> $2", account, but)
	return err
}

// Link is a link sent by e-mail. It is good once.
type Link struct {
	Hash                         string // of the secret in it
	Purpose                      string
	Email                        string // where it was sent
	Account                      string // "" where there is no account yet
	Detail                       string // what the purpose needs, in words of its own
	CreatedAt, ExpiresAt, UsedAt time.Time
}

func newLinks() *table[Link] {
	type l = Link
	return newTable("login_link",
		text("hash", func(r *l) *string { return &r.Hash }),
		text("purpose", func(r *l) *string { return &r.Purpose }),
		text("email", func(r *l) *string { return &r.Email }),
		text("account_id", func(r *l) *string { return &r.Account }),
		text("detail", func(r *l) *string { return &r.Detail }),
		moment("created_at", func(r *l) *time.Time { return &r.CreatedAt }),
		moment("expires_at", func(r *l) *time.Time { return &r.ExpiresAt }),
		moment("used_at", func(r *l) *time.Time { return &r.UsedAt }),
	)
}

// PutLink keeps a link that is about to be sent.
func (tx *Tx) PutLink(ctx context.Context, l Link) error {
	return tx.schema.links.insert(ctx, tx.q, []Link{l})
}

// Link reads a link, also one that was used or has expired: what is said then
// differs. atlas.ErrNotFound when there never was one.
func (r *Reader) Link(ctx context.Context, hash string) (Link, error) {
	var out *Link
	err := r.schema.links.each(ctx, r.q, "WHERE hash = $1", []any{hash}, func(l *Link) error {
		kept := *l
		out = &kept
		return nil
	})
	if err == nil && out == nil {
		err = fmt.Errorf("link: %w", atlas.ErrNotFound)
	}
	if err != nil {
		return Link{}, err
	}
	return *out, nil
}

// LinksOpen reads the links for a purpose and a detail that may still be used,
// the oldest first.
func (r *Reader) LinksOpen(ctx context.Context, purpose, detail string, now time.Time) ([]Link, error) {
	var out []Link
	err := r.schema.links.each(ctx, r.q, "WHERE purpose = $1 AND detail = $2 AND used_at IS NULL AND expires_at > $3 ORDER BY created_at, hash",
		[]any{purpose, detail, now.UTC().Format(timeFormat)}, func(l *Link) error {
			out = append(out, *l)
			return nil
		})
	return out, err
}

// CloseLinks makes the links for a purpose and a detail that went to an e-mail
// good no more, and says whether there was one.
func (tx *Tx) CloseLinks(ctx context.Context, purpose, detail, email string, now time.Time) (bool, error) {
	return tx.one(ctx, "UPDATE login_link SET used_at = $4 WHERE purpose = $1 AND detail = $2 AND email = $3 AND used_at IS NULL",
		purpose, detail, email, now.UTC().Format(timeFormat))
}

// UseLink marks a link as used; false when it was used before.
func (tx *Tx) UseLink(ctx context.Context, hash string, now time.Time) (bool, error) {
	res, err := tx.q.exec(ctx, "UPDATE login_link SET used_at = $2 WHERE hash = $1 AND used_at IS NULL", hash, now.UTC().Format(timeFormat))
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// LinksSent is how many links for a purpose went to an e-mail between two times.
// Those from a time to come, before the clock was put back, do not count.
func (r *Reader) LinksSent(ctx context.Context, purpose, email string, since, until time.Time) (int64, error) {
	return r.q.number(ctx, "SELECT COUNT(*) FROM login_link WHERE email = $1 AND purpose = $2 AND created_at > $3 AND created_at <= $4",
		email, purpose, since.UTC().Format(timeFormat), until.UTC().Format(timeFormat))
}

// PurgeSessions deletes sessions and links that ended before a time, and says
// how many.
func (tx *Tx) PurgeSessions(ctx context.Context, before time.Time) (sessions, links int64, err error) {
	if sessions, err = tx.shred(ctx, "session", "expires_at < $1 OR used_at < $2", at(before), at(before.Add(-SessionIdle))); err != nil {
		return 0, 0, err
	}
	links, err = tx.shred(ctx, "login_link", "expires_at < $1", at(before))
	return sessions, links, err
}

// DropLinks takes away the links that were sent for an account.
func (tx *Tx) DropLinks(ctx context.Context, account string) error {
	_, err := tx.q.exec(ctx, "DELETE FROM login_link WHERE account_id = $1", account)
	return err
}
