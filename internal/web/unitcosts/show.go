package unitcosts

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/web/chart"
	"atlas/internal/web/dataset"
	"atlas/internal/web/figure"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/pager"
	"atlas/internal/web/route"
)

// costsPage is the costs of one unit of one activity.
type costsPage struct {
	page.Base
	Notes                    []string
	Activities, Units, Years []form.Choice
	Activity                 string
	Unit                     string
	Any                      bool // some unit has a cost
	Spread                   coverage.Spread
	Sentence                 string
	Lower, Median, Upper     string
	Chart                    *figure.Figure
	Rows                     []row
	Pager                    pager.Pager
	Left                     []string
	Facts                    []string
	Exports                  []dataset.Link
	URLBare                  string
	URLProjects              string // of the activity
	URLRates                 string
	URLCoverage              string
}

// row is what one project says.
type row struct {
	Title, URL  string
	Sample      bool
	Year        string
	Money       string
	Units, Cost string
	Marks       []string
}

const (
	pageSize  = 100
	paramPage = "strana"
)

// show answers the costs of a unit. It asks the index and reads each table of the
// projects that say a cost once for every few hundred of them, unless nothing has
// changed since somebody asked.
func (a *area) show(q *page.Request) error {
	t, s := a.teller(q.Lang), a.read(q)
	p := &costsPage{
		Base: q.Base(q.T("unitcosts.title")), URLBare: route.In(q.Lang, route.UnitCosts), URLRates: route.List(q.Lang, "inflace"),
		URLCoverage: route.In(q.Lang, route.Coverage), Any: s.Unit != nil,
	}
	p.Nav, p.Description, p.Query = route.Coverage, q.T("unitcosts.lead"), s.values()
	p.Breadcrumb = []page.Link{{URL: p.URLCoverage, Text: q.T("coverage.title")}}
	for _, key := range s.Notes {
		p.Notes = append(p.Notes, q.T(key, "year", strconv.Itoa(s.Prices.Base)))
	}
	if s.Activity != "" {
		p.Activity = t.activity(s.Activity)
		p.URLProjects = route.ProjectsWith(q.Lang, url.Values{"aktivita": {s.Activity}})
	}
	p.left(t, s.Activity)
	words, err := p.controls(q, t, s)
	if err == nil && s.Unit != nil {
		p.Unit = t.unit(*s.Unit, words[*s.Unit])
		err = p.costs(q, t, s)
	}
	if err != nil {
		return err
	}
	return q.Render(http.StatusOK, "unitcosts/show", p)
}

// controls are the choices of the form, and how units are written.
func (p *costsPage) controls(q *page.Request, t teller, s asked) (map[coverage.Unit]string, error) {
	var units []coverage.Unit
	counts := map[string]int{}
	for _, u := range s.Units {
		if counts[u.Activity] == 0 {
			p.Activities = append(p.Activities, form.Choice{Value: u.Activity, Label: t.activity(u.Activity), Chosen: u.Activity == s.Activity})
		}
		counts[u.Activity] += u.Projects
		if u.Activity == s.Activity {
			units = append(units, u.Unit)
		}
	}
	if s.Activity != "" && counts[s.Activity] == 0 {
		p.Activities = append(p.Activities, form.Choice{Value: s.Activity, Label: p.Activity, Chosen: true})
	}
	for _, year := range s.Prices.Years() {
		p.Years = append(p.Years, form.Choice{Value: strconv.Itoa(year), Label: strconv.Itoa(year), Chosen: year == s.Prices.Base})
	}
	words, err := t.app.UnitWords(q.Context(), units)
	for _, u := range s.Units {
		if u.Activity == s.Activity {
			label := t.unit(u.Unit, words[u.Unit]) + ": " + t.N("unitcosts.projects", int64(u.Projects))
			p.Units = append(p.Units, form.Choice{Value: u.Key(), Label: label, Chosen: s.Unit != nil && u.Unit == *s.Unit})
		}
	}
	return words, err
}

// costs are the middle and the rows; of fewer than five projects neither.
func (p *costsPage) costs(q *page.Request, t teller, s asked) error {
	spread, err := t.app.UnitSpread(q.Context(), *s.Unit, s.Prices)
	if err != nil {
		return err
	}
	p.Spread = spread
	p.facts(t, s, spread)
	if !spread.Enough {
		return nil
	}
	year := strconv.Itoa(s.Prices.Base)
	p.Lower, p.Median, p.Upper = t.crowns(spread.Lower), t.crowns(spread.Median), t.crowns(spread.Upper)
	p.Sentence = t.T("unitcosts.sentence", "unit", p.Unit, "median", p.Median, "lower", p.Lower, "upper", p.Upper,
		"projects", t.N("unitcosts.of_projects", int64(spread.Count)), "year", year)
	drawn := chart.Spread{
		ID: "naklady", Title: t.T("unitcosts.chart", "unit", p.Unit), Desc: p.Sentence, Lower: spread.Lower, Median: spread.Median, Upper: spread.Upper,
		LowerText: p.Lower, MedianText: p.Median, UpperText: p.Upper, Zero: t.crowns(0), Most: t.crowns(spread.Costs[spread.Count-1].Crowns),
	}
	for _, c := range spread.Costs {
		drawn.Values = append(drawn.Values, c.Crowns)
	}
	p.Chart = p.figure(q, t, s, drawn)
	p.Pager = pager.New(spread.Count, pager.Number(q.Param(paramPage)), pageSize, func(n int) string {
		v := s.values()
		v.Set(paramPage, strconv.Itoa(n))
		return route.WithQuery(p.URLBare, v.Encode())
	})
	p.Exports = dataset.Links(q.Lang, dataset.UnitCosts, s.values().Encode())
	return p.rows(q, t, pager.Of(p.Pager, spread.Costs))
}

