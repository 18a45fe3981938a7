package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/store"
)

// WatchWords is how the pages put what is watched; they know addresses, words
// of fields and how a question is written.
type WatchWords interface {
	// Question reads the subject of a watched search.
	Question(subject string) search.Query
	// Watched names what is watched: "Pardubický kraj".
	Watched(lang string, w store.Watch) string
	// Happened says in a few words what happened to a record.
	Happened(lang string, n News) string
	// Address is the absolute address of the page of a record.
	Address(lang string, n News) string
	// All is the absolute address of the page with all that a person watches.
	All(lang string) string
	// Stop is the absolute address that ends letters by a token, without
	// signing in.
	Stop(lang, token string) string
}

// WatchBy gives the words of the pages. Without them nobody is told anything.
func (a *App) WatchBy(w WatchWords) { a.watching.Store(&w) }

func (a *App) watchWords() WatchWords {
	if w := a.watching.Load(); w != nil {
		return *w
	}
	return nil
}

// MostWatches is how many things one account can watch; more is no person.
const MostWatches = 100

// longestSubject is that of a watched question in bytes.
const longestSubject = 8000

// Periods are how often somebody can be told, in the order of forms.
var Periods = []string{store.WatchDaily, store.WatchWeekly, store.WatchInstantly, store.WatchFeedOnly}

// Deeds about watches in the audit log. What somebody watches is not there: it
// is nobody's business.
const (
	auditWatch   = "watch"        // begun
	auditRewatch = "watch_change" // period, pause, address of the feed
	auditUnwatch = "watch_end"
	auditQuiet   = "watch_stop" // letters were stopped by their link
)

func invalid(field, key string) error {
	return &atlas.InvalidError{Problems: []atlas.Problem{{Field: field, Key: key}}}
}

// Begin has a person watch something. What they watch already is
// atlas.ErrConflict; what is not there or not for them atlas.ErrNotFound.
func (a *App) Begin(ctx context.Context, v atlas.Viewer, kind, subject, period string) (store.Watch, error) {
	w := store.Watch{Account: v.Account, Kind: kind, Subject: subject, Period: period}
	if !a.may(v, atlas.RightAccount, atlas.Subject{}) {
		return w, atlas.ErrForbidden
	}
	if !slices.Contains(Periods, period) {
		return w, invalid("obdobi", "watching.problem.period")
	}
	if err := a.watchable(ctx, v, kind, subject); err != nil {
		return w, err
	}
	err := a.store.Update(ctx, func(tx *store.Tx) error {
		theirs, err := tx.Watches(ctx, v.Account)
		if err != nil {
			return err
		}
		if len(theirs) >= MostWatches {
			return invalid("co", "watching.problem.many")
		}
		if w.ToldSeq, err = tx.LastChange(ctx); err != nil {
			return err
		}
		w.CreatedAt = a.now().UTC()
		w.ToldAt = w.CreatedAt
		return errors.Join(tx.PutWatch(ctx, &w), a.noteWatch(ctx, tx, v.Account, auditWatch, w.ID))
	})
	return w, err
}

// watchable says whether a subject is one: a place, or a record that the viewer
// may read.
func (a *App) watchable(ctx context.Context, v atlas.Viewer, kind, subject string) error {
	switch kind {
	case store.WatchSearch:
		if len(subject) > longestSubject {
			return invalid("co", "watching.problem.long")
		}
		return nil
	case store.WatchTerritory:
		if _, ok := a.Places().Get(subject); !ok {
			return atlas.ErrNotFound
		}
		return nil
	}
	record, err := a.watchedRecord(ctx, kind, subject)
	if err == nil && !a.may(v, atlas.RightRead, subjectOf(record)) {
		err = atlas.ErrNotFound
	}
	return err
}

// watchedRecord reads the record that is watched.
func (a *App) watchedRecord(ctx context.Context, kind, id string) (any, error) {
	switch of := KindOf(id); {
	case kind == store.WatchOrganisation && of == atlas.KindActor, kind == store.WatchRecord && of == atlas.KindActor:
		return a.Reader().Actor(ctx, id)
	case kind == store.WatchRecord && of == atlas.KindProject:
		return a.Reader().Project(ctx, id)
	case kind == store.WatchRecord && of == atlas.KindCall:
		return a.Reader().Call(ctx, id)
	case kind == store.WatchRecord && (of == atlas.KindExtent || of == atlas.KindNeed || of == atlas.KindPractice):
		return recordOf(ctx, a.Reader(), of, id)
	}
	return nil, atlas.ErrNotFound
}

