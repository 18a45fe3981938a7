package projects

import (
	"math"
	"strconv"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/route"
)

// costLine is what one unit cost in the project beside others like it (8.3).
type costLine struct{ Text, Note, URL string }

// costs names unit costs that can be compared; there are none of most projects.
func (t teller) costs(all []app.Compared) []costLine {
	crowns := func(v float64) string { return i18n.Money(t.lang(), atlas.Crowns(int64(math.Round(v))), "CZK") }
	var out []costLine
	for _, c := range all {
		line := costLine{URL: route.UnitCost(t.lang(), c.Own.Unit.Key())}
		line.Text = t.T("projects.costs.line", "unit", c.Word, "own", crowns(c.Own.Crowns), "median", crowns(c.Peers.Median),
			"projects", t.N("projects.costs.similar", c.Peers.Count), "year", strconv.Itoa(c.Prices.Base))
		if c.Own.FromCost {
			line.Note = t.T("projects.costs.from_cost")
		}
		out = append(out, line)
	}
	return out
}
