package home

import (
	"net/http"

	"atlas/internal/app"
	"atlas/internal/search"
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
	URLCSV  string
	URLJSON string
	Editing bool
}

// gap is one thing that is not known of some projects.
type gap struct {
	Label, URL string
	Count      int
}

// asked are the things whose gaps the page names, with their value for unknown.
var asked = []search.Facet{
	search.FacetAmountBand, search.FacetPeopleBand, search.FacetYear, search.FacetTerritory,
	search.FacetArea, search.FacetTargetLegal, search.FacetActivity, search.FacetFunder, search.FacetStatus,
}

func (a *area) about(q *page.Request) error {
	r := a.app.Index().Search(search.Query{Count: asked})
	p := aboutPage{Base: q.Base(q.T("home.about.title")), Total: r.Total, Editing: q.Viewer.Write}
	p.Nav, p.Description = route.About, q.T("home.about.lead")
	p.URLList = route.In(q.Lang, route.Projects)
	p.URLCSV = route.In(q.Lang, route.Fill(route.ProjectsExport, "projekty.csv"))
	p.URLJSON = route.In(q.Lang, route.Fill(route.ProjectsExport, "projekty.json"))
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
