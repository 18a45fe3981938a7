package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"atlas"
)

// Kinds of what is watched.
const (
	WatchSearch       = "search"       // projects that a question finds
	WatchTerritory    = "territory"    // projects in a territory and below
	WatchOrganisation = "organisation" // an actor and its projects
	WatchRecord       = "record"       // a project, an actor or a call
)

// Periods of telling.
const (
	WatchInstantly = "instantly"
	WatchDaily     = "daily"
	WatchWeekly    = "weekly"
	WatchFeedOnly  = "feed" // no letters
)

// Watch (sledování) is what an account wants to be told of.
type Watch struct {
	ID      string // "S-00001"; never given again
	Account string
	Kind    string // WatchSearch, …
	// Subject is the question of a search as the parameters of an address ("" =
	// all projects), the code of a territory or the id of a record.
	Subject   string
	Period    string // WatchInstantly, …
	Feed      string // secret part of the address of its feed
	Paused    bool
	CreatedAt time.Time
	ToldSeq   int64     // changes up to this one were told, or were there before
	ToldAt    time.Time // when it was last looked whether there is anything to tell
	LetterAt  time.Time // when a letter last told of it at once; zero = never
}

func newWatches() *table[Watch] {
	type w = Watch
	return newTable("watch",
		text("id", func(r *w) *string { return &r.ID }),
		text("account_id", func(r *w) *string { return &r.Account }),
		text("kind", func(r *w) *string { return &r.Kind }),
		text("subject", func(r *w) *string { return &r.Subject }),
		text("period", func(r *w) *string { return &r.Period }),
		text("feed", func(r *w) *string { return &r.Feed }),
		yesNo("paused", func(r *w) *bool { return &r.Paused }),
		moment("created_at", func(r *w) *time.Time { return &r.CreatedAt }),
		counted("told_seq", func(r *w) *int64 { return &r.ToldSeq }),
		moment("told_at", func(r *w) *time.Time { return &r.ToldAt }),
		moment("letter_at", func(r *w) *time.Time { return &r.LetterAt }),
	)
}

// Watches reads what an account watches, the first begun first.
func (r *Reader) Watches(ctx context.Context, account string) ([]Watch, error) {
	return r.watches(ctx, "WHERE account_id = $1 ORDER BY id", account)
}

// Watch reads one; atlas.ErrNotFound when there is none.
func (r *Reader) Watch(ctx context.Context, id string) (Watch, error) {
	return r.watch(ctx, "WHERE id = $1", id)
}

// WatchByFeed reads the watch whose feed has an address.
func (r *Reader) WatchByFeed(ctx context.Context, feed string) (Watch, error) {
	return r.watch(ctx, "WHERE feed = $1", feed)
}

func (r *Reader) watch(ctx context.Context, rest string, args ...any) (Watch, error) {
	all, err := r.watches(ctx, rest, args...)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("watch: %w", atlas.ErrNotFound)
	}
	if err != nil {
		return Watch{}, err
	}
	return all[0], nil
}

func (r *Reader) watches(ctx context.Context, rest string, args ...any) ([]Watch, error) {
	var out []Watch
	err := r.schema.watches.each(ctx, r.q, rest, args, func(w *Watch) error {
		out = append(out, *w)
		return nil
	})
	return out, err
}

// WatchTimes say which watches are due.
type WatchTimes struct {
	Now  time.Time
	Head int64 // the newest change there is something to tell of
	// Daily and Weekly are when digests were last due.
	Daily, Weekly time.Time
	// Pause is how long after a letter a person gets no other at once.
	Pause time.Duration
}

// recently is the condition that a person got a letter at once a while ago, by
// the clock of now: one from the future was written before the clock was put back.
const recently = "letter_at > %s AND letter_at <= %s"

// DueWatches reads the watches of active accounts that are to be told of, those
// of one person side by side. Where the clock was put back by more than a
// period, waiting for it to come round again is not right.
func (r *Reader) DueWatches(ctx context.Context, t WatchTimes) ([]Watch, error) {
	return r.watches(ctx, `WHERE paused = FALSE
		AND account_id IN (SELECT id FROM account WHERE state = '`+atlas.AccountActive+`')
		AND (period = 'daily' AND (told_at < $2 OR told_at > $4)
			OR period = 'weekly' AND (told_at < $3 OR told_at > $5)
			OR period = 'instantly' AND told_seq < $1 AND NOT EXISTS (SELECT 1 FROM watch o
				WHERE o.account_id = watch.account_id AND `+fmt.Sprintf(recently, "$6", "$7")+`))
		ORDER BY account_id, period, id`,
		t.Head, at(t.Daily), at(t.Weekly), at(t.Now.Add(24*time.Hour+skew)), at(t.Now.Add(7*24*time.Hour+skew)),
		at(t.Now.Add(-t.Pause)), at(t.Now.Add(skew)))
}

