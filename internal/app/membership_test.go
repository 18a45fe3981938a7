package app_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/mail"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// people is an instance with organisations and letters, and a clock to turn.
type people struct {
	*app.App
	store *store.Store
	now   time.Time
}

func peopled(t *testing.T, s *store.Store) *people {
	t.Helper()
	letters, err := mail.NewComposer(mail.Site{Name: "Atlas"})
	if err != nil {
		t.Fatal(err)
	}
	p := &people{store: s, now: noon}
	p.App = app.New(s, app.Options{Now: func() time.Time { return p.now }, Letters: letters})
	if err := p.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return p
}

// organisation writes a published organisation.
func (p *people) organisation(t *testing.T, name string) string {
	t.Helper()
	r := &atlas.Actor{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: name, Type: "NNO", Country: "CZ", Territories: []string{"CZ"},
		Sources: []atlas.Source{{Kind: "WEB", URL: "https://www.example.org", Accessed: atlas.Date{Year: 2026, Month: 11, Day: 21}}}}
	if err := p.SaveActor(t.Context(), editor, r); err != nil {
		t.Fatal(err)
	}
	return r.ID
}

// person founds an account with roles.
func (p *people) person(t *testing.T, email string, roles ...atlas.Grant) string {
	t.Helper()
	who := &atlas.Account{Email: email, Name: "Jana " + email, Lang: "cs", State: atlas.AccountActive, CreatedAt: noon}
	err := p.store.Update(t.Context(), func(tx *store.Tx) error {
		if err := tx.PutAccount(t.Context(), who); err != nil {
			return err
		}
		for _, g := range roles {
			g.By, g.At = "atlas", noon
			if err := tx.PutGrant(t.Context(), who.ID, g); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return who.ID
}

func (p *people) join(t *testing.T, account, actor string, manager bool) {
	t.Helper()
	err := p.store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.PutMembership(t.Context(), atlas.Membership{Account: account, Actor: actor, State: atlas.MemberActive, Manager: manager, By: "atlas", At: noon})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// as is somebody with what they have now.
func (p *people) as(t *testing.T, account string) atlas.Viewer {
	t.Helper()
	in, err := p.StartSession(t.Context(), account, "test", true)
	if err != nil {
		t.Fatal(err)
	}
	hash, _ := app.SessionHash(in.Secret)
	v, err := p.Visit(t.Context(), hash)
	if err != nil {
		t.Fatal(err)
	}
	return v.Viewer
}

// letters are the kinds of letters with whom they are for, in order.
func (p *people) letters(t *testing.T) []string {
	t.Helper()
	all, err := p.store.Letters(t.Context(), store.LetterWaiting, 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range all {
		out = append(out, l.Kind+" "+l.To)
	}
	slices.Sort(out)
	return out
}

// deeds are the entries of the audit log that are about people.
func (p *people) deeds(t *testing.T) []string {
	t.Helper()
	all, err := p.store.AuditEntries(t.Context(), store.AuditFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range all {
		if e.Action != store.AuditWrite {
			out = append(out, e.By+": "+e.Action+" "+e.Subject)
		}
	}
	return out
}

func (p *people) state(t *testing.T, account, actor string) atlas.Membership {
	t.Helper()
	m, err := p.Reader().Membership(t.Context(), account, actor)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func page(path string) app.PageLink {
	return func(lang string) string { return "https://atlas.example/" + lang + path }
}

// problem is the key of the one thing that an operation was refused for.
func problem(err error) string {
	var invalid *atlas.InvalidError
	if !errors.As(err, &invalid) || len(invalid.Problems) != 1 {
		return ""
	}
	return invalid.Problems[0].Key
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, key string) {
	t.Helper()
	if problem(err) != key {
		t.Errorf("%v instead of %s", err, key)
	}
}

func TestWhoAsksIsTakenInByAManagerAndEverybodyIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		org, boss, jana := p.organisation(t, "Sdružení"), p.person(t, "boss@o.example"), p.person(t, "jana@o.example")
		p.join(t, boss, org, true)
		refused(t, p.AskToJoin(ctx, p.as(t, jana), org, "  ", page("/lide")), "problem.member_note")
		refused(t, p.AskToJoin(ctx, p.as(t, jana), org, strings.Repeat("ž", 1001), page("/lide")), "problem.member_note_long")
		ok(t, p.AskToJoin(ctx, p.as(t, jana), org, "dotace", page("/lide")))
		refused(t, p.AskToJoin(ctx, p.as(t, jana), org, "dotace", page("/lide")), "problem.member_asked")
		if got := p.letters(t); !slices.Equal(got, []string{"join boss@o.example"}) {
			t.Errorf("letters %v", got)
		}
		if p.as(t, jana).Memberships != nil {
			t.Error("a request alone makes a member")
		}
		if err := p.DecideMembership(ctx, p.as(t, jana), org, jana, true, true, page("")); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("who asks decided herself: %v", err)
		}
		ok(t, p.DecideMembership(ctx, p.as(t, boss), org, jana, true, false, page("/akteri")))
		if err := p.DecideMembership(ctx, p.as(t, boss), org, jana, false, false, page("")); !errors.Is(err, app.ErrDecided) {
			t.Errorf("decided twice: %v", err)
		}
		m := p.state(t, jana, org)
		if m.State != atlas.MemberActive || m.Manager || m.By != boss || m.Note != "" {
			t.Errorf("%+v", m)
		}
		if got := p.letters(t); !slices.Equal(got, []string{"join boss@o.example", "membership jana@o.example"}) {
			t.Errorf("letters %v", got)
		}
		refused(t, p.AskToJoin(ctx, p.as(t, jana), org, "znovu", page("")), "problem.member_already")
		want := []string{jana + ": member_asked " + org + " " + jana, boss + ": member_accepted " + org + " " + jana}
		if got := p.deeds(t); !slices.Equal(got, want) {
			t.Errorf("the log says %q", got)
		}
	})
}

func TestWhereThereIsNoManagerTheAdministratorsDecide(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		org, jana := p.organisation(t, "Sdružení"), p.person(t, "jana@o.example")
		admin := p.person(t, "admin@o.example", atlas.Grant{Role: atlas.RoleAdmin})
		p.person(t, "past@o.example", atlas.Grant{Role: atlas.RoleAdmin, Until: atlas.Date{Year: 2025}})
		p.person(t, "metodik@o.example", atlas.Grant{Role: atlas.RoleMethodologist})
		ok(t, p.AskToJoin(ctx, p.as(t, jana), org, "dotace", page("/lide")))
		if got := p.letters(t); !slices.Equal(got, []string{"join admin@o.example"}) {
			t.Errorf("letters %v", got)
		}
		ok(t, p.DecideMembership(ctx, p.as(t, admin), org, jana, true, true, page("")))
		if m := p.state(t, jana, org); !m.Manager {
			t.Errorf("%+v", m)
		}
	})
}

func TestWhoWasRefusedMayAskAgainAfterAWeek(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		org, jana := p.organisation(t, "Sdružení"), p.person(t, "jana@o.example")
		ok(t, p.AskToJoin(ctx, p.as(t, jana), org, "dotace", page("")))
		ok(t, p.DecideMembership(ctx, editor, org, jana, false, true, page("")))
		if m := p.state(t, jana, org); m.State != atlas.MemberRefused || m.Manager {
			t.Errorf("%+v", m)
		}
		refused(t, p.AskToJoin(ctx, p.as(t, jana), org, "dotace", page("")), "problem.member_refused")
		p.now = p.now.Add(8 * 24 * time.Hour)
		ok(t, p.AskToJoin(ctx, p.as(t, jana), org, "dotace", page("")))
	})
}

