package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// sqlitePeer is SQLite with a full-text table and one table for each facet,
// counted by GROUP BY.
type sqlitePeer struct {
	t    *truth
	file string
	db   *sql.DB
}

func newSQLitePeer(ctx context.Context, t *truth, dir string) (*sqlitePeer, error) {
	p := &sqlitePeer{t: t, file: filepath.Join(dir, "peer.sqlite")}
	err := os.RemoveAll(p.file) // of a run before
	if err == nil {
		p.db, err = openFile(p.file)
	}
	if err != nil {
		return nil, err
	}
	statements := []string{
		"PRAGMA journal_mode = OFF", "PRAGMA cache_size = -524288", "PRAGMA mmap_size = 8589934592", "PRAGMA temp_store = MEMORY",
		"CREATE TABLE doc (id INTEGER PRIMARY KEY, year INTEGER, amount INTEGER, title TEXT)",
		"CREATE INDEX doc_year ON doc (year)", "CREATE INDEX doc_amount ON doc (amount)", "CREATE INDEX doc_title ON doc (title)",
		"CREATE VIRTUAL TABLE body USING fts5 (words, content = '', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4')",
		"CREATE TEMP TABLE result (doc INTEGER PRIMARY KEY)", "CREATE TEMP TABLE other (doc INTEGER PRIMARY KEY)",
	}
	for i := range t.facets {
		statements = append(statements,
			fmt.Sprintf("CREATE TABLE facet%d (value INTEGER, doc INTEGER, PRIMARY KEY (value, doc)) WITHOUT ROWID", i),
			fmt.Sprintf("CREATE INDEX facet%d_doc ON facet%d (doc, value)", i, i))
	}
	return p, p.exec(ctx, statements...)
}

func (p *sqlitePeer) exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := p.db.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

func (p *sqlitePeer) name() string { return "SQLite FTS5 + GROUP BY" }
func (p *sqlitePeer) size() int64  { return sizeOf(p.file) }
func (p *sqlitePeer) close() error { return p.db.Close() }

