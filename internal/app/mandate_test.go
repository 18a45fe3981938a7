package app_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestWhatIsWrittenByAMandateSaysSoAsLongAsItHolds(t *testing.T) { // U-14
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		town, ngo := p.organisation(t, "Město"), p.organisation(t, "Sdružení")
		boss, jana, petr := p.person(t, "boss@o.example"), p.person(t, "jana@o.example"), p.person(t, "petr@o.example")
		p.join(t, boss, town, true)
		p.join(t, jana, ngo, false)
		p.join(t, petr, ngo, false)
		project := &atlas.Project{TitleCs: "Kurzy", Parties: []atlas.Party{{Actor: town, Role: atlas.RoleImplementer}}}
		theirs := &atlas.Project{TitleCs: "Projekt města", Parties: []atlas.Party{{Actor: town, Role: atlas.RoleImplementer}}}
		ok(t, p.SaveProject(ctx, editor, theirs))
		if err := p.SaveProject(ctx, p.as(t, jana), theirs); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("without a mandate: %v", err)
		}
		m := &atlas.Mandate{For: town, Actor: ngo, Until: atlas.Date{Year: 2027, Month: 6, Day: 30}}
		ok(t, p.GiveMandate(ctx, p.as(t, boss), m))
		ok(t, p.SaveProject(ctx, p.as(t, jana), project))
		stranger := p.person(t, "cizi@o.example") // may propose, and may not change what is another's
		if err := p.SaveProject(ctx, p.as(t, stranger), project); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("without a mandate: %v", err)
		}
		own := &atlas.Project{TitleCs: "Vlastní", Parties: []atlas.Party{{Actor: ngo, Role: atlas.RoleImplementer}}}
		ok(t, p.SaveProject(ctx, p.as(t, jana), own))
		history, err := p.Reader().History(ctx, atlas.KindProject, project.ID)
		if err != nil || len(history) != 1 || history[0].Origin != m.ID || history[0].By != jana {
			t.Fatalf("%+v %v", history, err)
		}
		want := app.OnBehalf{By: app.Organisation{ID: ngo, Name: "Sdružení"}, For: app.Organisation{ID: town, Name: "Město"}}
		if got, is, err := p.OnBehalf(ctx, history[0].Origin, "cs"); err != nil || !is || got != want {
			t.Errorf("%+v %v %v", got, is, err)
		}
		if all, err := p.BehindRecord(ctx, atlas.KindProject, project.ID, "en"); err != nil || !slices.Equal(all, []app.OnBehalf{want}) {
			t.Errorf("%+v %v", all, err)
		}
		if all, err := p.BehindRecord(ctx, atlas.KindProject, own.ID, "cs"); err != nil || all != nil {
			t.Errorf("one's own record: %+v %v", all, err)
		}
		for _, origin := range []string{"form", "", "M-", "M-99999", "D-00001"} {
			if _, is, err := p.OnBehalf(ctx, origin, "cs"); is || err != nil {
				t.Errorf("%q: %v %v", origin, is, err)
			}
		}
		entries, err := s.AuditEntries(ctx, store.AuditFilter{Record: project.ID})
		if err != nil || len(entries) != 1 || entries[0].Subject != "project "+project.ID+" "+m.ID {
			t.Errorf("the log says %+v %v", entries, err)
		}
		project.Goal = "Jinak"
		ok(t, p.SaveProject(ctx, p.as(t, petr), project))
		ok(t, p.RestoreVersion(ctx, p.as(t, petr), atlas.KindProject, project.ID, 1, project.Version, ""))
		if history, err = p.Reader().History(ctx, atlas.KindProject, project.ID); err != nil || history[0].Mandate() != m.ID || history[0].Restored() != "1" {
			t.Errorf("restored by a mandate: %+v %v", history[0], err)
		}
		if got, is, err := p.OnBehalf(ctx, history[0].Origin, "cs"); err != nil || !is || got != want {
			t.Errorf("%+v %v %v", got, is, err)
		}
		ok(t, p.GiveMandate(ctx, p.as(t, boss), &atlas.Mandate{For: town, Actor: p.organisation(t, "Jiní"), Until: m.Until}))
		ok(t, p.SaveProject(ctx, editor, theirs))
		if all, err := p.BehindRecord(ctx, atlas.KindProject, project.ID, "cs"); err != nil || !slices.Equal(all, []app.OnBehalf{want}) {
			t.Errorf("%+v %v", all, err)
		}
		project.Version++
		p.now = time.Date(2027, 7, 1, 0, 30, 0, 0, time.UTC)
		if err := p.SaveProject(ctx, p.as(t, petr), project); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("a day later: %v", err)
		}
	})
}

