package store_test

import (
	"maps"
	"slices"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestOnlyAPublishedProjectContinuesAnother(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		first, second, third := project("První"), project("Druhý"), project("Třetí")
		put(t, s, first)
		put(t, s, second)
		put(t, s, third)
		after, draft := project("Po prvním"), project("Koncept po druhém")
		after.Follows, draft.Follows = []string{first.ID}, []string{second.ID}
		after.RecordStatus, draft.RecordStatus = atlas.RecordPublished, atlas.RecordDraft
		put(t, s, after)
		put(t, s, draft)
		got := must(s.Continued(t.Context(), []string{third.ID, first.ID, second.ID}))
		same(t, "continued", []string{first.ID}, slices.Collect(maps.Keys(got)))
		if got := must(s.Continued(t.Context(), nil)); len(got) != 0 {
			t.Errorf("none of none, got %v", got)
		}
	})
}
