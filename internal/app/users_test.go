package app_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestARoleIsGivenAndTakenWithALetterAndAnEntry(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		admin, jana := p.person(t, "admin@o.example", atlas.Grant{Role: atlas.RoleAdmin}), p.person(t, "jana@o.example")
		v := p.as(t, admin)
		g := atlas.Grant{Role: atlas.RoleTerritory, Territory: "CZ042", Until: atlas.Date{Year: 2027}}
		ok(t, p.GiveRole(ctx, v, jana, g, page("/ucet")))
		ok(t, p.GiveRole(ctx, v, jana, atlas.Grant{Role: atlas.RoleMethodologist}, page("/ucet")))
		if got := p.as(t, jana); !got.Has(atlas.RoleMethodologist) || !got.Has(atlas.RoleTerritory) {
			t.Errorf("%+v", got.Grants)
		}
		ok(t, p.TakeRole(ctx, v, jana, atlas.RoleMethodologist, "", page("/ucet")))
		if err := p.TakeRole(ctx, v, jana, atlas.RoleMethodologist, "", page("/ucet")); !errors.Is(err, app.ErrDecided) {
			t.Errorf("taken twice: %v", err)
		}
		for key, g := range map[string]atlas.Grant{
			"problem.role":              {Role: atlas.RoleOrganisation},
			"problem.role_territory":    {Role: atlas.RoleTerritory},
			"problem.role_no_territory": {Role: atlas.RoleAdmin, Territory: "CZ042"},
			"problem.reference":         {Role: atlas.RoleTerritory, Territory: "XX"},
			"problem.role_past":         {Role: atlas.RoleAdmin, Until: atlas.Date{Year: 2025}},
		} {
			refused(t, p.GiveRole(ctx, v, jana, g, page("")), key)
		}
		if got := p.letters(t); !slices.Equal(got, []string{"role jana@o.example", "role jana@o.example", "role jana@o.example"}) {
			t.Errorf("letters %v", got)
		}
		want := []string{admin + ": role_given account " + jana + " territory CZ042 2027", admin + ": role_given account " + jana + " methodologist",
			admin + ": role_taken account " + jana + " methodologist"}
		if got := p.deeds(t); !slices.Equal(got, want) {
			t.Errorf("the log says %q", got)
		}
		for _, who := range []string{jana} {
			if err := p.GiveRole(ctx, p.as(t, who), jana, atlas.Grant{Role: atlas.RoleAdmin}, page("")); !errors.Is(err, atlas.ErrForbidden) {
				t.Errorf("%s gave herself a role: %v", who, err)
			}
		}
	})
}

// verified is what a verification of the log finds.
func verified(t *testing.T, a *app.App, v atlas.Viewer) *store.AuditReport {
	t.Helper()
	ok(t, a.CheckLog(t.Context(), v, store.AuditHead{}))
	for end := time.Now().Add(20 * time.Second); a.LastLogCheck().Running && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	report := a.LastLogCheck().Report
	if report == nil {
		t.Fatal("the log was not verified")
	}
	return report
}

func TestThereIsAlwaysAnAdministrator(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		a := p.person(t, "a@o.example", atlas.Grant{Role: atlas.RoleAdmin})
		p.person(t, "past@o.example", atlas.Grant{Role: atlas.RoleAdmin, Until: atlas.Date{Year: 2025}})
		v := p.as(t, a)
		refused(t, p.TakeRole(ctx, v, a, atlas.RoleAdmin, "", page("")), "problem.last_admin")
		refused(t, p.GiveRole(ctx, v, a, atlas.Grant{Role: atlas.RoleAdmin, Until: atlas.Date{Year: 2027}}, page("")), "problem.last_admin")
		refused(t, p.BlockAccount(ctx, v, a, 1, true), "problem.block_self")
		refused(t, p.BlockAccount(ctx, editor, a, 1, true), "problem.last_admin")
		b := p.person(t, "b@o.example", atlas.Grant{Role: atlas.RoleAdmin})
		first, second := p.as(t, a), p.as(t, b) // both have opened the page
		errs := atOnce(func() error { return p.TakeRole(ctx, first, b, atlas.RoleAdmin, "", page("")) },
			func() error { return p.TakeRole(ctx, second, a, atlas.RoleAdmin, "", page("")) })
		if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), atlas.ErrForbidden) {
			t.Errorf("%v", errs)
		}
	})
}

