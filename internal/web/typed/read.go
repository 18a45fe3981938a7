package typed

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"atlas"
)

// Keys of problems, with the argument "value": what was typed.
const (
	KeyDate    = "typed.date"
	KeyAmount  = "typed.amount"
	KeyPercent = "typed.percent"
	KeyNumber  = "typed.number"
	KeyYear    = "typed.year"
	KeyRate    = "typed.rate"
	KeyURL     = "typed.url"
)

func (f *Form) wrong(name, key string) {
	f.Fail(name, key, map[string]any{"value": f.Text(name)})
}

var (
	isoDate   = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$`)
	czechDate = regexp.MustCompile(`^(?:(\d{1,2})\.\s*)?(\d{1,2})\s*[./]\s*(\d{4})$`)
)

// ParseDate reads a date as people write it: "2017", "9/2017", "09. 2017",
// "1. 9. 2017", "2017-09-01". ok is false when it is no day of the calendar.
func ParseDate(s string) (d atlas.Date, ok bool) {
	s = strings.Join(strings.Fields(s), " ")
	if m := isoDate.FindStringSubmatch(s); m != nil {
		d = atlas.Date{Year: whole(m[1]), Month: whole(m[2]), Day: whole(m[3])}
		return d, d.Year > 0 && d.Valid() && (m[2] == "" || d.Month > 0) && (m[3] == "" || d.Day > 0)
	}
	if m := czechDate.FindStringSubmatch(s); m != nil {
		d = atlas.Date{Year: whole(m[3]), Month: whole(m[2]), Day: whole(m[1])}
		return d, d.Year > 0 && d.Valid() && d.Month > 0 && (m[1] == "" || d.Day > 0)
	}
	return d, false
}

func whole(s string) int { n, _ := strconv.Atoi(s); return n }

// Date reads a date; unknown when empty or wrong.
func (f *Form) Date(name string) atlas.Date {
	text := f.Text(name)
	if text == "" {
		return atlas.Date{}
	}
	d, ok := ParseDate(text)
	if !ok {
		f.wrong(name, KeyDate)
		return atlas.Date{}
	}
	return d
}

// thousands are groups of three digits with dots between them.
var thousands = regexp.MustCompile(`^\d{1,3}(\.\d{3})+$`)

// number splits a number as people write it into the digits before and after
// its decimal sign: a comma or one dot. Blanks stand anywhere; several dots, or
// dots before a comma, stand between thousands, so that "1. 9. 2017" is none.
func number(s string) (head, tail string, ok bool) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\u00a0', '\u202f', '\u2009', '\'':
			return -1
		}
		return r
	}, s)
	head, tail, comma := strings.Cut(s, ",")
	switch {
	case !comma && strings.Count(head, ".") == 1:
		head, tail, _ = strings.Cut(head, ".")
	case thousands.MatchString(head):
		head = strings.ReplaceAll(head, ".", "") // 1.800.000 or 1.800,50
	}
	return head, tail, head != "" && len(head) <= 15 && digits(head) && digits(tail)
}

// decimal reads a number as an integer of 10^-places.
func decimal(s string, places int) (int64, bool) {
	head, tail, ok := number(s)
	if !ok || len(tail) > places {
		return 0, false
	}
	n, err := strconv.ParseInt(head+tail+strings.Repeat("0", places-len(tail)), 10, 64)
	return n, err == nil
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// Amount reads money with the state that stands in the field name_state: "odhad"
// makes it an estimate. An empty field is not known, whatever the state.
func (f *Form) Amount(name string) atlas.Amount {
	text := f.Text(name)
	if text == "" {
		return atlas.Amount{}
	}
	for _, unit := range []string{"Kč", "CZK", "kč", ",-", ",–"} {
		text = strings.TrimSpace(strings.TrimSuffix(text, unit))
	}
	n, ok := decimal(text, 2)
	if !ok {
		f.wrong(name, KeyAmount)
		return atlas.Amount{}
	}
	if f.Get(name+"_state") == string(atlas.AmountEstimate) {
		return atlas.Amount{Minor: n, State: atlas.AmountEstimate}
	}
	return atlas.Amount{Minor: n, State: atlas.AmountKnown}
}

// Percent reads 0 to 100 with at most two decimals.
func (f *Form) Percent(name string) atlas.Percent {
	text := f.Text(name)
	if text == "" {
		return atlas.Percent{}
	}
	n, ok := decimal(strings.TrimSpace(strings.TrimSuffix(text, "%")), 2)
	if !ok || n > 100_00 {
		f.wrong(name, KeyPercent)
		return atlas.Percent{}
	}
	return atlas.Percent{Known: true, Hundredths: n}
}

// Rate reads crowns for one unit of a currency with at most six decimals.
func (f *Form) Rate(name string) atlas.Rate {
	text := f.Text(name)
	if text == "" {
		return 0
	}
	n, ok := decimal(text, 6)
	if !ok || n == 0 {
		f.wrong(name, KeyRate)
		return 0
	}
	return atlas.Rate(n)
}

// Count reads a number of people with its kind in the field name_kind.
func (f *Form) Count(name string) atlas.Count {
	text := f.Text(name)
	if text == "" {
		return atlas.Count{}
	}
	n, ok := decimal(text, 0)
	if !ok {
		f.wrong(name, KeyNumber)
		return atlas.Count{}
	}
	return atlas.Count{Known: true, N: n, Kind: f.Text(name + "_kind")}
}

// Year reads a year; 0 when empty or wrong.
func (f *Form) Year(name string) int {
	text := f.Text(name)
	if text == "" {
		return 0
	}
	if len(text) != 4 || !digits(text) || whole(text) == 0 {
		f.wrong(name, KeyYear)
		return 0
	}
	return whole(text)
}

// Number reads a decimal number that is kept as text, exact; "" when empty or
// wrong.
func (f *Form) Number(name string) string {
	text := f.Text(name)
	if text == "" {
		return ""
	}
	rest, negative := strings.CutPrefix(text, "-")
	head, tail, ok := number(rest)
	if !ok || len(tail) > 6 {
		f.wrong(name, KeyNumber)
		return ""
	}
	if tail != "" {
		head += "." + tail
	}
	if negative {
		head = "-" + head
	}
	return head
}

// URL reads an address of the web. "www.mvcr.cz" is completed; any other scheme
// than http and https is refused, so that no page ever links to a script.
func (f *Form) URL(name string) string {
	text := f.Text(name)
	if text == "" {
		return ""
	}
	if !strings.Contains(text, "://") && strings.Contains(text, ".") && !strings.Contains(text, ":") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.ContainsAny(text, " \n\t") {
		f.wrong(name, KeyURL)
		return ""
	}
	return text
}
