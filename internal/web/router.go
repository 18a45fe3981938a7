// Package web is the face of the product: the router over all areas, what every
// request passes through, and the one list of areas.
package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/i18n"
	"atlas/internal/importer"
	"atlas/internal/statement"
	"atlas/internal/statistics"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/static"
)

// Options of the web.
type Options struct {
	Config  config.Config
	App     *app.App
	Log     *slog.Logger
	Version string // of the program, shown in the foot
}

// usualBody is how many bytes a form may have.
const usualBody = 1 << 20

// usualTime is how long a page may take before it gives up.
const usualTime = 30 * time.Second

// New makes the handler of the whole web. A template or a message that is
// wrong is an error here, not on a page.
func New(o Options) (http.Handler, error) {
	w, err := newWeb(o)
	if err != nil {
		return nil, err
	}
	return w.chain(), nil
}

// newWeb makes the web with all its routes.
func newWeb(o Options) (*web, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	files, err := static.New()
	if err != nil {
		return nil, fmt.Errorf("assets: %w", err)
	}
	site := &page.Site{
		Config: o.Config, Lists: o.App.Lists, Places: o.App.Places,
		Assets: files, Log: o.Log, Version: o.Version,
	}
	areas, err := areas(site, o.App, files)
	if err != nil {
		return nil, err
	}
	if err := prepare(site, areas); err != nil {
		return nil, err
	}
	w := &web{site: site, app: o.App, mux: http.NewServeMux(), numbers: newNumbers(o.App), patience: patience}
	for _, a := range areas {
		for _, r := range a.Routes {
			w.handle(r)
		}
	}
	w.mux.Handle("GET /static/", files)
	w.machines()
	w.mux.HandleFunc("/", w.nowhere)
	return w, nil
}

// prepare gives the site its words and its templates.
func prepare(site *page.Site, areas []page.Area) error {
	signIn, err := app.SignInMessages()
	if err != nil {
		return err
	}
	words := []fs.FS{page.Messages(), importer.Messages(), statement.Messages(), statistics.Messages(), signIn}
	for _, a := range areas {
		if a.Messages != nil {
			words = append(words, a.Messages)
		}
	}
	catalog, err := i18n.Load(words...)
	if err != nil {
		return err
	}
	site.Words = catalog
	return site.Parse(areas)
}

// web routes requests to pages.
type web struct {
	site    *page.Site
	app     *app.App
	mux     *http.ServeMux
	numbers *numbers
	// patience is how long a piece of a long answer may take.
	patience time.Duration
}

// handle answers a route in every language, one for programs once.
func (w *web) handle(r page.Route) {
	faces := i18n.Languages
	if r.Machine {
		faces = faces[:1]
	}
	for _, lang := range faces {
		pattern := route.In(lang, r.Pattern)
		if pattern == "/" {
			pattern = "/{$}"
		}
		w.mux.HandleFunc(r.Method+" "+pattern, func(rw http.ResponseWriter, req *http.Request) {
			w.serve(rw, req, lang, r)
		})
	}
}

func (w *web) serve(rw http.ResponseWriter, req *http.Request, lang string, r page.Route) {
	ctx, cancel := req.Context(), func() {}
	if r.Long {
		rw = &moving{rw, w.patience}
	} else {
		ctx, cancel = context.WithTimeout(ctx, usualTime)
	}
	defer cancel()
	limit := int64(usualBody)
	if r.Upload > 0 {
		limit = r.Upload
		w.wait(rw)
	}
	req = req.WithContext(ctx)
	req.Body = http.MaxBytesReader(rw, req.Body, limit)
	q := &page.Request{W: rw, Request: req, Site: w.site, Lang: lang, Viewer: atlas.Viewer{Lang: lang}}
	if err := w.answer(q, r, limit); err != nil {
		w.fail(q, r, err)
	}
}

// answer has a route answer a request of somebody who may ask it. Programs are
// the public always, so that what they read can be kept and shared.
func (w *web) answer(q *page.Request, r page.Route, limit int64) error {
	if !r.Machine {
		if err := w.visit(q); err != nil {
			return err
		}
	}
	if !atlas.Could(q.Viewer, r.Right) {
		return atlas.ErrForbidden
	}
	if err := tooLarge(q.Request, limit); err != nil {
		return err
	}
	return r.Handle(q)
}

// uploadTime is how long a large file may travel; lines of small offices are
// slow.
const uploadTime = time.Hour

// wait gives a request more time to arrive and to be answered than others have.
func (w *web) wait(rw http.ResponseWriter) {
	conn, until := http.NewResponseController(rw), time.Now().Add(uploadTime)
	if err := errors.Join(conn.SetReadDeadline(until), conn.SetWriteDeadline(until)); err != nil {
		w.site.Log.Warn("an upload has no more time than other requests", "error", err)
	}
}

// nowhere answers an address that has no page: an address with a slash too
// many is shown the right one, a wrong method is named, the rest is not found.
func (w *web) nowhere(rw http.ResponseWriter, req *http.Request) {
	// As written: "/%2Fname/" made readable would lead to another machine.
	asked := req.URL.EscapedPath()
	lang, path := route.Split(asked)
	q := &page.Request{W: rw, Request: req, Site: w.site, Lang: lang}
	if err := w.visit(q); err != nil {
		q.Fail(err)
		return
	}
	if right := route.In(lang, cmp.Or(strings.TrimSuffix(path, "/"), route.Home)); right != asked && route.Own(right) {
		http.Redirect(rw, req, route.WithQuery(right, req.URL.RawQuery), http.StatusPermanentRedirect)
		return
	}
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		other := req.Clone(req.Context())
		other.Method = method
		if _, pattern := w.mux.Handler(other); method != req.Method && pattern != "/" && pattern != "" {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		q.Fail(atlas.ErrNotFound)
		return
	}
	if route.Open(req.URL.Path) {
		allowed = openMethods
	}
	rw.Header().Set("Allow", strings.Join(allowed, ", "))
	q.Fail(page.ErrMethod)
}
