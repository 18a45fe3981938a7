package app_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestADigestIsDueAtSevenInPragueInSummerTimeAndInWinterTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := newClock()
		c.at(t, "2026-03-26 09:00") // a Thursday
		a := teller(t, s, c)
		daily, weekly := person(t, s, "denne@mesto.example"), person(t, s, "tydne@mesto.example")
		watches(t, a, daily, store.WatchSearch, "", store.WatchDaily)
		watches(t, a, weekly, store.WatchSearch, "", store.WatchWeekly)
		org := organisation(t, a).ID
		p := local(org, "Kurz", "A/1")
		for _, step := range []struct{ at, want string }{
			{"2026-03-27 06:59", ""}, {"2026-03-27 07:00", "denne"}, {"2026-03-27 23:00", ""},
			{"2026-03-28 07:00", "denne"},
			{"2026-03-29 06:59", ""}, {"2026-03-29 07:01", "denne"}, // summer time began five hours before
			{"2026-03-30 06:59", ""}, {"2026-03-30 07:00", "denne tydne"},
			{"2026-04-06 07:00", "denne tydne"}, {"2026-04-06 08:00", ""},
			{"2026-10-24 12:00", "denne tydne"},                     // the machine was off for months
			{"2026-10-25 06:59", ""}, {"2026-10-25 07:00", "denne"}, // winter time began four hours before
			{"2026-10-26 07:00", "denne tydne"}, {"2026-11-02 06:59", "denne"}, {"2026-11-02 07:00", "denne tydne"},
		} {
			p.Annotation = "Popis ke dni " + step.at + "."
			save(t, a, p)
			c.at(t, step.at)
			got := told(t, s, a)
			who := []string{}
			for _, l := range got {
				name, _, _ := strings.Cut(l, "@")
				who = append(who, name)
			}
			if strings.Join(who, " ") != step.want {
				t.Errorf("at %s told %q, want %q", step.at, got, step.want)
			}
			same(t, "and then again", []string{}, told(t, s, a))
		}
	})
}

func TestEachKindOfWatchIsToldOfItsOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := newClock()
		a := teller(t, s, c)
		org := organisation(t, a)
		other := &atlas.Actor{Name: "Obec", Type: "OBEC", Country: "CZ"}
		if err := a.SaveActor(t.Context(), editor, other); err != nil {
			t.Fatal(err)
		}
		here, there := local(org.ID, "Kurz češtiny", "A/1"), local(other.ID, "Dílna", "A/2")
		there.Territories = []atlas.Place{{Territory: "CZ0201"}}
		save(t, a, here)
		begin := func(name, kind, subject string) {
			watches(t, a, person(t, s, name+"@mesto.example"), kind, subject, store.WatchInstantly)
		}
		begin("hledani", store.WatchSearch, "q=%C4%8De%C5%A1tina")
		begin("okres", store.WatchTerritory, "CZ0513")
		begin("kraj", store.WatchTerritory, "CZ051")
		begin("jinde", store.WatchTerritory, "CZ0201")
		begin("organizace", store.WatchOrganisation, org.ID)
		begin("zaznam", store.WatchRecord, here.ID)
		same(t, "before anything happens", []string{}, told(t, s, a))

		here.Goal = "Jiný cíl"
		save(t, a, here)
		what := here.ID + " changed v2 goal"
		same(t, "a change", []string{"hledani@mesto.example: " + what, "kraj@mesto.example: " + what, "okres@mesto.example: " + what,
			"organizace@mesto.example: " + what, "zaznam@mesto.example: " + what}, told(t, s, a))

		c.move(time.Hour)
		save(t, a, there)
		same(t, "elsewhere", []string{"jinde@mesto.example: " + there.ID + " new v1"}, told(t, s, a))

		c.move(time.Hour)
		fresh, err := a.Reader().Actor(t.Context(), org.ID)
		if err != nil {
			t.Fatal(err)
		}
		fresh.Web, fresh.BankAccount = "https://www.example.org", "19-2000145399/0800"
		if err := a.SaveActor(t.Context(), editor, fresh); err != nil {
			t.Fatal(err)
		}
		same(t, "the organisation itself, without its account", []string{"organizace@mesto.example: " + org.ID + " changed v2 web"}, told(t, s, a))

		c.move(time.Hour)
		here.Contacts = []atlas.Person{{Name: "Petr Malý", Email: "petr@example.org"}}
		save(t, a, here)
		same(t, "a contact, of which the public is told nothing", []string{}, told(t, s, a))

		c.move(time.Hour)
		draft := local(org.ID, "Kurz češtiny pro rodiče", "A/3")
		draft.RecordStatus = atlas.RecordDraft
		save(t, a, draft)
		same(t, "a draft", []string{}, told(t, s, a))
		draft.RecordStatus = atlas.RecordPublished
		save(t, a, draft)
		what = draft.ID + " new v2"
		same(t, "that is published", []string{"hledani@mesto.example: " + what, "kraj@mesto.example: " + what, "okres@mesto.example: " + what,
			"organizace@mesto.example: " + what}, told(t, s, a))
	})
}

