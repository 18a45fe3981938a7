package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// Backup writes all tables, as they stand at one moment, to a new SQLite file
// while the database goes on serving. It refuses to overwrite a file. The file
// is there only when it is complete.
func (s *Store) Backup(ctx context.Context, file string) error {
	if err := absent(file); err != nil {
		return err
	}
	part := file + ".part"
	removeDatabase(part) // of a backup that was killed
	defer removeDatabase(part)
	if err := create(part); err != nil {
		return fmt.Errorf("backup to %s: %w", file, err)
	}
	if err := s.engine.backup(ctx, s, part); err != nil {
		return fmt.Errorf("backup to %s: %w", file, err)
	}
	if err := flush(part); err != nil {
		return fmt.Errorf("backup to %s: %w", file, err)
	}
	// A link, unlike a renaming, never replaces a file made meanwhile.
	if err := os.Link(part, file); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return nil
}

func absent(file string) error {
	_, err := os.Lstat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = fs.ErrExist
	}
	return fmt.Errorf("backup: %s: %w", file, err)
}

func flush(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func removeDatabase(file string) {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		os.Remove(file + suffix)
	}
}

// Restore fills an empty database of either engine with what a backup holds.
// A backup of an older version is brought up to date on the way; the backup
// itself is not changed. It is one transaction: all of it or nothing. The audit
// log comes whole, with an entry more that says so. A database that has records
// is ErrNotEmpty.
func Restore(ctx context.Context, file, dsn string) error {
	return restore(ctx, file, dsn, mustBeEmpty)
}

// Replace is Restore over a database that has records: in the same transaction
// all of them are deleted. Numbers of changes begin again, so processes that
// follow the database have to be started anew.
func Replace(ctx context.Context, file, dsn string) error {
	return restore(ctx, file, dsn, deleteAll)
}

// restore fills a database after it was made ready.
func restore(ctx context.Context, file, dsn string, ready func(context.Context, *Tx) error) error {
	from, done, err := openBackup(ctx, file)
	if err != nil {
		return fmt.Errorf("restore %s: %w", file, err)
	}
	defer done()
	to, err := Open(ctx, dsn)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer to.Close()
	if _, _, err := to.Migrate(ctx); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	noted := func(ctx context.Context, tx *Tx) error {
		return tx.Audit(ctx, AuditEntry{By: "atlas", Action: AuditRestore})
	}
	err = from.snapshot(ctx, func(q *querier) error { return to.fill(ctx, q, ready, noted) })
	if err != nil {
		return fmt.Errorf("restore %s: %w", file, err)
	}
	return nil
}

