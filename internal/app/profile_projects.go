package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
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
// One search and a constant number of queries, those of one reading of projects:
// whoever needs others too asks for them with it.
func (a *App) RunningIn(ctx context.Context, code string, also ...string) (*RunningIn, error) {
	today := atlas.DateOf(a.now().In(i18n.Prague))
	found := a.Index().Search(search.Query{Limit: mostRunning, Sort: search.SortYear, Filters: map[search.Facet][]string{
		search.FacetTerritory: {code}, search.FacetYear: {today.String()[:4]},
		search.FacetStatus: {atlas.StatusRunning, atlas.StatusEnded, atlas.StatusSustained},
	}})
	all, err := a.Reader().Projects(ctx, distinct(slices.Concat(found.Hits, also)))
	if err != nil {
		return nil, err
	}
	out := &RunningIn{Looked: len(found.Hits), More: found.Total - len(found.Hits)}
	by := map[string]*atlas.Project{}
	for _, p := range publicOnly(all) {
		by[p.ID] = p
	}
	for _, id := range also {
		if by[id] != nil {
			out.Also = append(out.Also, by[id])
		}
	}
	var ending []string
	for _, id := range found.Hits {
		p := by[id]
		if p != nil && runs(p, coverage.MonthOf(today)) {
			out.Projects = append(out.Projects, p)
			if endsSoon(p, today) {
				ending = append(ending, p.ID)
			}
		}
	}
	followed, err := a.Reader().Continued(ctx, ending)
	if err != nil {
		return nil, err
	}
	for _, p := range out.Projects {
		if slices.Contains(ending, p.ID) && !followed[p.ID] {
			out.Ending = append(out.Ending, p)
		}
	}
	slices.SortStableFunc(out.Ending, func(x, y *atlas.Project) int { return x.To.Last().Compare(y.To.Last()) })
	out.Overlaps = a.overlaps(code, out.Projects)
	return out, nil
}

// runs says whether coverage counts a project as running in a month.
func runs(p *atlas.Project, now coverage.Month) bool {
	e := coverage.Of(p)
	return e.Uncounted == coverage.Counted && e.First != 0 && e.First <= now && (e.Ongoing || now <= e.Last)
}

// endsSoon says whether support ends from today to six months later.
func endsSoon(p *atlas.Project, today atlas.Date) bool {
	if !p.To.Known() || p.Ongoing {
		return false
	}
	end := p.To.Last()
	return end.Compare(today) >= 0 && coverage.MonthOf(end)-coverage.MonthOf(today) <= endingMonths
}

// fewestOverlapping is how many running projects overlap (8.1.8).
const fewestOverlapping = 3

// overlaps finds them among projects, in municipalities within a territory.
func (a *App) overlaps(within string, projects []*atlas.Project) []Overlap {
	type key struct{ area, activity, group, town string }
	same := map[key][]*atlas.Project{}
	for _, p := range projects {
		seen := map[key]bool{}
		for _, town := range a.townsOf(p, within) {
			for _, activity := range p.Activities {
				for _, group := range p.TargetLegal {
					k := key{primaryArea(p), activity.Code, group, town}
					if k.area != "" && k.activity != "" && !seen[k] {
						seen[k] = true
						same[k] = append(same[k], p)
					}
				}
			}
		}
	}
	joined := map[string]*Overlap{}
	for k, all := range same {
		if len(all) < fewestOverlapping {
			continue
		}
		name := k.area + " " + k.town
		for _, p := range all {
			name += " " + p.ID
		}
		if joined[name] == nil {
			joined[name] = &Overlap{Area: k.area, Municipality: k.town, Projects: all}
		}
		o := joined[name]
		o.Activities, o.Groups = append(o.Activities, k.activity), append(o.Groups, k.group)
	}
	var out []Overlap
	for _, o := range joined {
		o.Activities, o.Groups = distinctSorted(o.Activities), distinctSorted(o.Groups)
		out = append(out, *o)
	}
	slices.SortFunc(out, func(x, y Overlap) int {
		return cmp.Or(len(y.Projects)-len(x.Projects), strings.Compare(x.Municipality, y.Municipality), strings.Compare(x.Area, y.Area),
			slices.Compare(x.Activities, y.Activities), slices.Compare(x.Groups, y.Groups))
	})
	return out
}

func distinctSorted(all []string) []string {
	slices.Sort(all)
	return slices.Compact(all)
}

func primaryArea(p *atlas.Project) string {
	for _, x := range p.Areas {
		if x.Primary {
			return x.Code
		}
	}
	return ""
}

// townsOf are the municipalities of a project within a territory; a part of a city
// stands for the city.
func (a *App) townsOf(p *atlas.Project, within string) []string {
	var out []string
	for _, place := range p.Territories {
		t, ok := a.Places().Get(place.Territory)
		if !ok || !slices.Contains(a.Chain(t.Code), within) {
			continue
		}
		town := t.Code
		if t.Level == atlas.LevelCityDistrict {
			town = t.Municipality
		}
		if t.Level == atlas.LevelMunicipality || t.Level == atlas.LevelCityDistrict {
			out = append(out, town)
		}
	}
	return distinctSorted(out)
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
	all, err := remembered(ctx, a, a.remember.standings, t.Level, func() (*CoverageStandings, error) {
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
