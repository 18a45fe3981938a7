package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m, victim) }

// victim commits a batch of ten and then begins one it never finishes.
func victim(dsn string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, dsn)
	if err != nil {
		return err
	}
	err = s.Update(ctx, func(tx *store.Tx) error { return tens(ctx, tx, 1) })
	if err != nil {
		return err
	}
	return s.Update(ctx, func(tx *store.Tx) error {
		tx.Bulk()
		if err := tens(ctx, tx, 300); err != nil { // more than stays in memory
			return err
		}
		return storetest.AwaitKill()
	})
}

func tens(ctx context.Context, tx *store.Tx, n int) error {
	for i := range 10 * n {
		if err := tx.PutProject(ctx, project(fmt.Sprint("Projekt ", i, strings.Repeat(" dlouhý", 100))), write()); err != nil {
			return err
		}
	}
	return nil
}

// kill -9 during a write or an import: after restart the whole batch or
// nothing, on both engines.
func TestAKilledWriterLeavesWholeTransactionsOnly(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		if err := storetest.Open(t, dsn).Close(); err != nil {
			t.Fatal(err)
		}
		storetest.Kill(t, dsn)
		s := storetest.Open(t, dsn)
		if n := must(s.CountProjects(t.Context())); n != 10 {
			t.Errorf("%d projects", n)
		}
		if n := must(s.LastChange(t.Context())); n != 10 {
			t.Errorf("last change %d", n)
		}
		p := project("Po pádu")
		put(t, s, p) // nothing is locked
		if p.ID != "P-00011" {
			t.Errorf("the next id is %s", p.ID)
		}
	})
}

func TestAFullDiskIsNamedAndKeepsWhatWasCommitted(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	put(t, s, project("Vejde se"))
	if err := s.MaxPages(200); err != nil {
		t.Fatal(err)
	}
	for _, begin := range []func(*store.Tx){func(*store.Tx) {}, (*store.Tx).Bulk} {
		err := s.Update(t.Context(), func(tx *store.Tx) error {
			begin(tx)
			return tens(t.Context(), tx, 300)
		})
		if !errors.Is(err, store.ErrDiskFull) {
			t.Fatalf("got %v", err)
		}
	}
	if n := must(s.CountProjects(t.Context())); n != 1 {
		t.Errorf("%d projects", n)
	}
	if err := s.MaxPages(1 << 30); err != nil {
		t.Fatal(err)
	}
	put(t, s, project("Po uvolnění místa"))
}