func TestAWithdrawnRecordIsSaidToBeGoneAndNothingMoreOfIt(t *testing.T) {
	a, s, c, here, org := watched(t)
	watches(t, a, person(t, s, "zaznam@mesto.example"), store.WatchRecord, here.ID, store.WatchInstantly)
	watches(t, a, person(t, s, "organizace@mesto.example"), store.WatchOrganisation, org, store.WatchInstantly)
	watches(t, a, person(t, s, "hledani@mesto.example"), store.WatchSearch, "", store.WatchInstantly)
	here.RecordStatus, here.Goal = atlas.RecordArchived, "Tajný cíl"
	save(t, a, here)
	same(t, "told", []string{"organizace@mesto.example: " + here.ID + " withdrawn v2", "zaznam@mesto.example: " + here.ID + " withdrawn v2"}, told(t, s, a))
	c.move(time.Hour)
	here.Goal = "Jiný tajný cíl"
	save(t, a, here)
	same(t, "of what is not public", []string{}, told(t, s, a))
	here.RecordStatus = atlas.RecordPublished
	save(t, a, here)
	what := here.ID + " new v4"
	same(t, "public again", []string{"hledani@mesto.example: " + what, "organizace@mesto.example: " + what, "zaznam@mesto.example: " + what}, told(t, s, a))
}

// watched is a process that tells, with one project.
func watched(t *testing.T) (*app.App, *store.Store, *clock, *atlas.Project, string) {
	t.Helper()
	s, c := storetest.Open(t, storetest.SQLite(t)), newClock()
	a := teller(t, s, c)
	org := organisation(t, a).ID
	p := local(org, "Kurz", "A/1")
	save(t, a, p)
	return a, s, c, p, org
}

func TestWhoWatchesAMergedRecordIsToldOfItAndGoesOnWatchingWhereItLives(t *testing.T) { // 8.9
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := newClock()
		a := teller(t, s, c)
		keep, drop := twins(t, a)
		watches(t, a, person(t, s, "jana@mesto.example"), store.WatchRecord, drop.ID, store.WatchInstantly)
		m := app.Merge{Keep: keep.ID, Drop: drop.ID, KeepVersion: keep.Version, DropVersion: drop.Version}
		merge(t, a, m)
		got := told(t, s, a)
		if len(got) != 1 || !strings.Contains(got[0], drop.ID+" merged v2 "+keep.ID) || !strings.Contains(got[0], keep.ID+" changed v2") {
			t.Errorf("%q", got)
		}
		c.move(time.Hour)
		alive, err := a.Reader().Project(t.Context(), keep.ID)
		if err != nil {
			t.Fatal(err)
		}
		alive.Detail = "Podrobnosti"
		save(t, a, alive)
		same(t, "where it lives", []string{"jana@mesto.example: " + keep.ID + " changed v3 detail"}, told(t, s, a))
	})
}

func TestALetterComesOnceForAllWatchesOfAPeriodAndAtMostInAQuarterOfAnHour(t *testing.T) {
	a, s, c, here, org := watched(t)
	v := person(t, s, "jana@mesto.example")
	watches(t, a, v, store.WatchTerritory, "CZ051", store.WatchInstantly)
	watches(t, a, v, store.WatchOrganisation, org, store.WatchInstantly)
	watches(t, a, v, store.WatchRecord, here.ID, store.WatchDaily)
	change := func(goal string) {
		here.Goal = goal
		save(t, a, here)
	}
	change("Jedna")
	what := here.ID + " changed v2 goal"
	same(t, "at once", []string{"jana@mesto.example: " + what + "; " + what}, told(t, s, a))
	c.move(10 * time.Minute)
	change("Dvě")
	change("Tři")
	same(t, "too soon", []string{}, told(t, s, a))
	c.move(6 * time.Minute)
	what = here.ID + " changed v4 goal"
	same(t, "then all of it", []string{"jana@mesto.example: " + what + "; " + what}, told(t, s, a))
	c.at(t, "2026-03-05 07:00")
	same(t, "and the daily one", []string{"jana@mesto.example: " + what}, told(t, s, a))
}

