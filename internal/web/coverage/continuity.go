package coverage

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// Views of continuity and of overlaps.
const (
	viewEnding   = "konce"
	viewOverlaps = "prekryvy"
)

// gaps fills the views of gaps in themes, of what ends and of overlaps; the
// sentence of the page is theirs.
func (a *area) gaps(q *page.Request, b builder, p *matrixPage) (err error) {
	switch b.asked.View {
	case viewThemes:
		p.Themes = a.themes(b)
		p.Sentence = p.Themes.Sentence
	case viewEnding:
		if p.Ending, err = a.ending(q.Context(), q, b); err == nil {
			p.Sentence, p.Facts = p.Ending.Sentence, p.Ending.Facts
		}
	case viewOverlaps:
		if p.Overlaps, err = a.overlaps(q.Context(), q, b); err == nil {
			p.Sentence, p.Facts = p.Overlaps.Sentence, p.Overlaps.Facts
		}
	}
	return err
}

// pageOfEnding is how many projects or overlaps a page has.
const pageOfEnding = 50

// ending is projects that end soon and nothing follows (8.1.10, U-04).
type ending struct {
	Rows     []endingRow
	Pager    pager.Pager
	Sentence string
	Followed string // how many end too, but are followed; "" none
	Facts    []string
}

type endingRow struct {
	Title, URL string
	Sample     bool
	End        string
	Places     []placeLink
	Themes     []string
	People     string // reached, else planned; "" not known
	URLFollow  string
}

type placeLink struct{ Text, URL string }

// ending reads a page of the projects that end.
func (a *area) ending(ctx context.Context, q *page.Request, b builder) (*ending, error) {
	ids, total, err := a.app.Ending(ctx, b.withinQuery())
	if err != nil {
		return nil, err
	}
	out := &ending{Pager: b.pager(q, len(ids))}
	out.Sentence = b.N("coverage.ending.sentence", int64(len(ids)))
	if len(ids) == 0 {
		out.Sentence = b.T("coverage.ending.none")
	}
	if n := total - len(ids); n > 0 {
		out.Followed = b.N("coverage.ending.followed", int64(n))
	}
	found, err := a.app.Reader().Projects(ctx, pager.Of(out.Pager, ids))
	for _, p := range found {
		if p.Public() {
			out.Rows = append(out.Rows, b.endingRow(p))
		}
	}
	out.Facts = []string{b.T("coverage.ending.fact.rule", "day", i18n.Day(b.lang, b.app.Now())), b.T("coverage.ending.fact.unknown"), b.T("coverage.ending.fact.follow")}
	return out, err
}

// withinQuery is the query narrowed to the territory of the page.
func (b builder) withinQuery() search.Query {
	q := b.asked.query()
	if b.asked.Within == "" {
		return q
	}
	filters := map[search.Facet][]string{search.FacetCoverage: {b.asked.Within}}
	for f, values := range q.Filters {
		filters[f] = values
	}
	q.Filters = filters
	return q
}

func (b builder) pager(q *page.Request, total int) pager.Pager {
	return pager.New(total, pager.Number(q.Param(paramPage)), pageOfEnding, func(n int) string {
		return b.asked.url(b.lang, func(v url.Values) { v.Set(paramPage, strconv.Itoa(n)) })
	})
}

// mostPlaces is how many places of a project a row names.
const mostPlaces = 4

func (b builder) endingRow(p *atlas.Project) endingRow {
	r := endingRow{
		Title: p.Title(b.lang), URL: route.Project(b.lang, p.ID), Sample: p.Sample, End: i18n.Date(b.lang, p.To),
		URLFollow: route.ProjectFollowing(b.lang, p.ID),
	}
	for i, place := range p.Territories {
		if i == mostPlaces {
			r.Places = append(r.Places, placeLink{Text: b.N("coverage.ending.more", int64(len(p.Territories)-i))})
			break
		}
		r.Places = append(r.Places, placeLink{b.app.Places().Label(place.Territory), route.Territory(b.lang, place.Territory)})
	}
	for _, x := range p.Areas {
		r.Themes = append(r.Themes, b.app.Lists().Label(atlas.ListArea, x.Code, b.lang))
	}
	switch {
	case p.PeopleReached.Known:
		r.People = b.number(int64(p.PeopleReached.N))
	case p.PeoplePlanned.Known:
		r.People = b.T("coverage.ending.planned", "n", b.number(int64(p.PeoplePlanned.N)))
	}
	return r
}

// overlaps is what several running projects do the same (8.1.8).
type overlaps struct {
	Rows     []overlapRow
	Pager    pager.Pager
	Sentence string
	Facts    []string
}

type overlapRow struct {
	Place, PlaceURL       string
	Area, Activity, Group string
	Projects              []placeLink
	More                  string
	Count                 string
}

// mostNamed is how many projects of an overlap are named.
const mostNamed = 10

// overlaps asks the index, and reads the projects of one page of what it finds.
func (a *area) overlaps(ctx context.Context, q *page.Request, b builder) (*overlaps, error) {
	all := b.overlapping()
	out := &overlaps{Pager: b.pager(q, len(all)), Sentence: b.N("coverage.overlap.sentence", int64(len(all)))}
	if len(all) == 0 {
		out.Sentence = b.T("coverage.overlap.none")
	}
	rows := pager.Of(out.Pager, all)
	var ids []string
	for _, o := range rows {
		ids = append(ids, o.Projects[:min(len(o.Projects), mostNamed)]...)
	}
	titles, err := b.titles(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, o := range rows {
		out.Rows = append(out.Rows, b.overlapRow(o, titles))
	}
	for _, key := range []string{"rule", "unknown", "meaning"} {
		out.Facts = append(out.Facts, b.T("coverage.overlap.fact."+key, "day", i18n.Day(b.lang, b.app.Now())))
	}
	return out, nil
}

// overlapping asks the index.
func (b builder) overlapping() []search.Overlap {
	all := b.app.Overlaps(b.withinQuery())
	if b.asked.Within != "" { // projects of the territory may work elsewhere too
		all = slices.DeleteFunc(all, func(o search.Overlap) bool { return !b.inside(o.Place) })
	}
	return all
}

// titles reads what projects are called; those that are not public are left out.
func (b builder) titles(ctx context.Context, ids []string) (map[string]string, error) {
	slices.Sort(ids)
	found, err := b.app.Reader().Projects(ctx, slices.Compact(ids))
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, p := range found {
		if p.Public() {
			out[p.ID] = p.Title(b.lang)
		}
	}
	return out, nil
}

func (b builder) overlapRow(o search.Overlap, titles map[string]string) overlapRow {
	lists := b.app.Lists()
	r := overlapRow{
		Place: b.app.Places().Label(o.Place), PlaceURL: route.Territory(b.lang, o.Place), Count: b.number(int64(len(o.Projects))),
		Area: lists.Label(atlas.ListArea, o.Area, b.lang), Activity: lists.Label(atlas.ListActivity, o.Activity, b.lang),
		Group: lists.Label(atlas.ListTargetLegal, o.Group, b.lang),
	}
	for i, id := range o.Projects {
		if i == mostNamed {
			r.More = b.N("coverage.overlap.more", int64(len(o.Projects)-i))
			break
		}
		if title, ok := titles[id]; ok {
			r.Projects = append(r.Projects, placeLink{title, route.Project(b.lang, id)})
		}
	}
	return r
}
