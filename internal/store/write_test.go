package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func TestTheSecondOfTwoEditorsIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put(t, s, project("Původní"))
		mine, theirs := must(s.Project(t.Context(), "P-00001")), must(s.Project(t.Context(), "P-00001"))
		theirs.TitleCs = "Jejich"
		put(t, s, theirs)
		mine.TitleCs = "Můj"
		before := *mine
		err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutProject(t.Context(), mine, write()) })
		var conflict *atlas.ConflictError
		if !errors.As(err, &conflict) || !errors.Is(err, atlas.ErrConflict) {
			t.Fatalf("got %v", err)
		}
		same(t, "conflict", &atlas.ConflictError{Kind: "project", ID: "P-00001", Read: 1, Current: 2}, conflict)
		same(t, "what was typed", &before, mine)
		if got := must(s.Project(t.Context(), "P-00001")); got.TitleCs != "Jejich" {
			t.Errorf("overwritten: %q", got.TitleCs)
		}
	})
}

func TestCreatingOverAnExistingIdIsAConflict(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put(t, s, project("První"))
		p := project("Druhý")
		p.ID = "P-00001"
		err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutProject(t.Context(), p, write()) })
		if !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("got %v", err)
		}
	})
}

func TestChangingWhatIsNotThereIsNotFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := project("Nikde")
		p.ID, p.Version = "P-00007", 3
		err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutProject(t.Context(), p, write()) })
		if !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("got %v", err)
		}
		if _, err := s.Project(t.Context(), "P-00007"); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	})
}

// 6.1: the registration number is unique when given.
func TestATakenRegistrationNumberIsRefusedAndSaysWhoHasIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		first := project("První")
		first.RegNumber = "CZ.03.3.X/0.0/0.0/15_124/0006483"
		put(t, s, first)
		put(t, s, first) // its own number is no obstacle
		second := project("Druhý")
		second.RegNumber = first.RegNumber
		err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutProject(t.Context(), second, write()) })
		var invalid *atlas.InvalidError
		if !errors.As(err, &invalid) {
			t.Fatalf("got %v", err)
		}
		same(t, "problem", []atlas.Problem{{Field: "reg_number", Key: "problem.reg_number_taken", Args: map[string]any{"id": "P-00001"}}}, invalid.Problems)
		if id := must(s.ProjectByRegNumber(t.Context(), first.RegNumber)); id != "P-00001" {
			t.Errorf("found %s", id)
		}
	})
}

func TestWhatTheDatabaseCannotHoldIsInvalid(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for name, spoil := range map[string]func(*atlas.Project){
			"invalid UTF-8":          func(p *atlas.Project) { p.Goal = "\xff\xfe" },
			"a zero byte":            func(p *atlas.Project) { p.Annotation = "a\x00b" },
			"a day no calendar has":  func(p *atlas.Project) { p.From = atlas.Date{Year: 2020, Month: 2, Day: 30} },
			"an actor there is not":  func(p *atlas.Project) { p.Parties = []atlas.Party{{Actor: "A-99999", Role: "REAL"}} },
			"a predecessor not here": func(p *atlas.Project) { p.Follows = []string{"P-77777"} },
			"no record status":       func(p *atlas.Project) { p.RecordStatus = "" },
			"an empty code":          func(p *atlas.Project) { p.Areas = []atlas.AreaShare{{}} },
		} {
			p := project("Špatný")
			spoil(p)
			err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutProject(t.Context(), p, write()) })
			var invalid *atlas.InvalidError
			if !errors.As(err, &invalid) {
				t.Errorf("%s: got %v", name, err)
			}
			if p.ID != "" || p.Version != 0 {
				t.Errorf("%s: the record was left as %q version %d", name, p.ID, p.Version)
			}
		}
		if n := must(s.CountProjects(t.Context())); n != 0 {
			t.Errorf("%d projects", n)
		}
	})
}

func TestIdsGrowByOneAndPastAGivenOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var ids []string
		for _, given := range []string{"", "", "P-00042", "", "P-99999", ""} {
			p := project("Projekt")
			p.ID = given
			put(t, s, p)
			ids = append(ids, p.ID)
		}
		same(t, "ids", []string{"P-00001", "P-00002", "P-00042", "P-00043", "P-99999", "P-100000"}, ids)
	})
}

