package app

import (
	"cmp"
	"context"
	"slices"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/czech"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/transfer"
)

// Inspiration (inspirace pro obec) is practices that fit what a municipality lacks
// and what it is like.
type Inspiration struct {
	Town     Profile
	Standing *PlaceStanding
	Gaps     []AreaGap // areas of the least cover first
	Ideas    []Idea
}

// AreaGap is an area in which a municipality has little: no local project of the last
// three years, or weak cover (8.1.8).
type AreaGap struct {
	Area     string
	Class    coverage.Class
	Projects int // local ones of the last three years
	Needs    int // verified needs that last
	Severity int // of those, summed
}

// Idea is a practice with the reasons for it: every one a figure.
type Idea struct {
	Practice *atlas.Practice
	Gaps     []AreaGap          // of the municipality that the practice is about
	Near     *transfer.Nearness // the town most like it of those that have the practice
	NearTown string
	Adopters int // towns that took it over and did not give it up
	Fit      transfer.Tally
}

// Inspire tells practices for a territory: those about areas in which it has little,
// the more of them the sooner; then those of the towns most like it. What lacks
// something it cannot do without stands behind.
func (a *App) Inspire(ctx context.Context, code string) (*Inspiration, error) {
	t, ok := a.Places().Get(code)
	if !ok || t.Level == atlas.LevelCountry {
		return nil, atlas.ErrNotFound
	}
	profiles, err := a.Profiles(ctx, t.Level)
	if err != nil {
		return nil, err
	}
	portraits, by := portraitsOf(profiles)
	own := by[t.Code]
	if own == nil {
		return nil, atlas.ErrNotFound
	}
	out := &Inspiration{Town: *own}
	now := a.now().In(i18n.Prague).Year()
	if out.Standing, err = a.StandingOf(ctx, t.Code, now-recentYears+1, now); err != nil {
		return nil, err
	}
	out.Gaps = a.gapsOf(t.Code, out.Standing)
	town, err := a.transferTown(ctx, t, own)
	if err != nil {
		return nil, err
	}
	near := map[string]transfer.Nearness{}
	for i, l := range coverage.Similar(portraits, t.Code, len(portraits)) {
		near[l.Code] = transfer.Nearness{Likeness: l, Rank: i + 1, Of: len(portraits) - 1}
	}
	err = a.Reader().View(ctx, func(r *store.Reader) error {
		cards, all, err := journeys(ctx, r)
		for _, p := range cards {
			if p.Public() && p.Status != atlas.PracticeOutdated && !slices.Contains(p.Territories, t.Code) {
				out.Ideas = append(out.Ideas, idea(p, all, out.Gaps, near, transfer.Count(transfer.Fit(p.Prerequisites, town)), t.Code))
			}
		}
		return err
	})
	out.order()
	return out, err
}

func idea(p *atlas.Practice, all []*atlas.Replication, gaps []AreaGap, near map[string]transfer.Nearness, fit transfer.Tally, town string) Idea {
	i := Idea{Practice: p, Fit: fit}
	for _, g := range gaps {
		if slices.Contains(p.Areas, g.Area) {
			i.Gaps = append(i.Gaps, g)
		}
	}
	towns := slices.Clone(p.Territories)
	for _, x := range all {
		if x.Practice == p.ID && !x.Abandoned() && x.Territory != town {
			towns = append(towns, x.Territory)
			i.Adopters++
		}
	}
	for _, code := range towns {
		if n, ok := near[code]; ok && (i.Near == nil || n.Rank < i.Near.Rank) {
			i.Near, i.NearTown = &n, code
		}
	}
	return i
}

// order puts the ideas in order and leaves out those without any reason: neither a
// gap nor a like town.
func (x *Inspiration) order() {
	x.Ideas = slices.DeleteFunc(x.Ideas, func(i Idea) bool { return len(i.Gaps) == 0 && (len(x.Gaps) > 0 || i.Near == nil) })
	rank := func(i Idea) int {
		if i.Near == nil {
			return 1 << 30
		}
		return i.Near.Rank
	}
	slices.SortStableFunc(x.Ideas, func(a, b Idea) int {
		return cmp.Or(
			cmp.Compare(min(a.Fit.Lacking, 1), min(b.Fit.Lacking, 1)), cmp.Compare(len(b.Gaps), len(a.Gaps)),
			cmp.Compare(rank(a), rank(b)), cmp.Compare(czech.SortKey(a.Practice.Title), czech.SortKey(b.Practice.Title)))
	})
}

// gapsOf are the areas in which a territory has little, white spots first.
func (a *App) gapsOf(code string, st *PlaceStanding) []AreaGap {
	if st.Row == nil {
		return nil
	}
	needs, severity := map[string]int{}, map[string]int{}
	for _, n := range a.OpenNeeds() {
		if slices.Contains(a.Chain(n.Territory), code) {
			needs[n.Area]++
			severity[n.Area] += n.Severity
		}
	}
	var out []AreaGap
	for i, area := range st.Asked.Items {
		g := AreaGap{area, st.Row.Standings[i].Class, st.Row.Recent[i], needs[area], severity[area]}
		if g.Projects == 0 || g.Class == coverage.ClassWeak {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(x, y AreaGap) int {
		return cmp.Or(cmp.Compare(y.Severity, x.Severity), cmp.Compare(slices.Index(coverage.Classes(), x.Class), slices.Index(coverage.Classes(), y.Class)))
	})
	return out
}
