package store_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
)

var day2022 = atlas.Date{Year: 2022, Month: 3, Day: 8}

// sliceOf is a slice of a version with a total.
func sliceOf(territory string, total, version int64) atlas.Slice {
	return atlas.Slice{Territory: territory, Date: day2022, Version: version, Batch: "D-00001", Row: 2, Summed: version == 2, Note: "pozn.",
		Edition: "2", TerritoryVersion: "2021-01-01", Figures: []atlas.Figure{
			{Value: total, State: atlas.FigureKnown},
			{Category: atlas.Category{Sex: atlas.SexWomen, Age: atlas.AgesBetween(65, -1)}, State: atlas.FigureSuppressed},
			{Category: atlas.Category{Citizenship: "UA", Residence: "TP"}, Value: 0, State: atlas.FigureKnown},
		}}
}

// withDataset has a data set and three territories.
func withDataset(t *testing.T, s *store.Store) {
	t.Helper()
	d := &atlas.Dataset{Code: "sada", NameCs: "Sada", Levels: []atlas.Level{atlas.LevelMunicipality, atlas.LevelDistrict}}
	update(t, s, func(ctx context.Context, tx *store.Tx) error {
		d.Version = 0
		_, _, _, err := tx.PutTerritories(ctx, []atlas.Territory{
			{Code: "CZ0724", Level: atlas.LevelDistrict, Name: "Zlín"},
			{Code: "585068", Level: atlas.LevelMunicipality, Name: "Zlín"}, {Code: "585114", Level: atlas.LevelMunicipality, Name: "Bohuslavice"},
		}, write())
		return errors.Join(err, tx.PutDataset(ctx, d, write()))
	})
}

func TestASliceComesBackAsItWasAndTheHighestVersionCounts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		withDataset(t, s)
		older, newer := sliceOf("585068", 5, 1), sliceOf("585068", 7, 2)
		newer.Batch = "D-00002"
		year := atlas.Slice{Territory: "585068", Date: atlas.Date{Year: 2021}, Version: 1, Batch: "D-00002", Figures: []atlas.Figure{{}}}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.PutSlices(ctx, "sada", []atlas.Slice{older, newer, year})
		})
		for _, w := range []*atlas.Slice{&older, &newer, &year} {
			w.Dataset = "sada"
		}
		same(t, "series", []atlas.Slice{year, newer}, must(s.SeriesOf(t.Context(), "sada", "585068")))
		same(t, "revisions", []atlas.Slice{newer, older}, must(s.Revisions(t.Context(), "sada", "585068", day2022)))
		same(t, "revised", []atlas.Slice{newer}, must(s.Revised(t.Context(), "sada", 10)))
		same(t, "on a day", map[string]*atlas.Slice{"585068": &newer}, must(s.SlicesOn(t.Context(), "sada", day2022, []string{"585068", "585114"})))
		var all []atlas.Slice
		if err := s.EachSlice(t.Context(), "sada", func(s *atlas.Slice) error { all = append(all, *s); return nil }); err != nil {
			t.Fatal(err)
		}
		same(t, "all", []atlas.Slice{year, newer}, all)

		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			n, err := tx.RemoveSlices(ctx, "D-00002")
			if n != 2 {
				t.Errorf("%d slices removed", n)
			}
			return err
		})
		same(t, "after the batch was undone", []atlas.Slice{older}, must(s.SeriesOf(t.Context(), "sada", "585068")))
	})
}

