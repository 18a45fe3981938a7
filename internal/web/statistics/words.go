package statistics

import (
	"context"
	"errors"
	"strings"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// number writes a figure for people; one that is not known says so.
func number(q *page.Request, d *atlas.Dataset, f atlas.Figure) string {
	switch f.State {
	case atlas.FigureKnown:
		return i18n.Decimal(q.Lang, atlas.FormatValue(f.Value, d.Decimals))
	case atlas.FigureSuppressed:
		return q.T("statistics.hidden")
	}
	return q.T("statistics.not_known")
}

// plainNumber writes a figure for programs: "" is not known.
func plainNumber(d *atlas.Dataset, f atlas.Figure) string {
	switch f.State {
	case atlas.FigureKnown:
		return atlas.FormatValue(f.Value, d.Decimals)
	case atlas.FigureSuppressed:
		return "<5*"
	}
	return ""
}

// category names of whom a figure is: "Ukrajina, ženy, 0–4".
func (a *area) category(q *page.Request, c atlas.Category) string {
	var all []string
	if c.Citizenship != "" {
		all = append(all, a.citizenship(q, c.Citizenship))
	}
	if c.Sex != "" {
		all = append(all, q.T("statistics.sex."+c.Sex))
	}
	if c.Age.Set() {
		all = append(all, q.T("statistics.ages", "ages", strings.ReplaceAll(c.Age.String(), "-", "–")))
	}
	if c.Residence != "" {
		all = append(all, a.residence(q, c.Residence))
	}
	if len(all) == 0 {
		return q.T("statistics.everybody")
	}
	return strings.Join(all, ", ")
}

func (a *area) citizenship(q *page.Request, code string) string {
	switch code {
	case atlas.CitizenshipKosovo, atlas.CitizenshipStateless, atlas.CitizenshipUnknown:
		return q.T("statistics.citizenship." + code)
	}
	return a.app.Lists().Label(atlas.ListCountry, code, q.Lang)
}

func (a *area) residence(q *page.Request, code string) string {
	if a.app.Lists().Has(atlas.ListResidence, code) {
		return a.app.Lists().Label(atlas.ListResidence, code, q.Lang)
	}
	return a.app.Lists().Label("CL-04-SK", code, q.Lang)
}

// place names a territory.
func (a *area) place(q *page.Request, code string) string {
	if code == atlas.NoAddress {
		return q.T("statistics.no_address")
	}
	return a.app.Places().Label(code)
}

// sumWords says that a number is our sum, of how many municipalities, and how many
// it does not know; "" of what the source tells itself.
func sumWords(q *page.Request, parts, untold int) string {
	switch {
	case parts == 0:
		return ""
	case untold == atlas.NoCount:
		return q.N("statistics.sum.parts", int64(parts)) + " " + q.T("statistics.sum.no_count")
	}
	return q.N("statistics.sum.parts", int64(parts)) + " " + q.N("statistics.sum.untold", int64(untold))
}

// sumShort is the same for a row of a table.
func sumShort(q *page.Request, parts, untold int) string {
	switch {
	case parts == 0:
		return ""
	case untold == atlas.NoCount:
		return q.T("statistics.sum.short_no_count", "parts", i18n.Number(q.Lang, int64(parts)))
	}
	return q.T("statistics.sum.short", "parts", i18n.Number(q.Lang, int64(parts)), "untold", i18n.Number(q.Lang, int64(untold)))
}

// origin is where numbers are from.
type origin struct {
	Batch, URL, File, Href string
	Accessed               atlas.Date
	Applied                string
}

// origins reads the batches of numbers, each once.
type origins struct {
	ctx   context.Context
	r     *store.Reader
	lang  string
	known map[string]origin
}

func (a *area) origins(q *page.Request) *origins {
	return &origins{q.Context(), a.app.Reader(), q.Lang, map[string]origin{}}
}

func (o *origins) of(batch string) (origin, error) {
	if known, ok := o.known[batch]; ok {
		return known, nil
	}
	b, err := o.r.Batch(o.ctx, batch)
	if errors.Is(err, atlas.ErrNotFound) {
		return origin{Batch: batch}, nil
	}
	if err != nil {
		return origin{}, err
	}
	found := origin{Batch: b.ID, URL: route.Import(o.lang, b.ID), File: b.File, Accessed: b.Accessed, Applied: i18n.Day(o.lang, b.AppliedAt)}
	if strings.HasPrefix(b.URL, "https://") || strings.HasPrefix(b.URL, "http://") {
		found.Href = b.URL
	}
	o.known[batch] = found
	return found, nil
}
