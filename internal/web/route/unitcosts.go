package route

import "net/url"

// UnitCosts is the page of unit costs (jednotkové náklady).
const UnitCosts = "/jednotkove-naklady"

// Parameters of unit costs.
const (
	ParamCostActivity = "aktivita"
	ParamCostUnit     = "jednotka"
	ParamCostBase     = "rok"
)

// UnitCost is the address of the costs of one unit, by its key.
func UnitCost(lang, unit string) string {
	return WithQuery(In(lang, UnitCosts), url.Values{ParamCostUnit: {unit}}.Encode())
}
