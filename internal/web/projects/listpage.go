package projects

import (
	"slices"
	"strings"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/web/chart"
	"atlas/internal/web/dataset"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/question"
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
	Sorts     []form.Choice
	Cards     []card
	Map       *mapView
	Years     *yearsView
	Pager     *pager.Pager
	Ways      []way
	Day       *theDay // that the page was asked of; nil = now
	Drafts    []card  // for editors: records that readers do not see
	Saved     []namedLink
	Exports   []takeaway
	ViewsOpen bool

	DidYouMean, DidYouMeanURL string

	URLList, URLBare, URLSuggest, URLViews, URLFeed, URLFollow, URLNew string
	// The state as hidden fields, for the forms that change one part of it.
	HiddenForSearch, HiddenForFilters, HiddenForSort, HiddenForPage, HiddenForDay []param
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

// MayPropose says whether the reader may add projects, at least as proposals.
func (p listPage) MayPropose() bool { return p.Day == nil && p.Viewer.May(atlas.RightPropose) }

// CanWrite says whether the reader decides about projects.
func (p listPage) CanWrite() bool { return p.Day == nil && p.Viewer.May(atlas.RightPublish) }

// DraftsCut says that there may be more drafts than are shown.
func (p listPage) DraftsCut() bool { return len(p.Drafts) == mostDrafts }

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
	return func(s state) string { return route.WithQuery(a.in(lang, route.Projects), s.Encode()) }
}

// read reads the state of the list from the address.
func (a *area) read(q *page.Request) state {
	return parseState(q.URL.Query(), question.Narrowest(a.app.Places()))
}

// list answers the list in each of its views.
func (a *area) list(q *page.Request) error {
	if led, err := q.ToDay(); led {
		return err
	}
	s := a.read(q)
	f, err := a.find(q.Context(), q.Lang, s, offered)
	if err != nil {
		return err
	}
	w := a.words(q.Lang)
	p := &listPage{Base: q.Base(a.named(q.Lang, f.state, "projects.title", "projects.title_for")), words: w, State: f.state, Total: f.result.Total}
	p.ViewsOpen = p.Query.Has("pohledy")
	p.Nav, p.Wide, p.Query = route.Projects, true, f.state.values()
	p.addresses(f.state, a.in, a.url(q.Lang))
	if p.Day, err = a.theDay(q, f.state); err != nil {
		return err
	}
	if p.Day != nil {
		p.Exports = []takeaway{{w.T("projects.export." + dataset.Projects), dataset.TablesAt(q.Lang, a.day(), dataset.Projects, f.state.view(viewList).Encode())}}
	}
	p.say(f)
	p.filters(f, a.in, a.url(q.Lang))
	if p.CanWrite() && f.state.empty() {
		if p.Drafts, err = a.drafts(q, w, f); err != nil {
			return err
		}
	}
	if p.Day == nil {
		p.Feed, p.Saved = p.URLFeed, savedLinks(readViews(q.Kept(page.CookieViews)), p.URLList)
	} else {
		p.Title, p.NoIndex = p.Day.Title, true
	}
	switch {
	case p.Total == 0:
		p.Ways = a.ways(w, f, a.url(q.Lang))
	case f.state.View == viewMap:
		m := f.mapView(w, a.outlines(), a.url(q.Lang))
		p.Map = &m
	case f.state.View == viewYears:
		y := f.yearsView(w, a.year(), a.url(q.Lang))
		p.Years = &y
	default:
		p.cards(f, a.url(q.Lang))
	}
	return q.Render(200, "projects/list", p)
}

// mostDrafts is how many records that readers do not see an editor is shown.
const mostDrafts = 50

// drafts lists the records that readers do not see, the last changed first, so
// that what was saved unfinished can be found again.
func (a *area) drafts(q *page.Request, w words, f *finding) ([]card, error) {
	ids, err := a.app.Reader().Unpublished(q.Context(), mostDrafts)
	if err != nil {
		return nil, err
	}
	found, err := a.app.Reader().Projects(q.Context(), ids)
	var out []card
	for _, p := range found {
		out = append(out, f.card(w, p))
	}
	return out, err
}

// named is a title that says what the list is narrowed to, so that tabs,
// bookmarks and feeds can be told apart.
func (a *area) named(lang string, s state, whole, narrowed string) string {
	var what []string
	if s.Text != "" {
		what = append(what, a.words(lang).T("projects.quoted", "text", s.Text))
	}
	for _, c := range a.vocabulary(lang).chips(s) {
		what = append(what, c.Label)
	}
	if len(what) == 0 {
		return a.words(lang).T(whole)
	}
	return a.words(lang).T(narrowed, "what", strings.Join(what[:min(len(what), mostNamed)], ", "))
}

