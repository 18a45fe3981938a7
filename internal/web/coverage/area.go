// Package coverage shows which territories and themes projects cover and where
// the gaps are: the matrix of 8.1 with its map, its ranking and its trend.
package coverage

import (
	"embed"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
	"atlas/internal/web/chart"
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
	site     *page.Site
	app      *app.App
	outlines func() []chart.Outline
}

// New makes the area. outlines gives the borders of kraje that the map is drawn
// from; without any there is only the table.
func New(site *page.Site, ops *app.App, outlines func() []chart.Outline) page.Area {
	a := &area{site, ops, outlines}
	return page.Area{
		Name: "coverage",
		Routes: append(append(dataset.Routes(dataset.Coverage, a.export), a.exports()...), page.Route{
			Method: http.MethodGet, Pattern: route.Coverage, Handle: a.show, Right: atlas.RightRead,
		}, page.Route{
			Method: http.MethodGet, Pattern: route.CoverageEmbed, Handle: a.embed, Right: atlas.RightRead,
		}, page.Route{
			Method: http.MethodGet, Pattern: route.CoverageChart, Handle: a.chart, Right: atlas.RightDownload,
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

func (t teller) number(n int64) string { return i18n.Number(t.lang, n) }
