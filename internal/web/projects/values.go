package projects

import (
	"slices"
	"strings"

	"atlas"
	"atlas/internal/czech"
	"atlas/internal/search"
	"atlas/internal/web/page"
	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

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
	if !slices.Contains(offered, facet) {
		return atlas.ErrNotFound
	}
	s := a.read(q)
	v, w := a.vocabulary(q.Lang), a.words(q.Lang)
	query := s.query([]search.Facet{facet})
	query.Limit = 0
	p := &valuesPage{Facet: string(facet), Find: strings.TrimSpace(q.Param("hledat"))}
	found := v.matching(facet, s, a.index().Search(query).Facets[facet], p.Find)
	p.Said = w.N("projects.values.count", len(found))
	if len(found) > mostOptions {
		found = mostFrequent(s.Filters[facet], found, mostOptions)
		p.Said += " " + w.N("projects.values.cut", mostOptions)
	}
	for _, o := range v.options(facet, s, found) {
		o.Shown = w.number(int64(o.Count))
		if o.Unknown {
			o.Label = w.T("projects.unknown_code", "code", o.Label)
		}
		p.Options = append(p.Options, o)
	}
	p.Heading = w.T("projects.values.title", "facet", w.T("projects.facet."+string(facet)))
	p.Base = q.Base(p.Heading)
	p.Nav, p.NoIndex = route.Projects, true
	p.Hidden, p.HiddenOthers = s.hidden(question.ParamPage), s.set(facet, nil).hidden(question.ParamPage)
	p.URLBack, p.URLList, p.URLValues = a.url(q.Lang)(s), a.in(q.Lang, route.Projects), a.in(q.Lang, route.ProjectsValues)
	return q.Render(200, "projects/values", p)
}

// matching are the values whose names hold the words looked for, and the chosen
// ones.
func (v vocabulary) matching(f search.Facet, s state, counts []search.FacetCount, find string) []search.FacetCount {
	if find == "" {
		return counts
	}
	find = czech.Fold(find)
	return slices.DeleteFunc(slices.Clone(counts), func(c search.FacetCount) bool {
		label, _ := v.label(f, c.Value)
		return !strings.Contains(czech.Fold(label), find) && !slices.Contains(s.Filters[f], c.Value)
	})
}

// suggest answers words and titles while a person types, as options of the
// search box.
func (a *area) suggest(q *page.Request) error {
	words := a.app.Index().Suggest(q.Param(question.ParamText), 8)
	return q.RenderPart("projects/list", "suggestions", words)
}
