package app_test

import (
	"testing"

	"pgregory.net/rapid"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store/storetest"
)

// TestARestoredVersionDoesNotDifferFromTheOneThatWasRestored over random edits,
// each of which takes some fields from another random project.
func TestARestoredVersionDoesNotDifferFromTheOneThatWasRestored(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	a := loaded(t, s)
	by := simi(t, a).ID
	rapid.Check(t, func(rt *rapid.T) {
		p := mis(by)
		p.RegNumber = ""
		edit := func() {
			d := drawn(rt, "edit ")
			if d.TitleCs != "" {
				p.TitleCs = d.TitleCs
			}
			p.Subgoals, p.From, p.Goal = d.Subgoals, d.From, rapid.SampledFrom([]string{"Cíl", "Jiný cíl", "Třetí cíl"}).Draw(rt, "goal")
			if len(d.Funding) > 0 {
				p.Funding = []atlas.Funding{{Funder: by, Year: 2015 + d.Funding[0].Year}}
			}
		}
		for range rapid.IntRange(1, 5).Draw(rt, "versions") {
			edit()
			if err := a.SaveProject(t.Context(), editor, p); err != nil {
				rt.Fatal(err)
			}
		}
		version := rapid.Int64Range(1, p.Version).Draw(rt, "restored")
		if err := a.RestoreVersion(t.Context(), editor, atlas.KindProject, p.ID, version, p.Version, "zkouška"); err != nil {
			rt.Fatal(err)
		}
		all, err := a.Editions(t.Context(), editor, atlas.KindProject, p.ID)
		if err != nil {
			rt.Fatal(err)
		}
		if all[0].Why != "zkouška" {
			rt.Fatalf("restored because of %q", all[0].Why)
		}
		now, old := all[0], all[int64(len(all))-version]
		if diff := app.Compare(old.Record, now.Record); old.Version != version || len(diff) > 0 {
			rt.Fatalf("version %d restored as %d differs: %+v", version, now.Version, diff)
		}
	})
}
