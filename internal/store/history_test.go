package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestSomeRecordsAreReadAsTheyStoodAtATime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		day := func(n int) time.Time { return time.Date(2026, 1, n, 12, 0, 0, 0, time.UTC) }
		a, b := project(""), project("")
		for n, records := range [][]*atlas.Project{1: {a}, 2: {a, b}, 4: {b}} {
			for _, p := range records {
				p.TitleCs = fmt.Sprint("den ", n)
				update(t, s, func(ctx context.Context, tx *store.Tx) error {
					w := write()
					w.At = day(n)
					return tx.PutProject(ctx, p, w)
				})
			}
		}
		for n, want := range map[int]string{0: "", 1: "den 1", 2: "den 2, den 2", 3: "den 2, den 2", 4: "den 4, den 2"} {
			var got []string
			for _, text := range must(s.VersionsAt(t.Context(), atlas.KindProject, []string{b.ID, "P-99999", a.ID}, day(n))) {
				_, rest, _ := strings.Cut(string(text), `"TitleCs":"`)
				title, _, _ := strings.Cut(rest, `"`)
				got = append(got, title)
			}
			if strings.Join(got, ", ") != want {
				t.Errorf("day %d: %q, want %q", n, got, want)
			}
		}
		if none := must(s.VersionsAt(t.Context(), atlas.KindProject, nil, day(9))); len(none) != 0 {
			t.Errorf("of none: %d", len(none))
		}
		before, after, err := s.ChangesAround(t.Context(), day(3))
		if err != nil || !before.Equal(day(2)) || !after.Equal(day(4)) {
			t.Errorf("around day 3: %s %s %v", before, after, err)
		}
		if before, after, err = s.ChangesAround(t.Context(), day(0)); err != nil || !before.IsZero() || !after.Equal(day(1)) {
			t.Errorf("around day 0: %s %s %v", before, after, err)
		}
		last := must(s.LastChange(t.Context()))
		if at := must(s.EarliestChange(t.Context(), last-1)); !at.Equal(day(4)) {
			t.Errorf("the last change is of %s", at)
		}
		if at := must(s.EarliestChange(t.Context(), last)); !at.IsZero() {
			t.Errorf("after the last change there is one of %s", at)
		}
	})
}

func TestTheLogIsReadFromItsEndAndAtATime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		if _, err := s.LastAudit(t.Context(), time.Now()); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("of an empty log: %v", err)
		}
		at := func(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }
		for n := 1; n <= 7; n++ {
			update(t, s, func(ctx context.Context, tx *store.Tx) error {
				return tx.Audit(ctx, store.AuditEntry{At: at(n), By: "U-00001", Action: "settings"})
			})
		}
		numbers := func(f store.AuditFilter) (out []int64) {
			for _, e := range must(s.AuditEntries(t.Context(), f)) {
				out = append(out, e.Seq)
			}
			return out
		}
		if got := numbers(store.AuditFilter{Newest: true, Limit: 3}); !slices.Equal(got, []int64{7, 6, 5}) {
			t.Error(got)
		}
		if got := numbers(store.AuditFilter{Newest: true, Before: 3}); !slices.Equal(got, []int64{2, 1}) {
			t.Error(got)
		}
		if e := must(s.LastAudit(t.Context(), at(4).Add(time.Hour))); e.Seq != 4 {
			t.Errorf("entry %d", e.Seq)
		}
	})
}
