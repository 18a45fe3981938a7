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
func ReadDate(s string) (atlas.Date, bool) {
	text := strings.Join(strings.Fields(czech.Fold(clean(s))), " ")
	var d atlas.Date
	switch {
	case yearOnly.MatchString(text):
		d = numbers(yearOnly.FindStringSubmatch(text), 1, 0, 0)
	case dayISO.MatchString(text):
		d = numbers(dayISO.FindStringSubmatch(text), 1, 2, 3)
	case dayCzech.MatchString(text):
		d = numbers(dayCzech.FindStringSubmatch(text), 3, 2, 1)
	case monthCzech.MatchString(text):
		d = numbers(monthCzech.FindStringSubmatch(text), 2, 1, 0)
	case dayWords.MatchString(text):
		m := dayWords.FindStringSubmatch(text)
		month, ok := months()[m[2]]
		if !ok {
			return atlas.Date{}, false
		}
		d = numbers(m, 3, 0, 1)
		d.Month = month
	default:
		return atlas.Date{}, false
	}
	return d, d.Known() && d.Valid()
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
	if d, ok := ReadDate(s); ok {
		return d, true
	}
	text := strings.Join(strings.Fields(czech.Fold(clean(s))), " ")
	var d atlas.Date
	if m := daySlash.FindStringSubmatch(text); m != nil {
		if style == StyleMonthFirst {
			d = numbers(m, 4, 1, 3)
		} else {
			d = numbers(m, 4, 3, 1)
		}
	} else if m := dayDots.FindStringSubmatch(text); m != nil {
		d = numbers(m, 3, 2, 1)
	} else if m := dayYear.FindStringSubmatch(text); m != nil {
		d = numbers(m, 1, 2, 3)
	} else if m := dayPacked.FindStringSubmatch(text); m != nil {
		d = numbers(m, 1, 2, 3)
	} else if m := dayNamed.FindStringSubmatch(text); m != nil {
		if d = numbers(m, 3, 0, 1); months()[m[2]] == 0 {
			return atlas.Date{}, false
		}
		d.Month = months()[m[2]]
	} else if m := daySerial.FindStringSubmatch(text); m != nil {
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

// months are the names of months in both cases that stand in dates, folded,
// and those of neighbours; three letters of English ones too.
func months() map[string]int {
	out := map[string]int{}
	for i, names := range []string{
		"leden ledna january jan januar januara stycznia styczen janner", "unor unora february feb februar februara lutego luty",
		"brezen brezna march mar marec marca marz marzec", "duben dubna april apr aprila kwiecien kwietnia",
		"kveten kvetna may maj maja mai", "cerven cervna june jun juni juna czerwiec czerwca",
		"cervenec cervence july jul juli jula lipiec lipca", "srpen srpna august aug augusta sierpien sierpnia",
		"zari september sep sept septembra wrzesien wrzesnia", "rijen rijna october oct oktober oktobra okt pazdziernik pazdziernika",
		"listopad listopadu november nov novembra", "prosinec prosince december dec decembra dezember dez grudzien grudnia",
	} {
		for _, name := range strings.Fields(names) {
			out[name] = i + 1
		}
	}
	return out
}
