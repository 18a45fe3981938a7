package coverage

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/search"
	"atlas/internal/store/storetest"

	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite"
)

// recordsEnv says how many projects there are; 1 500 000 unless it does.
const recordsEnv = "ATLAS_BENCH_RECORDS"

// aloneEnv leaves the peers out.
const aloneEnv = "ATLAS_BENCH_ALONE"

// question is one filter in the words of the product and of SQL.
type question struct {
	name  string
	query search.Query
	where string // over the table of projects, "" = all
}

func questions(c *corpus) []question {
	by := func(f search.Facet, values ...string) search.Query {
		return search.Query{Filters: map[search.Facet][]string{f: values}}
	}
	return []question{
		{"no filter", search.Query{}, ""},
		{"a target group, two thirds", by(search.FacetTargetLegal, "TG-ALL"), "p.grp = 'TG-ALL'"},
		{"programmes, about a half", by(search.FacetProgramme, c.funds[:half(c.funds)]...), "p.programme IN ('" + strings.Join(c.funds[:half(c.funds)], "', '") + "')"},
		{"a target group, one third", by(search.FacetTargetLegal, "TG-EU"), "p.grp = 'TG-EU'"},
		{"a programme", by(search.FacetProgramme, "OPZ"), "p.programme = 'OPZ'"},
		{"a rare word", search.Query{Text: "tlumočení"}, "p.word = 'tlumočení'"},
	}
}

// half is how many of the values that pick takes the first half of the projects has.
func half(of []string) int { return int(math.Round(float64(len(of)) * (1 - math.Sqrt(0.5)))) }

// BenchmarkCoverage prints how long areas × 77 okresy × 21 years take under each
// filter in the product, in SQLite and in PostgreSQL, the two with one row for
// each project, okres, area and year ready to be summed and an index on what is
// filtered by. What the three count is compared.
func BenchmarkCoverage(b *testing.B) {
	n := 1_500_000
	if v, err := strconv.Atoi(os.Getenv(recordsEnv)); err == nil {
		n = v
	}
	c := newCorpus(n)
	start := time.Now()
	index := search.New(search.Options{})
	index.Build(func(yield func(search.Document) bool) {
		for rec := range c.each() {
			if !yield(c.document(rec)) {
				return
			}
		}
	})
	fmt.Printf("%d projects, %d cores; the index was built in %v\n", n, runtime.GOMAXPROCS(0), time.Since(start).Round(time.Second))
	if os.Getenv(aloneEnv) != "" {
		for _, q := range questions(c) {
			first, own, share, _ := product(index, c, q)
			fmt.Printf("%-28s %7.1f%% %12v %12v\n", q.name, 100*share, first.Round(100*time.Microsecond), own.Round(100*time.Microsecond))
		}
		return
	}
	lite, grow := fillSQLite(b, c), fillPostgres(b, c)
	fmt.Printf("%-28s %8s %12s %12s %12s %8s %12s %8s\n", "filter", "share", "asked first", "product p95", "SQLite", "ratio", "PostgreSQL", "ratio")
	for _, q := range questions(c) {
		first, own, share, cells := product(index, c, q)
		took, same := ask(b, lite, q, cells)
		tookPG, samePG := ask(b, grow, q, cells)
		fmt.Printf("%-28s %7.1f%% %12v %12v %12v %7.0fx %12v %7.0fx\n", q.name, 100*share, first.Round(100*time.Microsecond), own.Round(100*time.Microsecond), took.Round(time.Millisecond),
			float64(took)/float64(own), tookPG.Round(time.Millisecond), float64(tookPG)/float64(own))
		if !same || !samePG {
			b.Errorf("%s: the peers count something else", q.name)
		}
	}
}

// product asks often enough for a 95th percentile and gives the cells as the
// peers do. The first answer is told apart: before the first wide filter nothing is
// remembered. Share is the part of all projects that is found.
func product(index *search.Index, c *corpus, q question) (first, p95 time.Duration, share float64, found map[string][3]int64) {
	asked := coverage.Question{Level: atlas.LevelDistrict, From: firstYear, To: lastYear, Now: coverage.MonthOf(atlas.Date{Year: lastYear, Month: 11})}
	var all []time.Duration
	var m *coverage.Matrix
	for range 41 {
		start := time.Now()
		m = index.Coverage(q.query, c.places, asked)
		all = append(all, time.Since(start))
	}
	first, all = all[0], all[1:]
	slices.Sort(all)
	cells := map[string][3]int64{}
	for i, row := range m.Rows {
		for j, item := range m.Items {
			for y := firstYear; y <= lastYear; y++ {
				if cell := m.Cell(i, j, y); cell.Projects > 0 {
					cells[row.Code+" "+item+" "+strconv.Itoa(y)] = [3]int64{int64(cell.Projects), cell.Minor, int64(cell.Months)}
				}
			}
		}
	}
	return first, all[len(all)*95/100], float64(m.Everything().Projects) / float64(c.n), cells
}

