package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/pressly/goose/v3"
	modernc "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// sqlite is the embedded engine: a file.
type sqlite struct{ file string }

func (sqlite) name() string { return SQLite }

func (e sqlite) open(ctx context.Context) (writer, readers *sql.DB, err error) {
	if err := os.MkdirAll(filepath.Dir(e.file), 0o755); err != nil {
		return nil, nil, fmt.Errorf("folder of the database: %w", err)
	}
	if err := errors.Join(create(e.file), e.begin(ctx)); err != nil {
		return nil, nil, fmt.Errorf("the database: %w", err)
	}
	// A commit is on the disk when it returns: with synchronous=FULL the
	// write-ahead log is flushed at each.
	writer, err = e.pool(1, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(fast)",
			"cache_size(-32000)", "temp_store(MEMORY)", "journal_size_limit(67108864)"},
	})
	if err != nil {
		return nil, nil, err
	}
	if err := e.connect(ctx, writer); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("open %s: %w", e.file, e.explain(err)), writer.Close())
	}
	readers, err = e.pool(max(4, 2*runtime.GOMAXPROCS(0)), url.Values{
		"_pragma": {"busy_timeout(10000)", "query_only(1)", "cache_size(-8000)"},
	})
	if err != nil {
		return nil, nil, errors.Join(err, writer.Close())
	}
	return writer, readers, nil
}

// connect opens the first connection. While another process switches the write-ahead
// log on, SQLite says at once that the file is locked and does not wait as it does
// elsewhere, so it is tried again for as long.
func (e sqlite) connect(ctx context.Context, db *sql.DB) error {
	const between, tries = 50 * time.Millisecond, 200
	for n := 1; ; n++ {
		err := db.PingContext(ctx)
		if err == nil || e.fault(err) != faultBusy || n == tries || ctx.Err() != nil {
			return err
		}
		time.Sleep(between)
	}
}

// create makes an empty file that only its owner may read, as contacts are
// kept in it; one that is there stays as it is.
func create(file string) error {
	f, err := os.OpenFile(file, os.O_RDONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// begin writes the first page of an empty file, and with it the size of all
// pages: 8 KiB instead of 4, because snapshots and rows of lists are long, and half
// as many pages are to be split, written and flushed. That has to be settled before
// the write-ahead log is switched on.
func (e sqlite) begin(ctx context.Context) error {
	info, err := os.Stat(e.file)
	if err != nil || info.Size() > 0 {
		return err
	}
	db, err := e.pool(1, url.Values{"_pragma": {"busy_timeout(10000)", "page_size(8192)"}})
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "PRAGMA user_version = 0")
	return errors.Join(e.explain(err), db.Close())
}

// pool opens at most n connections to the file.
func (e sqlite) pool(n int, options url.Values) (*sql.DB, error) {
	address := "file:" + (&url.URL{Path: e.file}).EscapedPath() + "?" + options.Encode()
	connector, err := modernc.NewConnector(address)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", e.file, err)
	}
	db := sql.OpenDB(keeper{connector})
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// lockWriter has nothing to do: the transaction began as an immediate one.
func (sqlite) lockWriter(context.Context, *sql.Tx) error { return nil }

// announce has nothing to do: other processes look each second.
func (sqlite) announce(context.Context, *sql.Tx) error { return nil }

func (sqlite) listen(ctx context.Context, _ func()) { <-ctx.Done() }

// readOptions: any read transaction of a write-ahead log sees one state.
func (sqlite) readOptions() *sql.TxOptions { return nil }

func (sqlite) quick() bool { return true }

func (sqlite) among(texts []string) (string, any) {
	list, err := json.Marshal(texts)
	if err != nil { // no text is refused
		panic(err)
	}
	return "IN (SELECT value FROM json_each($1))", string(list)
}

func (sqlite) sender(ctx context.Context, conn *sql.Conn) sender {
	return &calls{ctx: ctx, conn: conn, stmts: map[*form]driver.Stmt{}}
}

func (e sqlite) explain(err error) error { return explainBy(e, err) }

func (sqlite) fault(err error) fault {
	var e *modernc.Error
	if !errors.As(err, &e) {
		return faultOther
	}
	switch e.Code() {
	case codes.SQLITE_CONSTRAINT_UNIQUE, codes.SQLITE_CONSTRAINT_PRIMARYKEY:
		return faultUnique
	case codes.SQLITE_CONSTRAINT_FOREIGNKEY:
		return faultReference
	case codes.SQLITE_CONSTRAINT_NOTNULL:
		return faultRequired
	case codes.SQLITE_CONSTRAINT_CHECK:
		return faultCheck
	}
	switch e.Code() & 0xff {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return faultBusy
	case codes.SQLITE_FULL:
		return faultFull
	}
	return faultOther
}

func (sqlite) sizeQuery() string {
	return "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
}

func (sqlite) dialect() goose.Dialect { return goose.DialectSQLite3 }

// rewritable takes the triggers of the log away and puts them back.
func (e sqlite) rewritable(ctx context.Context, tx *Tx, fn func() error) error {
	const guards = "FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('audit', 'redaction', 'change') ORDER BY name"
	names, err := tx.q.texts(ctx, "SELECT name "+guards)
	if err != nil {
		return err
	}
	made, err := tx.q.texts(ctx, "SELECT sql "+guards)
	if err != nil {
		return err
	}
	for _, name := range names {
		if _, err := tx.q.exec(ctx, "DROP TRIGGER "+name); err != nil {
			return err
		}
	}
	if err := fn(); err != nil {
		return err
	}
	for _, statement := range made {
		if _, err := tx.q.exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// shredding has deleted rows and the pages they took overwritten. Usually that is so
// within pages that are written anyway only, so that nothing of a row that was changed
// stays in them; undoing a large import would write twice as much otherwise.
func (sqlite) shredding(ctx context.Context, tx *Tx, fn func() error) error {
	if err := tx.q.flush(ctx); err != nil { // what waits is written as usual
		return err
	}
	if _, err := tx.q.exec(ctx, "PRAGMA secure_delete = 1"); err != nil {
		return err
	}
	err := errors.Join(fn(), tx.q.flush(ctx))
	_, off := tx.q.exec(context.WithoutCancel(ctx), "PRAGMA secure_delete = fast")
	return errors.Join(err, off)
}

// backup copies the file by VACUUM INTO: one read transaction, during which
// writing goes on. What a backup leaves out is overwritten in the copy.
func (e sqlite) backup(ctx context.Context, _ *Store, file string) error {
	db, err := e.pool(1, url.Values{"_pragma": {"busy_timeout(10000)"}})
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err = db.ExecContext(ctx, "VACUUM INTO $1", file); err != nil {
		return e.explain(err)
	}
	copied, err := sqlite{file}.pool(1, url.Values{"_pragma": {"secure_delete(1)"}})
	if err != nil {
		return err
	}
	return e.explain(errors.Join(strip(ctx, copied), copied.Close()))
}
