package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// follow sends the ids of changes as a follower of s sees them.
func follow(t *testing.T, s *store.Store, since int64) <-chan string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	seen, ended := make(chan string, 2000), make(chan error, 1)
	go func() {
		ended <- s.Follow(ctx, since, func(changes []atlas.Change) error {
			for _, c := range changes {
				seen <- fmt.Sprint(c.Seq, " ", c.Kind, " ", c.ID)
			}
			return nil
		})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("Follow ended with %v", err)
		}
	})
	return seen
}

func expect(t *testing.T, seen <-chan string, want string, within time.Duration) {
	t.Helper()
	select {
	case got := <-seen:
		if got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	case <-time.After(within):
		t.Fatalf("%q did not come within %s", want, within)
	}
}

// patience is how long a test waits for what has to come at all.
const patience = 30 * time.Second

func TestAFollowerCatchesUpAndGoesOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for range 3 {
			put(t, s, project("Projekt"))
		}
		seen := follow(t, s, 1)
		expect(t, seen, "2 project P-00002", patience)
		expect(t, seen, "3 project P-00003", patience)
		put(t, s, project("Projekt"))
		expect(t, seen, "4 project P-00004", patience)
	})
}

// A second process on the same database sees a change within 2 s; two stores
// share nothing but the database, as two processes do.
func TestAFollowerSeesWhatAnotherProcessWrote(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		writer, reader := storetest.Open(t, dsn), storetest.Open(t, dsn)
		seen := follow(t, reader, 0)
		quickest := patience // a busy machine may hold one of them up
		for i := range 3 {
			start := time.Now()
			put(t, writer, project("Projekt"))
			expect(t, seen, fmt.Sprintf("%d project P-%05d", i+1, i+1), patience)
			quickest = min(quickest, time.Since(start))
		}
		if quickest > 2*time.Second {
			t.Errorf("the quickest took %s", quickest)
		}
	})
}

func TestPostgresWakesAFollowerAtOnce(t *testing.T) {
	dsn := storetest.Postgres(t)
	writer, reader := storetest.Open(t, dsn), storetest.Open(t, dsn)
	seen := follow(t, reader, 0)
	put(t, writer, project("Projekt"))
	expect(t, seen, "1 project P-00001", patience)
	time.Sleep(300 * time.Millisecond) // it listens by now
	quick := 0
	for i := 2; i <= 6; i++ {
		start := time.Now()
		put(t, writer, project("Projekt"))
		expect(t, seen, fmt.Sprintf("%d project P-%05d", i, i), patience)
		if time.Since(start) < 300*time.Millisecond {
			quick++
		}
	}
	if quick < 3 {
		t.Errorf("only %d of 5 came quickly: the announcement is not heard", quick)
	}
}

func TestAFollowerStopsWithItsOwnError(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put(t, s, project("Projekt"))
		stop := errors.New("stop")
		if err := s.Follow(t.Context(), 0, func([]atlas.Change) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("got %v", err)
		}
	})
}

func TestAFollowerMissesNothingOfManyWriters(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		const each = 30
		reader := storetest.Open(t, dsn)
		seen := follow(t, reader, 0)
		var writers sync.WaitGroup
		for range 3 {
			writer := storetest.Open(t, dsn)
			writers.Go(func() {
				for range each {
					err := writer.Update(t.Context(), func(tx *store.Tx) error {
						return tx.PutProject(t.Context(), project("Projekt"), write())
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		for i := range 3 * each {
			expect(t, seen, fmt.Sprintf("%d project P-%05d", i+1, i+1), patience)
		}
		writers.Wait()
	})
}
