package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

var morning = time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)

const lease = 5 * time.Minute

func letter(id string) store.Letter {
	return store.Letter{ID: id, Kind: "test", Lang: "cs", To: "jana@mesto.example", ToName: "Jana", Subject: "Předmět",
		Text: "https://mesto.example/tajny-odkaz", HTML: "<p>tajny-odkaz</p>", Unsubscribe: "https://mesto.example/dost"}
}

// post puts letters in the morning.
func post(t *testing.T, s *store.Store, ids ...string) {
	t.Helper()
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, id := range ids {
			if err := tx.PutLetter(ctx, letter(id), morning); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestALetterOfATransactionThatFailsIsNotSent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		posted := s.Posted()
		err := s.Update(t.Context(), func(tx *store.Tx) error {
			return errors.Join(tx.PutLetter(t.Context(), letter("d1"), morning), errors.New("změna se nepovedla"))
		})
		if err == nil {
			t.Fatal("went through")
		}
		if _, err := s.ClaimLetter(t.Context(), morning, lease); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("claimed: %v", err)
		}
		select {
		case <-posted:
			t.Error("woke who waits for letters")
		default:
		}
		post(t, s, "d1")
		<-posted
	})
}

func TestAClaimedLetterIsWholeAndNobodyElseGetsItUntilTheLeaseEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		post(t, s, "d1")
		l := must(s.ClaimLetter(t.Context(), morning, lease))
		want := letter("d1")
		want.State, want.PutAt, want.DueAt = store.LetterWaiting, morning, morning
		want.Attempts, want.TriedAt, want.Lease, want.LeasedUntil = 1, morning, l.Lease, morning.Add(lease)
		same(t, "letter", want, l)
		if _, err := s.ClaimLetter(t.Context(), morning.Add(lease-time.Second), lease); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("claimed twice: %v", err)
		}
		again := must(s.ClaimLetter(t.Context(), morning.Add(lease), lease))
		if again.Attempts != 2 {
			t.Errorf("%d attempts", again.Attempts)
		}
		if err := s.LetterDone(t.Context(), l, morning); !errors.Is(err, store.ErrLease) {
			t.Errorf("who lost the lease said it was sent: %v", err)
		}
	})
}

func TestManyProcessesNeverClaimOneLetterAtOnce(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn)
		var ids []string
		for i := range 30 {
			ids = append(ids, fmt.Sprint("d", i))
		}
		post(t, s, ids...)
		var mu sync.Mutex
		claimed := map[string]int{}
		var all sync.WaitGroup
		for range 3 {
			other := storetest.Open(t, dsn)
			all.Go(func() {
				for {
					l, err := other.ClaimLetter(t.Context(), morning, lease)
					if errors.Is(err, atlas.ErrNotFound) {
						return
					}
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					claimed[l.ID]++
					mu.Unlock()
					if err := other.LetterDone(t.Context(), l, morning); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		for _, id := range ids {
			if claimed[id] != 1 {
				t.Errorf("%s was claimed %d times", id, claimed[id])
			}
		}
	})
}

func TestALetterWaitsForItsTimeAndGoesAheadWhenTheClockIsPutBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		post(t, s, "d1")
		ctx := t.Context()
		// Put by a clock that was then put back by a year.
		l := must(s.ClaimLetter(ctx, morning.AddDate(-1, 0, 0), lease))
		if err := s.LetterLater(ctx, l, "mail.failed.later", "450 později", morning.Add(12*time.Hour)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.ClaimLetter(ctx, morning.Add(11*time.Hour), lease); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("before its time: %v", err)
		}
		l = must(s.ClaimLetter(ctx, morning.Add(12*time.Hour), lease))
		if l.Failure != "mail.failed.later" || l.Cause != "450 později" {
			t.Errorf("%+v", l)
		}
		if err := s.LetterLater(ctx, l, "mail.failed.later", "", morning.Add(24*time.Hour)); err != nil {
			t.Fatal(err)
		}
		// Back by two hours: before the last attempt.
		l, err := s.ClaimLetter(ctx, morning.Add(10*time.Hour), lease)
		if err != nil {
			t.Fatalf("waits for the clock to come round: %v", err)
		}
		// While it is being sent the clock is put back by a year.
		l, err = s.ClaimLetter(ctx, morning.AddDate(-1, 0, 0), lease)
		if err != nil {
			t.Errorf("a lease of a year: %v", err)
		}
		if err := s.LetterDone(ctx, l, morning); err != nil {
			t.Error(err)
		}
	})
}

func TestWhatALetterSaidGoesWhenItIsSentAndTheRestWhenItIsPurged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		post(t, s, "d1", "d2", "d3")
		first := must(s.ClaimLetter(ctx, morning, lease))
		second := must(s.ClaimLetter(ctx, morning, lease))
		err := errors.Join(s.LetterDone(ctx, first, morning), s.LetterFailed(ctx, second, "mail.failed.recipient", "550 jana@mesto.example \x00 \xff", morning))
		if err != nil {
			t.Fatal(err)
		}
		if left := must(s.Column("SELECT id FROM outbox WHERE body IS NULL AND html IS NULL AND unsubscribe IS NULL")); len(left) != 1 || left[0] != first.ID {
			t.Errorf("emptied: %v", left)
		}
		failed := must(s.Letters(ctx, store.LetterFailed, 10))
		if len(failed) != 1 || failed[0].Failure != "mail.failed.recipient" || failed[0].Cause == "" || failed[0].Text != "" {
			t.Errorf("failed: %+v", failed)
		}
		for _, step := range []struct {
			before time.Time
			purged int64
		}{{morning, 0}, {morning.Add(time.Second), 2}, {morning.AddDate(1, 0, 0), 0}} {
			update(t, s, func(ctx context.Context, tx *store.Tx) error {
				n, err := tx.PurgeLetters(ctx, step.before)
				if n != step.purged {
					t.Errorf("before %v: %d purged", step.before, n)
				}
				return err
			})
		}
		if n := must(s.LettersCount(ctx, store.LetterWaiting)); n != 1 {
			t.Errorf("%d wait", n)
		}
	})
}

func TestABackupHoldsNoLetterAndARestoredDatabaseSendsNone(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn)
		put(t, s, project("Zůstane"))
		post(t, s, "d1")
		file := filepath.Join(t.TempDir(), "zaloha.sqlite")
		if err := s.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		whole := must(os.ReadFile(file))
		for _, secret := range []string{"jana@mesto.example", "tajny-odkaz"} {
			if bytes.Contains(whole, []byte(secret)) {
				t.Errorf("the backup holds %q", secret)
			}
		}
		if n := must(s.LettersCount(t.Context(), store.LetterWaiting)); n != 1 {
			t.Errorf("after the backup %d wait", n)
		}
		if err := store.Replace(t.Context(), file, dsn); err != nil {
			t.Fatal(err)
		}
		if n := must(s.LettersCount(t.Context(), store.LetterWaiting)); n != 0 {
			t.Errorf("the restored database sends %d letters", n)
		}
	})
}
