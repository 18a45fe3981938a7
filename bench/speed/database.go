package main

import (
	"context"
	"database/sql"

	_ "modernc.org/sqlite" // the engine of the program
)

// openFile opens the database of the program beside it.
func openFile(file string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(10000)&_pragma=synchronous(off)&_pragma=foreign_keys(0)")
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// readActors reads the organisations that the import made.
func readActors(ctx context.Context, db *sql.DB) (out []actor, err error) {
	rows, err := db.QueryContext(ctx, "SELECT id, name, COALESCE(type, '') FROM actor ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a actor
		if err := rows.Scan(&a.id, &a.name, &a.kind); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}
