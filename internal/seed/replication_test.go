package seed_test

import (
	"slices"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/seed"
	"atlas/internal/store/storetest"
)

func TestTheDemoHasTheFollowersOfPlzenUnconfirmedAndAnInventedChain(t *testing.T) { // R4-14, acceptance example 17, ranked 3
	a := app.New(storetest.Open(t, storetest.SQLite(t)), app.Options{})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := seed.Load(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	var towns []string
	given, through := 0, 0
	err := a.Reader().EachReplication(t.Context(), func(r *atlas.Replication) error {
		switch {
		case !r.Sample:
			towns = append(towns, a.Places().Label(r.Territory))
			if r.Kind != atlas.TransferInspired || r.BySource.Said() || r.ByFollower.Said() || len(r.Sources) == 0 {
				t.Errorf("%s says more than its source: %+v", r.ID, r)
			}
		case r.Abandoned():
			given++
		case r.Via != "":
			through++
		}
		return nil
	})
	if err != nil || !slices.Equal(towns, []string{"Pardubice", "Havlíčkův Brod"}) || given != 1 || through != 1 {
		t.Error(towns, given, through, err)
	}
	j, err := a.Journey(t.Context(), "K-00001")
	if err != nil || j.Len() != 3 {
		t.Errorf("the journey of Plzeň: %v, %v", j, err)
	}
	err = a.Reader().EachPractice(t.Context(), func(p *atlas.Practice) error {
		if p.Sample {
			if j, err = a.Journey(t.Context(), p.ID); err != nil || len(lines(j.Depths(), 2)) != 1 {
				t.Errorf("the invented chain: %v, %v", j, err)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// lines are the nodes of a depth.
func lines(depths map[string]int, of int) (out []string) {
	for id, d := range depths {
		if d == of {
			out = append(out, id)
		}
	}
	return out
}
