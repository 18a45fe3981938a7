package store_test

import (
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestMigrationNumbersAreUniqueAndHaveNoGap(t *testing.T) {
	files := must(fs.Glob(store.Migrations(), "migrations/*.sql"))
	for _, engine := range []string{store.SQLite, store.Postgres} {
		want := 1
		for _, f := range files { // sorted by name
			name := strings.TrimPrefix(f, "migrations/")
			if other := map[string]string{store.SQLite: ".postgres.sql", store.Postgres: ".sqlite.sql"}[engine]; strings.HasSuffix(name, other) {
				continue
			}
			number, _, _ := strings.Cut(name, "_")
			if n, err := strconv.Atoi(number); err != nil || n != want || len(number) != 4 {
				t.Errorf("%s: %s stands where %04d should", engine, name, want)
			}
			want++
		}
	}
}

func TestMigratingTwiceIsHarmless(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn)
		put(t, s, project("Zůstane"))
		from, to, err := s.Migrate(t.Context())
		if err != nil || from != to || from == 0 {
			t.Errorf("from %d to %d: %v", from, to, err)
		}
		if n := must(s.CountProjects(t.Context())); n != 1 {
			t.Errorf("%d projects", n)
		}
	})
}

func TestProcessesThatStartAtOnceDoNotDisturbOneAnother(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				s, err := store.Open(t.Context(), dsn)
				if err != nil {
					t.Error(err)
					return
				}
				defer s.Close()
				if _, _, err := s.Migrate(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		put(t, storetest.Open(t, dsn), project("Projekt"))
	})
}

func TestANewDatabaseIsOfVersionZero(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := must(store.Open(t.Context(), dsn))
		defer s.Close()
		have, need, err := s.SchemaVersion(t.Context())
		if err != nil || have != 0 || need == 0 {
			t.Errorf("have %d, need %d: %v", have, need, err)
		}
	})
}

func TestADatabaseOfANewerProgramIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if err := s.Raw("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)"); err != nil {
			t.Fatal(err)
		}
		_, _, err := s.Migrate(t.Context())
		if !errors.Is(err, store.ErrNewerDatabase) || !strings.Contains(err.Error(), "9999") {
			t.Errorf("got %v", err)
		}
	})
}

func TestBothEnginesHaveTheSameTablesAndColumns(t *testing.T) {
	lite, server := storetest.Open(t, storetest.SQLite(t)), storetest.Open(t, storetest.Postgres(t))
	inLite := must(lite.Column(`SELECT m.name || '.' || c.name || ' ' || c."notnull" FROM sqlite_master m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE 'goose_%' AND c.pk = 0`))
	inServer := must(server.Column(`SELECT c.table_name || '.' || c.column_name || ' ' || CASE c.is_nullable WHEN 'NO' THEN 1 ELSE 0 END
		FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name NOT LIKE 'goose_%'
		AND NOT EXISTS (SELECT 1 FROM information_schema.key_column_usage k JOIN information_schema.table_constraints t USING (constraint_name)
			WHERE t.constraint_type = 'PRIMARY KEY' AND k.table_name = c.table_name AND k.column_name = c.column_name)`))
	slices.Sort(inLite)
	slices.Sort(inServer)
	same(t, "columns, SQLite against PostgreSQL", inLite, inServer)
	if len(inLite) < 200 {
		t.Errorf("only %d columns seen", len(inLite))
	}
}

func TestACopyKnowsEveryTable(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	want := must(s.Column(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%' ORDER BY name`))
	same(t, "tables", want, slices.Sorted(slices.Values(store.Tables())))
}

// The tables are made anew by a migration; what was in them must not change.
func TestADatabaseOfTheFormerVersionKeepsItsContents(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := must(store.Open(t.Context(), dsn))
		defer s.Close()
		if err := s.MigrateTo(t.Context(), 7); err != nil {
			t.Fatal(err)
		}
		// The program of today writes a column of later; it is lent.
		raw(t, s, "ALTER TABLE list_item ADD COLUMN successor TEXT")
		everything(t, s)
		raw(t, s, "UPDATE project SET title_key = 'abc'")
		tables := must(s.Column(tablesOf[s.Engine()]))
		want, rows := contents(t, s), rowCounts(t, s, tables)
		raw(t, s, "ALTER TABLE list_item RENAME COLUMN successor TO lent")
		if from, to, err := s.Migrate(t.Context()); err != nil || from != 7 || to < 8 {
			t.Fatalf("from %d to %d: %v", from, to, err)
		}
		raw(t, s, "UPDATE list_item SET successor = lent")
		raw(t, s, "ALTER TABLE list_item DROP COLUMN lent")
		same(t, "contents", want, contents(t, s))
		same(t, "rows", rows, rowCounts(t, s, tables))
		verified(t, s)
		if first := must(s.AuditEntries(t.Context(), store.AuditFilter{}))[0]; first.Action != store.AuditBefore || first.FirstChange != 1 {
			t.Errorf("the log begins with %+v", first)
		}
		if s.Engine() == store.SQLite {
			same(t, "broken references", []string(nil), must(s.Column(`SELECT "table" FROM pragma_foreign_key_check`)))
			same(t, "integrity", []string{"ok"}, must(s.Column("PRAGMA integrity_check")))
		}
		put(t, s, project("Po přechodu"))
		for _, forbidden := range []string{
			"INSERT INTO project_party (project_id, position, actor_id) VALUES ('P-90001', 7, 'A-99999')",
			"INSERT INTO project_place (project_id, position, territory) VALUES ('P-99999', 0, 'CZ')",
			"INSERT INTO project_place (project_id, position, territory) VALUES ('P-90001', 7, '')",
			"INSERT INTO batch_problem (batch_id, row_no, position, file_row) VALUES ('D-99999', 1, 0, 1)",
			"INSERT INTO change (seq, at, kind, record_id, version, action, snapshot) SELECT 999999, at, kind, record_id, version, action, snapshot FROM change WHERE seq = 1",
			"DELETE FROM actor WHERE id = 'A-00001'",
		} {
			if err := s.Raw(forbidden); err == nil {
				t.Errorf("not refused: %s", forbidden)
			}
		}
	})
}

func raw(t *testing.T, s *store.Store, statement string) {
	t.Helper()
	if err := s.Raw(statement); err != nil {
		t.Fatal(err)
	}
}

// tablesOf asks each engine for the tables there are.
var tablesOf = map[string]string{
	store.SQLite:   "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'goose_%' AND name <> 'counter'",
	store.Postgres: "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE 'goose_%' AND table_name <> 'counter'",
}

func rowCounts(t *testing.T, s *store.Store, tables []string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, table := range tables {
		out[table] = must(s.Column("SELECT CAST(COUNT(*) AS TEXT) FROM " + table))[0]
	}
	return out
}
