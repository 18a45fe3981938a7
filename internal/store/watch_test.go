package store_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// watch begins to watch a territory.
func watch(t *testing.T, s *store.Store, account, territory, period string) store.Watch {
	t.Helper()
	w := store.Watch{Account: account, Kind: store.WatchTerritory, Subject: territory, Period: period, CreatedAt: noon, ToldAt: noon}
	update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutWatch(ctx, &w) })
	return w
}

// times are those of a moment at which nothing was due since yesterday.
func times(now time.Time, head int64) store.WatchTimes {
	return store.WatchTimes{Now: now, Head: head, Daily: now.Add(-20 * time.Hour), Weekly: now.Add(-5 * 24 * time.Hour), Pause: 15 * time.Minute}
}

func due(t *testing.T, s *store.Store, at store.WatchTimes) []string {
	t.Helper()
	ids := []string{}
	for _, w := range must(s.DueWatches(t.Context(), at)) {
		ids = append(ids, w.ID)
	}
	slices.Sort(ids)
	return ids
}

func TestAWatchIsKeptWholeAndNobodyWatchesOneThingTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, b := account(t, s, "a@mesto.example"), account(t, s, "b@mesto.example")
		w := watch(t, s, a.ID, "CZ010", store.WatchDaily)
		if w.ID != "S-00001" || len(w.Feed) < 26 {
			t.Errorf("%+v", w)
		}
		same(t, "kept", w, must(s.Watch(t.Context(), w.ID)))
		same(t, "by its feed", w, must(s.WatchByFeed(t.Context(), w.Feed)))
		err := s.Update(t.Context(), func(tx *store.Tx) error {
			again := w
			again.ID, again.Feed = "", ""
			return tx.PutWatch(t.Context(), &again)
		})
		if !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("twice: %v", err)
		}
		all := store.Watch{Account: a.ID, Kind: store.WatchSearch, Period: store.WatchFeedOnly, CreatedAt: noon, ToldAt: noon}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutWatch(ctx, &all) })
		other := watch(t, s, b.ID, "CZ010", store.WatchWeekly)
		same(t, "of the first", []store.Watch{w, all}, must(s.Watches(t.Context(), a.ID)))

		before := w.Feed
		w.Feed, w.Paused, w.Period, w.ToldSeq, w.ToldAt = "", true, store.WatchWeekly, 7, noon.Add(time.Hour)
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutWatch(ctx, &w) })
		same(t, "changed", w, must(s.Watch(t.Context(), w.ID)))
		if _, err := s.WatchByFeed(t.Context(), before); !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("the old address of the feed: %v", err)
		}
		err = s.Update(t.Context(), func(tx *store.Tx) error { return tx.DropWatch(t.Context(), b.ID, w.ID) })
		if !errors.Is(err, atlas.ErrNotFound) {
			t.Errorf("somebody else's: %v", err)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropWatch(ctx, b.ID, other.ID) })
		next := watch(t, s, b.ID, "CZ020", store.WatchDaily)
		if next.ID != "S-00004" {
			t.Errorf("an id was given again: %s", next.ID)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropWatches(ctx, a.ID) })
		if left := must(s.Watches(t.Context(), a.ID)); len(left) != 0 {
			t.Errorf("%d are left", len(left))
		}
	})
}

func TestAWatchIsDueByItsPeriodAndWhenTheClockWasPutBackByMoreThanThat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a, b := account(t, s, "a@mesto.example"), account(t, s, "b@mesto.example")
		watch(t, s, a.ID, "CZ010", store.WatchInstantly)
		watch(t, s, a.ID, "CZ020", store.WatchDaily)
		watch(t, s, a.ID, "CZ031", store.WatchWeekly)
		watch(t, s, a.ID, "CZ032", store.WatchFeedOnly)
		watch(t, s, b.ID, "CZ010", store.WatchDaily)
		same(t, "nothing changed", []string{}, due(t, s, times(noon, 0)))
		same(t, "a change", []string{"S-00001"}, due(t, s, times(noon, 1)))
		same(t, "a day later", []string{"S-00001", "S-00002", "S-00005"}, due(t, s, times(noon.Add(24*time.Hour), 1)))
		same(t, "a week later", []string{"S-00001", "S-00002", "S-00003", "S-00005"}, due(t, s, times(noon.Add(7*24*time.Hour), 1)))
		same(t, "the clock put back by an hour", []string{}, due(t, s, times(noon.Add(-time.Hour), 0)))
		same(t, "by two days", []string{"S-00002", "S-00005"}, due(t, s, times(noon.Add(-48*time.Hour), 0)))
		same(t, "by a year", []string{"S-00002", "S-00003", "S-00005"}, due(t, s, times(noon.AddDate(-1, 0, 0), 0)))
		b.State = atlas.AccountBlocked
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutAccount(ctx, b) })
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			n, err := tx.PauseWatches(ctx, a.ID, store.WatchDaily)
			if n != 1 {
				t.Errorf("%d paused", n)
			}
			return err
		})
		same(t, "one blocked, one paused", []string{"S-00001"}, due(t, s, times(noon.Add(24*time.Hour), 1)))
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			n, err := tx.PauseWatches(ctx, a.ID, "")
			if n != 3 {
				t.Errorf("%d paused", n)
			}
			return err
		})
		same(t, "all paused", []string{}, due(t, s, times(noon.AddDate(1, 0, 0), 9)))
	})
}

