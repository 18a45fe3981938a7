package territories

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/export"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/store"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// paramPlace names a territory in the comparison, as often as there are territories.
const paramPlace = "uzemi"

// mostCompared is how many territories stand side by side.
const mostCompared = 4

// comparePage is territories side by side.
type comparePage struct {
	page.Base
	Fields              []compareField
	More                bool     // more were asked for than are compared
	Offered             []string // in the list of the fields before anybody types
	Places              []line
	Rows                []compareRow
	URLHere, URLSuggest string
	URLCSV              string
	Day                 string
}

// compareField is one field of the form with what is wrong with it.
type compareField struct {
	ID, Label, Value string
	Problem          string
	Choices          []line // readings of a name that several territories have, or names like it
}

// compareRow is one number of all territories.
type compareRow struct {
	Label string
	Cells []factView
}

// compare answers the comparison, with an empty form when nothing was asked.
func (a *area) compare(q *page.Request) error {
	p, _, err := a.compared(q)
	if err != nil {
		return err
	}
	return q.Render(http.StatusOK, "territories/compare", p)
}

// compareCSV answers the same numbers as a file: a row for each number of each
// territory, with its sources.
func (a *area) compareCSV(q *page.Request) error {
	p, places, err := a.compared(q)
	if err != nil {
		return err
	}
	if len(places) == 0 {
		return atlas.ErrNotFound
	}
	table := export.Table{Rows: func(yield func([]string, error) bool) {
		for _, row := range p.Rows {
			for i, c := range row.Cells {
				var grounds []string
				for _, g := range c.Grounds {
					grounds = append(grounds, g.Text)
				}
				if !yield([]string{places[i].Code, p.Places[i].Name, c.Key, row.Label, c.Plain, c.Note, strings.Join(grounds, "; ")}, nil) {
					return
				}
			}
		}
	}}
	for _, key := range []string{"territory", "name", "fact_code", "fact", "value", "note", "sources"} {
		table.Columns = append(table.Columns, export.Column{Key: key, Label: q.T("territories.beside.column." + key)})
	}
	format, _ := export.ByName("csv")
	q.Attach(format.MediaType, "uzemi"+format.Extension)
	return format.Write(q.W, table)
}

// compared reads what was asked for: codes, or names as people write them.
func (a *area) compared(q *page.Request) (*comparePage, []atlas.Territory, error) {
	t := a.teller(q.Lang)
	p := &comparePage{
		Base: q.Base(q.T("territories.beside_title")), URLHere: route.In(q.Lang, route.TerritoryCompare), URLSuggest: route.In(q.Lang, route.PlacesSuggest),
		Day: i18n.Day(q.Lang, a.app.Now()),
	}
	p.Nav, p.Wide, p.NoIndex = route.Territories, true, true
	p.Breadcrumb = []page.Link{{URL: route.In(q.Lang, route.Territories), Text: q.T("territories.title")}}
	var places []atlas.Territory
	for _, text := range q.URL.Query()[paramPlace] {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if p.More = len(p.Fields) == mostCompared; p.More {
			break
		}
		f := compareField{Value: text}
		found := a.findOne(text)
		switch {
		case len(found) == 1 && found[0].Level == atlas.LevelCountry, len(found) == 0:
			f.Problem = q.T("territories.beside.unknown", "text", text)
			if f.Choices = t.lines(a.alike(text), nil); len(f.Choices) > 0 {
				f.Problem += " " + q.T("territories.beside.alike")
			}
		case len(found) > 1:
			f.Problem, f.Choices = q.T("territories.beside.which", "text", text), t.lines(found[:min(len(found), mostSuggested)], nil)
		case slices.ContainsFunc(places, func(x atlas.Territory) bool { return x.Code == found[0].Code }):
			f.Value, f.Problem = form.Coded(t.app.Places().Label(found[0].Code), found[0].Code), q.T("territories.beside.twice")
		default:
			places = append(places, found[0])
			p.Places = append(p.Places, t.line(found[0], nil))
			f.Value = form.Coded(t.app.Places().Label(found[0].Code), found[0].Code)
		}
		p.Fields = append(p.Fields, f)
	}
	p.choose(q.Lang)
	p.Offered = a.offered()
	for len(p.Fields) < mostCompared {
		p.Fields = append(p.Fields, compareField{})
	}
	for i := range p.Fields {
		p.Fields[i].ID, p.Fields[i].Label = "uzemi-"+strconv.Itoa(i+1), q.T("territories.beside.field", "n", i+1)
	}
	if len(places) == 0 {
		return p, nil, nil
	}
	codes := url.Values{}
	for _, x := range places {
		codes.Add(paramPlace, x.Code)
	}
	p.Query, p.URLCSV = codes, route.WithQuery(route.In(q.Lang, route.TerritoryCompareCSV), codes.Encode())
	err := a.beside(q.Context(), t, p, places)
	return p, places, err
}

