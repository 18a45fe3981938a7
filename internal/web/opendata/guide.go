package opendata

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"atlas"
	"atlas/internal/search"
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

// addressRow is one address of the interface, with a code in it that is there;
// "" where there is no such record yet.
type addressRow struct{ Address, Text string }

// guide answers the page.
func (a *area) guide(q *page.Request) error {
	with, err := a.samples(q.Context())
	if err != nil {
		return err
	}
	p := guidePage{
		Base: q.Base(q.T("opendata.title")), Projects: a.app.Index().Len(), Errors: page.ProblemKinds(),
		URLStart: route.API, URLDocument: route.APISpecification, URLLicence: licence, URLCatalogue: route.Catalogue,
	}
	p.Nav, p.Description = route.About, q.T("opendata.lead")
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.About), Text: q.T("nav.about")}}
	p.Examples = examples(q, with)
	for _, k := range keptSets() {
		p.Files = append(p.Files, fileLine{q.T("opendata.dataset." + k.name), dataset.Links(q.Lang, k.name, "")})
	}
	for _, e := range a.endpoints {
		p.Rows = append(p.Rows, addressRow{Address: with.fill(e.pattern), Text: q.T("opendata.endpoint." + e.id)})
	}
	return q.Render(http.StatusOK, "opendata/guide", p)
}

// samples are codes of records that are there, for examples; "" where there is
// no record of the kind.
type samples struct{ project, actor, call, need, practice, source, evaluation, transfer string }

// errFound ends a stream of records.
var errFound = errors.New("found")

func (a *area) samples(ctx context.Context) (samples, error) {
	var s samples
	if hits := a.app.Index().Search(search.Query{Sort: search.SortYear, Limit: 1}).Hits; len(hits) > 0 {
		s.project = hits[0]
	}
	actors, err := a.actors.list(ctx)
	if err != nil {
		return s, err
	}
	if len(actors) > 0 {
		s.actor = actors[0].id
	}
	err = a.app.Reader().EachCall(ctx, func(c *atlas.Call) error {
		if !c.Public() {
			return nil
		}
		s.call = c.ID
		return errFound
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	if err == nil {
		err = a.app.Reader().EachNeed(ctx, func(n *atlas.Need) error {
			if !n.Public() {
				return nil
			}
			s.need = n.ID
			return errFound
		})
		if errors.Is(err, errFound) {
			err = nil
		}
	}
	if err == nil {
		book, failed := a.app.Practices(ctx)
		for _, p := range book.All {
			if s.practice == "" && p.Public() {
				s.practice = p.ID
			}
		}
		err = failed
	}
	if err == nil {
		err = a.app.Reader().EachReplication(ctx, func(r *atlas.Replication) error {
			if !r.Public() {
				return nil
			}
			s.transfer = r.ID
			return errFound
		})
		if errors.Is(err, errFound) {
			err = nil
		}
	}
	if all := a.app.Completeness().All(); len(all) > 0 {
		s.source = all[0].ID
	}
	if err == nil {
		err = a.app.Reader().EachEvaluation(ctx, func(e *atlas.Evaluation) error {
			if !e.Public() {
				return nil
			}
			s.evaluation = e.ID
			return errFound
		})
		if errors.Is(err, errFound) {
			err = nil
		}
	}
	return s, err
}

// fill writes a pattern with a value in it; "" where there is none.
func (s samples) fill(pattern string) string {
	if !strings.Contains(pattern, "{") {
		return pattern
	}
	value := map[string]string{
		route.APIProject: s.project, route.APIActor: s.actor, route.APICall: s.call, route.APIList: atlas.ListArea, route.APITerritory: "CZ041",
		route.APINeed: s.need, route.APIPractice: s.practice, route.APIReplication: s.transfer, route.APISource: s.source, route.APIEvaluation: s.evaluation,
		route.APIDataset: atlas.DatasetForeigners, route.APIDatasetValues: atlas.DatasetForeigners, route.APIDatasetTerritory: atlas.DatasetForeigners,
	}[pattern]
	if value == "" {
		return ""
	}
	if pattern = route.Fill(pattern, value); strings.Contains(pattern, "{") {
		pattern = route.Fill(pattern, "CZ041")
	}
	return pattern
}

func examples(q *page.Request, with samples) []exampleLine {
	var out []exampleLine
	add := func(key, path string, values url.Values) {
		if path == "" {
			return
		}
		address := route.WithQuery(path, values.Encode())
		out = append(out, exampleLine{Text: q.T("opendata.example." + key), Command: "curl '" + q.Origin() + address + "'", URL: address})
	}
	add("search", route.APIProjects, url.Values{"q": {"čeština"}, "oblast": {"JAZ"}})
	add("region", route.APIProjects, url.Values{"uzemi": {"CZ041"}, "razeni": {"rok"}, "na_strance": {"100"}})
	add("facets", route.APIFacets, url.Values{"uzemi": {"CZ041"}, "facet": {"oblast", "zdroj"}})
	add("both", route.APIProjects, url.Values{"uzemi": {"CZ041"}, "facet": {"oblast", "zdroj"}})
	add("one", with.fill(route.APIProject), nil)
	add("actors", route.APIActors, url.Values{"typ": {"OBEC"}})
	add("list", with.fill(route.APIList), nil)
	add("needs", route.APINeeds, url.Values{"uzemi": {"CZ041"}})
	add("values", with.fill(route.APIDatasetValues), url.Values{"uroven": {"okres"}, "lezi_v": {"CZ041"}})
	add("figures", with.fill(route.APIDatasetTerritory), url.Values{"obcanstvi": {"UA"}})
	add("places", route.APITerritories, url.Values{"uroven": {"kraj"}})
	return out
}
