package coverage

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/web/chart"
	"atlas/internal/web/route"
)

// viewThemes compares themes, or target groups, over five years (8.1.9, 8.1.10).
const viewThemes = "temata"

// themeYears is how long a theme is looked at (8.1.9).
const themeYears = 5

// groupEU is the target group that is always shown, for most organisations may not
// serve it (R4-21).
const groupEU = "TG-EU"

// themes is how much each theme had, from the most money to the least.
type themes struct {
	Rows          []themeRow
	Years, Before string
	Chart         chart.Rows
	Sentence      string
	EU            string // what the citizens of the EU had, where the rows are not groups
	URLGroups     string
	Facts         []string
}

// themeRow is one theme in the five years and in the five before them.
type themeRow struct {
	Name, URL        string
	Projects         string
	Money, Share     string
	Earlier, Change  string
	NotKnown         string // how many projects have no known money; "" none
	Neglected, Empty bool   // less than 2 % of the known money; no project at all
	share            float64
	code             string
}

// themeSum is what a theme had over some years in this country.
type themeSum struct {
	minor             int64
	projects, unknown uint32
}

// known says whether the money of any project is known, or that there is none.
func (s themeSum) known() bool { return s.projects == 0 || s.unknown < s.projects }

// sumOf is an item of a matrix: its territories and, for the whole country, what is
// nationwide or nobody knows where.
func (b builder) sumOf(item string) themeSum {
	at := b.m.Item(item)
	t := b.m.ItemTotal(at)
	s := themeSum{t.Minor, t.Projects, t.Unknown}
	if b.asked.Within == "" {
		w := b.m.Total(b.m.Row(coverage.Row{Kind: coverage.RowWide}), at)
		s.minor, s.projects, s.unknown = s.minor+w.Minor, s.projects+w.Projects, s.unknown+w.Unknown
	}
	return s
}

// before asks the index once more, for the five years before.
func (a *area) before(b builder) builder {
	earlier := b.asked
	earlier.From, earlier.To = b.asked.From-themeYears, b.asked.From-1
	return a.matrix(b.teller, earlier)
}

// known is the money of all items together.
func (b builder) known() int64 {
	var all int64
	for _, item := range b.m.Items {
		all += b.sumOf(item).minor
	}
	return all
}

// themes compares the themes with the five years before.
func (a *area) themes(b builder) *themes {
	before, all := a.before(b), b.known()
	out := &themes{Years: b.years(b.asked), Before: b.years(before.asked)}
	for _, item := range b.themeItems() {
		out.Rows = append(out.Rows, b.themeRow(item, b.sumOf(item), before.sumOf(item), all))
	}
	slices.SortStableFunc(out.Rows, func(x, y themeRow) int { return cmp.Compare(y.share, x.share) })
	out.draw(b)
	out.Sentence = b.themeSentence(out.Rows)
	out.euLine(a, b)
	for _, key := range []string{"share", "neglected", "change", "country"} {
		out.Facts = append(out.Facts, b.T("coverage.themes.fact."+key, "years", out.Years, "before", out.Before))
	}
	return out
}

// themeItems are the items of the axis; among target groups always the citizens of
// the EU, whatever was filtered.
func (b builder) themeItems() []string {
	items := b.items()
	if b.asked.Axis == coverage.ByTarget && !slices.Contains(items, groupEU) {
		items = append(items, groupEU)
	}
	return items
}

func (b builder) themeRow(item string, now, before themeSum, all int64) themeRow {
	r := themeRow{Name: b.itemName(item), Projects: b.number(int64(now.projects)), code: item, share: -1, Empty: now.projects == 0, Share: "?"}
	r.Money, r.Earlier = b.moneyOf(now), b.moneyOf(before)
	if all > 0 && now.known() {
		r.share = float64(now.minor) / float64(all)
		r.Share = b.percent(r.share) + "\u00a0%"
		r.Neglected, _ = coverage.Neglected(now.minor, all)
		r.Neglected = r.Neglected && item != ""
	}
	if now.unknown > 0 {
		r.NotKnown = b.N("coverage.themes.unknown", int64(now.unknown))
	}
	switch {
	case !now.known() || !before.known():
		r.Change = "?"
	case before.minor == 0 && now.minor == 0:
		r.Change = "–"
	case before.minor == 0:
		r.Change = b.T("coverage.themes.new")
	default:
		r.Change = b.change(coverage.KnownValue(float64(now.minor)/float64(before.minor) - 1))
	}
	r.URL = b.themeURL(item, now)
	return r
}

