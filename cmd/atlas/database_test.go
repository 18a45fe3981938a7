package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"atlas/internal/app"
	"atlas/internal/seed"
	"atlas/internal/store/storetest"
)

// demoBackup makes a backup of the demo content.
func demoBackup(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	start(t, dir, "demo").stop(t)
	mustRun(t, dir, "backup", "demo.sqlite")
	return filepath.Join(dir, "demo.sqlite")
}

// counts is what restore says it restored.
func counts(t *testing.T, out string) string {
	t.Helper()
	_, rest, ok := strings.Cut(out, " obnoveno: ")
	if !ok {
		t.Fatalf("restore says %q", out)
	}
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

func TestABackupMadeWhileServingRestoresElsewhere(t *testing.T) {
	t.Parallel()
	demo := demoBackup(t)
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		want := counts(t, mustRun(t, dir, slices.Concat([]string{"restore", demo}, flags)...))
		if !strings.Contains(want, "projekty 1") {
			t.Errorf("the demo holds %s", want)
		}
		s := start(t, dir, slices.Concat([]string{"serve"}, flags)...)
		mustRun(t, dir, slices.Concat([]string{"backup", "za-provozu.sqlite"}, flags)...)
		get(t, s.address)
		if code := s.stop(t); code != exitOK {
			t.Errorf("serve stopped with %d:\n%s", code, s.said)
		}
		eachDatabase(t, func(t *testing.T, flags ...string) {
			got := counts(t, mustRun(t, dir, slices.Concat([]string{"restore", "za-provozu.sqlite"}, flags)...))
			if got != want {
				t.Errorf("restored %s, want %s", got, want)
			}
			atlasRun(t, dir, slices.Concat([]string{"reindex"}, flags)...).said(t, exitOK, "shodují")
		})
	})
}

func TestRestoringOverRecordsNeedsReplaceAndKeepsThem(t *testing.T) {
	t.Parallel()
	demo := demoBackup(t)
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		restore := slices.Concat([]string{"restore", demo}, flags)
		mustRun(t, dir, restore...)
		atlasRun(t, dir, restore...).said(t, exitError, "--replace")
		out := mustRun(t, dir, append(restore, "--replace")...)
		if !strings.Contains(out, "pred-obnovou-") || !strings.Contains(out, "spusťte znovu") {
			t.Errorf("restore --replace says:\n%s", out)
		}
		data := flags[len(flags)-1]
		kept, err := filepath.Glob(filepath.Join(data, "pred-obnovou-*.sqlite"))
		if err != nil || len(kept) != 1 {
			t.Fatalf("kept %v: %v", kept, err)
		}
		again := counts(t, mustRun(t, dir, "restore", kept[0], "--data", "jinde"))
		if again != counts(t, out) {
			t.Errorf("kept %s, replaced by %s", again, counts(t, out))
		}
	})
}

func TestABackupNeverOverwritesAFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mustRun(t, dir, "migrate")
	file := filepath.Join(dir, "zaloha.sqlite")
	if err := os.WriteFile(file, []byte("důležité"), 0o600); err != nil {
		t.Fatal(err)
	}
	atlasRun(t, dir, "backup", "zaloha.sqlite").said(t, exitError, "zaloha.sqlite", "nepřepíše")
	if got, err := os.ReadFile(file); err != nil || string(got) != "důležité" {
		t.Errorf("the file now holds %q: %v", got, err)
	}
}

func TestCommandsThatReadMakeNoDatabase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, args := range [][]string{{"backup", "z.sqlite"}, {"reindex"}} {
		atlasRun(t, dir, args...).said(t, exitError, "atlas-data/atlas.db", "--data")
	}
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func TestMigrateSaysFromWhichVersionToWhich(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, flags ...string) {
		migrate := append([]string{"migrate"}, flags...)
		atlasRun(t, t.TempDir(), migrate...).said(t, exitOK, "z\u00a0verze 0 na verzi ")
		atlasRun(t, t.TempDir(), migrate...).said(t, exitOK, "aktuální")
	})
}

func TestADatabaseOfANewerProgramIsRefused(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		mustRun(t, dir, append([]string{"migrate"}, flags...)...)
		makeNewer(t, flags)
		for _, args := range [][]string{{"migrate"}, {"serve", "--listen", "127.0.0.1:0"}, {"backup", "z.sqlite"}, {"reindex"}} {
			atlasRun(t, dir, append(args, flags...)...).said(t, exitError, "novější verze", "9999")
		}
		if left := files(t, dir); len(left) > 0 {
			t.Errorf("left %v", left)
		}
	})
}

// makeNewer has the database say that a later migration was made.
func makeNewer(t *testing.T, flags []string) {
	t.Helper()
	driver, dsn := "pgx", flags[1]
	if flags[0] == "--data" {
		driver, dsn = "sqlite", filepath.Join(flags[1], "atlas.db")
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, TRUE)"); err != nil {
		t.Fatal(err)
	}
}

func TestAnIndexThatDiffersIsFoundOut(t *testing.T) {
	t.Parallel()
	a := app.New(storetest.Open(t, storetest.SQLite(t)), app.Options{})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := seed.Load(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	c, err := compareIndex(t.Context(), a)
	if err != nil || !c.agrees() || c.public == 0 {
		t.Errorf("%+v, %v", c, err)
	}
	a.Index().Delete("P-00001")
	if c, err = compareIndex(t.Context(), a); err != nil || c.missing != 1 || c.agrees() {
		t.Errorf("%+v, %v", c, err)
	}
}
