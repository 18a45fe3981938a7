package app_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"atlas/internal/app"
	"atlas/internal/mail"
	"atlas/internal/mail/mailtest"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// clock is a clock that tests put forward and back.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func newClock() *clock { return &clock{now: time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)} }

func mailSender(t *testing.T, s *mailtest.Server) *mail.Sender {
	t.Helper()
	out, err := mail.NewSender(mail.Options{Server: s.URL, TLS: s.TLS, From: "atlas@mesto.example", Timeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sending runs an outbox until the function it gives is called.
func sending(t *testing.T, s *store.Store, sender *mail.Sender, c *clock, log io.Writer) (stop func()) {
	t.Helper()
	o := app.NewOutbox(s, sender, app.OutboxOptions{Now: c.Now, Log: slog.New(slog.NewTextHandler(log, nil))})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { o.Run(ctx); close(done) }()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(stop)
	return stop
}

// postTo puts a letter for each address.
func postTo(t *testing.T, s *store.Store, c *clock, to ...string) {
	t.Helper()
	composer, err := mail.NewComposer(mail.Site{})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx *store.Tx) error {
		for _, address := range to {
			l, err := composer.Compose(mail.Recipient{Address: address}, mail.SignIn{Link: "https://mesto.example/tajny-odkaz", Until: c.Now().AddDate(1, 0, 0)})
			if err != nil {
				return err
			}
			if err := app.PutLetter(t.Context(), tx, l, c.Now()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// await waits until there are n letters of a state that were tried so often.
func await(t *testing.T, s *store.Store, state string, n, attempts int) []store.Letter {
	t.Helper()
	var all []store.Letter
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		var err error
		if all, err = s.Letters(t.Context(), state, 1000); err != nil {
			t.Fatal(err)
		}
		ready := len(all) == n
		for _, l := range all {
			ready = ready && l.Attempts == attempts && l.Lease == ""
		}
		if ready {
			return all
		}
	}
	t.Fatalf("%s: want %d letters of %d attempts, have %+v", state, n, attempts, all)
	return nil
}

func TestALetterPutIsSentAtOnceAndTheLogKnowsNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		server, c := mailtest.Start(t, mailtest.Options{}), newClock()
		var log bytes.Buffer
		stop := sending(t, s, mailSender(t, server), c, &log)
		time.Sleep(50 * time.Millisecond) // it looked and waits
		begun := time.Now()
		postTo(t, s, c, "jana@mesto.example")
		await(t, s, store.LetterSent, 1, 1)
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("took %v", took)
		}
		stop()
		if len(server.Mails()) != 1 || !strings.Contains(log.String(), "sign_in") {
			t.Errorf("%d arrived; %s", len(server.Mails()), log.String())
		}
		for _, secret := range []string{"jana", "tajny", "mesto"} {
			if strings.Contains(log.String(), secret) {
				t.Errorf("the log says %q: %s", secret, log.String())
			}
		}
	})
}

func TestALetterRefusedForNowIsTriedAgainAfterARestart(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		for name, first := range map[string]error{"4xx": mailtest.Refuse(451, "jana@mesto.example: later"), "dropped in DATA": mailtest.Drop} {
			c := newClock()
			server := mailtest.Start(t, mailtest.Options{Content: func(n int) error {
				if n == 1 {
					return first
				}
				return nil
			}})
			s := storetest.Open(t, dsn)
			var log bytes.Buffer
			stop := sending(t, s, mailSender(t, server), c, &log)
			postTo(t, s, c, "jana@mesto.example")
			l := await(t, s, store.LetterWaiting, 1, 1)[0]
			if got := l.DueAt.Sub(c.Now()); got != time.Minute || l.Failure == "" {
				t.Errorf("%s: due in %v, %s", name, got, l.Failure)
			}
			stop()
			if strings.Contains(log.String(), "jana") {
				t.Errorf("%s: the log names the recipient: %s", name, log.String())
			}

			again, err := store.Open(t.Context(), dsn) // as after a restart
			if err != nil {
				t.Fatal(err)
			}
			c.move(time.Minute)
			stop = sending(t, again, mailSender(t, server), c, io.Discard)
			await(t, again, store.LetterSent, 1, 2)
			stop()
			if n := len(server.Mails()); n != 1 {
				t.Errorf("%s: %d arrived", name, n)
			}
			if err := again.Update(t.Context(), func(tx *store.Tx) error { _, err := tx.PurgeLetters(t.Context(), c.Now().Add(time.Hour)); return err }); err != nil {
				t.Fatal(err)
			}
			if err := again.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

func TestALetterThatIsRefusedHoldsNoOtherBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := newClock()
		server := mailtest.Start(t, mailtest.Options{Recipient: func(n int) error {
			if n%2 == 1 {
				return mailtest.Refuse(550, "no such mailbox")
			}
			return nil
		}})
		var to []string
		for i := range 10 {
			to = append(to, fmt.Sprintf("clovek%d@mesto.example", i))
		}
		postTo(t, s, c, to...)
		sending(t, s, mailSender(t, server), c, io.Discard)
		failed := await(t, s, store.LetterFailed, 5, 1)
		await(t, s, store.LetterSent, 5, 1)
		if failed[0].Failure != "mail.failed.recipient" || !strings.Contains(failed[0].Cause, "550") {
			t.Errorf("%+v", failed[0])
		}
	})
}

