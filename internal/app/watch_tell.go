package app

import (
	"context"
	"errors"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// How people are told.
const (
	// lookForNewsEvery is how often it is looked whether somebody is to be told.
	lookForNewsEvery = 20 * time.Second
	// atOncePause is how long after a letter at once a person gets no other.
	atOncePause = 15 * time.Minute
	// digestHour is when digests are made up, in Prague.
	digestHour = 7
	// mostItems of a letter, and of one watch in it; the others are counted.
	mostItems, mostOfWatch = 60, 20
)

// KeepTelling tells people what is new in what they watch until ctx ends. Any
// number of processes may do so: what one has told, the others do not.
func (a *App) KeepTelling(ctx context.Context) {
	if a.letters == nil || a.watchWords() == nil {
		return
	}
	for ctx.Err() == nil {
		if err := a.TellWatchers(ctx); err != nil && ctx.Err() == nil {
			a.log.Error("people cannot be told what is new; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(lookForNewsEvery):
		}
	}
}

// watchTimes are the times by which it is known who is to be told now.
func watchTimes(now time.Time, head int64) store.WatchTimes {
	return store.WatchTimes{Now: now.UTC(), Head: head, Daily: lastDaily(now), Weekly: lastWeekly(now), Pause: atOncePause}
}

// lastDaily is the last seven o'clock in Prague, lastWeekly that of a Monday, in
// summer time as in winter time.
func lastDaily(now time.Time) time.Time { return lastDigest(now, 0, 1) }

func lastWeekly(now time.Time) time.Time {
	sinceMonday := (int(now.In(i18n.Prague).Weekday()) + 6) % 7
	return lastDigest(now, sinceMonday, 7)
}

// lastDigest is seven o'clock of so many days ago, or some days sooner when that
// is still to come.
func lastDigest(now time.Time, daysAgo, sooner int) time.Time {
	y, m, d := now.In(i18n.Prague).Date()
	at := time.Date(y, m, d-daysAgo, digestHour, 0, 0, 0, i18n.Prague)
	if at.After(now) {
		at = time.Date(y, m, d-daysAgo-sooner, digestHour, 0, 0, 0, i18n.Prague)
	}
	return at.UTC()
}

// TellWatchers puts letters for all who are to be told something now: one for
// each person and period. Who is told, and up to which change, is written in the
// transaction of the letter, so that nothing is told twice, whatever process
// dies, and by whatever clock.
//
// When nobody is due it costs two reads; else what an editor does, a transaction
// for each letter and one for all who have nothing to be told.
func (a *App) TellWatchers(ctx context.Context) error {
	if a.letters == nil || a.watchWords() == nil {
		return nil
	}
	head, err := a.settled(ctx)
	if err != nil {
		return err
	}
	t := watchTimes(a.now(), head)
	due, err := a.Reader().DueWatches(ctx, t)
	if err != nil || len(due) == 0 {
		return err
	}
	since := head
	for _, w := range due {
		since = min(since, w.ToldSeq)
	}
	g, err := a.readGazette(ctx, since, head)
	if err != nil {
		return err
	}
	e, err := a.edit(ctx, g, due)
	if err != nil {
		return err
	}
	var quiet []store.Watch
	var failed error
	for len(due) > 0 {
		n := 1
		for n < len(due) && due[n].Account == due[0].Account && due[n].Period == due[0].Period {
			n++
		}
		told, err := a.tellPerson(ctx, e, due[:n], t)
		if err == nil && !told {
			quiet = append(quiet, due[:n]...)
		}
		failed = errors.Join(failed, err)
		due = due[n:]
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if len(quiet) == 0 {
		return failed
	}
	return errors.Join(failed, a.store.Update(ctx, func(tx *store.Tx) error { return tx.NothingToTell(ctx, quiet, head, t.Now) }))
}

// settled is up to which change everything is in memory.
func (a *App) settled(ctx context.Context) (int64, error) {
	if err := a.catchUp(ctx); err != nil {
		return 0, err
	}
	a.building.Lock() // an index that is being built is said to be there already
	defer a.building.Unlock()
	return a.appliedNow(), nil
}

// tellPerson puts the letter about some watches of one person and period; false
// says that there is nothing to tell.
func (a *App) tellPerson(ctx context.Context, e *editor, watches []store.Watch, t store.WatchTimes) (bool, error) {
	found := make([]told, len(watches))
	some := false
	for i, w := range watches {
		var err error
		if found[i], err = e.newsFor(ctx, w.Kind, w.Subject, w.ToldSeq); err != nil {
			return false, err
		}
		some = some || len(found[i].news) > 0 || found[i].more > 0
	}
	if !some {
		return false, nil
	}
	who, err := a.Reader().Account(ctx, watches[0].Account)
	if err != nil {
		return false, err
	}
	letter, err := a.letters.Compose(mail.Recipient{Address: who.Email, Name: who.Name, Lang: who.Lang}, a.digest(who.Lang, watches, found))
	unreachable := errors.Is(err, mail.ErrAddress)
	if err != nil && !unreachable {
		return false, err
	}
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.Tell(ctx, watches, t.Head, t); err != nil {
			return err
		}
		now, err := tx.Account(ctx, who.ID)
		if err != nil {
			return err
		}
		if now.State != atlas.AccountActive || now.Email != who.Email {
			return store.ErrTold // the next round will see
		}
		if unreachable {
			return nil
		}
		return PutLetter(ctx, tx, letter, t.Now)
	})
	switch {
	case errors.Is(err, store.ErrTold):
		return true, nil
	case err == nil && unreachable:
		a.log.Warn("an account has an address that cannot be written to", "account", who.ID)
	}
	return true, err
}

// digest is what a letter says.
func (a *App) digest(lang string, watches []store.Watch, found []told) mail.Digest {
	words := a.watchWords()
	d := mail.Digest{Period: mail.Period(watches[0].Period), Link: words.All(lang)}
	d.Unsubscribe = words.Stop(lang, a.StopToken(watches[0].Account, watches[0].Period))
	for i, w := range watches {
		news := found[i].news
		shown := min(len(news), mostOfWatch, mostItems-len(d.Items))
		for _, n := range news[:shown] {
			d.Items = append(d.Items, mail.DigestItem{
				Watch: words.Watched(lang, w), Title: n.Title(lang), What: words.Happened(lang, n), Link: words.Address(lang, n),
			})
		}
		d.More += len(news) - shown + found[i].more
	}
	return d
}
