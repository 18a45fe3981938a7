package projects

import (
	"context"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// card is one project in a list.
type card struct {
	ID, URL     string
	Title       []search.Span
	Sample      bool
	Draft       string // name of the record's status when it is not published
	Years       string
	Status      string
	Place       string
	Implementer []namedLink
	Funder      []namedLink
	Areas       []string
	Amount      string
	AmountNote  string // "odhad", "celkové náklady", "bez řádků, které nejsou známé"
	Snippet     []search.Span
}

type namedLink struct{ Text, URL string }

// finding is what the index and the store say to a state: the raw material of
// every view.
type finding struct {
	state    state
	result   search.Result
	projects []*atlas.Project
	day      string // that was asked of, "" = now
	vocabulary
}

// snippetLength is how much of a text a card shows, in characters.
const snippetLength = 220

// find asks for one page. The number of queries to the store does not depend on
// how many projects there are.
func (a *area) find(ctx context.Context, lang string, s state, count []search.Facet) (*finding, error) {
	ask := func() search.Result {
		q := s.narrowed(s.query(count), a.app.Places())
		q.Correct = true
		return a.index().Search(q)
	}
	r := ask()
	if s.clamp(r.Total) {
		r = ask()
	}
	f := &finding{state: s, result: r, vocabulary: a.vocabulary(lang), day: a.day()}
	var err error
	f.projects, err = a.records(ctx, r.Hits)
	return f, err
}

// card makes the entry of a list from a project.
func (f *finding) card(w words, p *atlas.Project) card {
	c := card{
		ID: p.ID, URL: route.In(w.lang, route.At(f.day, route.Fill(route.ProjectShow, p.ID))), Sample: p.Sample, Years: w.years(p), Place: f.place(w, p),
		Title:  search.Highlight(p.Title(w.lang), f.result.Normalised),
		Status: f.status(p),
	}
	if !p.Public() {
		c.Draft = f.lists.Label(atlas.ListRecordStatus, p.RecordStatus, w.lang)
	}
	for _, id := range p.Implementers() {
		c.Implementer = append(c.Implementer, f.actorLink(w, id))
	}
	for i := range p.Funding {
		link := f.actorLink(w, p.Funding[i].Funder)
		if link.Text != "" && !slices.Contains(c.Funder, link) {
			c.Funder = append(c.Funder, link)
		}
	}
	for _, area := range p.Areas {
		c.Areas = append(c.Areas, f.lists.Label(atlas.ListArea, area.Code, w.lang))
	}
	c.Amount, c.AmountNote = f.amount(w, p)
	if text := p.Annotation; text != "" {
		c.Snippet = search.Snippet(text, f.result.Normalised, snippetLength)
	} else if p.Goal != "" {
		c.Snippet = search.Snippet(p.Goal, f.result.Normalised, snippetLength)
	}
	return c
}

// status is the name of the project's status; "" when it is not known.
func (v vocabulary) status(p *atlas.Project) string {
	if p.Status == "" || p.Status == atlas.StatusUnknown {
		return ""
	}
	return v.lists.Label(atlas.ListStatus, p.Status, v.lang)
}

func (f *finding) actorLink(w words, id string) namedLink {
	if id == "" {
		return namedLink{}
	}
	return namedLink{Text: f.actor(id), URL: route.Actor(w.lang, id)}
}

// amount is the money of a project with what has to be said about it.
func (f *finding) amount(w words, p *atlas.Project) (text, note string) {
	a, fromCost, partial := p.Money()
	switch {
	case !a.Known():
		return "", ""
	case fromCost:
		note = w.T("projects.from_cost")
	case partial:
		note = w.T("projects.partial")
	case a.State == atlas.AmountEstimate:
		note = w.T("projects.estimate")
	}
	return w.amount(a, "CZK"), note
}

// place is where a project works: up to two places by name, or the scope.
func (f *finding) place(w words, p *atlas.Project) string {
	switch n := len(p.Territories); {
	case n == 1:
		return f.places.Label(p.Territories[0].Territory)
	case n == 2:
		return f.places.Label(p.Territories[0].Territory) + ", " + f.places.Label(p.Territories[1].Territory)
	case n > 2:
		return w.N("projects.more_places", n-1, "place", f.places.Label(p.Territories[0].Territory))
	case p.PlaceText != "":
		return p.PlaceText
	case p.Country != "" && p.Country != "CZ":
		return f.lists.Label(atlas.ListCountry, p.Country, w.lang)
	case p.Scope == atlas.ScopeCountry || p.Scope == atlas.ScopeRegions:
		return f.lists.Label(atlas.ListScope, p.Scope, w.lang)
	}
	return ""
}

type param struct{ Name, Value string }

// hidden gives the state as fields of a form, without the named parameters.
func (s state) hidden(without ...string) []param {
	var out []param
	add := func(name, value string) {
		if !slices.Contains(without, name) {
			out = append(out, param{name, value})
		}
	}
	if s.Text != "" {
		add(question.ParamText, s.Text)
	}
	for _, f := range facets {
		for _, v := range s.Filters[f] {
			add(string(f), v)
		}
	}
	if s.Sort != sorts[0].Name {
		add(question.ParamSort, s.Sort)
	}
	if s.View != viewList {
		add(question.ParamView, s.View)
	}
	if s.Page > 1 {
		add(question.ParamPage, strconv.Itoa(s.Page))
	}
	return out
}

// way is one thing to drop from a question that found nothing, and how many
// projects that gives.
type way struct {
	Label string
	Count int
	URL   string
}

// ways counts what dropping each part of the question would give, the most
// helpful first.
func (a *area) ways(w words, f *finding, url func(state) string) []way {
	var out []way
	try := func(label string, s state) {
		q := s.query(nil)
		q.Limit = 0
		if n := a.index().Search(q).Total; n > 0 {
			out = append(out, way{Label: label, Count: n, URL: url(s)})
		}
	}
	if f.state.Text != "" {
		try(w.T("projects.drop_words", "text", f.state.Text), f.state.text(""))
	}
	for _, facet := range facets {
		if f.state.has(facet) {
			try(w.T("projects.drop_facet", "facet", w.T("projects.facet."+string(facet))), f.state.set(facet, nil))
		}
	}
	slices.SortStableFunc(out, func(a, b way) int { return b.Count - a.Count })
	return out
}