// KindOf is the kind of a record by its id; "" of none that is watched.
func KindOf(id string) string {
	prefix, _, _ := strings.Cut(id, "-")
	switch prefix {
	case "P":
		return atlas.KindProject
	case "A":
		return atlas.KindActor
	case "V":
		return atlas.KindCall
	case "Z":
		return atlas.KindExtent
	case "T":
		return atlas.KindNeed
	case "K":
		return atlas.KindPractice
	}
	return ""
}

func (a *App) noteWatch(ctx context.Context, tx *store.Tx, by, action, subject string) error {
	return tx.Audit(ctx, store.AuditEntry{At: a.now(), By: by, Action: action, Subject: subject})
}

// Rewatch changes how a person is told of what they watch. What happened while a
// watch was paused, or had a feed only, is not told afterwards.
func (a *App) Rewatch(ctx context.Context, v atlas.Viewer, id, period string, paused bool) error {
	if !slices.Contains(Periods, period) {
		return invalid("obdobi", "watching.problem.period")
	}
	return a.changeWatch(ctx, v, id, func(tx *store.Tx, w *store.Watch) (err error) {
		if w.Paused && !paused || w.Period == store.WatchFeedOnly && period != w.Period {
			if w.ToldSeq, err = tx.LastChange(ctx); err != nil {
				return err
			}
		}
		if w.Paused != paused || w.Period != period {
			w.ToldAt = a.now().UTC()
		}
		w.Period, w.Paused = period, paused
		return nil
	})
}

// RenewFeed gives the feed of a watch another address; the old one ends.
func (a *App) RenewFeed(ctx context.Context, v atlas.Viewer, id string) error {
	return a.changeWatch(ctx, v, id, func(_ *store.Tx, w *store.Watch) error {
		w.Feed = ""
		return nil
	})
}

func (a *App) changeWatch(ctx context.Context, v atlas.Viewer, id string, change func(*store.Tx, *store.Watch) error) error {
	if !a.may(v, atlas.RightAccount, atlas.Subject{}) {
		return atlas.ErrForbidden
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		w, err := tx.Watch(ctx, id)
		if err == nil && w.Account != v.Account {
			err = atlas.ErrNotFound
		}
		if err == nil {
			err = change(tx, &w)
		}
		if err != nil {
			return err
		}
		return errors.Join(tx.PutWatch(ctx, &w), a.noteWatch(ctx, tx, v.Account, auditRewatch, id))
	})
}

// Unwatch ends a watch.
func (a *App) Unwatch(ctx context.Context, v atlas.Viewer, id string) error {
	if !a.may(v, atlas.RightAccount, atlas.Subject{}) {
		return atlas.ErrForbidden
	}
	return a.store.Update(ctx, func(tx *store.Tx) error {
		return errors.Join(tx.DropWatch(ctx, v.Account, id), a.noteWatch(ctx, tx, v.Account, auditUnwatch, id))
	})
}

// StopToken is what the link at the end of a letter says: whose letters of which
// period it ends. It never expires.
func (a *App) StopToken(account, period string) string {
	return a.keys.signer.Unsubscribe(account + " " + period)
}

// ReadStop reads the token of a letter; false says that it is not ours.
func (a *App) ReadStop(token string) (account, period string, ok bool) {
	said, ok := a.keys.signer.ReadUnsubscribe(token)
	account, period, two := strings.Cut(said, " ")
	return account, period, ok && two && slices.Contains(Periods, period)
}

// StopLetters pauses what somebody watches with the period of a letter, or all
// of it. Nothing is lost by it, as letters get forwarded: who signs in can go on.
// It says how many watches were paused by it; none when that was done before.
func (a *App) StopLetters(ctx context.Context, token string, all bool) (stopped int64, err error) {
	account, period, ok := a.ReadStop(token)
	if !ok {
		return 0, atlas.ErrNotFound
	}
	if all {
		period = ""
	}
	err = a.store.Update(ctx, func(tx *store.Tx) error {
		if stopped, err = tx.PauseWatches(ctx, account, period); err != nil || stopped == 0 {
			return err
		}
		return a.noteWatch(ctx, tx, account, auditQuiet, account)
	})
	return stopped, err
}
