package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

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

// BenchmarkImport writes 1 246 projects, the size of the Czech list of
// operations, in one transaction.
func BenchmarkImport(b *testing.B) {
	for name, dsn := range map[string]func(testing.TB) string{store.SQLite: storetest.SQLite, store.Postgres: storetest.Postgres} {
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
	for name, dsn := range map[string]func(testing.TB) string{store.SQLite: storetest.SQLite, store.Postgres: storetest.Postgres} {
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