// choose makes every choice lead to the same comparison with that territory in the
// place of what was written.
func (p *comparePage) choose(lang string) {
	for i, f := range p.Fields {
		for j := range f.Choices {
			var asked []string
			for k, other := range p.Fields {
				if k == i {
					asked = append(asked, f.Choices[j].Code)
				} else {
					asked = append(asked, other.Value)
				}
			}
			f.Choices[j].URL = route.TerritoriesBeside(lang, asked...)
		}
	}
}

// leastAlike is how many letters at the beginning names that are offered instead of an
// unknown one share with it; mostAlike is how many are offered.
const (
	leastAlike = 3
	mostAlike  = 6
)

// alike are the territories that begin as an unknown name does.
func (a *area) alike(text string) []atlas.Territory {
	for letters := []rune(text); len(letters) >= leastAlike; letters = letters[:len(letters)-1] {
		found := slices.DeleteFunc(a.app.Places().Prefix(string(letters), mostAlike), func(t atlas.Territory) bool { return t.Level == atlas.LevelCountry })
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// offered are the territories that a browser offers before anybody types, and all
// that it offers where no script asks for more: kraje, okresy and ORP.
func (a *area) offered() []string {
	var out []string
	for _, level := range []atlas.Level{atlas.LevelRegion, atlas.LevelDistrict, atlas.LevelORP} {
		for _, t := range a.app.Places().Children("CZ", level) {
			out = append(out, form.Coded(a.app.Places().Label(t.Code), t.Code))
		}
	}
	return out
}

// findOne reads a text as a code, else as a name.
func (a *area) findOne(text string) []atlas.Territory {
	if place, ok := a.app.Places().Get(text); ok {
		return []atlas.Territory{place}
	}
	return a.find(text)
}

// beside fills the table.
func (a *area) beside(ctx context.Context, t teller, p *comparePage, places []atlas.Territory) error {
	s, err := a.sources(ctx, t)
	if err != nil {
		return err
	}
	for i, place := range places {
		facts, err := s.allFacts(ctx, place)
		if err != nil {
			return err
		}
		for n, f := range facts {
			if i == 0 {
				p.Rows = append(p.Rows, compareRow{Label: f.Label})
			}
			p.Rows[n].Cells = append(p.Rows[n].Cells, f)
		}
	}
	return nil
}

// allFacts are the numbers of a territory: of its people, and of what the database
// knows of its projects and needs.
func (s sources) allFacts(ctx context.Context, place atlas.Territory) ([]factView, error) {
	own, err := s.app.ProfileOf(ctx, place)
	if err != nil {
		return nil, err
	}
	out := s.facts(&own, place)
	running, err := s.app.RunningIn(ctx, place.Code)
	if err != nil {
		return nil, err
	}
	now := s.app.Now().In(i18n.Prague).Year()
	st, err := s.app.StandingOf(ctx, place.Code, now-moneyYears+1, now)
	if err != nil {
		return nil, err
	}
	r := s.app.Index().Search(search.Query{Filters: at(place.Code), Count: []search.Facet{search.FacetArea}})
	o := &profile{Running: len(running.Projects)}
	o.money(s.teller, st, now)
	ground := []groundView{s.ground(app.Ground{Source: app.FromRecords, Date: atlas.DateOf(s.app.Now().In(i18n.Prague))}, place)}
	add := func(key, value, plain, note string) {
		f := factView{Key: key, Label: s.T("territories.fact." + key), Value: value, Plain: plain, Note: note}
		if value != "" {
			f.Grounds = ground
		}
		out = append(out, f)
	}
	count := func(key string, n int) { add(key, s.number(n), strconv.Itoa(n), "") }
	count("projects", r.Total)
	count("running", o.Running)
	covered := 0
	for value, n := range tally(r, search.FacetArea) {
		if value != app.NotKnown && n > 0 {
			covered++
		}
	}
	count("areas", covered)
	note := ""
	if o.MoneyLess > 0 {
		note = s.words.N(s.lang, "territories.tile.amount_unknown", int64(o.MoneyLess))
	}
	plain := ""
	if o.Money != "" {
		plain = strconv.FormatFloat(float64(st.Matrix.RowTotal(st.MatrixAt).Minor)/100, 'f', 2, 64)
	}
	add("money", o.Money, plain, note)
	open := slices.DeleteFunc(slices.Clone(s.app.OpenNeeds()), func(n store.OpenNeed) bool { return !slices.Contains(s.app.Chain(n.Territory), place.Code) })
	count("needs", len(open))
	return out, nil
}
