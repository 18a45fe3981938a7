package statistics

import (
	"slices"
	"strconv"
	"time"

	"atlas"
	"atlas/internal/i18n"
)

// period is one step of a chart: a date of the data set, a month or a year, with
// the last slice of it; nil where there is none.
type period struct {
	at    float64
	label string
	slice *atlas.Slice
}

// mostDates is how many dates a chart shows one by one; of more, the last of each
// month.
const mostDates = 48

// periods makes the steps of a chart of slices sorted by date. A year, or a month,
// without any is a step without a slice, so that it shows as a gap.
func periods(lang string, all []atlas.Slice, yearly bool) (out []period, years bool) {
	if yearly || annual(all) {
		return filled(all, func(d atlas.Date) int { return d.Year }, strconv.Itoa), true
	}
	if len(all) > mostDates {
		return filled(all, func(d atlas.Date) int { return d.Year*12 + max(d.Month, 1) - 1 }, func(n int) string {
			return strconv.Itoa(n%12+1) + "/" + strconv.Itoa(n/12)
		}), false
	}
	for i := range all {
		out = append(out, period{dayOf(all[i].Date), i18n.Date(lang, all[i].Date), &all[i]})
	}
	return withGaps(out), false
}

// annual says whether no year has two dates.
func annual(all []atlas.Slice) bool {
	for i := 1; i < len(all); i++ {
		if all[i].Date.Year == all[i-1].Date.Year {
			return false
		}
	}
	return true
}

// filled takes the last slice of each number that of gives, and every number
// between the first and the last.
func filled(all []atlas.Slice, of func(atlas.Date) int, label func(int) string) []period {
	var out []period
	for i := range all {
		n := of(all[i].Date)
		for len(out) > 0 && int(out[len(out)-1].at) < n-1 {
			missing := int(out[len(out)-1].at) + 1
			out = append(out, period{float64(missing), label(missing), nil})
		}
		if len(out) > 0 && int(out[len(out)-1].at) == n {
			out[len(out)-1].slice = &all[i]
		} else {
			out = append(out, period{float64(n), label(n), &all[i]})
		}
	}
	return out
}

func dayOf(d atlas.Date) float64 {
	return float64(time.Date(d.Year, time.Month(max(d.Month, 1)), max(d.Day, 1), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// farApart is how many times the usual distance two dates are apart when something
// between them is missing.
const farApart = 2.5

// withGaps puts a step without a slice between dates that are unusually far apart.
func withGaps(all []period) []period {
	var apart []float64
	for i := 1; i < len(all); i++ {
		apart = append(apart, all[i].at-all[i-1].at)
	}
	if len(apart) < 2 {
		return all
	}
	slices.Sort(apart)
	usual := apart[len(apart)/2]
	var out []period
	for i, p := range all {
		if i > 0 && p.at-all[i-1].at > usual*farApart {
			out = append(out, period{(p.at + all[i-1].at) / 2, "", nil})
		}
		out = append(out, p)
	}
	return out
}
