package atlas

import (
	"fmt"
	"math/big"
)

// AmountState says how an amount is known (field amount_state, 6.2). The zero
// value is unknown.
type AmountState string

// The states of an amount.
const (
	AmountUnknown  AmountState = ""
	AmountKnown    AmountState = "znamo"
	AmountEstimate AmountState = "odhad"
)

// Amount is money in minor units (haléře, cents) with its state. The zero
// Amount is unknown; an unknown amount has no number, so it can never be added
// as 0 (U-03).
type Amount struct {
	Minor int64 // minor units; 0 unless State says otherwise
	State AmountState
}

// Crowns makes a known amount of whole crowns (or other major units).
func Crowns(n int64) Amount { return Amount{Minor: n * 100, State: AmountKnown} }

// Known says whether a number is there, exact or estimated.
func (a Amount) Known() bool { return a.State != AmountUnknown }

// String writes "740576.85"; "" when unknown.
func (a Amount) String() string {
	if !a.Known() {
		return ""
	}
	sign, m := "", a.Minor
	if m < 0 {
		sign, m = "-", -m
	}
	return fmt.Sprintf("%s%d.%02d", sign, m/100, m%100)
}

// Rate is crowns for one unit of a foreign currency in millionths; 0 is unknown.
type Rate int64

// Convert gives the amount in crowns, rounded half away from zero; unknown if the
// amount or the rate is unknown.
func (a Amount) Convert(r Rate) Amount {
	if !a.Known() || r <= 0 {
		return Amount{}
	}
	n := new(big.Int).Mul(big.NewInt(a.Minor), big.NewInt(int64(r)))
	half := big.NewInt(500_000)
	if n.Sign() < 0 {
		half.Neg(half)
	}
	n.Quo(n.Add(n, half), big.NewInt(1_000_000))
	if !n.IsInt64() {
		return Amount{}
	}
	return Amount{Minor: n.Int64(), State: a.State}
}

// Sum adds amounts and counts those that are unknown, so that every total can
// say of how many records it does not know.
type Sum struct {
	Minor     int64
	Known     int // amounts that were added
	Estimates int // of them estimates
	Unknown   int // amounts left out because they are not known
}

// Add takes one more amount.
func (s *Sum) Add(a Amount) {
	switch {
	case !a.Known():
		s.Unknown++
	default:
		s.Minor += a.Minor
		s.Known++
		if a.State == AmountEstimate {
			s.Estimates++
		}
	}
}

// Percent is a share in hundredths of a percent; the zero value is unknown.
type Percent struct {
	Known      bool
	Hundredths int64 // 100 % is 10 000
}

// Pct makes a known whole percentage.
func Pct(n int64) Percent { return Percent{true, n * 100} }

// String writes "33.33"; "" when unknown.
func (p Percent) String() string {
	if !p.Known {
		return ""
	}
	return fmt.Sprintf("%d.%02d", p.Hundredths/100, p.Hundredths%100)
}