func TestWhoIsBlockedIsSignedOutAndAnOldVersionIsAConflict(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		jana := p.person(t, "jana@o.example")
		p.as(t, jana)
		ok(t, p.BlockAccount(ctx, editor, jana, 1, true))
		if all, err := p.Reader().Sessions(ctx, jana, p.now); err != nil || len(all) != 0 {
			t.Errorf("%d sessions, %v", len(all), err)
		}
		if _, err := p.StartSession(ctx, jana, "test", false); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("signed in: %v", err)
		}
		refused(t, p.GiveRole(ctx, editor, jana, atlas.Grant{Role: atlas.RoleAdmin}, page("")), "problem.account_blocked")
		var conflict *atlas.ConflictError
		if err := p.BlockAccount(ctx, editor, jana, 1, false); !errors.As(err, &conflict) {
			t.Errorf("an old version: %v", err)
		}
		if err := p.BlockAccount(ctx, editor, jana, 2, true); !errors.Is(err, app.ErrDecided) {
			t.Errorf("blocked twice: %v", err)
		}
		ok(t, p.BlockAccount(ctx, editor, jana, 2, false))
		p.as(t, jana)
		ok(t, p.SignOutAccount(ctx, editor, jana))
		if all, _ := p.Reader().Sessions(ctx, jana, p.now); len(all) != 0 {
			t.Errorf("%d sessions", len(all))
		}
		if err := p.SignOutAccount(ctx, editor, "U-99999"); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("nobody: %v", err)
		}
	})
}

func TestASecondFactorThatWasLostIsTakenAwayWithAllThatBelongsToIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		jana := p.person(t, "jana@o.example")
		refused(t, p.ResetSecondFactor(ctx, editor, jana, page("/ucet")), "problem.no_factor")
		err := s.Update(ctx, func(tx *store.Tx) error {
			return errors.Join(
				tx.PutSecrets(ctx, jana, store.Secrets{Password: "hash", PasswordAt: noon, TOTP: "sealed", TOTPAt: noon, TOTPStep: 7}),
				tx.PutRecoveryCodes(ctx, jana, []string{"a", "b"}),
				tx.PutPasskey(ctx, store.Passkey{ID: "k", Account: jana, Name: "telefon", Credential: "{}", AddedAt: noon}))
		})
		ok(t, err)
		p.as(t, jana)
		ok(t, p.ResetSecondFactor(ctx, editor, jana, page("/ucet")))
		secrets, _ := p.Reader().Secrets(ctx, jana)
		keys, _ := p.Reader().Passkeys(ctx, jana)
		codes, _ := p.Reader().RecoveryCodes(ctx, jana)
		sessions, _ := p.Reader().Sessions(ctx, jana, p.now)
		if secrets.Password != "hash" || secrets.TOTP != "" || len(keys)+len(codes)+len(sessions) != 0 {
			t.Errorf("%+v %v %v %v", secrets, keys, codes, sessions)
		}
		if got := p.letters(t); !slices.Equal(got, []string{"changed jana@o.example"}) {
			t.Errorf("letters %v", got)
		}
	})
}

func TestLettersAreSentAgainOrThrownAwayButNeverWhileTheyAreBeingSent(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		admin := p.person(t, "admin@o.example", atlas.Grant{Role: atlas.RoleAdmin})
		v := p.as(t, admin)
		ok(t, p.SendTestLetter(ctx, v))
		refused(t, p.SendTestLetter(ctx, editor), "problem.no_address")
		l, err := s.ClaimLetter(ctx, p.now, time.Minute)
		ok(t, err)
		for name, err := range map[string]error{"again": p.ResendLetter(ctx, v, l.ID), "away": p.DiscardLetter(ctx, v, l.ID)} {
			if !errors.Is(err, app.ErrDecided) {
				t.Errorf("%s while it is being sent: %v", name, err)
			}
		}
		ok(t, s.LetterFailed(ctx, l, "mail.failed.timeout", "", p.now))
		o, err := p.Overview(ctx, v)
		if err != nil || o.FailedCount != 1 || o.WaitingCount != 0 || len(o.Failed) != 1 || o.Size == 0 || o.Accounts != 1 || len(o.Administrators) != 1 || o.Head.Seq == 0 || o.Verified.Seq != 0 {
			t.Errorf("%+v %v", o, err)
		}
		ok(t, p.ResendLetter(ctx, v, l.ID))
		if l, err = s.ClaimLetter(ctx, p.now, time.Minute); err != nil || l.Attempts != 1 || l.Text == "" {
			t.Errorf("%+v %v", l, err)
		}
		ok(t, s.LetterDone(ctx, l, p.now))
		if err := p.DiscardLetter(ctx, v, l.ID); !errors.Is(err, app.ErrDecided) {
			t.Errorf("a letter that was sent: %v", err)
		}
		if report := verified(t, p.App, v); report.Broken != nil {
			t.Fatalf("%+v", report)
		}
		if o, err = p.Overview(ctx, v); err != nil || o.Verified.By != admin || !strings.HasPrefix(o.Verified.Subject, "2:") {
			t.Errorf("%+v %v", o.Verified, err)
		}
		if _, err := p.Overview(ctx, atlas.Viewer{}); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("the public: %v", err)
		}
	})
}
