package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/czech"
	"atlas/internal/reference"
	"atlas/internal/search"
)

// costsOf are the unit costs that a project says (8.3).
func costsOf(lists *atlas.Lists, p *atlas.Project) coverage.Costs {
	return coverage.CostsOf(p, func(code string) bool { return lists.Has(atlas.ListActivity, code) }, czech.Fold)
}

// Prices is the table of prices with a base year, made of the rates of inflation in
// the code list; the last year there where the base is not in it.
func (a *App) Prices(base int) coverage.Prices {
	rates := map[int]float64{}
	l, ok := a.Lists().List(reference.ListInflation)
	if !ok {
		return coverage.NewPrices(base, nil)
	}
	for _, it := range l.Items {
		year, err := strconv.Atoi(it.Code)
		if rate, known := rateOf(it.Cs); err == nil && known && !it.ValidTo.Known() {
			rates[year] = rate
		}
	}
	return coverage.NewPrices(base, rates)
}

// rateOf reads "2024: 2,4 %". What cannot be read is a year without a rate.
func rateOf(text string) (float64, bool) {
	_, text, _ = strings.Cut(text, ":")
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	text = strings.NewReplacer(",", ".", "−", "-", "\u00a0", "").Replace(text)
	rate, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	return rate, err == nil
}

// UnitCount is a unit and how many projects say its cost.
type UnitCount struct {
	coverage.Unit
	Projects int
}

// Units lists all units of which any project says a cost, those of most projects
// first within an activity. It asks the index only.
func (a *App) Units() []UnitCount {
	var out []UnitCount
	for _, v := range a.costKeys(nil) {
		if u, ok := coverage.ParseUnit(v.Value); ok {
			out = append(out, UnitCount{u, v.Count})
		}
	}
	slices.SortFunc(out, func(x, y UnitCount) int {
		return cmp.Or(cmp.Compare(x.Activity, y.Activity), cmp.Compare(y.Projects, x.Projects), cmp.Compare(x.Key(), y.Key()))
	})
	return out
}

// costKeys counts the keys of unit costs over the projects of some activities.
func (a *App) costKeys(activities []string) []search.FacetCount {
	q := search.Query{Count: []search.Facet{search.FacetUnitCost}}
	if len(activities) > 0 {
		q.Filters = map[search.Facet][]string{search.FacetActivity: activities}
	}
	return a.Index().Search(q).Facets[search.FacetUnitCost]
}

// LeftCount is how many projects are left out for one reason.
type LeftCount struct {
	Why      coverage.LeftOut
	Projects int
}

// LeftOut counts why projects of an activity say no unit cost, in the order in
// which reasons are told; reasons of no project are not there. "" is all
// activities.
func (a *App) LeftOut(activity string) []LeftCount {
	var activities []string
	if activity != "" {
		activities = []string{activity}
	}
	counts := map[string]int{}
	for _, v := range a.costKeys(activities) {
		counts[v.Value] = v.Count
	}
	var out []LeftCount
	for _, why := range coverage.LeftOuts() {
		if n := counts[why.Key()]; n > 0 {
			out = append(out, LeftCount{why, n})
		}
	}
	return out
}

// UnitCosts reads what all published projects say a unit cost, unconverted. The
// index finds them; their records are read in pages of a few hundred, one query of
// each table for a page. What was read is kept until something changes.
func (a *App) UnitCosts(ctx context.Context, unit coverage.Unit) ([]coverage.UnitCost, error) {
	seq := a.appliedNow()
	if known, ok := a.costs.get(seq, unit); ok {
		return known, nil
	}
	ids := a.Index().Search(search.Query{
		Filters: map[search.Facet][]string{search.FacetUnitCost: {unit.Key()}}, Limit: a.Index().Len(), Sort: search.SortTitle,
	}).Hits
	out := []coverage.UnitCost{}
	for page := range slices.Chunk(ids, costPage) {
		found, err := a.Reader().Projects(ctx, page)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			if p.Public() {
				out = append(out, costsOfUnit(a.Lists(), p, unit)...)
			}
		}
	}
	a.costs.put(seq, unit, out)
	return out, nil
}

// costPage is how many records are read at once.
const costPage = 500

func costsOfUnit(lists *atlas.Lists, p *atlas.Project, unit coverage.Unit) []coverage.UnitCost {
	return slices.DeleteFunc(costsOf(lists, p).Units, func(c coverage.UnitCost) bool { return c.Unit != unit })
}

// UnitSpread is the spread of the cost of a unit in prices of a base year.
func (a *App) UnitSpread(ctx context.Context, unit coverage.Unit, prices coverage.Prices) (coverage.Spread, error) {
	all, err := a.UnitCosts(ctx, unit)
	if err != nil {
		return coverage.Spread{}, err
	}
	return spreadOf(unit, all, prices), nil
}

