package app

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/search"
)

// CoverageAsked is what the standing of territories is asked for (8.1.6–8.1.8).
type CoverageAsked struct {
	Query search.Query
	Level atlas.Level
	Axis  coverage.Axis
	// Dataset counts the people that money and projects are compared with; its last
	// date not after Until is taken. "" is the usual one of the level.
	Dataset string
	Until   atlas.Date // zero = today
	// Threshold is the number of people below which nobody speaks of a gap; 0 = the
	// usual one of the level.
	Threshold float64
}

// Thresholds below which a territory has few foreigners (8.1.8). The
// specification names those of obec and okres; a kraj has about six okresy and an
// ORP lies between.
var thresholds = map[atlas.Level]float64{
	atlas.LevelRegion: 3000, atlas.LevelDistrict: 500, atlas.LevelORP: 200, atlas.LevelMunicipality: 50,
}

// recentYears is how long money and projects count as recent (8.1.7, 8.1.8).
const recentYears = 3

// CoverageStandings is how all territories of a level stand beside one another.
type CoverageStandings struct {
	Asked     CoverageAsked
	Dataset   *atlas.Dataset               // nil where no data set tells this level
	Date      atlas.Date                   // of its numbers
	Summed    bool                         // they are our sums of the municipalities that it tells
	Sums      map[string]atlas.Observation // those sums, by territory
	Compared  bool                         // whether there is a number five years older
	From, To  int                          // the years that count as recent
	Items     []string
	Rows      []CoverageRow // in Czech order of names
	Threshold float64
	Matrix    *coverage.Matrix
}

// CoverageRow is one territory: its people and where it stands in each item.
type CoverageRow struct {
	Code      string
	People    coverage.Value
	Growth    coverage.Value
	Standings []coverage.Standing // one for each item
	Overall   coverage.Standing   // of all items together
	Recent    []int               // local projects of the last years, one for each item
}

// usualDatasets are those that tell the people of a level, the best first: all
// foreigners, or where only those are known holders of temporary protection. They
// are never mixed.
func usualDatasets(level atlas.Level) []string {
	if level == atlas.LevelMunicipality {
		return []string{atlas.DatasetProtection}
	}
	return []string{atlas.DatasetForeigners, atlas.DatasetProtection}
}

// Standings compares all territories of a level. It costs one pass over the
// projects found and two queries of statistics.
func (a *App) Standings(ctx context.Context, asked CoverageAsked) (*CoverageStandings, error) {
	now := a.now().In(i18n.Prague)
	if !asked.Until.Known() {
		asked.Until = atlas.DateOf(now)
	}
	s := &CoverageStandings{Asked: asked, From: now.Year() - recentYears + 1, To: now.Year(), Threshold: asked.Threshold}
	if s.Threshold == 0 {
		s.Threshold = thresholds[asked.Level]
	}
	people, before, err := a.peopleIn(ctx, s)
	if err != nil {
		return nil, err
	}
	q := coverage.Question{Level: asked.Level, Axis: asked.Axis, From: s.From, To: s.To, Now: coverage.MonthOf(atlas.DateOf(now))}
	s.Matrix = a.Index().Coverage(asked.Query, a.Places(), q)
	s.Items = a.itemsOf(asked.Axis)
	for _, t := range a.Places().Children("CZ", asked.Level) {
		row := CoverageRow{Code: t.Code, People: people[t.Code]}
		if old := before[t.Code]; old.Known && row.People.Known && old.V > 0 {
			row.Growth, s.Compared = coverage.KnownValue(row.People.V/old.V-1), true
		}
		s.Rows = append(s.Rows, row)
	}
	a.stand(s)
	return s, nil
}

// itemsOf are the codes of an axis in the order of their list.
func (a *App) itemsOf(axis coverage.Axis) []string {
	code := atlas.ListArea
	if axis == coverage.ByTarget {
		code = atlas.ListTargetLegal
	}
	l, _ := a.Lists().List(code)
	var out []string
	for _, it := range l.Items {
		out = append(out, it.Code)
	}
	return out
}

// peopleIn reads how many people live in each territory, by the first data set that
// tells any number of the level, and how many did five years before.
func (a *App) peopleIn(ctx context.Context, s *CoverageStandings) (now, before map[string]coverage.Value, err error) {
	codes := usualDatasets(s.Asked.Level)
	if s.Asked.Dataset != "" {
		codes = []string{s.Asked.Dataset}
	}
	for _, code := range codes {
		all, err := a.ObservationsOf(ctx, code, s.Asked.Level, s.Asked.Until, atlas.Date{})
		if err != nil {
			return nil, nil, err
		}
		if len(all) == 0 {
			continue
		}
		d, err := a.Reader().Dataset(ctx, code)
		if err != nil {
			return nil, nil, err
		}
		s.Dataset, s.Summed = &d.Dataset, d.Sums(s.Asked.Level)
		for _, o := range all {
			if o.Date.Compare(s.Date) > 0 {
				s.Date = o.Date
			}
		}
		if s.Summed { // sums of two days lack other municipalities
			s.Sums = map[string]atlas.Observation{}
			for _, o := range all {
				s.Sums[o.Territory] = o
			}
			return observed(all, s.Date), nil, nil
		}
		back := atlas.Date{Year: s.Date.Year - 5, Month: s.Date.Month, Day: s.Date.Day}
		old, err := a.Reader().Observations(ctx, code, s.Asked.Level, back, atlas.Date{Year: back.Year - 1, Month: back.Month, Day: back.Day})
		before = observed(old, atlas.Date{})
		for territory := range a.incomparable(all, old) {
			delete(before, territory)
		}
		return observed(all, s.Date), before, err
	}
	return map[string]coverage.Value{}, nil, nil
}

