package projects

import (
	"net/url"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/czech"
	"atlas/internal/export"
	"atlas/internal/search"
	"atlas/internal/web/chart"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// listPage is the list of projects in one of its views.
type listPage struct {
	page.Base
	words
	State     state
	Total     int
	Heading   string
	SumLine   string
	Notes     []string
	Boxes     []facetBox
	Chips     []chipLink
	Views     []tab
	Sorts     []choice
	Cards     []card
	Map       *mapView
	Years     *yearsView
	Pager     *pager
	Ways      []way
	Saved     []namedLink
	Exports   []namedLink
	ViewsOpen bool

	DidYouMean, DidYouMeanURL string

	URLList, URLBare, URLSuggest, URLViews, URLFeed, URLNew string
	// The state as hidden fields, for the forms that change one part of it.
	HiddenForSearch, HiddenForFilters, HiddenForSort []param
}

type chipLink struct {
	Facet, Label, URL string
	Unknown           bool
}

type tab struct {
	Label, URL string
	Current    bool
}

// YearsNote says how years are counted and of how many the year is not known.
func (p listPage) YearsNote() string {
	note := p.words.T("projects.years.note")
	if p.Years.Unknown > 0 {
		note += " " + p.words.N("projects.years.unknown", p.Years.Unknown)
	}
	return note
}

// CanWrite says whether the reader may add projects.
func (p listPage) CanWrite() bool { return p.Viewer.Write }

// Here is the state of the page as a query, to come back to.
func (p listPage) Here() string { return p.State.Encode() }

// YearChosen says whether the list is narrowed to some years.
func (p listPage) YearChosen() bool { return p.State.has(search.FacetYear) }

// MapZero says whether some kraj has no project.
func (p listPage) MapZero() bool {
	return slices.ContainsFunc(p.Map.Regions, func(r placeRow) bool { return r.Count == 0 })
}

// ClassLabel names one step of the map's legend.
func (p listPage) ClassLabel(c chart.Class) string {
	if c.From == c.To {
		return p.N("projects.n", c.From)
	}
	return p.words.T("projects.map.class", "from", p.number(int64(c.From)), "to", p.number(int64(c.To)))
}

// MapNote says what the map cannot show.
func (p listPage) MapNote() string {
	return p.words.T("projects.map.note", "wide", p.number(int64(p.Map.Wide)), "abroad", p.number(int64(p.Map.Abroad)))
}

// url writes the address of a state of the list.
func (a *area) url(lang string) func(state) string {
	return func(s state) string { return route.WithQuery(route.In(lang, route.Projects), s.Encode()) }
}

// read reads the state of the list from the address.
func (a *area) read(q *page.Request) state {
	return parseState(q.URL.Query(), narrowest(a.app.Places()))
}

// list answers the list in each of its views.
func (a *area) list(q *page.Request) error {
	s := a.read(q)
	f, err := a.find(q.Context(), q.Lang, s, facets)
	if err != nil {
		return err
	}
	w := a.words(q.Lang)
	p := &listPage{Base: q.Base(q.T("projects.title")), words: w, State: f.state, Total: f.result.Total}
	p.Nav, p.Wide, p.Query = route.Projects, true, f.state.values()
	p.addresses(f.state, a.url(q.Lang))
	p.Feed = p.URLFeed
	p.say(f)
	p.filters(f, a.url(q.Lang))
	p.Saved = savedLinks(readViews(q.Request), route.In(q.Lang, route.Projects))
	p.ViewsOpen = q.URL.Query().Has("pohledy")
	switch {
	case p.Total == 0:
		p.Ways = a.ways(w, f, a.url(q.Lang))
	case f.state.View == viewMap:
		m := f.mapView(w, a.outlines(), a.url(q.Lang))
		p.Map = &m
	case f.state.View == viewYears:
		y := f.yearsView(w, a.app.Now().Year(), a.url(q.Lang))
		p.Years = &y
	default:
		p.cards(f, a.url(q.Lang))
	}
	return q.Render(200, "projects/list", p)
}

func (p *listPage) addresses(s state, url func(state) string) {
	lang := p.words.lang
	p.URLList, p.URLBare = route.In(lang, route.Projects), url(s.bare())
	p.URLSuggest, p.URLViews = route.In(lang, route.ProjectsSuggest), route.In(lang, route.ProjectsViews)
	p.URLNew = route.In(lang, route.ProjectNew)
	plain := s.view(viewList).sort(sorts[0].name)
	p.URLFeed = route.WithQuery(route.In(lang, route.ProjectsFeed), plain.Encode())
	for _, format := range export.Formats {
		file := route.In(lang, route.Fill(route.ProjectsExport, "projekty"+format.Extension))
		p.Exports = append(p.Exports, namedLink{strings.ToUpper(format.Name), route.WithQuery(file, s.view(viewList).Encode())})
	}
	p.HiddenForSearch = s.hidden(paramText, paramPage)
	p.HiddenForSort = s.hidden(paramSort, paramPage)
	p.HiddenForFilters = s.bare().hidden()
	if s.Text != "" {
		p.HiddenForFilters = append([]param{{paramText, s.Text}}, p.HiddenForFilters...)
	}
}

// say writes the sentences over the list: how many, how much money, what could
// not be taken as written, what was probably meant.
func (p *listPage) say(f *finding) {
	p.Heading = p.words.N("projects.found", p.Total)
	sum := f.result.Amount
	p.SumLine = p.words.N("projects.sum", sum.Known, "sum", p.amount(atlas.Amount{Minor: sum.Minor, State: atlas.AmountKnown}, "CZK"))
	if sum.Known == 0 {
		p.SumLine = p.words.T("projects.sum_none")
	}
	if sum.Unknown > 0 {
		p.SumLine += " " + p.words.N("projects.sum_unknown", sum.Unknown)
	}
	if sum.Estimates > 0 {
		p.SumLine += " " + p.words.N("projects.sum_estimates", sum.Estimates)
	}
	for _, key := range f.state.Notes {
		p.Notes = append(p.Notes, p.words.T(key))
	}
	if f.result.Truncated != "" {
		p.Notes = append(p.Notes, p.words.T("projects.truncated"))
	}
	if f.result.DidYouMean != "" {
		p.DidYouMean = f.result.DidYouMean
		p.DidYouMeanURL = route.WithQuery(p.URLList, f.state.text(f.result.DidYouMean).Encode())
	}
}

// filters fills the column of facets, the chips, views and sorts.
func (p *listPage) filters(f *finding, url func(state) string) {
	for i, facet := range facets {
		box := f.box(facet, f.state, f.result.Facets[facet], i < openFacets)
		box.Empty = p.words.T("projects.facet.empty")
		for i := range box.Options {
			o := &box.Options[i]
			o.Shown = p.number(int64(o.Count))
			if o.Unknown {
				o.Label = p.words.T("projects.unknown_code", "code", o.Label)
			}
		}
		if box.More > 0 {
			v := url(f.state.page(1))
			_, query, _ := strings.Cut(v, "?")
			box.MoreURL = route.WithQuery(route.In(p.words.lang, route.ProjectsValues), joinQuery("facet="+string(facet), query))
			box.MoreLabel = p.words.N("projects.facet.more", box.More)
		}
		p.Boxes = append(p.Boxes, box)
	}
	for _, c := range f.chips(f.state) {
		p.Chips = append(p.Chips, chipLink{Facet: c.Facet, Label: c.Label, Unknown: c.Unknown, URL: url(c.Without)})
	}
	for _, name := range []string{viewList, viewTable, viewMap, viewYears} {
		p.Views = append(p.Views, tab{Label: p.words.T("projects.view." + name), URL: url(f.state.view(name)), Current: f.state.View == name})
	}
	if f.state.View == viewList || f.state.View == viewTable {
		for _, s := range sorts {
			p.Sorts = append(p.Sorts, choice{Value: s.name, Label: p.words.T("projects.sort." + s.name), Chosen: f.state.Sort == s.name})
		}
	}
}

func joinQuery(a, b string) string {
	if b == "" {
		return a
	}
	return a + "&" + b
}

func (p *listPage) cards(f *finding, url func(state) string) {
	for _, project := range f.projects {
		p.Cards = append(p.Cards, f.card(p.words, project))
	}
	pages := f.state.pages(p.Total, url)
	p.Pager = &pages
}

func savedLinks(views []savedView, list string) []namedLink {
	var out []namedLink
	for _, v := range views {
		out = append(out, namedLink{v.Name, route.WithQuery(list, v.Query)})
	}
	return out
}

// valuesPage is all values of one facet, with a box to find some.
type valuesPage struct {
	page.Base
	Facet, Heading, Find, Said  string
	Options                     []option
	Hidden, HiddenOthers        []param
	URLBack, URLValues, URLList string
}

// mostOptions bounds the page of values; more have to be found by name.
const mostOptions = 500

// values answers the page of all values of a facet.
func (a *area) values(q *page.Request) error {
	facet := search.Facet(q.Param("facet"))
	if !slices.Contains(facets, facet) {
		return atlas.ErrNotFound
	}
	s := a.read(q)
	v, w := a.vocabulary(q.Lang), a.words(q.Lang)
	query := s.query([]search.Facet{facet})
	query.Limit = 0
	all := v.options(facet, s, a.app.Index().Search(query).Facets[facet])
	p := &valuesPage{Facet: string(facet), Find: strings.TrimSpace(q.Param("hledat"))}
	for _, o := range all {
		if p.Find == "" || o.Chosen || strings.Contains(czech.Fold(o.Label), czech.Fold(p.Find)) {
			o.Shown = w.number(int64(o.Count))
			if o.Unknown {
				o.Label = w.T("projects.unknown_code", "code", o.Label)
			}
			p.Options = append(p.Options, o)
		}
	}
	p.Said = w.N("projects.values.count", len(p.Options))
	if len(p.Options) > mostOptions {
		p.Options = p.Options[:mostOptions]
		p.Said += " " + w.N("projects.values.cut", mostOptions)
	}
	p.Heading = w.T("projects.values.title", "facet", w.T("projects.facet."+string(facet)))
	p.Base = q.Base(p.Heading)
	p.Nav, p.NoIndex = route.Projects, true
	p.Hidden, p.HiddenOthers = s.hidden(paramPage), s.set(facet, nil).hidden(paramPage)
	p.URLBack, p.URLList, p.URLValues = a.url(q.Lang)(s), route.In(q.Lang, route.Projects), route.In(q.Lang, route.ProjectsValues)
	return q.Render(200, "projects/values", p)
}

// suggest answers words and titles while a person types, as options of the
// search box.
func (a *area) suggest(q *page.Request) error {
	words := a.app.Index().Suggest(q.Param(paramText), 8)
	q.W.Header().Set("Cache-Control", "no-cache")
	return q.RenderPart("projects/list", "suggestions", words)
}

// saveView keeps or drops a saved view and goes back to the list.
func (a *area) saveView(q *page.Request) error {
	if err := q.ParseForm(); err != nil {
		return page.ErrBadRequest
	}
	values, err := url.ParseQuery(q.PostForm.Get("zpet"))
	if err != nil {
		values = nil
	}
	s := parseState(values, narrowest(a.app.Places()))
	views, problem := readViews(q.Request), ""
	if name := q.PostForm.Get("jmeno"); q.PostForm.Get("akce") == "smazat" {
		views = dropView(views, name)
	} else {
		views, problem = addView(views, savedView{Name: name, Query: s.Encode()})
	}
	if problem == "" {
		writeViews(q.W, views, strings.HasPrefix(a.site.Config.BaseURL, "https:"))
		q.Flash("success", q.T("projects.views.done"))
	} else {
		q.Flash("error", q.T(problem))
	}
	return q.Redirect(a.url(q.Lang)(s) + "#pohledy")
}

// notKnown is the facet value of what is not known.
const notKnown = app.NotKnown
