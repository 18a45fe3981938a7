package atlas

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a day, a month or a year: what is not known of it is 0. The zero
// Date is unknown. It is never earlier or later than what was said: "2017"
// stays a year.
type Date struct{ Year, Month, Day int }

// DateOf is the day of a moment in its own time zone.
func DateOf(t time.Time) Date {
	return Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}

// Known says whether at least the year is known.
func (d Date) Known() bool { return d.Year != 0 }

// String gives "2017", "2017-09" or "2017-09-01"; "" when unknown. The texts
// sort in time order.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// ParseDate reads what String writes. It refuses days that no calendar has.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return Date{}, fmt.Errorf("date %q: want 2017, 2017-09 or 2017-09-01", s)
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v <= 0 || i > 0 && len(p) != 2 {
			return Date{}, fmt.Errorf("date %q: want 2017, 2017-09 or 2017-09-01", s)
		}
		n[i] = v
	}
	d := Date{n[0], n[1], n[2]}
	if !d.Valid() {
		return Date{}, fmt.Errorf("date %q: no such day", s)
	}
	return d, nil
}

// Valid says whether the calendar has such a date. Unknown is valid.
func (d Date) Valid() bool {
	switch {
	case d.Year == 0:
		return d.Month == 0 && d.Day == 0
	case d.Year < 0 || d.Year > 9999 || d.Month < 0 || d.Month > 12 || d.Day < 0:
		return false
	case d.Month == 0:
		return d.Day == 0
	case d.Day == 0:
		return true
	}
	return d.Day <= daysIn(d.Year, d.Month)
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// First is the first day the date can mean, Last the last one; both are
// unknown for an unknown date.
func (d Date) First() Date {
	if !d.Known() {
		return d
	}
	return Date{d.Year, max(d.Month, 1), max(d.Day, 1)}
}

// Last is the last day the date can mean.
func (d Date) Last() Date {
	if !d.Known() {
		return d
	}
	if d.Month == 0 {
		return Date{d.Year, 12, 31}
	}
	if d.Day == 0 {
		return Date{d.Year, d.Month, daysIn(d.Year, d.Month)}
	}
	return d
}

// Compare orders dates by their first day; unknown comes first.
func (d Date) Compare(e Date) int {
	a, b := d.First(), e.First()
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day))
}

// MonthsBetween counts the months in which a span is active, both ends
// included: 09/2017–12/2020 is 40 (acceptance example 6). 0 when either end is
// unknown or the order is wrong.
func MonthsBetween(from, to Date) int {
	if !from.Known() || !to.Known() {
		return 0
	}
	a, b := from.First(), to.Last()
	return max(0, (b.Year-a.Year)*12+b.Month-a.Month+1)
}
