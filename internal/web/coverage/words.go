package coverage

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"atlas/internal/coverage"
	"atlas/internal/i18n"
)

// sentence says in words what the matrix shows (R0-41): how many territories have
// a project running, which items have the least.
func (b builder) sentence() string {
	all := b.m.All()
	if all.Projects == 0 {
		return b.T("coverage.sentence.none", "years", b.years(b.asked))
	}
	territories, running := 0, 0
	for i, row := range b.m.Rows {
		if row.Kind != coverage.RowTerritory {
			continue
		}
		territories++
		if b.m.RowTotal(i).Running > 0 {
			running++
		}
	}
	out := b.T("coverage.sentence", "years", b.years(b.asked), "projects", b.N("coverage.projects", int64(all.Projects)),
		"where", b.N("coverage.in."+string(b.asked.Level), int64(running)), "of", b.number(int64(territories)))
	if missing := b.missing(); len(missing) > 0 {
		out += " " + b.T("coverage.sentence.missing", "items", strings.Join(missing, ", "))
	}
	return out
}

// source says where all figures are from and of which day.
func (b builder) source() string { return b.T("coverage.source", "day", i18n.Day(b.lang, b.app.Now())) }

// upper and lower turn the first letter, where words come to stand elsewhere in a
// sentence.
func upper(s string) string { return turned(s, unicode.ToUpper) }
func lower(s string) string { return turned(s, unicode.ToLower) }

func turned(s string, turn func(rune) rune) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(turn(first)) + s[size:]
}

// mostMissing is how many items the sentence names.
const mostMissing = 3

// missing names the items with the fewest local projects among those that have
// fewest: none, where there are any without one.
func (b builder) missing() []string {
	type count struct {
		name string
		n    uint32
	}
	var all []count
	for _, item := range b.items() {
		if item != "" {
			all = append(all, count{b.itemName(item), b.m.ItemTotal(b.m.Item(item)).Projects})
		}
	}
	slices.SortStableFunc(all, func(x, y count) int { return cmp.Compare(x.n, y.n) })
	var out []string
	for _, c := range all[:min(len(all), mostMissing)] {
		out = append(out, b.T("coverage.sentence.item", "name", c.name, "projects", b.N("coverage.projects", int64(c.n))))
	}
	return out
}

// facts say what the figures stand on: everything that is not known is counted
// and told (U-03, 8.1.11).
func (b builder) facts() []string {
	every, s := b.m.Everything(), b.asked
	out := []string{b.T("coverage.fact.source", "day", i18n.Day(b.lang, b.app.Now()), "projects", b.N("coverage.projects", int64(every.Projects)), "years", b.years(s))}
	add := func(key string, n int64) {
		if n > 0 {
			out = append(out, b.N("coverage.fact."+key, n))
		}
	}
	add("unknown_money", int64(every.Unknown))
	add("from_cost", int64(every.FromCost))
	add("estimates", int64(every.Estimates))
	add("partial", int64(every.Partial))
	add("whole_share", int64(every.WholeShare))
	add("end_unknown", int64(every.EndUnknown))
	add("unknown_status", int64(b.m.UnknownStatus))
	add("other_status", int64(b.m.OtherStatus))
	if by := b.peopleFact(); by != "" {
		out = append(out, by)
	}
	return append(out, b.T("coverage.fact.additive"), b.T("coverage.fact.wide"))
}
