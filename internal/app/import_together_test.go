package app_test

import (
	"sync"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store/storetest"
)

// together applies one file in each of two processes at the same moment, after
// both have prepared it.
func together(t *testing.T, dsn string, files ...[]byte) (a *app.App, batches []*atlas.Batch) {
	t.Helper()
	batches = make([]*atlas.Batch, len(files))
	var all sync.WaitGroup
	start := make(chan struct{})
	for i, data := range files {
		a = loaded(t, storetest.Open(t, dsn))
		mine, plan := a, prepare(t, a, data)
		all.Go(func() {
			<-start
			var err error
			if batches[i], err = mine.ApplyImport(t.Context(), editor, plan); err != nil {
				t.Error(err)
			}
		})
	}
	close(start)
	all.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return loaded(t, storetest.Open(t, dsn)), batches
}

// inAll counts projects and organisations.
func inAll(t *testing.T, a *app.App) (projects, actors int) {
	t.Helper()
	projects, err := a.Reader().CountProjects(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Reader().EachActor(t.Context(), func(*atlas.Actor) error { actors++; return nil }); err != nil {
		t.Fatal(err)
	}
	return projects, actors
}

func TestOneFileImportedTwiceAtOnceGoesInOnce(t *testing.T) { // 9.4
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		a, batches := together(t, dsn, many(60), many(60), many(60))
		for _, b := range batches {
			if b.ID != "D-00001" || tally(*b) != "60+0+0+0 of 60" {
				t.Errorf("%+v", b)
			}
		}
		if projects, actors := inAll(t, a); projects != 60 || actors != 60 {
			t.Errorf("%d projects, %d organisations", projects, actors)
		}
	})
}

func TestOfTwoFilesImportedAtOnceTheSecondSeesTheFirst(t *testing.T) { // 9.4, 8.9
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		a, batches := together(t, dsn, many(60), many(40),
			hand([6]string{"Jiný projekt", "Organizace 7", "2017", "2018", "", "https://www.example.org/a"}))
		if created := batches[0].Created + batches[1].Created; created != 60 || batches[0].Unchanged+batches[1].Unchanged != 40 {
			t.Errorf("%s, %s", tally(*batches[0]), tally(*batches[1]))
		}
		if projects, actors := inAll(t, a); projects != 61 || actors != 60 {
			t.Errorf("%d projects, %d organisations", projects, actors)
		}
		if n := a.Index().Len(); n != 61 {
			t.Errorf("%d projects are found", n)
		}
	})
}

func TestAnUndoingWaitsForAnImportAndLosesNothingOfIt(t *testing.T) { // 9.4
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		one, two := loaded(t, storetest.Open(t, dsn)), loaded(t, storetest.Open(t, dsn))
		first := apply(t, one, prepare(t, one, many(60)))
		plan := prepare(t, one, many(80))
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := one.ApplyImport(t.Context(), editor, plan); err != nil {
				t.Error(err)
			}
		})
		all.Go(func() {
			if _, err := two.UndoImport(t.Context(), editor, first.ID, nil); err != nil {
				t.Error(err)
			}
		})
		all.Wait()
		a := loaded(t, storetest.Open(t, dsn))
		// The undoing came before the import, which then brought all of it back, or
		// after it: then only what the import made itself stays.
		if n := a.Index().Len(); n != 80 && n != 20 {
			t.Errorf("%d projects are found", n)
		}
		if projects, actors := inAll(t, a); projects != 80 || actors != 80 {
			t.Errorf("%d projects, %d organisations", projects, actors)
		}
	})
}
