package importer

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"atlas"
	"atlas/internal/czech"
)

// money makes the lines of funding and the costs. A sum without a currency that
// the row, the header or the mapping names stays in words: it must not become
// crowns.
func (m *mappedRow) money() {
	f := atlas.Funding{CallNo: m.say(TargetCallNumber)}
	granted, spent := m.column(TargetEUGranted), m.column(TargetEUAmount)
	if granted == "" {
		granted, spent = spent, ""
	}
	if granted != "" || m.say(TargetFund) != "" {
		f.FunderType = "EU-S"
	}
	if granted == "" {
		granted = m.column(TargetGrant)
	} else {
		m.keepColumn(TargetGrant)
	}
	f.Granted = m.amount(granted, &f.Currency)
	f.Spent = m.amount(spent, &f.Currency)
	f.Requested = m.amount(m.column(TargetRequestedAmount), &f.Currency)
	year := m.approvalYear()
	m.programme(&f, year)
	m.authority(&f)
	if f.Currency != "" || f.Funder != "" || f.Programme != "" || f.ProgrammeText != "" || f.CallNo != "" {
		f.Year = year
		m.addLine(f)
	} else {
		m.keepColumn(TargetApproved) // a year alone is no line of funding
	}
	state := atlas.Funding{FunderType: "STA"}
	if state.Granted = m.amount(m.column(TargetStateAmount), &state.Currency); state.Granted.Known() {
		m.addLine(state)
	}
	m.cost()
}

func (m *mappedRow) addLine(f atlas.Funding) {
	m.draft.Project.Funding = append(m.draft.Project.Funding, f)
}

// keepColumn keeps a column of a target in words, if there is one.
func (m *mappedRow) keepColumn(target Target) {
	if column := m.column(target); column != "" {
		m.keep(column)
	}
}

// cost is the whole of the project: its total, else what of it is eligible. The
// other of the two is kept in words.
func (m *mappedRow) cost() {
	p := &m.draft.Project
	for _, target := range []Target{TargetTotal, TargetEligible} {
		column := m.column(target)
		switch {
		case column == "":
		case p.TotalCost.Known():
			m.keep(column)
		default:
			p.TotalCost = m.amount(column, &p.Currency)
		}
	}
}

// programme names the programme of a line of funding, by code where its words
// are known.
func (m *mappedRow) programme(f *atlas.Funding, year int) {
	words := m.say(TargetProgramme)
	if words == "" {
		words = m.say(TargetProgrammeTitle)
	}
	if words == "" {
		words = m.say(TargetFund)
	}
	if year == 0 {
		year = m.draft.Project.From.Year
	}
	if code := programmeOf(words, year); code != "" && m.inForce(code, year) {
		f.Programme = code
		return
	}
	f.ProgrammeText = words
}

// authority puts the body that gave the money, or runs the programme, on the
// line of funding.
func (m *mappedRow) authority(f *atlas.Funding) {
	name := m.say(TargetAuthority)
	if name == "" {
		return
	}
	kind, noActor := donorKind(name)
	if noActor {
		f.ProgrammeText = strings.Trim(name+", "+f.ProgrammeText, ", ")
		return
	}
	f.Funder = m.actor(m.column(TargetAuthority), NamedActor{Name: name})
	if f.FunderType == "" {
		f.FunderType = kind
	}
}

// amount reads a cell of money and sets the currency with it. What cannot be
// read, a negative amount and a zero are kept and named.
func (m *mappedRow) amount(column string, currency *string) atlas.Amount {
	text := m.line(column)
	if column == "" || text == "" || text == "-" {
		return atlas.Amount{}
	}
	read, ok := ReadMoneyAs(text, m.by.styles[column])
	if read.Currency == "" {
		read.Currency = m.currencyFor(column)
	}
	switch {
	case !ok:
		m.lost(column, "money")
	case read.Amount.Minor < 0:
		m.lost(column, "negative")
	case read.Amount.Minor == 0:
		m.lost(column, "zero")
	case read.Currency == "":
		m.lost(column, "no_currency")
	case *currency != "" && *currency != read.Currency:
		m.lost(column, "currency")
	default:
		*currency = read.Currency
		return read.Amount
	}
	return atlas.Amount{}
}

// currencyFor is the currency of a column without one in its values: of its
// header, of the column of currencies, of the mapping; "" when none says it.
func (m *mappedRow) currencyFor(column string) string {
	if c := m.by.currencies[column]; c != "" {
		return c
	}
	said := m.say(TargetCurrency)
	if said == "" {
		return m.by.Currency
	}
	code := currencyCode(said)
	if code == "" {
		code = strings.ToUpper(said)
	}
	if m.Lists.Has(atlas.ListCurrency, code) {
		return code
	}
	return "" // not the usual one, whatever it is
}

