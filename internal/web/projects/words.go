package projects

import (
	"strconv"
	"time"

	"atlas"
	"atlas/internal/i18n"
)

// words speaks one language: messages, numbers, dates, money.
type words struct {
	catalog *i18n.Catalog
	lang    string
}

// T is a message; arguments are pairs of name and value.
func (w words) T(key string, args ...any) string { return w.catalog.T(w.lang, key, args...) }

// N is a message in the plural form of n.
func (w words) N(key string, n int, args ...any) string {
	return w.catalog.N(w.lang, key, int64(n), args...)
}

// known is a message whose key is made of data; what has none is itself.
func (w words) known(key, otherwise string) string {
	if !w.catalog.Has(key) {
		return otherwise
	}
	return w.T(key)
}

func (w words) number(n int64) string          { return i18n.Number(w.lang, n) }
func (w words) date(d atlas.Date) string       { return i18n.Date(w.lang, d) }
func (w words) day(t time.Time) string         { return i18n.Day(w.lang, t) }
func (w words) percent(p atlas.Percent) string { return i18n.Percent(w.lang, p) }
func (w words) decimal(s string) string        { return i18n.Decimal(w.lang, s) }

// amount writes money in full; "" when it is not known.
func (w words) amount(a atlas.Amount, currency string) string {
	if !a.Known() {
		return ""
	}
	return i18n.Money(w.lang, a, currency)
}

// years writes the time of a project: "2017–2020", "od 2019", "2014".
func (w words) years(p *atlas.Project) string {
	if !p.From.Known() {
		if p.To.Known() {
			return w.T("projects.until", "year", p.To.Year)
		}
		return ""
	}
	from := strconv.Itoa(p.From.Year)
	switch {
	case p.To.Known() && p.To.Year == p.From.Year:
		return from
	case p.To.Known():
		return from + "–" + strconv.Itoa(p.To.Year)
	case p.Ongoing:
		return w.T("projects.since", "year", from)
	}
	return from
}
