package importer

import (
	"regexp"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/czech"
)

var (
	dayCzech   = regexp.MustCompile(`^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$`)
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
// known.
func numbers(m []string, year, month, day int) atlas.Date {
	at := func(i int) int {
		if i == 0 || m[i] == "" {
			return 0
		}
		n, _ := strconv.Atoi(m[i]) // digits by the expression
		return n
	}
	return atlas.Date{Year: at(year), Month: at(month), Day: at(day)}
}

// months are the names of months in both cases that stand in dates, folded,
// and the English ones.
func months() map[string]int {
	out := map[string]int{}
	for i, names := range []string{
		"leden ledna january jan", "unor unora february feb", "brezen brezna march mar", "duben dubna april apr",
		"kveten kvetna may", "cerven cervna june jun", "cervenec cervence july jul", "srpen srpna august aug",
		"zari september sep", "rijen rijna october oct", "listopad listopadu november nov", "prosinec prosince december dec",
	} {
		for _, name := range strings.Fields(names) {
			out[name] = i + 1
		}
	}
	return out
}
