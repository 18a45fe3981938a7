package territories

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// profile is what a page of a territory says beside its projects: numbers, people,
// needs, gaps, what is like it, and where to begin.
type profile struct {
	Facts  []factView
	Kind   string // of a municipality
	People []peopleView
	Steps  []stepView

	Running            int // this month
	RunningList        []project
	RunningMore        int // running projects that were not looked at
	Money              string
	MoneyYears         string
	MoneyOf, MoneyLess int // projects that the money is of, and those whose money is not known
	Actors             []line

	Needs     []needView
	NeedsMore int
	URLNeeds  string
	URLNewOne string

	Gaps       []gapView
	GapGround  groundView
	GapNothing string // why no gaps are told
	URLRanking string
	URLSources string
	Recent     string // the years that gaps count

	Ending   []project
	Overlaps []overlapView

	Costs    []costView
	CostYear string // whose prices they are in
	URLCosts string

	Similar   []similarView
	Learn     []learnView
	Inspire   []project
	URLEmbed  string
	Snippet   string
	URLBeside string // comparing with the nearest
	URLLoad   string // where statistics are
}

type needView struct {
	Title, URL, Area, Status, Place string
	Severity                        int
	Answered                        bool
}

// gapView is one area of integration in the words of 8.1.8.
type gapView struct {
	Area, URL string
	Class     coverage.Class
	Label     string
	Projects  int
	Gap       string // "" is not known
}

type overlapView struct {
	Area, Town         string
	Activities, Groups []string
	Projects           []project
}

const (
	mostRunningShown = 8
	mostNeeds        = 6
	mostActors       = 8
	moneyYears       = 5
)

// known gathers what the steps are decided by while the page is made.
type known struct {
	coverage.Known
	ending *atlas.Project
	needs  map[string]*atlas.Need
}

// profileOf makes the profile and reads the latest projects of the page. Beside the searches of the page it costs a constant
// number of queries.
func (a *area) profileOf(ctx context.Context, t teller, p *showPage, newest []string) (*profile, error) {
	s, err := a.sources(ctx, t)
	if err != nil {
		return nil, err
	}
	out, k := &profile{URLLoad: route.In(t.lang, route.Statistics)}, &known{needs: map[string]*atlas.Need{}}
	own, near, err := a.app.Similar(ctx, p.T.Code)
	if err != nil && !errors.Is(err, atlas.ErrNotFound) {
		return nil, err
	}
	own.Code = p.T.Code
	if out.Facts = s.facts(&own, p.T); own.Kind != "" {
		out.Kind = t.T("territories.kind." + string(own.Kind))
	}
	if out.People, err = s.people(ctx, p.T); err != nil {
		return nil, err
	}
	running, err := a.app.RunningIn(ctx, p.T.Code, slices.Concat(newest, t.inspiring(p))...)
	if err != nil {
		return nil, err
	}
	for _, x := range running.Also {
		if slices.Contains(newest, x.ID) {
			p.Newest = append(p.Newest, t.project(x))
		} else {
			out.Inspire = append(out.Inspire, t.project(x))
		}
	}
	out.runs(t, running, k)
	if err := out.openNeeds(ctx, t, p.T.Code, k); err != nil {
		return nil, err
	}
	now := t.app.Now().In(i18n.Prague).Year()
	standing, err := a.app.StandingOf(ctx, p.T.Code, now-moneyYears+1, now)
	if err != nil {
		return nil, err
	}
	out.actors(t, p.T.Code, k)
	out.similar(t, p, &own, near)
	out.gaps(s, p, standing, k)
	if err := out.costs(ctx, t, p.T.Code); err != nil {
		return nil, err
	}
	out.money(t, standing, now)
	out.begin(t, p, k)
	return out, nil
}

func (o *profile) runs(t teller, r *app.RunningIn, k *known) {
	o.Running, o.RunningMore = len(r.Projects), r.More
	for _, x := range r.Projects[:min(len(r.Projects), mostRunningShown)] {
		o.RunningList = append(o.RunningList, t.project(x))
	}
	for _, x := range r.Ending {
		end := t.project(x)
		end.Years = i18n.Date(t.lang, x.To)
		o.Ending = append(o.Ending, end)
	}
	if k.Ending = len(r.Ending); k.Ending > 0 {
		k.ending, k.EndingFirst = r.Ending[0], r.Ending[0].ID
	}
	label := func(list string, codes []string) (out []string) {
		for _, c := range codes {
			out = append(out, t.app.Lists().Label(list, c, t.lang))
		}
		return out
	}
	for _, x := range r.Overlaps {
		v := overlapView{
			Area: t.app.Lists().Label(atlas.ListArea, x.Area, t.lang), Town: t.app.Places().Label(x.Municipality),
			Activities: label(atlas.ListActivity, x.Activities), Groups: label(atlas.ListTargetLegal, x.Groups),
		}
		for _, y := range x.Projects {
			v.Projects = append(v.Projects, t.project(y))
		}
		o.Overlaps = append(o.Overlaps, v)
	}
	k.Overlaps, k.Running = len(r.Overlaps), o.Running
}

