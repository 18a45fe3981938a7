package app_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// follower is a person with one watch, and what they have not been told of yet.
type follower struct {
	viewer atlas.Viewer
	email  string
	untold map[string]bool // ids of projects
}

// life is a random sequence of changes, runs, crashes and turns of the clock over
// one database.
type life struct {
	t         *testing.T
	rt        *rapid.T
	store     *store.Store
	clock     *clock
	processes []*app.App
	projects  []*atlas.Project
	followers []*follower
	changes   int
}

// followed are what the followers watch of three projects, and whether a project
// belongs to it.
var followed = []struct {
	kind, subject string
	all           bool
}{{store.WatchSearch, "q=kurz", true}, {store.WatchTerritory, "CZ051", true}, {store.WatchRecord, "", false}, {store.WatchOrganisation, "", true}}

func (l *life) begin(run int) {
	if l.clock.Now().Before(newClock().Now()) {
		l.clock.move(newClock().Now().Sub(l.clock.Now()))
	}
	for i, f := range followed {
		for _, period := range app.Periods[:3] {
			email := fmt.Sprintf("%d.%d.%s@mesto.example", run, i, period)
			v := person(l.t, l.store, email)
			subject := f.subject
			switch f.kind {
			case store.WatchRecord:
				subject = l.projects[0].ID
			case store.WatchOrganisation:
				subject = l.projects[0].Parties[0].Actor
			}
			watches(l.t, l.processes[0], v, f.kind, subject, period)
			l.followers = append(l.followers, &follower{v, email, map[string]bool{}})
		}
	}
}

func (l *life) change() {
	n := rapid.IntRange(0, len(l.projects)-1).Draw(l.rt, "project")
	l.changes++
	l.projects[n].Annotation = fmt.Sprintf("Změna číslo %d.", l.changes)
	save(l.t, l.processes[l.draw("writer")], l.projects[n])
	for i, f := range l.followers {
		if followed[i/3].all || n == 0 {
			f.untold[l.projects[n].ID] = true
		}
	}
}

func (l *life) draw(what string) int { return rapid.IntRange(0, len(l.processes)-1).Draw(l.rt, what) }

// run has a process tell, perhaps until it is stopped in the middle, and checks
// that each letter says just what its reader had not been told.
func (l *life) run() {
	ctx, cancel := context.WithCancel(context.WithoutCancel(l.t.Context()))
	defer cancel()
	dies := rapid.IntRange(0, 3).Draw(l.rt, "dies") == 0
	if dies {
		left := rapid.IntRange(0, 400).Draw(l.rt, "after statements")
		before := l.store.Queries()
		go func() {
			for ctx.Err() == nil && l.store.Queries() < before+int64(left) {
				time.Sleep(50 * time.Microsecond)
			}
			cancel()
		}()
	}
	if err := l.processes[l.draw("teller")].TellWatchers(ctx); err != nil && !dies {
		l.rt.Fatal(err)
	}
	l.read()
}

func (l *life) read() {
	for _, letter := range claimed(l.t, l.store) {
		to, said, _ := strings.Cut(letter, ": ")
		var ids []string
		for line := range strings.SplitSeq(said, "; ") {
			id, _, _ := strings.Cut(line, " ")
			ids = append(ids, id)
		}
		slices.Sort(ids)
		for _, f := range l.followers {
			if f.email != to {
				continue
			}
			if want := slices.Sorted(maps.Keys(f.untold)); !slices.Equal(want, ids) {
				l.rt.Fatalf("%s was told %q, not %q", to, ids, want)
			}
			f.untold = map[string]bool{}
		}
	}
}

// Each change is told exactly once per watch: never twice, and at the latest
// when the time of the period has come.
func TestEachChangeIsToldExactlyOnceWhateverDiesAndWhateverTheClockSays(t *testing.T) {
	s, c := storetest.Open(t, storetest.SQLite(t)), newClock()
	first := teller(t, s, c)
	org := organisation(t, first).ID
	var projects []*atlas.Project
	for n := range 3 {
		p := local(org, fmt.Sprintf("Kurz %d", n), fmt.Sprintf("A/%d", n))
		save(t, first, p)
		projects = append(projects, p)
	}
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		l := &life{t: t, rt: rt, store: s, clock: c, projects: projects, processes: []*app.App{first, teller(t, s, c)}, changes: run * 1000}
		l.begin(run)
		for range rapid.IntRange(1, 25).Draw(rt, "steps") {
			switch rapid.IntRange(0, 5).Draw(rt, "step") {
			case 0, 1:
				l.change()
			case 2, 3:
				l.run()
			case 4:
				c.move(time.Duration(rapid.IntRange(1, 2*24*60).Draw(rt, "minutes on")) * time.Minute)
			case 5:
				c.move(-time.Duration(rapid.IntRange(1, 9*24*60).Draw(rt, "minutes back")) * time.Minute)
			}
		}
		for range 2 { // the clock may be behind what it was
			c.move(20 * 24 * time.Hour)
			if err := first.TellWatchers(context.WithoutCancel(t.Context())); err != nil {
				rt.Fatal(err)
			}
			l.read()
		}
		for _, f := range l.followers {
			if len(f.untold) > 0 {
				rt.Fatalf("%s was not told of %v", f.email, f.untold)
			}
			err := s.Update(context.WithoutCancel(t.Context()), func(tx *store.Tx) error { return tx.DropWatches(t.Context(), f.viewer.Account) })
			if err != nil {
				rt.Fatal(err)
			}
		}
	})
}
