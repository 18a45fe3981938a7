package app_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/importer"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

func pairs(t *testing.T, a *app.App) string {
	t.Helper()
	found, err := a.Suspicions(t.Context(), editor)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range found {
		out = append(out, strings.TrimSpace(p.First+" "+p.Second+" "+p.Decision))
	}
	return strings.Join(out, ", ")
}

func decide(t *testing.T, a *app.App, first, second, decision string) {
	t.Helper()
	if err := a.DecidePair(t.Context(), editor, first, second, decision); err != nil {
		t.Fatal(err)
	}
}

func TestSuspectedPairsAreAWorkListThatRemembers(t *testing.T) { // 8.9
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		first, second := twins(t, a)
		other := mis(first.Parties[0].Actor)
		other.RegNumber, other.From, other.To = "", atlas.Date{Year: 2022}, atlas.Date{Year: 2023}
		save(t, a, other)
		namesake := &atlas.Actor{Name: "SDRUŽENÍ PRO INTEGRACI A MIGRACI o.p.s.", Country: "CZ"} // nothing tells it from the first
		if err := a.SaveActor(t.Context(), editor, namesake); err != nil {
			t.Fatal(err)
		}
		if got := pairs(t, a); got != "P-00001 P-00002" {
			t.Fatal(got)
		}
		third := mis(namesake.ID)
		third.RegNumber = ""
		save(t, a, third)
		if got := pairs(t, a); got != "P-00001 P-00002, P-00001 P-00004, P-00002 P-00004" {
			t.Fatal(got)
		}
		decide(t, a, third.ID, first.ID, store.PairTwo) // in any order
		decide(t, a, second.ID, third.ID, store.PairLater)
		if got := pairs(t, a); got != "P-00001 P-00002, P-00001 P-00004 two, P-00002 P-00004 later" {
			t.Fatal(got)
		}
		merge(t, a, app.Merge{Keep: first.ID, Drop: second.ID})
		if got := pairs(t, a); got != "P-00001 P-00004 two" {
			t.Fatal(got)
		}
		if _, err := a.UndoMerge(t.Context(), editor, second.ID); err != nil {
			t.Fatal(err)
		}
		if got := pairs(t, a); got != "P-00001 P-00002, P-00001 P-00004 two, P-00002 P-00004 later" {
			t.Fatal(got)
		}
		third.TitleCs = "Něco docela jiného"
		save(t, a, third)
		if got := pairs(t, a); got != "P-00001 P-00002, P-00001 P-00004 two" {
			t.Fatal(got)
		}
		second.Version, second.RecordStatus = 3, atlas.RecordArchived
		save(t, a, second)
		decide(t, a, first.ID, third.ID, "")
		if got := pairs(t, a); got != "" {
			t.Error(got)
		}
	})
}

// The blocks find exactly the pairs that comparing every two projects finds,
// whether all at once or as they come.
func TestBlocksFindWhatComparingEverythingFinds(t *testing.T) { // 8.9
	s := storetest.Open(t, storetest.SQLite(t))
	a, steady := loaded(t, s), loaded(t, s)
	random := rand.New(rand.NewPCG(1, 2))
	var orgs []string
	for i := range 4 {
		r := &atlas.Actor{Name: fmt.Sprint("Organizace ", i), Country: "CZ"}
		if err := a.SaveActor(t.Context(), editor, r); err != nil {
			t.Fatal(err)
		}
		orgs = append(orgs, r.ID)
	}
	var all []*atlas.Project
	for i := range 120 {
		p := mis(orgs[random.IntN(len(orgs))])
		if random.IntN(3) == 0 {
			p.Parties = append(p.Parties, atlas.Party{Actor: orgs[random.IntN(len(orgs))], Role: atlas.RoleImplementer, Amount: atlas.Crowns(1)})
		}
		p.RegNumber, p.RecordStatus = "", atlas.RecordDraft
		p.TitleCs = strings.Repeat("slovo ", random.IntN(3)) + fmt.Sprint("projekt ", random.IntN(12))
		if p.From = (atlas.Date{Year: 2015 + random.IntN(6)}); random.IntN(4) == 0 {
			p.From = atlas.Date{}
		}
		p.To = atlas.Date{}
		save(t, a, p)
		all = append(all, p)
		if i%10 == 0 {
			pairs(t, steady)
		}
	}
	var want []string
	for i, p := range all {
		for _, q := range all[i+1:] {
			x, y := importer.NewTitle(p.TitleCs), importer.NewTitle(q.TitleCs)
			one := slices.ContainsFunc(p.Implementers(), func(id string) bool { return slices.Contains(q.Implementers(), id) })
			if one && importer.MayOverlap(p, q, 2026) && x.Similar(&y) {
				want = append(want, p.ID+" "+q.ID)
			}
		}
	}
	if got := pairs(t, a); got != strings.Join(want, ", ") || len(want) < 20 {
		t.Errorf("all at once: %d pairs wanted\n%s\ngot\n%s", len(want), strings.Join(want, ", "), got)
	}
	if got := pairs(t, steady); got != strings.Join(want, ", ") {
		t.Errorf("as they come:\n%s\nwanted\n%s", got, strings.Join(want, ", "))
	}
}
