package app_test

import (
	"testing"
	"time"

	"atlas/internal/account"
	"atlas/internal/app"
	"atlas/internal/mail"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestTheOwnerIsToldOfACopiedPasskeyOnceADayAndTheLogEachTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, c := purger(t, s)
		id := founded(t, s, "jana@mesto.example", c.Now(), c.Now())
		from := app.Arrival{Device: "Firefox, Linux", Keys: "https://atlas.example/ucet/klice", Lang: "cs"}
		letters := func(want int) {
			t.Helper()
			all, err := s.LettersTo(t.Context(), "jana@mesto.example")
			if err != nil || len(all) != want {
				t.Errorf("%d letters, want %d: %v", len(all), want, err)
			}
			for _, l := range all {
				if l.Kind != mail.KindCloned {
					t.Errorf("a letter of kind %s", l.Kind)
				}
			}
		}
		refuse := func(key string) {
			t.Helper()
			if err := a.PasskeyRefused(t.Context(), id, key, from); err != nil {
				t.Fatal(err)
			}
			c.move(time.Minute)
		}
		refuse("account.passkey.signature")
		letters(0)
		refuse(account.RefusedCloned)
		refuse(account.RefusedCloned)
		letters(1)
		c.move(24 * time.Hour)
		refuse(account.RefusedCloned)
		letters(2)
		entries, err := s.AuditEntries(t.Context(), store.AuditFilter{By: id})
		if err != nil || len(entries) != 4 || entries[0].Action != "second_step_failed" || entries[1].Action != "passkey_cloned" || entries[3].Action != "passkey_cloned" {
			t.Errorf("%+v, %v", entries, err)
		}
	})
}