func TestAMandateTakenBackHoldsNoMoreAndBothSidesMayEndIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		town, ngo := p.organisation(t, "Město"), p.organisation(t, "Sdružení")
		boss, head, jana := p.person(t, "boss@o.example"), p.person(t, "head@o.example"), p.person(t, "jana@o.example")
		p.join(t, boss, town, true)
		p.join(t, head, ngo, true)
		p.join(t, jana, ngo, false)
		until := atlas.Date{Year: 2027}
		for _, ends := range []string{boss, head} {
			m := &atlas.Mandate{For: town, Actor: ngo, Until: until}
			ok(t, p.GiveMandate(ctx, p.as(t, boss), m))
			if len(p.as(t, jana).Mandates) != 1 {
				t.Error("the mandate does not hold")
			}
			if err := p.EndMandate(ctx, p.as(t, jana), m.ID); !errors.Is(err, atlas.ErrForbidden) {
				t.Errorf("a member ended it: %v", err)
			}
			ok(t, p.EndMandate(ctx, p.as(t, ends), m.ID))
			if len(p.as(t, jana).Mandates) != 0 {
				t.Error("the mandate holds still")
			}
			if err := p.EndMandate(ctx, p.as(t, boss), m.ID); !errors.Is(err, app.ErrDecided) {
				t.Errorf("ended twice: %v", err)
			}
		}
		if err := p.GiveMandate(ctx, p.as(t, head), &atlas.Mandate{For: town, Actor: ngo, Until: until}); !errors.Is(err, atlas.ErrForbidden) {
			t.Errorf("an organisation authorised itself: %v", err)
		}
	})
}

func TestATerritoryIsGivenOnlyByWhoGovernsIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		town, ngo := p.organisation(t, "Město"), p.organisation(t, "Sdružení")
		boss := p.person(t, "boss@o.example")
		editor := p.person(t, "editor@o.example", atlas.Grant{Role: atlas.RoleTerritory, Territory: "CZ042"})
		p.join(t, boss, town, true)
		p.join(t, editor, town, true)
		give := func(who, territory string) error {
			return p.GiveMandate(ctx, p.as(t, who), &atlas.Mandate{For: town, Actor: ngo, Territory: territory, Until: atlas.Date{Year: 2027}})
		}
		refused(t, give(boss, "CZ042"), "problem.mandate_territory")
		refused(t, give(editor, "CZ064"), "problem.mandate_territory")
		refused(t, give(editor, "XX"), "problem.reference")
		ok(t, give(editor, "CZ0426")) // an okres in their kraj
		ok(t, give(editor, "CZ042"))
		refused(t, give(editor, "CZ042"), "problem.mandate_twice")
	})
}

func TestBothSidesAreToldWhenAMandateIsGivenTakenBackAndEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p, ctx := peopled(t, s), t.Context()
		town, ngo := p.organisation(t, "Město"), p.organisation(t, "Sdružení")
		boss, head, jana := p.person(t, "boss@o.example"), p.person(t, "head@o.example"), p.person(t, "jana@o.example")
		p.join(t, boss, town, true)
		p.join(t, head, ngo, true)
		p.join(t, jana, ngo, false)
		give := func() *atlas.Mandate {
			m := &atlas.Mandate{For: town, Actor: ngo, Until: atlas.Date{Year: 2026, Month: 12, Day: 31}}
			ok(t, p.GiveMandate(ctx, p.as(t, boss), m))
			return m
		}
		ok(t, p.EndMandate(ctx, p.as(t, head), give().ID))
		if got := p.letters(t); !slices.Equal(got, []string{"mandate boss@o.example", "mandate head@o.example"}) {
			t.Errorf("given and taken back: %v", got)
		}
		m := give()
		p.now = time.Date(2026, 12, 31, 22, 59, 0, 0, time.UTC) // a minute to midnight in Prague
		if n, err := p.CloseMandates(ctx); n != 0 || err != nil {
			t.Errorf("on its last day: %d %v", n, err)
		}
		p.now = p.now.Add(time.Minute)
		for _, want := range []int{1, 0} {
			if n, err := p.CloseMandates(ctx); n != want || err != nil {
				t.Errorf("after its last day: %d %v", n, err)
			}
		}
		if got := p.letters(t); !slices.Equal(got, []string{"mandate boss@o.example", "mandate boss@o.example", "mandate head@o.example", "mandate head@o.example", "mandate head@o.example"}) {
			t.Errorf("letters %v", got)
		}
		if got := p.deeds(t); got[len(got)-1] != "atlas: mandate_ended "+m.ID+" "+ngo+" "+town {
			t.Errorf("the log says %v", got)
		}
		p.now = noon // the clock was ahead
		if len(p.as(t, jana).Mandates) != 1 {
			t.Error("a clock that ran ahead took the mandate away")
		}
		if got, err := p.Reader().Mandate(ctx, m.ID); err != nil || got.TakenBack() {
			t.Errorf("%+v %v", got, err)
		}
	})
}
