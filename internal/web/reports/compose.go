package reports

import (
	"context"
	"slices"
	"strconv"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/document"
	"atlas/internal/i18n"
	"atlas/internal/search"
	"atlas/internal/web/question"
)

// composer makes the document of a report of the data as they stand. The same data
// on the same day give the same document.
type composer struct {
	app    *app.App
	words  *i18n.Catalog
	report *atlas.Report
	author string
	today  time.Time // in Prague
	paint  bool      // pictures are painted too, for files; a page draws them itself
	doc    *document.Document
}

// compose puts the texts and the figures of all sections together, with painted
// pictures where it is more than a page that is looked at.
func (a *area) compose(ctx context.Context, r *atlas.Report, paint bool) (*document.Document, error) {
	today := a.app.Now().In(i18n.Prague)
	c := &composer{app: a.app, words: a.site.Words, report: r, author: a.site.Config.OperatorName, today: today, paint: paint}
	asOf := c.T("reports.as_of", "date", i18n.Day(r.Lang, today))
	year, month, day := today.Date()
	c.doc = &document.Document{
		Lang: r.Lang, Title: r.Title, Subject: c.T("reports.subject", "place", c.place(), "years", c.years()),
		Author: c.author, AsOf: asOf, MadeAt: time.Date(year, month, day, 0, 0, 0, 0, time.UTC),
		Foot: c.author + " – " + asOf, Contents: c.T("reports.contents"),
	}
	computed := map[string]func(context.Context) error{
		atlas.ReportFlows: c.flows, atlas.ReportActors: c.actors, atlas.ReportGrants: c.grants,
		atlas.ReportStatistics: c.statistics, atlas.ReportCoverage: c.coverage, atlas.ReportEvaluation: c.evaluation, atlas.ReportPractice: c.practice,
		atlas.ReportTrends: c.trends,
	}
	for _, section := range atlas.ReportSections() {
		figures := computed[section]
		text := document.Prose(r.Text(section))
		if figures == nil && len(text) == 0 {
			continue // nothing was written and nothing is counted
		}
		c.add(document.Heading(1, c.T("reports.section."+section)))
		c.add(text...)
		if figures != nil {
			if err := figures(ctx); err != nil {
				return nil, err
			}
		}
	}
	return c.doc, nil
}

func (c *composer) T(key string, args ...any) string { return c.words.T(c.report.Lang, key, args...) }

func (c *composer) N(key string, n int, args ...any) string {
	return c.words.N(c.report.Lang, key, int64(n), args...)
}

func (c *composer) add(blocks ...document.Block) { c.doc.Blocks = append(c.doc.Blocks, blocks...) }

// say adds a paragraph of plain text.
func (c *composer) say(text string) { c.add(document.Text(document.Span{Text: text})) }

// table adds a table with its source; an empty one is said in words.
func (c *composer) table(t document.Table, empty string) {
	if len(t.Rows) == 0 {
		c.say(empty)
		return
	}
	t.RowHeader = true
	c.add(document.Tabular(t), document.Note(c.T("reports.source", "author", c.author, "date", i18n.Day(c.report.Lang, c.today))))
}

func (c *composer) country() bool { return c.report.Territory == "CZ" }

func (c *composer) place() string {
	if c.country() {
		return c.T("reports.country")
	}
	return c.app.Places().Label(c.report.Territory)
}

func (c *composer) years() string {
	if c.report.From == c.report.To {
		return strconv.Itoa(c.report.From)
	}
	return strconv.Itoa(c.report.From) + "–" + strconv.Itoa(c.report.To)
}

func (c *composer) number(n int64) string { return i18n.Number(c.report.Lang, n) }

// filters choose the projects of the report: those with a place in the kraj that
// were active in one of its years.
func (c *composer) filters(more map[search.Facet][]string) map[search.Facet][]string {
	out := map[search.Facet][]string{}
	for y := c.report.From; y <= c.report.To; y++ {
		out[search.FacetYear] = append(out[search.FacetYear], strconv.Itoa(y))
	}
	if !c.country() {
		out[search.FacetTerritory] = []string{c.report.Territory}
	}
	for f, values := range more {
		out[f] = values
	}
	return out
}

// matrix counts coverage over the projects that a condition chooses. It shares
// money by place, area and month, so it takes its years by itself.
func (c *composer) matrix(from, to int, more map[search.Facet][]string) *coverage.Matrix {
	q := coverage.Question{Level: atlas.LevelRegion, From: from, To: to, Now: coverage.MonthOf(atlas.DateOf(c.today))}
	if !c.country() {
		q.Level, q.Within = atlas.LevelDistrict, c.report.Territory
	}
	filters := c.filters(more)
	delete(filters, search.FacetYear)
	return c.app.Index().Coverage(search.Query{Filters: filters}, c.app.Places(), q)
}

// total is everything of a matrix that belongs to the territory of the report.
func (c *composer) total(m *coverage.Matrix) coverage.Total {
	if c.country() {
		return m.Everything()
	}
	return m.All()
}

// label names a value of a facet.
func (c *composer) label(f search.Facet, value string) string {
	v := question.Vocabulary{
		Lang: c.report.Lang, Lists: c.app.Lists(), Places: c.app.Places(),
		Actor: func(id string) string { return c.app.ActorName(id, c.report.Lang) },
		Band:  func(code string) string { return c.app.BandWords(code, c.report.Lang) }, Word: func(key string) string { return c.T(key) },
	}
	text, _ := v.Label(f, value)
	return text
}

// counts are the values of a facet with their numbers of projects, the highest
// first, not known last.
func (c *composer) counts(f search.Facet, most int) (all []search.FacetCount, distinct int) {
	r := c.app.Index().Search(search.Query{Filters: c.filters(nil), Count: []search.Facet{f}, Most: most})
	all = slices.DeleteFunc(slices.Clone(r.Facets[f]), func(x search.FacetCount) bool { return x.Count == 0 })
	slices.SortStableFunc(all, func(x, y search.FacetCount) int {
		switch {
		case (x.Value == search.NotKnown) != (y.Value == search.NotKnown):
			if x.Value == search.NotKnown {
				return 1
			}
			return -1
		case x.Count != y.Count:
			return y.Count - x.Count
		}
		return 0
	})
	return all, r.Distinct[f]
}

// cells are the figures of a row about money: projects, money, of how many it is
// not known.
func (c *composer) cells(name string, x coverage.Cell) [][]document.Span {
	return document.Row(name, c.number(int64(x.Projects)), c.money(x), c.number(int64(x.Unknown)))
}

// money is what is known of a cell: not known is never nothing.
func (c *composer) money(x coverage.Cell) string {
	switch {
	case x.Projects == 0:
		return "–"
	case x.Unknown >= x.Projects:
		return c.T("reports.not_known")
	}
	return i18n.MoneyShort(c.report.Lang, x.Minor, "CZK")
}

// columns are the headers of a table, words of the catalogue; the first names the
// rows and those after it that begin with "#" are numbers.
func (c *composer) columns(keys ...string) (out []document.Column) {
	for _, key := range keys {
		number := key[0] == '#'
		if number {
			key = key[1:]
		}
		out = append(out, document.Column{Title: c.T("reports.column." + key), Number: number})
	}
	return out
}
