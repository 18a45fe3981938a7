package home

import (
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// aboutPage says what the database is, how it counts, and how much it does not
// know.
type aboutPage struct {
	page.Base
	Total   int
	Gaps    []gap
	URLList string
	Sets    []dataSet
	Editing bool

	Lead, Contact []page.Paragraph
}

// gap is one thing that is not known of some projects.
type gap struct {
	Label, URL string
	Count      int
}

// dataSet is one set of data that can be taken away.
type dataSet struct {
	Name, What string // what one row of it is
	URL        string // the page where a part of it can be chosen
	Files      []dataset.Link
}

// sets are all data sets: records as files, code lists on pages of their own.
func sets(q *page.Request) []dataSet {
	var out []dataSet
	for _, s := range []struct{ name, page string }{
		{dataset.Projects, route.Projects}, {dataset.Funding, route.Projects}, {dataset.Indicators, route.Projects},
		{dataset.Actors, route.Actors}, {dataset.Calls, route.Calls}, {dataset.Needs, route.Needs},
		{dataset.Evaluations, route.Evaluations}, {dataset.Practices, route.Practices}, {dataset.Transfers, route.Transfers},
	} {
		out = append(out, dataSet{
			Name: q.T("home.set." + s.name), What: q.T("home.set." + s.name + ".row"),
			URL: route.In(q.Lang, s.page), Files: dataset.Links(q.Lang, s.name, ""),
		})
	}
	return append(out, dataSet{Name: q.T("home.set.lists"), What: q.T("home.set.lists.row"), URL: route.In(q.Lang, route.Lists)})
}

// asked are the things whose gaps the page names, with their value for unknown.
var asked = []search.Facet{
	search.FacetAmountBand, search.FacetPeopleBand, search.FacetYear, search.FacetTerritory,
	search.FacetArea, search.FacetTargetLegal, search.FacetActivity, search.FacetFunder, search.FacetStatus,
}

func (a *area) about(q *page.Request) error {
	only := map[search.Facet][]string{}
	for _, f := range asked {
		only[f] = []string{app.NotKnown}
	}
	r := a.app.Index().Search(search.Query{Count: asked, Only: only})
	p := aboutPage{Base: q.Base(q.T("home.about.title")), Total: r.Total, Editing: q.Viewer.May(atlas.RightPublish)}
	p.Nav, p.Description = route.About, q.T("home.about.lead")
	p.Lead, p.Contact = page.Prose(a.words(q, app.TextAboutLead)), page.Prose(a.words(q, app.TextContact))
	p.URLList = route.In(q.Lang, route.Projects)
	p.Sets, p.Catalogue = sets(q), route.Catalogue
	for _, f := range asked {
		g := gap{Label: q.T("home.gap." + string(f)), URL: route.ProjectsBy(q.Lang, string(f), app.NotKnown)}
		for _, c := range r.Facets[f] {
			if c.Value == app.NotKnown {
				g.Count = c.Count
			}
		}
		p.Gaps = append(p.Gaps, g)
	}
	return q.Render(http.StatusOK, "home/about", p)
}
