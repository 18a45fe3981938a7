// Package unitcosts shows what one unit of an activity costs (jednotkové náklady,
// 8.3): the middle of what projects say, how far they differ, and how many of them
// say nothing that can be compared and why.
package unitcosts

import (
	"embed"
	"math"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/coverage"
	"atlas/internal/i18n"
	"atlas/internal/web/dataset"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed messages/*.json
var messages embed.FS

// area answers the requests of the area.
type area struct {
	site *page.Site
	app  *app.App
}

// New makes the area.
func New(site *page.Site, ops *app.App) page.Area {
	a := &area{site, ops}
	return page.Area{
		Name: "unitcosts",
		Routes: append(dataset.Routes(dataset.UnitCosts, a.export), page.Route{
			Method: http.MethodGet, Pattern: route.UnitCosts, Handle: a.show, Right: atlas.RightRead,
		}, page.Route{
			Method: http.MethodGet, Pattern: route.UnitCostsChart, Handle: a.chart, Right: atlas.RightDownload,
		}),
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// teller names things and writes numbers in the language of a request.
type teller struct {
	app   *app.App
	words *i18n.Catalog
	lang  string
}

func (a *area) teller(lang string) teller { return teller{a.app, a.site.Words, lang} }

func (t teller) T(key string, args ...any) string { return t.words.T(t.lang, key, args...) }

func (t teller) N(key string, n int64, args ...any) string {
	return t.words.N(t.lang, key, n, args...)
}

func (t teller) activity(code string) string {
	return t.app.Lists().Label(atlas.ListActivity, code, t.lang)
}

// unit is a unit with what was counted, where anybody said so: "osoba (jedinečné
// osoby)".
func (t teller) unit(u coverage.Unit, word string) string {
	if u.CountKind == "" {
		return word + " (" + t.T("unitcosts.kind_unknown") + ")"
	}
	return word + " (" + t.app.Lists().Label(atlas.ListCountKind, u.CountKind, t.lang) + ")"
}

// crowns are whole crowns: what one unit cost is no more exact than that.
func (t teller) crowns(v float64) string {
	return i18n.Money(t.lang, atlas.Crowns(int64(math.Round(v))), "CZK")
}
