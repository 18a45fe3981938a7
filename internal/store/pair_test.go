package store_test

import (
	"context"
	"errors"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestADecisionAboutAPairIsRememberedAndFollowsAMerge(t *testing.T) { // 8.9
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, b, c := project("A"), project("B"), project("C")
		for _, p := range []*atlas.Project{a, b, c} {
			put(t, s, p)
		}
		decide := func(first, second, decision string) error {
			return s.Update(t.Context(), func(tx *store.Tx) error {
				return tx.PutPair(t.Context(), store.Pair{First: first, Second: second, Decision: decision, By: "test", At: write().At})
			})
		}
		if err := errors.Join(decide(a.ID, b.ID, store.PairLater), decide(a.ID, b.ID, store.PairTwo), decide(b.ID, c.ID, store.PairLater)); err != nil {
			t.Fatal(err)
		}
		want := func(id1, id2, decision string) store.Pair {
			return store.Pair{First: id1, Second: id2, Decision: decision, By: "test", At: write().At}
		}
		same(t, "pairs", []store.Pair{want(a.ID, b.ID, store.PairTwo), want(b.ID, c.ID, store.PairLater)}, must(s.Pairs(t.Context())))
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.MergeProjects(ctx, c.ID, b.ID, nil, write()) })
		same(t, "pairs after a merge", []store.Pair{want(a.ID, c.ID, store.PairTwo)}, must(s.Pairs(t.Context())))
		if err := decide(a.ID, b.ID, ""); err != nil || len(must(s.Pairs(t.Context()))) != 0 {
			t.Errorf("not forgotten: %v", err)
		}
		if err := decide(a.ID, "P-99999", store.PairTwo); !errors.Is(err, atlas.ErrNotFound) {
			t.Error(err)
		}
		if err := decide(b.ID, a.ID, store.PairTwo); err == nil {
			t.Error("not in order, and taken")
		}
	})
}