func TestAClockPutBackSendsNothingTwiceAndForwardNothingLate(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		c := newClock()
		a := teller(t, s, c)
		here := local(organisation(t, a).ID, "Kurz", "A/1")
		save(t, a, here)
		for _, period := range app.Periods {
			watches(t, a, person(t, s, period+"@mesto.example"), store.WatchRecord, here.ID, period)
		}
		here.Goal = "Jiný"
		save(t, a, here)
		c.at(t, "2027-03-08 07:00") // a Monday a year ahead
		what := here.ID + " changed v2 goal"
		same(t, "ahead", []string{"daily@mesto.example: " + what, "instantly@mesto.example: " + what, "weekly@mesto.example: " + what}, told(t, s, a))
		for _, back := range []string{"2027-03-08 06:30", "2027-03-08 07:10", "2027-03-07 07:00", "2026-03-05 07:00", "2026-03-09 07:00"} {
			c.at(t, back)
			same(t, "at "+back, []string{}, told(t, s, a))
		}
		here.Goal = "Ještě jiný"
		save(t, a, here)
		what = here.ID + " changed v3 goal"
		same(t, "at once, though the last letter was written in the future", []string{"instantly@mesto.example: " + what}, told(t, s, a))
		c.at(t, "2026-03-16 07:00")
		same(t, "by the right clock", []string{"daily@mesto.example: " + what, "weekly@mesto.example: " + what}, told(t, s, a))
	})
}

func TestTwoProcessesWriteOneLetter(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		c := newClock()
		one, two := storetest.Open(t, dsn), storetest.Open(t, dsn)
		a, b := teller(t, one, c), teller(t, two, c)
		here := local(organisation(t, a).ID, "Kurz", "A/1")
		save(t, a, here)
		for range 5 {
			watches(t, a, person(t, one, strings.ToLower(time.Now().Format("150405.000000000"))+"@mesto.example"), store.WatchRecord, here.ID, store.WatchInstantly)
		}
		here.Goal = "Jiný"
		save(t, a, here)
		errs := make(chan error, 2)
		for _, p := range []*app.App{a, b} {
			go func() { errs <- p.TellWatchers(context.WithoutCancel(t.Context())) }()
		}
		if err := errors.Join(<-errs, <-errs); err != nil {
			t.Fatal(err)
		}
		got := claimed(t, one)
		if slices.Sort(got); len(got) != 5 || len(slices.Compact(got)) != 5 {
			t.Errorf("%q", got)
		}
		same(t, "again", []string{}, told(t, one, a, b))
	})
}

func TestALetterThatCannotBePutLeavesTheWatchUntold(t *testing.T) {
	a, s, _, here, _ := watched(t)
	watches(t, a, person(t, s, "jana@mesto.example"), store.WatchRecord, here.ID, store.WatchInstantly)
	here.Goal = "Jiný"
	save(t, a, here)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := a.TellWatchers(ctx); err == nil {
		t.Error("went through")
	}
	same(t, "after that", []string{"jana@mesto.example: " + here.ID + " changed v2 goal"}, told(t, s, a))
}

func TestAnAddressThatCannotBeWrittenToHoldsNobodyUp(t *testing.T) {
	a, s, c, here, _ := watched(t)
	watches(t, a, person(t, s, "nikam"), store.WatchRecord, here.ID, store.WatchInstantly)
	watches(t, a, person(t, s, "jana@mesto.example"), store.WatchRecord, here.ID, store.WatchInstantly)
	here.Goal = "Jiný"
	save(t, a, here)
	same(t, "told", []string{"jana@mesto.example: " + here.ID + " changed v2 goal"}, told(t, s, a))
	c.move(time.Hour)
	same(t, "and not over and over", []string{}, told(t, s, a))
}
