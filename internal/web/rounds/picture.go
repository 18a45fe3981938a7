package rounds

import (
	"atlas/internal/rubric"
	"atlas/internal/web/chart"
	"atlas/internal/web/page"
)

// picture draws the alpha that decides, criterion by criterion, against the limits from
// which it says something. What is not known is said in its row.
func (p *showPage) picture(q *page.Request) {
	x := p.View
	g := chart.Against{
		ID: "graf-shoda", Title: q.T("rounds.picture"), Desc: q.T("rounds.picture_desc"),
		Limits: []chart.Limit{{Value: float64(rubric.Tentative) / 1000, Text: p.Tentative}, {Value: float64(rubric.Reliable) / 1000, Text: p.Reliable}},
	}
	var values []float64
	add := func(c rubric.Agreed, line agreed, label string) {
		r := chart.AgainstRow{Label: label, Known: c.Ordinal.Known, Text: q.T("rounds.unknown"), Below: c.Level() == rubric.LevelLow}
		if r.Known {
			r.Value, r.Text = float64(c.Ordinal.Thousandths())/1000, line.Ordinal
			values = append(values, r.Value)
		}
		r.Name = label + ": " + r.Text + ", " + line.Level
		g.Rows = append(g.Rows, r)
	}
	for i, c := range x.Criteria {
		add(c, p.Criteria[i], p.Criteria[i].Code+" "+p.Criteria[i].Title)
		if !c.Ordinal.Known {
			p.Unknown++
		}
	}
	add(x.All, *p.All, p.All.Title)
	if len(values) == 0 {
		return // nothing to draw
	}
	g.Least = chart.LeastOf(values...)
	for v := g.Least; v <= 1; v += 0.5 {
		g.Ticks = append(g.Ticks, chart.Limit{Value: v, Text: fraction(q.Lang, int(10*v), 10, 1)})
	}
	p.Picture = g
}
