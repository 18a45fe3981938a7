// Package account is the pages of one's own account: who one is, what one signs
// in with and where, what one agreed to, taking one's data away and erasing them.
package account

import (
	"embed"
	"errors"
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

// area answers the requests of the area.
type area struct {
	site *page.Site
	app  *app.App
	self *app.Self
}

// New makes the area.
func New(site *page.Site, ops *app.App) page.Area {
	a := &area{site, ops, ops.NewSelf()}
	get := func(pattern string, handle handler) page.Route {
		return page.Route{Method: http.MethodGet, Pattern: pattern, Handle: a.own(handle), Right: atlas.RightAccount}
	}
	post := func(pattern string, handle handler) page.Route {
		return page.Route{Method: http.MethodPost, Pattern: pattern, Handle: a.own(handle), Right: atlas.RightAccount}
	}
	return page.Area{
		Name: "account",
		Routes: []page.Route{
			get(route.Account, a.overview),
			get(route.AccountDetails, a.details), post(route.AccountDetails, a.saveDetails),
			post(route.AccountEmail, a.askEmail), get(route.AccountEmailConfirm, a.openEmail), post(route.AccountEmailConfirm, a.confirmEmail),
			get(route.AccountPassword, a.password), post(route.AccountPassword, a.savePassword), post(route.AccountPasswordDrop, a.dropPassword),
			get(route.AccountFactor, a.factor), post(route.AccountFactor, a.finishFactor), post(route.AccountFactorDrop, a.dropFactor),
			post(route.AccountRecovery, a.newRecovery),
			get(route.AccountKeys, a.keys), post(route.AccountKeys, a.addKey), post(route.AccountKeysBegin, a.beginKey), post(route.AccountKey, a.changeKey),
			get(route.AccountDevices, a.devices), post(route.AccountDevices, a.endDevices),
			get(route.AccountConsents, a.consents), post(route.AccountConsents, a.saveConsent),
			get(route.AccountData, a.data), get(route.AccountDataJSON, a.dataJSON), get(route.AccountDataPDF, a.dataPDF),
			get(route.AccountErase, a.erase), post(route.AccountErase, a.eraseNow),
			get(route.AccountProof, a.proof), post(route.AccountProof, a.prove),
			get(route.AccountProofLink, a.openProof), post(route.AccountProofLink, a.proveByLink),
		},
		Templates: page.Folder(templates, "templates"), Messages: page.Folder(messages, "messages"),
	}
}

// request is a request of somebody at their own account.
type request struct {
	*page.Request
	who app.Asker
}

// handler answers such a request.
type handler func(*request) error

// own lets in whoever has an account; who sits at an instance opened for editing
// has none and is told so. A change that needs a fresh proof of who one is leads to
// the page where it is given and back.
func (a *area) own(handle handler) page.Handler {
	return func(q *page.Request) error {
		if !q.Viewer.SignedIn() {
			p := frame{Base: q.Base(q.T("mine.nobody.title"))}
			p.NoIndex = true
			return q.Render(http.StatusOK, "account/nobody", p)
		}
		c := &request{q, app.Asker{Visit: q.Visit, From: q.Remote(), Origin: q.Root(), Home: absolute(q, route.Account)}}
		err := handle(c)
		if errors.Is(err, app.ErrUnproved) {
			return q.Redirect(route.AccountProving(q.Lang, c.backFrom()))
		}
		return err
	}
}

// absolute is a public address of ours, for letters.
func absolute(q *page.Request, pattern string) string { return q.Root() + route.In(q.Lang, pattern) }

// backFrom is where a person goes on after a proof: the page that they asked for,
// of a form the page that it stands on.
func (q *request) backFrom() string {
	if q.Method == http.MethodGet {
		return q.URL.RequestURI()
	}
	_, path := route.Split(q.URL.Path)
	for form, page := range map[string]string{
		route.AccountEmail: route.AccountDetails, route.AccountPasswordDrop: route.AccountPassword,
		route.AccountFactorDrop: route.AccountFactor, route.AccountRecovery: route.AccountFactor,
	} {
		if path == form {
			path = page
		}
	}
	return route.In(q.Lang, path)
}

// done says what was done and leads to a page.
func (q *request) done(key, pattern string, args ...any) error {
	q.Flash(page.FlashSuccess, q.T(key, args...))
	return q.Redirect(route.In(q.Lang, pattern))
}