// asker is a database that answers rows.
type asker func(query string, row func(okres, area string, year int, projects, minor, months int64)) error

// ask times the same question in SQL, the better of two runs, and says whether it
// counts the same.
func ask(b *testing.B, db asker, q question, want map[string][3]int64) (took time.Duration, same bool) {
	from, where := "share s", ""
	if q.where != "" {
		from, where = "share s JOIN project p ON p.id = s.project", " WHERE "+q.where
	}
	text := "SELECT s.okres, s.area, s.year, COUNT(DISTINCT s.project), SUM(s.minor), SUM(s.months) FROM " + from + where + " GROUP BY s.okres, s.area, s.year"
	for range 2 {
		got := map[string][3]int64{}
		start := time.Now()
		err := db(text, func(okres, area string, year int, projects, minor, months int64) {
			got[okres+" "+area+" "+strconv.Itoa(year)] = [3]int64{projects, minor, months}
		})
		if err != nil {
			b.Fatal(err)
		}
		if d := time.Since(start); took == 0 || d < took {
			took = d
		}
		same = equal(got, want)
	}
	return took, same
}

func equal(got, want map[string][3]int64) bool {
	if len(got) != len(want) {
		return false
	}
	for key, w := range want {
		if got[key] != w {
			return false
		}
	}
	return true
}

const tables = `CREATE TABLE project (id INTEGER PRIMARY KEY, programme TEXT, grp TEXT, word TEXT);
CREATE TABLE share (project INTEGER, okres TEXT, area TEXT, year INTEGER, minor BIGINT, months BIGINT)`

const indexes = `CREATE INDEX by_programme ON project (programme); CREATE INDEX by_grp ON project (grp); CREATE INDEX by_word ON project (word); CREATE INDEX by_project ON share (project); ANALYZE`

func fillSQLite(b *testing.B, c *corpus) asker {
	db, err := sql.Open("sqlite", filepath.Join(b.TempDir(), "peer.db")+"?_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=cache_size(-400000)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	start := time.Now()
	must := func(_ sql.Result, err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	must(db.Exec(tables))
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	project, _ := tx.Prepare("INSERT INTO project VALUES (?, ?, ?, ?)")
	part, _ := tx.Prepare("INSERT INTO share VALUES (?, ?, ?, ?, ?, ?)")
	i := 0
	for rec := range c.each() {
		must(project.Exec(i, rec.programme, rec.group, rec.word))
		for _, s := range shares(rec.project) {
			must(part.Exec(i, s.okres, s.area, s.year, s.minor, s.months))
		}
		i++
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	must(db.Exec(indexes))
	fmt.Printf("SQLite was filled in %v\n", time.Since(start).Round(time.Second))
	return func(query string, row func(string, string, int, int64, int64, int64)) error {
		rows, err := db.Query(query)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var okres, area string
			var year int
			var projects, minor, months int64
			if err := rows.Scan(&okres, &area, &year, &projects, &minor, &months); err != nil {
				return err
			}
			row(okres, area, year, projects, minor, months)
		}
		return rows.Err()
	}
}

func fillPostgres(b *testing.B, c *corpus) asker {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, storetest.Postgres(b))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close(ctx) })
	start := time.Now()
	if _, err := conn.Exec(ctx, tables); err != nil {
		b.Fatal(err)
	}
	var projects, parts [][]any
	flush := func(least int) {
		if len(parts) < least {
			return
		}
		_, err1 := conn.CopyFrom(ctx, pgx.Identifier{"project"}, []string{"id", "programme", "grp", "word"}, pgx.CopyFromRows(projects))
		_, err2 := conn.CopyFrom(ctx, pgx.Identifier{"share"}, []string{"project", "okres", "area", "year", "minor", "months"}, pgx.CopyFromRows(parts))
		if err := cmp.Or(err1, err2); err != nil {
			b.Fatal(err)
		}
		projects, parts = projects[:0], parts[:0]
	}
	i := 0
	for rec := range c.each() {
		projects = append(projects, []any{i, rec.programme, rec.group, rec.word})
		for _, s := range shares(rec.project) {
			parts = append(parts, []any{i, s.okres, s.area, s.year, s.minor, s.months})
		}
		i++
		flush(50_000)
	}
	flush(1)
	if _, err := conn.Exec(ctx, indexes+"; SET work_mem = '256MB'"); err != nil {
		b.Fatal(err)
	}
	fmt.Printf("PostgreSQL was filled in %v\n", time.Since(start).Round(time.Second))
	return func(query string, row func(string, string, int, int64, int64, int64)) error {
		rows, err := conn.Query(ctx, query)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var okres, area string
			var year int
			var projects, minor, months int64
			if err := rows.Scan(&okres, &area, &year, &projects, &minor, &months); err != nil {
				return err
			}
			row(okres, area, year, projects, minor, months)
		}
		return rows.Err()
	}
}