func TestTwoWorkersOnOneDatabaseSendEachLetterOnce(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		server, c := mailtest.Start(t, mailtest.Options{}), newClock()
		one, two := storetest.Open(t, dsn), storetest.Open(t, dsn)
		var to []string
		for i := range 40 {
			to = append(to, fmt.Sprintf("clovek%d@mesto.example", i))
		}
		postTo(t, one, c, to...)
		stops := []func(){
			sending(t, one, mailSender(t, server), c, io.Discard),
			sending(t, two, mailSender(t, server), c, io.Discard),
		}
		await(t, one, store.LetterSent, len(to), 1)
		for _, stop := range stops {
			stop()
		}
		got := map[string]int{}
		for _, m := range server.Mails() {
			got[m.To]++
		}
		for _, address := range to {
			if got[address] != 1 {
				t.Errorf("%s got %d letters", address, got[address])
			}
		}
	})
}

func TestALetterThatNobodyTakesIsGivenUpAfterThreeDays(t *testing.T) {
	s, c := storetest.Open(t, storetest.SQLite(t)), newClock()
	server := mailtest.Start(t, mailtest.Options{Recipient: func(int) error { return mailtest.Refuse(450, "later") }})
	postTo(t, s, c, "jana@mesto.example")
	begun := c.Now()
	var pauses []time.Duration
	for n := 1; ; n++ {
		stop := sending(t, s, mailSender(t, server), c, io.Discard)
		waiting := awaitAttempt(t, s, n)
		stop()
		if waiting.State == store.LetterFailed {
			if age := c.Now().Sub(begun); age < 72*time.Hour || age > 85*time.Hour || waiting.Failure != "mail.failed.later" {
				t.Errorf("given up after %v: %s", age, waiting.Failure)
			}
			break
		}
		pause := waiting.DueAt.Sub(c.Now())
		pauses = append(pauses, pause)
		c.move(pause)
	}
	for i, pause := range pauses {
		if want := min(time.Minute<<i, 12*time.Hour); pause != want {
			t.Errorf("after attempt %d it waits %v, want %v", i+1, pause, want)
		}
	}
	// A month later nothing is known of whom it was for.
	c.move(31 * 24 * time.Hour)
	sending(t, s, mailSender(t, server), c, io.Discard)
	await(t, s, store.LetterFailed, 0, 0)
}

// awaitAttempt waits until the only letter was tried n times.
func awaitAttempt(t *testing.T, s *store.Store, n int) store.Letter {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		for _, state := range []string{store.LetterWaiting, store.LetterFailed} {
			all, err := s.Letters(t.Context(), state, 2)
			if err != nil {
				t.Fatal(err)
			}
			if len(all) == 1 && all[0].Attempts == n && all[0].Lease == "" {
				return all[0]
			}
		}
	}
	t.Fatalf("no attempt %d", n)
	return store.Letter{}
}

func TestAClockPutBackStopsNoLetter(t *testing.T) {
	s, c := storetest.Open(t, storetest.SQLite(t)), newClock()
	server := mailtest.Start(t, mailtest.Options{Recipient: func(n int) error {
		if n == 1 {
			return mailtest.Refuse(450, "later")
		}
		return nil
	}})
	postTo(t, s, c, "jana@mesto.example")
	c.move(-10 * 365 * 24 * time.Hour)
	stop := sending(t, s, mailSender(t, server), c, io.Discard)
	await(t, s, store.LetterWaiting, 1, 1)
	stop()
	c.move(-24 * time.Hour)
	sending(t, s, mailSender(t, server), c, io.Discard)
	await(t, s, store.LetterSent, 1, 2)
}

