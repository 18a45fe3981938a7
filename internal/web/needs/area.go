// Package needs shows needs (potřeby, 6.14): what foreigners and those who live
// and work with them lack in a place, beside what answers it; its form and its data
// set. Numbers of people under five are shown to nobody but who may edit the need
// (8.10).
package needs

import (
	"embed"
	"net/http"
	"strings"

	"atlas"
	"atlas/internal/app"
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
		Name: "needs",
		Routes: append(dataset.Routes(dataset.Needs, a.export), []page.Route{
			{Method: http.MethodGet, Pattern: route.Needs, Handle: a.list, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.NeedNew, Handle: a.create, Right: atlas.RightPropose},
			{Method: http.MethodPost, Pattern: route.NeedNew, Handle: a.save, Right: atlas.RightPropose},
			{Method: http.MethodGet, Pattern: route.NeedShow, Handle: a.show, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.NeedEdit, Handle: a.edit, Right: atlas.RightEdit},
			{Method: http.MethodPost, Pattern: route.NeedEdit, Handle: a.save, Right: atlas.RightEdit},
			{Method: http.MethodGet, Pattern: route.NeedMerge, Handle: a.merging, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.NeedMerge, Handle: a.merge, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.NeedUnmerge, Handle: a.unmerge, Right: atlas.RightPublish},
		}...),
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

func (t teller) label(list, code string) string {
	if code == "" {
		return ""
	}
	return t.app.Lists().Label(list, code, t.lang)
}

func (t teller) labels(list string, codes []string) string {
	var out []string
	for _, code := range codes {
		out = append(out, t.label(list, code))
	}
	return strings.Join(out, ", ")
}

func (t teller) date(d atlas.Date) string { return i18n.Date(t.lang, d) }

func (t teller) place(code string) string {
	if code == "" {
		return ""
	}
	return t.app.Places().Label(code)
}

// severity is a severity with its word: "3 – vážná".
func (t teller) severity(n int) string {
	if n < 1 || n > atlas.MaxSeverity {
		return ""
	}
	return t.T("needs.word." + severities[n-1])
}

// severities are the severities as forms and addresses write them.
var severities = []string{"1", "2", "3", "4"}

// people is how many a need concerns. exact says that the reader may see a number
// under five.
func (t teller) people(n *atlas.Need, exact bool) string {
	few := t.T("needs.few", "limit", atlas.FewPeople)
	switch {
	case n.ConcernsFew() && (!exact || !n.People.Known):
		return few
	case !n.People.Known:
		return ""
	}
	text := i18n.Number(t.lang, n.People.N)
	if kind := t.label(atlas.ListCountKind, n.People.Kind); kind != "" {
		text += " – " + kind
	}
	if n.ConcernsFew() {
		text += " (" + t.T("needs.few_public", "few", few) + ")"
	}
	return text
}

// link is a name that leads somewhere.
type link struct{ Text, URL string }