func (b builder) moneyOf(s themeSum) string {
	switch {
	case s.projects == 0:
		return "–"
	case !s.known():
		return b.T("coverage.money_unknown")
	}
	return i18n.MoneyShort(b.lang, s.minor, "CZK")
}

// themeURL is the list of exactly the projects that a theme counts: of the
// territory, or of all kraje and of what lies in none. "" where there are none, or
// where a group that was chosen shares them with another one: no list can be asked
// for those.
func (b builder) themeURL(item string, now themeSum) string {
	chosen := b.asked.Filters[b.asked.facet()]
	if now.projects == 0 || len(chosen) > 0 && !slices.Contains(chosen, cmp.Or(item, search.NotKnown)) {
		return ""
	}
	v := b.asked.Question.Values()
	rows := []string{b.asked.Within}
	if b.asked.Within == "" {
		rows = []string{coverage.CodeWide}
		for _, t := range b.app.Places().Children("CZ", atlas.LevelRegion) {
			rows = append(rows, t.Code)
		}
	}
	v[string(search.FacetCoverage)] = rows
	v[string(b.asked.facet())] = []string{cmp.Or(item, search.NotKnown)}
	v.Set(string(search.FacetYear), span(b.asked.From, b.asked.To))
	return route.ProjectsWith(b.lang, v)
}

func (t *themes) draw(b builder) {
	t.Chart = chart.Rows{ID: "podily", Title: b.T("coverage.themes.chart", "years", t.Years), Desc: b.T("coverage.trend.desc_table")}
	for _, r := range t.Rows {
		text := r.Share
		if r.Empty {
			text = b.T("coverage.projects_none")
		} else if r.Neglected {
			text += " " + b.T("coverage.neglected")
		}
		t.Chart.Rows = append(t.Chart.Rows, chart.RowBar{Label: r.Name, Value: math.Max(r.share, 0), Text: text, Href: r.URL, Name: r.Name + ": " + text, Weak: r.Neglected})
	}
}

// themeSentence names what had most and what is neglected.
func (b builder) themeSentence(rows []themeRow) string {
	var most, least []string
	for _, r := range rows {
		switch {
		case r.code == "":
		case r.Neglected:
			least = append(least, r.Name)
		case r.share > 0 && len(most) < 2:
			most = append(most, r.Name+" ("+r.Share+")")
		}
	}
	if len(most) == 0 {
		return b.T("coverage.themes.no_money", "years", b.years(b.asked))
	}
	out := b.T("coverage.themes.most", "years", b.years(b.asked), "items", strings.Join(most, ", "))
	if len(least) > 0 {
		out += " " + b.T("coverage.themes.least", "n", strconv.Itoa(len(least)), "items", strings.Join(least, "; "))
	}
	return out
}

// euLine says what the citizens of the EU had, where the rows do not say so.
func (t *themes) euLine(a *area, b builder) {
	if b.asked.Axis == coverage.ByTarget {
		return
	}
	groups := b.asked
	groups.Axis = coverage.ByTarget
	g := a.matrix(b.teller, groups)
	s := g.sumOf(groupEU)
	t.EU = b.T("coverage.themes.eu", "name", g.itemName(groupEU), "projects", b.N("coverage.projects", int64(s.projects)), "money", g.moneyOf(s))
	t.URLGroups = b.asked.url(b.lang, func(v url.Values) { v.Set(paramAxis, "skupiny") })
}

// readView takes the views that look at years of their own.
func (s *asked) readView(values url.Values) {
	switch v := values.Get(paramView); v {
	case viewThemes:
		s.View, s.From = v, s.To-themeYears+1
	case viewEnding, viewOverlaps:
		s.View = v
	}
}