// People (lidé) is how many people of one data set live in each territory of a
// level, at one date.
type People struct {
	Dataset *atlas.Dataset // nil where no data set tells this level
	Date    atlas.Date
	Summed  bool                      // see CoverageStandings
	Of      map[string]coverage.Value // by code of the territory
}

// PeopleIn reads the people that money and projects of a level are compared with:
// those of its standings (8.1.6).
func (a *App) PeopleIn(ctx context.Context, level atlas.Level) (People, error) {
	s := &CoverageStandings{Asked: CoverageAsked{Level: level, Until: atlas.DateOf(a.now().In(i18n.Prague))}}
	people, _, err := a.peopleIn(ctx, s)
	return People{s.Dataset, s.Date, s.Summed, people}, err
}

// observed keeps numbers of one date, of any date where it is not known: a
// territory whose number is older than those of the others is not compared.
func observed(all []atlas.Observation, on atlas.Date) map[string]coverage.Value {
	out := map[string]coverage.Value{}
	for _, o := range all {
		if o.State == atlas.FigureKnown && (!on.Known() || o.Date == on) {
			out[o.Territory] = coverage.KnownValue(float64(o.Value))
		}
	}
	return out
}

// stand works the standings of all rows out, item by item.
func (a *App) stand(s *CoverageStandings) {
	needs := a.needsByRow(s)
	loaded := make([]bool, len(s.Rows))
	for i, row := range s.Rows {
		loaded[i] = a.Completeness().Loaded(a.Chain(row.Code), s.From, s.To)
	}
	situation := func(i int, t coverage.Total, severity coverage.Value) coverage.Situation {
		row := s.Rows[i]
		x := coverage.Situation{Foreigners: row.People, Growth: row.Growth, Severity: severity, Recent: int(t.Projects), Loaded: loaded[i]}
		x.Months = coverage.KnownValue(float64(t.Months) * 1000).Over(row.People)
		if t.Projects == 0 || t.Unknown < t.Projects { // money of which nothing is known is not 0
			x.MoneyPerForeigner = coverage.KnownValue(float64(t.Minor) / 100 / recentYears).Over(row.People)
		}
		return x
	}
	overall := make([]coverage.Situation, len(s.Rows))
	for i, row := range s.Rows {
		t := s.Matrix.RowTotal(s.Matrix.Row(coverage.Row{Kind: coverage.RowTerritory, Code: row.Code}))
		overall[i] = situation(i, t, needs(row.Code, ""))
	}
	people := coverage.NewPeople(overall)
	for i, st := range coverage.Standings(overall, people, s.Threshold) {
		s.Rows[i].Overall = st
	}
	for _, item := range s.Items {
		column := make([]coverage.Situation, len(s.Rows))
		for i, row := range s.Rows {
			t := s.Matrix.Total(s.Matrix.Row(coverage.Row{Kind: coverage.RowTerritory, Code: row.Code}), s.Matrix.Item(item))
			column[i] = situation(i, t, needs(row.Code, item))
			s.Rows[i].Recent = append(s.Rows[i].Recent, int(t.Projects))
		}
		for i, st := range coverage.Standings(column, people, s.Threshold) {
			s.Rows[i].Standings = append(s.Rows[i].Standings, st)
		}
	}
}

// needsByRow sums the severity of open needs of each row and item; those of a
// territory count for all it lies in. Where nobody has verified any need in the
// country, nothing is known of them; where some are known, none here is 0.
func (a *App) needsByRow(s *CoverageStandings) func(code, item string) coverage.Value {
	all := a.OpenNeeds()
	sums := map[[2]string]float64{}
	for _, n := range all {
		items := []string{"", n.Area}
		if s.Asked.Axis == coverage.ByTarget {
			items = append([]string{""}, n.Groups...)
		}
		for _, code := range a.Chain(n.Territory) {
			for _, item := range items {
				sums[[2]string{code, item}] += float64(n.Severity)
			}
		}
	}
	return func(code, item string) coverage.Value {
		if len(all) == 0 {
			return coverage.Value{}
		}
		return coverage.KnownValue(sums[[2]string{code, item}])
	}
}

// Ranked is one territory and item in a ranking of gaps.
type Ranked struct {
	Row      *CoverageRow
	Item     string // "" = all items together
	Standing coverage.Standing
	Recent   int
}

// Ranking lists territories and items from the largest gap: by class, then by
// gap, then by people. Items "" ranks territories as a whole.
func (s *CoverageStandings) Ranking(items ...string) []Ranked {
	var out []Ranked
	for i := range s.Rows {
		row := &s.Rows[i]
		for _, item := range items {
			if at := slices.Index(s.Items, item); at >= 0 {
				out = append(out, Ranked{row, item, row.Standings[at], row.Recent[at]})
			} else if item == "" {
				out = append(out, Ranked{Row: row, Standing: row.Overall})
			}
		}
	}
	order := map[coverage.Class]int{}
	for i, c := range coverage.Classes() {
		order[c] = i
	}
	slices.SortStableFunc(out, func(a, b Ranked) int {
		if d := order[a.Standing.Class] - order[b.Standing.Class]; d != 0 {
			return d
		}
		return compareGaps(a, b)
	})
	return out
}

// compareGaps puts the larger gap first, then more people; what is not known last.
func compareGaps(a, b Ranked) int {
	for _, x := range [][2]coverage.Value{{a.Standing.Gap, b.Standing.Gap}, {a.Standing.Need.Value, b.Standing.Need.Value}, {a.Row.People, b.Row.People}} {
		switch {
		case x[0].Known != x[1].Known:
			if x[0].Known {
				return -1
			}
			return 1
		case x[0].Known && x[0].V != x[1].V:
			if x[0].V > x[1].V {
				return -1
			}
			return 1
		}
	}
	return 0
}
