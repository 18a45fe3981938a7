package coverage

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// Parameters of the ranking.
const (
	paramClass = "trida"
	paramOf    = "poradi"
	paramPage  = "strana"
)

// ofThemes ranks each theme of each territory, ofTerritories the territories as a
// whole.
const (
	ofThemes      = "temata"
	ofTerritories = "uzemi"
)

// pageOfRanking is how many rows a page of the ranking has.
const pageOfRanking = 50

// ranking is territories and themes from the largest gap (8.1.6–8.1.8).
type ranking struct {
	Rows    []rankedRow
	Pager   pager.Pager
	Classes []form.Choice
	Of      []form.Choice
	Hidden  []hidden
	Counts  []classCount
	Facts   []string
	People  string // what the column of people counts
	Whole   bool   // territories as a whole
	Recent  string // the years of money and projects
	// NoPeople says that no statistics tell the people of the level, so that nothing
	// can be ranked; URLStatistics is where they are.
	NoPeople, URLStatistics string
}

type classCount struct {
	Class coverage.Class
	Label string
	Count int
	URL   string
}

// rankedRow is one row: the numbers that its class was made of.
type rankedRow struct {
	Place, PlaceURL   string
	Item              string
	Class             coverage.Class
	Label             string
	People, Growth    string
	Need, Supply, Gap string
	Projects, URL     string
	Incomplete        bool // some component of the indexes is not known
}

// ranking asks for the standing of all territories of the level in the country, so
// that a class does not depend on what else is shown, and shows those inside.
func (a *area) ranking(ctx context.Context, q *page.Request, b builder) (*ranking, error) {
	s, err := a.app.Standings(ctx, app.CoverageAsked{Query: b.asked.query(), Level: b.asked.Level, Axis: b.asked.Axis})
	if err != nil {
		return nil, err
	}
	if s.Dataset == nil {
		return &ranking{
			NoPeople:      b.T("coverage.rank.no_dataset", "level", b.T("coverage.rows."+string(s.Asked.Level))),
			URLStatistics: route.In(b.lang, route.Statistics),
		}, nil
	}
	class, of := q.Param(paramClass), rankedBy(q)
	all := b.inOrder(s, of)
	out := &ranking{Whole: of == ofTerritories, Recent: strconv.Itoa(s.From) + "–" + strconv.Itoa(s.To)}
	address := func(change func(url.Values)) string {
		return b.asked.url(b.lang, func(v url.Values) {
			v.Set(paramOf, of)
			if class != "" {
				v.Set(paramClass, class)
			}
			change(v)
		})
	}
	out.count(b, all, address)
	all = ofClass(all, class)
	out.choices(b, class, of)
	out.Pager = pager.New(len(all), pager.Number(q.Param(paramPage)), pageOfRanking, func(n int) string {
		return address(func(v url.Values) { v.Set(paramPage, strconv.Itoa(n)) })
	})
	for _, r := range all[max(0, out.Pager.First-1):out.Pager.End] {
		out.Rows = append(out.Rows, b.ranked(s, r))
	}
	out.facts(b, s)
	return out, nil
}

// rankedBy is what an address ranks.
func rankedBy(q *page.Request) string {
	if q.Param(paramOf) == ofTerritories {
		return ofTerritories
	}
	return ofThemes
}

// inOrder is what is ranked, inside the territory that the page is of.
func (b builder) inOrder(s *app.CoverageStandings, of string) []app.Ranked {
	items := []string{""}
	if of == ofThemes {
		items = slices.DeleteFunc(b.items(), func(code string) bool { return code == "" })
	}
	return slices.DeleteFunc(s.Ranking(items...), func(r app.Ranked) bool { return !b.inside(r.Row.Code) })
}

// ofClass keeps what has a class; "" is any.
func ofClass(all []app.Ranked, class string) []app.Ranked {
	if class == "" {
		return all
	}
	return slices.DeleteFunc(all, func(r app.Ranked) bool { return string(r.Standing.Class) != class })
}

// totalOf is what a territory and theme, or all of them together, had.
func totalOf(s *app.CoverageStandings, r app.Ranked) coverage.Total {
	row := s.Matrix.Row(coverage.Row{Kind: coverage.RowTerritory, Code: r.Row.Code})
	if r.Item == "" {
		return s.Matrix.RowTotal(row)
	}
	return s.Matrix.Total(row, s.Matrix.Item(r.Item))
}

// rankedURL is the list of the projects that a row of the ranking counts.
func (b builder) rankedURL(s *app.CoverageStandings, r app.Ranked) string {
	if totalOf(s, r).Projects == 0 {
		return ""
	}
	return b.asked.cellURL(b.lang, r.Row.Code, cmp.Or(r.Item, anyItem), s.From, s.To)
}

// inside says whether a territory lies in the one that the page is of.
func (b builder) inside(code string) bool {
	return b.asked.Within == "" || slices.Contains(b.app.Chain(code), b.asked.Within)
}

