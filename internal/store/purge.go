package store

import (
	"context"
	"fmt"
	"time"

	"atlas"
)

// shred deletes rows for good and says how many.
func (tx *Tx) shred(ctx context.Context, table, where string, args ...any) (int64, error) {
	var n int64
	err := tx.q.engine.shredding(ctx, tx, func() error {
		res, err := tx.q.exec(ctx, "DELETE FROM "+table+" WHERE "+where, args...)
		if err != nil {
			return fmt.Errorf("purge %s: %w", table, err)
		}
		n, err = res.RowsAffected()
		return err
	})
	return n, err
}

// PurgeDrafts deletes what nobody went on writing since a time, and says how much
// it was.
func (tx *Tx) PurgeDrafts(ctx context.Context, before time.Time) (int64, error) {
	return tx.shred(ctx, "draft", "saved_at < $1", at(before))
}

// PurgeMemberships deletes memberships that were refused or ended before a time,
// and invitations and requests that nobody answered, and says how many.
func (tx *Tx) PurgeMemberships(ctx context.Context, before time.Time) (int64, error) {
	return tx.shred(ctx, "membership", "state <> $1 AND made_at < $2", atlas.MemberActive, at(before))
}

// PurgeGrants deletes roles that ended before a day, and says how many.
func (tx *Tx) PurgeGrants(ctx context.Context, before atlas.Date) (int64, error) {
	return tx.shred(ctx, "role_grant", "until < $1", before.String())
}

// PurgeProposals deletes corrections that came back or were withdrawn before a time
// and that nobody sent again, with what was said about them, and says how many.
func (tx *Tx) PurgeProposals(ctx context.Context, before time.Time) (int64, error) {
	const over = "state IN ('returned', 'withdrawn') AND COALESCE(decided_at, sent_at) < $1"
	if _, err := tx.shred(ctx, "remark", "about IN (SELECT id FROM proposal WHERE "+over+")", at(before)); err != nil {
		return 0, err
	}
	return tx.shred(ctx, "proposal", over, at(before))
}

// PurgeRemarks takes the words away that were written to and by editors before a
// time, and says of how many deeds; that something was done stays. Corrections
// that wait keep theirs.
func (tx *Tx) PurgeRemarks(ctx context.Context, before time.Time) (int64, error) {
	notes, err := tx.shred(ctx, "remark", "deed = 'note' AND made_at < $1", at(before))
	if err != nil {
		return 0, err
	}
	var said int64
	err = tx.q.engine.shredding(ctx, tx, func() error {
		for _, statement := range []string{
			"UPDATE remark SET text = NULL WHERE text IS NOT NULL AND made_at < $1",
			"UPDATE proposal SET note = NULL WHERE note IS NOT NULL AND state = 'accepted' AND decided_at < $1",
		} {
			res, err := tx.q.exec(ctx, statement, at(before))
			if err != nil {
				return fmt.Errorf("purge words: %w", err)
			}
			n, err := res.RowsAffected()
			if err != nil {
				return err
			}
			said += n
		}
		return nil
	})
	return notes + said, err
}

// NeverSignedIn reads the codes of accounts that were founded before a time and
// that nobody signed in to since.
func (r *Reader) NeverSignedIn(ctx context.Context, before time.Time) ([]string, error) {
	return r.q.texts(ctx, "SELECT id FROM account WHERE state = $1 AND seen_at IS NULL AND created_at < $2 ORDER BY id",
		atlas.AccountActive, at(before))
}

// Asleep is an account that nobody signed in to for long.
type Asleep struct {
	ID       string
	SeenAt   time.Time
	Warnings int       // letters sent since, that it will be erased
	WarnedAt time.Time // the last of them; zero = none
}

// Asleep reads the accounts that nobody signed in to since a time, those asleep
// the longest first.
func (r *Reader) Asleep(ctx context.Context, since time.Time) ([]Asleep, error) {
	rows, err := r.q.query(ctx, `SELECT a.id, a.seen_at, COUNT(w.number), MAX(w.sent_at) FROM account a
		LEFT JOIN account_warning w ON w.account_id = a.id AND w.sent_at > a.seen_at
		WHERE a.state <> $1 AND a.seen_at < $2 GROUP BY a.id, a.seen_at ORDER BY a.seen_at, a.id`, atlas.AccountErased, at(since))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Asleep
	for rows.Next() {
		var a Asleep
		if err := rows.Scan(&a.ID, timeCell{&a.SeenAt}, &a.Warnings, timeCell{&a.WarnedAt}); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, r.q.engine.explain(rows.Err())
}

// PutWarning notes that the owner of an account was warned for the n-th time;
// warnings from before the last signing in are forgotten.
func (tx *Tx) PutWarning(ctx context.Context, account string, number int, sent time.Time) error {
	_, err := tx.q.exec(ctx, "DELETE FROM account_warning WHERE account_id = $1 AND number >= $2", account, number)
	if err != nil {
		return err
	}
	_, err = tx.q.exec(ctx, "INSERT INTO account_warning (account_id, number, sent_at) VALUES ($1, $2, $3)", account, number, at(sent))
	return err
}

// PurgeWarnings forgets warnings after which somebody signed in.
func (tx *Tx) PurgeWarnings(ctx context.Context) (int64, error) {
	return tx.shred(ctx, "account_warning", "EXISTS (SELECT 1 FROM account a WHERE a.id = account_id AND a.seen_at >= sent_at)")
}
