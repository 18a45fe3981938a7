package seed_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/seed"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestTheDemoHoldsRealProjectsWithTheirSources(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		a := app.New(s, app.Options{})
		if err := a.Load(ctx); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if err := seed.Load(ctx, a); err != nil {
			t.Fatal(err)
		}
		t.Logf("%d projects in %v", a.Index().Len(), time.Since(start))
		n, abroad := 0, 0
		err := a.Reader().EachProject(ctx, func(p *atlas.Project) error {
			if p.Sample {
				return nil
			}
			n++
			if p.Country != "CZ" {
				abroad++
			}
			if p.Public() && len(p.Sources) == 0 {
				t.Errorf("%s %s has no source", p.ID, p.TitleCs)
			}
			for _, src := range p.Sources {
				if src.URL == "" || !src.Accessed.Known() {
					t.Errorf("%s %s: source %+v", p.ID, p.TitleCs, src)
				}
			}
			return nil
		})
		if err != nil || n < 60 || abroad < 5 {
			t.Errorf("%d projects, %d abroad, %v", n, abroad, err)
		}
		if whole, part, missing := a.Completeness().At([]string{"CZ010"}, 2019, 2019); whole != 0 || part == 0 || missing == 0 {
			t.Errorf("the sources of Prague of 2019: %d whole, %d in part, %d missing", whole, part, missing) // a demo holds no list whole
		}
		if len(a.OpenNeeds()) == 0 {
			t.Error("the demo has no need that is weighed")
		}
		for _, q := range []string{"Společná adresa", "Města a inkluzivní strategie", "Plzeň", "Karlovy Vary"} {
			if a.Index().Search(search.Query{Text: q}).Total == 0 {
				t.Errorf("%s is not found", q)
			}
		}
		if err := seed.Load(ctx, a); err != nil {
			t.Fatal(err)
		}
		again, _ := a.Reader().CountProjects(ctx)
		if again != n {
			t.Errorf("loading twice made %d of %d", again, n)
		}
	})
}

// Of unit costs too little is public, so the demo shows them on records that say that
// they are invented.
func TestTheDemoShowsUnitCostsOnRecordsMarkedAsInvented(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	clock := new(seed.Clock)
	a := app.New(s, app.Options{Now: clock.Now})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing to do
		if err := seed.Demo(t.Context(), a, clock); err != nil {
			t.Fatal(err)
		}
	}
	units := a.Units()
	if len(units) != 1 || units[0].Projects < 6 {
		t.Fatalf("units %+v", units)
	}
	spread, err := a.UnitSpread(t.Context(), units[0].Unit, a.Prices(0))
	if err != nil || !spread.Enough {
		t.Fatalf("%+v %v", spread, err)
	}
	here, err := a.UnitSpreadsIn(t.Context(), "CZ063", a.Prices(0), 3)
	if err != nil || len(here) != 1 || here[0].Median != spread.Median || !here[0].Enough {
		t.Errorf("Kraj Vysočina: %+v %v", here, err)
	}
	if okres, err := a.UnitSpreadsIn(t.Context(), "CZ0632", a.Prices(0), 3); err != nil || len(okres) != 1 || okres[0].Count != 2 || okres[0].Enough || okres[0].Median != 0 {
		t.Errorf("okres Jihlava: %+v %v", okres, err)
	}
	if none, err := a.UnitSpreadsIn(t.Context(), "CZ010", a.Prices(0), 3); err != nil || none != nil {
		t.Errorf("Praha: %+v %v", none, err)
	}
	newest := a.Index().Search(search.Query{Sort: search.SortNewest, Limit: 5}).Hits
	for _, c := range spread.Costs {
		p, err := a.Reader().Project(t.Context(), c.Project)
		if err != nil || !p.Sample || !strings.HasPrefix(p.TitleCs, "Ukázka") {
			t.Errorf("%s is not marked: %v", c.Project, err)
		}
		if slices.Contains(newest, c.Project) {
			t.Errorf("%s is among the newest", c.Project)
		}
	}
}
