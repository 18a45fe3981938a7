// Package webtest serves the whole web over HTTP on a real database with the
// demo content, for the tests of pages.
package webtest

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/mail"
	"atlas/internal/seed"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
	"atlas/internal/web"
)

// Now is the time by the clock of the tests.
var Now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// Editor may change records.
var Editor = atlas.Operator("editor")

// Instance is a whole instance and a browser before it.
type Instance struct {
	App    *app.App
	Store  *store.Store
	Viewer atlas.Viewer // a reader, or Editor: who sits at the browser
	// Configure changes the configuration before the instance first answers; nil =
	// nothing.
	Configure func(*config.Config)

	data    string          // folder of uploaded files
	address map[bool]string // of the instance closed and open for editing
	client  *http.Client
}

// Start serves a new SQLite database with the demo content.
func Start(t testing.TB) *Instance {
	t.Helper()
	return over(t, Database(t), t.TempDir())
}

// On serves a database that is there.
func On(t testing.TB, s *store.Store) *Instance {
	t.Helper()
	return over(t, s, t.TempDir())
}

// Database is a new SQLite database with the demo content.
func Database(t testing.TB) *store.Store {
	t.Helper()
	content, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	file := storetest.SQLite(t)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return storetest.Open(t, file)
}

// demo is a database with the demo content, written once in a process.
var demo = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "atlas-webtest-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	ctx, copied := context.Background(), filepath.Join(dir, "copy.sqlite")
	s, err := store.Open(ctx, filepath.Join(dir, "demo.sqlite"))
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if _, _, err := s.Migrate(ctx); err != nil {
		return nil, err
	}
	a := app.New(s, app.Options{Now: clock})
	if err := errors.Join(a.Load(ctx), seed.Load(ctx, a), s.Backup(ctx, copied)); err != nil {
		return nil, err
	}
	return os.ReadFile(copied)
})

func clock() time.Time { return Now }

// Empty serves a database that holds what the product ships with and nothing
// else.
func Empty(t testing.TB) *Instance {
	t.Helper()
	return EmptyIn(t, t.TempDir())
}

// EmptyIn is Empty over a folder of uploaded files that outlives the instance.
func EmptyIn(t testing.TB, data string) *Instance {
	t.Helper()
	return over(t, storetest.Open(t, storetest.SQLite(t)), data)
}

func over(t testing.TB, s *store.Store, data string) *Instance {
	t.Helper()
	letters, err := mail.NewComposer(mail.Site{Name: "Atlas integrace"})
	if err != nil {
		t.Fatal(err)
	}
	i := &Instance{Store: s, data: data, App: app.New(s, app.Options{Now: clock, Letters: letters, Gate: app.Gate{Open: true}}), address: map[bool]string{}}
	if err := i.App.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	i.client = &http.Client{Jar: jar}
	return i
}

// at is the address of the instance, closed or open for editing; it starts to
// serve when first asked.
func (i *Instance) at(t testing.TB) string {
	t.Helper()
	if i.address[i.Viewer.May(atlas.RightPublish)] == "" {
		i.address[i.Viewer.May(atlas.RightPublish)] = i.serve(t, i.Viewer.May(atlas.RightPublish))
	}
	return i.address[i.Viewer.May(atlas.RightPublish)]
}

func (i *Instance) serve(t testing.TB, editing bool) string {
	t.Helper()
	c := config.Default()
	c.Data, c.OpenEditing = i.data, editing
	if i.Configure != nil {
		i.Configure(&c)
	}
	h, err := web.New(web.Options{Config: c, App: i.App, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

// Page is an answer.
type Page struct {
	*goquery.Document
	Status int
	Header http.Header
	Path   string // address after redirects, with the query
	Body   string
}

// Get asks for an address.
func (i *Instance) Get(t testing.TB, path string) Page {
	t.Helper()
	res, err := i.client.Get(i.at(t) + path)
	return read(t, res, err)
}

// Post sends a form.
func (i *Instance) Post(t testing.TB, path string, form url.Values) Page {
	t.Helper()
	res, err := i.client.PostForm(i.at(t)+path, form)
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
	p := Page{Document: doc, Status: res.StatusCode, Header: res.Header, Path: res.Request.URL.RequestURI(), Body: string(body)}
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
		case "mine", "signin", "members", "admin", "home", "lists", "actors", "calls", "territories", "problem", "typed", "site", "nav", "error":
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