// PutWatch begins a watch, giving it its id and the address of its feed, or
// changes its period, its pause, its feed and up to what was told. One without an
// address of its feed gets a new one. A second watch of one thing is
// atlas.ErrConflict.
func (tx *Tx) PutWatch(ctx context.Context, w *Watch) error {
	before := *w
	tx.undone(func() { *w = before })
	if w.Feed == "" {
		w.Feed = strings.ToLower(rand.Text())
	}
	if w.ID != "" {
		return tx.touch(ctx, "UPDATE watch SET period = $2, paused = $3, feed = $4, told_seq = $5, told_at = $6 WHERE id = $1",
			w.ID, w.Period, w.Paused, w.Feed, w.ToldSeq, at(w.ToldAt))
	}
	same, err := tx.q.texts(ctx, "SELECT id FROM watch WHERE account_id = $1 AND kind = $2 AND COALESCE(subject, '') = $3", w.Account, w.Kind, w.Subject)
	if err != nil || len(same) > 0 {
		return errors.Join(err, atlas.ErrConflict)
	}
	if err := tx.assignID(ctx, "watch", "S", &w.ID); err != nil {
		return err
	}
	return tx.schema.watches.insert(ctx, tx.q, []Watch{*w})
}

// touch runs a statement that must change a row; atlas.ErrNotFound else.
func (tx *Tx) touch(ctx context.Context, text string, args ...any) error {
	res, err := tx.q.exec(ctx, text, args...)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return atlas.ErrNotFound
}

// DropWatch ends a watch of an account; atlas.ErrNotFound where it has none such.
func (tx *Tx) DropWatch(ctx context.Context, account, id string) error {
	return tx.touch(ctx, "DELETE FROM watch WHERE account_id = $1 AND id = $2", account, id)
}

// DropWatches ends all watches of an account: it is being erased.
func (tx *Tx) DropWatches(ctx context.Context, account string) error {
	_, err := tx.q.exec(ctx, "DELETE FROM watch WHERE account_id = $1", account)
	return err
}

// PauseWatches pauses the watches of an account of a period, "" = all, and says
// how many were not paused before.
func (tx *Tx) PauseWatches(ctx context.Context, account, period string) (int64, error) {
	res, err := tx.q.exec(ctx, "UPDATE watch SET paused = TRUE WHERE account_id = $1 AND paused = FALSE AND (period = $2 OR $2 = '')", account, period)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// ErrTold says that a watch has been told of, changed or ended since it was read.
var ErrTold = errors.New("somebody else told of the watch meanwhile")

// Tell notes, in the transaction of the letter, that a person was told of some
// watches of one period up to a change. ErrTold says that another process was
// faster, or that the person has changed or stopped one of them; then the
// transaction must not go through.
func (tx *Tx) Tell(ctx context.Context, told []Watch, head int64, t WatchTimes) error {
	var letter any
	if len(told) > 0 && told[0].Period == WatchInstantly {
		n, err := tx.q.number(ctx, "SELECT COUNT(*) FROM watch WHERE account_id = $1 AND "+fmt.Sprintf(recently, "$2", "$3"),
			told[0].Account, at(t.Now.Add(-t.Pause)), at(t.Now.Add(skew)))
		if err != nil || n > 0 {
			return errors.Join(err, ErrTold)
		}
		letter = at(t.Now)
	}
	for _, w := range told {
		err := tx.touch(ctx, `UPDATE watch SET told_seq = $2, told_at = $3, letter_at = COALESCE($4, letter_at)
			WHERE id = $1 AND told_seq = $5 AND told_at = $6 AND period = $7 AND paused = FALSE`,
			w.ID, max(head, w.ToldSeq), at(t.Now), letter, w.ToldSeq, at(w.ToldAt), w.Period)
		if errors.Is(err, atlas.ErrNotFound) {
			return ErrTold
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// NothingToTell notes that there is nothing to tell of some watches up to a
// change. Those that were changed or told of since they were read stay as they
// are. It costs a statement for each page of watches told up to the same change.
func (tx *Tx) NothingToTell(ctx context.Context, quiet []Watch, head int64, now time.Time) error {
	bySeq := map[int64][]string{}
	for _, w := range quiet {
		bySeq[w.ToldSeq] = append(bySeq[w.ToldSeq], w.ID)
	}
	for seq, ids := range bySeq {
		for page := range slices.Chunk(ids, pageSize) {
			args := []any{max(head, seq), at(now), seq} // a process may be behind the one that told last
			for _, id := range page {
				args = append(args, id)
			}
			_, err := tx.q.exec(ctx, "UPDATE watch SET told_seq = $1, told_at = $2 WHERE told_seq = $3 AND id IN ("+placeholders(4, len(page))+")", args...)
			if err != nil {
				return err
			}
		}
	}
	return nil
}
