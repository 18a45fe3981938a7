package atlas

import "math"

// Funding (řádek financování, 6.2) is money from one source.
type Funding struct {
	Funder     string // Poskytovatel, Actor.ID
	FunderType string // CL-06
	Programme  string // CL-07
	// ProgrammeText is the programme in the source's words, for programmes of
	// regions, municipalities and foundations that have no code of their own.
	ProgrammeText string
	CallNo        string // Číslo výzvy
	Call          string // Call.ID
	Year          int    // 0 = not known

	Requested, Granted, Spent Amount // Požadováno, přiznáno, vyčerpáno, in Currency
	Currency                  string // ISO 4217; "CZK" by default
	Rate                      Rate   // CZK for one unit; 0 = not known
	RateDate                  Date
	Share                     Percent // Podíl financování
}

// InCrowns converts an amount of this line to CZK; unknown when the rate is.
func (f *Funding) InCrowns(a Amount) Amount {
	if f.Currency == "" || f.Currency == "CZK" {
		return a
	}
	return a.Convert(f.Rate)
}

// Best is the amount that totals use, in CZK: granted, or spent where the
// grant is not known. Requested money is never counted as given.
func (f *Funding) Best() Amount {
	if f.Granted.Known() {
		return f.InCrowns(f.Granted)
	}
	return f.InCrowns(f.Spent)
}

// Money is the amount of the project in CZK and how it was got: the sum of its
// funding lines, or its total cost where no line has an amount (8.1.4).
// Partial says that some lines are not known. The amount is unknown when
// nothing is known, and also when the sum cannot be held.
func (p *Project) Money() (a Amount, fromCost, partial bool) {
	sum := Sum{}
	for i := range p.Funding {
		best := p.Funding[i].Best()
		if best.Known() && best.Minor > 0 && sum.Minor > math.MaxInt64-best.Minor {
			return Amount{}, false, false
		}
		sum.Add(best)
	}
	if sum.Known > 0 {
		a = Amount{Minor: sum.Minor, State: AmountKnown}
		if sum.Estimates > 0 {
			a.State = AmountEstimate
		}
		return a, false, sum.Unknown > 0
	}
	if p.TotalCost.Known() && (p.Currency == "" || p.Currency == "CZK") {
		return p.TotalCost, true, false
	}
	return Amount{}, false, false
}
