package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/store"
	"atlas/internal/store/storetest"

	"pgregory.net/rapid"
)

func TestTheNumberOfQueriesDoesNotGrowWithTheRecords(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		seed(t, s)
		var f filler
		for range 3 {
			put(t, s, fullProject(&f, ""))
		}
		count := func(ids ...string) int64 {
			before := s.Queries()
			if got := must(s.Projects(t.Context(), ids)); len(got) != len(ids) {
				t.Errorf("%d projects", len(got))
			}
			return s.Queries() - before
		}
		one, three := count("P-90003"), count("P-90005", "P-90003", "P-90004")
		if one != three || one == 0 {
			t.Errorf("%d queries for one project, %d for three", one, three)
		}
	})
}

func TestProjectsComeInTheOrderAskedForWithoutThoseMissing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for range 3 {
			put(t, s, project("Projekt"))
		}
		var ids []string
		for _, p := range must(s.Projects(t.Context(), []string{"P-00003", "P-55555", "P-00001"})) {
			ids = append(ids, p.ID)
		}
		same(t, "ids", []string{"P-00003", "P-00001"}, ids)
		if got := must(s.Projects(t.Context(), nil)); len(got) != 0 {
			t.Errorf("of no ids: %d", len(got))
		}
	})
}

func TestProjectsThatReadersDoNotSeeAreFoundTheLastChangedFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		for n, status := range []string{atlas.RecordDraft, atlas.RecordPublished, atlas.RecordReturned, atlas.RecordArchived} {
			p := project("Projekt")
			p.RecordStatus = status
			w := write()
			w.At = w.At.AddDate(0, 0, n)
			update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutProject(ctx, p, w) })
		}
		same(t, "ids", []string{"P-00004", "P-00003", "P-00001"}, must(s.Unpublished(t.Context(), 10)))
		same(t, "ids", []string{"P-00004"}, must(s.Unpublished(t.Context(), 1)))
	})
}

// A stream reads its pages by ranges, Project reads by id; both must tell the
// same of every project, whatever lists it has.
func TestTheStreamTellsTheSameAsReadingOneByOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		seed(t, s)
		rapid.Check(t, func(rt *rapid.T) {
			ctx := context.Background()
			err := s.Update(ctx, func(tx *store.Tx) error {
				for range rapid.IntRange(0, 40).Draw(rt, "projects") {
					if err := tx.PutProject(ctx, drawProject(rt), write()); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				rt.Fatal(err)
			}
		})
		update(t, s, func(ctx context.Context, tx *store.Tx) error { // past one page
			for i := range 600 {
				if err := tx.PutProject(ctx, listedWithoutRegister(i), write()); err != nil {
					return err
				}
			}
			return nil
		})
		var last string
		n := 0
		err := s.EachProject(t.Context(), func(p *atlas.Project) error {
			if p.ID <= last && len(p.ID) == len(last) {
				t.Errorf("%s after %s", p.ID, last)
			}
			last = p.ID
			n++
			same(t, p.ID, must(s.Project(t.Context(), p.ID)), p)
			return nil
		})
		if err != nil || n != must(s.CountProjects(t.Context())) || n < 602 {
			t.Errorf("%d projects: %v", n, err)
		}
	})
}

func listedWithoutRegister(n int) *atlas.Project {
	p := listed(n)
	p.RegNumber = ""
	return p
}

// drawProject makes a project with lists of any length.
func drawProject(rt *rapid.T) *atlas.Project {
	word := rapid.StringMatching(`[a-zžščř]{1,9}`)
	words := rapid.SliceOfN(word, 0, 4)
	p := project(word.Draw(rt, "title"))
	p.Subgoals = nilIfEmpty(words.Draw(rt, "subgoals"))
	p.TargetLegal = nilIfEmpty(words.Draw(rt, "target"))
	for range rapid.IntRange(0, 12).Draw(rt, "areas") {
		p.Areas = append(p.Areas, atlas.AreaShare{Code: word.Draw(rt, "area")})
	}
	for range rapid.IntRange(0, 3).Draw(rt, "indicators") {
		i := atlas.Indicator{Name: word.Draw(rt, "name"), Disaggregation: nilIfEmpty(words.Draw(rt, "split"))}
		for range rapid.IntRange(0, 3).Draw(rt, "measurements") {
			i.Measurements = append(i.Measurements, atlas.Measurement{Value: word.Draw(rt, "value")})
		}
		p.Indicators = append(p.Indicators, i)
	}
	for range rapid.IntRange(0, 2).Draw(rt, "contacts") {
		p.Contacts = append(p.Contacts, atlas.Person{Languages: nilIfEmpty(words.Draw(rt, "languages"))})
	}
	return p
}

func nilIfEmpty(s []string) []string {
	if len(s) == 0 {
		return nil
	}
	return s
}

func TestAStreamStopsWithTheErrorOfItsReader(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put(t, s, project("Projekt"))
		stop := errors.New("stop")
		if err := s.EachProject(t.Context(), func(*atlas.Project) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("got %v", err)
		}
	})
}

