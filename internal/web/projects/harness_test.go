package projects

import (
	"bytes"
	"compress/gzip"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/i18n"
	"atlas/internal/seed"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/question"
	"atlas/internal/web/route"

	"github.com/PuerkitoBio/goquery"
)

// instance is the area over a real database, asked by HTTP.
type instance struct {
	store *store.Store
	app   *app.App
	site  *page.Site
	mux   *http.ServeMux
	// viewer is who asks; the zero value is the public.
	viewer atlas.Viewer
}

type plainAssets struct{}

func (plainAssets) URL(name string) string { return "/aktiva/" + name }

var today = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

var editor = atlas.Operator("editor")

// open makes an instance in a folder, seeded with the demo content on demand.
func open(ctx context.Context, folder string, demo bool) (*instance, error) {
	s, err := store.Open(ctx, filepath.Join(folder, "atlas.sqlite"))
	if err != nil {
		return nil, err
	}
	if _, _, err := s.Migrate(ctx); err != nil {
		return nil, err
	}
	a := app.New(s, app.Options{Now: func() time.Time { return today }})
	if err := a.Load(ctx); err != nil {
		return nil, err
	}
	if demo {
		if err := seed.Load(ctx, a); err != nil {
			return nil, err
		}
	}
	i := &instance{store: s, app: a, mux: http.NewServeMux()}
	i.site = &page.Site{
		Config: config.Default(), Lists: a.Lists, Places: a.Places,
		Assets: plainAssets{}, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
	}
	area := New(i.site, a, nil)
	if i.site.Words, err = i18n.Load(page.Messages(), area.Messages); err != nil {
		return nil, err
	}
	if err := i.site.Parse([]page.Area{area}); err != nil {
		return nil, err
	}
	for _, r := range area.Routes {
		for _, lang := range i18n.Languages {
			i.mux.HandleFunc(r.Method+" "+route.In(lang, r.Pattern), i.handle(lang, r))
		}
	}
	return i, nil
}

func (i *instance) handle(lang string, r page.Route) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		v := i.viewer
		v.Lang = lang
		q := &page.Request{W: w, Request: req, Site: i.site, Lang: lang, Viewer: v}
		err := error(nil)
		if atlas.Could(v, r.Right) {
			err = r.Handle(q)
		} else {
			err = atlas.ErrForbidden
		}
		if err != nil {
			q.Fail(err)
		}
	}
}

// shared is the seeded instance for tests that only read; sharedFolder is where
// it lives until the last test.
var (
	sharedFolder string
	shared       = sync.OnceValues(func() (*instance, error) { return open(context.Background(), sharedFolder, true) })
)

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "atlas-projects")
	if err != nil {
		panic(err)
	}
	sharedFolder = folder
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

// demo is the demo content, for reading as the public.
func demo(t testing.TB) *instance {
	t.Helper()
	i, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// empty is a new instance whose visitor may write.
func empty(t testing.TB) *instance {
	t.Helper()
	return own(t, false)
}

// own is an instance of one test, whose visitor may write.
func own(t testing.TB, demo bool) *instance {
	t.Helper()
	i, err := open(t.Context(), t.TempDir(), demo)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { i.store.Close() })
	i.viewer = editor
	return i
}

// as is the same instance seen by somebody else.
func (i *instance) as(t testing.TB, v atlas.Viewer) *instance {
	t.Helper()
	other := *i
	other.viewer, other.mux = v, http.NewServeMux()
	for _, r := range New(i.site, i.app, nil).Routes {
		for _, lang := range i18n.Languages {
			other.mux.HandleFunc(r.Method+" "+route.In(lang, r.Pattern), other.handle(lang, r))
		}
	}
	return &other
}

// answer is what came back.
type answer struct {
	*httptest.ResponseRecorder
	t testing.TB
}

func (i *instance) get(t testing.TB, address string) answer {
	t.Helper()
	return i.do(t, httptest.NewRequest(http.MethodGet, address, nil))
}

func (i *instance) post(t testing.TB, address string, form url.Values) answer {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return i.do(t, r)
}

func (i *instance) do(t testing.TB, r *http.Request) answer {
	t.Helper()
	w := httptest.NewRecorder()
	i.mux.ServeHTTP(w, r)
	return answer{w, t}
}

// page gives the page of an address that must be there.
func (i *instance) page(t testing.TB, address string) *goquery.Document {
	t.Helper()
	a := i.get(t, address)
	if a.Code != http.StatusOK {
		t.Fatalf("%s: status %d\n%s", address, a.Code, question.Start(a.Body.String(), 2000))
	}
	return a.html()
}

func (a answer) html() *goquery.Document {
	a.t.Helper()
	d, err := goquery.NewDocumentFromReader(bytes.NewReader(a.Body.Bytes()))
	if err != nil {
		a.t.Fatal(err)
	}
	return d
}

// gzipped is how many bytes the body has compressed.
func (a answer) gzipped() int {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.DefaultCompression)
	_, _ = w.Write(a.Body.Bytes())
	_ = w.Close()
	return b.Len()
}
