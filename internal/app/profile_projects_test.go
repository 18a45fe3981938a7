package app_test

import (
	"testing"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// The clock of these tests stands at 21 November 2026.
func TestAProjectThatEndsWithinSixMonthsHasNoFollowUpUntilOneIsPublished(t *testing.T) { // 8.1.10, U-04
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		actor := simi(t, a).ID
		save := func(title string, to atlas.Date, change func(*atlas.Project)) *atlas.Project {
			t.Helper()
			p := mis(actor)
			p.TitleCs, p.RegNumber, p.Scope, p.To, p.Status = title, "", atlas.ScopeDistrict, to, atlas.StatusRunning
			p.Territories = []atlas.Place{{Territory: "CZ0421"}}
			if change != nil {
				change(p)
			}
			ok(t, a.SaveProject(t.Context(), editor, p))
			return p
		}
		soon := save("Skončí v květnu", atlas.Date{Year: 2027, Month: 5}, nil)
		save("Skončí v červnu", atlas.Date{Year: 2027, Month: 6}, nil)
		save("Skončil včera", atlas.Date{Year: 2026, Month: 11, Day: 20}, nil)
		save("Jde dál", atlas.Date{}, func(p *atlas.Project) { p.Ongoing = true })
		save("Jinde", atlas.Date{Year: 2027, Month: 1}, func(p *atlas.Project) { p.Territories = []atlas.Place{{Territory: "CZ0422"}} })
		titles := func() (out []string, running int) {
			t.Helper()
			r, err := a.RunningIn(t.Context(), "CZ0421")
			ok(t, err)
			for _, p := range r.Ending {
				out = append(out, p.TitleCs)
			}
			return out, len(r.Projects)
		}
		got, running := titles()
		if len(got) != 1 || got[0] != soon.TitleCs || running != 4 { // who ended yesterday still counts this month
			t.Errorf("ending without a follow-up are %q of %d", got, running)
		}
		after := save("Naváže", atlas.Date{Year: 2030, Month: 1}, func(p *atlas.Project) {
			p.From, p.Follows, p.RecordStatus = atlas.Date{Year: 2027, Month: 6}, []string{soon.ID}, atlas.RecordDraft
		})
		if got, _ := titles(); len(got) != 1 {
			t.Errorf("a draft that follows is no follow-up for the public: %q", got)
		}
		after.RecordStatus = atlas.RecordPublished
		ok(t, a.SaveProject(t.Context(), editor, after))
		if got, _ := titles(); len(got) != 0 {
			t.Errorf("it is followed and still told: %q", got)
		}
	})
}

func TestThreeRunningProjectsOfTheSameKindInOneTownOverlap(t *testing.T) { // 8.1.8
	a := loaded(t, storetest.Open(t, storetest.SQLite(t)))
	withTowns(t, a)
	actor := simi(t, a).ID
	save := func(change func(*atlas.Project)) {
		t.Helper()
		p := mis(actor)
		p.RegNumber, p.Scope, p.To, p.Status = "", atlas.ScopeMunicipality, atlas.Date{Year: 2028}, atlas.StatusRunning
		p.Territories, p.Areas = []atlas.Place{{Territory: "554481"}}, []atlas.AreaShare{{Code: "JAZ", Primary: true}, {Code: "ZDR"}}
		p.Activities, p.TargetLegal = []atlas.Activity{{Code: "A01"}, {Code: "A35"}, {Code: "A01", Text: "podruhé"}}, []string{"TG-ALL"}
		change(p)
		ok(t, a.SaveProject(t.Context(), editor, p))
	}
	same := func(*atlas.Project) {}
	save(same)
	save(same)
	save(func(p *atlas.Project) { p.Areas[0].Primary, p.Areas[1].Primary = false, true })
	save(func(p *atlas.Project) { p.TargetLegal = []string{"TG-EU"} })
	save(func(p *atlas.Project) { p.Activities = []atlas.Activity{{Code: "A02"}} })
	save(func(p *atlas.Project) { p.Territories[0].Territory = "554961" })
	save(func(p *atlas.Project) { p.To, p.Status = atlas.Date{Year: 2025}, atlas.StatusEnded })
	r, err := a.RunningIn(t.Context(), "CZ041")
	ok(t, err)
	if len(r.Overlaps) != 0 {
		t.Fatalf("two of a kind overlap: %+v", r.Overlaps)
	}
	save(func(p *atlas.Project) { p.Activities = p.Activities[:1] })
	for within, want := range map[string]int{"CZ041": 1, "CZ0411": 1, "554481": 1, "CZ0412": 0, "554961": 0} {
		r, err := a.RunningIn(t.Context(), within)
		ok(t, err)
		if len(r.Overlaps) != want {
			t.Fatalf("%s: %+v", within, r.Overlaps)
		}
		if want == 1 {
			if o := r.Overlaps[0]; o.Municipality != "554481" || o.Area != "JAZ" || len(o.Projects) != 3 || len(o.Activities) != 1 || o.Activities[0] != "A01" {
				t.Errorf("%s: %+v", within, o)
			}
		}
	}
}

func TestTheStandingOfOneTerritoryIsThatOfTheRanking(t *testing.T) {
	a := loaded(t, storetest.Open(t, storetest.SQLite(t)))
	actor := simi(t, a).ID
	foreigners(t, a, 2025, 600, 1000, 2000, 3000)
	ok(t, a.SaveExtent(t.Context(), editor, extent(func(x *atlas.SourceExtent) { x.From, x.To = 2014, 2027 })))
	for range 2 {
		st, err := a.StandingOf(t.Context(), "CZ0421", 2022, 2026)
		ok(t, err)
		row, want := standing(t, a, "CZ0421", "ZDR")
		if st.Row == nil || st.Row.People != row.People || st.Row.Overall != row.Overall {
			t.Fatalf("%+v, in the ranking %+v", st.Row, row)
		}
		for i, item := range st.Asked.Items {
			if item == "ZDR" && st.Row.Standings[i] != want {
				t.Errorf("%+v, in the ranking %+v", st.Row.Standings[i], want)
			}
		}
		if total := st.Matrix.Total(st.MatrixAt, st.Matrix.Item("ZDR")); (total.Projects == 1) != (want.Class != coverage.ClassWhiteSpot) {
			t.Errorf("%d projects and %s", total.Projects, want.Class)
		}
		localProject(t, a, actor, "Zdraví v Děčíně", "CZ0421", "ZDR") // what is remembered must not outlive it
	}
	if st, err := a.StandingOf(t.Context(), "CZ", 2022, 2026); err != nil || st.Row != nil {
		t.Errorf("the country stands beside nothing: %v", err)
	}
}
