package store

import (
	"net/url"
	"path/filepath"
	"testing"
)

func TestANewDatabaseHasLargerPagesAndAnOlderOneKeepsItsOwn(t *testing.T) {
	for _, size := range []int{4096, 8192} {
		e := sqlite{filepath.Join(t.TempDir(), "a.db")}
		if size == 4096 { // as it was made before
			db, err := e.pool(1, url.Values{"_pragma": {"page_size(4096)", "journal_mode(WAL)"}})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := db.ExecContext(t.Context(), "CREATE TABLE kept (n)"); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
		s, err := Open(t.Context(), e.file)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		var have int
		var mode string
		row := s.writer.QueryRowContext(t.Context(), "SELECT p.page_size, j.journal_mode FROM pragma_page_size p, pragma_journal_mode j")
		if err := row.Scan(&have, &mode); err != nil || have != size || mode != "wal" {
			t.Errorf("pages of %d B, %q, wanted %d: %v", have, mode, size, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
