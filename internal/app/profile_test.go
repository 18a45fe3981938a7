package app_test

import (
	"fmt"
	"math"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

// counted writes numbers of a data set by hand: of each territory the total, and of
// citizenships in pairs.
func counted(t *testing.T, s *store.Store, dataset string, year int, all map[string]int64, citizens map[string]map[string]int64) {
	t.Helper()
	ok(t, s.Update(t.Context(), func(tx *store.Tx) error {
		b := atlas.Batch{Source: "statistika:" + dataset, File: fmt.Sprintf("%s-%d", dataset, year)}
		if err := tx.PutBatch(t.Context(), &b); err != nil {
			return err
		}
		var slices []atlas.Slice
		for code, n := range all {
			sl := atlas.Slice{Dataset: dataset, Territory: code, Date: atlas.Date{Year: year, Month: 12, Day: 31}, Version: 1, Batch: b.ID, Figures: []atlas.Figure{{Value: n, State: atlas.FigureKnown}}}
			for citizenship, m := range citizens[code] {
				sl.Figures = append(sl.Figures, atlas.Figure{Category: atlas.Category{Citizenship: citizenship}, Value: m, State: atlas.FigureKnown})
			}
			sl.Sort()
			slices = append(slices, sl)
		}
		if err := tx.PutSlices(t.Context(), dataset, slices); err != nil {
			return err
		}
		if _, err := tx.SumUpDataset(t.Context(), dataset); err != nil {
			return err
		}
		return tx.Audit(t.Context(), store.AuditEntry{By: "atlas", Action: "statistics", Subject: b.ID})
	}))
}

func near(t *testing.T, what string, got app.Fact, want float64) {
	t.Helper()
	if !got.Known || math.Abs(got.V-want) > 1e-9 {
		t.Errorf("%s is %+v, by hand %v", what, got, want)
	}
}

// TestTheProfileOfAnOkresByHand: Děčín has 130 000 inhabitants and 3 900 foreigners,
// 3 %; five years before 3 000, so a change of 30 %; 2 600 of them, two thirds, are
// citizens of Ukraine. One organisation works in the okres and one in a town of it
// that it names as its seat; the one of the whole country counts nowhere.
func TestTheProfileOfAnOkresByHand(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		const decin = "CZ0421"
		all, err := a.Profiles(t.Context(), atlas.LevelDistrict)
		ok(t, err)
		if len(all) != 77 {
			t.Fatalf("%d okresy", len(all))
		}
		for _, p := range all {
			for _, tr := range coverage.Traits() {
				if f := p.Fact(tr); f.Known || len(f.Grounds) > 0 {
					t.Fatalf("of %s nothing is known and it says %+v", p.Code, f)
				}
			}
		}
		_, _, _, err = a.SaveTerritories(t.Context(), editor, []atlas.Territory{
			{Code: "562335", Level: atlas.LevelMunicipality, Name: "Děčín", Region: "CZ042", District: decin, ORP: "4202"},
		})
		ok(t, err)
		simi(t, a)
		for _, x := range []atlas.Actor{
			{Name: "Pomoc Děčín", Type: "NNO", Country: "CZ", Territories: []string{decin}},
			{Name: "Spolek Vietnamců", Type: "SPOLEK-C", Country: "CZ", Seat: atlas.Address{City: "Děčín"}},
			{Name: "Úřad města", Type: "OBEC", Country: "CZ", Territories: []string{"562335"}},
		} {
			x.RecordStatus = atlas.RecordPublished
			ok(t, a.SaveActor(t.Context(), editor, &x))
		}
		counted(t, s, atlas.DatasetPopulation, 2025, map[string]int64{decin: 130_000}, nil)
		counted(t, s, atlas.DatasetForeigners, 2020, map[string]int64{decin: 3_000, "CZ0422": 100}, nil)
		counted(t, s, atlas.DatasetForeigners, 2025, map[string]int64{decin: 3_900}, map[string]map[string]int64{decin: {"UA": 2_600, "VN": 900, "XX": 3_000}})
		counted(t, s, atlas.DatasetProtection, 2025, map[string]int64{"562335": 130}, nil)
		own, _, err := a.Similar(t.Context(), decin)
		ok(t, err)
		near(t, "population", own.Population, 130_000)
		near(t, "share", own.Share, 0.03)
		near(t, "change", own.Change, 0.3)
		near(t, "largest", own.Largest, 2.0/3)
		near(t, "organisations", own.NGOs, 2)
		if own.LargestOf != "UA" || own.Kind != "" {
			t.Errorf("largest is %s, kind %q", own.LargestOf, own.Kind)
		}
		near(t, "protection", own.Protection, 1)
		if g := own.Protected.Grounds; len(g) != 1 || g[0].Parts != 1 || g[0].Untold != atlas.NoCount {
			t.Errorf("the sum of one municipality stands on %+v", g)
		}
		if g := own.Share.Grounds; len(g) != 2 || g[0] != (app.Ground{Source: atlas.DatasetForeigners, Date: atlas.Date{Year: 2025, Month: 12, Day: 31}}) || g[1].Source != atlas.DatasetPopulation {
			t.Errorf("the share stands on %+v", g)
		}
		if g := own.Change.Grounds; len(g) != 2 || g[0].Date.Year != 2025 || g[1].Date.Year != 2020 {
			t.Errorf("the change stands on %+v", g)
		}
		all, err = a.Profiles(t.Context(), atlas.LevelDistrict)
		ok(t, err)
		for _, p := range all { // the newest date of the data set does not tell Chomutov
			if p.Code == "CZ0422" && (p.Foreigners.Known || p.NGOs.V != 0 || !p.NGOs.Known) {
				t.Errorf("Chomutov has %+v foreigners, %+v organisations", p.Foreigners, p.NGOs)
			}
		}
		town, _, err := a.Similar(t.Context(), "562335")
		ok(t, err)
		if town.Kind != app.KindStatutory || town.Protected.V != 130 || town.Protection.Known || town.NGOs.V != 1 {
			t.Errorf("the town is %+v", town)
		}
	})
}

