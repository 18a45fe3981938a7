// Package storetest gives tests a real database of each engine: a SQLite file
// in the test's folder and a PostgreSQL server of the test's own.
package storetest

import (
	"path/filepath"
	"testing"

	"atlas/internal/store"
)

// Each runs a test on each engine, with a new, migrated database.
func Each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	EachDSN(t, func(t *testing.T, dsn string) { test(t, Open(t, dsn)) })
}

// EachDSN runs a test on each engine, with the address of a new database that
// has no tables yet.
func EachDSN(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run(store.SQLite, func(t *testing.T) { test(t, SQLite(t)) })
	t.Run(store.Postgres, func(t *testing.T) { test(t, Postgres(t)) })
}

// SQLite gives the path of a database file that is not there yet.
func SQLite(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "atlas.sqlite")
}

// Open opens and migrates a database and closes it after the test.
func Open(t testing.TB, dsn string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close the database: %v", err)
		}
	})
	if _, _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}
