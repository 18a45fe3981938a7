package statistics

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"atlas"
	"atlas/internal/czech"
)

// plain is the name of a column as it is compared: folded words.
func plain(header string) string {
	return strings.Join(strings.FieldsFunc(czech.Fold(header), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '+'
	}), " ")
}

// column is where a cell is; -1 = there is none.
type column struct {
	at   int
	name string
}

func (c column) there() bool { return c.at >= 0 }

// in is the cell of a row, "" where the row is shorter or the column is not
// there.
func (c column) in(cells []string) string {
	if c.at < 0 || c.at >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[c.at])
}

// head is the header of a file: what columns are looked up by – what a person said
// they are, else what they are called – and what they are called.
type head struct{ keys, names []string }

// columnOf finds the first column that has one of some names.
func columnOf(h head, names ...string) column {
	for _, name := range names {
		for i, key := range h.keys {
			if plain(key) == name {
				return column{i, h.names[i]}
			}
		}
	}
	return column{at: -1}
}

var (
	fullDate  = regexp.MustCompile(`(?:^|\D)(\d{1,2})[-_. ]{1,2}(\d{1,2})[-_. ]{1,2}(20\d\d)(?:\D|$)`)
	isoDate   = regexp.MustCompile(`(?:^|\D)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?:\D|$)`)
	ofData    = regexp.MustCompile(`(?i)(?:data|rok|stav)[-_ ]?((?:19|20)\d\d)(?:\D|$)`)
	loneYears = regexp.MustCompile(`(?:^|\D)((?:19|20)\d\d)(?:\D|$)`)
)

// dateInName finds the date that the name of a file says: a day such as
// statistika-ukr-08-03-2022.xls, or a year such as 290038-18data2014.csv. Of
// several years none.
func dateInName(name string) (atlas.Date, bool) {
	if m := fullDate.FindStringSubmatch(name); m != nil {
		return dayOf(m[3], m[2], m[1])
	}
	if m := isoDate.FindStringSubmatch(name); m != nil {
		if d, ok := dayOf(m[1], m[2], m[3]); ok {
			return d, true
		}
	}
	years := ofData.FindAllStringSubmatch(name, -1)
	if len(years) != 1 {
		years = loneYears.FindAllStringSubmatch(name, -1)
	}
	if len(years) != 1 {
		return atlas.Date{}, false
	}
	year, _ := strconv.Atoi(years[0][1])
	return atlas.Date{Year: year}, true
}

func dayOf(year, month, day string) (atlas.Date, bool) {
	var n [3]int
	for i, s := range []string{year, month, day} {
		n[i], _ = strconv.Atoi(s)
	}
	d := atlas.Date{Year: n[0], Month: n[1], Day: n[2]}
	return d, d.Known() && d.Month > 0 && d.Day > 0 && d.Valid()
}

var czechDay = regexp.MustCompile(`^(\d{1,2})\.\s*(\d{1,2})\.\s*((?:19|20)\d\d)(?:\s+0?0:00(?::00)?)?$`)

// parseDate reads a date of a cell: 2017, 2017-09, 2017-09-01, 1. 9. 2017 or a
// day with the time of midnight.
func parseDate(text string) (atlas.Date, bool) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "\u00a0", " "))
	if m := czechDay.FindStringSubmatch(text); m != nil {
		return dayOf(m[3], m[2], m[1])
	}
	if i := strings.IndexAny(text, "T "); i == 10 && strings.Trim(text[11:], "0:.Z") == "" {
		text = text[:10]
	}
	d, err := atlas.ParseDate(text)
	return d, err == nil && d.Known() && d.Year >= 1850
}
