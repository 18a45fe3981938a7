package reports

import (
	"context"
	"slices"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/document"
	"atlas/internal/i18n"
)

// judged lists the published evaluations of the projects of the report: what was
// judged, when, by which method, by how many and with which result (R3-04, R3-15).
func (c *composer) judged(ctx context.Context, projects map[string]bool) error {
	all, err := c.app.PublishedEvaluations(ctx, c.report.Lang)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(x app.PublishedEvaluation) bool { return !projects[x.Project] })
	var versions []string
	for _, x := range all {
		versions = append(versions, x.Rubric)
	}
	slices.Sort(versions)
	rubrics, err := c.app.Reader().Rubrics(ctx, slices.Compact(versions))
	if err != nil {
		return err
	}
	t := document.Table{Caption: c.T("reports.judged.table"), Columns: c.columns("project", "when", "method", "who", "#total", "result")}
	for _, x := range all[:min(len(all), mostEvaluated)] {
		method, result := x.Rubric, ""
		if i := slices.IndexFunc(rubrics, func(r *atlas.Rubric) bool { return r.ID == x.Rubric }); i >= 0 {
			method = c.T("reports.judged.method", "title", rubrics[i].Title.In(c.report.Lang), "number", rubrics[i].Number, "mode", c.T("reports.judged.mode."+string(x.Mode)))
			for _, b := range rubrics[i].Bands {
				if b.Code == x.Result.Band {
					result = b.In(c.report.Lang)
				}
			}
		}
		total := c.T("reports.not_known")
		if x.Result.Known {
			total = i18n.Tenths(c.report.Lang, x.Result.Total)
		}
		switch {
		case x.Result.Excluded:
			result = c.T("reports.judged.excluded")
		case x.Result.Insufficient:
			result = c.T("reports.judged.insufficient")
		}
		t.Rows = append(t.Rows, document.Row(x.Title, i18n.Date(c.report.Lang, x.Approved), method, c.N("reports.judged.evaluators", x.Result.Evaluators), total, result))
	}
	c.table(t, c.T("reports.judged.none"))
	if over := len(all) - len(t.Rows); over > 0 {
		c.add(document.Note(c.N("reports.more", over)))
	}
	if len(all) > 1 {
		c.add(document.Note(c.T("reports.judged.rule")))
	}
	return nil
}

// cards lists the published good practice of the territory and years of the report,
// and that from abroad, which is in no territory of ours (R3-07).
func (c *composer) cards(ctx context.Context) error {
	var home, abroad []*atlas.Practice
	err := c.app.Reader().EachPractice(ctx, func(p *atlas.Practice) error {
		switch {
		case !p.Public() || p.Status == atlas.PracticeArchived || !c.during(p):
		case p.Country != "" && p.Country != atlas.CountryCode:
			abroad = append(abroad, p)
		case c.country() || slices.ContainsFunc(p.Territories, func(code string) bool { return slices.Contains(c.app.Chain(code), c.report.Territory) }):
			home = append(home, p)
		}
		return nil
	})
	if err != nil {
		return err
	}
	c.cardTable("home", home)
	if len(abroad) > 0 {
		c.cardTable("abroad", abroad)
	}
	return nil
}

// during says whether a practice ran in a year of the report. One whose years are not
// known is not left out.
func (c *composer) during(p *atlas.Practice) bool {
	return (!p.From.Known() || p.From.Year <= c.report.To) && (p.Ongoing || p.BecameService || !p.To.Known() || p.To.Year >= c.report.From)
}

func (c *composer) cardTable(where string, all []*atlas.Practice) {
	t := document.Table{Caption: c.T("reports.cards." + where), Columns: c.columns("practice", "place", "since", "mark")}
	for _, p := range all[:min(len(all), mostEvaluated)] {
		place := p.PlaceText
		if place == "" {
			for _, code := range p.Territories {
				if place != "" {
					place += ", "
				}
				place += c.app.Places().Label(code)
			}
		}
		if where == "abroad" {
			country := c.app.Lists().Label(atlas.ListCountry, p.Country, c.report.Lang)
			if place != "" {
				country = place + ", " + country
			}
			place = country
		}
		since, mark := c.T("reports.not_known"), c.T("reports.cards.unmarked")
		if p.From.Known() {
			since = i18n.Date(c.report.Lang, p.From)
		}
		if p.Holds(atlas.DateOf(c.today)) {
			mark = c.T("reports.cards.until", "date", i18n.Date(c.report.Lang, p.Until))
		} else if p.Marked.Known() {
			mark = c.T("reports.cards.lapsed")
		}
		t.Rows = append(t.Rows, document.Row(p.Title, place, since, mark))
	}
	c.table(t, c.T("reports.cards.none"))
	if over := len(all) - len(t.Rows); over > 0 {
		c.add(document.Note(c.N("reports.more", over)))
	}
}