func TestStoppingDoesNotWaitForAServerThatHangs(t *testing.T) {
	s, c := storetest.Open(t, storetest.SQLite(t)), newClock()
	sender, err := mail.NewSender(mail.Options{Server: mailtest.Hanging(t), From: "atlas@mesto.example", Timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	postTo(t, s, c, "jana@mesto.example")
	stop := sending(t, s, sender, c, io.Discard)
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if all, err := s.Letters(t.Context(), store.LetterWaiting, 1); err != nil || all[0].Lease != "" {
			break
		}
	}
	begun := time.Now()
	stop()
	if took := time.Since(begun); took > 12*time.Second {
		t.Errorf("stopping took %v", took)
	}
	l := await(t, s, store.LetterWaiting, 1, 1)[0]
	if l.Failure == "" {
		t.Error("what became of it was not written")
	}
}

func TestWithoutAServerLettersGoToTheFolder(t *testing.T) {
	s, c, folder := storetest.Open(t, storetest.SQLite(t)), newClock(), t.TempDir()
	sender, err := mail.NewSender(mail.Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	sending(t, s, sender, c, io.Discard)
	postTo(t, s, c, "nikdo@ukazka.invalid", "jana@mesto.example") // the first can never be anybody's
	await(t, s, store.LetterSent, 1, 1)
	if files, err := os.ReadDir(folder); err != nil || len(files) != 1 {
		t.Errorf("%v, %v", files, err)
	}
}

func TestALinkThatDiedWhileItWaitedIsNotSentAndTheQueueSaysWhy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c, begun := newClock(), time.Time{}
		begun = c.Now()
		server := mailtest.Start(t, mailtest.Options{Recipient: func(int) error {
			if c.Now().Sub(begun) < 20*time.Minute {
				return mailtest.Refuse(451, "later")
			}
			return nil
		}})
		letters, err := mail.NewComposer(mail.Site{})
		if err != nil {
			t.Fatal(err)
		}
		put := func(address string, what mail.Content) {
			t.Helper()
			l, err := letters.Compose(mail.Recipient{Address: address}, what)
			if err == nil {
				err = s.Update(t.Context(), func(tx *store.Tx) error { return app.PutLetter(t.Context(), tx, l, c.Now()) })
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		link, until := "https://mesto.example/tajny-odkaz", c.Now().Add(15*time.Minute)
		put("a@mesto.example", mail.SignIn{Link: link, Until: until})
		put("b@mesto.example", mail.ConfirmEmail{Link: link, Until: until})
		put("c@mesto.example", mail.Invitation{Organisation: "Město", Link: link, Until: until})
		put("d@mesto.example", mail.NewDevice{Link: link, At: c.Now()})
		stop := sending(t, s, mailSender(t, server), c, io.Discard)
		await(t, s, store.LetterWaiting, 4, 1)
		stop()
		c.move(30 * time.Minute)
		sending(t, s, mailSender(t, server), c, io.Discard)
		await(t, s, store.LetterSent, 1, 2)
		for _, l := range await(t, s, store.LetterFailed, 3, 2) {
			if l.Failure != mail.FailedExpired {
				t.Errorf("%s: %q", l.To, l.Failure)
			}
			resent := true
			err := s.Update(t.Context(), func(tx *store.Tx) (err error) {
				resent, err = tx.ResendLetter(t.Context(), l.ID, c.Now())
				return err
			})
			if err != nil || resent {
				t.Errorf("a dead link is sent again: %v", err)
			}
		}
	})
}

func TestTheNextAttemptIsNotPutOffBeyondTheEndOfALink(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	c := newClock()
	server := mailtest.Start(t, mailtest.Options{Recipient: func(int) error { return mailtest.Refuse(451, "later") }})
	letters, err := mail.NewComposer(mail.Site{})
	if err != nil {
		t.Fatal(err)
	}
	until := c.Now().Add(30 * time.Second)
	l, err := letters.Compose(mail.Recipient{Address: "a@mesto.example"}, mail.SignIn{Link: "https://mesto.example/odkaz", Until: until})
	if err == nil {
		err = s.Update(t.Context(), func(tx *store.Tx) error { return app.PutLetter(t.Context(), tx, l, c.Now()) })
	}
	if err != nil {
		t.Fatal(err)
	}
	sending(t, s, mailSender(t, server), c, io.Discard)
	if waits := await(t, s, store.LetterWaiting, 1, 1); !waits[0].DueAt.Equal(until) {
		t.Errorf("due %v, want %v", waits[0].DueAt, until)
	}
}
