package actors

import (
	"net/url"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/search"
	"atlas/internal/web/dataset"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// pageSize is how many actors a page of the list shows.
const pageSize = 50

// Parameters of the list.
const (
	paramText   = "q"
	paramType   = "typ"
	paramRegion = "kraj"
	paramPage   = "strana"
)

// question is what the list was asked.
type question struct {
	Text, Type, Region string
}

func (s question) values() url.Values {
	v := url.Values{}
	for name, value := range map[string]string{paramText: s.Text, paramType: s.Type, paramRegion: s.Region} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return v
}

func (s question) url(lang string, page int) string {
	v := s.values()
	if page > 1 {
		v.Set(paramPage, strconv.Itoa(page))
	}
	return route.WithQuery(route.In(lang, route.Actors), v.Encode())
}

// listPage is the list of actors.
type listPage struct {
	page.Base
	Asked           question
	Notes           []string
	Total           int
	Types, Regions  []option
	Rows            []row
	Pager           pager.Pager
	Exports         []dataset.Link
	URLList, URLNew string
}

// CanWrite says whether the reader may add actors, at least as proposals.
func (p listPage) CanWrite() bool { return p.Viewer.May(atlas.RightPropose) }

// Narrowed says whether anything was asked for.
func (p listPage) Narrowed() bool { return p.Asked != question{} }

// option is one choice of a filter with the number of actors it would give.
type option struct {
	Value, Label string
	Count        int
	Chosen       bool
}

// row is one actor in the list.
type row struct {
	ID, Name, URL   string
	Type, ICO, City string
	Country         string // where it is abroad
	Places          []string
	MorePlaces      int
	Generic, Sample bool
	Draft           string // name of the record's status when it is not published
	// Implements and Funds are numbers of published projects, exact.
	Implements, Funds       int
	URLImplements, URLFunds string
}

// list answers the list of actors.
func (a *area) list(q *page.Request) error {
	if led, err := q.ToDay(); led {
		return err
	}
	all, err := a.directory.list(q.Context(), q.Lang)
	if err != nil {
		return err
	}
	t := a.teller(q.Lang)
	p := &listPage{Base: q.Base(q.T("actors.title")), URLList: route.In(q.Lang, route.Actors), URLNew: route.In(q.Lang, route.ActorNew)}
	p.Nav, p.Description = route.Actors, q.T("actors.lead")
	p.ask(t, q)
	found := p.narrow(t, q.Viewer, all)
	p.Total = len(found)
	p.Pager = pager.New(p.Total, pager.Number(q.Param(paramPage)), pageSize, func(n int) string { return p.Asked.url(q.Lang, n) })
	p.rows(t, pager.Of(p.Pager, found))
	p.Exports = dataset.Links(q.Lang, dataset.Actors, p.Asked.values().Encode())
	p.NoIndex = p.Narrowed()
	return q.Render(200, "actors/list", p)
}

// ask reads the question; codes that no list has are left out, and it is said.
func (p *listPage) ask(t teller, q *page.Request) {
	p.Asked = question{Text: q.Param(paramText), Type: q.Param(paramType), Region: q.Param(paramRegion)}
	if p.Asked.Type != "" && !t.app.Lists().Has(atlas.ListActorType, p.Asked.Type) {
		p.Notes = append(p.Notes, t.T("actors.note.type", "value", p.Asked.Type))
		p.Asked.Type = ""
	}
	place, ok := t.app.Places().Get(p.Asked.Region)
	if p.Asked.Region != "" && (!ok || place.Level != atlas.LevelRegion && place.Level != atlas.LevelCountry) {
		p.Notes = append(p.Notes, t.T("actors.note.region", "value", p.Asked.Region))
		p.Asked.Region = ""
	}
}

// narrow keeps the actors asked for and counts what each choice of a filter
// would give beside the other filter.
func (p *listPage) narrow(t teller, v atlas.Viewer, all []*entry) []*entry {
	look := lookFor(p.Asked.Text)
	types, regions := map[string]int{}, map[string]int{}
	var found []*entry
	for _, e := range all {
		if !atlas.Can(v, atlas.RightRead, e.subject()) || !look.finds(e) {
			continue
		}
		typed := p.Asked.Type == "" || e.kind == p.Asked.Type
		there := p.Asked.Region == "" || slices.Contains(e.regions, p.Asked.Region)
		if there {
			types[e.kind]++
		}
		if typed {
			for _, code := range slices.Compact(slices.Sorted(slices.Values(e.regions))) {
				regions[code]++
			}
		}
		if typed && there {
			found = append(found, e)
		}
	}
	p.options(t, types, regions)
	return found
}

func (p *listPage) options(t teller, types, regions map[string]int) {
	if l, ok := t.app.Lists().List(atlas.ListActorType); ok {
		for _, it := range l.Items {
			if chosen := it.Code == p.Asked.Type; types[it.Code] > 0 || chosen {
				p.Types = append(p.Types, option{it.Code, t.label(l.Code, it.Code), types[it.Code], chosen})
			}
		}
	}
	add := func(code string) {
		if chosen := code == p.Asked.Region; regions[code] > 0 || chosen {
			p.Regions = append(p.Regions, option{code, t.place(code), regions[code], chosen})
		}
	}
	for _, kraj := range t.app.Places().Children("CZ", atlas.LevelRegion) {
		add(kraj.Code)
	}
	add("CZ")
}

// shownPlaces is how many places of work a row names.
const shownPlaces = 2

// rows writes the page. The projects of all its actors are counted by one
// search.
func (p *listPage) rows(t teller, found []*entry) {
	ids := make([]string, len(found))
	for i, e := range found {
		ids[i] = e.id
	}
	implements, funds := counts(t, ids)
	for _, e := range found {
		r := row{
			ID: e.id, Name: e.named(t.lang), URL: route.Actor(t.lang, e.id), ICO: e.ico, City: e.city,
			Generic: e.generic, Sample: e.Sample, Implements: implements[e.id], Funds: funds[e.id],
			URLImplements: route.ProjectsBy(t.lang, string(search.FacetImplementer), e.id),
			URLFunds:      route.ProjectsBy(t.lang, string(search.FacetFunder), e.id),
		}
		if e.kind != "" {
			r.Type = t.label(atlas.ListActorType, e.kind)
		}
		if !e.Public() {
			r.Draft = t.label(atlas.ListRecordStatus, e.RecordStatus)
		}
		if e.country != "" && e.country != "CZ" {
			r.Country = t.label(atlas.ListCountry, e.country)
		}
		for _, code := range e.territories[:min(len(e.territories), shownPlaces)] {
			r.Places = append(r.Places, t.place(code))
		}
		r.MorePlaces = len(e.territories) - len(r.Places)
		p.Rows = append(p.Rows, r)
	}
}

// counts says how many published projects each actor carries out and funds.
func counts(t teller, ids []string) (implements, funds map[string]int) {
	facets := []search.Facet{search.FacetImplementer, search.FacetFunder}
	found := t.app.Index().Search(search.Query{
		Count: facets, Only: map[search.Facet][]string{facets[0]: ids, facets[1]: ids},
	}).Facets
	implements, funds = map[string]int{}, map[string]int{}
	for _, c := range found[facets[0]] {
		implements[c.Value] = c.Count
	}
	for _, c := range found[facets[1]] {
		funds[c.Value] = c.Count
	}
	return implements, funds
}

// mostSuggested is how many actors are suggested while a person types.
const mostSuggested = 12

// suggest answers the options of a field that takes an actor.
func (a *area) suggest(q *page.Request) error {
	all, err := a.directory.list(q.Context(), q.Lang)
	if err != nil {
		return err
	}
	return q.RenderPart("actors/list", "suggestions", suggestions(q.Viewer, all, q.Lang, q.Param(paramText)))
}

// suggestions are names with codes in brackets, those first that begin as the
// text does.
func suggestions(v atlas.Viewer, all []*entry, lang, text string) []string {
	look := lookFor(text)
	if len(look.words) == 0 {
		return nil
	}
	var first, then []string
	for _, e := range all {
		if !atlas.Can(v, atlas.RightRead, e.subject()) || !look.finds(e) {
			continue
		}
		named := words(e.named(lang))
		if len(named) > 0 && len(named[0]) >= len(look.words[0]) && named[0][:len(look.words[0])] == look.words[0] {
			first = append(first, form.Coded(e.named(lang), e.id))
		} else {
			then = append(then, form.Coded(e.named(lang), e.id))
		}
	}
	out := append(first, then...)
	return out[:min(len(out), mostSuggested)]
}
