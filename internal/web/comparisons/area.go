// Package comparisons shows what published evaluations say beside each other: how
// totals and criteria spread inside one version of a rubric and one mode (8.2.8),
// where an evaluation stands among others, how a project changed from mode to mode
// (R3-04), the report of an evaluation as a page, DOCX and tagged PDF, and the data
// set of what evaluators without names wrote.
package comparisons

import (
	"embed"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/rubric"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed messages/*.json
var messages embed.FS

type area struct {
	site *page.Site
	app  *app.App
}

// New makes the area.
func New(site *page.Site, ops *app.App) page.Area {
	a := &area{site, ops}
	get := func(pattern string, right atlas.Right, handle page.Handler) page.Route {
		return page.Route{Method: http.MethodGet, Pattern: pattern, Handle: handle, Right: right}
	}
	return page.Area{
		Name: "comparisons",
		Routes: append(dataset.Routes(dataset.Evaluations, a.export),
			get(route.EvaluationsCompare, atlas.RightRead, a.compare),
			get(route.EvaluationsChart, atlas.RightDownload, a.compareChart),
			get(route.EvaluationPeers, atlas.RightRead, a.peers),
			get(route.EvaluationPeersChart, atlas.RightDownload, a.peersChart),
			get(route.ProjectEvaluations, atlas.RightRead, a.history),
			get(route.ProjectEvaluationsChart, atlas.RightDownload, a.historyChart),
			get(route.EvaluationReport, atlas.RightRead, a.report),
			get(route.EvaluationReportPDF, atlas.RightRead, a.reportPDF),
			get(route.EvaluationReportDOCX, atlas.RightRead, a.reportDOCX),
		),
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// teller names things and writes numbers in one language.
type teller struct {
	words *i18n.Catalog
	lang  string
}

func (a *area) teller(lang string) teller { return teller{a.site.Words, lang} }

func (t teller) T(key string, args ...any) string { return t.words.T(t.lang, key, args...) }

func (t teller) N(key string, n int, args ...any) string {
	return t.words.N(t.lang, key, int64(n), args...)
}

// total writes tenths as people read them, always with one place: "64,5", "72,0".
func (t teller) total(tenths int) string {
	whole, place, _ := strings.Cut(totalValue(tenths), ".")
	return whole + t.T("comparisons.decimal") + place
}

// points writes hundredths without needless noughts: "3", "3,5", "2,25".
func (t teller) points(hundredths int) string { return i18n.Decimal(t.lang, pointsValue(hundredths)) }

// totalValue and pointsValue write the same for programs.
func totalValue(tenths int) string { return fmt.Sprintf("%d.%d", tenths/10, tenths%10) }

func pointsValue(hundredths int) string {
	text := strings.TrimRight(fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100), "0")
	return strings.TrimSuffix(text, ".")
}

func (t teller) mode(m atlas.Mode) string { return t.T("comparisons.mode." + string(m)) }

// version names a version of a rubric: "Metodika Atlas, verze 1".
func (t teller) version(r *atlas.Rubric) string {
	return t.T("comparisons.version", "title", r.Title.In(t.lang), "number", r.Number)
}

// criterion names a criterion with its code: "K1 Relevance".
func (t teller) criterion(r *atlas.Rubric, code string) string {
	if c, ok := r.Criterion(code); ok {
		return code + " " + c.Title.In(t.lang)
	}
	return code
}

func (t teller) band(r *atlas.Rubric, code string) string {
	i := slices.IndexFunc(r.Bands, func(b atlas.Band) bool { return b.Code == code })
	if i < 0 {
		return code
	}
	return r.Bands[i].In(t.lang)
}

// result is what an evaluation came to in words: its band, or why it has none.
func (t teller) result(r *atlas.Rubric, res atlas.Result) string {
	switch {
	case res.Excluded:
		return t.T("comparisons.excluded_one")
	case res.Insufficient || !res.Known:
		return t.T("comparisons.insufficient_one")
	}
	return t.band(r, res.Band)
}

// place writes a place among others: "7.", "7.–8.".
func (t teller) place(p rubric.Place) string {
	one := func(n int) string { return t.T("comparisons.place", "n", n) }
	if p.From == p.To {
		return one(p.From)
	}
	return one(p.From) + "–" + one(p.To)
}
