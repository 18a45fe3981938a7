package territories

import (
	"context"
	"math"
	"strconv"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/web/route"
)

// costView is what one unit of an activity costs in projects of the territory (8.3).
// Of fewer than five projects only their number is told.
type costView struct {
	Activity, Unit, URL  string
	Count, Unconverted   int
	Enough               bool
	Lower, Median, Upper string
}

// mostCosts is how many units a profile tells; all of them are on the page of costs.
const mostCosts = 6

// costs are the units that projects of the territory say a cost of.
func (o *profile) costs(ctx context.Context, t teller, code string) error {
	prices := t.app.Prices(0)
	o.CostYear, o.URLCosts = strconv.Itoa(prices.Base), route.In(t.lang, route.UnitCosts)
	all, err := t.app.UnitSpreadsIn(ctx, code, prices, mostCosts)
	if err != nil {
		return err
	}
	var units []coverage.Unit
	for _, s := range all {
		units = append(units, s.Unit)
	}
	words, err := t.app.UnitWords(ctx, units)
	if err != nil {
		return err
	}
	crowns := func(v float64) string { return i18n.Money(t.lang, atlas.Crowns(int64(math.Round(v))), "CZK") }
	for _, s := range all {
		v := costView{
			Activity: t.app.Lists().Label(atlas.ListActivity, s.Activity, t.lang), Unit: words[s.Unit], URL: route.UnitCost(t.lang, s.Key()),
			Count: s.Count, Unconverted: s.Unconverted, Enough: s.Enough,
		}
		if s.CountKind != "" {
			v.Unit += " (" + t.app.Lists().Label(atlas.ListCountKind, s.CountKind, t.lang) + ")"
		}
		if s.Enough {
			v.Lower, v.Median, v.Upper = crowns(s.Lower), crowns(s.Median), crowns(s.Upper)
		}
		o.Costs = append(o.Costs, v)
	}
	return nil
}
