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

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

// account puts an account with an e-mail.
func account(t *testing.T, s *store.Store, email string) *atlas.Account {
	t.Helper()
	a := &atlas.Account{Email: email, Name: "Jana Nová", Lang: "cs", State: atlas.AccountActive, CreatedAt: noon}
	update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutAccount(ctx, a) })
	return a
}

func TestAnAccountIsFoundByItsEmailHoweverItIsWrittenAndNoTwoHaveOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account(t, s, "Jana.Nova@mesto.example")
		if a.ID != "U-00001" || a.Version != 1 {
			t.Errorf("%+v", a)
		}
		same(t, "by e-mail", a, must(s.AccountByEmail(t.Context(), " jana.nova@MESTO.example ")))
		err := s.Update(t.Context(), func(tx *store.Tx) error {
			return tx.PutAccount(t.Context(), &atlas.Account{Email: "JANA.nova@mesto.example", Lang: "cs", State: atlas.AccountActive, CreatedAt: noon})
		})
		if !errors.Is(err, store.ErrEmailTaken) || !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("a second account: %v", err)
		}
		if _, err := s.AccountByEmail(t.Context(), "nikdo@mesto.example"); !errors.Is(err, atlas.ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestTwoErasedAccountsStandBesideEachOther(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for _, email := range []string{"a@mesto.example", "b@mesto.example"} {
			a := account(t, s, email)
			a.Email, a.Name, a.State = "", "", atlas.AccountErased
			update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutAccount(ctx, a) })
		}
		account(t, s, "a@mesto.example") // the address is free again
		if all := must(s.Accounts(t.Context())); len(all) != 1 {
			t.Errorf("%d accounts", len(all))
		}
		same(t, "names", map[string]string{"U-00001": "", "U-00003": "Jana Nová"}, must(s.AccountNames(t.Context(), []string{"U-00001", "U-00003", "U-09999"})))
	})
}

func TestAnAccountChangedMeanwhileIsAConflict(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account(t, s, "a@mesto.example")
		stale := *a
		a.Name = "Jana Stará"
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutAccount(ctx, a) })
		err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutAccount(t.Context(), &stale) })
		if !errors.Is(err, atlas.ErrConflict) || stale.Version != 1 {
			t.Errorf("%v, version %d", err, stale.Version)
		}
	})
}

func TestRolesAreGivenAndTaken(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account(t, s, "a@mesto.example")
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, _, _, err := tx.PutTerritories(ctx, []atlas.Territory{{Code: "CZ064", Name: "Jihomoravský kraj", Level: atlas.LevelRegion}}, write())
			return err
		})
		admin := atlas.Grant{Role: atlas.RoleAdmin, By: "atlas", At: noon}
		editor := atlas.Grant{Role: atlas.RoleTerritory, Territory: "CZ064", By: a.ID, At: noon, Until: atlas.Date{Year: 2027, Month: 1, Day: 31}}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.PutGrant(ctx, a.ID, admin), tx.PutGrant(ctx, a.ID, editor), tx.PutGrant(ctx, a.ID, editor))
		})
		same(t, "roles", []atlas.Grant{admin, editor}, must(s.Account(t.Context(), a.ID)).Grants)
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropGrant(ctx, a.ID, atlas.RoleAdmin, "") })
		same(t, "roles", []atlas.Grant{editor}, must(s.Accounts(t.Context()))[0].Grants)
	})
}