// chartName is the name of the chart in addresses.
const chartName = "rozpeti"

// figure puts the sentence, the source and the files around the picture; what it shows
// stands in the tables of the page, one dot a row.
func (p *costsPage) figure(q *page.Request, t teller, s asked, drawn chart.Spread) *figure.Figure {
	f := &figure.Figure{
		Name: chartName, Title: drawn.Title, Pictures: []chart.Picture{drawn}, Sentence: p.Sentence, Note: t.T("unitcosts.chart.note"), Shown: true,
		Source: t.T("unitcosts.fact.source", "day", i18n.Day(t.lang, t.app.Now()), "projects", t.N("unitcosts.projects", int64(p.Spread.Count))),
	}
	for _, key := range []string{"project_code", "price_year", "unit_cost"} {
		f.Columns = append(f.Columns, figure.Column{Key: key, Label: t.T("unitcosts.export." + key), Number: key == "unit_cost"})
	}
	for _, c := range p.Spread.Costs {
		year := strconv.Itoa(c.Year)
		f.Rows = append(f.Rows, []figure.Cell{figure.Word(c.Project), figure.Word(year), figure.Number(t.crowns(c.Crowns), strconv.FormatFloat(c.Crowns, 'f', 2, 64))})
	}
	f.Stand(q, t.app, route.UnitCosts, s.values())
	return f
}

// chart answers the picture as a file, under the question of the page.
func (a *area) chart(q *page.Request) error {
	return figure.Answer(q, a.app.Now(), func(name string) (*figure.Figure, error) {
		t, s := a.teller(q.Lang), a.read(q)
		p := &costsPage{URLBare: route.In(q.Lang, route.UnitCosts)}
		if name != chartName || s.Unit == nil {
			return nil, nil
		}
		words, err := p.controls(q, t, s)
		if err != nil {
			return nil, err
		}
		p.Unit = t.unit(*s.Unit, words[*s.Unit])
		err = p.costs(q, t, s)
		return p.Chart, err
	})
}

func (p *costsPage) rows(q *page.Request, t teller, costs []coverage.UnitCost) error {
	ids := make([]string, len(costs))
	for i, c := range costs {
		ids[i] = c.Project
	}
	found, err := t.app.Reader().Projects(q.Context(), ids)
	if err != nil {
		return err
	}
	for _, c := range costs {
		at := slices.IndexFunc(found, func(x *atlas.Project) bool { return x.ID == c.Project })
		if at < 0 || !found[at].Public() {
			continue
		}
		x := found[at]
		r := row{
			Title: x.Title(t.lang), URL: route.Project(t.lang, x.ID), Sample: x.Sample, Year: strconv.Itoa(c.Year), Cost: t.crowns(c.Crowns),
			Money: t.crowns(float64(c.Minor) / 100), Units: i18n.Decimal(t.lang, strconv.FormatFloat(c.Count, 'f', -1, 64)),
		}
		for _, m := range marksOf(c) {
			r.Marks = append(r.Marks, t.T("unitcosts.mark."+m))
		}
		p.Rows = append(p.Rows, r)
	}
	return nil
}

// marksOf says how far the money of a cost can be trusted.
func marksOf(c coverage.UnitCost) []string {
	var out []string
	for _, m := range []struct {
		is   bool
		word string
	}{{c.FromCost, "from_cost"}, {c.Estimate, "estimate"}, {c.Partial, "partial"}, {c.WholeShare, "whole_share"}} {
		if m.is {
			out = append(out, m.word)
		}
	}
	return out
}

// left says how many projects of the activity cannot be compared and why.
func (p *costsPage) left(t teller, activity string) {
	for _, l := range t.app.LeftOut(activity) {
		p.Left = append(p.Left, t.N("unitcosts.left."+string(l.Why), int64(l.Projects)))
	}
}

func (p *costsPage) facts(t teller, s asked, spread coverage.Spread) {
	p.Facts = append(p.Facts, t.T("unitcosts.fact.source", "day", i18n.Day(t.lang, t.app.Now()), "projects", t.N("unitcosts.projects", int64(spread.Count))))
	if n := spread.Unconverted; n > 0 {
		p.Facts = append(p.Facts, t.N("unitcosts.fact.unconverted", int64(n)))
	}
	if years := s.Prices.Years(); len(years) > 0 {
		p.Facts = append(p.Facts, t.T("unitcosts.fact.prices", "base", strconv.Itoa(s.Prices.Base),
			"from", strconv.Itoa(years[len(years)-1]), "to", strconv.Itoa(years[0])))
	} else {
		p.Facts = append(p.Facts, t.T("unitcosts.fact.no_prices"))
	}
	p.Facts = append(p.Facts, t.T("unitcosts.fact.money"), t.T("unitcosts.fact.compared"), t.T("unitcosts.fact.twice"))
}
