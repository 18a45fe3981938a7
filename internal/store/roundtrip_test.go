package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"

	"github.com/google/go-cmp/cmp"
)

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestEveryFieldOfAProjectSurvivesWritingAndChanging(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		seed(t, s)
		var f filler
		p := fullProject(&f, "")
		put(t, s, p)
		if p.ID != "P-90003" || p.Version != 1 {
			t.Fatalf("stored as %s version %d", p.ID, p.Version)
		}
		got, err := s.Project(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "created", p, got)

		q := fullProject(&f, p.ID)
		q.Meta = p.Meta
		q.Indicators, q.Sources = q.Indicators[:1], q.Sources[1:]
		put(t, s, q)
		got, err = s.Project(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "changed", q, got)
		if q.Version != 2 || !q.CreatedAt.Equal(p.CreatedAt) {
			t.Errorf("version %d, created %s", q.Version, q.CreatedAt)
		}
	})
}

func TestEveryFieldOfAnActorSurvivesWritingAndChanging(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		seed(t, s)
		var f filler
		a := fullActor(&f, "")
		for range 2 {
			update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutActor(ctx, a, write()) })
			got, err := s.Actor(t.Context(), a.ID)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "actor", a, got)
			meta := a.Meta
			a = fullActor(&f, a.ID)
			a.Meta = meta
		}
	})
}

func TestEveryFieldOfACallSurvivesWritingAndChanging(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		seed(t, s)
		var f filler
		c := fullCall(&f, "")
		for range 2 {
			update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutCall(ctx, c, write()) })
			got, err := s.Call(t.Context(), c.ID)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "call", c, got)
			meta := c.Meta
			c = fullCall(&f, c.ID)
			c.Meta = meta
		}
	})
}

func TestTheLastMappingOfAShapeIsRemembered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if _, err := s.Mapping(t.Context(), "tvar"); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("without one: %v", err)
		}
		for _, text := range []string{`{"columns":[]}`, `{"columns":[{"header":"Název"}]}`} {
			update(t, s, func(ctx context.Context, tx *store.Tx) error {
				return tx.PutMapping(ctx, store.Mapping{Shape: "tvar", Text: []byte(text), At: time.Unix(1, 0)})
			})
			same(t, "mapping", text, string(must(s.Mapping(t.Context(), "tvar"))))
		}
	})
}

func TestEveryFieldOfListsTerritoriesAndBatchesSurvives(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var f filler
		list := *filled[atlas.List](&f)
		list.Version = 0
		territory := *filled[atlas.Territory](&f)
		batch := filled[atlas.Batch](&f)
		batch.ID = ""
		row := *filled[atlas.BatchRow](&f)
		aliases := [][]string{{"Charkov", "Kharkiv", "Харків"}, {"Kyjev", "Kyiv"}}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.PutList(ctx, list, write()); err != nil {
				return err
			}
			if _, _, _, err := tx.PutTerritories(ctx, []atlas.Territory{territory}, write()); err != nil {
				return err
			}
			if err := tx.PutBoundary(ctx, territory.Code, []byte(`{"type":"Point"}`)); err != nil {
				return err
			}
			if err := tx.PutAliases(ctx, aliases); err != nil {
				return err
			}
			if err := tx.PutBatch(ctx, batch); err != nil {
				return err
			}
			row.BatchID = batch.ID
			return tx.PutBatchRows(ctx, []atlas.BatchRow{row})
		})
		ctx := t.Context()
		list.Version = 1
		same(t, "lists", []atlas.List{list}, must(s.Lists(ctx)))
		same(t, "territories", []atlas.Territory{territory}, must(s.Territories(ctx)))
		same(t, "boundary", `{"type":"Point"}`, string(must(s.Boundary(ctx, territory.Code))))
		same(t, "boundaries", map[string][]byte{territory.Code: []byte(`{"type":"Point"}`)}, must(s.Boundaries(ctx, territory.Level)))
		for most, want := range map[int]int{16: 1, 15: 0} {
			got := 0
			must(0, s.EachBoundary(ctx, []string{"nowhere", territory.Code}, most, func(code string, geojson []byte) error {
				got++
				same(t, "one of the boundaries", territory.Code+` {"type":"Point"}`, code+" "+string(geojson))
				return nil
			}))
			same(t, "boundaries not longer than "+strconv.Itoa(most), want, got)
		}
		same(t, "aliases", aliases, must(s.Aliases(ctx)))
		same(t, "batch", batch, must(s.Batch(ctx, "D-00001")))
		if _, err := s.BatchByHash(ctx, batch.SHA256); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("a batch that was undone: %v", err)
		}
		same(t, "batches", []atlas.Batch{*batch}, must(s.Batches(ctx)))
		same(t, "rows of a record", []atlas.BatchRow{row}, must(s.BatchRowsOf(ctx, row.RecordID)))
		var rows []atlas.BatchRow
		err := s.BatchRows(ctx, batch.ID, func(r atlas.BatchRow) error { rows = append(rows, r); return nil })
		if err != nil {
			t.Fatal(err)
		}
		same(t, "rows of the batch", []atlas.BatchRow{row}, rows)
		batch.UndoneAt, batch.UndoneBy = time.Time{}, ""
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutBatch(ctx, batch) })
		same(t, "batch by hash", batch, must(s.BatchByHash(ctx, batch.SHA256)))
	})
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestWhatIsNotKnownStaysNotKnown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := project("Neznámo")
		p.Funding = []atlas.Funding{{}}
		p.Areas = []atlas.AreaShare{{Code: "A01"}}
		p.Indicators = []atlas.Indicator{{Measurements: []atlas.Measurement{{}}}}
		put(t, s, p)
		got := must(s.Project(t.Context(), p.ID))
		same(t, "project", p, got)
		if got.TotalCost.Known() || got.IntegrationShare.Known || got.PeopleReached.Known || got.From.Known() || got.Evaluated.State != atlas.Unknown {
			t.Errorf("something became known: %+v", got)
		}
	})
}

// Zero crowns, zero per cent and zero people are known (U-03).
func TestAKnownZeroIsNotUnknown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := project("Nula")
		p.TotalCost = atlas.Crowns(0)
		p.IntegrationShare = atlas.Pct(0)
		p.PeopleReached = atlas.Count{Known: true}
		put(t, s, p)
		same(t, "project", p, must(s.Project(t.Context(), p.ID)))
	})
}

func TestTheSnapshotOfEachVersionGivesTheRecordBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		seed(t, s)
		var f filler
		p := fullProject(&f, "")
		put(t, s, p)
		first := *p
		p.TitleCs = "Jiný název"
		put(t, s, p)
		for version, want := range map[int64]*atlas.Project{1: &first, 2: p} {
			var got atlas.Project
			if err := json.Unmarshal(must(s.Version(t.Context(), atlas.KindProject, p.ID, version)), &got); err != nil {
				t.Fatal(err)
			}
			same(t, "snapshot", want, &got)
		}
	})
}
