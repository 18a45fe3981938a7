package importer

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"atlas"
	"atlas/internal/czech"
)

var (
	dayCzech   = regexp.MustCompile(`^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\.?$`)
	dayISO     = regexp.MustCompile(`^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[t ]\d{2}:\d{2}.*)?$`)
	monthCzech = regexp.MustCompile(`^(\d{1,2})[./] ?(\d{4})$`)
	dayWords   = regexp.MustCompile(`^(?:(\d{1,2})\. ?)?([a-z]+) (\d{4})$`)
	yearOnly   = regexp.MustCompile(`^(?:rok[u]? )?(\d{4})$`)
)

// ReadDate reads a day, a month or a year as lists write it: "1. 1. 2020",
// "1.5. 2016", "2015-07-01T00:00:00+00:00", "září 2017", "9/2017", "2017". A
// time of day is left out; nothing is added that the text does not say.
func ReadDate(s string) (atlas.Date, bool) { return readDate(dateText(s)) }

// dateText is the form in which dates are read: folded, on one line.
func dateText(s string) string { return oneLine(czech.Fold(clean(s))) }

// readDate looks only at what can follow the digits at the beginning, because
// each expression takes its time.
func readDate(text string) (atlas.Date, bool) {
	digits, sign := leadingDigits(text)
	var m []string
	var d atlas.Date
	match := func(e *regexp.Regexp) bool {
		m = e.FindStringSubmatch(text)
		return m != nil
	}
	switch {
	case (digits == 0 || digits == len(text)) && match(yearOnly):
		d = numbers(m, 1, 0, 0)
	case digits == 4 && sign == '-' && match(dayISO):
		d = numbers(m, 1, 2, 3)
	case digits < 3 && sign == '.' && match(dayCzech):
		d = numbers(m, 3, 2, 1)
	case digits < 3 && (sign == '.' || sign == '/') && match(monthCzech):
		d = numbers(m, 2, 1, 0)
	case (digits == 0 || digits < 3 && sign == '.') && match(dayWords):
		d = numbers(m, 3, 0, 1)
		if d.Month = monthOf(m[2]); d.Month == 0 {
			return atlas.Date{}, false
		}
	default:
		return atlas.Date{}, false
	}
	return d, d.Known() && d.Valid()
}

// leadingDigits is how many digits a text begins with, and what follows them; 0
// when nothing does.
func leadingDigits(text string) (digits int, sign byte) {
	for digits < len(text) && isDigit(text[digits]) {
		digits++
	}
	if digits < len(text) {
		sign = text[digits]
	}
	return digits, sign
}

// numbers makes a date of parts of a match; part 0 and an empty part are not
// known. A year of two digits is the nearest one: 15 is 2015 and 98 is 1998.
func numbers(m []string, year, month, day int) atlas.Date {
	at := func(i int) int {
		if i == 0 || m[i] == "" {
			return 0
		}
		n, _ := strconv.Atoi(m[i]) // digits by the expression
		return n
	}
	d := atlas.Date{Year: at(year), Month: at(month), Day: at(day)}
	if len(m[year]) == 2 {
		d.Year += 2000
		if d.Year >= 2070 {
			d.Year -= 100
		}
	}
	return d
}

var (
	daySlash    = regexp.MustCompile(`^(\d{1,2})([/-])(\d{1,2})[/-](\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?$`)
	dayDots     = regexp.MustCompile(`^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})\.?(?: \d{1,2}:\d{2}.*)?$`)
	dayYear     = regexp.MustCompile(`^(\d{4})[./](\d{1,2})[./](\d{1,2})\.?(?: \d{1,2}:\d{2}.*)?$`)
	dayPacked   = regexp.MustCompile(`^((?:19|20)\d\d)(\d\d)(\d\d)$`)
	dayNamed    = regexp.MustCompile(`^(?:(\d{1,2})[.\s-]+)?([a-z]{3,})[.,\s-]+(\d{4}|\d{2})$`)
	daySerial   = regexp.MustCompile(`^([2-6]\d{4})(?:\.\d+)?$`)
	yearsOfSpan = regexp.MustCompile(`^((?:19|20)\d\d) ?[/–—-] ?((?:19|20)\d\d)$`)
)

