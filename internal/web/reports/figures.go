package reports

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/document"
	"atlas/internal/i18n"
	"atlas/internal/search"
)

// How much the tables of a report show.
const (
	mostProgrammes = 15
	mostActors     = 15
	mostCalls      = 30
	mostProjects   = 10
	mostEvaluated  = 40
	mostRead       = 5000 // projects whose evaluation is looked for
)

// flows says where the money comes from: by year, type of funder and programme
// (R3-03), and the projects with the most of it.
func (c *composer) flows(ctx context.Context) error {
	all := c.total(c.matrix(c.report.From, c.report.To, nil))
	c.say(c.T("reports.flows.sentence", "projects", c.N("reports.projects", int(all.Projects)), "place", c.place(), "years", c.years(), "money", c.money(all.Cell), "unknown", c.number(int64(all.Unknown))))
	t := document.Table{Caption: c.T("reports.flows.years"), Columns: c.columns("year", "#projects", "#money", "#unknown")}
	var years []coverage.Cell
	for y := c.report.From; y <= c.report.To; y++ {
		years = append(years, c.yearTotal(y).Cell)
		t.Rows = append(t.Rows, c.cells(strconv.Itoa(y), years[len(years)-1]))
	}
	if err := c.yearCharts(years); err != nil {
		return err
	}
	c.table(t, "")
	if err := c.by(search.FacetFunderType, 0, c.T("reports.flows.funders"), "funder_type", c.T("reports.chart.funders", "place", c.place())); err != nil {
		return err
	}
	if err := c.by(search.FacetProgramme, mostProgrammes, c.T("reports.flows.programmes"), "programme", ""); err != nil {
		return err
	}
	c.add(document.Note(c.T("reports.flows.rule")))
	return c.largest(ctx)
}

// by adds a table of projects and money by the values of a facet; drawn is the title
// of a picture of the money, "" is none.
func (c *composer) by(f search.Facet, most int, caption, first, drawn string) error {
	values, distinct := c.counts(f, most)
	t := document.Table{Caption: caption, Columns: c.columns(first, "#projects", "#money", "#unknown")}
	type row struct {
		value string
		cell  coverage.Cell
	}
	var rows []row
	for _, v := range values {
		x := c.total(c.matrix(c.report.From, c.report.To, map[search.Facet][]string{f: {v.Value}})).Cell
		if x.Projects > 0 { // some are found that are not counted: they were not supported or did not begin
			rows = append(rows, row{v.Value, x})
		}
	}
	known := rows
	if n := len(rows); n > 0 && rows[n-1].value == search.NotKnown {
		known = rows[:n-1]
	}
	slices.SortStableFunc(known, func(x, y row) int { return cmp.Compare(y.cell.Projects, x.cell.Projects) })
	var bars []bar
	for _, r := range rows {
		name := c.label(f, r.value)
		t.Rows = append(t.Rows, c.cells(name, r.cell))
		bars = append(bars, bar{name, float64(r.cell.Minor), r.cell.Projects > r.cell.Unknown, c.money(r.cell)})
	}
	if drawn != "" {
		if err := c.ranked("graf-"+first, drawn, bars); err != nil {
			return err
		}
	}
	c.table(t, c.T("reports.nothing"))
	if over := distinct - len(values); most > 0 && over > 0 {
		c.add(document.Note(c.N("reports.more", over)))
	}
	return nil
}

// largest names the projects with the most money.
func (c *composer) largest(ctx context.Context) error {
	found := c.app.Index().Search(search.Query{Filters: c.filters(nil), Sort: search.SortAmount, Limit: mostProjects})
	projects, err := c.app.Reader().Projects(ctx, found.Hits)
	if err != nil {
		return err
	}
	t := document.Table{Caption: c.T("reports.flows.largest"), Columns: c.columns("project", "implementer", "#whole_money")}
	for _, p := range projects {
		if money, _, _ := p.Money(); p.Public() && money.State != atlas.AmountUnknown {
			t.Rows = append(t.Rows, document.Row(p.Title(c.report.Lang), c.implementers(p), i18n.MoneyShort(c.report.Lang, money.Minor, "CZK")))
		}
	}
	c.table(t, c.T("reports.flows.no_money"))
	return nil
}

