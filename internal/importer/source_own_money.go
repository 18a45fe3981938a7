package importer

import (
	"strconv"
	"strings"

	"atlas"
)

// Places of the labels in ownFundingLabels.
const (
	ownFunder = iota
	ownFunderType
	ownProgramme
	ownProgrammeText
	ownCallNo
	ownCall
	ownYear
	ownRequested
	ownGranted
	ownSpent
	ownCurrency
	ownRate
	ownRateDate
	ownShare
)

// ownFundingLabels are the labels of a line of funding in their order.
func ownFundingLabels() pairs {
	return pairs{
		ownFunder: {"Poskytovatel", "Funder"}, ownFunderType: {"Druh zdroje", "Type of funding"}, ownProgramme: {"Program", "Programme"},
		ownProgrammeText: {"Program slovy", "Programme in words"}, ownCallNo: {"Číslo výzvy", "Call number"}, ownCall: {"Kód výzvy v Atlasu", "Code of the call in the Atlas"},
		ownYear: {"Rok", "Year"}, ownRequested: {"Požadováno", "Requested"}, ownGranted: {"Přiznáno", "Granted"}, ownSpent: {"Vyčerpáno", "Spent"},
		ownCurrency: {"Měna", "Currency"}, ownRate: {"Kurz v korunách", "Rate in crowns"}, ownRateDate: {"Datum kurzu", "Date of the rate"},
		ownShare: {"Podíl financování (%)", "Share of funding (%)"},
	}
}

// ownFunding reads the lines of funding. One that can be read in two ways is
// kept as it stands.
func (m *mapping) ownFunding() {
	p, column, labels := &m.draft.Project, m.ownColumn("funding"), ownFundingLabels()
	for _, text := range m.ownValues("funding") {
		parts, ok := labels.split(text)
		f, whole := m.ownLine(column, parts)
		if !ok || parts[-1] != "" || !whole {
			m.problem(column, "not_coded")
			m.keepValue(column, text)
		}
		if ok {
			p.Funding = append(p.Funding, f)
		}
	}
}

// ownLine makes a line of its parts; false where one of them is not understood.
func (m *mapping) ownLine(column string, parts map[int]string) (f atlas.Funding, whole bool) {
	whole = true
	code := func(list, word string) string {
		found := m.ownWord(list, word)
		whole = whole && (word == "" || found != "")
		return found
	}
	f = atlas.Funding{
		Funder: m.ownActor(column, parts[ownFunder]), FunderType: code(atlas.ListFunderType, parts[ownFunderType]), Programme: code(atlas.ListProgramme, parts[ownProgramme]),
		ProgrammeText: parts[ownProgrammeText], CallNo: parts[ownCallNo], Call: parts[ownCall], Currency: code(atlas.ListCurrency, parts[ownCurrency]),
		Requested: m.ownAmount(column, parts[ownRequested]), Granted: m.ownAmount(column, parts[ownGranted]), Spent: m.ownAmount(column, parts[ownSpent]),
	}
	ok := func(good bool) { whole = whole && good }
	if s := parts[ownYear]; s != "" {
		n, err := strconv.Atoi(s)
		f.Year = n
		ok(err == nil)
	}
	var err error
	f.RateDate, err = atlas.ParseDate(parts[ownRateDate])
	ok(err == nil)
	if s := parts[ownRate]; s != "" {
		n, good := fixed(s, 6)
		f.Rate = atlas.Rate(n)
		ok(good)
	}
	if s := parts[ownShare]; s != "" {
		share, good := readPercent(s)
		f.Share = share
		ok(good)
	}
	return f, whole
}

// readPercent reads "33.33"; false for anything else.
func readPercent(s string) (atlas.Percent, bool) {
	n, ok := fixed(s, 2)
	if !ok {
		return atlas.Percent{}, false
	}
	return atlas.Percent{Known: true, Hundredths: n}, true
}

// fixed reads a number with at most so many decimals as a whole number of its
// smallest parts.
func fixed(s string, decimals int) (int64, bool) {
	whole, part, _ := strings.Cut(s, ".")
	if whole == "" || len(part) > decimals || strings.Trim(whole+part, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", decimals-len(part)), 10, 64)
	return n, err == nil
}