// ReadDateAs reads a date as ReadDate does, and as any list of a state of the
// Union writes it: "31/12/2016", "01-Jul-12", "2014.03.17", "20160630", the
// number of a day in Excel. Style says what comes first between slashes where
// that could be two things; without it, it is the day.
func ReadDateAs(s, style string) (atlas.Date, bool) {
	text := dateText(s)
	if d, ok := readDate(text); ok {
		return d, true
	}
	digits, sign := leadingDigits(text)
	var m []string
	var d atlas.Date
	match := func(e *regexp.Regexp) bool {
		m = e.FindStringSubmatch(text)
		return m != nil
	}
	switch {
	case (digits == 1 || digits == 2) && (sign == '/' || sign == '-') && match(daySlash):
		if style == StyleMonthFirst {
			d = numbers(m, 4, 1, 3)
		} else {
			d = numbers(m, 4, 3, 1)
		}
	case (digits == 1 || digits == 2) && sign == '.' && match(dayDots):
		d = numbers(m, 3, 2, 1)
	case digits == 4 && match(dayYear):
		d = numbers(m, 1, 2, 3)
	case digits == 8 && match(dayPacked):
		d = numbers(m, 1, 2, 3)
	case digits < 3 && match(dayNamed):
		d = numbers(m, 3, 0, 1)
		if d.Month = monthOf(m[2]); d.Month == 0 {
			return atlas.Date{}, false
		}
	case digits == 5 && match(daySerial):
		d = serialDay(m[1])
	}
	return d, d.Known() && d.Valid()
}

// serialDay is a day by its number in Excel; 1 is 1 January 1900 there, and the
// year 1900 has a 29 February.
func serialDay(s string) atlas.Date {
	n, _ := strconv.Atoi(s) // digits by the expression
	t := time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC)
	return atlas.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}

// ReadSpan reads two years in one cell: "2007/2008", "2014–2020".
func ReadSpan(s string) (from, to atlas.Date, ok bool) {
	m := yearsOfSpan.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return from, to, false
	}
	from, to = numbers(m, 1, 0, 0), numbers(m, 2, 0, 0)
	return from, to, from.Year <= to.Year
}

// monthOf is the number of a month by its name in either case that stands in
// dates, folded, here and in neighbouring countries, or by three letters of the
// English one; 0 for other words.
func monthOf(name string) int {
	switch name {
	case "leden", "ledna", "january", "jan", "januar", "januara", "stycznia", "styczen", "janner":
		return 1
	case "unor", "unora", "february", "feb", "februar", "februara", "lutego", "luty":
		return 2
	case "brezen", "brezna", "march", "mar", "marec", "marca", "marz", "marzec":
		return 3
	case "duben", "dubna", "april", "apr", "aprila", "kwiecien", "kwietnia":
		return 4
	case "kveten", "kvetna", "may", "maj", "maja", "mai":
		return 5
	case "cerven", "cervna", "june", "jun", "juni", "juna", "czerwiec", "czerwca":
		return 6
	case "cervenec", "cervence", "july", "jul", "juli", "jula", "lipiec", "lipca":
		return 7
	case "srpen", "srpna", "august", "aug", "augusta", "sierpien", "sierpnia":
		return 8
	case "zari", "september", "sep", "sept", "septembra", "wrzesien", "wrzesnia":
		return 9
	case "rijen", "rijna", "october", "oct", "oktober", "oktobra", "okt", "pazdziernik", "pazdziernika":
		return 10
	case "listopad", "listopadu", "november", "nov", "novembra":
		return 11
	case "prosinec", "prosince", "december", "dec", "decembra", "dezember", "dez", "grudzien", "grudnia":
		return 12
	}
	return 0
}
