package store

import (
	"context"
	"sync"
	"time"

	"atlas"
)

// followEvery is how often a follower looks even when nobody wakes it: on
// SQLite that is how it sees what another process wrote.
const followEvery = time.Second

// followChunk is how many changes a follower is given at once.
const followChunk = 500

// Follow calls fn with the changes after since, in their order, and goes on
// with those to come, from whatever process, until ctx ends or fn fails. It
// returns the error of fn, of ctx or of the database.
func (s *Store) Follow(ctx context.Context, since int64, fn func([]atlas.Change) error) error {
	ctx, cancel := context.WithCancel(ctx)
	var listening sync.WaitGroup
	defer listening.Wait()
	defer cancel()
	listening.Go(func() { s.engine.listen(ctx, s.changed.raise) })
	for {
		changed := s.changed.wait() // before looking, so that none is missed
		for {
			changes, err := s.Changes(ctx, since, followChunk)
			if err != nil {
				return err
			}
			if len(changes) == 0 {
				break
			}
			if err := fn(changes); err != nil {
				return err
			}
			since = changes[len(changes)-1].Seq
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		case <-time.After(followEvery):
		}
	}
}
