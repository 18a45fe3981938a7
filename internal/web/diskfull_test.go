package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"modernc.org/sqlite"

	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/store/storetest"
	"atlas/internal/web"
)

// fullName marks the database that may not grow by a page.
const fullName = "plny-disk.sqlite"

// full is an instance over a database that has everything an empty instance
// needs and not a page more: what SQLite says then is what it says on a full
// disk.
func full(t *testing.T) *httptest.Server {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, fullName)
	growing := storetest.Open(t, filepath.Join(dir, "atlas.sqlite"))
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	if err := app.New(growing, app.Options{Log: quiet}).Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := growing.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, address string) error {
		if !strings.Contains(address, fullName) {
			return nil
		}
		_, err := c.ExecContext(context.Background(), "PRAGMA max_page_count = 1", nil) // never less than there are
		return err
	})
	a := app.New(storetest.Open(t, file), app.Options{Log: quiet})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := config.Default()
	c.OpenEditing = true
	h, err := web.New(web.Options{Config: c, App: a, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server
}

func TestASaveOnAFullDiskIsExplainedAndReadingGoesOn(t *testing.T) {
	server := full(t)
	for address, title := range map[string]string{"/akteri/novy": "Na disku došlo místo", "/en/akteri/novy": "The disk is full"} {
		form := url.Values{"name": {"Spolek"}, "country": {"CZ"}, "capacity": {strings.Repeat("Dlouhá poznámka. ", 20_000)}, "akce": {"ulozit"}}
		res, err := stay.PostForm(server.URL+address, form)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusInsufficientStorage || !strings.Contains(strings.ReplaceAll(string(body), "\u00a0", " "), "<h1>"+title+"</h1>") || res.Header.Get("Location") != "" {
			t.Errorf("%s: %s %v %s", address, res.Status, err, body)
		}
	}
	for _, path := range []string{"/akteri", "/ciselniky", "/readyz"} {
		if res, body := ask(t, http.MethodGet, server.URL+path); res.StatusCode != http.StatusOK || strings.Contains(body, "Spolek") {
			t.Errorf("%s afterwards: %s", path, res.Status)
		}
	}
}
