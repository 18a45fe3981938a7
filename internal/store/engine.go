package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"syscall"

	"atlas"

	"github.com/pressly/goose/v3"
)

// Names of the engines.
const (
	SQLite   = "sqlite"
	Postgres = "postgres"
)

// ErrDiskFull says that the database could not write because its disk is full.
// Nothing of the transaction was kept.
var ErrDiskFull = errors.New("disk full")

// engine is what differs between the two databases; all the rest is one SQL
// text.
type engine interface {
	name() string
	// open opens the connection of the one writer and the pool of readers.
	open(ctx context.Context) (writer, readers *sql.DB, err error)
	// lockWriter makes the transaction the only one that writes, until it ends,
	// whatever process it is in.
	lockWriter(ctx context.Context, tx *sql.Tx) error
	// announce tells other processes of the database, on commit, that there
	// are changes.
	announce(ctx context.Context, tx *sql.Tx) error
	// listen calls wake at each announcement until ctx ends.
	listen(ctx context.Context, wake func())
	// readOptions make a read transaction see one state of the database.
	readOptions() *sql.TxOptions
	// quick says that a statement is a call and no journey, so that preparing
	// pays and watching the context does not.
	quick() bool
	// among is the condition that a text is one of several, all of them in the
	// parameter $1, and that parameter.
	among(texts []string) (condition string, arg any)
	// sender sends what a transaction writes. ctx is the transaction's.
	sender(ctx context.Context, conn *sql.Conn) sender
	// fault reads the driver's error.
	fault(err error) fault
	// explain gives an error its kind.
	explain(err error) error
	// sizeQuery asks how many bytes the database takes.
	sizeQuery() string
	// dialect is the engine's name in goose.
	dialect() goose.Dialect
	// rewritable runs fn while the transaction may empty tables that otherwise
	// only grow.
	rewritable(ctx context.Context, tx *Tx, fn func() error) error
	// shredding runs fn, which deletes what the law demands to be erased, so that
	// it cannot be read in the files of the database either, where the engine has
	// a way to do so.
	shredding(ctx context.Context, tx *Tx, fn func() error) error
	// backup writes all tables, as they stand at one moment, to a new file.
	backup(ctx context.Context, s *Store, file string) error
}

// sender sends statements of one transaction.
type sender interface {
	// send runs them in their order and says which of them failed.
	send(ctx context.Context, all []statement) (failed int, err error)
	// close frees what the sender holds of the connection.
	close() error
}

// fault is what went wrong, in words common to both engines.
type fault int

const (
	faultOther fault = iota
	faultBusy        // another transaction is in the way: try again
	faultUnique
	faultReference
	faultRequired
	faultCheck
	faultFull
)

// explainBy wraps an error by the kind of its fault.
func explainBy(e engine, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	}
	switch e.fault(err) {
	case faultFull:
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	case faultUnique:
		return fmt.Errorf("%w: %w", atlas.ErrConflict, err)
	case faultReference:
		return refused("problem.reference", err)
	case faultRequired:
		return refused("problem.required", err)
	case faultCheck:
		return refused("problem.value", err)
	}
	return err
}

func refused(key string, cause error) error {
	return fmt.Errorf("%w: %w", &atlas.InvalidError{Problems: []atlas.Problem{{Key: key}}}, cause)
}

// engineOf chooses the engine by the database's address: a postgres:// URL or
// the path of a SQLite file.
func engineOf(dsn string) (engine, error) {
	switch {
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		return postgres{dsn}, nil
	case dsn == "" || strings.HasPrefix(dsn, ":memory:"):
		return nil, errors.New("a database is a file or a postgres:// address")
	}
	return sqlite{dsn}, nil
}