func TestOfTwoProcessesOneTells(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account(t, s, "a@mesto.example")
		watch(t, s, a.ID, "CZ010", store.WatchInstantly)
		watch(t, s, a.ID, "CZ020", store.WatchInstantly)
		at := times(noon.Add(time.Minute), 5)
		all := must(s.DueWatches(t.Context(), at))
		tell := func(watches []store.Watch, at store.WatchTimes) error {
			return s.Update(t.Context(), func(tx *store.Tx) error { return tx.Tell(t.Context(), watches, at.Head, at) })
		}
		if err := tell(all[:1], at); err != nil {
			t.Fatal(err)
		}
		if err := tell(all[:1], at); !errors.Is(err, store.ErrTold) {
			t.Errorf("twice: %v", err)
		}
		later := times(noon.Add(10*time.Minute), 9)
		if err := tell(all[1:], later); !errors.Is(err, store.ErrTold) {
			t.Errorf("a second letter within a quarter of an hour: %v", err)
		}
		same(t, "within a quarter of an hour", []string{}, due(t, s, later))
		same(t, "when the clock was put back behind the letter", []string{"S-00001", "S-00002"}, due(t, s, times(noon.Add(-time.Hour), 9)))
		same(t, "later", []string{"S-00001", "S-00002"}, due(t, s, times(noon.Add(17*time.Minute), 9)))
		if w := must(s.Watch(t.Context(), "S-00001")); w.ToldSeq != 5 || !w.LetterAt.Equal(at.Now) || !w.ToldAt.Equal(at.Now) {
			t.Errorf("%+v", w)
		}
	})
}

func TestNothingToTellMovesOnOnlyWhatWasNotToldMeanwhileAndNeverBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := account(t, s, "a@mesto.example")
		one, two := watch(t, s, a.ID, "CZ010", store.WatchDaily), watch(t, s, a.ID, "CZ020", store.WatchDaily)
		ahead := watch(t, s, a.ID, "CZ031", store.WatchDaily)
		ahead.ToldSeq = 12
		moved := two
		moved.ToldSeq = 3
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.PutWatch(ctx, &ahead), tx.PutWatch(ctx, &moved))
		})
		later := noon.Add(time.Hour)
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.NothingToTell(ctx, []store.Watch{one, two, ahead}, 9, later)
		})
		for id, want := range map[string]int64{one.ID: 9, two.ID: 3, ahead.ID: 12} {
			if w := must(s.Watch(t.Context(), id)); w.ToldSeq != want || w.ToldAt.Equal(later) != (id != two.ID) {
				t.Errorf("%s: %+v", id, w)
			}
		}
	})
}

func TestVersionsSurvivorsAndProjectsOfManyAreReadTogether(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		one, two := project("Jedna"), project("Dvě")
		one.RegNumber, two.RegNumber = "A/1", "A/2"
		org := &atlas.Actor{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: "Spolek", Type: "NNO", Country: "CZ"}
		one.Parties, two.Parties, one.Funding, two.Funding, one.Follows, two.Follows = nil, nil, nil, nil, nil, nil
		w := store.Write{By: "test", Origin: "form", At: noon}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.PutActor(ctx, org, w); err != nil {
				return err
			}
			one.Parties = []atlas.Party{{Actor: org.ID, Role: atlas.RoleImplementer}}
			two.Funding = []atlas.Funding{{Funder: org.ID, Currency: "CZK"}}
			return errors.Join(tx.PutProject(ctx, one, w), tx.PutProject(ctx, two, w))
		})
		first := must(s.Version(t.Context(), atlas.KindProject, one.ID, 1))
		one.TitleCs = "Jinak"
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutProject(ctx, one, w) })
		got := must(s.VersionsOf(t.Context(), atlas.KindProject, map[string]int64{one.ID: 1, two.ID: 9, "P-09999": 1}))
		same(t, "versions", map[string][]byte{one.ID: first}, got)
		theirs := must(s.ProjectsOfActors(t.Context(), []string{org.ID, "A-09999"}))
		same(t, "projects", map[string][]string{org.ID: {one.ID, two.ID}}, theirs)
		same(t, "as one by one", must(s.ProjectsOfActor(t.Context(), org.ID)), theirs[org.ID])
		last := must(s.ChangesBefore(t.Context(), 1<<40, 2))
		if len(last) != 2 || last[0].ID != one.ID || last[0].Version != 2 || last[1].Seq != last[0].Seq-1 {
			t.Errorf("%+v", last)
		}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.MergeProjects(ctx, one.ID, two.ID, func(_, _ *atlas.Project) error { return nil }, w)
		})
		same(t, "survivors", map[string]string{two.ID: one.ID}, must(s.Survivors(t.Context(), atlas.KindProject, []string{one.ID, two.ID})))
	})
}
