package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"atlas/internal/store/storetest"
)

// postgresPeer is PostgreSQL with a tsvector and arrays of values, both under
// GIN, counted by GROUP BY.
type postgresPeer struct {
	t    *truth
	conn *pgx.Conn
	host *testHost
}

// testHost lets the server of the tests run outside of a test.
type testHost struct {
	testing.TB // nothing else of it is called
	cleanups   []func()
}

// hostFailed is why the server cannot be had.
type hostFailed struct{ reason string }

func (h *testHost) Helper()           {}
func (h *testHost) Cleanup(f func())  { h.cleanups = append(h.cleanups, f) }
func (h *testHost) Skip(args ...any)  { panic(hostFailed{fmt.Sprint(args...)}) }
func (h *testHost) Fatal(args ...any) { panic(hostFailed{fmt.Sprint(args...)}) }
func (h *testHost) Error(args ...any) {}

func (h *testHost) close() {
	for _, f := range slices.Backward(h.cleanups) {
		f()
	}
}

func newPostgresPeer(ctx context.Context, t *truth) (p *postgresPeer, err error) {
	p = &postgresPeer{t: t, host: &testHost{}}
	defer func() {
		if failed, ok := recover().(hostFailed); ok {
			err = fmt.Errorf("no PostgreSQL: %s", failed.reason)
		}
	}()
	if p.conn, err = pgx.Connect(ctx, storetest.Postgres(p.host)); err != nil {
		return nil, err
	}
	values := ""
	for i := range t.facets {
		values += fmt.Sprintf(", v%d INT[] NOT NULL", i)
	}
	return p, p.exec(ctx, "SET work_mem = '256MB'", "SET maintenance_work_mem = '1GB'", "SET jit = off", "SET temp_buffers = '256MB'",
		"CREATE UNLOGGED TABLE stage (id INT, year INT, amount BIGINT, title TEXT, words TEXT"+values+")",
		"CREATE UNLOGGED TABLE doc (id INT PRIMARY KEY, year INT, amount BIGINT, title TEXT, words TSVECTOR"+values+")")
}

func (p *postgresPeer) exec(ctx context.Context, statements ...string) error {
	for _, s := range statements {
		if _, err := p.conn.Exec(ctx, s); err != nil {
			return fmt.Errorf("%.80s: %w", s, err)
		}
	}
	return nil
}

func (p *postgresPeer) name() string { return "PostgreSQL tsvector + GIN + GROUP BY" }

func (p *postgresPeer) size() (n int64) {
	_ = p.conn.QueryRow(context.Background(), "SELECT pg_total_relation_size('doc')").Scan(&n)
	return n
}

func (p *postgresPeer) close() error {
	err := p.conn.Close(context.Background())
	p.host.close()
	return err
}

// indexes are those of the table, by name.
func (p *postgresPeer) indexes() map[string]string {
	out := map[string]string{"doc_words": "gin (words)", "doc_year": "btree (year DESC NULLS LAST)", "doc_amount": "btree (amount DESC NULLS LAST)", "doc_title": "btree (title)"}
	for i := range p.t.facets {
		out[fmt.Sprintf("doc_v%d", i)] = fmt.Sprintf("gin (v%d)", i)
	}
	return out
}

func (p *postgresPeer) add(ctx context.Context, t *truth, from, to int) error {
	indexes := p.indexes()
	for _, name := range slices.Sorted(maps.Keys(indexes)) {
		if err := p.exec(ctx, "DROP INDEX IF EXISTS "+name); err != nil {
			return err
		}
	}
	columns := []string{"id", "year", "amount", "title", "words"}
	for i := range t.facets {
		columns = append(columns, fmt.Sprintf("v%d", i))
	}
	n := from
	_, err := p.conn.CopyFrom(ctx, pgx.Identifier{"stage"}, columns, pgx.CopyFromFunc(func() ([]any, error) {
		if n == to {
			return nil, nil
		}
		n++
		return p.row(n - 1), nil
	}))
	if err != nil {
		return err
	}
	rest := strings.Join(columns[5:], ", ")
	if err := p.exec(ctx, "INSERT INTO doc SELECT id, year, amount, title, to_tsvector('simple', words), "+rest+" FROM stage", "TRUNCATE stage"); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(indexes)) {
		if err := p.exec(ctx, "CREATE INDEX "+name+" ON doc USING "+indexes[name]); err != nil {
			return err
		}
	}
	return p.exec(ctx, "VACUUM ANALYZE doc")
}

