package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"atlas"
)

// States of a letter.
const (
	LetterWaiting = "waiting"
	LetterSent    = "sent"
	LetterFailed  = "failed" // given up
)

// Letter (dopis) is an e-mail on its way.
type Letter struct {
	ID          string
	Kind, Lang  string
	To, ToName  string
	Subject     string
	Text, HTML  string // "" once it was sent
	Unsubscribe string
	// ExpiresAt is from when it is not to be sent any more; zero = never.
	ExpiresAt time.Time

	State    string
	PutAt    time.Time
	Attempts int       // how many were begun
	TriedAt  time.Time // when the last one began; zero = never
	DueAt    time.Time // when the next one is due
	EndedAt  time.Time // when it was sent or given up; zero = waits
	// Failure of the last attempt as a key of messages, and in words of the
	// server; "" = none.
	Failure, Cause string

	// Lease is the right to send the letter; others may from LeasedUntil on.
	Lease       string
	LeasedUntil time.Time
}

func newLetters() *table[Letter] {
	type l = Letter
	return newTable("outbox",
		text("id", func(r *l) *string { return &r.ID }),
		text("kind", func(r *l) *string { return &r.Kind }),
		text("lang", func(r *l) *string { return &r.Lang }),
		text("recipient", func(r *l) *string { return &r.To }),
		text("recipient_name", func(r *l) *string { return &r.ToName }),
		text("subject", func(r *l) *string { return &r.Subject }),
		text("body", func(r *l) *string { return &r.Text }),
		text("html", func(r *l) *string { return &r.HTML }),
		text("unsubscribe", func(r *l) *string { return &r.Unsubscribe }),
		moment("expires_at", func(r *l) *time.Time { return &r.ExpiresAt }),
		text("state", func(r *l) *string { return &r.State }),
		moment("put_at", func(r *l) *time.Time { return &r.PutAt }),
		counted("attempts", func(r *l) *int { return &r.Attempts }),
		moment("tried_at", func(r *l) *time.Time { return &r.TriedAt }),
		moment("due_at", func(r *l) *time.Time { return &r.DueAt }),
		text("lease", func(r *l) *string { return &r.Lease }),
		moment("leased_until", func(r *l) *time.Time { return &r.LeasedUntil }),
		moment("ended_at", func(r *l) *time.Time { return &r.EndedAt }),
		text("failure", func(r *l) *string { return &r.Failure }),
		text("cause", func(r *l) *string { return &r.Cause }),
	)
}

// PutLetter has a letter sent once the transaction is committed, at once if
// somebody in this process waits for Posted.
func (tx *Tx) PutLetter(ctx context.Context, l Letter, at time.Time) error {
	l.State, l.PutAt, l.DueAt = LetterWaiting, at, at
	l.Attempts, l.TriedAt, l.EndedAt, l.Lease, l.LeasedUntil = 0, time.Time{}, time.Time{}, "", time.Time{}
	l.Failure, l.Cause = "", ""
	tx.letters++
	return tx.schema.letters.insert(ctx, tx.q, []Letter{l})
}

// Posted gives a channel that is closed when a letter is put in this process.
func (s *Store) Posted() <-chan struct{} { return s.posted.wait() }

// skew is how far the clocks of two processes may differ before it counts as a
// clock that was put back.
const skew = time.Minute

// due is the condition that a letter is to be tried at $1. One that was never
// tried is due whatever the clock says; and where the clock was put back behind
// the last attempt ($2 = $1 and skew), waiting for it to come round again is not
// right either. A lease holds no letter longer than it can ($3).
const due = `state = 'waiting' AND (attempts = 0 OR due_at <= $1 OR tried_at > $2)
	AND (lease IS NULL OR leased_until <= $1 OR leased_until > $3)`

func dueArgs(now time.Time, lease time.Duration) []any {
	return []any{at(now), at(now.Add(skew)), at(now.Add(2*lease + skew))}
}

func at(t time.Time) string { return t.UTC().Format(timeFormat) }

// ClaimLetter takes the letter that has been due the longest, for as long as the
// lease, within which nobody else gets it: neither another process. The attempt
// counts from now on, even when the process dies of it. atlas.ErrNotFound says
// that none is due.
func (s *Store) ClaimLetter(ctx context.Context, now time.Time, lease time.Duration) (Letter, error) {
	var l Letter
	n, err := s.q.number(ctx, "SELECT COUNT(*) FROM outbox WHERE "+due, dueArgs(now, lease)...)
	if err == nil && n == 0 { // asked without keeping other writers out
		err = atlas.ErrNotFound
	}
	if err != nil {
		return l, err
	}
	err = s.Update(ctx, func(tx *Tx) error {
		l = Letter{}
		err := tx.schema.letters.each(ctx, tx.q, "WHERE "+due+" ORDER BY due_at, id LIMIT 1", dueArgs(now, lease),
			func(found *Letter) error { l = *found; return nil })
		if err != nil {
			return err
		}
		if l.ID == "" {
			return atlas.ErrNotFound
		}
		l.Lease, l.LeasedUntil = rand.Text(), now.Add(lease)
		l.Attempts, l.TriedAt = l.Attempts+1, now
		_, err = tx.q.exec(ctx, "UPDATE outbox SET lease = $2, leased_until = $3, attempts = $4, tried_at = $5 WHERE id = $1",
			l.ID, l.Lease, at(l.LeasedUntil), l.Attempts, at(now))
		return err
	})
	return l, err
}

