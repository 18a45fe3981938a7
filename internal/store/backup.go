package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
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
	defer removeDatabase(part)
	if err := absent(part); err != nil {
		return err
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
// itself is not changed. It is one transaction: all of it or nothing.
func Restore(ctx context.Context, file, dsn string) error {
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
	err = from.snapshot(ctx, func(q *querier) error { return to.fill(ctx, q) })
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

// fill copies all tables from another database into this empty one, in one
// transaction, and counts the rows.
func (s *Store) fill(ctx context.Context, from *querier) error {
	return s.Update(ctx, func(tx *Tx) error {
		for _, name := range tables() {
			if n, err := tx.q.number(ctx, "SELECT COUNT(*) FROM "+name); err != nil {
				return err
			} else if n > 0 {
				return fmt.Errorf("table %s: %w", name, ErrNotEmpty)
			}
		}
		for _, name := range tables() {
			if err := copyTable(ctx, from, tx.q, name); err != nil {
				return fmt.Errorf("copy %s: %w", name, err)
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
	cols, err := rows.Columns()
	if err != nil {
		return err
	}
	insert := newCopy(name, cols)
	var read int64
	for ; rows.Next(); read++ {
		row := make([]any, len(cols))
		into := make([]any, len(cols))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := insert.add(ctx, to, row); err != nil {
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
	head    string
	columns int
	args    []any
}

// copyArgs bounds the parameters of one statement of a copy.
const copyArgs = 1000

func newCopy(name string, cols []string) *copyInto {
	return &copyInto{
		head:    fmt.Sprintf("INSERT INTO %s (%s) VALUES ", name, strings.Join(cols, ", ")),
		columns: len(cols),
	}
}

func (c *copyInto) add(ctx context.Context, to *querier, row []any) error {
	c.args = append(c.args, row...)
	if len(c.args)+c.columns <= copyArgs {
		return nil
	}
	return c.flush(ctx, to)
}

func (c *copyInto) flush(ctx context.Context, to *querier) error {
	if len(c.args) == 0 {
		return nil
	}
	rows := make([]string, len(c.args)/c.columns)
	for i := range rows {
		rows[i] = "(" + placeholders(i*c.columns+1, c.columns) + ")"
	}
	_, err := to.exec(ctx, c.head+strings.Join(rows, ", "), c.args...)
	c.args = c.args[:0]
	return err
}
