// Package coverage says which territories and themes projects of integration
// cover (pokrytí) and where the gaps are (bílá místa): chapter 8.1 of the
// specification. It computes in memory from a book of entries, one for each
// published project, and knows no database and no pages.
//
// Money is split in haléře so that the parts always sum to the whole: by places,
// then by areas or target groups, then by months. Every level of territory and
// every sum is added up from the same parts, so a kraj is exactly the sum of its
// okresy and of what belongs to the kraj as a whole.
package coverage

import "atlas"

// Where says where a project counts (8.1.3).
type Where uint8

// Places to count a project in.
const (
	// Local (místní) projects name the places they work in.
	Local Where = iota
	// Wide (celostátní nebo neurčené) projects have no place that they would
	// cover; they never remove a gap.
	Wide
	// Abroad (zahraniční) projects are no part of the matrix of this country.
	Abroad
)

// Uncounted says why a project is not counted at all (8.1.2).
type Uncounted uint8

// Reasons why a project is not counted.
const (
	Counted       Uncounted = iota
	OtherStatus             // it has not started, was not supported or was cancelled
	UnknownStatus           // it may well have run, but nobody said so
)

// Share is a part of a project that belongs to a code: a territory, an area or a
// target group. Weights mean something only beside one another.
type Share struct {
	Code   string
	Weight int64
}

// Entry (záznam) is what coverage needs to know of one project.
type Entry struct {
	Uncounted Uncounted
	Where     Where
	Places    []Share // of a local project; the first takes what is left over
	Areas     []Share // the primary one comes first and takes what is left over
	Groups    []Share // target groups by legal position

	// Minor is the money of integration in haléře: granted, else the total cost,
	// times the share of integration (8.1.4). It says nothing unless Known.
	Minor int64
	Known bool
	// Estimate, FromCost, Partial and WholeShare say how far the money can be
	// trusted: an estimate; the total cost for want of a grant; some lines of
	// funding not known; the share of integration not known, so all of it counted.
	Estimate, FromCost, Partial, WholeShare bool

	// First and Last are the first and the last active month, see Month; both 0
	// when the start is not known.
	First, Last Month
	// Ongoing says that the project goes on: it is active until the month that a
	// question calls now, and Last is its first month.
	Ongoing bool
	// EndUnknown says that the end is not known and the project is not said to go
	// on, so it counts in its first year only.
	EndUnknown bool
}

// Month is a month as a number: twelve times the year and the month from 0. It
// is 0 when not known.
type Month int32

// MonthOf is the month of a date, unknown for an unknown date. A date without a
// month is its January.
func MonthOf(d atlas.Date) Month {
	if !d.Known() {
		return 0
	}
	return Month(d.Year*12 + max(d.Month, 1) - 1)
}

// Year is the year of the month.
func (m Month) Year() int { return int(m) / 12 }

// longest is how many months a project may take: what lasts longer is a
// mistyped date, and a century of cells for one record helps nobody.
const longest = 100 * 12

// Of makes the entry of a project.
func Of(p *atlas.Project) Entry {
	e := Entry{
		Uncounted: uncounted(p.Status), Where: where(p),
		Areas: areas(p.Areas), Groups: groups(p.TargetLegal),
	}
	if e.Where == Local {
		e.Places = places(p.Territories)
	}
	e.setMoney(p)
	e.setMonths(p)
	return e
}

func uncounted(status string) Uncounted {
	switch status {
	case atlas.StatusRunning, atlas.StatusEnded, atlas.StatusSustained:
		return Counted
	case atlas.StatusUnknown, "":
		return UnknownStatus
	}
	return OtherStatus
}

// where is rule 8.1.3: a nationwide project stays nationwide even where it lists
// its offices; one of unknown or several regions counts where it says it works.
func where(p *atlas.Project) Where {
	switch {
	case p.Scope == atlas.ScopeAbroad, p.Country != "" && p.Country != "CZ":
		return Abroad
	case p.Scope == atlas.ScopeCountry, len(places(p.Territories)) == 0:
		return Wide
	}
	return Local
}

func places(all []atlas.Place) []Share {
	var codes []string
	var known []atlas.Percent
	for _, p := range all {
		if p.Territory != "" && p.Territory != "CZ" {
			codes, known = append(codes, p.Territory), append(known, p.Share)
		}
	}
	return shares(codes, known)
}

func areas(all []atlas.AreaShare) []Share {
	var codes []string
	var known []atlas.Percent
	for _, primary := range []bool{true, false} {
		for _, a := range all {
			if a.Primary == primary && a.Code != "" {
				codes, known = append(codes, a.Code), append(known, a.Share)
			}
		}
	}
	return shares(codes, known)
}

func groups(codes []string) []Share { return shares(codes, make([]atlas.Percent, len(codes))) }

// shares gives each code its weight; a code named twice has both. Those whose
// share is not known take equal parts of what the others leave, and where the
// others leave nothing, all take equal parts (8.1.4).
func shares(codes []string, known []atlas.Percent) []Share {
	const whole = 10_000 // hundredths of a percent
	var sum, missing int64
	for _, k := range known {
		if k.Known && k.Hundredths > 0 {
			sum += k.Hundredths
		} else if !k.Known {
			missing++
		}
	}
	equal := sum == 0 || missing > 0 && sum >= whole
	var out []Share
	for i, code := range codes {
		w := int64(1)
		switch {
		case equal:
		case !known[i].Known:
			w = whole - sum
		case missing > 0:
			w = max(known[i].Hundredths, 0) * missing
		default:
			w = max(known[i].Hundredths, 0)
		}
		out = addShare(out, Share{code, w})
	}
	return out
}

func addShare(to []Share, s Share) []Share {
	for i := range to {
		if to[i].Code == s.Code {
			to[i].Weight += s.Weight
			return to
		}
	}
	return append(to, s)
}

func (e *Entry) setMoney(p *atlas.Project) {
	amount, fromCost, partial := p.Money()
	if !amount.Known() {
		return
	}
	e.Minor, e.Known = amount.Minor, true
	e.Estimate, e.FromCost, e.Partial = amount.State == atlas.AmountEstimate, fromCost, partial
	if !p.IntegrationShare.Known {
		e.WholeShare = true
		return
	}
	e.Minor = portion(amount.Minor, p.IntegrationShare.Hundredths, 10_000)
}

// setMonths is the time of rule 8.1.2.
func (e *Entry) setMonths(p *atlas.Project) {
	e.First = MonthOf(p.From)
	if e.First == 0 {
		return
	}
	switch {
	case p.To.Known() && MonthOf(p.To.Last()) >= e.First:
		e.Last = MonthOf(p.To.Last())
	case p.Ongoing && !p.To.Known():
		e.Last, e.Ongoing = e.First, true
	default:
		e.Last, e.EndUnknown = Month(e.First.Year()*12+11), true
	}
	e.Last = min(e.Last, e.First+longest-1)
}
