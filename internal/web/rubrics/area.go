// Package rubrics shows the rubrics by which projects are judged (metodiky
// hodnocení, 8.2): every version with its criteria, weights and the rule of good
// practice as text and as JSON, a preview as an evaluator sees it, and the form in
// which methodologists draft the next version.
package rubrics

import (
	"embed"
	"net/http"
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
	get, post := http.MethodGet, http.MethodPost
	return page.Area{
		Name: "rubrics",
		Routes: []page.Route{
			{Method: get, Pattern: route.Rubrics, Handle: a.list, Right: atlas.RightRead},
			{Method: get, Pattern: route.RubricNew, Handle: a.create, Right: atlas.RightLists},
			{Method: post, Pattern: route.RubricNew, Handle: a.save, Right: atlas.RightLists},
			{Method: get, Pattern: route.RubricImport, Handle: a.upload, Right: atlas.RightLists},
			{Method: post, Pattern: route.RubricImport, Handle: a.take, Right: atlas.RightLists},
			{Method: get, Pattern: route.RubricShow, Handle: a.show, Right: atlas.RightRead},
			{Method: get, Pattern: route.RubricPreview, Handle: a.preview, Right: atlas.RightRead},
			{Method: get, Pattern: route.RubricJSON, Handle: a.file, Right: atlas.RightRead},
			{Method: get, Pattern: route.RubricRule, Handle: a.rule, Right: atlas.RightRead},
			{Method: get, Pattern: route.RubricEdit, Handle: a.edit, Right: atlas.RightLists},
			{Method: post, Pattern: route.RubricEdit, Handle: a.save, Right: atlas.RightLists},
			{Method: post, Pattern: route.RubricState, Handle: a.state, Right: atlas.RightLists},
			{Method: post, Pattern: route.RubricVersion, Handle: a.version, Right: atlas.RightLists},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// readable reads the version that the address names, of those that the viewer may
// read.
func (a *area) readable(q *page.Request) (*atlas.Rubric, error) {
	r, err := a.app.Reader().Rubric(q.Context(), q.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return r, q.Allow(atlas.RightRead, r.Subject())
}

// crumbs is the way to a page about a version.
func crumbs(q *page.Request, r *atlas.Rubric) []page.Link {
	out := []page.Link{{URL: route.In(q.Lang, route.Rubrics), Text: q.T("rubrics.title")}}
	if r == nil {
		return out
	}
	return append(out, page.Link{URL: route.Rubric(q.Lang, r.ID), Text: named(q, r)})
}

// named is a version with its number: "Metodika Atlasu integrace, verze 2".
func named(q *page.Request, r *atlas.Rubric) string {
	return r.Title.In(q.Lang) + ", " + versionOf(q, r)
}

func versionOf(q *page.Request, r *atlas.Rubric) string {
	if r.Number == 0 {
		return q.T("rubrics.version_none")
	}
	return q.T("rubrics.version", "n", r.Number)
}

// stateOf is the state of a version in a word.
func stateOf(q *page.Request, r *atlas.Rubric) string {
	switch {
	case r.Open():
		return q.T("rubrics.state.open")
	case r.Withdrawn():
		return q.T("rubrics.state.withdrawn")
	case r.RecordStatus == atlas.RecordDraft:
		return q.T("rubrics.state.draft")
	}
	return q.T("rubrics.state.dropped")
}

// ownerOf is the name of the actor whose own a rubric is, with its address.
func (a *area) ownerOf(q *page.Request, r *atlas.Rubric) page.Link {
	if r.Owner == "" {
		return page.Link{}
	}
	actor, err := a.app.Reader().Actor(q.Context(), r.Owner)
	if err != nil {
		return page.Link{Text: r.Owner}
	}
	return page.Link{URL: route.Actor(q.Lang, actor.ID), Text: actor.Name}
}

// modeWords are the modes in which a version is used, in words.
func modeWords(q *page.Request, r *atlas.Rubric) string {
	var out []string
	for _, m := range atlas.Modes() {
		if r.Uses(m) {
			out = append(out, q.T("rubrics.mode."+string(m)))
		}
	}
	return strings.Join(out, ", ")
}

// tenths writes 745 as "74,5" and 700 as "70".
func tenths(lang string, n int) string {
	if n%10 == 0 {
		return i18n.Number(lang, int64(n/10))
	}
	mark := ","
	if lang == "en" {
		mark = "."
	}
	return i18n.Number(lang, int64(n/10)) + mark + string(rune('0'+n%10))
}
