package importer

import (
	"regexp"
	"strings"

	"atlas"
)

// dates sets the span of the project, and the year of the grant by its
// approval when the money is read.
func (m *mappedRow) dates() {
	p := &m.draft.Project
	start, end := m.column(TargetStart), m.column(TargetEnd)
	text := m.say(TargetStart)
	if from, to, ok := ReadSpanAs(text, m.by.styles[start]); ok && m.inRange(from) && m.inRange(to) && m.say(TargetEnd) == "" {
		p.From, p.To = from, to
		return
	}
	if open := since.FindStringSubmatch(text); open != nil {
		text = open[1]
		p.Ongoing = m.say(TargetEnd) == ""
	}
	p.From = m.dateIn(start, text)
	p.Ongoing = p.Ongoing && p.From.Known()
	p.To = m.dateIn(end, m.say(TargetEnd))
	if p.From.Known() && p.To.Known() && p.To.Last().Compare(p.From.First()) < 0 {
		m.lost(end, "date_order", "from", p.From.String())
		p.To = atlas.Date{}
	}
}

// dateIn reads the text of a column as a date in the style of the column. What
// is no date, or no year of a project, is kept and named.
func (m *mappedRow) dateIn(column, text string) atlas.Date {
	if text == "" || text == "-" {
		return atlas.Date{}
	}
	d, ok := ReadDateAs(text, m.by.styles[column])
	switch {
	case !ok:
		m.lost(column, "date")
		return atlas.Date{}
	case !m.inRange(d):
		m.lost(column, "year_range", "from", atlas.FirstYear, "to", m.Year+10)
		return atlas.Date{}
	}
	return d
}

func (m *mappedRow) inRange(d atlas.Date) bool {
	return d.Year >= atlas.FirstYear && d.Year <= m.Year+10
}

// approvalYear is the year of the decision on the grant; 0 when not known.
func (m *mappedRow) approvalYear() int {
	column := m.column(TargetApproved)
	text := m.say(TargetApproved)
	if from, _, ok := ReadSpan(text); ok { // "2009/2013": of the decision and of the last payment
		m.keep(column)
		return from.Year
	}
	return m.dateIn(column, text).Year
}

var (
	spanStart  = regexp.MustCompile(`^(?i:od|from|von|vom)\s+`)
	spanMiddle = regexp.MustCompile(`\s*[–—]\s*|\s+(?i:-|až|do|to|until|bis)\s+`)
)

// ReadSpanAs reads the first and the last day in one cell, in the style of its
// column: "2007/2008", "1. 9. 2017 – 31. 8. 2020", "od 9/2017 do 8/2020", and
// in StyleSpan "2016", which is both.
func ReadSpanAs(s, style string) (from, to atlas.Date, ok bool) {
	if from, to, ok = ReadSpan(s); ok {
		return from, to, true
	}
	parts := spanMiddle.Split(spanStart.ReplaceAllString(strings.TrimSpace(s), ""), -1)
	switch {
	case len(parts) == 1 && style == StyleSpan && parts[0] == strings.TrimSpace(s):
		from, ok = ReadDateAs(s, style)
		return from, from, ok
	case len(parts) != 2:
		return from, to, false
	}
	from, begins := ReadDateAs(parts[0], style)
	to, ends := ReadDateAs(parts[1], style)
	if !begins || !ends || to.Last().Compare(from.First()) < 0 {
		return atlas.Date{}, atlas.Date{}, false
	}
	return from, to, true
}