// TestSimilarMunicipalitiesSayWhy: of three towns of 10 000 the one with as many
// holders of temporary protection is nearer, and the parts sum to the distance.
func TestSimilarMunicipalitiesSayWhy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		a := loaded(t, s)
		var towns []atlas.Territory
		for i, name := range []string{"Cheb", "Aš", "Sokolov", "Kraslice"} {
			towns = append(towns, atlas.Territory{
				Code: fmt.Sprint(554481 + i), Level: atlas.LevelMunicipality, Name: name, Region: "CZ041", District: "CZ0411", ORP: "4102",
				Population: 10_000, PopulationDate: atlas.Date{Year: 2025, Month: 1, Day: 1},
			})
		}
		towns[3].ValidTo = atlas.Date{Year: 2020, Month: 1, Day: 1}
		_, _, _, err := a.SaveTerritories(t.Context(), editor, towns)
		ok(t, err)
		counted(t, s, atlas.DatasetProtection, 2025, map[string]int64{"554481": 100, "554482": 600, "554483": 120}, nil)
		own, found, err := a.Similar(t.Context(), "554481")
		ok(t, err)
		near(t, "protection", own.Protection, 10)
		if own.Kind != app.KindORP || len(found) != 2 || found[0].Code != "554483" || found[0].Profile.Protection.V != 12 || found[0].Profile.Kind != app.KindOther {
			t.Fatalf("%s with %+v", own.Kind, found)
		}
		for _, l := range found {
			var sum float64
			for _, part := range l.Parts {
				sum += part
			}
			if math.Abs(sum-l.Distance) > 1e-12 || !l.Missing[coverage.TraitShare] || l.Parts[coverage.TraitKind] == 0 {
				t.Errorf("%s: %+v", l.Code, l)
			}
		}
		counted(t, s, atlas.DatasetProtection, 2026, map[string]int64{"554481": 600, "554482": 600, "554483": 120}, nil)
		if _, found, err = a.Similar(t.Context(), "554481"); err != nil || found[0].Code != "554482" {
			t.Errorf("new numbers change nothing: %v %v", found[0].Code, err)
		}
		if _, _, err := a.Similar(t.Context(), "554484"); err == nil {
			t.Error("an extinct municipality is like others")
		}
	})
}