func TestTheLastManagerLeavesOnlyToASuccessorOrByTheWordOfAnAdministrator(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		org, boss, jana := p.organisation(t, "Sdružení"), p.person(t, "boss@o.example"), p.person(t, "jana@o.example")
		stranger, admin := p.person(t, "s@o.example"), p.person(t, "admin@o.example", atlas.Grant{Role: atlas.RoleAdmin})
		p.join(t, boss, org, true)
		p.join(t, jana, org, false)
		refused(t, p.EndMembership(ctx, p.as(t, boss), org, boss, ""), "problem.last_manager")
		refused(t, p.EndMembership(ctx, p.as(t, boss), org, boss, boss), "problem.last_manager")
		refused(t, p.EndMembership(ctx, p.as(t, boss), org, boss, stranger), "problem.successor")
		refused(t, p.SetManager(ctx, p.as(t, boss), org, boss, false), "problem.last_manager")
		if err := p.EndMembership(ctx, p.as(t, jana), org, boss, ""); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("a member let the manager go: %v", err)
		}
		ok(t, p.EndMembership(ctx, p.as(t, boss), org, boss, jana))
		if m := p.state(t, jana, org); !m.Manager {
			t.Error("nobody followed")
		}
		ok(t, p.EndMembership(ctx, p.as(t, admin), org, jana, ""))
		if m := p.state(t, jana, org); m.State != atlas.MemberEnded || m.Manager {
			t.Errorf("%+v", m)
		}
	})
}

