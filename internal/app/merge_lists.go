package app

import (
	"reflect"
	"slices"

	"atlas"
)

// joined says whether the field is a list that two records can have together.
func (f projectField) joined() bool {
	return len(f.names) == 1 && f.values(new(atlas.Project))[0].Kind() == reflect.Slice
}

// join adds to the list of one project what only the other has. Where a part of
// both is one thing, what is not known of it is filled in, and what is known
// differently stays as the first has it: no money is counted twice.
func (f projectField) join(keep, drop *atlas.Project) {
	switch f.Key {
	case "parties":
		keep.Parties = joinBy(keep.Parties, drop.Parties, sameParty, func(p *atlas.Party, q atlas.Party) { fill(&p.Amount, q.Amount) })
	case "funding":
		keep.Funding = joinBy(keep.Funding, drop.Funding, sameFunding, fillFunding)
	case "territories":
		keep.Territories = joinBy(keep.Territories, drop.Territories,
			func(p, q atlas.Place) bool { return p.Territory == q.Territory }, func(p *atlas.Place, q atlas.Place) { fill(&p.Share, q.Share) })
	case "areas":
		keep.Areas = joinAreas(keep.Areas, drop.Areas)
	default:
		list, more := f.values(keep)[0], f.values(drop)[0]
		out := reflect.AppendSlice(reflect.Zero(list.Type()), list)
		for i := range more.Len() {
			if !hasPart(list, more.Index(i)) {
				out = reflect.Append(out, more.Index(i))
			}
		}
		list.Set(out)
	}
}

// joinBy adds to a list the parts of another that are none of its own. Each of
// its parts is taken for one of the other's at most.
func joinBy[T any](list, more []T, same func(a, b T) bool, learn func(a *T, b T)) []T {
	out := slices.Clone(list)
	taken := make([]bool, len(list))
	for _, m := range more {
		at := -1
		for i := range list {
			if at < 0 && !taken[i] && same(out[i], m) {
				at = i
			}
		}
		if at < 0 {
			out = append(out, m)
			continue
		}
		taken[at] = true
		learn(&out[at], m)
	}
	return out
}

// fill puts a value where there is none.
func fill[T comparable](have *T, more T) {
	var none T
	if *have == none {
		*have = more
	}
}

func sameParty(p, q atlas.Party) bool { return p.Actor == q.Actor && p.Role == q.Role }

// sameFunding says whether two lines of one project are the same money: nothing
// that tells where it is from speaks against it, and something speaks for it, or
// at least no amount against.
func sameFunding(f, g atlas.Funding) bool {
	against, speaks := false, false
	tell := func(a, b string, telling bool) {
		against = against || a != "" && b != "" && a != b
		speaks = speaks || telling && a != "" && a == b
	}
	tell(f.Funder, g.Funder, true)
	tell(f.Programme, g.Programme, true)
	tell(f.ProgrammeText, g.ProgrammeText, true)
	tell(f.CallNo, g.CallNo, true)
	tell(f.Call, g.Call, true)
	tell(f.FunderType, g.FunderType, false)
	tell(f.Currency, g.Currency, false)
	if against || f.Year != 0 && g.Year != 0 && f.Year != g.Year {
		return false
	}
	agree := func(a, b atlas.Amount) bool { return !a.Known() || !b.Known() || a.Minor == b.Minor }
	return speaks || agree(f.Requested, g.Requested) && agree(f.Granted, g.Granted) && agree(f.Spent, g.Spent)
}

// fillFunding takes from the same line of another record what is not known. Its
// amounts are taken only in the same currency.
func fillFunding(f *atlas.Funding, g atlas.Funding) {
	if fill(&f.Currency, g.Currency); f.Currency == g.Currency {
		fill(&f.Requested, g.Requested)
		fill(&f.Granted, g.Granted)
		fill(&f.Spent, g.Spent)
		if f.Rate == 0 {
			f.Rate, f.RateDate = g.Rate, g.RateDate
		}
	}
	fill(&f.Funder, g.Funder)
	fill(&f.FunderType, g.FunderType)
	fill(&f.Programme, g.Programme)
	fill(&f.ProgrammeText, g.ProgrammeText)
	fill(&f.CallNo, g.CallNo)
	fill(&f.Call, g.Call)
	fill(&f.Year, g.Year)
	fill(&f.Share, g.Share)
}

// joinAreas joins areas; the primary one is that of the first record.
func joinAreas(list, more []atlas.AreaShare) []atlas.AreaShare {
	out := joinBy(list, more, func(a, b atlas.AreaShare) bool { return a.Code == b.Code },
		func(a *atlas.AreaShare, b atlas.AreaShare) { fill(&a.Share, b.Share) })
	if slices.ContainsFunc(list, func(a atlas.AreaShare) bool { return a.Primary }) {
		for i := len(list); i < len(out); i++ {
			out[i].Primary = false
		}
	}
	return out
}