func TestASessionEndsByItselfByItsOwnerAndEverywhere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account(t, s, "a@mesto.example")
		session := func(hash string, hours int) store.Session {
			return store.Session{Hash: hash, Account: a.ID, Device: "Firefox, Linux", Strong: hours > 1, ConfirmedAt: noon, CreatedAt: noon, UsedAt: noon.Add(time.Duration(hours) * time.Minute), ExpiresAt: noon.Add(time.Duration(hours) * time.Hour)}
		}
		short, long, other := session("a", 1), session("b", 10), session("c", 20)
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.PutSession(ctx, short), tx.PutSession(ctx, long), tx.PutSession(ctx, other))
		})
		same(t, "session", short, must(s.Session(t.Context(), "a", noon)))
		if _, err := s.Session(t.Context(), "a", noon.Add(time.Hour)); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("expired: %v", err)
		}
		same(t, "sessions", []store.Session{other, long}, must(s.Sessions(t.Context(), a.ID, noon.Add(2*time.Hour))))
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EndSessions(ctx, a.ID, "b") })
		same(t, "sessions", []store.Session{long}, must(s.Sessions(t.Context(), a.ID, noon)))
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EndSession(ctx, "U-00077", "b") })
		same(t, "another's session", []store.Session{long}, must(s.Sessions(t.Context(), a.ID, noon)))
	})
}

func TestALinkIsGoodOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		l := store.Link{Hash: "h", Purpose: "signin", Email: "a@mesto.example", Detail: "/projekty", CreatedAt: noon, ExpiresAt: noon.Add(time.Hour)}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutLink(ctx, l) })
		same(t, "link", l, must(s.Link(t.Context(), "h")))
		for _, want := range []bool{true, false} {
			update(t, s, func(ctx context.Context, tx *store.Tx) error {
				if got, err := tx.UseLink(ctx, "h", noon); err != nil || got != want {
					t.Errorf("used: %v %v", got, err)
				}
				return nil
			})
		}
		if n := must(s.LinksSent(t.Context(), l.Purpose, l.Email, noon.Add(-time.Minute), noon)); n != 1 {
			t.Errorf("%d sent", n)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			if sessions, links, err := tx.PurgeSessions(ctx, noon.Add(2*time.Hour)); err != nil || sessions != 0 || links != 1 {
				t.Errorf("purged %d, %d: %v", sessions, links, err)
			}
			return nil
		})
	})
}

func TestNoCodeIsGoodTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account(t, s, "a@mesto.example")
		want := store.Secrets{Password: "$argon2id$", PasswordAt: noon, TOTP: "sealed", TOTPAt: noon}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.PutSecrets(ctx, a.ID, store.Secrets{Password: "old"}), tx.PutSecrets(ctx, a.ID, want), tx.PutRecoveryCodes(ctx, a.ID, []string{"x", "y"}))
		})
		same(t, "secrets", want, must(s.Secrets(t.Context(), a.ID)))
		same(t, "of nobody", store.Secrets{}, must(s.Secrets(t.Context(), "U-00009")))
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			for _, c := range []struct {
				what string
				used func() (bool, error)
				want bool
			}{
				{"step 5", func() (bool, error) { return tx.UseTOTP(ctx, a.ID, 5) }, true},
				{"step 5 again", func() (bool, error) { return tx.UseTOTP(ctx, a.ID, 5) }, false},
				{"an earlier step", func() (bool, error) { return tx.UseTOTP(ctx, a.ID, 4) }, false},
				{"code x", func() (bool, error) { return tx.UseRecoveryCode(ctx, a.ID, "x", noon) }, true},
				{"code x again", func() (bool, error) { return tx.UseRecoveryCode(ctx, a.ID, "x", noon) }, false},
				{"no such code", func() (bool, error) { return tx.UseRecoveryCode(ctx, a.ID, "z", noon) }, false},
			} {
				if got, err := c.used(); got != c.want || err != nil {
					t.Errorf("%s: %v %v", c.what, got, err)
				}
			}
			return nil
		})
		same(t, "codes left", []string{"y"}, must(s.RecoveryCodes(t.Context(), a.ID)))
	})
}

