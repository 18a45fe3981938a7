package store_test

import (
	"context"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// listed is a project as a list of operations tells of one: a dozen rows in
// eight child tables.
func listed(n int) *atlas.Project {
	return &atlas.Project{
		Meta:          atlas.Meta{RecordStatus: atlas.RecordPublished},
		TitleCs:       fmt.Sprintf("Podpora integrace cizinců v obci č. %d", n),
		RegNumber:     fmt.Sprintf("CZ.03.2.60/0.0/0.0/15_024/%07d", n),
		Annotation:    strings.Repeat("Projekt podporuje cizince ze třetích zemí při začleňování. ", 8),
		Goal:          "Zvýšit zaměstnanost cizinců a jejich znalost češtiny.",
		From:          atlas.Date{Year: 2017, Month: 9, Day: 1},
		To:            atlas.Date{Year: 2020, Month: 12, Day: 31},
		Status:        atlas.StatusEnded,
		Country:       "CZ",
		Scope:         atlas.ScopeMunicipality,
		TotalCost:     atlas.Crowns(3_512_000),
		Currency:      "CZK",
		Territories:   []atlas.Place{{Territory: "CZ0724"}, {Territory: "585068"}},
		Parties:       []atlas.Party{{Actor: "A-00001", Role: atlas.RoleImplementer}, {Actor: "A-00002", Role: "PARTNER"}},
		Funding:       []atlas.Funding{{Funder: "A-00002", FunderType: "EU", Programme: "OPZ", Granted: atlas.Crowns(3_000_000), Currency: "CZK"}},
		Areas:         []atlas.AreaShare{{Code: "O01", Primary: true}, {Code: "O02"}},
		Activities:    []atlas.Activity{{Code: "KA01", Text: "Kurzy češtiny"}, {Code: "KA02", Text: "Poradenství"}},
		TargetLegal:   []string{"T01", "T02"},
		PeoplePlanned: atlas.Count{Known: true, N: 120, Kind: "OSOBY"},
		Sources:       []atlas.Source{{Kind: "SEZNAM", BatchID: "D-00001", File: "operace.csv", Row: n + 1}},
	}
}

func putListed(ctx context.Context, tx *store.Tx, from, n int) error {
	for i := range n {
		if err := tx.PutProject(ctx, listed(from+i), write()); err != nil {
			return err
		}
	}
	return nil
}

func engines() map[string]func(testing.TB) string {
	return map[string]func(testing.TB) string{store.SQLite: storetest.SQLite, store.Postgres: storetest.Postgres}
}

// BenchmarkImport writes 1 246 projects, the size of the Czech list of
// operations, in one transaction.
func BenchmarkImport(b *testing.B) {
	for name, dsn := range engines() {
		b.Run(name, func(b *testing.B) {
			s := storetest.Open(b, dsn(b))
			seed(b, s)
			n := 0
			for b.Loop() {
				update(b, s, func(ctx context.Context, tx *store.Tx) error { return putListed(ctx, tx, n*1246, 1246) })
				n++
			}
			b.ReportMetric(float64(1246*n)/b.Elapsed().Seconds(), "projects/s")
		})
	}
}

// BenchmarkEachProject streams 10 000 projects with their children.
func BenchmarkEachProject(b *testing.B) {
	for name, dsn := range engines() {
		b.Run(name, func(b *testing.B) {
			s := storetest.Open(b, dsn(b))
			seed(b, s)
			update(b, s, func(ctx context.Context, tx *store.Tx) error { return putListed(ctx, tx, 0, 10_000) })
			n := 0
			for b.Loop() {
				err := s.EachProject(b.Context(), func(*atlas.Project) error { n++; return nil })
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "projects/s")
		})
	}
}

// BenchmarkProjects reads the projects of one page of results, and one.
func BenchmarkProjects(b *testing.B) {
	for name, dsn := range engines() {
		s := storetest.Open(b, dsn(b))
		seed(b, s)
		update(b, s, func(ctx context.Context, tx *store.Tx) error { return putListed(ctx, tx, 0, 2000) })
		for _, n := range []int{1, 20} {
			ids := make([]string, n)
			for i := range ids {
				ids[i] = fmt.Sprintf("P-%05d", 90_003+i*90)
			}
			b.Run(fmt.Sprint(name, "/", n), func(b *testing.B) {
				for b.Loop() {
					if got := must(s.Projects(b.Context(), ids)); len(got) != n {
						b.Fatalf("%d projects", len(got))
					}
				}
			})
		}
	}
}

// row is what a row of a large foreign list comes to: a project with an
// implementer of its own at two rows of three, both with their source, two
// values kept word for word, and the row itself.
func putRow(ctx context.Context, tx *store.Tx, n int) error {
	source := []atlas.Source{{Kind: "SEZNAM", Note: fmt.Sprintf("data/AT.austria/AT12.niederoesterreich/ERDF-AT-Niederösterreich-2007-2013.csv; %d", n), BatchID: "D-00001", File: "eu50.csv.gz", Row: n}}
	if n%3 != 2 {
		a := &atlas.Actor{
			Meta: atlas.Meta{RecordStatus: atlas.RecordPublished},
			Name: fmt.Sprintf("Müller & Söhne Fahrzeugbau GmbH %d", n*7919%1_000_003), Sources: source[:1:1],
		}
		if err := tx.PutActor(ctx, a, write()); err != nil {
			return err
		}
	}
	p := &atlas.Project{
		Meta:      atlas.Meta{RecordStatus: atlas.RecordPublished},
		TitleCs:   fmt.Sprintf("Innovationsdienstleistung für Unternehmen Nr. %d", n),
		RegNumber: fmt.Sprintf("DE/ERDF/2007/%07d", n*7919%1_000_003),
		Parties:   []atlas.Party{{Actor: fmt.Sprintf("A-%05d", 1+n*2/3), Role: atlas.RoleImplementer}}, TotalCost: atlas.Amount{Minor: int64(720_00 + n), State: atlas.AmountKnown}, Currency: "EUR",
		Sources: source, Verbatim: []atlas.Verbatim{{Field: "lang", Value: "de"}},
	}
	if err := tx.PutProject(ctx, p, write()); err != nil {
		return err
	}
	row := atlas.BatchRow{BatchID: "D-00001", Row: n, RecordID: p.ID, Outcome: atlas.OutcomeCreate, Raw: map[string]string{
		"beneficiary_name": "AUTOKLINIK MÜLLER GmbH", "currency": "EUR", "lang": "de", "project_name": p.TitleCs,
		"source_file": "data/AT.austria/AT12.niederoesterreich/ERDF-AT-Niederösterreich-2007-2013.csv", "source_row": "524", "total_amount": "720,00",
	}}
	if n%3 == 0 {
		row.Problems = []atlas.RowProblem{{Row: n, Column: "total_amount", Value: "720,00", Key: "problem.amount", Args: map[string]any{"value": "720,00"}}}
	}
	return tx.PutBatchRows(ctx, []atlas.BatchRow{row})
}

// BenchmarkLargeImport writes what 20 000 rows of a large foreign list come to
// in one transaction: 20 000 projects, 13 334 actors and the rows.
func BenchmarkLargeImport(b *testing.B) {
	const rows = 20_000
	for name, dsn := range engines() {
		b.Run(name, func(b *testing.B) {
			var used time.Duration
			for b.Loop() {
				b.StopTimer()
				s := storetest.Open(b, dsn(b))
				b.StartTimer()
				before := processorTime()
				update(b, s, func(ctx context.Context, tx *store.Tx) error {
					tx.Bulk()
					if err := tx.PutBatch(ctx, &atlas.Batch{File: "eu50.csv.gz"}); err != nil {
						return err
					}
					for n := range rows {
						if err := putRow(ctx, tx, n); err != nil {
							return err
						}
					}
					return nil
				})
				used += processorTime() - before
			}
			b.ReportMetric(float64(used.Microseconds())/float64(rows*b.N), "cpu-µs/row")
			b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// BenchmarkAsOf reads 30 000 records as they stood at a time and verifies the log
// over them. Writing them first takes PostgreSQL most of the time.
func BenchmarkAsOf(b *testing.B) {
	const records = 30_000
	for name, dsn := range engines() {
		b.Run(name, func(b *testing.B) {
			s := storetest.Open(b, dsn(b))
			seed(b, s)
			update(b, s, func(ctx context.Context, tx *store.Tx) error {
				tx.Bulk()
				return putListed(ctx, tx, 0, records)
			})
			b.Run("records", func(b *testing.B) {
				for b.Loop() {
					n := 0
					err := s.EachAsOf(b.Context(), atlas.KindProject, time.Now(), func(atlas.Change, []byte) error { n++; return nil })
					if err != nil || n < records {
						b.Fatal(n, err)
					}
				}
			})
			b.Run("verify", func(b *testing.B) {
				for b.Loop() {
					if r, err := s.VerifyAudit(b.Context(), store.AuditHead{}, nil); err != nil || r.Broken != nil {
						b.Fatal(r, err)
					}
				}
			})
		})
	}
}

// processorTime is what this process used so far of the processors: unlike the
// clock it does not depend on what else runs.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
