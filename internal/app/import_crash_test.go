package app_test

import (
	"context"
	"fmt"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m, victim) }

// victim imports one file whole and then another that it never finishes; where
// there is a batch already, it never finishes taking it back.
func victim(dsn string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	a := app.New(s, app.Options{})
	if err := a.Load(ctx); err != nil {
		return err
	}
	if _, err := a.Reader().Batch(ctx, "D-00001"); err == nil {
		_, err := a.UndoImport(ctx, atlas.Operator("victim"), "D-00001", func(done, total int) {
			if total > 0 && done > total*3/4 { // much is written
				_ = storetest.AwaitKill() // nobody came: what follows fails
			}
		})
		return err
	}
	applying := false
	o := app.ImportOptions{Progress: func(done, total int) {
		if applying && total == 2000 && done > 1700 { // most is written
			_ = storetest.AwaitKill() // nobody came: what follows fails
		}
	}}
	for _, n := range []int{50, 1000} {
		applying = false
		plan, err := a.PrepareImport(ctx, atlas.Operator("victim"), o, "seznam.csv", many(n))
		if err != nil {
			return err
		}
		applying = true
		if _, err := a.ApplyImport(ctx, atlas.Operator("victim"), plan); err != nil {
			return err
		}
	}
	return fmt.Errorf("nobody killed me")
}

// kill -9 during an import: after restart the whole batch or nothing, on both
// engines, and the same file goes in as if nothing had happened.
func TestAKilledImportLeavesWholeBatchesOnly(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		if err := storetest.Open(t, dsn).Close(); err != nil {
			t.Fatal(err)
		}
		storetest.Kill(t, dsn)
		a := loaded(t, storetest.Open(t, dsn))
		batches, err := a.Reader().Batches(t.Context())
		if err != nil || len(batches) != 1 || tally(batches[0]) != "50+0+0+0 of 50" {
			t.Fatalf("%+v %v", batches, err)
		}
		if n, err := a.Reader().CountProjects(t.Context()); err != nil || n != 50 {
			t.Errorf("%d projects, %v", n, err)
		}
		if n := len(a.ActorNames("cs")); n != 50 {
			t.Errorf("%d organisations", n)
		}
		if n := len(batchRows(t, a, "D-00001")); n != 50 {
			t.Errorf("%d rows", n)
		}
		b := apply(t, a, prepare(t, a, many(1000)))
		if b.ID != "D-00002" || tally(*b) != "950+0+50+0 of 1000" {
			t.Errorf("after restart: %+v", b)
		}
		if p := byNumber(t, a, 1000); p.ID != "P-01000" {
			t.Errorf("the last project is %s", p.ID)
		}
	})
}

// kill -9 while an import is taken back: it stands whole, and can be taken back
// afterwards.
func TestAKilledUndoingChangesNothing(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := storetest.Open(t, dsn)
		a := loaded(t, s)
		apply(t, a, prepare(t, a, many(400)))
		before := lastChange(t, a)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		storetest.Kill(t, dsn)
		a = loaded(t, storetest.Open(t, dsn))
		if b, err := a.Reader().Batch(t.Context(), "D-00001"); err != nil || b.Undone() || lastChange(t, a) != before {
			t.Fatalf("%+v %v", b, err)
		}
		if n := a.Index().Len(); n != 400 {
			t.Errorf("%d projects are found", n)
		}
		if plan := undo(t, a, "D-00001"); plan.Count(app.UndoWithdraw) != 400 || len(plan.Actors) != 400 {
			t.Errorf("%d records, %d actors", plan.Count(app.UndoWithdraw), len(plan.Actors))
		}
		if n := a.Index().Len(); n != 0 {
			t.Errorf("%d projects are found afterwards", n)
		}
	})
}