func TestOfTwoManagersWhoLetEachOtherGoOneStays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		org, a, b := p.organisation(t, "Sdružení"), p.person(t, "a@o.example"), p.person(t, "b@o.example")
		p.join(t, a, org, true)
		p.join(t, b, org, true)
		first, second := p.as(t, a), p.as(t, b) // both have opened the page
		errs := atOnce(func() error { return p.EndMembership(ctx, first, org, b, "") },
			func() error { return p.EndMembership(ctx, second, org, a, "") })
		gone := 0
		for _, err := range errs {
			switch {
			case err == nil:
				gone++
			case !errors.Is(err, atlas.ErrForbidden):
				t.Errorf("%v", err)
			}
		}
		if gone != 1 {
			t.Errorf("%d went: %v", gone, errs)
		}
	})
}

// atOnce runs deeds at once.
func atOnce(deeds ...func() error) []error {
	errs := make([]error, len(deeds))
	var all sync.WaitGroup
	for i, deed := range deeds {
		all.Go(func() { errs[i] = deed() })
	}
	all.Wait()
	return errs
}

func TestTwoWhoDecideAboutOneRequestAtOnceDecideItOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		org, jana := p.organisation(t, "Sdružení"), p.person(t, "jana@o.example")
		a, b := p.person(t, "a@o.example"), p.person(t, "b@o.example")
		p.join(t, a, org, true)
		p.join(t, b, org, true)
		ok(t, p.AskToJoin(ctx, p.as(t, jana), org, "dotace", page("")))
		yes, no := p.as(t, a), p.as(t, b)
		errs := atOnce(func() error { return p.DecideMembership(ctx, yes, org, jana, true, false, page("")) },
			func() error { return p.DecideMembership(ctx, no, org, jana, false, false, page("")) })
		if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), app.ErrDecided) {
			t.Errorf("%v", errs)
		}
		told := 0
		for _, l := range p.letters(t) {
			if l == "membership jana@o.example" {
				told++
			}
		}
		if told != 1 {
			t.Errorf("told %d times", told)
		}
	})
}

func TestARoleTakenAwayWhileAFormIsFilledInCountsNoMore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		org, boss, jana := p.organisation(t, "Sdružení"), p.person(t, "boss@o.example"), p.person(t, "jana@o.example")
		p.join(t, boss, org, true)
		opened := p.as(t, boss)
		ok(t, p.EndMembership(ctx, editor, org, boss, ""))
		for name, err := range map[string]error{
			"decide":  p.DecideMembership(ctx, opened, org, jana, true, false, page("")),
			"invite":  p.InviteMember(ctx, opened, app.Invite{Actor: org, Email: "x@o.example"}, func(string, string) string { return "https://a.example" }),
			"mandate": p.GiveMandate(ctx, opened, &atlas.Mandate{For: org, Actor: p.organisation(t, "Druhé"), Until: atlas.Date{Year: 2027}}),
			"manager": p.SetManager(ctx, opened, org, jana, true),
		} {
			if !errors.Is(err, atlas.ErrForbidden) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := p.letters(t); got != nil {
			t.Errorf("letters %v", got)
		}
	})
}
