// Package extents shows what of which source of projects is in the database: the
// completeness of sources by territory and year, and the records it is made of.
package extents

import (
	"embed"
	"net/http"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
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
		Name: "extents",
		Routes: []page.Route{
			{Method: http.MethodGet, Pattern: route.Extents, Handle: a.list, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.ExtentNew, Handle: a.create, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.ExtentNew, Handle: a.save, Right: atlas.RightPublish},
			{Method: http.MethodGet, Pattern: route.ExtentShow, Handle: a.show, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.ExtentEdit, Handle: a.edit, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.ExtentEdit, Handle: a.save, Right: atlas.RightPublish},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// teller names codes, places and dates in the language of a request.
type teller struct {
	app   *app.App
	words *i18n.Catalog
	lang  string
}

func (a *area) teller(lang string) teller { return teller{a.app, a.site.Words, lang} }

func (t teller) T(key string, args ...any) string { return t.words.T(t.lang, key, args...) }

func (t teller) programme(code string) string {
	return t.app.Lists().Label(atlas.ListProgramme, code, t.lang)
}

// place is the name of a territory; "the whole country" says more than the name of
// the country.
func (t teller) place(code string) string {
	if code == atlas.CountryCode {
		return t.T("extents.country")
	}
	return t.app.Places().Label(code)
}

// mostNamed is how many territories of an extent a list names.
const mostNamed = 3

// places names the first territories of an extent and counts the others.
func (t teller) places(codes []string) string {
	var names []string
	for _, code := range codes[:min(len(codes), mostNamed)] {
		names = append(names, t.place(code))
	}
	text := strings.Join(names, ", ")
	if more := len(codes) - mostNamed; more > 0 {
		text += " " + t.words.N(t.lang, "extents.more_places", int64(more))
	}
	return text
}

// years writes the span of an extent: "2014–2020".
func years(x *atlas.SourceExtent) string {
	if x.From == x.To {
		return strconv.Itoa(x.From)
	}
	return strconv.Itoa(x.From) + "–" + strconv.Itoa(x.To)
}

// state is how much of a source is here, in words with a symbol.
type state struct{ Symbol, Text, Long string }

func (t teller) state(s atlas.ExtentState) state {
	return state{symbols[s], t.T("extents.state." + string(s)), t.T("extents.state." + string(s) + ".long")}
}

// symbols tell the states apart where there is no colour.
var symbols = map[atlas.ExtentState]string{atlas.ExtentWhole: "●", atlas.ExtentPart: "◐", atlas.ExtentMissing: "○"}