func (p *sqlitePeer) add(ctx context.Context, t *truth, from, to int) error {
	tx, err := p.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	doc, err1 := tx.PrepareContext(ctx, "INSERT INTO doc VALUES ($1, $2, $3, $4)")
	body, err2 := tx.PrepareContext(ctx, "INSERT INTO body (rowid, words) VALUES ($1, $2)")
	for _, err := range []error{err1, err2} {
		if err != nil {
			return err
		}
	}
	facets := make([]*sql.Stmt, len(t.facets))
	for i := range facets {
		if facets[i], err = tx.PrepareContext(ctx, fmt.Sprintf("INSERT INTO facet%d VALUES ($1, $2)", i)); err != nil {
			return err
		}
	}
	for n := from; n < to; n++ {
		if _, err := doc.ExecContext(ctx, n, known(int64(t.year[n]), 0), known(t.amount[n], -1), t.titles[n]); err != nil {
			return err
		}
		if _, err := body.ExecContext(ctx, n, t.body(n)); err != nil {
			return err
		}
		for _, v := range t.has.of(n) {
			if _, err := facets[t.values[v].facet].ExecContext(ctx, v, n); err != nil {
				return err
			}
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	return p.exec(ctx, "INSERT INTO body (body) VALUES ('optimize')", "ANALYZE")
}

// known is nil for the number that stands for unknown.
func known(n, unknown int64) any {
	if n == unknown {
		return nil
	}
	return n
}

func (p *sqlitePeer) ask(ctx context.Context, q *query) (answer, error) {
	a := answer{counts: make([]int, len(p.t.values))}
	where, args := p.where(q, -1)
	if err := p.fill(ctx, "result", where, args); err != nil {
		return a, err
	}
	if err := p.db.QueryRowContext(ctx, "SELECT count(*) FROM result").Scan(&a.total); err != nil {
		return a, err
	}
	if err := p.page(ctx, q, where); err != nil {
		return a, err
	}
	for i := range p.t.facets {
		from, here, args := "result", where, args
		if q.filters[i] != nil {
			if here, args = p.where(q, i); here != "" {
				from = "other"
				if err := p.fill(ctx, from, here, args); err != nil {
					return a, err
				}
			}
		}
		if err := p.count(ctx, i, from, here, &a); err != nil {
			return a, err
		}
	}
	return a, nil
}

// where chooses the records of a question without the filter of one facet; ""
// is all records.
func (p *sqlitePeer) where(q *query, but int) (string, []any) {
	var conditions []string
	var args []any
	if text := match(q); text != "" {
		conditions, args = append(conditions, "id IN (SELECT rowid FROM body WHERE body MATCH ?)"), append(args, text)
	}
	for facet, codes := range q.filters {
		if facet != but {
			conditions = append(conditions, fmt.Sprintf("id IN (SELECT doc FROM facet%d WHERE value IN (%s))", facet, joined(p.t.idsOf(facet, codes))))
		}
	}
	slices.Sort(conditions) // the one of words, with its argument, is the only one that has any
	return strings.Join(conditions, " AND "), args
}

// match is the words of a question as FTS5 takes them.
func match(q *query) string {
	var out []string
	for _, x := range q.terms {
		text := `"` + x.text + `"`
		if x.kind == wordStart {
			text += "*"
		}
		out = append(out, text)
	}
	return strings.Join(out, " AND ")
}

// idsOf are the numbers of some values; −1 for one that nothing has.
func (t *truth) idsOf(facet int, codes []string) (out []int) {
	for _, code := range codes {
		id, ok := t.ids[facet][code]
		if out = append(out, int(id)); !ok {
			out[len(out)-1] = -1
		}
	}
	return out
}

func joined(all []int) string {
	out := make([]string, len(all))
	for i, n := range all {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, ",")
}

// fill puts the records that a question finds into a table in memory, so that
// they are looked for once and not with every count.
func (p *sqlitePeer) fill(ctx context.Context, table, where string, args []any) error {
	if _, err := p.db.ExecContext(ctx, "DELETE FROM "+table); err != nil {
		return err
	}
	if where != "" {
		where = " WHERE " + where
	}
	_, err := p.db.ExecContext(ctx, "INSERT INTO "+table+" SELECT id FROM doc"+where+" ORDER BY id", args...)
	return err
}

// page reads one page in the order of the question: by relevance where there
// are words, else the newest.
func (p *sqlitePeer) page(ctx context.Context, q *query, where string) error {
	in := " WHERE id IN (SELECT doc FROM result)"
	if where == "" {
		in = ""
	}
	text, args := "SELECT id FROM doc"+in+" ORDER BY id DESC", []any(nil)
	switch {
	case q.sort != "":
		by := map[string]string{"rok": "year DESC", "castka": "amount DESC", "nazev": "title"}[q.sort]
		text = "SELECT id FROM doc" + in + " ORDER BY " + by
	case len(q.terms) > 0:
		// CROSS JOIN keeps SQLite from looking every record up in the words anew.
		text, args = "SELECT b.rowid FROM body b CROSS JOIN result r ON r.doc = b.rowid WHERE body MATCH ? ORDER BY bm25(body)", []any{match(q)}
	}
	rows, err := p.db.QueryContext(ctx, fmt.Sprintf("%s LIMIT %d OFFSET %d", text, pageSize, (q.page-1)*pageSize), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int
		if err := rows.Scan(&id); err != nil {
			return err
		}
	}
	return rows.Err()
}

// count counts the values of one facet; where "" is that of all records.
func (p *sqlitePeer) count(ctx context.Context, facet int, from, where string, a *answer) error {
	text := fmt.Sprintf("SELECT f.value, count(*) FROM %s r CROSS JOIN facet%d f ON f.doc = r.doc GROUP BY f.value", from, facet)
	if where == "" {
		text = fmt.Sprintf("SELECT value, count(*) FROM facet%d GROUP BY value", facet)
	}
	rows, err := p.db.QueryContext(ctx, text)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, n int
		if err := rows.Scan(&id, &n); err != nil {
			return err
		}
		a.counts[id] = n
	}
	return rows.Err()
}