func (r *ranking) count(b builder, all []app.Ranked, address func(func(url.Values)) string) {
	for _, c := range coverage.Classes() {
		n := 0
		for _, x := range all {
			if x.Standing.Class == c {
				n++
			}
		}
		r.Counts = append(r.Counts, classCount{c, b.T("coverage.class." + string(c)), n, address(func(v url.Values) { v.Set(paramClass, string(c)) })})
	}
}

func (r *ranking) choices(b builder, class, of string) {
	r.Classes = []form.Choice{{Value: "", Label: b.T("coverage.rank.any_class"), Chosen: class == ""}}
	for _, c := range coverage.Classes() {
		r.Classes = append(r.Classes, form.Choice{Value: string(c), Label: b.T("coverage.class." + string(c)), Chosen: class == string(c)})
	}
	for _, v := range []string{ofThemes, ofTerritories} {
		r.Of = append(r.Of, form.Choice{Value: v, Label: b.T("coverage.rank.of." + v), Chosen: v == of})
	}
	for name, values := range b.asked.values() {
		for _, v := range values {
			r.Hidden = append(r.Hidden, hidden{name, v})
		}
	}
	slices.SortFunc(r.Hidden, func(x, y hidden) int { return compareHidden(x, y) })
}

func compareHidden(x, y hidden) int {
	if x.Name != y.Name {
		if x.Name < y.Name {
			return -1
		}
		return 1
	}
	if x.Value < y.Value {
		return -1
	}
	return 1
}

func (b builder) ranked(s *app.CoverageStandings, r app.Ranked) rankedRow {
	st := r.Standing
	row := rankedRow{
		Place: b.app.Places().Label(r.Row.Code), PlaceURL: route.Territory(b.lang, r.Row.Code),
		Class: st.Class, Label: b.T("coverage.class." + string(st.Class)),
		People: b.whole(r.Row.People), Growth: b.change(r.Row.Growth),
		Need: b.index(st.Need.Value), Supply: b.index(st.Supply.Value), Gap: b.signed(st.Gap),
		Incomplete: st.Need.Missing+st.Supply.Missing > 0,
	}
	if r.Item != "" {
		row.Item = b.itemName(r.Item)
	}
	row.Projects, row.URL = b.number(int64(totalOf(s, r).Projects)), b.rankedURL(s, r)
	return row
}

// The forms of numbers; what is not known is a question mark, never 0.
func (b builder) whole(v coverage.Value) string {
	if !v.Known {
		return "?"
	}
	return b.number(int64(v.V + 0.5))
}

func (b builder) index(v coverage.Value) string { return b.decimals(v, 2) }

func (b builder) decimals(v coverage.Value, places int) string {
	if !v.Known {
		return "?"
	}
	return i18n.Decimal(b.lang, strconv.FormatFloat(v.V, 'f', places, 64))
}

func (b builder) signed(v coverage.Value) string {
	text := b.decimals(v, 2)
	if v.Known && v.V > 0.005 {
		return "+" + text
	}
	if v.Known && text[0] == '-' {
		return "−" + text[1:]
	}
	return text
}

func (b builder) change(v coverage.Value) string {
	if !v.Known {
		return "?"
	}
	v.V *= 100
	text := b.decimals(v, 0)
	switch {
	case v.V > 0.5:
		text = "+" + text
	case text[0] == '-':
		text = "−" + text[1:]
	}
	return text + "\u00a0%"
}

// facts say how the ranking was made and what it does not know.
func (r *ranking) facts(b builder, s *app.CoverageStandings) {
	r.People = s.Dataset.Name(b.lang)
	unknown := 0
	for _, row := range s.Rows {
		if !row.People.Known {
			unknown++
		}
	}
	r.Facts = append(r.Facts, b.T("coverage.rank.dataset", "name", s.Dataset.Name(b.lang), "publisher", s.Dataset.Publisher, "date", i18n.Date(b.lang, s.Date)))
	if s.Summed {
		r.Facts = append(r.Facts, b.T("coverage.rank.summed"))
	}
	if unknown > 0 {
		r.Facts = append(r.Facts, b.N("coverage.rank.unknown_people", int64(unknown)))
	}
	if s.Dataset.Code != atlas.DatasetForeigners {
		r.Facts = append(r.Facts, b.T("coverage.rank.other_people"))
	}
	if !s.Compared {
		r.Facts = append(r.Facts, b.T("coverage.rank.no_growth"))
	}
	if len(b.app.OpenNeeds()) == 0 {
		r.Facts = append(r.Facts, b.T("coverage.rank.no_needs"))
	}
	r.Facts = append(r.Facts, b.T("coverage.rank.how", "years", r.Recent), b.T("coverage.rank.threshold", "n", b.number(int64(s.Threshold))))
}
