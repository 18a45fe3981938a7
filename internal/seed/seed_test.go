package seed_test

import (
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
