package store

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
)

// oneConnection opens a file through one connection that keeps statements.
func oneConnection(t *testing.T) *sql.Conn {
	t.Helper()
	db, err := sqlite{filepath.Join(t.TempDir(), "a.db")}.pool(1, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// read gives the numbers of a query, and calls at for each.
func read(t *testing.T, conn *sql.Conn, at func(), text string, args ...any) (out []int) {
	t.Helper()
	rows, err := conn.QueryContext(t.Context(), text, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
		at()
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAStatementMayRunAgainWhileItsRowsAreRead(t *testing.T) {
	conn, nothing := oneConnection(t), func() {}
	const text = "SELECT value FROM json_each($1)"
	var inner []int
	outer := read(t, conn, func() { inner = read(t, conn, nothing, text, "[7,8]") }, text, "[1,2,3]")
	if fmt.Sprint(outer, inner) != "[1 2 3] [7 8]" {
		t.Errorf("read %v and, meanwhile, %v", outer, inner)
	}
	if again := read(t, conn, nothing, text, "[5]"); fmt.Sprint(again) != "[5]" {
		t.Errorf("then %v", again)
	}
}

func TestAKeptStatementSeesAChangedTable(t *testing.T) {
	conn, nothing := oneConnection(t), func() {}
	exec := func(text string) {
		t.Helper()
		if _, err := conn.ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	exec("CREATE TABLE t (n INTEGER)")
	exec("INSERT INTO t VALUES (1)")
	before := read(t, conn, nothing, "SELECT n FROM t")
	exec("ALTER TABLE t RENAME TO old")
	exec("CREATE TABLE t (more TEXT, n INTEGER)")
	exec("INSERT INTO t VALUES ('x', 2)")
	if after := read(t, conn, nothing, "SELECT n FROM t"); fmt.Sprint(before, after) != "[1] [2]" {
		t.Errorf("read %v, then %v", before, after)
	}
}

func TestMoreStatementsThanAreKeptStillRun(t *testing.T) {
	conn := oneConnection(t)
	for n := range mostKept + 20 {
		if got := read(t, conn, func() {}, fmt.Sprintf("SELECT %d", n)); fmt.Sprint(got) != fmt.Sprintf("[%d]", n) {
			t.Fatalf("read %v of %d", got, n)
		}
	}
}
