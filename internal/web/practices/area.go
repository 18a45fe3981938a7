// Package practices shows cards of good practice (karty dobré praxe, 6.11): the list,
// the card in the blocks of the seed, its form, photographs, the mark with its rule,
// collections, and cards as files.
package practices

import (
	"embed"
	"net/http"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/blob"
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
	site  *page.Site
	app   *app.App
	files *blob.Folder
	// developing lets one photograph be decoded at a time: a large one takes hundreds
	// of megabytes of memory for a moment.
	developing chan struct{}
}

// New makes the area; pictures are kept in a folder.
func New(site *page.Site, ops *app.App, files *blob.Folder) page.Area {
	a := &area{site, ops, files, make(chan struct{}, 1)}
	return page.Area{
		Name: "practices",
		Routes: append(dataset.Routes(dataset.Practices, a.export), []page.Route{
			{Method: http.MethodGet, Pattern: route.Practices, Handle: a.list, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.PracticeRule, Handle: a.rule, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.PracticeRuleJSON, Handle: a.ruleJSON, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.PracticeWork, Handle: a.work, Right: atlas.RightPublish},
			{Method: http.MethodGet, Pattern: route.PracticeNew, Handle: a.create, Right: atlas.RightPropose},
			{Method: http.MethodPost, Pattern: route.PracticeNew, Handle: a.save, Right: atlas.RightPropose},
			{Method: http.MethodGet, Pattern: route.PracticeShow, Handle: a.show, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.PracticeEdit, Handle: a.edit, Right: atlas.RightEdit},
			{Method: http.MethodPost, Pattern: route.PracticeEdit, Handle: a.save, Right: atlas.RightEdit},
			{Method: http.MethodGet, Pattern: route.PracticePhotos, Handle: a.photos, Right: atlas.RightEdit},
			{Method: http.MethodPost, Pattern: route.PracticePhotos, Handle: a.addPhoto, Right: atlas.RightEdit, Upload: mostUpload},
			{Method: http.MethodGet, Pattern: route.PracticeMark, Handle: a.mark, Right: atlas.RightRead},
			{Method: http.MethodPost, Pattern: route.PracticeMark, Handle: a.changeMark, Right: atlas.RightPublish},
			{Method: http.MethodGet, Pattern: route.PracticeEWSI, Handle: a.template, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.Pictures, Handle: a.picture, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.Collections, Handle: a.collections, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.CollectionNew, Handle: a.editCollection, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.CollectionNew, Handle: a.saveCollection, Right: atlas.RightPublish},
			{Method: http.MethodGet, Pattern: route.CollectionShow, Handle: a.collection, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.CollectionEdit, Handle: a.editCollection, Right: atlas.RightPublish},
			{Method: http.MethodPost, Pattern: route.CollectionEdit, Handle: a.saveCollection, Right: atlas.RightPublish},
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

// where is the place of a card in words: its towns, of one from abroad the place and
// the country.
func (t teller) where(p *atlas.Practice) string {
	var out []string
	for _, code := range p.Territories {
		out = append(out, t.place(code))
	}
	if p.PlaceText != "" {
		out = append(out, p.PlaceText)
	}
	if p.Abroad() {
		out = append(out, t.label(atlas.ListCountry, p.Country))
	}
	return strings.Join(out, ", ")
}

// when is the time of a card in words: "2005 – dosud".
func (t teller) when(p *atlas.Practice) string {
	from, to := t.date(p.From), t.date(p.To)
	switch {
	case from == "" && to == "":
		return ""
	case p.Ongoing || p.BecameService && to == "":
		to = t.T("practices.still")
	case to == "":
		return t.T("practices.since", "date", from)
	}
	return from + " – " + to
}

// link is a name that leads somewhere.
type link struct{ Text, URL string }