// currencyInHeader is the currency that a name of a column ends with or has in
// brackets: "celkem_kc", "Wartość projektu [zł]", "Betrag in EUR".
func currencyInHeader(header string) string {
	for _, w := range strings.FieldsFunc(czech.Fold(header), func(r rune) bool { return strings.ContainsRune(" _[](){}.,:/-*", r) }) {
		if c := currencyCode(w); c != "" {
			return c
		}
	}
	return ""
}

// currencyCode is the code of a currency by its code, sign or abbreviation.
func currencyCode(s string) string {
	switch s = strings.ToLower(czech.Fold(strings.TrimSpace(s))); s {
	case "kc", "czk":
		return "CZK"
	case "€", "eur", "euro", "euros", "evro":
		return "EUR"
	case "zl", "pln":
		return "PLN"
	case "£", "£m", "gbp":
		return "GBP"
	case "ft", "huf":
		return "HUF"
	case "lei", "ron":
		return "RON"
	case "$", "usd":
		return "USD"
	case "sek", "dkk", "nok", "bgn", "hrk", "chf":
		return strings.ToUpper(s)
	}
	return ""
}

// tableCurrency is the one currency that headers or values of a table name; ""
// when none does or several do.
func tableCurrency(t *Table) string {
	found := map[string]bool{}
	for _, h := range t.Header {
		found[currencyInHeader(h)] = true
	}
	rows := t.Sample()
	step := max(1, len(rows)/sampled)
	for i := 0; i < len(rows); i += step {
		for _, cell := range rows[i].Cells {
			if len(cell) < 40 && strings.ContainsAny(cell, "0123456789") {
				_, currency := splitCurrency(clean(cell))
				found[currency] = true
			}
		}
	}
	delete(found, "")
	if len(found) == 1 {
		for c := range found {
			return c
		}
	}
	return ""
}

var (
	currencyAfter  = regexp.MustCompile(`^(.*?[\d,.–-])\s*\(?(\pL{2,4}\.?|[€£$])\)?$`)
	currencyBefore = regexp.MustCompile(`^(\pL{2,4}|[€£$])\s*(-?\d.*)$`)
)

// splitCurrency parts the currency off a number: "149 736 100 .- HUF", "€
// 1570.00". A word that is no currency stays.
func splitCurrency(s string) (number, currency string) {
	if s == "" || isDigit(s[len(s)-1]) && (isDigit(s[0]) || s[0] == '-') {
		return s, "" // neither expression can fit
	}
	if m := currencyAfter.FindStringSubmatch(s); m != nil {
		if c := currencyCode(strings.TrimSuffix(m[2], ".")); c != "" {
			return m[1], c
		}
	}
	if m := currencyBefore.FindStringSubmatch(s); m != nil {
		if c := currencyCode(m[1]); c != "" {
			return m[2], c
		}
	}
	return s, ""
}

var (
	trailingDash = regexp.MustCompile(`\s*[.,]\s*[-–—]+$`)
	pointNumber  = regexp.MustCompile(`^(-?\d{1,3}(?:[, ']\d{3})*|-?\d+)(?:\.(\d+))?$`)
	commaNumber  = regexp.MustCompile(`^(-?\d{1,3}(?:[. ']\d{3})*|-?\d+)(?:,(\d+))?$`)
)

// ReadMoneyAs reads an amount in the style of its column, StylePoint or
// StyleComma; without a style, only what can be read in one way. Like all money
// here it is never rounded: a third decimal other than zero is refused.
func ReadMoneyAs(s, style string) (Money, bool) {
	if whole, part, ok := plainNumber(s, style); ok {
		a, ok := exact(whole, part)
		return Money{Amount: a}, ok
	}
	number, currency := splitCurrency(oneLine(clean(s)))
	if last, _ := utf8.DecodeLastRuneInString(number); strings.ContainsRune("-–—", last) {
		number = trailingDash.ReplaceAllString(number, "")
	}
	number = strings.ReplaceAll(number, "’", "'")
	if expression := numberIn(number, style); expression != nil {
		if m := expression.FindStringSubmatch(number); m != nil {
			a, ok := exact(withoutSigns(m[1]), m[2])
			return Money{a, currency}, ok
		}
	}
	read, ok := ReadMoney(number)
	if !ok {
		read, ok = ReadMoney(s)
	}
	if ok && currency != "" {
		read.Currency = currency
	}
	return read, ok
}

// numberIn is the expression of a number in a style, or in the style that the
// number itself leaves no doubt about; nil where there is a doubt.
func numberIn(number, style string) *regexp.Regexp {
	switch style {
	case StylePoint:
		return pointNumber
	case StyleComma:
		return commaNumber
	}
	switch decimalSign(number) {
	case '.':
		return pointNumber
	case ',':
		return commaNumber
	}
	return nil
}

// withoutSigns is a number without what parts its thousands.
func withoutSigns(s string) string {
	if !strings.ContainsAny(s, ",. '") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == ',' || r == '.' || r == ' ' || r == '\'' {
			return -1
		}
		return r
	}, s)
}
