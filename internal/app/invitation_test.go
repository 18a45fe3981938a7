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

// invite sends an invitation and gives the secret of its link.
func (p *people) invite(t *testing.T, v atlas.Viewer, in app.Invite) (secret string) {
	t.Helper()
	err := p.InviteMember(t.Context(), v, in, func(_, s string) string {
		secret = s
		return "https://atlas.example/pozvanka/" + s
	})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

func TestAnInvitationFoundsAnAccountForWhoHasNone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		org, boss := p.organisation(t, "Sdružení"), p.person(t, "boss@o.example")
		p.join(t, boss, org, true)
		secret := p.invite(t, p.as(t, boss), app.Invite{Actor: org, Email: " Nova@O.example", Lang: "en", Manager: true})
		if got := p.letters(t); !slices.Equal(got, []string{"invitation nova@o.example"}) {
			t.Errorf("letters %v", got)
		}
		if all, err := p.Invitations(ctx, p.as(t, boss), org); err != nil || len(all) != 1 || all[0].Email != "nova@o.example" || !all[0].Manager {
			t.Errorf("%+v %v", all, err)
		}
		if _, err := p.AcceptByLink(ctx, atlas.Viewer{}, secret, app.Newcomer{Name: " ", Agreed: true}, app.Arrival{}); problem(err) != "signin.name_missing" {
			t.Errorf("without a name: %v", err)
		}
		if _, err := p.AcceptByLink(ctx, atlas.Viewer{}, secret, app.Newcomer{Name: "Jana"}, app.Arrival{}); problem(err) != "signin.agreement_missing" {
			t.Errorf("without agreement: %v", err)
		}
		in, err := p.AcceptByLink(ctx, atlas.Viewer{}, secret, app.Newcomer{Name: "Jana  Nová", Agreed: true, Wording: "Souhlasím"}, app.Arrival{Lang: "en"})
		if err != nil || in.Secret == "" {
			t.Fatalf("%+v %v", in, err)
		}
		who, err := p.Reader().AccountByEmail(ctx, "nova@o.example")
		if err != nil || who.Name != "Jana Nová" || who.Lang != "en" || who.State != atlas.AccountActive {
			t.Fatalf("%+v %v", who, err)
		}
		if m := p.state(t, who.ID, org); m.State != atlas.MemberActive || !m.Manager {
			t.Errorf("%+v", m)
		}
		if _, err := p.AcceptByLink(ctx, p.as(t, who.ID), secret, app.Newcomer{}, app.Arrival{}); !errors.Is(err, app.ErrInvitationOver) {
			t.Errorf("used twice: %v", err)
		}
		if all, _ := p.Invitations(ctx, p.as(t, boss), org); len(all) != 0 {
			t.Errorf("still waits: %+v", all)
		}
		for _, d := range p.deeds(t) {
			if strings.Contains(d, "@") || strings.Contains(d, "Jana") {
				t.Errorf("the log names a person: %s", d)
			}
		}
	})
}

func TestAnInvitationOfAnAccountIsTakenOnlyByItsOwner(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		org, jana, petr := p.organisation(t, "Sdružení"), p.person(t, "jana@o.example"), p.person(t, "petr@o.example")
		secret := p.invite(t, editor, app.Invite{Actor: org, Email: "jana@o.example", Lang: "cs"})
		if _, err := p.AcceptByLink(ctx, atlas.Viewer{}, secret, app.Newcomer{Name: "Kdokoli", Agreed: true}, app.Arrival{}); !errors.Is(err, app.ErrSignInFirst) {
			t.Errorf("nobody signed in: %v", err)
		}
		if _, err := p.AcceptByLink(ctx, p.as(t, petr), secret, app.Newcomer{}, app.Arrival{}); problem(err) != "problem.invited_other" {
			t.Errorf("somebody else: %v", err)
		}
		if m := p.state(t, jana, org); m.State != atlas.MemberInvited {
			t.Errorf("%+v", m)
		}
		if _, err := p.AcceptByLink(ctx, p.as(t, jana), secret, app.Newcomer{}, app.Arrival{}); err != nil {
			t.Error(err)
		}
		if m := p.state(t, jana, org); m.State != atlas.MemberActive {
			t.Errorf("%+v", m)
		}
		err := p.InviteMember(ctx, editor, app.Invite{Actor: org, Email: "jana@o.example"}, func(string, string) string { return "https://a.example" })
		refused(t, err, "problem.invited_member")
	})
}

func TestAnInvitationEndsWhenItIsTakenBackReplacedDeclinedOrOld(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		org, jana := p.organisation(t, "Sdružení"), p.person(t, "jana@o.example")
		over := func(name, secret string) {
			t.Helper()
			if _, err := p.Invitation(ctx, secret); !errors.Is(err, app.ErrInvitationOver) {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := p.AcceptByLink(ctx, p.as(t, jana), secret, app.Newcomer{}, app.Arrival{}); !errors.Is(err, app.ErrInvitationOver) {
				t.Errorf("%s: accepted: %v", name, err)
			}
		}
		in := app.Invite{Actor: org, Email: "jana@o.example", Lang: "cs"}
		first := p.invite(t, editor, in)
		second := p.invite(t, editor, in)
		over("replaced", first)
		ok(t, p.WithdrawInvitation(ctx, editor, org, "JANA@o.example"))
		over("taken back", second)
		if m := p.state(t, jana, org); m.State != atlas.MemberEnded {
			t.Errorf("%+v", m)
		}
		third := p.invite(t, editor, in)
		ok(t, p.AnswerInvitation(ctx, p.as(t, jana), org, false))
		over("declined", third)
		if err := p.AnswerInvitation(ctx, p.as(t, jana), org, true); !errors.Is(err, app.ErrDecided) {
			t.Errorf("answered twice: %v", err)
		}
		fourth := p.invite(t, editor, in)
		p.now = p.now.Add(15 * 24 * time.Hour)
		over("old", fourth)
		if _, err := p.Invitation(ctx, "nesmysl"); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("nonsense: %v", err)
		}
	})
}

func TestNobodyIsFloodedWithInvitations(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := peopled(t, s)
		org := p.organisation(t, "Sdružení")
		link := func(string, string) string { return "https://a.example" }
		for range 5 {
			ok(t, p.InviteMember(t.Context(), editor, app.Invite{Actor: org, Email: "x@o.example"}, link))
		}
		refused(t, p.InviteMember(t.Context(), editor, app.Invite{Actor: org, Email: "x@o.example"}, link), "problem.invited_often")
		refused(t, p.InviteMember(t.Context(), editor, app.Invite{Actor: org, Email: "Jana <x@o.example>"}, link), "problem.email")
		if n := len(p.letters(t)); n != 5 {
			t.Errorf("%d letters", n)
		}
	})
}