// openBackup opens a migrated copy of the backup.
func openBackup(ctx context.Context, file string) (s *Store, done func(), err error) {
	if _, err := os.Stat(file); err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp("", "atlas-restore-")
	if err != nil {
		return nil, nil, err
	}
	undo := func() { os.RemoveAll(dir) }
	copied := dir + "/copy.sqlite"
	if err := (sqlite{file}).backup(ctx, nil, copied); err != nil {
		undo()
		return nil, nil, err
	}
	if s, err = Open(ctx, copied); err != nil {
		undo()
		return nil, nil, err
	}
	done = func() { s.Close(); undo() }
	have, _, err := s.SchemaVersion(ctx)
	if err == nil && have == 0 {
		err = errors.New("it is not a backup of atlas")
	}
	if err == nil {
		_, _, err = s.Migrate(ctx)
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return s, done, nil
}

// ErrNotEmpty says that a database to restore into has records already.
var ErrNotEmpty = errors.New("the database is not empty")

// fill makes this database ready, copies all tables from another one, counts
// the rows and does what is to be done then, in one transaction.
func (s *Store) fill(ctx context.Context, from *querier, ready, then func(context.Context, *Tx) error) error {
	return s.Update(ctx, func(tx *Tx) error {
		if err := ready(ctx, tx); err != nil {
			return err
		}
		for _, name := range tables() {
			if slices.Contains(passing(), name) {
				continue
			}
			if err := copyTable(ctx, from, tx.q, name); err != nil {
				return fmt.Errorf("copy %s: %w", name, err)
			}
		}
		return then(ctx, tx)
	})
}

// passing names the tables that no backup holds and that a restored database
// begins without: letters that waited then were sent since, whoever was signed in
// signs in again, and links that sign in do not belong in a file.
func passing() []string { return []string{"session", "login_link", "ceremony", "outbox"} }

// strip empties the passing tables of a copy, of whatever version it is, so that
// nothing of them is left in the file.
func strip(ctx context.Context, db *sql.DB) error {
	for _, name := range passing() {
		var there int
		err := db.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1", name).Scan(&there)
		if err == nil && there > 0 {
			_, err = db.ExecContext(ctx, "DELETE FROM "+name)
		}
		if err != nil {
			return fmt.Errorf("leave out %s: %w", name, err)
		}
	}
	return nil
}

func mustBeEmpty(ctx context.Context, tx *Tx) error {
	for _, name := range tables() {
		if n, err := tx.q.number(ctx, "SELECT COUNT(*) FROM "+name); err != nil {
			return err
		} else if n > 0 {
			return fmt.Errorf("table %s: %w", name, ErrNotEmpty)
		}
	}
	return nil
}

// deleteAll empties the tables, those that refer to others first.
func deleteAll(ctx context.Context, tx *Tx) error {
	return tx.q.engine.rewritable(ctx, tx, func() error {
		for _, name := range slices.Backward(tables()) {
			if _, err := tx.q.exec(ctx, "DELETE FROM "+name); err != nil {
				return fmt.Errorf("empty %s: %w", name, err)
			}
		}
		return nil
	})
}

// copyTable copies the rows of one table and checks that all arrived.
func copyTable(ctx context.Context, from, to *querier, name string) error {
	rows, err := from.query(ctx, "SELECT * FROM "+name)
	if err != nil {
		return err
	}
	defer rows.Close()
	cols, err := rows.ColumnTypes()
	if err != nil {
		return err
	}
	insert := newCopy(name, cols)
	var read int64
	for ; rows.Next(); read++ {
		if err := insert.add(ctx, to, rows); err != nil {
			return err
		}
	}
	if err := errors.Join(rows.Err(), insert.flush(ctx, to)); err != nil {
		return from.engine.explain(err)
	}
	written, err := to.number(ctx, "SELECT COUNT(*) FROM "+name)
	if err == nil && written != read {
		err = fmt.Errorf("%d rows read, %d arrived", read, written)
	}
	return err
}

// copyInto inserts rows of whatever columns, many in one statement.
type copyInto struct {
	head  string
	yesNo []bool // by column: SQLite reads a BOOLEAN as a number
	args  []any
}

// copyArgs bounds the parameters of one statement of a copy.
const copyArgs = 1000

func newCopy(name string, cols []*sql.ColumnType) *copyInto {
	names, yesNo := make([]string, len(cols)), make([]bool, len(cols))
	for i, c := range cols {
		names[i] = c.Name()
		yesNo[i] = strings.HasPrefix(c.DatabaseTypeName(), "BOOL")
	}
	return &copyInto{
		head:  fmt.Sprintf("INSERT INTO %s (%s) VALUES ", name, strings.Join(names, ", ")),
		yesNo: yesNo,
	}
}

// add takes the row that rows stands at.
func (c *copyInto) add(ctx context.Context, to *querier, rows *sql.Rows) error {
	row, into := make([]any, len(c.yesNo)), make([]any, len(c.yesNo))
	for i := range row {
		into[i] = &row[i]
	}
	if err := rows.Scan(into...); err != nil {
		return err
	}
	for i, v := range row {
		if n, ok := v.(int64); ok && c.yesNo[i] {
			row[i] = n != 0
		}
	}
	c.args = append(c.args, row...)
	if len(c.args)+len(row) <= copyArgs {
		return nil
	}
	return c.flush(ctx, to)
}

func (c *copyInto) flush(ctx context.Context, to *querier) error {
	if len(c.args) == 0 {
		return nil
	}
	rows := make([]string, len(c.args)/len(c.yesNo))
	for i := range rows {
		rows[i] = "(" + placeholders(i*len(c.yesNo)+1, len(c.yesNo)) + ")"
	}
	_, err := to.exec(ctx, c.head+strings.Join(rows, ", "), c.args...)
	c.args = c.args[:0]
	return err
}
