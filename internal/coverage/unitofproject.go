package coverage

import (
	"strconv"
	"strings"

	"atlas"
)

// LeftOut (proč vynechán) says why what a project cost cannot be divided by what
// it did.
type LeftOut string

// Reasons why a project has no unit cost.
const (
	LeftNone    LeftOut = ""
	LeftSeveral LeftOut = "vice_aktivit" // its money belongs to several activities
	LeftRunning LeftOut = "bezi"         // it has not ended: neither money nor units are whole
	LeftMoney   LeftOut = "castka"       // nobody knows what it cost
	LeftDates   LeftOut = "doba"         // its span is not known, so neither is the year of its prices
	LeftUnits   LeftOut = "jednotky"     // no output was measured in any unit
	LeftSum     LeftOut = "soucet"       // measured several times in a way that cannot be added up
)

// LeftOuts lists the reasons in the order in which they are told.
func LeftOuts() []LeftOut {
	return []LeftOut{LeftSeveral, LeftUnits, LeftSum, LeftMoney, LeftDates, LeftRunning}
}

// Costs is what one project says of unit costs: those of its units, or why it says
// nothing. Both are empty for a project that coverage does not count (8.1.2), that
// works abroad or names no activity.
type Costs struct {
	Units []UnitCost
	Left  LeftOut
}

// CostsOf finds the unit costs of a project. Its money is that of coverage and
// belongs to one activity: the only key activity it has or, where it names none,
// the one that its indicators of outputs are linked to. What each output measured
// is the number of units; prices are of the year in which the middle of its span
// lies. Activities are told from other links of indicators by isActivity; fold
// makes spellings of one unit one.
func CostsOf(p *atlas.Project, isActivity func(code string) bool, fold func(string) string) Costs {
	e := Of(p)
	activities := activitiesOf(p, isActivity)
	if e.Uncounted != Counted || e.Where == Abroad || len(activities) == 0 {
		return Costs{}
	}
	switch {
	case len(activities) > 1:
		return Costs{Left: LeftSeveral}
	case p.Status == atlas.StatusRunning || e.Ongoing:
		return Costs{Left: LeftRunning}
	case !e.Known || e.Minor <= 0:
		return Costs{Left: LeftMoney}
	case e.First == 0 || e.EndUnknown:
		return Costs{Left: LeftDates}
	}
	units, left := unitsOf(p, fold)
	out := Costs{Left: left}
	for _, u := range units {
		u.unit.Activity = activities[0]
		out.Units = append(out.Units, UnitCost{
			Project: p.ID, Year: ((e.First + e.Last) / 2).Year(), Unit: u.unit, Crowns: float64(e.Minor) / 100 / u.count,
			Minor: e.Minor, Count: u.count, FromCost: e.FromCost, Estimate: e.Estimate, Partial: e.Partial, WholeShare: e.WholeShare,
		})
	}
	return out
}

func activitiesOf(p *atlas.Project, isActivity func(string) bool) []string {
	var out []string
	add := func(code string) {
		for _, known := range out {
			if known == code {
				return
			}
		}
		out = append(out, code)
	}
	for _, a := range p.Activities {
		if a.Code != "" {
			add(a.Code)
		}
	}
	if len(p.Activities) > 0 {
		return out
	}
	for _, i := range p.Indicators {
		if i.Kind == atlas.IndicatorOutput && isActivity(i.LinkedTo) {
			add(i.LinkedTo)
		}
	}
	return out
}

// countedUnit is how many of a unit a project did.
type countedUnit struct {
	unit  Unit
	count float64
}

// unitsOf reads the outputs of a project, or says why there is nothing to divide
// by.
func unitsOf(p *atlas.Project, fold func(string) string) (out []countedUnit, left LeftOut) {
	left = LeftUnits
	for _, i := range p.Indicators {
		name := strings.Join(strings.Fields(fold(i.Unit)), " ")
		if i.Kind != atlas.IndicatorOutput || name == "" {
			continue
		}
		for _, kind := range kindsOf(i.Measurements) {
			switch n, ok := sumOf(i.Measurements, kind); {
			case !ok:
				left = LeftSum
			case n > 0:
				out = append(out, countedUnit{Unit{Name: name, CountKind: kind}, n})
			}
		}
	}
	if len(out) > 0 {
		left = LeftNone
	}
	return out, left
}

// countKind is what was counted; that nobody said so is one kind.
func countKind(m atlas.Measurement) string {
	if m.CountKind == countUnknown {
		return ""
	}
	return m.CountKind
}

// Count kinds (CL-15) that rules speak of.
const (
	countUnknown     = "NEZN"
	countContacts    = "KONT"
	countAttendances = "UCAS"
)

func kindsOf(all []atlas.Measurement) []string {
	var out []string
	seen := map[string]bool{}
	for _, m := range all {
		if kind := countKind(m); m.Value != "" && !seen[kind] {
			seen[kind] = true
			out = append(out, kind)
		}
	}
	return out
}

// sumOf is the number of units of one count kind. One measurement is the number;
// several are added up only where they count contacts or attendances, which do not
// repeat, in periods that cannot overlap: different ones written in one way. A
// person may come in two years, so people are not added up.
func sumOf(all []atlas.Measurement, kind string) (sum float64, ok bool) {
	periods := map[string]bool{}
	length, n := 0, 0
	for _, m := range all {
		if m.Value == "" || countKind(m) != kind {
			continue
		}
		v, err := strconv.ParseFloat(m.Value, 64)
		if err != nil || v < 0 {
			return 0, false
		}
		sum, n = sum+v, n+1
		if n > 1 && len(m.Period) != length {
			return 0, false
		}
		length, periods[m.Period] = len(m.Period), true
	}
	if n > 1 && (kind != countContacts && kind != countAttendances || len(periods) < n || periods[""]) {
		return 0, false
	}
	return sum, true
}

// Key is the unit in one word, for an index and for addresses.
func (u Unit) Key() string { return u.Activity + unitBar + u.Name + unitBar + u.CountKind }

const (
	unitBar  = "|"
	leftMark = "!"
)

// ParseUnit reads a key again.
func ParseUnit(key string) (Unit, bool) {
	first, last := strings.Index(key, unitBar), strings.LastIndex(key, unitBar)
	if first <= 0 || last <= first+1 {
		return Unit{}, false
	}
	return Unit{Activity: key[:first], Name: key[first+1 : last], CountKind: key[last+1:]}, true
}

// Key is the reason in one word; it is no key of a unit.
func (l LeftOut) Key() string { return leftMark + string(l) }

// Keys are the keys of what a project says, for an index.
func (c Costs) Keys() []string {
	if c.Left != LeftNone {
		return []string{c.Left.Key()}
	}
	var out []string
	for _, u := range c.Units {
		out = append(out, u.Key())
	}
	return out
}
