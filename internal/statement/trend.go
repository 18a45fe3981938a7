package statement

import (
	"math"
	"slices"
	"strconv"
)

// Value is the value of one step of time.
type Value struct {
	When  string // "2020"
	N     float64
	Known bool
	// Fresh says that from here on something else is counted than before.
	Fresh bool
}

// Trend is how a number went over time.
type Trend struct {
	What   string // the name of the series: "Cizinci, okres Děčín"
	Values []Value
	// Unfinished is a step that still goes on: this year. "" there is none.
	Unfinished string
}

// Trend says how a number went from the first known value to the last one. Only
// values counted alike are compared: the ones since the last change of definition.
func (s Speaker) Trend(t Trend) string {
	since := 0
	for i, v := range t.Values {
		if v.Fresh && i > 0 {
			since = i
		}
	}
	comparable := t.Values[since:]
	var known []Value
	for _, v := range comparable {
		if v.Known {
			known = append(known, v)
		}
	}
	return join(s.course(t.What, known), s.broken(t.Values, since), s.gaps(comparable, known), s.unfinished(t, known))
}

func (s Speaker) course(what string, known []Value) string {
	switch len(known) {
	case 0:
		return s.t("trend.none", "what", what)
	case 1:
		return s.t("trend.one", "what", what, "at", s.at(known[0].When), "value", s.number(known[0].N))
	}
	first, last := known[0], known[len(known)-1]
	key := "trend.rise"
	switch {
	case last.N < first.N:
		key = "trend.fall"
	case last.N == first.N:
		key = "trend.same"
	}
	return s.t(key, "what", what, "span", s.span(first.When, last.When), "first", s.number(first.N), "last", s.number(last.N),
		"by", s.number(math.Abs(last.N-first.N)), "change", s.change(first.N, last.N), "between", s.between(known))
}

// between says the extremes that lie between the ends, each only where one step
// alone has it.
func (s Speaker) between(known []Value) string {
	out := ""
	extreme := func(key string, beyond func(a, b float64) bool) {
		best, alone := known[0], true
		for _, v := range known[1:] {
			switch {
			case beyond(v.N, best.N):
				best, alone = v, true
			case v.N == best.N:
				alone = false
			}
		}
		if alone && best.When != known[0].When && best.When != known[len(known)-1].When {
			out += s.t(key, "value", s.number(best.N), "at", s.at(best.When))
		}
	}
	extreme("trend.most", func(a, b float64) bool { return a > b })
	extreme("trend.least", func(a, b float64) bool { return a < b })
	return out
}

func (s Speaker) broken(values []Value, since int) string {
	if since == 0 || !slices.ContainsFunc(values[:since], func(v Value) bool { return v.Known }) {
		return ""
	}
	return s.t("trend.broken", "at", s.at(values[since].When))
}

// mostGaps is how many steps without data are named.
const mostGaps = 6

// gaps names the steps without data: neighbouring years as one span.
func (s Speaker) gaps(values, known []Value) string {
	missing := len(values) - len(known)
	if missing == 0 || len(known) == 0 {
		return ""
	}
	var spans []string
	for i := 0; i < len(values); i++ {
		from := i
		for i < len(values) && !values[i].Known {
			i++
		}
		switch i - from {
		case 0:
		case 1:
			spans = append(spans, values[from].When)
		case 2:
			spans = append(spans, values[from].When, values[i-1].When)
		default:
			spans = append(spans, values[from].When+"–"+values[i-1].When)
		}
	}
	if len(spans) > mostGaps {
		return s.n("trend.gaps", missing, "all", strconv.Itoa(len(values)))
	}
	return s.t("trend.gap", "list", s.list(spans))
}

func (s Speaker) unfinished(t Trend, known []Value) string {
	if t.Unfinished == "" || len(known) == 0 || known[len(known)-1].When != t.Unfinished {
		return ""
	}
	return s.t("trend.unfinished", "when", t.Unfinished)
}
