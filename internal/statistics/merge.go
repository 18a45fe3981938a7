package statistics

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"atlas"
)

// Slices puts together what rows said and gives slice by slice, by date and then
// by territory, and at the end the report. It can be called any number of times.
// A slice is good until the next one.
func (r *Reading) Slices(ctx context.Context, give func(*atlas.Slice) error) (*Report, error) {
	m := &merger{
		env: &r.env, give: give, book: r.book.copy(), review: newReview(&r.env, r.layout),
		report: Report{Counts: r.counts},
	}
	m.review.name = r.name
	seen := 0
	err := r.parts.each(func(record []byte) error {
		if seen++; seen%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := m.next.unpack(record); err != nil {
			return err
		}
		return m.take()
	})
	if err == nil {
		err = m.end()
	}
	if err != nil {
		return nil, err
	}
	m.report.Groups, m.report.Kept = m.book.all(), m.book.kept
	m.report.Notices = m.review.notices(&m.report)
	return &m.report, nil
}

// merger holds the parts of one territory at one date.
type merger struct {
	env    *Env
	give   func(*atlas.Slice) error
	book   *book
	review *review
	report Report

	next  part   // as it was read last
	parts []part // of the territory and date
	slice atlas.Slice
}

func (m *merger) take() error {
	if len(m.parts) > 0 && (m.parts[0].territory != m.next.territory || m.parts[0].date.Last() != m.next.date.Last()) {
		if err := m.finish(); err != nil {
			return err
		}
	}
	p := m.next
	p.figures = slices.Clone(m.next.figures)
	m.parts = append(m.parts, p)
	return nil
}

func (m *merger) end() error {
	if len(m.parts) == 0 {
		return nil
	}
	return m.finish()
}

// finish makes a slice of the parts and gives it, if there is anything to give.
func (m *merger) finish() error {
	own := 0
	for own < len(m.parts) && m.parts[own].kind == partOwn {
		own++
	}
	first := &m.parts[0]
	m.slice = atlas.Slice{
		Dataset: m.env.Dataset.Code, Edition: m.env.Dataset.Edition, Territory: first.territory,
		Date: first.date, Row: first.row, Figures: m.slice.Figures[:0], TerritoryVersion: first.since,
	}
	if t, ok := m.env.Places.Get(first.territory); ok && first.since == "" {
		m.slice.TerritoryVersion = t.VersionOn(first.date)
	}
	switch {
	case own == 1:
		m.report.Read++
		m.slice.Figures = append(m.slice.Figures, first.figures...)
		m.slice.Note = first.note
	case own > 1:
		m.mergeOwn(m.parts[:own])
	default:
		m.sumDistricts(m.parts)
	}
	m.parts = m.parts[:0]
	if len(m.slice.Figures) == 0 {
		return nil
	}
	m.slice.Sort()
	m.report.Slices++
	m.review.take(&m.report, &m.slice)
	return m.give(&m.slice)
}

// mergeOwn puts rows about one territory and date together. Where two rows say
// other numbers of one category, neither is taken: both are refused and shown.
func (m *merger) mergeOwn(parts []part) {
	type said struct {
		figure atlas.Figure
		row    int
	}
	all := map[atlas.Category][]said{}
	refused := map[int]atlas.Category{}
	for _, p := range parts {
		for _, f := range p.figures {
			if p.since != parts[0].since {
				continue // of another territory, see below
			}
			before := all[f.Category]
			for _, s := range before {
				if s.figure != f {
					refused[s.row], refused[p.row] = f.Category, f.Category
				}
			}
			all[f.Category] = append(before, said{f, p.row})
		}
	}
	taken := map[atlas.Category]bool{}
	for _, p := range parts {
		if p.since != parts[0].since {
			m.report.Refused++
			m.book.add(problem(p.row, "", p.since, "version_differs", "expected", parts[0].since,
				"territory", m.place(p.territory), "date", p.date.String()), true)
			continue
		}
		if c, no := refused[p.row]; no {
			var others []string
			value := ""
			for _, s := range all[c] {
				if s.row == p.row {
					value = m.text(s.figure)
				} else if len(others) < 4 {
					others = append(others, m.text(s.figure)+" ("+strconv.Itoa(s.row)+")")
				}
			}
			m.report.Refused++
			m.book.add(problem(p.row, "", value, "same_key", "others", strings.Join(others, ", "),
				"territory", m.place(p.territory), "date", p.date.String(), "category", c.String()), true)
			continue
		}
		fresh := 0
		for _, f := range p.figures {
			if !taken[f.Category] {
				taken[f.Category] = true
				fresh++
				m.slice.Figures = append(m.slice.Figures, f)
			}
		}
		if fresh == 0 {
			m.report.Repeated++
			continue
		}
		m.report.Read++
		if m.slice.Note == "" {
			m.slice.Note = p.note
		}
	}
}

// sumDistricts makes a city of its districts, of which the source tells only
// these. When one of them could not be read or two rows differ about it, the city
// is not known.
func (m *merger) sumDistricts(parts []part) {
	sums, counts := map[atlas.Category]int64{}, map[atlas.Category]int{}
	districts := 0
	for i, p := range parts {
		same := i > 0 && parts[i-1].district == p.district
		if p.kind == partSpoil || same && !slices.Equal(parts[i-1].figures, p.figures) {
			m.book.add(problem(p.row, "", "", "summed_gap", "name", m.place(p.territory), "date", p.date.String()), false)
			return
		}
		if same {
			continue
		}
		districts++
		for _, f := range p.figures {
			if f.Known() {
				sums[f.Category] += f.Value
				counts[f.Category]++
			}
		}
	}
	for c, n := range counts {
		if n == districts {
			m.slice.Figures = append(m.slice.Figures, atlas.Figure{Category: c, Value: sums[c], State: atlas.FigureKnown})
		}
	}
	m.slice.Summed = true
}

func (m *merger) text(f atlas.Figure) string {
	switch f.State {
	case atlas.FigureKnown:
		return atlas.FormatValue(f.Value, m.env.Dataset.Decimals)
	case atlas.FigureSuppressed:
		return "< 5"
	}
	return "?"
}

func (m *merger) place(code string) string { return label(m.env, code) }

// label names a territory for people.
func label(env *Env, code string) string {
	if code == atlas.NoAddress {
		return "bez adresy"
	}
	return env.Places.Label(code)
}
