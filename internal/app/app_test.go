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

var editor = atlas.Viewer{Name: "editor", Write: true}

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