func TestActorsAreFoundByNumberNameAndOtherNames(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		parent := actor("Magistrát města Plzně")
		parent.ICO, parent.OtherNames, parent.NameEn = "00075370", []string{"Plzeň – magistrát"}, "Plzeň City Hall"
		part := actor("Odbor sociálních služeb")
		part.ICO, part.Parent, part.ForeignID = parent.ICO, "A-00001", "GB-CHC-1136419"
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.PutActor(ctx, parent, write()), tx.PutActor(ctx, part, write()))
		})
		same(t, "by IČO", "A-00001", must(s.ActorByICO(ctx, "00075370")))
		same(t, "by foreign id", "A-00002", must(s.ActorByForeignID(ctx, "GB-CHC-1136419")))
		for _, name := range []string{parent.Name, parent.NameEn, parent.OtherNames[0]} {
			same(t, name, []string{"A-00001"}, must(s.ActorsByFoldedName(ctx, czech.Fold(name))))
		}
		same(t, "by many IČO", map[string]string{"00075370": "A-00001"}, must(s.ActorsByICO(ctx, []string{"27082440", "00075370"})))
		same(t, "by many foreign ids", map[string]string{"GB-CHC-1136419": "A-00002"}, must(s.ActorsByForeignID(ctx, []string{"GB-CHC-1136419", "X"})))
		same(t, "by none", map[string]string{}, must(s.ActorsByICO(ctx, nil)))
		if _, err := s.ActorByICO(ctx, "27082440"); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	})
}

func TestProjectsAreFoundByActorFunderAndPredecessor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		seed(t, s)
		ctx := t.Context()
		a, b := project("A"), project("B")
		a.Parties = []atlas.Party{{Actor: "A-00001", Role: atlas.RoleImplementer}}
		a.Follows = []string{"P-90001"}
		b.Funding = []atlas.Funding{{Funder: "A-00001"}}
		put(t, s, a)
		put(t, s, b)
		same(t, "of the actor", []string{a.ID, b.ID}, must(s.ProjectsOfActor(ctx, "A-00001")))
		var implemented []string
		err := s.ImplementedBy(ctx, []string{"A-00002", "A-00001"}, func(p *store.Implemented) error {
			implemented = append(implemented, p.ID)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "implemented", []string{a.ID}, implemented)
		same(t, "followed by", []string{a.ID}, must(s.FollowedBy(ctx, "P-90001")))
	})
}

func TestHistoryIsNewestFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := project("Projekt")
		for range 3 {
			put(t, s, p)
		}
		var got []string
		for _, c := range must(s.History(t.Context(), atlas.KindProject, p.ID)) {
			got = append(got, fmt.Sprint(c.Version, c.Action, c.By, c.Origin))
		}
		same(t, "history", []string{"3updatetestform", "2updatetestform", "1createtestform"}, got)
	})
}

func TestAViewSeesOneState(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		put(t, s, project("První"))
		err := s.View(t.Context(), func(r *store.Reader) error {
			before := must(r.CountProjects(t.Context()))
			put(t, s, project("Druhý"))
			if after := must(r.CountProjects(t.Context())); before != 1 || after != 1 {
				t.Errorf("%d projects, then %d", before, after)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestMergingKeepsSourcesAndLinksAndRedirects(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		keep, drop, older, next := project("Zůstává"), project("Zaniká"), project("Předchůdce"), project("Nástupce")
		source := func(url string) atlas.Source { return atlas.Source{Kind: "WEB", URL: url} }
		put(t, s, keep)
		put(t, s, older)
		keep.Sources = []atlas.Source{source("https://example.org/a"), source("https://example.org/b")}
		drop.Sources = []atlas.Source{source("https://example.org/b"), source("https://example.org/c")}
		drop.RegNumber, drop.Follows = "CZ/1", []string{older.ID, keep.ID}
		put(t, s, keep)
		put(t, s, drop)
		next.Follows = []string{drop.ID, keep.ID}
		put(t, s, next)
		merge := func(a, b string) error {
			return s.Update(ctx, func(tx *store.Tx) error { return tx.MergeProjects(ctx, a, b, nil, write()) })
		}
		if err := merge(keep.ID, drop.ID); err != nil {
			t.Fatal(err)
		}
		got := must(s.Project(ctx, keep.ID))
		same(t, "sources", append(slices.Clone(keep.Sources), source("https://example.org/c")), got.Sources)
		same(t, "predecessors", []string{older.ID}, got.Follows)
		same(t, "registration number", keep.ID, must(s.ProjectByRegNumber(ctx, "CZ/1")))
		same(t, "registration numbers", map[string]string{"CZ/1": keep.ID}, must(s.ProjectsByRegNumber(ctx, []string{"CZ/0", "CZ/1"})))
		same(t, "successor", []string{keep.ID}, must(s.Project(ctx, next.ID)).Follows)
		redirected(t, s, drop.ID, keep.ID)
		if n := must(s.CountProjects(ctx)); n != 3 {
			t.Errorf("%d projects", n)
		}

		// A chain is flattened: the first address leads straight to the last.
		last := project("Poslední")
		put(t, s, last)
		if err := merge(last.ID, keep.ID); err != nil {
			t.Fatal(err)
		}
		redirected(t, s, drop.ID, last.ID)
		redirected(t, s, keep.ID, last.ID)
		var redirect *atlas.RedirectError
		if err := merge(last.ID, drop.ID); !errors.As(err, &redirect) {
			t.Errorf("merging a merged one: %v", err)
		}
		if err := merge(last.ID, last.ID); err == nil {
			t.Error("merged with itself")
		}
	})
}

func redirected(t *testing.T, s *store.Store, from, to string) {
	t.Helper()
	_, err := s.Project(t.Context(), from)
	var redirect *atlas.RedirectError
	if !errors.As(err, &redirect) || redirect.ID != to {
		t.Errorf("%s leads to %v, not to %s", from, err, to)
	}
}
