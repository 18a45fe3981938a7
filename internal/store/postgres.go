package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// postgres is the server engine.
type postgres struct{ dsn string }

// writerLock is the key of the advisory lock that makes writers, of whatever
// process, stand in a queue: so changes are numbered in the order they commit.
const writerLock = 0x61746c6173 // "atlas"

// channel is where changes are announced.
const channel = "atlas_change"

func (postgres) name() string { return Postgres }

func (e postgres) open(ctx context.Context) (writer, readers *sql.DB, err error) {
	if writer, err = e.pool(1); err != nil {
		return nil, nil, err
	}
	if err := writer.PingContext(ctx); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open PostgreSQL: %w", err), writer.Close())
	}
	readers, err = e.pool(max(8, 4*runtime.GOMAXPROCS(0)))
	if err != nil {
		return nil, nil, errors.Join(err, writer.Close())
	}
	return writer, readers, nil
}

// pool opens at most n connections.
func (e postgres) pool(n int) (*sql.DB, error) {
	config, err := pgx.ParseConfig(e.dsn)
	if err != nil {
		return nil, fmt.Errorf("address of PostgreSQL: %w", err)
	}
	config.RuntimeParams["application_name"] = "atlas"
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

func (postgres) lockWriter(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", int64(writerLock))
	return err
}

func (postgres) announce(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "SELECT pg_notify($1, '')", channel)
	return err
}

// listen keeps a connection of its own and makes it anew when it breaks; until
// then followers still look each second.
func (e postgres) listen(ctx context.Context, wake func()) {
	for ctx.Err() == nil {
		e.listenOnce(ctx, wake)
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (e postgres) listenOnce(ctx context.Context, wake func()) {
	conn, err := pgx.Connect(ctx, e.dsn)
	if err != nil {
		return
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return
	}
	for {
		wake() // also once at the start: what came before listening
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return
		}
	}
}

func (postgres) readOptions() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

func (postgres) quick() bool { return false }

func (postgres) among(texts []string) (string, any) { return "= ANY($1)", texts }

func (postgres) sender(_ context.Context, conn *sql.Conn) sender { return pipeline{conn} }

// pipeline sends statements in one journey.
type pipeline struct{ conn *sql.Conn }

func (p pipeline) send(ctx context.Context, all []statement) (failed int, err error) {
	batch := &pgx.Batch{}
	for _, s := range all {
		batch.Queue(s.numbered(), slices.Concat(s.shared, s.args)...)
	}
	err = p.conn.Raw(func(driver any) error {
		results := driver.(*stdlib.Conn).Conn().SendBatch(ctx, batch)
		for failed = range all {
			if _, err := results.Exec(); err != nil {
				return errors.Join(err, results.Close())
			}
		}
		return results.Close()
	})
	return failed, err
}

func (pipeline) close() error { return nil }

func (e postgres) explain(err error) error { return explainBy(e, err) }

func (postgres) fault(err error) fault {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return faultOther
	}
	switch e.Code {
	case "40001", "40P01", "55P03": // serialisation, deadlock, lock not available
		return faultBusy
	case "23505":
		return faultUnique
	case "23503":
		return faultReference
	case "23502":
		return faultRequired
	case "23514", "22P02", "22021":
		return faultCheck
	case "53100":
		return faultFull
	}
	return faultOther
}

func (postgres) sizeQuery() string { return "SELECT pg_database_size(current_database())" }

func (postgres) dialect() goose.Dialect { return goose.DialectPostgres }

// shredding has nothing to do: what is deleted goes with the next vacuum.
func (postgres) shredding(_ context.Context, _ *Tx, fn func() error) error { return fn() }

// rewritable turns the triggers of the log off and on again.
func (e postgres) rewritable(ctx context.Context, tx *Tx, fn func() error) error {
	turn := func(how string) error {
		for _, name := range []string{"audit", "redaction", "change"} {
			if _, err := tx.q.exec(ctx, "ALTER TABLE "+name+" "+how+" TRIGGER USER"); err != nil {
				return err
			}
		}
		return nil
	}
	if err := turn("DISABLE"); err != nil {
		return err
	}
	if err := fn(); err != nil {
		return err
	}
	return turn("ENABLE")
}

// backup copies the tables from one snapshot into a new SQLite file.
func (e postgres) backup(ctx context.Context, s *Store, file string) error {
	to, err := Open(ctx, file)
	if err != nil {
		return err
	}
	defer to.Close()
	if _, _, err := to.Migrate(ctx); err != nil {
		return err
	}
	return s.snapshot(ctx, func(q *querier) error {
		return to.fill(ctx, q, mustBeEmpty, func(context.Context, *Tx) error { return nil })
	})
}
