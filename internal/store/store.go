// Package store keeps records in a database: an embedded SQLite file or a
// PostgreSQL server, by one SQL text. What differs between the two stands in
// sqlite.go and postgres.go.
//
// A Reader reads. A Store is a Reader that can also Update: run a function
// with a Tx, which reads and writes in one transaction. There is one writer at
// a time over all processes of a database, so changes are numbered in the
// order they are committed and a follower misses none.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Store is an open database. It is safe for concurrent use.
type Store struct {
	*Reader
	engine  engine
	writer  *sql.DB // one connection
	readers *sql.DB
	count   *atomic.Int64
	schema  *schema
	changed *signal
	posted  *signal // letters were put

	// unlogged is set where the tables are older than the audit log: in tests of
	// migrations only.
	unlogged bool
}

// Open opens the database at a path of a file or at a postgres:// address. The
// file is made when it is not there. Open does not migrate.
func Open(ctx context.Context, dsn string) (*Store, error) {
	engine, err := engineOf(dsn)
	if err != nil {
		return nil, err
	}
	writer, readers, err := engine.open(ctx)
	if err != nil {
		return nil, err
	}
	s := &Store{
		engine: engine, writer: writer, readers: readers,
		count: new(atomic.Int64), schema: newSchema(), changed: newSignal(), posted: newSignal(),
	}
	s.Reader = &Reader{q: &querier{engine: engine, db: readers, count: s.count}, schema: s.schema}
	return s, nil
}

// Close ends all connections.
func (s *Store) Close() error { return errors.Join(s.readers.Close(), s.writer.Close()) }

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	_, err := s.q.number(ctx, "SELECT 1")
	return err
}

// Engine is SQLite or Postgres.
func (s *Store) Engine() string { return s.engine.name() }

// Queries is how many statements were sent so far: for metrics and tests.
func (s *Store) Queries() int64 { return s.count.Load() }

// Update runs fn in a transaction and commits it when fn returns nil;
// otherwise nothing of it remains. When another transaction was in the way it
// is run again, so fn must do nothing but use the Tx. It must not call Update:
// there is one writer.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	const attempts = 5
	for n := 1; ; n++ {
		err := s.update(ctx, fn)
		if err == nil || n == attempts || s.engine.fault(err) != faultBusy {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(n*n) * 20 * time.Millisecond):
		}
	}
}

// update is one attempt.
func (s *Store) update(ctx context.Context, fn func(*Tx) error) (err error) {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return fmt.Errorf("begin: %w", s.engine.explain(err))
	}
	defer conn.Close()
	sqlTx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", s.engine.explain(err))
	}
	tx := s.newTx(ctx, conn, sqlTx)
	done := false
	defer func() {
		if !done {
			tx.rollback()
		}
	}()
	if err := s.engine.lockWriter(ctx, sqlTx); err != nil {
		return fmt.Errorf("begin: %w", s.engine.explain(err))
	}
	if err := fn(tx); err != nil {
		return err
	}
	if err := tx.finish(ctx); err != nil {
		return err
	}
	if err := sqlTx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", s.engine.explain(err))
	}
	done = true
	if tx.written.rows > 0 {
		s.changed.raise()
	}
	if tx.letters > 0 {
		s.posted.raise()
	}
	return nil
}

// signal wakes all who wait for it.
type signal struct {
	mu sync.Mutex
	ch chan struct{}
}

func newSignal() *signal { return &signal{ch: make(chan struct{})} }

// wait gives a channel that the next raise closes.
func (s *signal) wait() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ch
}

func (s *signal) raise() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.ch)
	s.ch = make(chan struct{})
}