func (p *postgresPeer) row(n int) []any {
	values := make([][]int32, len(p.t.facets))
	for i := range values {
		values[i] = []int32{}
	}
	for _, v := range p.t.has.of(n) {
		f := p.t.values[v].facet
		values[f] = append(values[f], int32(v))
	}
	out := []any{int32(n), known(int64(p.t.year[n]), 0), known(p.t.amount[n], -1), p.t.titles[n], p.t.body(n)}
	for _, v := range values {
		out = append(out, v)
	}
	return out
}

// ask counts everything in one statement over the records found once; a facet
// with a filter of its own looks for them without it.
func (p *postgresPeer) ask(ctx context.Context, q *query) (answer, error) {
	a := answer{counts: make([]int, len(p.t.values))}
	columns := make([]string, len(p.t.facets))
	for i := range columns {
		columns[i] = fmt.Sprintf("v%d", i)
	}
	text := "WITH r AS MATERIALIZED (SELECT " + strings.Join(columns, ", ") + " FROM doc" + p.where(q, -1) + ") SELECT -1, count(*) FROM r"
	for i := range p.t.facets {
		from := "r"
		if q.filters[i] != nil {
			from = fmt.Sprintf("(SELECT v%d FROM doc%s) d%d", i, p.where(q, i), i)
		}
		text += fmt.Sprintf(" UNION ALL SELECT v, count(*) FROM %s, unnest(v%d) v GROUP BY v", from, i)
	}
	err := p.read(ctx, text, func(id, n int) {
		if id < 0 {
			a.total = n
		} else {
			a.counts[id] = n
		}
	})
	if err != nil {
		return a, err
	}
	return a, p.page(ctx, q)
}

func (p *postgresPeer) read(ctx context.Context, text string, take func(id, n int)) error {
	rows, err := p.conn.Query(ctx, text)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, n int
		if err := rows.Scan(&id, &n); err != nil {
			return err
		}
		take(id, n)
	}
	return rows.Err()
}

// page reads one page in the order of the question.
func (p *postgresPeer) page(ctx context.Context, q *query) error {
	by := "id DESC"
	switch {
	case q.sort != "":
		by = map[string]string{"rok": "year DESC NULLS LAST", "castka": "amount DESC NULLS LAST", "nazev": "title"}[q.sort]
	case len(q.terms) > 0:
		by = "ts_rank(words, " + tsquery(q) + ") DESC"
	}
	text := fmt.Sprintf("SELECT id, 0 FROM doc%s ORDER BY %s LIMIT %d OFFSET %d", p.where(q, -1), by, pageSize, (q.page-1)*pageSize)
	return p.read(ctx, text, func(int, int) {})
}

// where chooses the records of a question without the filter of one facet.
func (p *postgresPeer) where(q *query, but int) string {
	var conditions []string
	if len(q.terms) > 0 {
		conditions = append(conditions, "words @@ "+tsquery(q))
	}
	for facet, codes := range q.filters {
		if facet != but {
			conditions = append(conditions, fmt.Sprintf("v%d && '{%s}'::INT[]", facet, joined(p.t.idsOf(facet, codes))))
		}
	}
	if len(conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(conditions, " AND ")
}

// tsquery is the words of a question as PostgreSQL takes them. They are letters
// and digits only.
func tsquery(q *query) string {
	var out []string
	for _, x := range q.terms {
		text := "'" + strings.Join(strings.Fields(x.text), "' <-> '") + "'"
		if x.kind == wordStart {
			text += ":*"
		}
		out = append(out, "("+text+")")
	}
	return "$q$" + strings.Join(out, " & ") + "$q$::tsquery"
}