func TestTotalsOnADateAreTheNewestOfEachTerritoryInOneQuery(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		withDataset(t, s)
		at := func(territory string, year int, total, version int64) atlas.Slice {
			one := sliceOf(territory, total, version)
			one.Date = atlas.Date{Year: year, Month: 12, Day: 31}
			return one
		}
		hidden := at("585114", 2020, 0, 1)
		hidden.Figures[0] = atlas.Figure{State: atlas.FigureSuppressed}
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			err := tx.PutSlices(ctx, "sada", []atlas.Slice{at("585068", 2019, 1, 1), at("585068", 2020, 2, 1), at("585068", 2020, 3, 2),
				at("585068", 2022, 9, 1), hidden, at("CZ0724", 2020, 100, 1), at(atlas.NoAddress, 2020, 4, 1)})
			_, err2 := tx.SumUpDataset(ctx, "sada")
			return errors.Join(err, err2)
		})
		on := atlas.Date{Year: 2021, Month: 6, Day: 30}
		before := s.Queries()
		got := must(s.Observations(t.Context(), "sada", atlas.LevelMunicipality, on, atlas.Date{}))
		if n := s.Queries() - before; n != 1 {
			t.Errorf("%d queries", n)
		}
		slices.SortFunc(got, func(a, b atlas.Observation) int { return int(a.Territory[5]) - int(b.Territory[5]) })
		end := atlas.Date{Year: 2020, Month: 12, Day: 31}
		want := []atlas.Observation{
			{Territory: "585114", Date: end, State: atlas.FigureSuppressed, Batch: "D-00001", Edition: "2", TerritoryVersion: "2021-01-01"},
			{Territory: "585068", Date: end, Value: 3, State: atlas.FigureKnown, Batch: "D-00001", Edition: "2", TerritoryVersion: "2021-01-01"},
		}
		same(t, "observations", want, got)
		if got := must(s.Observations(t.Context(), "sada", "", on, atlas.Date{})); len(got) != 1 || got[0].Value != 4 {
			t.Errorf("without address: %+v", got)
		}
		if got := must(s.Observations(t.Context(), "sada", atlas.LevelMunicipality, on, atlas.Date{Year: 2021})); len(got) != 0 {
			t.Errorf("numbers that are too old: %+v", got)
		}
		if d := must(s.LatestDate(t.Context(), "sada")); d != (atlas.Date{Year: 2022, Month: 12, Day: 31}) {
			t.Errorf("latest %v", d)
		}
		if d := must(s.LatestDate(t.Context(), "jiná")); d.Known() {
			t.Errorf("latest of nothing %v", d)
		}
		near := must(s.SlicesNear(t.Context(), "sada", []string{"585068", "585114", "CZ0724"}, on, atlas.Date{}))
		if len(near) != 3 || near[0].Total().Value != 3 {
			t.Errorf("near %+v", near)
		}
		ex := must(s.Dataset(t.Context(), "sada")).Extent
		if ex.Slices != 6 || ex.Territories != 4 || ex.Days != 3 {
			t.Errorf("extent %+v", ex)
		}
		same(t, "completeness", []store.HeldBy{{"", 2020, 1, 1}, {atlas.LevelMunicipality, 2019, 1, 1}, {atlas.LevelMunicipality, 2020, 2, 1},
			{atlas.LevelMunicipality, 2022, 1, 1}, {atlas.LevelDistrict, 2020, 1, 1}}, ex.Held)
		same(t, "held", []store.Held{{"CZ0724", 2020, 1}}, must(s.HeldIn(t.Context(), "sada", []string{"CZ0724"})))
	})
}

func TestADataSetOfAnotherVersionIsAConflict(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		withDataset(t, s)
		d := must(s.Dataset(t.Context(), "sada")).Dataset
		if d.Version != 1 || !slices.Equal(d.Levels, []atlas.Level{atlas.LevelMunicipality, atlas.LevelDistrict}) {
			t.Errorf("%+v", d)
		}
		d.NameCs = "Jinak"
		update(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.PutDataset(ctx, &d, write()) })
		stale := d
		stale.Version = 1
		err := s.Update(t.Context(), func(tx *store.Tx) error { return tx.PutDataset(t.Context(), &stale, write()) })
		if !errors.Is(err, atlas.ErrConflict) {
			t.Errorf("%v", err)
		}
		if h := must(s.History(t.Context(), atlas.KindDataset, "sada")); len(h) != 2 {
			t.Errorf("history %+v", h)
		}
	})
}

func TestTotalsOfTerritoriesAreTheNewestVersionOfEachDateWithWhatTheyCount(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		withDataset(t, s)
		older, newer := sliceOf("585068", 5, 1), sliceOf("585068", 7, 2)
		newer.Edition, newer.Batch = "3", "D-00002"
		year := atlas.Slice{Territory: "585068", Date: atlas.Date{Year: 2021}, Version: 1, Batch: "D-00002", Figures: []atlas.Figure{{}}}
		other := sliceOf("585114", 9, 1)
		update(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.PutSlices(ctx, "sada", []atlas.Slice{newer, older, year, other, sliceOf("CZ0724", 1, 1)})
		})
		want := []atlas.Observation{
			{Territory: "585068", Date: atlas.Date{Year: 2021}, Batch: "D-00002"},
			{Territory: "585068", Date: day2022, Value: 7, State: atlas.FigureKnown, Batch: "D-00002", Edition: "3", TerritoryVersion: "2021-01-01"},
			{Territory: "585114", Date: day2022, Value: 9, State: atlas.FigureKnown, Batch: "D-00001", Edition: "2", TerritoryVersion: "2021-01-01"},
		}
		same(t, "totals", want, must(s.Totals(t.Context(), "sada", []string{"585068", "585114", "neni"})))
		on := must(s.Observations(t.Context(), "sada", atlas.LevelMunicipality, atlas.Date{}, atlas.Date{}))
		slices.SortFunc(on, func(a, b atlas.Observation) int { return strings.Compare(a.Territory, b.Territory) })
		same(t, "on a date", want[1:], on)
		if none := must(s.Totals(t.Context(), "sada", nil)); len(none) != 0 {
			t.Errorf("of no territory: %v", none)
		}
		if want[0].Comparable(want[1]) || !want[1].Comparable(want[1]) {
			t.Error("observations of two series are told apart")
		}
	})
}
