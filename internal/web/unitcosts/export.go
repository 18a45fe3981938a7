package unitcosts

import (
	"iter"
	"strconv"

	"atlas"
	"atlas/internal/coverage"
	"atlas/internal/export"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// record is what one project says of one unit, with the prices that it was
// converted by.
type record struct {
	coverage.UnitCost
	word   string
	title  string
	base   int
	spread *coverage.Spread
}

// export answers what projects say of the unit asked for, or of all units where
// the address names none. As on the page, units of fewer than five projects are
// not there.
func (a *area) export(q *page.Request, f export.Format) error {
	t, s := a.teller(q.Lang), a.read(q)
	file := dataset.File{Name: dataset.UnitCosts, Now: a.app.Now(), Asked: []string{t.T("unitcosts.base") + ": " + strconv.Itoa(s.Prices.Base)}}
	var units []coverage.Unit
	named := q.Param(route.ParamCostActivity) != "" || q.Param(route.ParamCostUnit) != ""
	for _, u := range s.Units {
		if !named || s.Unit != nil && u.Unit == *s.Unit {
			units = append(units, u.Unit)
		}
	}
	if named {
		file.Asked = append(file.Asked, t.T("unitcosts.activity")+": "+t.activity(s.Activity))
		if s.Unit != nil {
			file.Asked = append(file.Asked, t.T("unitcosts.unit")+": "+t.unit(*s.Unit, s.Unit.Name))
		}
	}
	return dataset.Send(q, file, f, t.columns(q.Origin()), a.records(q, t, s.Prices, units))
}

func (a *area) records(q *page.Request, t teller, prices coverage.Prices, units []coverage.Unit) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		for _, u := range units {
			spread, err := a.app.UnitSpread(q.Context(), u, prices)
			if err != nil {
				yield(record{}, err)
				return
			}
			if spread.Enough && !a.spreadRecords(q, t, prices, &spread, yield) {
				return
			}
		}
	}
}

func (a *area) spreadRecords(q *page.Request, t teller, prices coverage.Prices, spread *coverage.Spread, yield func(record, error) bool) bool {
	ids, costs := make([]string, len(spread.Costs)), map[string]coverage.UnitCost{}
	for i, c := range spread.Costs {
		ids[i], costs[c.Project] = c.Project, c
	}
	words, err := a.app.UnitWords(q.Context(), []coverage.Unit{spread.Unit})
	if err != nil {
		return yield(record{}, err)
	}
	for p, err := range dataset.Read(q, ids, a.app.Reader().Projects) {
		if err != nil {
			return yield(record{}, err)
		}
		if p.Public() && !yield(record{costs[p.ID], words[spread.Unit], p.Title(t.lang), prices.Base, spread}, nil) {
			return false
		}
	}
	return true
}

func (t teller) columns(host string) dataset.Columns[record] {
	var c dataset.Columns[record]
	add := func(key string, cell func(record) string) { c.Add(key, t.T("unitcosts.export."+key), cell) }
	money := func(v float64) string {
		return atlas.Amount{Minor: int64(v*100 + 0.5), State: atlas.AmountKnown}.String()
	}
	yes := func(v bool) string { return map[bool]string{true: "1", false: "0"}[v] }
	add("activity_code", func(r record) string { return r.Activity })
	add("activity", func(r record) string { return t.activity(r.Activity) })
	add("unit", func(r record) string { return r.word })
	add("count_kind_code", func(r record) string { return r.CountKind })
	add("project_code", func(r record) string { return r.Project })
	add("project", func(r record) string { return r.title })
	add("price_year", func(r record) string { return strconv.Itoa(r.Year) })
	add("money", func(r record) string { return money(float64(r.Minor) / 100) })
	add("units", func(r record) string { return strconv.FormatFloat(r.Count, 'f', -1, 64) })
	add("base_year", func(r record) string { return strconv.Itoa(r.base) })
	add("unit_cost", func(r record) string { return money(r.Crowns) })
	add("from_cost", func(r record) string { return yes(r.FromCost) })
	add("estimate", func(r record) string { return yes(r.Estimate) })
	add("partial", func(r record) string { return yes(r.Partial) })
	add("whole_share", func(r record) string { return yes(r.WholeShare) })
	add("projects", func(r record) string { return strconv.Itoa(r.spread.Count) })
	add("lower", func(r record) string { return money(r.spread.Lower) })
	add("median", func(r record) string { return money(r.spread.Median) })
	add("upper", func(r record) string { return money(r.spread.Upper) })
	add("address", func(r record) string { return host + route.Project(t.lang, r.Project) })
	return c.Typed(export.KindYear, "price_year", "base_year").Typed(export.KindNumber, "units", "projects", "from_cost", "estimate", "partial", "whole_share").
		Typed(export.KindMoney, "money", "unit_cost", "lower", "median", "upper").Typed(export.KindURL, "address")
}
