package opendata

import (
	"net/http"
	"net/url"

	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// guidePage explains the interface to people, with examples that work on this
// very instance.
type guidePage struct {
	page.Base
	Examples                          []exampleLine
	Files                             []fileLine
	Rows                              []addressRow
	Errors                            []string
	Projects                          int
	URLStart, URLDocument, URLLicence string
	URLCatalogue                      string
}

// exampleLine is a question that can be copied to a command line.
type exampleLine struct{ Text, Command, URL string }

// fileLine is a data set to take away.
type fileLine struct {
	Name  string
	Links []dataset.Link
}

// addressRow is one address of the interface.
type addressRow struct{ Address, Text string }

// guide answers the page.
func (a *area) guide(q *page.Request) error {
	p := guidePage{
		Base: q.Base(q.T("opendata.title")), Projects: a.app.Index().Len(), Errors: page.ProblemKinds(),
		URLStart: route.API, URLDocument: route.APISpecification, URLLicence: licence, URLCatalogue: route.Catalogue,
	}
	p.Nav, p.Description = route.About, q.T("opendata.lead")
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.About), Text: q.T("nav.about")}}
	p.Examples = examples(q)
	for _, k := range keptSets() {
		p.Files = append(p.Files, fileLine{q.T("opendata.dataset." + k.name), dataset.Links(q.Lang, k.name, "")})
	}
	for _, e := range a.endpoints {
		p.Rows = append(p.Rows, addressRow{Address: readable(e.pattern), Text: q.T("opendata.endpoint." + e.id)})
	}
	return q.Render(http.StatusOK, "opendata/guide", p)
}

// readable writes a pattern with a value in it.
func readable(pattern string) string {
	switch pattern {
	case route.APIProject:
		return route.Fill(pattern, "P-00001")
	case route.APIActor:
		return route.Fill(pattern, "A-00001")
	case route.APICall:
		return route.Fill(pattern, "V-00001")
	case route.APIList:
		return route.Fill(pattern, "CL-01")
	case route.APITerritory:
		return route.Fill(pattern, "CZ041")
	}
	return pattern
}

func examples(q *page.Request) []exampleLine {
	line := func(key, path string, values url.Values) exampleLine {
		address := route.WithQuery(path, values.Encode())
		return exampleLine{Text: q.T("opendata.example." + key), Command: "curl '" + q.Origin() + address + "'", URL: address}
	}
	return []exampleLine{
		line("search", route.APIProjects, url.Values{"q": {"čeština"}, "oblast": {"JAZ"}}),
		line("region", route.APIProjects, url.Values{"uzemi": {"CZ041"}, "razeni": {"rok"}, "na_strance": {"100"}}),
		line("facets", route.APIFacets, url.Values{"uzemi": {"CZ041"}, "facet": {"oblast", "zdroj"}}),
		line("one", route.Fill(route.APIProject, "P-00001"), nil),
		line("actors", route.APIActors, url.Values{"typ": {"OBEC"}}),
		line("list", route.Fill(route.APIList, "CL-01"), nil),
		line("places", route.APITerritories, url.Values{"uroven": {"kraj"}}),
	}
}
