package web_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/web"
	"atlas/internal/web/webtest"
)

// fuzzed is an open instance with the demo content and one batch of an import.
func fuzzed(f *testing.F) http.Handler {
	f.Helper()
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	a := app.New(webtest.Database(f), app.Options{Log: quiet})
	if err := a.Load(f.Context()); err != nil {
		f.Fatal(err)
	}
	viewer := atlas.Operator("editor")
	list := "Registrační číslo projektu;Název projektu CZ;Žadatel;Příspěvek EU\nCZ.03.2.63/0.0/0.0/15_023/0000001;Podpora rodin;Spolek;850000\n"
	plan, err := a.PrepareImport(f.Context(), viewer, app.ImportOptions{}, "seznam.csv", []byte(list))
	if err != nil {
		f.Fatal(err)
	}
	if _, err := a.ApplyImport(f.Context(), viewer, plan); err != nil {
		f.Fatal(err)
	}
	c := config.Default()
	c.OpenEditing, c.Data = true, f.TempDir()
	h, err := web.New(web.Options{Config: c, App: a, Log: quiet})
	if err != nil {
		f.Fatal(err)
	}
	return h
}

// asked asks for one of the addresses under a query and demands an answer that
// is not our fault; what is JSON must be whole.
func asked(t *testing.T, h http.Handler, addresses []string, n uint8, query string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "http://localhost/", nil)
	r.URL = &url.URL{Path: addresses[int(n)%len(addresses)], RawQuery: query}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code >= http.StatusInternalServerError {
		t.Fatalf("%s: %d %s", r.URL, w.Code, w.Body)
	}
	if strings.Contains(w.Header().Get("Content-Type"), "json") && !json.Valid(w.Body.Bytes()) {
		t.Fatalf("%s: %d %s", r.URL, w.Code, w.Body)
	}
}

func FuzzNoQueryBreaksTheInterface(f *testing.F) {
	h := fuzzed(f)
	f.Fuzz(func(t *testing.T, address uint8, query string) {
		asked(t, h, []string{"/api/v1/projects", "/api/v1/facets", "/api/v1/actors", "/api/v1/calls", "/api/v1/lists", "/api/v1/territories", "/api/v1/projects/P-00001",
			"/export/projekty.json", "/export/projekty.geojson", "/export/projekty-360giving.json", "/export/akteri.json"}, address, query)
	})
}

func FuzzNoQueryBreaksThePagesOfImports(f *testing.F) {
	h := fuzzed(f)
	f.Fuzz(func(t *testing.T, address uint8, query string) {
		asked(t, h, []string{"/import", "/import/D-00001", "/import/D-00001/vratit", "/en/import/D-00001", "/en/import/D-00001/vratit", "/import-nahled/" + strings.Repeat("a", 64)}, address, query)
	})
}

func FuzzNoUploadBreaksTheServer(f *testing.F) {
	h := fuzzed(f)
	f.Fuzz(func(t *testing.T, body string) {
		r := httptest.NewRequest(http.MethodPost, "http://localhost/import", strings.NewReader(body))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=X")
		r.Header.Set("Origin", "http://localhost")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError {
			t.Fatalf("%q: %d %s", body, w.Code, w.Body)
		}
		if to := w.Header().Get("Location"); w.Code == http.StatusSeeOther && !strings.HasPrefix(to, "/import-nahled/") {
			t.Fatalf("%q leads to %q", body, to)
		}
	})
}
