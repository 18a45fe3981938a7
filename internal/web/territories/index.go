package territories

import (
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/search"
	"atlas/internal/web/chart"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// paramText is what is looked for.
const paramText = "q"

// indexPage is the tree of territories and the search of one.
type indexPage struct {
	page.Base
	Asked                     string
	Choices                   []choice
	More                      bool // there are more choices than shown
	Searched                  bool
	Regions                   []branch
	Map                       chart.Map
	Total                     int
	Wide, Nowhere             line // projects of the whole country, of no known place
	Loaded                    int  // municipalities that the register holds
	Register                  bool // whether that can be all of them
	URLHere, URLSuggest       string
	CountDistricts, CountORPs int
}

// choice is one territory that the text can mean.
type choice struct {
	line
	Within string // what it lies in
}

// branch is one kraj with what lies in it.
type branch struct {
	line
	Districts, ORPs []line
}

// wholeRegister is how many municipalities tell that the register is loaded;
// there are 6 258 of them.
const wholeRegister = 6000

// mostChoices is how many readings of a text are offered.
const mostChoices = 40

// index answers the tree; with a text it goes to the one territory of that name
// or offers the choices.
func (a *area) index(q *page.Request) error {
	t := a.teller(q.Lang)
	asked := strings.TrimSpace(q.Param(paramText))
	found := a.find(asked)
	if len(found) == 1 {
		return q.Redirect(route.Territory(q.Lang, found[0].Code))
	}
	p := &indexPage{
		Base: q.Base(q.T("territories.title")), Asked: asked, Searched: asked != "",
		URLHere: route.In(q.Lang, route.Territories), URLSuggest: route.In(q.Lang, route.PlacesSuggest),
	}
	p.Nav, p.Description, p.NoIndex = route.Territories, q.T("territories.lead"), p.Searched
	p.Loaded = len(a.app.Places().Children("CZ", atlas.LevelMunicipality))
	p.Register = p.Loaded >= wholeRegister
	p.tree(t, a.outlines())
	p.choices(t, found)
	return q.Render(200, "territories/index", p)
}

// find gives the territories a text can mean: what it says exactly, else those
// whose names have a word that begins so.
func (a *area) find(text string) []atlas.Territory {
	g := a.app.Places()
	if place, ok := g.Get(form.Code(text)); ok {
		return []atlas.Territory{place}
	}
	if found := g.Recognise(text); len(found) > 0 {
		return found
	}
	return g.Prefix(text, mostChoices+1)
}

func (p *indexPage) choices(t teller, found []atlas.Territory) {
	if p.More = len(found) > mostChoices; p.More {
		found = found[:mostChoices]
	}
	codes := make([]string, len(found))
	for i, place := range found {
		codes[i] = place.Code
	}
	counts := t.counts(codes)
	for _, place := range found {
		var within []string
		for _, up := range t.app.Places().Ancestors(place.Code) {
			if up.Level != atlas.LevelORP && up.Name != place.Name {
				within = append(within, t.app.Places().Label(up.Code))
			}
		}
		p.Choices = append(p.Choices, choice{t.line(place, counts), strings.Join(within, ", ")})
	}
}

// counts says how many projects there are in some territories.
func (t teller) counts(codes []string) map[string]int {
	if len(codes) == 0 {
		return nil
	}
	return tally(t.app.Index().Search(search.Query{
		Count: []search.Facet{search.FacetTerritory}, Only: map[search.Facet][]string{search.FacetTerritory: codes},
	}), search.FacetTerritory)
}

// tree fills the page by one search.
func (p *indexPage) tree(t teller, outlines []chart.Outline) {
	g := t.app.Places()
	r := t.app.Index().Search(search.Query{Count: []search.Facet{search.FacetTerritory}})
	counts := tally(r, search.FacetTerritory)
	p.Total = r.Total
	p.Map = chart.Map{ID: "mapa", Title: t.T("territories.map"), Desc: t.T("territories.map_desc"), Outlines: outlines}
	for _, kraj := range g.Children("CZ", atlas.LevelRegion) {
		b := branch{
			line:      t.line(kraj, counts),
			Districts: t.lines(g.Children(kraj.Code, atlas.LevelDistrict), counts),
			ORPs:      t.lines(g.Children(kraj.Code, atlas.LevelORP), counts),
		}
		p.CountDistricts += len(b.Districts)
		p.CountORPs += len(b.ORPs)
		p.Regions = append(p.Regions, b)
		p.Map.Regions = append(p.Map.Regions, chart.Region{
			Code: kraj.Code, Value: b.Count, Text: t.number(b.Count), Name: b.Name + ": " + t.projects(b.Count), Href: b.URL,
		})
	}
	list := func(code, name string) line {
		return line{Code: code, Name: t.T(name), Count: counts[code], URL: route.ProjectsBy(t.lang, string(search.FacetTerritory), code)}
	}
	p.Wide, p.Nowhere = list("CZ", "territories.wide"), list(app.NotKnown, "territories.nowhere")
}