func (c *composer) implementers(p *atlas.Project) string {
	var names []string
	for _, id := range p.Implementers() {
		names = append(names, c.app.ActorName(id, c.report.Lang))
	}
	if len(names) == 0 {
		return c.T("reports.not_known")
	}
	return strings.Join(names, ", ")
}

// actors says who carries projects out, by type and by number of projects (R3-03).
func (c *composer) actors(context.Context) error {
	for _, x := range []struct {
		facet search.Facet
		most  int
		key   string
	}{{search.FacetImplementerType, 0, "actor_type"}, {search.FacetImplementer, mostActors, "actor"}} {
		values, distinct := c.counts(x.facet, x.most)
		t := document.Table{Caption: c.T("reports.actors." + x.key), Columns: c.columns(x.key, "#projects")}
		for _, v := range values {
			t.Rows = append(t.Rows, document.Row(c.label(x.facet, v.Value), c.number(int64(v.Count))))
		}
		c.table(t, c.T("reports.nothing"))
		if over := distinct - len(values); x.most > 0 && over > 0 {
			c.add(document.Note(c.N("reports.more", over)))
		}
	}
	c.add(document.Note(c.T("reports.actors.rule")))
	return nil
}

// grants lists the calls of the years of the report; a call is for no kraj of its
// own.
func (c *composer) grants(ctx context.Context) error {
	var calls []*atlas.Call
	undated := 0
	err := c.app.Reader().EachCall(ctx, func(x *atlas.Call) error {
		switch {
		case !x.Public():
		case x.Year == 0:
			undated++
		case x.Year >= c.report.From && x.Year <= c.report.To:
			calls = append(calls, x)
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(calls, func(x, y *atlas.Call) int { return cmp.Or(y.Year-x.Year, cmp.Compare(x.ID, y.ID)) })
	t := document.Table{Caption: c.T("reports.grants.calls"), Columns: c.columns("call", "funder", "year", "#allocation")}
	for _, x := range calls[:min(len(calls), mostCalls)] {
		funder, allocation := c.T("reports.not_known"), c.T("reports.not_known")
		if x.Funder != "" {
			funder = c.app.ActorName(x.Funder, c.report.Lang)
		}
		if x.Allocation.State != atlas.AmountUnknown {
			allocation = i18n.MoneyShort(c.report.Lang, x.Allocation.Minor, "CZK")
		}
		t.Rows = append(t.Rows, document.Row(x.Title, funder, strconv.Itoa(x.Year), allocation))
	}
	c.table(t, c.T("reports.grants.none", "years", c.years()))
	if over := len(calls) - len(t.Rows); over > 0 {
		c.add(document.Note(c.N("reports.more", over)))
	}
	c.add(document.Note(c.T("reports.grants.note", "n", undated)))
	return nil
}

// coverage sums the matrix up: by area and by territory (R3-05). No project where
// sources are not loaded is no gap and says so.
func (c *composer) coverage(context.Context) error {
	m := c.matrix(c.report.From, c.report.To, nil)
	loaded := func(code string) bool {
		return c.app.Completeness().Loaded(c.app.Chain(code), c.report.From, c.report.To)
	}
	areas, _ := c.app.Lists().List(atlas.ListArea)
	t := document.Table{Caption: c.T("reports.coverage.areas"), Columns: c.columns("area", "#projects", "#running", "#money", "#unknown", "state")}
	var bars []bar
	for _, area := range areas.Items {
		name, x := c.app.Lists().Label(atlas.ListArea, area.Code, c.report.Lang), m.ItemTotal(m.Item(area.Code))
		t.Rows, bars = append(t.Rows, c.covered(name, x, loaded(c.report.Territory))), append(bars, c.projectBar(name, x))
	}
	if err := c.ranked("graf-oblasti", c.T("reports.chart.coverage_areas", "place", c.place(), "years", c.years()), bars); err != nil {
		return err
	}
	c.table(t, c.T("reports.nothing"))

	bars = nil
	t = document.Table{Caption: c.T("reports.coverage.places"), Columns: c.columns("territory", "#projects", "#running", "#money", "#unknown", "state", "#no_area")}
	for i, row := range m.Rows {
		x, name := m.RowTotal(i), c.rowName(row)
		if name == "" || row.Kind != coverage.RowTerritory && x.Projects == 0 {
			continue
		}
		empty := 0
		for _, area := range areas.Items {
			if m.Total(i, m.Item(area.Code)).Projects == 0 {
				empty++
			}
		}
		t.Rows = append(t.Rows, append(c.covered(name, x, loaded(cmp.Or(row.Code, c.report.Territory))), document.Plain(c.number(int64(empty)))))
		bars = append(bars, c.projectBar(name, x))
	}
	if err := c.ranked("graf-uzemi", c.T("reports.chart.coverage_places", "place", c.place(), "years", c.years()), bars); err != nil {
		return err
	}
	c.table(t, c.T("reports.nothing"))
	c.add(document.Note(c.T("reports.coverage.rule")))
	return nil
}

// projectBar is a row of projects. No known project is none of what the database
// knows; whether that says anything stands in the table.
func (c *composer) projectBar(name string, x coverage.Total) bar {
	return bar{name, float64(x.Projects), true, c.number(int64(x.Projects))}
}

// trends draw the areas of integration over the years of the report beneath what the
// editors write about the development elsewhere (R3-07).
func (c *composer) trends(context.Context) error { return c.areaTrends() }

// covered is a row about coverage with its state in words.
func (c *composer) covered(name string, x coverage.Total, loaded bool) [][]document.Span {
	state := coverage.StateOf(x.Running, x.Ever > 0, loaded)
	return document.Row(name, c.number(int64(x.Projects)), c.number(int64(x.Running)), c.money(x.Cell), c.number(int64(x.Unknown)), c.T("coverage.state."+string(state)))
}

// statistics says how many people of the usual data set live in each part of the
// territory and how that changed in five years (R3-05). One data set, one date.
func (c *composer) statistics(ctx context.Context) error {
	m := c.matrix(c.report.From, c.report.To, nil)
	level := atlas.LevelDistrict
	if c.country() {
		level = atlas.LevelRegion
	}
	s, err := c.app.Standings(ctx, app.CoverageAsked{Query: search.Query{Filters: c.filters(nil)}, Level: level, Until: atlas.Date{Year: c.report.To, Month: 12, Day: 31}})
	if err != nil {
		return err
	}
	if s.Dataset == nil {
		c.say(c.T("reports.statistics.none"))
		return nil
	}
	lang, date := c.report.Lang, i18n.Date(c.report.Lang, s.Date)
	t := document.Table{Caption: c.T("reports.statistics.table", "name", s.Dataset.Name(lang), "date", date), Columns: c.columns("territory", "#people", "#change"), RowHeader: true}
	unknown := 0
	var shown []app.CoverageRow
	for _, row := range s.Rows {
		if m.Row(coverage.Row{Kind: coverage.RowTerritory, Code: row.Code}) < 0 {
			continue
		}
		shown = append(shown, row)
		people, change := c.T("reports.not_known"), c.T("reports.not_known")
		if row.People.Known {
			people = c.number(int64(row.People.V))
		} else {
			unknown++
		}
		if row.Growth.Known {
			change = i18n.Decimal(lang, strconv.FormatFloat(100*row.Growth.V, 'f', 1, 64)) + "\u00a0%"
		}
		t.Rows = append(t.Rows, document.Row(c.app.Places().Label(row.Code), people, change))
	}
	series, err := c.app.SeriesOf(ctx, s.Dataset.Code, c.report.Territory)
	if err != nil {
		return err
	}
	if err := c.people(s.Dataset, series); err != nil {
		return err
	}
	if err := c.ranked("graf-osoby-uzemi", t.Caption+", "+c.place(), c.observed(shown)); err != nil {
		return err
	}
	c.add(document.Tabular(t), document.Note(c.T("reports.statistics.source", "publisher", s.Dataset.Publisher, "name", s.Dataset.Name(lang), "date", date, "licence", c.app.Lists().Label(atlas.ListLicence, s.Dataset.Licence, lang), "unknown", unknown)))
	if s.Summed {
		c.add(document.Note(c.T("reports.statistics.summed")))
	}
	return nil
}

// rowName names a row of the matrix; "" of one that is not the report's.
func (c *composer) rowName(row coverage.Row) string {
	switch row.Kind {
	case coverage.RowTerritory:
		return c.app.Places().Label(row.Code)
	case coverage.RowWhole:
		return c.T("reports.coverage.whole", "place", c.app.Places().Label(row.Code))
	case coverage.RowWide:
		if c.country() {
			return c.T("reports.coverage.wide")
		}
	}
	return ""
}

// each reads the projects of the report; it says whether there are more than are
// read.
func (c *composer) each(ctx context.Context, do func(*atlas.Project)) (total int, more bool, err error) {
	found := c.app.Index().Search(search.Query{Filters: c.filters(nil), Sort: search.SortTitle, Limit: mostRead})
	for ids := range slices.Chunk(found.Hits, 500) {
		projects, err := c.app.Reader().Projects(ctx, ids)
		if err != nil {
			return 0, false, err
		}
		for _, p := range projects {
			if p.Public() {
				do(p)
			}
		}
	}
	return len(found.Hits), found.Total > len(found.Hits), nil
}

// evaluation is the history of evaluation of projects: whether, when, by what
// method and by whom (R3-04).
func (c *composer) evaluation(ctx context.Context) error {
	var evaluated []*atlas.Project
	counts, there := map[atlas.Tri]int{}, map[string]bool{}
	total, more, err := c.each(ctx, func(p *atlas.Project) {
		there[p.ID] = true
		counts[p.Evaluated.State]++
		if p.Evaluated.State == atlas.Yes {
			evaluated = append(evaluated, p)
		}
	})
	if err != nil {
		return err
	}
	c.say(c.T("reports.evaluation.sentence", "total", c.N("reports.projects", total), "yes", c.number(int64(counts[atlas.Yes])), "no", c.number(int64(counts[atlas.No])), "unknown", c.number(int64(counts[atlas.Unknown]))))
	if more {
		c.add(document.Note(c.N("reports.evaluation.limit", mostRead)))
	}
	t := document.Table{Caption: c.T("reports.evaluation.table"), Columns: c.columns("project", "when", "method", "who")}
	known := func(s string) string {
		if s == "" {
			return c.T("reports.not_known")
		}
		return s
	}
	for _, p := range evaluated[:min(len(evaluated), mostEvaluated)] {
		e := p.Evaluated
		t.Rows = append(t.Rows, document.Row(p.Title(c.report.Lang), known(i18n.Date(c.report.Lang, e.When)), known(e.Method), known(e.Who)))
	}
	c.table(t, c.T("reports.evaluation.none"))
	if over := len(evaluated) - len(t.Rows); over > 0 {
		c.add(document.Note(c.N("reports.more", over)))
	}
	return c.judged(ctx, there)
}

// practice names projects that can be taken over elsewhere as a whole or in parts
// (R3-07), those with the most money first.
func (c *composer) practice(ctx context.Context) error {
	list, _ := c.app.Lists().List(atlas.ListTransfer)
	var can []string
	for _, it := range list.Items {
		if it.Code != "NE" {
			can = append(can, it.Code)
		}
	}
	found := c.app.Index().Search(search.Query{Filters: c.filters(map[search.Facet][]string{search.FacetTransfer: can}), Sort: search.SortAmount, Limit: mostProjects})
	projects, err := c.app.Reader().Projects(ctx, found.Hits)
	if err != nil {
		return err
	}
	t := document.Table{Caption: c.T("reports.practice.table"), Columns: c.columns("project", "implementer", "transfer", "note")}
	for _, p := range projects {
		if p.Public() {
			t.Rows = append(t.Rows, document.Row(p.Title(c.report.Lang), c.implementers(p), c.app.Lists().Label(atlas.ListTransfer, p.Transfer, c.report.Lang), p.TransferNote))
		}
	}
	c.table(t, c.T("reports.practice.none"))
	if over := found.Total - len(t.Rows); over > 0 && len(t.Rows) > 0 {
		c.add(document.Note(c.N("reports.more", over)))
	}
	return c.cards(ctx)
}
