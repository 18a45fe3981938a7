package i18n

import (
	"math/big"
	"strconv"
	"strings"
	"time"

	"atlas"
)

// nbsp keeps a number and its unit on one line (10.5).
const nbsp = "\u00a0"

// Number writes a whole number: "1 234" in Czech with non-breaking spaces,
// "1,234" in English.
func Number(lang string, n int64) string {
	sep := nbsp
	if lang == "en" {
		sep = ","
	}
	s := strconv.FormatInt(n, 10)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	return sign + group(s, sep)
}

func group(digits, sep string) string {
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(sep)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Decimal writes an exact decimal text ("1234.5") the way the language does.
func Decimal(lang, s string) string {
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return s
	}
	out := Number(lang, n)
	if strings.HasPrefix(whole, "-") && n == 0 {
		out = "−0"
	}
	if strings.Trim(frac, "0") == "" {
		return out
	}
	point := ","
	if lang == "en" {
		point = "."
	}
	return out + point + frac
}

// Tenths writes a number of tenths with its one decimal place, also where that is
// 0: 720 is "72,0".
func Tenths(lang string, n int) string {
	point := ","
	if lang == "en" {
		point = "."
	}
	return Number(lang, int64(n/10)) + point + strconv.Itoa(n%10)
}

// Money writes an amount in full: "740 576,85 Kč", "1 800 000 Kč", "£15,000".
// It must not be called for an unknown amount; that is a word of its own.
func Money(lang string, a atlas.Amount, currency string) string {
	return Decimal(lang, a.String()) + nbsp + Currency(lang, currency)
}

// Currency is the unit of a currency: Kč for CZK in Czech.
func Currency(lang, code string) string {
	switch {
	case (code == "" || code == "CZK") && lang == "cs":
		return "Kč"
	case code == "":
		return "CZK"
	case code == "EUR":
		return "€"
	}
	return code
}

// MoneyShort writes an amount in millions or billions to one place when it is
// large: "1,8 mil. Kč", "1.8 bn CZK".
func MoneyShort(lang string, minor int64, currency string) string {
	units := []struct {
		minor  int64
		cs, en string
	}{{1e11, "mld.", "bn"}, {1e8, "mil.", "m"}}
	for _, u := range units {
		if minor < u.minor && -minor < u.minor {
			continue
		}
		tenths := new(big.Int).Div(big.NewInt(minor+u.minor/20), big.NewInt(u.minor/10)).Int64()
		word := u.cs
		if lang == "en" {
			word = u.en
		}
		return Decimal(lang, strconv.FormatInt(tenths/10, 10)+"."+strconv.FormatInt(abs(tenths%10), 10)) + nbsp + word + nbsp + Currency(lang, currency)
	}
	return Decimal(lang, strconv.FormatInt(minor/100, 10)) + nbsp + Currency(lang, currency)
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

var monthsCs = [...]string{"leden", "únor", "březen", "duben", "květen", "červen", "červenec", "srpen", "září", "říjen", "listopad", "prosinec"}

// Date writes a date with the precision it has: "1. 9. 2017", "září 2017",
// "2017"; in English "1 September 2017", "September 2017", "2017".
func Date(lang string, d atlas.Date) string {
	if !d.Known() {
		return ""
	}
	year := strconv.Itoa(d.Year)
	if d.Month == 0 {
		return year
	}
	month := time.Month(d.Month).String()
	if lang == "en" {
		if d.Day == 0 {
			return month + nbsp + year
		}
		return strconv.Itoa(d.Day) + nbsp + month + nbsp + year
	}
	if d.Day == 0 {
		return monthsCs[d.Month-1] + nbsp + year
	}
	return strconv.Itoa(d.Day) + "." + nbsp + strconv.Itoa(d.Month) + "." + nbsp + year
}

// Day writes the day of a moment in Europe/Prague.
func Day(lang string, t time.Time) string {
	t = t.In(Prague)
	return Date(lang, atlas.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()})
}

// Prague is the time zone of the country; UTC+1 where the machine has no zone
// data.
var Prague = prague()

func prague() *time.Location {
	if l, err := time.LoadLocation("Europe/Prague"); err == nil {
		return l
	}
	return time.FixedZone("CET", 3600)
}

// Percent writes "33,33 %".
func Percent(lang string, p atlas.Percent) string {
	if !p.Known {
		return ""
	}
	s := strings.TrimRight(strings.TrimRight(p.String(), "0"), ".")
	return Decimal(lang, s) + nbsp + "%"
}
