package app_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// finds says how many projects an application finds.
func finds(a *app.App, text string) int { return a.Index().Search(search.Query{Text: text}).Total }

func TestALargeImportIsFoundWhenItReturnsAndByOtherProcesses(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a, other := loaded(t, s), loaded(t, s)
	ctx, stop := context.WithCancel(t.Context())
	var following sync.WaitGroup
	for _, x := range []*app.App{a, other} {
		following.Go(func() {
			if err := x.Follow(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	defer following.Wait()
	defer stop()
	o := app.ImportOptions{Publish: true}
	for i, n := range []int{2600, 2700} { // 5 200 changes, then 200
		plan, err := a.PrepareImport(t.Context(), editor, o, "velký.csv", many(n))
		if err != nil {
			t.Fatal(err)
		}
		apply(t, a, plan)
		last := fmt.Sprintf("Organizace %d", n-1)
		if a.Index().Len() != n || finds(a, `"`+last+`"`) != 1 {
			t.Errorf("after import %d the index has %d projects and finds %d of the last organisation", i, a.Index().Len(), finds(a, `"`+last+`"`))
		}
	}
	for end := time.Now().Add(10 * time.Second); other.Index().Len() != 2700; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the other process knows of %d projects", other.Index().Len())
		}
	}
}

func TestWhatIsWrittenWhileTheIndexIsBuiltIsInIt(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	writer, a := app.New(s, app.Options{WithoutIndex: true}), loaded(t, s)
	if err := writer.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	by := simi(t, a)
	plan, err := writer.PrepareImport(t.Context(), editor, app.ImportOptions{Publish: true}, "velký.csv", many(2600))
	if err != nil {
		t.Fatal(err)
	}
	apply(t, writer, plan) // a hears of it with the first of what follows
	var saving sync.WaitGroup
	for i := range 4 {
		saving.Go(func() {
			for j := range 10 {
				p := mis(by.ID)
				p.RegNumber, p.TitleCs = "", fmt.Sprint("Souběžný ", i, " ", j)
				if err := a.SaveProject(context.WithoutCancel(t.Context()), editor, p); err != nil {
					t.Error(err)
				}
			}
		})
	}
	saving.Wait()
	if n := finds(a, "souběžný"); n != 40 || a.Index().Len() != 2640 {
		t.Errorf("%d of 40 are found among %d", n, a.Index().Len())
	}
}

func TestAnApplicationWithoutAnIndexWritesWhatOthersFind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := app.New(s, app.Options{WithoutIndex: true})
		if err := a.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		plan, err := a.OpenImport(t.Context(), editor, app.ImportOptions{Publish: true}, fileOf(many(20)))
		if err != nil {
			t.Fatal(err)
		}
		b, report, err := a.ImportNow(t.Context(), editor, plan)
		if err != nil || tally(*b) != "20+0+0+0 of 20" || report.NewActors != 20 || report.Count(atlas.OutcomeCreate) != 20 {
			t.Fatalf("%+v %+v %v", b, report, err)
		}
		if a.Index().Len() != 0 || loaded(t, s).Index().Len() != 20 {
			t.Errorf("%d and %d projects are found", a.Index().Len(), loaded(t, s).Index().Len())
		}
		if again, report, err := a.ImportNow(t.Context(), editor, plan); err != nil || report != nil || again.ID != b.ID {
			t.Errorf("the same again: %+v %+v %v", again, report, err)
		}
	})
}
