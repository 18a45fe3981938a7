package store

import (
	"context"
	"fmt"
	"io/fs"
	"strconv"
)

// Migrations shows the tests the embedded files.
func Migrations() fs.FS { return migrationFiles }

// Tables shows the tests the list of tables that copies go by.
func Tables() []string { return tables() }

// MaxPages makes a SQLite database full at n pages.
func (s *Store) MaxPages(n int) error {
	_, err := s.writer.Exec("PRAGMA max_page_count = " + strconv.Itoa(n))
	return err
}

// Raw runs a statement past everything.
func (s *Store) Raw(statement string) error {
	_, err := s.writer.Exec(statement)
	return err
}

// Column reads a column of texts past everything.
func (s *Store) Column(query string) ([]string, error) {
	rows, err := s.writer.Query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, rows.Err()
}

// AppendTexts and Snapshot show the tests how JSON is written.
var AppendTexts = appendTexts

func Snapshot(record any) ([]byte, error) { return new(writers).snapshot(nil, record) }

// Unlogged says that the tables are older than the audit log.
func (s *Store) Unlogged() bool { return s.unlogged }

// MigrateTo brings the tables to an older version than Migrate does.
func (s *Store) MigrateTo(ctx context.Context, version int64) error {
	m, err := s.migrator()
	s.unlogged = version < 11
	if err == nil {
		_, err = m.UpTo(ctx, version)
	}
	return err
}

// OwnedTables shows the tests which tables erasing an account empties.
func OwnedTables() []string { return ownedTables() }

// Columns names the columns of a table.
func (s *Store) Columns(ctx context.Context, table string) ([]string, error) {
	rows, err := s.writer.QueryContext(ctx, "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	return rows.Columns()
}

// Dump writes every row of a table as text.
func (s *Store) Dump(ctx context.Context, table string) ([]string, error) {
	rows, err := s.writer.QueryContext(ctx, "SELECT * FROM "+table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var out []string
	for rows.Next() {
		values, dest := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			dest[i] = &values[i]
		}
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				values[i] = string(b)
			}
		}
		out = append(out, fmt.Sprint(values...))
	}
	return out, rows.Err()
}
