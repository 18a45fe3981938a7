package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"atlas"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// Outbox (pošta k odeslání) sends the letters that operations put.
type Outbox struct {
	store  *store.Store
	sender *mail.Sender
	log    *slog.Logger
	now    func() time.Time
}

// OutboxOptions of an outbox; the zero value is right for production.
type OutboxOptions struct {
	Log *slog.Logger
	Now func() time.Time // clock
}

// NewOutbox makes an outbox; Run sends.
func NewOutbox(s *store.Store, sender *mail.Sender, o OutboxOptions) *Outbox {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Outbox{store: s, sender: sender, log: o.Log, now: o.Now}
}

// How letters are sent.
const (
	// senders is how many letters are sent at once: one that a server is slow
	// about holds no other back.
	senders = 4
	// lookEvery is how often an outbox looks for letters that nobody woke it for:
	// those of other processes and those to be tried again.
	lookEvery = 15 * time.Second
	// leaseTime is longer than sending can take.
	leaseTime   = 5 * time.Minute
	settleEvery = 2 * time.Second
	// stopTime is how long a letter that is being sent may take after the program
	// was told to stop.
	stopTime = 8 * time.Second

	firstPause   = time.Minute
	longestPause = 12 * time.Hour
	// A letter is given up when it is this old and was tried this often: a machine
	// that was off for a week gives up nothing at once.
	giveUpAfter    = 3 * 24 * time.Hour
	giveUpAttempts = 8

	purgeEvery = time.Hour
	keepFor    = 30 * 24 * time.Hour // addresses of letters sent or given up
)

// LetterExpired is the failure (store.Letter.Failure) of a letter whose link died
// while it waited.
const LetterExpired = mail.FailedExpired

// PutLetter has a letter sent once the transaction is committed. None is put to an
// address that can never be anybody's.
func PutLetter(ctx context.Context, tx *store.Tx, l mail.Letter, at time.Time) error {
	if mail.Nobodys(l.To) {
		return nil
	}
	return tx.PutLetter(ctx, store.Letter{
		ID: l.ID, Kind: l.Kind, Lang: l.Lang, To: l.To, ToName: l.ToName,
		Subject: l.Subject, Text: l.Text, HTML: l.HTML, Unsubscribe: l.Unsubscribe, ExpiresAt: l.Expires,
	}, at)
}

// Run sends letters until ctx ends: at once those that this process puts, within
// fifteen seconds all others. It returns when what was being sent is finished.
func (o *Outbox) Run(ctx context.Context) {
	var all sync.WaitGroup
	for range senders {
		all.Go(func() { o.keepSending(ctx) })
	}
	all.Go(func() { o.keepPurging(ctx) })
	all.Wait()
}

func (o *Outbox) keepSending(ctx context.Context) {
	for ctx.Err() == nil {
		posted := o.store.Posted() // before looking, so that none is missed
		if err := o.sendDue(ctx); err != nil && ctx.Err() == nil {
			o.log.Error("letters cannot be read from the database; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-posted:
		case <-time.After(lookEvery):
		}
	}
}

// sendDue sends one letter after another until none is due.
func (o *Outbox) sendDue(ctx context.Context) error {
	for ctx.Err() == nil {
		l, err := o.store.ClaimLetter(ctx, o.now(), leaseTime)
		if errors.Is(err, atlas.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := o.sendOne(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// sendOne sends a claimed letter and writes what became of it. One whose link died
// while it waited is not sent: it would only puzzle whoever got it. Being told to stop
// cuts it off only after a while, as a letter that breaks off in the middle may
// have arrived.
func (o *Outbox) sendOne(ctx context.Context, l store.Letter) error {
	log := o.log.With("letter", l.ID, "kind", l.Kind, "attempt", l.Attempts)
	if now := o.now(); !l.ExpiresAt.IsZero() && !now.Before(l.ExpiresAt) {
		log.Warn("letter expired before it was sent")
		return o.settle(ctx, log, func(ctx context.Context) error { return o.store.LetterExpired(ctx, l, LetterExpired, now) })
	}
	sending, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(stopTime, cut) })()
	err := o.sender.Send(sending, mail.Letter{
		ID: l.ID, Kind: l.Kind, Lang: l.Lang, To: l.To, ToName: l.ToName,
		Subject: l.Subject, Text: l.Text, HTML: l.HTML, Unsubscribe: l.Unsubscribe,
	})
	if err == nil {
		log.Info("letter sent")
		return o.settle(ctx, log, func(ctx context.Context) error { return o.store.LetterDone(ctx, l, o.now()) })
	}
	failure := &mail.Failure{Key: "mail.failed.broken", Cause: err}
	errors.As(err, &failure)
	// The words of the server may name the address; the log gets the number only.
	log = log.With("why", failure.Key, "code", failure.Code)
	now, cause := o.now(), failure.Cause.Error()
	if failure.Permanent || now.Sub(l.PutAt) >= giveUpAfter && l.Attempts >= giveUpAttempts {
		log.Error("letter given up")
		return o.settle(ctx, log, func(ctx context.Context) error { return o.store.LetterFailed(ctx, l, failure.Key, cause, now) })
	}
	due := now.Add(pauseAfter(l.Attempts))
	if !l.ExpiresAt.IsZero() && due.After(l.ExpiresAt) {
		due = l.ExpiresAt // so that the queue says then that it is over
	}
	log.Warn("letter not sent; it is tried again", "in", due.Sub(now))
	return o.settle(ctx, log, func(ctx context.Context) error { return o.store.LetterLater(ctx, l, failure.Key, cause, due) })
}

// settle writes what became of a letter, and tries while a lasting import keeps
// other writers out: a letter that was sent and is not known to be would be sent
// again. A lost lease means that somebody else deals with it.
func (o *Outbox) settle(ctx context.Context, log *slog.Logger, write func(context.Context) error) error {
	for tries := int(leaseTime / settleEvery / 2); ; tries-- {
		err := write(context.WithoutCancel(ctx))
		if errors.Is(err, store.ErrLease) {
			log.Warn("letter took longer than its lease")
			return nil
		}
		if err == nil || tries == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(settleEvery):
		}
	}
}

// pauseAfter is how long to wait after so many attempts: a minute, two, four, …
// up to twelve hours.
func pauseAfter(attempts int) time.Duration {
	pause := firstPause
	for range attempts - 1 {
		if pause *= 2; pause >= longestPause {
			return longestPause
		}
	}
	return pause
}

func (o *Outbox) keepPurging(ctx context.Context) {
	for ctx.Err() == nil {
		if err := o.purge(ctx); err != nil && ctx.Err() == nil {
			o.log.Error("old letters cannot be deleted; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(purgeEvery):
		}
	}
}

// purge deletes what is known of letters that ended thirty days ago.
func (o *Outbox) purge(ctx context.Context) error {
	var n int64
	err := o.store.Update(ctx, func(tx *store.Tx) (err error) {
		n, err = tx.PurgeLetters(ctx, o.now().Add(-keepFor))
		return err
	})
	if n > 0 {
		o.log.Info("old letters deleted", "letters", n)
	}
	return err
}
