package app_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

var editor = atlas.Operator("editor")

func loaded(t *testing.T, s *store.Store) *app.App {
	t.Helper()
	a := app.New(s, app.Options{Now: func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

// simi writes the implementer of acceptance example 6.
func simi(t *testing.T, a *app.App) *atlas.Actor {
	t.Helper()
	r := &atlas.Actor{Name: "Sdružení pro integraci a migraci, o. p. s.", Type: "NNO", Country: "CZ", Territories: []string{"CZ"}}
	if err := a.SaveActor(t.Context(), editor, r); err != nil {
		t.Fatal(err)
	}
	return r
}

func mis(actor string) *atlas.Project {
	return &atlas.Project{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, TitleCs: "Města a inkluzivní strategie",
		RegNumber:  "CZ.03.3.X/0.0/0.0/15_124/0006483",
		Annotation: "Databáze, manuál a analýzy místní integrace cizinců.", Goal: "Lepší místní integrace",
		From: atlas.Date{Year: 2017, Month: 9}, To: atlas.Date{Year: 2020, Month: 12}, Status: atlas.StatusEnded,
		Country: "CZ", Scope: atlas.ScopeCountry, Parties: []atlas.Party{{Actor: actor, Role: atlas.RoleImplementer}},
		Areas: []atlas.AreaShare{{Code: "STR", Primary: true}}, TargetLegal: []string{"TG-ALL"},
		Activities: []atlas.Activity{{Code: "A35"}}, Funding: []atlas.Funding{{Funder: actor, Programme: "OPZ", CallNo: "124", FunderType: "EU-S"}},
		Sources: []atlas.Source{{Kind: "WEB", URL: "https://www.cizinci.cz/web/cz/mesta-a-inkluzivni-strategie", Accessed: atlas.Date{Year: 2026, Month: 11, Day: 21}}},
	}
}

func TestASavedProjectIsFoundWhenTheCallReturns(t *testing.T) { // acceptance examples 6 and 16
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		p := mis(simi(t, a).ID)
		if err := a.SaveProject(t.Context(), editor, p); err != nil {
			t.Fatal(err)
		}
		for _, q := range []string{"cizincům", "MESTA", "inkluzivní strategie", "CZ.03.3.X/0.0/0.0/15_124/0006483", "simi OR", "výzkum"} {
			got := a.Index().Search(search.Query{Text: q, Limit: 10})
			if want := q != "simi OR"; (got.Total == 1) != want {
				t.Errorf("%q finds %d", q, got.Total)
			}
		}
		years := a.Index().Search(search.Query{Count: []search.Facet{search.FacetYear, search.FacetPeriod}}).Facets
		if len(years[search.FacetYear]) != 4 || years[search.FacetPeriod][0].Value != "2014-2020" && years[search.FacetPeriod][0].Value != "2014–2020" {
			t.Errorf("%+v", years)
		}
		p.RecordStatus = atlas.RecordArchived
		if err := a.SaveProject(t.Context(), editor, p); err != nil {
			t.Fatal(err)
		}
		if n := a.Index().Search(search.Query{}).Total; n != 0 {
			t.Errorf("an archived project is still found: %d", n)
		}
	})
}

func TestTheSecondOfTwoWritersIsToldAndNothingIsOverwritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		p := mis(simi(t, a).ID)
		if err := a.SaveProject(t.Context(), editor, p); err != nil {
			t.Fatal(err)
		}
		first, _ := a.Reader().Project(t.Context(), p.ID)
		second, _ := a.Reader().Project(t.Context(), p.ID)
		first.Goal = "první"
		if err := a.SaveProject(t.Context(), editor, first); err != nil {
			t.Fatal(err)
		}
		second.Goal = "druhý"
		var conflict *atlas.ConflictError
		if err := a.SaveProject(t.Context(), editor, second); !errors.As(err, &conflict) {
			t.Fatalf("got %v", err)
		}
		now, _ := a.Reader().Project(t.Context(), p.ID)
		if now.Goal != "první" {
			t.Errorf("goal is %q", now.Goal)
		}
	})
}

func TestAReaderCannotWrite(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		id := simi(t, a).ID
		if err := a.SaveProject(t.Context(), atlas.Viewer{}, mis(id)); !errors.Is(err, atlas.ErrForbidden) {
			t.Error(err)
		}
	})
}

func TestPublishingAsksForTheLastSource(t *testing.T) { // acceptance example 18
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		p := mis(simi(t, a).ID)
		if err := a.SaveProject(t.Context(), editor, p); err != nil {
			t.Fatal(err)
		}
		p.Sources = nil
		var invalid *atlas.InvalidError
		if err := a.SaveProject(t.Context(), editor, p); !errors.As(err, &invalid) {
			t.Fatalf("got %v", err)
		}
	})
}

// withSpolek is a project with an organisation that is a party and a funder and
// comes with it.
func withSpolek(implementer string) (*atlas.Project, app.NewActor) {
	p := mis(implementer)
	p.Parties = append(p.Parties, atlas.Party{Role: "PNEF"})
	p.Funding = append(p.Funding, atlas.Funding{FunderType: "EU-S"})
	return p, app.NewActor{
		Actor:   &atlas.Actor{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: "Spolek Nový soused", Type: "NNO", Country: "CZ"},
		Parties: []int{1}, Funding: []int{1},
	}
}

