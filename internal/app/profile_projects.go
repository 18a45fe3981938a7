package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/search"
)

// mostRunning is how many projects of a territory are looked at one by one.
const mostRunning = 400

// RunningIn is the projects that run in a territory this month (8.1.2), and what is
// seen when they are put beside one another.
type RunningIn struct {
	Projects []*atlas.Project
	Looked   int // how many were looked at; More of them were not
	More     int
	Ending   []*atlas.Project // end within six months and no project follows (8.1.10)
	Overlaps []Overlap
	Also     []*atlas.Project // the public ones of those asked for besides, in their order
}

// Overlap (překryv, 8.1.8) is three or more running projects with the same primary
// area, activity, target group and municipality. Activities and groups that the
// same projects share are told together.
type Overlap struct {
	Area, Municipality string
	Activities, Groups []string
	Projects           []*atlas.Project
}

// RunningIn looks at the running projects of a territory and all that lies in it.
// A few questions to the index and a constant number of queries, those of one
// reading of projects: whoever needs others too asks for them with it. What ends
// and what overlaps is told as the pages of coverage tell it.
func (a *App) RunningIn(ctx context.Context, code string, also ...string) (*RunningIn, error) {
	today := a.today()
	here := search.Query{Filters: map[search.Facet][]string{search.FacetTerritory: {code}}}
	found := a.Index().Search(search.Query{Limit: mostRunning, Sort: search.SortYear, Filters: map[search.Facet][]string{
		search.FacetTerritory: {code}, search.FacetYear: {today.String()[:4]},
		search.FacetStatus: {atlas.StatusRunning, atlas.StatusEnded, atlas.StatusSustained},
	}})
	ending, _, err := a.Ending(ctx, here)
	if err != nil {
		return nil, err
	}
	overlaps := slices.DeleteFunc(a.Overlaps(here), func(o search.Overlap) bool { return !slices.Contains(a.Chain(o.Place), code) })
	wanted := slices.Concat(found.Hits, also, ending)
	for _, o := range overlaps {
		wanted = append(wanted, o.Projects...)
	}
	all, err := a.Reader().Projects(ctx, distinct(wanted))
	if err != nil {
		return nil, err
	}
	by := map[string]*atlas.Project{}
	for _, p := range publicOnly(all) {
		by[p.ID] = p
	}
	return &RunningIn{
		Looked: len(found.Hits), More: found.Total - len(found.Hits), Also: those(by, also),
		Projects: slices.DeleteFunc(those(by, found.Hits), func(p *atlas.Project) bool { return !runs(p, coverage.MonthOf(today)) }),
		Ending:   slices.DeleteFunc(those(by, ending), func(p *atlas.Project) bool { return p.To.Last().Compare(today) < 0 }),
		Overlaps: joined(by, overlaps),
	}, nil
}

// those are the projects of some ids, in their order, as far as they are public.
func those(by map[string]*atlas.Project, ids []string) []*atlas.Project {
	var out []*atlas.Project
	for _, id := range ids {
		if p := by[id]; p != nil {
			out = append(out, p)
		}
	}
	return out
}

// joined tells overlaps of the same projects in one area and municipality as one,
// in the order of the first of them.
func joined(by map[string]*atlas.Project, all []search.Overlap) []Overlap {
	var out []Overlap
	at := map[string]int{}
	for _, o := range all {
		key := o.Area + " " + o.Place + " " + strings.Join(o.Projects, " ")
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, Overlap{Area: o.Area, Municipality: o.Place, Projects: those(by, o.Projects)})
		}
		out[i].Activities = distinct(append(out[i].Activities, o.Activity))
		out[i].Groups = distinct(append(out[i].Groups, o.Group))
	}
	return out
}

// runs says whether coverage counts a project as running in a month.
func runs(p *atlas.Project, now coverage.Month) bool {
	e := coverage.Of(p)
	return e.Uncounted == coverage.Counted && e.First != 0 && e.First <= now && (e.Ongoing || now <= e.Last)
}

// PlaceStanding is one territory among those of its level, by areas.
type PlaceStanding struct {
	Asked    *CoverageStandings // without its matrix
	Row      *CoverageRow       // nil where the level is not compared
	Matrix   *coverage.Matrix   // of the projects of this territory only
	MatrixAt int                // its row there
}

// StandingOf tells how a territory stands beside all of its level in each area, and
// what of the years from, to is known of its projects. City districts are not
// compared: Row is nil for them.
func (a *App) StandingOf(ctx context.Context, code string, from, to int) (*PlaceStanding, error) {
	t, ok := a.Places().Get(code)
	if !ok {
		return nil, atlas.ErrNotFound
	}
	out := &PlaceStanding{MatrixAt: -1}
	if thresholds[t.Level] == 0 {
		return out, nil
	}
	within := map[atlas.Level]string{atlas.LevelDistrict: t.Region, atlas.LevelORP: t.Region, atlas.LevelMunicipality: cmp.Or(t.ORP, t.District)}[t.Level]
	out.Matrix = a.Index().Coverage(search.Query{Filters: map[search.Facet][]string{search.FacetTerritory: {t.Code}}}, a.Places(),
		coverage.Question{Level: t.Level, Within: within, From: from, To: to, Now: coverage.MonthOf(a.today())})
	out.MatrixAt = out.Matrix.Row(coverage.Row{Kind: coverage.RowTerritory, Code: t.Code})
	all, err := remembered(ctx, a, a.remember.standings, string(t.Level), func() (*CoverageStandings, error) {
		s, err := a.Standings(ctx, CoverageAsked{Level: t.Level})
		if err == nil {
			s.Matrix = nil
		}
		return s, err
	})
	if err != nil {
		return nil, err
	}
	out.Asked = all
	for i := range all.Rows {
		if all.Rows[i].Code == t.Code {
			out.Row = &all.Rows[i]
		}
	}
	return out, nil
}
