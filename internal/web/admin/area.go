// Package admin is the administration: what waits, people and their roles, code
// lists, spellings of names and the texts of pages.
package admin

import (
	"embed"
	"errors"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/form"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/typed"
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
		Name: "admin", Routes: append(a.forUsers(), a.forLists()...),
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// forUsers are the routes about people and the instance itself.
func (a *area) forUsers() []page.Route {
	get, post, right := http.MethodGet, http.MethodPost, atlas.RightUsers
	return []page.Route{
		{Method: post, Pattern: route.AdminLetter, Handle: a.letter, Right: right},
		{Method: post, Pattern: route.AdminTestLetter, Handle: a.testLetter, Right: right},
		{Method: get, Pattern: route.AdminPeople, Handle: a.people, Right: right},
		{Method: get, Pattern: route.AdminPerson, Handle: a.person, Right: right},
		{Method: post, Pattern: route.AdminPerson, Handle: a.changePerson, Right: right},
		{Method: post, Pattern: route.AdminPersonRole, Handle: a.giveRole, Right: right},
	}
}

// forLists are the routes about what words the database speaks.
func (a *area) forLists() []page.Route {
	get, post, right := http.MethodGet, http.MethodPost, atlas.RightLists
	return []page.Route{
		{Method: get, Pattern: route.Admin, Handle: a.overview, Right: right},
		{Method: get, Pattern: route.AdminLists, Handle: a.lists, Right: right},
		{Method: get, Pattern: route.AdminList, Handle: a.list, Right: right},
		{Method: get, Pattern: route.AdminItemNew, Handle: a.item, Right: right},
		{Method: post, Pattern: route.AdminItemNew, Handle: a.saveItem, Right: right, Long: true},
		{Method: get, Pattern: route.AdminItem, Handle: a.item, Right: right},
		{Method: post, Pattern: route.AdminItem, Handle: a.saveItem, Right: right, Long: true},
		{Method: get, Pattern: route.AdminSpellings, Handle: a.spellings, Right: right},
		{Method: post, Pattern: route.AdminSpellings, Handle: a.saveSpellings, Right: right},
		{Method: get, Pattern: route.AdminTexts, Handle: a.texts, Right: right},
		{Method: get, Pattern: route.AdminText, Handle: a.text, Right: right},
		{Method: post, Pattern: route.AdminText, Handle: a.saveText, Right: right},
		{Method: get, Pattern: route.AdminTerritories, Handle: a.territories, Right: right},
	}
}

// frame is the frame of a page under the overview; over are the pages on the way
// to it.
func frame(q *page.Request, title string, over ...page.Link) page.Base {
	b := q.Base(title)
	b.Nav, b.NoIndex = route.Admin, true
	b.Breadcrumb = append([]page.Link{{URL: route.In(q.Lang, route.Admin), Text: q.T("admin.title")}}, over...)
	return b
}

func (a *area) sheet(q *page.Request, f *typed.Form, needed ...string) form.Sheet {
	return form.New(f, "admin", q.Lang, a.site.Words, a.app.Lists(), needed)
}

// failed takes what is wrong over to the form that it was typed into, also that
// somebody else was faster.
func failed(f *typed.Form, err error) bool {
	var invalid *atlas.InvalidError
	var conflict *atlas.ConflictError
	switch {
	case errors.As(err, &invalid):
		for _, p := range invalid.Problems {
			f.Fail(p.Field, p.Key, p.Args)
		}
	case errors.As(err, &conflict):
		f.Fail("", "problem.changed_meanwhile", nil)
	default:
		return false
	}
	return true
}

// after says what became of a deed and goes on to a page.
func (a *area) after(q *page.Request, err error, said, back string) error {
	var invalid *atlas.InvalidError
	switch {
	case errors.As(err, &invalid):
		q.Flash(page.FlashError, a.sheet(q, typed.New(nil)).Said(invalid.Problems[0].Key, invalid.Problems[0].Args))
	case errors.Is(err, atlas.ErrConflict):
		q.Flash(page.FlashWarning, q.T("admin.meanwhile"))
	case err != nil:
		return err
	default:
		q.Flash(page.FlashSuccess, q.T("admin.done."+said))
	}
	return q.Redirect(back)
}