// openNeeds are the verified needs of the territory and all that lies in it, the
// most severe first.
func (o *profile) openNeeds(ctx context.Context, t teller, code string, k *known) error {
	o.URLNeeds = route.WithQuery(route.In(t.lang, route.Needs), url.Values{"uzemi": {code}}.Encode())
	o.URLNewOne = route.In(t.lang, route.NeedNew)
	open := slices.DeleteFunc(slices.Clone(t.app.OpenNeeds()), func(n store.OpenNeed) bool { return !slices.Contains(t.app.Chain(n.Territory), code) })
	slices.SortStableFunc(open, func(x, y store.OpenNeed) int { return cmp.Compare(y.Severity, x.Severity) })
	k.Verified = len(open)
	o.NeedsMore = max(0, len(open)-mostNeeds)
	ids := make([]string, 0, mostNeeds)
	for _, n := range open[:min(len(open), mostNeeds)] {
		ids = append(ids, n.ID)
	}
	all, err := t.app.Reader().Needs(ctx, ids)
	if err != nil {
		return err
	}
	for _, n := range all {
		if !n.Public() || !n.Open() {
			continue
		}
		v := needView{
			Title: n.Title, URL: route.Need(t.lang, n.ID), Area: t.app.Lists().Label(atlas.ListArea, n.Area, t.lang),
			Status: t.app.Lists().Label(atlas.ListNeedStatus, n.Status, t.lang), Severity: n.Severity, Answered: len(n.Projects)+len(n.Calls) > 0,
		}
		if n.Territory != code {
			v.Place = t.app.Places().Label(n.Territory)
		}
		o.Needs = append(o.Needs, v)
		k.needs[n.ID] = n
		k.Needs = append(k.Needs, coverage.KnownNeed{ID: n.ID, Area: n.Area, Severity: n.Severity, Answered: v.Answered})
	}
	return nil
}

// actors are the organisations with most projects here.
func (o *profile) actors(t teller, code string, k *known) {
	r := t.app.Index().Search(search.Query{Filters: at(code), Count: []search.Facet{search.FacetImplementer}, Most: mostActors + 1})
	all := slices.DeleteFunc(r.Facets[search.FacetImplementer], func(c search.FacetCount) bool { return c.Value == app.NotKnown || c.Count == 0 })
	slices.SortStableFunc(all, func(x, y search.FacetCount) int { return cmp.Compare(y.Count, x.Count) })
	k.Actors = r.Distinct[search.FacetImplementer]
	for _, c := range all[:min(len(all), mostActors)] {
		o.Actors = append(o.Actors, line{Code: c.Value, Name: t.app.ActorName(c.Value, t.lang), URL: route.Actor(t.lang, c.Value), Count: c.Count})
	}
	k.Actors = max(k.Actors, len(all))
}

// gaps are the areas by class, the worst first (8.1.8).
func (o *profile) gaps(s sources, p *showPage, st *app.PlaceStanding, k *known) {
	t := s.teller
	now := t.app.Now().In(i18n.Prague).Year()
	o.URLSources = route.ExtentsOf(t.lang, p.T.Code, now)
	k.Sources = t.app.Completeness().Loaded(t.app.Chain(p.T.Code), now-2, now)
	if k.People = st.Row != nil && st.Row.People.Known || len(o.People) > 0; st.Row == nil {
		o.GapNothing = t.T("territories.gaps.level")
		return
	}
	rank := url.Values{"clenit": {string(p.T.Level)}, "zobrazeni": {"poradi"}}
	if p.T.Region != "" {
		rank.Set("uvnitr", p.T.Region)
	}
	o.URLRanking = route.WithQuery(route.In(t.lang, route.Coverage), rank.Encode())
	o.Recent = strconv.Itoa(st.Asked.From) + "–" + strconv.Itoa(st.Asked.To)
	if st.Asked.Dataset != nil {
		sum := st.Asked.Sums[p.T.Code]
		o.GapGround = s.ground(app.Ground{Source: st.Asked.Dataset.Code, Date: st.Asked.Date, Parts: sum.Parts, Untold: sum.Untold}, p.T)
	}
	for i, area := range st.Asked.Items {
		x := st.Row.Standings[i]
		row := p.area(t, area)
		v := gapView{Area: row.Label, Class: x.Class, Label: t.T("coverage.class." + string(x.Class)), Projects: st.Row.Recent[i], Gap: t.signed(x.Gap)}
		if v.Projects > 0 {
			v.URL = route.ProjectsWith(t.lang, url.Values{string(search.FacetCoverage): {p.T.Code}, string(search.FacetArea): {area}, string(search.FacetYear): {strconv.Itoa(st.Asked.From) + question.To + strconv.Itoa(st.Asked.To)}})
		}
		o.Gaps = append(o.Gaps, v)
		theme := coverage.KnownTheme{Area: area, Class: x.Class, Gap: x.Gap, Need: x.Need.Value}
		for _, l := range o.Learn {
			if l.code == area {
				theme.Similar, theme.Count = l.Places[0].Code, l.Places[0].Count
			}
		}
		k.Themes = append(k.Themes, theme)
	}
	order := map[coverage.Class]int{}
	for i, c := range coverage.Classes() {
		order[c] = i
	}
	slices.SortStableFunc(o.Gaps, func(x, y gapView) int { return order[x.Class] - order[y.Class] })
	if len(o.Similar) > 0 {
		k.Nearest = o.Similar[0].Code
	}
}

// money is what is known of the money of the last years.
func (o *profile) money(t teller, st *app.PlaceStanding, now int) {
	o.MoneyYears = strconv.Itoa(now-moneyYears+1) + "–" + strconv.Itoa(now)
	if st.MatrixAt < 0 {
		return
	}
	total := st.Matrix.RowTotal(st.MatrixAt)
	o.Running = max(o.Running, int(total.Running))
	o.MoneyOf, o.MoneyLess = int(total.Projects-total.Unknown), int(total.Unknown)
	if total.Projects > total.Unknown {
		o.Money = i18n.MoneyShort(t.lang, total.Minor, "CZK")
	}
}
