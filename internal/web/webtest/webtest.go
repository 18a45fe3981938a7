// Package webtest serves areas over HTTP on a real database with the demo
// content, for the tests of their pages.
package webtest

import (
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/i18n"
	"atlas/internal/importer"
	"atlas/internal/place"
	"atlas/internal/seed"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
	"atlas/internal/web/page"
)

// Now is the time by the clock of the tests.
var Now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// Editor may change records.
var Editor = atlas.Viewer{Name: "editor", Write: true}

// Instance is an application with a few of its areas, and a browser before it.
type Instance struct {
	App    *app.App
	Store  *store.Store
	Viewer atlas.Viewer // who asks; a reader unless a test says otherwise

	address string
	client  *http.Client
}

// Area makes an area as its package's New does.
type Area func(*page.Site, *app.App) page.Area

// Start serves areas on a new SQLite database with the demo content.
func Start(t testing.TB, areas ...Area) *Instance {
	t.Helper()
	i := Empty(t, areas...)
	if err := seed.Load(t.Context(), i.App); err != nil {
		t.Fatal(err)
	}
	return i
}

// Empty serves areas on a database that holds what the product ships with and
// nothing else.
func Empty(t testing.TB, areas ...Area) *Instance {
	t.Helper()
	s := storetest.Open(t, storetest.SQLite(t))
	ops := app.New(s, app.Options{Now: func() time.Time { return Now }})
	if err := ops.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	i := &Instance{App: ops, Store: s}
	server := httptest.NewServer(i.routes(t, areas))
	t.Cleanup(server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	i.address, i.client = server.URL, &http.Client{Jar: jar}
	return i
}

type plainAssets struct{}

func (plainAssets) URL(name string) string { return "/static/" + name }

func (i *Instance) routes(t testing.TB, makers []Area) http.Handler {
	site := &page.Site{
		Config: config.Default(), Reader: i.App.Reader(), Index: i.App.Index(), Lists: i.App.Lists,
		Places: func() *place.Gazetteer { return i.App.Places() }, Assets: plainAssets{}, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}
	var areas []page.Area
	folders := []fs.FS{page.Messages(), importer.Messages()}
	for _, make := range makers {
		a := make(site, i.App)
		areas, folders = append(areas, a), append(folders, a.Messages)
	}
	var err error
	if site.Words, err = i18n.Load(folders...); err != nil {
		t.Fatal(err)
	}
	if err := site.Parse(areas); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	for _, a := range areas {
		for _, r := range a.Routes {
			mux.Handle(r.Method+" "+r.Pattern, i.handler(site, "cs", r))
			mux.Handle(r.Method+" /en"+r.Pattern, i.handler(site, "en", r))
		}
	}
	return mux
}

func (i *Instance) handler(site *page.Site, lang string, r page.Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		q := &page.Request{W: w, Request: req, Site: site, Lang: lang, Viewer: i.Viewer}
		if r.Write && !i.Viewer.Write {
			q.Fail(atlas.ErrForbidden)
			return
		}
		if err := r.Handle(q); err != nil {
			q.Fail(err)
		}
	})
}

// Page is an answer.
type Page struct {
	*goquery.Document
	Status int
	Path   string // address after redirects, with the query
	Body   string
}

// Get asks for an address.
func (i *Instance) Get(t testing.TB, path string) Page {
	t.Helper()
	res, err := i.client.Get(i.address + path)
	return read(t, res, err)
}

// Post sends a form.
func (i *Instance) Post(t testing.TB, path string, form url.Values) Page {
	t.Helper()
	res, err := i.client.PostForm(i.address+path, form)
	return read(t, res, err)
}

// rawKey is a key of the catalogue that has no message.
var rawKey = regexp.MustCompile(`\b[a-z_]+\.[a-z_]+(\.[a-z_]+)*\b`)

// read takes the answer over and checks what every page must keep: no key of
// a message shows, no place of an argument stays, nothing is styled or scripted
// inside the page.
func read(t testing.TB, res *http.Response, err error) Page {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	p := Page{Document: doc, Status: res.StatusCode, Path: res.Request.URL.RequestURI(), Body: string(body)}
	p.check(t)
	return p
}

func (p Page) check(t testing.TB) {
	t.Helper()
	doc := goquery.CloneDocument(p.Document)
	doc.Find("script, input, textarea, datalist").Remove()
	text := doc.Text()
	for _, key := range rawKey.FindAllString(text, -1) {
		area, _, _ := strings.Cut(key, ".")
		switch area {
		case "actors", "calls", "territories", "import", "imports", "lists", "home", "projects", "problem", "typed", "site", "nav", "error":
			t.Errorf("%s shows the key %s", p.Path, key)
		}
	}
	if strings.Contains(text, "{") || strings.Contains(text, "<no value>") {
		at := strings.IndexAny(text, "{<")
		t.Errorf("%s shows %q", p.Path, text[max(0, at-30):min(len(text), at+40)])
	}
	for _, bad := range []string{" style=", " onclick=", "ZgotmplZ", `href="javascript:`} {
		if strings.Contains(p.Body, bad) {
			t.Errorf("%s contains %q", p.Path, bad)
		}
	}
	ids := map[string]bool{}
	p.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("id")
		if ids[id] {
			t.Errorf("%s has the id %s twice", p.Path, id)
		}
		ids[id] = true
	})
}

// Words is the text of what a selector finds, with single blanks.
func (p Page) Words(selector string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(p.Find(selector).Text(), "\u00a0", " ")), " ")
}

// Values reads the form of a page as a browser would send it, without its
// buttons.
func (p Page) Values() url.Values {
	out := url.Values{}
	p.Find("form#formular, form.form").First().Find("input, textarea, select").Each(func(_ int, s *goquery.Selection) {
		name, ok := s.Attr("name")
		_, ticked := s.Attr("checked")
		kind, _ := s.Attr("type")
		switch {
		case !ok || (kind == "checkbox" || kind == "radio") && !ticked:
		case goquery.NodeName(s) == "textarea":
			out.Add(name, s.Text())
		case goquery.NodeName(s) == "select":
			value, _ := s.Find("option[selected]").First().Attr("value")
			out.Add(name, value)
		default:
			value, _ := s.Attr("value")
			out.Add(name, value)
		}
	})
	return out
}
