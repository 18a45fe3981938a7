package coverage

import (
	"cmp"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/web/dataset"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// matrixPage is the matrix in one of its views.
type matrixPage struct {
	page.Base
	Notes      []string
	Sentence   string
	Chips      []chip
	Views      []tab
	Levels     []form.Choice
	Shows      []form.Choice
	Axes       []form.Choice
	Insides    []form.Choice
	From, To   int
	First      int // earliest year that can be asked for
	Hidden     []hidden
	Table      table
	Caption    string
	Corner     string // what the rows are
	SumHead    string
	Legend     []legend
	Map        *mapped
	URLPNG     string // the matrix as a picture
	NoPicture  string // why there is none
	Embed      *embedded
	Asked      []string // what the page shows, in words: for paper
	Source     string
	Address    string // of the page, for paper
	Trend      *trend
	Ranking    *ranking
	Themes     *themes
	Ending     *ending
	Overlaps   *overlaps
	URLCosts   string   // unit costs
	Facts      []string // what the figures stand on and what they do not know
	Exports    []dataset.Link
	URLBare    string
	URLWhole   string // the same of the whole country; "" when it is that
	URLList    string
	URLSources string // which sources of projects are in the database
	Empty      bool
}

type chip struct{ Facet, Label, URL string }

type tab struct {
	Label, URL string
	Current    bool
}

type hidden struct{ Name, Value string }

// escape makes a text fit for an attribute of HTML that people copy.
func escape(s string) string { return template.HTMLEscapeString(s) }

// legend explains one state.
type legend struct {
	State coverage.State
	Mark  string
	Text  string
}

// show answers the matrix. It costs one pass over the entries of the projects
// found and no query of the database; the ranking one more pass and two or three
// queries of statistics, as the cells that are told by people.
func (a *area) show(q *page.Request) error {
	t, year := a.teller(q.Lang), a.app.Now().In(i18n.Prague).Year()
	s := read(q.URL.Query(), a.app, year)
	b, err := a.ask(q.Context(), t, s)
	if err != nil {
		return err
	}
	p := &matrixPage{
		Base: q.Base(b.title()), From: s.From, To: s.To, First: firstYear,
		Exports: dataset.Links(q.Lang, cmp.Or(exported[s.View], dataset.Coverage), a.fileQuery(q, s)),
		URLBare: route.In(q.Lang, route.Coverage), Facts: b.facts(), Asked: b.conditions(), Source: b.source(), Address: q.Origin() + s.url(q.Lang, func(url.Values) {}),
	}
	p.Nav, p.Wide, p.Query = route.Coverage, true, s.values()
	for _, key := range s.Notes {
		p.Notes = append(p.Notes, t.T(key))
	}
	p.tabled(b)
	p.controls(b)
	if s.Within != "" {
		p.URLWhole = s.url(q.Lang, func(v url.Values) { v.Del(paramWithin); v.Del(paramLevel) })
	}
	p.URLList, p.URLSources = route.ProjectsWith(q.Lang, s.Question.Values()), route.In(q.Lang, route.Extents)
	p.URLCosts = route.In(q.Lang, route.UnitCosts)
	if err := a.view(q, b, p); err != nil {
		return err
	}
	return q.Render(http.StatusOK, "coverage/show", p)
}

// fileQuery is the question of the files of a page: that of the page, and of the
// ranking what it ranks and keeps.
func (a *area) fileQuery(q *page.Request, s asked) string {
	v := s.values()
	if s.View == viewRank {
		for _, name := range []string{paramOf, paramClass} {
			if given := q.Param(name); given != "" {
				v.Set(name, given)
			}
		}
	}
	return v.Encode()
}

// view fills the page with the view that is asked for.
func (a *area) view(q *page.Request, b builder, p *matrixPage) (err error) {
	switch b.asked.View {
	case viewMatrix:
		p.pictured(b)
		p.embedding(b)
	case viewMap:
		p.embedding(b)
		err = a.mapView(q, b, p)
	case viewTrend:
		p.Trend = a.trend(q, b)
	case viewRank:
		if p.Ranking, err = a.ranking(q.Context(), q, b); err == nil && p.Ranking.NoPeople != "" {
			p.Exports = nil
		}
	default:
		err = a.gaps(q, b, p)
	}
	return err
}

// marks stand beside the numbers, so that states are told apart without colours.
var marks = map[coverage.State]string{
	coverage.StateNow: "●", coverage.StatePast: "○", coverage.StateNone: "–", coverage.StateNoData: "?",
}

// Mark is the mark of a state.
func (p *matrixPage) Mark(s coverage.State) string { return marks[s] }

func (t teller) years(s asked) string {
	if s.From == s.To {
		return strconv.Itoa(s.From)
	}
	return strconv.Itoa(s.From) + "–" + strconv.Itoa(s.To)
}

// title says what of coverage the page shows, so that bookmarks differ.
func (b builder) title() string {
	if b.asked.Within == "" {
		return b.T("coverage.title")
	}
	return b.T("coverage.title_in", "name", b.app.Places().Label(b.asked.Within))
}

// controls are the form over the matrix, the views and the filters.
func (p *matrixPage) controls(b builder) {
	s := b.asked
	for _, level := range levels {
		if level == atlas.LevelMunicipality && s.Within == "" {
			continue
		}
		p.Levels = append(p.Levels, form.Choice{Value: string(level), Label: b.T("coverage.rows." + string(level)), Chosen: level == s.Level})
	}
	for _, v := range shows {
		if _, other := yearlyShows[v]; other && s.View == viewTrend {
			continue
		}
		p.Shows = append(p.Shows, form.Choice{Value: v, Label: b.T("coverage.show." + v), Chosen: v == s.Show})
	}
	for i, v := range []string{"oblasti", "skupiny"} {
		p.Axes = append(p.Axes, form.Choice{Value: v, Label: b.T("coverage.axis." + v), Chosen: coverage.Axis(i) == s.Axis})
	}
	p.Insides = []form.Choice{{Value: "", Label: b.T("coverage.whole_country"), Chosen: s.Within == ""}}
	regions := b.app.Places().Children("CZ", atlas.LevelRegion)
	if t, ok := b.app.Places().Get(s.Within); ok && t.Level != atlas.LevelRegion {
		regions = append(regions, t)
	}
	for _, t := range regions {
		p.Insides = append(p.Insides, form.Choice{Value: t.Code, Label: b.app.Places().Label(t.Code), Chosen: t.Code == s.Within})
	}
	for _, v := range []string{viewMatrix, viewMap, viewRank, viewThemes, viewEnding, viewOverlaps, viewTrend} {
		p.Views = append(p.Views, tab{b.T("coverage.view." + v), s.url(b.lang, func(q url.Values) {
			q.Del(paramView)
			if v != viewMatrix {
				q.Set(paramView, v)
			}
		}), v == s.View})
	}
	p.filters(b)
}

// filters are the conditions of the question, each with the address without it,
// and as hidden fields of the form.
func (p *matrixPage) filters(b builder) {
	s := b.asked
	add := func(facet, label string, drop func(url.Values)) {
		p.Chips = append(p.Chips, chip{facet, label, s.url(b.lang, drop)})
	}
	if s.Text != "" {
		p.Hidden = append(p.Hidden, hidden{question.ParamText, s.Text})
		add(b.T("coverage.words"), s.Text, func(v url.Values) { v.Del(question.ParamText) })
	}
	vocabulary := question.Vocabulary{
		Lang: b.lang, Lists: b.app.Lists(), Places: b.app.Places(),
		Actor: func(id string) string { return b.app.ActorName(id, b.lang) },
		Band:  func(code string) string { return b.app.BandWords(code, b.lang) }, Word: func(key string) string { return b.T(key) },
	}
	for _, f := range question.Offered {
		for _, value := range s.Filters[f] {
			label, _ := vocabulary.Label(f, value)
			p.Hidden = append(p.Hidden, hidden{string(f), value})
			add(b.T("projects.facet."+string(f)), label, func(v url.Values) {
				v[string(f)] = slices.DeleteFunc(slices.Clone(v[string(f)]), func(x string) bool { return x == value })
			})
		}
	}
	if s.View != viewMatrix {
		p.Hidden = append(p.Hidden, hidden{paramView, s.View})
	}
}
