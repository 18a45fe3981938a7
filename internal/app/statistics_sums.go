package app

import (
	"context"
	"maps"
	"slices"

	"atlas"
)

// sumsOf are our sums of the municipalities of a territory, of each day that the
// source tells any of them; none where they may not be added up. A category is
// summed where every municipality that is told tells it. Municipalities that the
// source says nothing of are counted and never taken for 0; people without an
// address stand apart and are in no sum.
func (a *App) sumsOf(ctx context.Context, dataset, territory string) ([]atlas.Slice, error) {
	t, ok := a.Places().Get(territory)
	d, err := a.Reader().Dataset(ctx, dataset)
	if err != nil || !ok || !d.Sums(t.Level) || d.Slices == 0 {
		return nil, err
	}
	kept, err := rememberedStatistics(ctx, a, a.remember.sums, dataset+" "+territory, func() ([]atlas.Slice, error) {
		covers, err := a.covers(ctx, dataset)
		if err != nil {
			return nil, err
		}
		towns := a.townsOf(t)
		codes := make([]string, len(towns))
		for i, town := range towns {
			codes[i] = town.Code
		}
		by := map[atlas.Date]*sum{}
		err = a.Reader().EachSeriesOf(ctx, dataset, codes, func(s *atlas.Slice) error {
			s = covers[s.Date.Last()].Public(s)
			day := s.Date.Last()
			if by[day] == nil {
				by[day] = &sum{of: map[atlas.Category]summand{}, first: *s}
			}
			by[day].add(s)
			return nil
		})
		if err != nil {
			return nil, err
		}
		var out []atlas.Slice
		whole := a.wholeRegister()
		for _, day := range slices.SortedFunc(maps.Keys(by), atlas.Date.Compare) {
			out = append(out, by[day].slice(territory, townsOn(towns, day, whole)))
		}
		return out, nil
	})
	return slices.Clone(kept), err
}

// sum adds municipalities up.
type sum struct {
	of    map[atlas.Category]summand
	first atlas.Slice
	parts int // whose total is known
	all   int // that are told anything
}

type summand struct {
	value int64
	parts int
}

func (m *sum) add(s *atlas.Slice) {
	m.all++
	if s.Total().Known() {
		m.parts++
	}
	for _, f := range s.Figures {
		if f.Known() {
			n := m.of[f.Category]
			m.of[f.Category] = summand{n.value + f.Value, n.parts + 1}
		}
	}
}

// slice is the sum, of so many municipalities that there are; atlas.NoCount where
// that is not known.
func (m *sum) slice(territory string, towns int) atlas.Slice {
	s := atlas.Slice{Dataset: m.first.Dataset, Edition: m.first.Edition, Territory: territory, Date: m.first.Date, Version: 1, Summed: true,
		Parts: m.parts, Untold: untold(towns, m.parts), Batch: m.first.Batch}
	for c, n := range m.of {
		// The total is of whoever tells it; a part only where all of these do.
		if c.Total() || n.parts == m.all {
			s.Figures = append(s.Figures, atlas.Figure{Category: c, Value: n.value, State: atlas.FigureKnown})
		}
	}
	s.Sort()
	return s
}

func untold(towns, parts int) int {
	if towns == atlas.NoCount {
		return atlas.NoCount
	}
	return max(0, towns-parts)
}

// townsOf are all municipalities that lie or lay in a territory.
func (a *App) townsOf(t atlas.Territory) []atlas.Territory {
	return slices.DeleteFunc(a.Places().All(), func(town atlas.Territory) bool {
		return town.Level != atlas.LevelMunicipality || !slices.Contains(town.Parents(), t.Code)
	})
}

// townsOn counts those of some municipalities that were there on a day;
// atlas.NoCount where the register of municipalities is not loaded whole.
func townsOn(towns []atlas.Territory, day atlas.Date, whole bool) int {
	if !whole {
		return atlas.NoCount
	}
	n := 0
	for _, t := range towns {
		if (!t.ValidFrom.Known() || t.ValidFrom.First().Compare(day) <= 0) && (!t.ValidTo.Known() || t.ValidTo.Last().Compare(day) >= 0) {
			n++
		}
	}
	return n
}

// wholeRegister says whether all municipalities of the country are known.
func (a *App) wholeRegister() bool {
	return len(a.Places().Children(atlas.CountryCode, atlas.LevelMunicipality)) >= wholeRegister
}

// ObservationsOf are the totals of all territories of a level, see
// store.Reader.Observations; of a level that the source does not tell itself, our
// sums of municipalities where these may be added up: all of one day, the newest
// that is told.
func (a *App) ObservationsOf(ctx context.Context, dataset string, level atlas.Level, on, notBefore atlas.Date) ([]atlas.Observation, error) {
	all, err := a.Reader().Observations(ctx, dataset, level, on, notBefore)
	for i, o := range all {
		all[i].TerritoryVersion = a.versionOf(o.Territory, o.TerritoryVersion, o.Date)
	}
	if err != nil || len(all) > 0 {
		return all, err
	}
	d, err := a.Reader().Dataset(ctx, dataset)
	if err != nil || !d.Sums(level) {
		return nil, err
	}
	towns, err := a.Reader().Observations(ctx, dataset, atlas.LevelMunicipality, on, notBefore)
	if err != nil {
		return nil, err
	}
	return a.addUp(level, towns), nil
}

// addUp sums totals of municipalities of their newest day by the territories of a
// level.
func (a *App) addUp(level atlas.Level, towns []atlas.Observation) []atlas.Observation {
	day := newestDate(towns)
	by := map[string]*atlas.Observation{}
	for _, o := range towns {
		if o.Date != day || o.State != atlas.FigureKnown {
			continue
		}
		t, _ := a.Places().Get(o.Territory)
		for _, code := range t.Parents() {
			if p, _ := a.Places().Get(code); p.Level != level {
				continue
			}
			if by[code] == nil {
				by[code] = &atlas.Observation{Territory: code, Date: day, State: atlas.FigureKnown, Batch: o.Batch, Edition: o.Edition}
			}
			by[code].Value += o.Value
			by[code].Parts++
		}
	}
	there := map[string][]atlas.Territory{}
	for _, t := range a.Places().All() {
		if t.Level == atlas.LevelMunicipality {
			for _, code := range t.Parents() {
				there[code] = append(there[code], t)
			}
		}
	}
	var out []atlas.Observation
	whole := a.wholeRegister()
	for _, code := range slices.Sorted(maps.Keys(by)) {
		by[code].Untold = untold(townsOn(there[code], day.Last(), whole), by[code].Parts)
		out = append(out, *by[code])
	}
	return out
}

// WithoutAddress is how many people a data set told on a day who have no valid
// address: they are in no sum of municipalities. Not known where it tells none.
func (a *App) WithoutAddress(ctx context.Context, dataset string, day atlas.Date) (atlas.Figure, error) {
	all, err := a.Reader().Observations(ctx, dataset, "", day, day)
	if err != nil || len(all) == 0 {
		return atlas.Figure{}, err
	}
	return atlas.Figure{Value: all[0].Value, State: all[0].State}, nil
}
