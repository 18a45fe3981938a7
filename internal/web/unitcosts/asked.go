package unitcosts

import (
	"net/url"
	"slices"
	"strconv"

	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// asked is what an address asks for. What it does not say is chosen: the unit of
// most projects of the activity, the last year of the table of prices.
type asked struct {
	Activity string         // "" = none of which any project says a cost
	Unit     *coverage.Unit // nil = no unit
	Prices   coverage.Prices
	Units    []app.UnitCount // of all activities
	Notes    []string        // message keys
}

func (a *area) read(q *page.Request) asked {
	s := asked{Units: a.app.Units()}
	year, _ := strconv.Atoi(q.Param(route.ParamCostBase))
	s.Prices = a.app.Prices(year)
	if q.Param(route.ParamCostBase) != "" && s.Prices.Base != year {
		s.Notes = append(s.Notes, "unitcosts.note.year")
	}
	s.Activity = q.Param(route.ParamCostActivity)
	given := q.Param(route.ParamCostUnit)
	if u, ok := coverage.ParseUnit(given); ok && (s.Activity == "" || s.Activity == u.Activity) && s.has(u) {
		s.Activity, s.Unit = u.Activity, &u
		return s
	}
	if given != "" && s.Activity == "" {
		s.Notes = append(s.Notes, "unitcosts.note.unit")
	}
	if s.Activity == "" {
		s.Activity = s.most()
	}
	for _, u := range s.Units {
		if u.Activity == s.Activity {
			s.Unit = &u.Unit
			break
		}
	}
	return s
}

func (s asked) has(u coverage.Unit) bool {
	return slices.ContainsFunc(s.Units, func(c app.UnitCount) bool { return c.Unit == u })
}

// most is the activity of the unit that most projects say.
func (s asked) most() string {
	best, n := "", 0
	for _, u := range s.Units {
		if u.Projects > n {
			best, n = u.Activity, u.Projects
		}
	}
	return best
}

// values are the parameters of the address that says the same.
func (s asked) values() url.Values {
	v := url.Values{}
	if s.Unit != nil {
		v.Set(route.ParamCostUnit, s.Unit.Key())
	} else if s.Activity != "" {
		v.Set(route.ParamCostActivity, s.Activity)
	}
	if s.Prices.Base != 0 {
		v.Set(route.ParamCostBase, strconv.Itoa(s.Prices.Base))
	}
	return v
}