// mostNamed is how many conditions a title names.
const mostNamed = 4

// takeaway is one data set of the result in every format.
type takeaway struct {
	Text  string
	Files []dataset.Link
}

func (p *listPage) addresses(s state, in func(lang, path string) string, url func(state) string) {
	lang := p.words.lang
	p.URLList, p.URLBare = in(lang, route.Projects), url(s.bare())
	p.URLSuggest, p.URLViews = route.In(lang, route.ProjectsSuggest), route.In(lang, route.ProjectsViews)
	p.URLNew = route.In(lang, route.ProjectNew)
	plain := s.view(viewList).sort(sorts[0].Name)
	p.URLFeed = route.WithQuery(route.In(lang, route.ProjectsFeed), plain.Encode())
	p.URLFollow = p.Follow("hledani", plain.Encode())
	for _, name := range []string{dataset.Projects, dataset.Funding, dataset.Indicators} {
		p.Exports = append(p.Exports, takeaway{p.words.T("projects.export." + name), dataset.Links(lang, name, s.view(viewList).Encode())})
	}
	p.HiddenForSearch = s.hidden(question.ParamText, question.ParamPage)
	p.HiddenForDay = s.hidden(question.ParamPage)
	p.HiddenForSort = s.hidden(question.ParamSort, question.ParamPage)
	p.HiddenForFilters = s.bare().hidden()
	if s.Text != "" {
		p.HiddenForFilters = append([]param{{question.ParamText, s.Text}}, p.HiddenForFilters...)
	}
	for _, code := range s.Filters[search.FacetCoverage] { // has no box to be ticked in
		p.HiddenForFilters = append(p.HiddenForFilters, param{string(search.FacetCoverage), code})
	}
}

// say writes the sentences over the list: how many, how much money, what could
// not be taken as written, what was probably meant.
func (p *listPage) say(f *finding) {
	if p.Heading = p.words.N("projects.found", p.Total); p.Total == 0 {
		p.Heading = p.words.T("projects.found_none")
	}
	sum := f.result.Amount
	p.SumLine = p.words.N("projects.sum", sum.Known, "sum", p.amount(atlas.Amount{Minor: sum.Minor, State: atlas.AmountKnown}, "CZK"))
	if sum.Known == 0 {
		p.SumLine = p.words.T("projects.sum_none")
	}
	if sum.Estimates > 0 {
		p.SumLine += " " + p.words.N("projects.sum_estimates", sum.Estimates)
	}
	if sum.Unknown > 0 {
		p.SumLine += " " + p.words.N("projects.sum_unknown", sum.Unknown)
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
func (p *listPage) filters(f *finding, in func(lang, path string) string, url func(state) string) {
	for i, facet := range offered {
		box := f.box(facet, f.state, f.result.Facets[facet], f.result.Distinct[facet], i < openFacets)
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
			box.MoreURL = route.WithQuery(in(p.words.lang, route.ProjectsValues), joinQuery("facet="+string(facet), query))
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
	if p.Day == nil {
		p.Views = append(p.Views, tab{Label: p.words.T("projects.view.coverage"), URL: coverageOf(p.words.lang, f.state)})
	}
	if f.state.View == viewList || f.state.View == viewTable {
		p.Sorts = p.orders(f.state)
	}
}

// coverageOf is the matrix of coverage over the projects found. Years become its
// span; rows of a matrix it is asked from are not asked again.
func coverageOf(lang string, s state) string {
	q := s.Question.Values()
	q.Del(string(search.FacetCoverage))
	q.Del(string(search.FacetYear))
	q.Del(question.ParamSort)
	years := slices.DeleteFunc(slices.Clone(s.Filters[search.FacetYear]), func(y string) bool { return !question.IsNumber(y) })
	if len(years) > 0 {
		q.Set("od", slices.Min(years))
		q.Set("do", slices.Max(years))
	}
	return route.WithQuery(route.In(lang, route.Coverage), q.Encode())
}

// orders are the ways to sort. Without words nothing is more relevant: the index
// then gives the newly added first, and so the list calls it.
func (p *listPage) orders(s state) []form.Choice {
	known, now := sorts, s.Sort
	if s.Text == "" {
		known = known[1:]
		if now == sorts[0].Name {
			now = question.Newest
		}
	}
	var out []form.Choice
	for _, o := range known {
		out = append(out, form.Choice{Value: o.Name, Label: p.words.T("projects.sort." + o.Name), Chosen: o.Name == now})
	}
	return out
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
	pages := pager.New(p.Total, f.state.Page, pageSize, func(n int) string { return url(f.state.page(n)) })
	p.Pager, p.HiddenForPage = &pages, f.state.hidden(question.ParamPage)
}
