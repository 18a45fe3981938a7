package main

import (
	"context"
	"database/sql"
	"fmt"

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

// classifyRecords writes what a record is about straight into the tables: our
// own export has these columns, its import does not read them. Nothing is done
// once the import brings them. It is not part of any time that is told.
func classifyRecords(ctx context.Context, db *sql.DB, c *corpus, n int) error {
	var have int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM project_area LIMIT 1)").Scan(&have); err != nil || have > 0 {
		return err
	}
	ids, err := idsByNumber(ctx, db)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	w, err := newClassWriter(ctx, tx)
	if err != nil {
		return err
	}
	for i := range n {
		r := c.at(i)
		if id, ok := ids[r.reg]; ok {
			if err := w.write(ctx, id, &r); err != nil {
				return fmt.Errorf("%s: %w", id, err)
			}
		}
	}
	return tx.Commit()
}

// idsByNumber are the codes of projects by their registration numbers.
func idsByNumber(ctx context.Context, db *sql.DB) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT id, reg_number FROM project WHERE reg_number IS NOT NULL")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var id, number string
		if err := rows.Scan(&id, &number); err != nil {
			return nil, err
		}
		out[number] = id
	}
	return out, rows.Err()
}

// classWriter writes the classes of records.
type classWriter struct{ area, activity, value *sql.Stmt }

func newClassWriter(ctx context.Context, tx *sql.Tx) (w classWriter, err error) {
	for _, x := range []struct {
		stmt **sql.Stmt
		text string
	}{
		{&w.area, "INSERT INTO project_area (project_id, position, code, is_primary) VALUES ($1, $2, $3, $4)"},
		{&w.activity, "INSERT INTO project_activity (project_id, position, code) VALUES ($1, $2, $3)"},
		{&w.value, "INSERT INTO project_value (project_id, position, list, value) VALUES ($1, $2, $3, $4)"},
	} {
		if *x.stmt, err = tx.PrepareContext(ctx, x.text); err != nil {
			return w, err
		}
	}
	return w, nil
}

func (w classWriter) write(ctx context.Context, id string, r *record) error {
	for i, code := range r.areas {
		if _, err := w.area.ExecContext(ctx, id, i, code, i == 0); err != nil {
			return err
		}
	}
	for i, code := range r.activities {
		if _, err := w.activity.ExecContext(ctx, id, i, code); err != nil {
			return err
		}
	}
	at := 0
	for _, list := range []struct {
		name  string
		codes []string
	}{{"target_legal", r.targets}, {"target_situation", r.situations}} {
		for _, code := range list.codes {
			if _, err := w.value.ExecContext(ctx, id, at, list.name, code); err != nil {
				return err
			}
			at++
		}
	}
	return nil
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
