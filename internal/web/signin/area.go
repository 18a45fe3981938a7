// Package signin is the way in: a link by e-mail, a password, a passkey, a
// provider of identities, the second step – and the way out.
package signin

import (
	"embed"
	"net/http"

	"atlas"
	"atlas/internal/app"
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

// New makes the area. It stands also in place of pages that need somebody who is
// signed in.
func New(site *page.Site, ops *app.App) page.Area {
	a := &area{site, ops}
	site.Door = a.door
	return page.Area{
		Name: "signin",
		Routes: []page.Route{
			{Method: http.MethodGet, Pattern: route.SignIn, Handle: a.show, Right: atlas.RightRead},
			{Method: http.MethodPost, Pattern: route.SignIn, Handle: a.first, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.SignInSent, Handle: a.sent, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.SignInLink, Handle: a.link, Right: atlas.RightRead},
			{Method: http.MethodPost, Pattern: route.SignInLink, Handle: a.useLink, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.SignInSecond, Handle: a.second, Right: atlas.RightRead},
			{Method: http.MethodPost, Pattern: route.SignInSecond, Handle: a.checkSecond, Right: atlas.RightRead},
			{Method: http.MethodPost, Pattern: route.SignInKeyBegin, Handle: a.beginKey, Right: atlas.RightRead},
			{Method: http.MethodPost, Pattern: route.SignInKey, Handle: a.finishKey, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.SignInProvider, Handle: a.elsewhere, Right: atlas.RightRead},
			{Method: http.MethodGet, Pattern: route.SignInReturn, Handle: a.back, Right: atlas.RightRead},
			{Method: http.MethodPost, Pattern: route.SignOut, Handle: a.out, Right: atlas.RightRead},
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// arrival is from where a request comes.
func (a *area) arrival(q *page.Request) app.Arrival {
	root := q.Root()
	hash, _ := app.SessionHash(q.SessionSecret())
	return app.Arrival{
		Address: q.Remote(), Device: q.Device(), Marks: q.Marks(), Session: hash, Lang: q.Lang, Origin: root,
		Link:     func(secret string) string { return root + route.SigningInBy(q.Lang, secret) },
		Sessions: root + route.In(q.Lang, route.AccountDevices),
		Keys:     root + route.In(q.Lang, route.AccountKeys),
	}
}

// next is where to go on to, as the form or the address asks.
func next(q *page.Request) string {
	if q.Method == http.MethodPost {
		return route.Next(q.PostForm.Get(route.ParamNext()))
	}
	return route.Next(q.Param(route.ParamNext()))
}

// let leaves what somebody who was let in needs with their browser, and says where
// to go on.
func (a *area) let(q *page.Request, in app.Entered, wanted string) string {
	q.KeepSession(in.Secret, in.Until)
	q.KeepMark(in.Mark)
	if in.Half {
		return route.SigningInSecond(q.Lang, wanted)
	}
	switch {
	case in.New:
		q.Flash(page.FlashSuccess, q.T("signin.welcome_new"))
	case in.RecoveryLeft == 0:
		q.Flash(page.FlashWarning, q.T("signin.recovery_last"))
	}
	if wanted == "" {
		wanted = route.In(q.Lang, route.SignIn) // says who is signed in and what they can do
	}
	return wanted
}

// out signs whoever is at the browser out.
func (a *area) out(q *page.Request) error {
	if q.Visit.Session != "" {
		who := q.Visit.Account
		if who == "" {
			who = q.Visit.Half
		}
		if err := a.app.SignOut(q.Context(), who, q.Visit.Session); err != nil {
			return err
		}
	}
	q.ForgetSession()
	// Copies of unfinished forms go with whoever leaves; theirs are kept in the
	// account. An ended session leaves them.
	q.W.Header().Set("Clear-Site-Data", `"storage"`)
	q.Flash(page.FlashSuccess, q.T("signin.out"))
	return q.Redirect(route.In(q.Lang, route.Home))
}