func TestNothingRemainsOfAFailedTransaction(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := project("Nestane se")
		stop := errors.New("stop")
		err := s.Update(t.Context(), func(tx *store.Tx) error {
			if err := tx.PutProject(t.Context(), p, write()); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatalf("got %v", err)
		}
		same(t, "the record", project("Nestane se"), p)
		if n := must(s.LastChange(t.Context())); n != 0 {
			t.Errorf("change %d", n)
		}
		put(t, s, p)
		if p.ID != "P-00001" {
			t.Errorf("id %s", p.ID)
		}
	})
}

func TestWritersTakeTurnsAndNoNumberIsLost(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		const each = 20
		var all sync.WaitGroup
		for w := range 2 {
			s := storetest.Open(t, dsn)
			all.Go(func() {
				for i := range each {
					err := s.Update(t.Context(), func(tx *store.Tx) error {
						return tx.PutProject(t.Context(), project(fmt.Sprint(w, i)), write())
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		s := storetest.Open(t, dsn)
		changes := must(s.Changes(t.Context(), 0, 1000))
		if len(changes) != 2*each {
			t.Fatalf("%d changes", len(changes))
		}
		for i, c := range changes {
			if c.Seq != int64(i+1) || c.ID != fmt.Sprintf("P-%05d", i+1) {
				t.Errorf("change %d is of %s at place %d", c.Seq, c.ID, i)
			}
		}
	})
}

func TestAReaderIsNotHeldUpByAWriter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put(t, s, project("Před"))
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			p := must(tx.Project(ctx, "P-00001"))
			p.TitleCs = "Po"
			if err := tx.PutProject(ctx, p, write()); err != nil {
				return err
			}
			if got := must(s.Project(ctx, "P-00001")); got.TitleCs != "Před" {
				t.Errorf("outside the transaction: %q", got.TitleCs)
			}
			if got := must(tx.Project(ctx, "P-00001")); got.TitleCs != "Po" {
				t.Errorf("inside the transaction: %q", got.TitleCs)
			}
			return nil
		})
	})
}

func TestAListIsVersionedAndLeftAloneWhenTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		l := atlas.List{Code: "CL-01", Slug: "oblasti-integrace", Cs: "Oblasti", Items: []atlas.Item{{Code: "O01", Cs: "Jazyk"}}}
		putList := func(l atlas.List) error {
			return s.Update(ctx, func(tx *store.Tx) error { return tx.PutList(ctx, l, write()) })
		}
		for range 2 {
			if err := putList(l); err != nil {
				t.Fatal(err)
			}
		}
		if n := must(s.LastChange(ctx)); n != 1 {
			t.Errorf("%d changes", n)
		}
		l.Cs = "Oblasti integrace"
		if err := putList(l); !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("over version 1 as new: %v", err)
		}
		l.Version = 1
		if err := putList(l); err != nil {
			t.Fatal(err)
		}
		l.Version = 2
		same(t, "lists", []atlas.List{l}, must(s.Lists(ctx)))
	})
}

func TestTerritoriesAreCountedAsCreatedUpdatedUnchanged(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := atlas.Territory{Code: "CZ072", Level: atlas.LevelRegion, Name: "Zlínský kraj"}
		b := atlas.Territory{Code: "CZ071", Level: atlas.LevelRegion, Name: "Olomoucký kraj"}
		count := func(all ...atlas.Territory) (got [3]int) {
			update(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
				got[0], got[1], got[2], err = tx.PutTerritories(ctx, all, write())
				return err
			})
			return got
		}
		same(t, "first", [3]int{2, 0, 0}, count(a, b))
		b.Population = 627_000
		same(t, "second", [3]int{0, 1, 1}, count(a, b))
		same(t, "in Czech order", []atlas.Territory{b, a}, must(s.Territories(t.Context())))
		if json := string(must(s.Version(t.Context(), atlas.KindTerritory, "CZ071", 2))); !strings.Contains(json, "627000") {
			t.Errorf("snapshot %s", json)
		}
	})
}