func TestAProjectAndItsNewOrganisationAreWrittenTogether(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		p, spolek := withSpolek(simi(t, a).ID)
		if err := a.SaveProject(t.Context(), editor, p, spolek); err != nil {
			t.Fatal(err)
		}
		got, err := a.Reader().Project(t.Context(), p.ID)
		if err != nil || got.Parties[1].Actor != spolek.Actor.ID || got.Funding[1].Funder != spolek.Actor.ID {
			t.Fatalf("%+v %v", got, err)
		}
		if name := a.ActorName(spolek.Actor.ID, "cs"); name != "Spolek Nový soused" {
			t.Errorf("the organisation is %q", name)
		}
		if n := a.Index().Search(search.Query{Text: "nový soused"}).Total; n != 1 {
			t.Errorf("found by its new organisation: %d", n)
		}
	})
}

func TestAProjectThatIsRefusedLeavesNoNewOrganisation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		id := simi(t, a).ID
		if err := a.SaveProject(t.Context(), editor, mis(id)); err != nil {
			t.Fatal(err)
		}
		before, _ := a.Reader().LastChange(t.Context())
		free := func(p *atlas.Project) { p.RegNumber = "" }
		for name, tc := range map[string]struct {
			viewer atlas.Viewer
			spoil  func(*atlas.Project, *atlas.Actor)
			field  string // at which it is said
			want   error
		}{
			"the number is taken":        {editor, func(p *atlas.Project, _ *atlas.Actor) {}, "reg_number", atlas.ErrConflict},
			"the project lacks a source": {editor, func(p *atlas.Project, _ *atlas.Actor) { free(p); p.Sources = nil }, "sources", nil},
			"a place is not there": {editor, func(p *atlas.Project, _ *atlas.Actor) {
				free(p)
				p.Scope, p.Territories = "OBEC", []atlas.Place{{Territory: "999999"}}
			}, "territories.0.territory", nil},
			"the organisation is wrong":   {editor, func(p *atlas.Project, r *atlas.Actor) { free(p); r.Type = "NIC" }, "parties.1.actor", nil},
			"somebody else saved":         {editor, func(p *atlas.Project, _ *atlas.Actor) { free(p); p.ID, p.Version = "P-00001", 7 }, "", atlas.ErrConflict},
			"the viewer may not write it": {atlas.Viewer{}, func(p *atlas.Project, _ *atlas.Actor) { free(p) }, "", atlas.ErrForbidden},
		} {
			p, spolek := withSpolek(id)
			tc.spoil(p, spolek.Actor)
			err := a.SaveProject(t.Context(), tc.viewer, p, spolek)
			var invalid *atlas.InvalidError
			if isInvalid := errors.As(err, &invalid); err == nil || isInvalid != (tc.field != "") || isInvalid && invalid.Problems[0].Field != tc.field {
				t.Errorf("%s: %v", name, err)
			}
			if tc.want != nil && !errors.Is(err, tc.want) {
				t.Errorf("%s: %v, want %v", name, err, tc.want)
			}
			if n, _ := a.Reader().LastChange(t.Context()); n != before || len(a.ActorNames("cs")) != 1 {
				t.Errorf("%s: something was written: %v", name, a.ActorNames("cs"))
			}
			if spolek.Actor.ID != "" || p.Parties[1].Actor != "" || p.Funding[1].Funder != "" {
				t.Errorf("%s: the project names an organisation that is not there: %+v", name, p.Parties)
			}
		}
	})
}

func TestASecondProcessSeesAChangeWithinTwoSeconds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, other := loaded(t, s), loaded(t, s)
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- other.Follow(ctx) }()
		if err := a.SaveProject(t.Context(), editor, mis(simi(t, a).ID)); err != nil {
			t.Fatal(err)
		}
		saved := time.Now()
		for other.Index().Len() == 0 && time.Since(saved) < 2*time.Second {
			time.Sleep(10 * time.Millisecond)
		}
		if other.Index().Search(search.Query{Text: "integraci migraci"}).Total != 1 {
			t.Error("not seen within two seconds, or without its actor's name")
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestCodeListsOfAnOlderDatabaseGrowAndEditsStay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		l, ok := a.Lists().List(atlas.ListArea)
		if !ok {
			t.Fatal("no list of areas")
		}
		older := *l
		older.Items = append([]atlas.Item{}, l.Items[:3]...)
		older.Items[0].Cs = "Čeština"
		if err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutList(t.Context(), older, store.Write{By: "editor"}) }); err != nil {
			t.Fatal(err)
		}
		b := loaded(t, s)
		now, _ := b.Lists().List(atlas.ListArea)
		if len(now.Items) != len(l.Items) || b.Lists().Label(atlas.ListArea, "JAZ", "cs") != "Čeština" {
			t.Errorf("%d items, %q", len(now.Items), b.Lists().Label(atlas.ListArea, "JAZ", "cs"))
		}
	})
}
