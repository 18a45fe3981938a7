package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestASignInThatHasBegunIsTakenOnceByItsKindAndInTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		begun := store.Ceremony{Hash: "h", Kind: "passkey", Content: "{}", Next: "/projekty/novy", ExpiresAt: noon.Add(5 * time.Minute)}
		put := func(c store.Ceremony, now time.Time) {
			update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutCeremony(ctx, c, now) })
		}
		take := func(kind string, now time.Time) (c store.Ceremony, err error) {
			err = s.Update(t.Context(), func(tx *store.Tx) error {
				var failed error
				c, failed = tx.TakeCeremony(t.Context(), "h", kind, now)
				if errors.Is(failed, atlas.ErrNotFound) {
					err = failed
					return nil
				}
				return failed
			})
			return c, err
		}
		put(begun, noon)
		if c, err := take("provider", noon); err == nil && c.Hash != "" {
			t.Error("taken as another kind")
		}
		c, err := take("passkey", noon)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "ceremony", begun, c)
		if c, _ := take("passkey", noon); c.Hash != "" {
			t.Error("taken twice")
		}
		put(begun, noon)
		if c, _ := take("passkey", noon.Add(5*time.Minute)); c.Hash != "" {
			t.Error("taken too late")
		}
		put(begun, noon)
		other := begun
		other.Hash = "other"
		put(other, noon.Add(time.Hour)) // forgets the one nobody finished
		if c, _ := take("passkey", noon); c.Hash != "" {
			t.Error("still there")
		}
	})
}

func TestLinksAreCountedByPurposeAndTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := store.Link{Hash: "h", Purpose: "sign-in", Email: "a@mesto.example", CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutLink(ctx, l) })
		for _, x := range []struct {
			purpose      string
			since, until time.Duration
			want         int64
		}{{"sign-in", -time.Minute, time.Minute, 1}, {"confirm", -time.Minute, time.Minute, 0}, {"sign-in", time.Minute, time.Hour, 0}, {"sign-in", -time.Hour, -time.Minute, 0}} {
			if n := must(s.LinksSent(t.Context(), x.purpose, l.Email, noon.Add(x.since), noon.Add(x.until))); n != x.want {
				t.Errorf("%+v: %d sent", x, n)
			}
		}
	})
}
