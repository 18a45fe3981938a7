package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// person puts an account with everything that there can be of one, and says what
// words of it must be found nowhere once it is erased.
func person(t *testing.T, s *store.Store) (a *atlas.Account, words []string) {
	t.Helper()
	a = &atlas.Account{Email: "Vendula.Ryzova@Mesto.example", Name: "Vendula Ryzová", Lang: "en", State: atlas.AccountActive, CreatedAt: noon, SeenAt: noon}
	actor := &atlas.Actor{Name: "Město", Type: "OBEC", Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}}
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := errors.Join(tx.PutAccount(ctx, a), tx.PutActor(ctx, actor, store.Write{By: a.ID, Action: atlas.ActionCreate, Origin: "form", At: noon})); err != nil {
			return err
		}
		later := noon.Add(time.Hour)
		return errors.Join(
			tx.PutSecrets(ctx, a.ID, store.Secrets{Password: "$argon2id$ryzova-heslo", PasswordAt: noon, TOTP: "ryzova-klic", TOTPAt: noon}),
			tx.PutRecoveryCodes(ctx, a.ID, []string{"ryzova-kod"}),
			tx.PutPasskey(ctx, store.Passkey{ID: "ryzova-passkey", Account: a.ID, Name: "Ryzová telefon", Credential: "{}", AddedAt: noon}),
			tx.PutIdentity(ctx, "https://ryzova.example", "ryzova-subject", a.ID, noon),
			tx.PutSession(ctx, store.Session{Hash: "ryzova-session", Account: a.ID, Device: "Ryzová Firefox", ConfirmedAt: noon, CreatedAt: noon, UsedAt: noon, ExpiresAt: later}),
			tx.PutLink(ctx, store.Link{Hash: "ryzova-link", Purpose: "email", Email: "nova.ryzova@mesto.example", Account: a.ID, CreatedAt: noon, ExpiresAt: later}),
			tx.PutLink(ctx, store.Link{Hash: "ryzova-invitation", Purpose: "invitation", Email: "vendula.ryzova@MESTO.example", CreatedAt: noon, ExpiresAt: later}),
			tx.PutGrant(ctx, a.ID, atlas.Grant{Role: atlas.RoleMethodologist, By: "atlas", At: noon}),
			tx.PutMembership(ctx, atlas.Membership{Account: a.ID, Actor: actor.ID, State: atlas.MemberActive, Note: "Ryzová z odboru", By: a.ID, At: noon}),
			tx.PutDraft(ctx, store.Draft{Account: a.ID, Form: "/projekty/novy", Title: "Ryzová píše", Content: "title=Ryzov%C3%A1+ryzova", SavedAt: noon}),
			tx.PutConsent(ctx, store.Consent{Account: a.ID, Purpose: "contact", Wording: "Já, Ryzová, souhlasím.", GivenAt: noon}),
			tx.PutWarning(ctx, a.ID, 1, later),
			tx.PutLetter(ctx, store.Letter{ID: "1", Kind: "changed", Lang: "cs", To: "vendula.ryzova@mesto.example", ToName: "Vendula Ryzová", Subject: "Změna", Text: strings.Repeat("Vendula Ryzová ", 3000)}, noon),
			tx.Audit(ctx, store.AuditEntry{At: noon, By: a.ID, Action: "account_password", Subject: a.ID}),
		)
	})
	return a, []string{"ryzov", "vendula"}
}

// rows dumps every row of every table.
func rows(t *testing.T, s *store.Store) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range store.Tables() {
		out[name] = strings.ToLower(strings.Join(must(s.Dump(t.Context(), name)), "\n"))
	}
	return out
}