// UnitSpreadsIn are the spreads of the units whose costs projects of a territory and
// of all that lies in it say, those of most projects first, at most so many. It asks
// the index twice and reads what UnitCosts does of each unit.
func (a *App) UnitSpreadsIn(ctx context.Context, territory string, prices coverage.Prices, most int) ([]coverage.Spread, error) {
	here := map[search.Facet][]string{search.FacetTerritory: {territory}}
	counted := a.Index().Search(search.Query{Filters: here, Count: []search.Facet{search.FacetUnitCost}}).Facets[search.FacetUnitCost]
	var units []UnitCount
	var keys []string
	for _, v := range counted {
		if u, ok := coverage.ParseUnit(v.Value); ok && v.Count > 0 {
			units, keys = append(units, UnitCount{u, v.Count}), append(keys, v.Value)
		}
	}
	if len(units) == 0 {
		return nil, nil
	}
	slices.SortFunc(units, func(x, y UnitCount) int {
		return cmp.Or(cmp.Compare(y.Projects, x.Projects), cmp.Compare(x.Key(), y.Key()))
	})
	inside := map[string]bool{}
	for _, id := range a.Index().Search(search.Query{Limit: a.Index().Len(), Sort: search.SortTitle, Filters: map[search.Facet][]string{
		search.FacetTerritory: {territory}, search.FacetUnitCost: keys,
	}}).Hits {
		inside[id] = true
	}
	var out []coverage.Spread
	for _, u := range units[:min(len(units), most)] {
		all, err := a.UnitCosts(ctx, u.Unit)
		if err != nil {
			return nil, err
		}
		own := slices.DeleteFunc(slices.Clone(all), func(c coverage.UnitCost) bool { return !inside[c.Project] })
		out = append(out, spreadOf(u.Unit, own, prices))
	}
	return out, nil
}

func spreadOf(unit coverage.Unit, all []coverage.UnitCost, prices coverage.Prices) coverage.Spread {
	if got := coverage.Spreads(all, prices); len(got) > 0 {
		return got[0]
	}
	return coverage.Spread{Unit: unit}
}

// Compared is what one unit cost in one project beside others like it, in prices
// of one year.
type Compared struct {
	Own    coverage.UnitCost
	Peers  coverage.Spread // without the project itself
	Prices coverage.Prices
	Word   string // the unit as the project writes it
}

// CompareCosts compares unit costs of a project with those of others, in prices of
// the last year that the table of inflation has. Only units that at least five
// others say are there: of fewer nothing is said. A project that says no unit cost
// costs no query.
func (a *App) CompareCosts(ctx context.Context, p *atlas.Project) ([]Compared, error) {
	if !p.Public() {
		return nil, nil
	}
	prices := a.Prices(0)
	var out []Compared
	for _, own := range coverage.Spreads(costsOf(a.Lists(), p).Units, prices) {
		if own.Count == 0 {
			continue
		}
		all, err := a.UnitCosts(ctx, own.Unit)
		if err != nil {
			return nil, err
		}
		others := slices.DeleteFunc(slices.Clone(all), func(c coverage.UnitCost) bool { return c.Project == p.ID })
		if peers := spreadOf(own.Unit, others, prices); peers.Enough {
			out = append(out, Compared{own.Costs[0], peers, prices, WordOfUnit(p, own.Unit)})
		}
	}
	return out, nil
}

// WordOfUnit is a unit as a project writes it.
func WordOfUnit(p *atlas.Project, unit coverage.Unit) string {
	for _, i := range p.Indicators {
		if strings.Join(strings.Fields(czech.Fold(i.Unit)), " ") == unit.Name {
			return strings.TrimSpace(i.Unit)
		}
	}
	return unit.Name
}

// UnitWords reads how units are written, each by one project that says its cost.
// It costs a search for each and one reading of the records.
func (a *App) UnitWords(ctx context.Context, units []coverage.Unit) (map[coverage.Unit]string, error) {
	of := map[string][]coverage.Unit{}
	var ids []string
	out := map[coverage.Unit]string{}
	for _, u := range units {
		out[u] = u.Name
		hits := a.Index().Search(search.Query{Filters: map[search.Facet][]string{search.FacetUnitCost: {u.Key()}}, Limit: 1, Sort: search.SortTitle}).Hits
		for _, id := range hits {
			ids, of[id] = append(ids, id), append(of[id], u)
		}
	}
	found, err := a.Reader().Projects(ctx, ids)
	for _, p := range found {
		for _, u := range of[p.ID] {
			if p.Public() {
				out[u] = WordOfUnit(p, u)
			}
		}
	}
	return out, err
}

// costCache keeps the costs of units that were asked for as of one change.
type costCache struct {
	mu    sync.Mutex
	seq   int64
	units map[coverage.Unit][]coverage.UnitCost
}

// cachedUnits is how many units are kept.
const cachedUnits = 200

func (c *costCache) get(seq int64, unit coverage.Unit) ([]coverage.UnitCost, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seq != seq {
		return nil, false
	}
	got, ok := c.units[unit]
	return got, ok
}

func (c *costCache) put(seq int64, unit coverage.Unit, costs []coverage.UnitCost) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if seq < c.seq {
		return
	}
	if seq > c.seq || len(c.units) >= cachedUnits {
		c.units = nil
	}
	if c.units == nil {
		c.units = map[coverage.Unit][]coverage.UnitCost{}
	}
	c.seq, c.units[unit] = seq, costs
}