func TestPasskeysAndIdentitiesBelongToOneAccount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account(t, s, "a@mesto.example")
		k := store.Passkey{ID: "AbC_-", Account: a.ID, Name: "Telefon", Credential: `{"n":1}`, AddedAt: noon}
		used := k
		used.Credential, used.UsedAt = `{"n":2}`, noon
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.PutPasskey(ctx, k), tx.PutPasskey(ctx, used), tx.PutIdentity(ctx, "https://id.example", "s1", a.ID, noon))
		})
		same(t, "passkeys", []store.Passkey{used}, must(s.Passkeys(t.Context(), a.ID)))
		same(t, "passkey", used, must(s.Passkey(t.Context(), k.ID)))
		if id := must(s.AccountOfIdentity(t.Context(), "https://id.example", "s1")); id != a.ID {
			t.Errorf("identity of %q", id)
		}
		if _, err := s.AccountOfIdentity(t.Context(), "https://id.example", "s2"); !errors.Is(err, atlas.ErrNotFound) {
			t.Error(err)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropPasskey(ctx, a.ID, k.ID) })
		if _, err := s.Passkey(t.Context(), k.ID); !errors.Is(err, atlas.ErrNotFound) {
			t.Error(err)
		}
	})
}

func TestAMandateHoldsForTheActiveMembersOfWhomItWasGivenTo(t *testing.T) { // U-14
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, b := account(t, s, "a@nno.example"), account(t, s, "b@nno.example")
		ngo, town := &atlas.Actor{Name: "Spolek"}, &atlas.Actor{Name: "Město"}
		for _, r := range []*atlas.Actor{ngo, town} {
			r.RecordStatus = atlas.RecordPublished
			update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutActor(ctx, r, write()) })
		}
		m := atlas.Mandate{Actor: ngo.ID, For: town.ID, Until: atlas.Date{Year: 2027, Month: 6, Day: 30}, By: a.ID, At: noon}
		active := atlas.Membership{Account: a.ID, Actor: ngo.ID, State: atlas.MemberActive, Manager: true, By: "atlas", At: noon}
		asked := atlas.Membership{Account: b.ID, Actor: ngo.ID, State: atlas.MemberAsked, Note: "Vedu kurzy", At: noon}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.PutMembership(ctx, asked), tx.PutMembership(ctx, active), tx.PutMembership(ctx, active), tx.PutMandate(ctx, &m))
		})
		same(t, "of a member", []atlas.Mandate{m}, must(s.MandatesOf(t.Context(), a.ID)))
		if of := must(s.MandatesOf(t.Context(), b.ID)); len(of) != 0 {
			t.Errorf("somebody who asked has %v", of)
		}
		same(t, "of the town", []atlas.Mandate{m}, must(s.Mandates(t.Context(), town.ID)))
		same(t, "members", []atlas.Membership{active, asked}, must(s.Members(t.Context(), ngo.ID)))
		same(t, "asked", []atlas.Membership{asked}, must(s.AskedMemberships(t.Context())))
		m.EndedAt = noon.Add(time.Hour)
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutMandate(ctx, &m) })
		same(t, "ended", m, must(s.Mandate(t.Context(), "M-00001")))
		if of := must(s.MandatesOf(t.Context(), a.ID)); len(of) != 0 {
			t.Errorf("after its end: %v", of)
		}
	})
}

func TestADraftIsTheLastThingThatStoodInAForm(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account(t, s, "a@mesto.example")
		d := store.Draft{Account: a.ID, Form: "/projekty/novy", Title: "Kurz", Content: "title_cs=Kurz&x=%C5%BE", SavedAt: noon}
		older := d
		older.Content, older.SavedAt = "title_cs=K", noon.Add(-time.Minute)
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.PutDraft(ctx, older), tx.PutDraft(ctx, d))
		})
		same(t, "draft", d, must(s.Draft(t.Context(), a.ID, d.Form)))
		same(t, "drafts", []store.Draft{d}, must(s.Drafts(t.Context(), a.ID)))
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropDraft(ctx, a.ID, d.Form) })
		if _, err := s.Draft(t.Context(), a.ID, d.Form); !errors.Is(err, atlas.ErrNotFound) {
			t.Error(err)
		}
	})
}