func TestNothingOfAPersonIsLeftInAnyTableOnceTheirAccountIsErased(t *testing.T) { // 12.2
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, words := person(t, s)
		other := account(t, s, "jina@mesto.example")
		before := rows(t, s)
		for _, word := range words {
			if !strings.Contains(before["account"], word) {
				t.Fatalf("%q was never there", word)
			}
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.EraseAccount(ctx, a.ID, noon.Add(5*time.Hour))
		})
		for name, content := range rows(t, s) {
			for _, word := range words {
				if at := strings.Index(content, word); at >= 0 {
					t.Errorf("table %s still says %q", name, content[max(0, at-40):min(len(content), at+40)])
				}
			}
		}
		erased := must(s.Account(t.Context(), a.ID))
		same(t, "what is left", &atlas.Account{ID: a.ID, Lang: "cs", State: atlas.AccountErased, CreatedAt: noon.Truncate(24 * time.Hour), Version: 2}, erased)
		if c := must(s.ChangesBy(t.Context(), a.ID)); len(c) != 1 {
			t.Errorf("%d changes are signed by the code", len(c))
		}
		same(t, "another account", other, must(s.Account(t.Context(), other.ID)))
		if r := must(s.VerifyAudit(t.Context(), store.AuditHead{}, nil)); r.Broken != nil {
			t.Errorf("the log: %+v", r.Broken)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EraseAccount(ctx, a.ID, noon) }) // a double click
	})
}

func TestTheFileOfTheDatabaseDoesNotHoldAPersonWhoWasErased(t *testing.T) {
	file := storetest.SQLite(t)
	s := storetest.Open(t, file)
	a, words := person(t, s)
	update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EraseAccount(ctx, a.ID, noon) })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		content, err := os.ReadFile(file + suffix)
		if err != nil && suffix == "" {
			t.Fatal(err)
		}
		for _, word := range words {
			if strings.Contains(strings.ToLower(string(content)), word) {
				t.Errorf("the file %s still holds %q", suffix, word)
			}
		}
	}
}

// A table about accounts that erasing forgets would keep people for ever.
func TestEveryTableWithRowsOfAnAccountIsErased(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, name := range store.Tables() {
			for _, column := range must(s.Columns(t.Context(), name)) {
				if column != "account_id" {
					continue
				}
				found := false
				for _, owned := range store.OwnedTables() {
					found = found || owned == name
				}
				if !found {
					t.Errorf("%s.account_id: add the table to ownedTables", name)
				}
			}
		}
	})
}

func TestWhatIsNotKeptAnyLongerIsPurged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, _ := person(t, s)
		slept := account(t, s, "spi@mesto.example")
		for _, step := range []struct {
			what  string
			purge func(*store.Tx, time.Time) (int64, error)
		}{
			{"drafts", func(tx *store.Tx, at time.Time) (int64, error) { return tx.PurgeDrafts(t.Context(), at) }},
			{"roles", func(tx *store.Tx, at time.Time) (int64, error) {
				if err := tx.PutGrant(t.Context(), a.ID, atlas.Grant{Role: atlas.RoleAdmin, At: noon, Until: atlas.Date{Year: 2026, Month: 3, Day: 4}}); err != nil {
					return 0, err
				}
				return tx.PurgeGrants(t.Context(), atlas.DateOf(at.AddDate(0, 0, 1)))
			}},
		} {
			for at, want := range map[time.Time]int64{noon.Add(-48 * time.Hour): 0, noon.Add(48 * time.Hour): 1} {
				_ = s.Update(t.Context(), func(tx *store.Tx) error {
					if n, err := step.purge(tx, at); err != nil || n != want {
						t.Errorf("%s before %s: %d, %v", step.what, at, n, err)
					}
					return errors.New("back")
				})
			}
		}
		if got := must(s.NeverSignedIn(t.Context(), noon.Add(time.Hour))); fmt.Sprint(got) != "["+slept.ID+"]" {
			t.Errorf("never signed in: %v", got)
		}
		asleep := must(s.Asleep(t.Context(), noon.Add(time.Hour)))
		if len(asleep) != 1 || asleep[0].ID != a.ID || asleep[0].Warnings != 1 || !asleep[0].WarnedAt.Equal(noon.Add(time.Hour)) {
			t.Errorf("asleep: %+v", asleep)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SeenAccount(ctx, a.ID, noon.Add(2*time.Hour)) })
		if asleep := must(s.Asleep(t.Context(), noon.Add(3*time.Hour))); asleep[0].Warnings != 0 {
			t.Errorf("a warning from before counts: %+v", asleep)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			if n, err := tx.PurgeWarnings(ctx); err != nil || n != 1 {
				t.Errorf("warnings: %d, %v", n, err)
			}
			return nil
		})
	})
}