// ErrLease says that the lease of a letter ran out and somebody else has it.
var ErrLease = errors.New("somebody else sends the letter")

// LetterDone says that a claimed letter was sent. What it said is deleted.
func (s *Store) LetterDone(ctx context.Context, l Letter, now time.Time) error {
	return s.settleLetter(ctx, l, `state = 'sent', ended_at = $3, body = NULL, html = NULL, unsubscribe = NULL,
		failure = NULL, cause = NULL`, at(now))
}

// LetterLater says that a claimed letter was not sent, why, and when it is to be
// tried again.
func (s *Store) LetterLater(ctx context.Context, l Letter, failure, cause string, due time.Time) error {
	return s.settleLetter(ctx, l, "failure = $3, cause = $4, due_at = $5", failure, said(cause), at(due))
}

// LetterFailed gives a claimed letter up. It stays, with why, until it is purged.
func (s *Store) LetterFailed(ctx context.Context, l Letter, failure, cause string, now time.Time) error {
	return s.settleLetter(ctx, l, "state = 'failed', failure = $3, cause = $4, ended_at = $5", failure, said(cause), at(now))
}

// LetterExpired gives a claimed letter up whose time is over. What it said is
// deleted, as nobody can have any use of it.
func (s *Store) LetterExpired(ctx context.Context, l Letter, failure string, now time.Time) error {
	return s.settleLetter(ctx, l, `state = 'failed', failure = $3, cause = NULL, ended_at = $4,
		body = NULL, html = NULL, unsubscribe = NULL`, failure, at(now))
}

// settleLetter ends a lease by what became of the letter.
func (s *Store) settleLetter(ctx context.Context, l Letter, set string, args ...any) error {
	return s.Update(ctx, func(tx *Tx) error {
		return tx.q.engine.shredding(ctx, tx, func() error {
			done, err := tx.one(ctx, "UPDATE outbox SET lease = NULL, leased_until = NULL, "+set+
				" WHERE id = $1 AND lease = $2", append([]any{l.ID, l.Lease}, args...)...)
			if err != nil || !done {
				return fmt.Errorf("letter %s: %w", l.ID, cmp.Or(err, ErrLease))
			}
			return nil
		})
	})
}

// longestCause is how many bytes of a server's answer are kept.
const longestCause = 500

// said makes a cause fit to be stored; nil when there is none.
func said(cause string) any {
	if len(cause) > longestCause {
		cause = cause[:longestCause]
	}
	cause = strings.ReplaceAll(strings.ToValidUTF8(cause, ""), "\x00", "")
	if cause == "" {
		return nil
	}
	return cause
}

// PurgeLetters deletes, with the address and all, the letters that were sent or
// given up before a moment, and says how many.
func (tx *Tx) PurgeLetters(ctx context.Context, before time.Time) (int64, error) {
	return tx.shred(ctx, "outbox", "ended_at < $1", at(before))
}

// Letters reads letters of a state, the last put first, without what they say.
func (r *Reader) Letters(ctx context.Context, state string, limit int) ([]Letter, error) {
	var out []Letter
	err := r.schema.letters.each(ctx, r.q, "WHERE state = $1 ORDER BY put_at DESC, id LIMIT $2", []any{state, limit},
		func(l *Letter) error {
			l.Text, l.HTML, l.Unsubscribe = "", "", ""
			out = append(out, *l)
			return nil
		})
	return out, err
}

// LettersCount is how many letters of a state there are.
func (r *Reader) LettersCount(ctx context.Context, state string) (int64, error) {
	return r.q.number(ctx, "SELECT COUNT(*) FROM outbox WHERE state = $1", state)
}

// ResendLetter has a letter that was given up, or that waits for its next
// attempt, tried at once; false when there is none such, it is being sent or its
// time is over.
func (tx *Tx) ResendLetter(ctx context.Context, id string, now time.Time) (bool, error) {
	tx.letters++
	return tx.one(ctx, `UPDATE outbox SET state = 'waiting', ended_at = NULL, attempts = 0, put_at = $2, due_at = $2
		WHERE id = $1 AND state <> 'sent' AND (lease IS NULL OR leased_until <= $2) AND (expires_at IS NULL OR expires_at > $2)`, id, at(now))
}

// DiscardLetter deletes a letter that was not sent; false when there is none such
// or it is being sent.
func (tx *Tx) DiscardLetter(ctx context.Context, id string, now time.Time) (bool, error) {
	return tx.one(ctx, "DELETE FROM outbox WHERE id = $1 AND state <> 'sent' AND (lease IS NULL OR leased_until <= $2)", id, at(now))
}
