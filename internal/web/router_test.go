package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/web"
	"atlas/internal/web/webtest"
)

// instance is a whole instance over the demo content.
func instance(t *testing.T, change func(*config.Config)) *httptest.Server {
	t.Helper()
	return talking(t, change, io.Discard)
}

// talking is an instance that writes its whole log.
func talking(t *testing.T, change func(*config.Config), log io.Writer) *httptest.Server {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	a := app.New(webtest.Database(t), app.Options{Log: logger})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := config.Default()
	if change != nil {
		change(&c)
	}
	h, err := web.New(web.Options{Config: c, App: a, Log: logger})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server
}

func editing(c *config.Config) { c.OpenEditing = true }

// stay does not follow redirects, so that tests see them.
var stay = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func ask(t *testing.T, method, address string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
	}
	res, err := stay.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func TestPagesAnswerInBothLanguagesWithoutAMissingWord(t *testing.T) {
	server := instance(t, editing)
	rawKey := regexp.MustCompile(`[>" ](site|nav|home|lists|projects|actors|calls|territories|imports|error|problem|typed)\.[a-z_]+[a-z_.]*[<" ]`)
	for _, path := range []string{"/", "/o-databazi", "/ciselniky", "/ciselniky/oblasti-integrace", "/projekty", "/projekty?zobrazeni=mapa",
		"/projekty?zobrazeni=tabulka", "/projekty?zobrazeni=roky", "/nic-takoveho"} {
		for _, face := range []string{"", "/en"} {
			address := strings.TrimSuffix(face+path, "/")
			res, body := ask(t, http.MethodGet, server.URL+address)
			want := http.StatusOK
			if path == "/nic-takoveho" {
				want = http.StatusNotFound
			}
			if res.StatusCode != want {
				t.Errorf("%s: %s", address, res.Status)
			}
			if m := rawKey.FindString(body); m != "" {
				t.Errorf("%s shows the key %s", address, m)
			}
			lang := map[string]string{"": "cs", "/en": "en"}[face]
			if !strings.Contains(body, `<html lang="`+lang+`"`) || res.Header.Get("Content-Language") != lang {
				t.Errorf("%s is not in %s", address, lang)
			}
		}
	}
}

func TestEveryAnswerIsSafe(t *testing.T) {
	server := instance(t, nil)
	for _, path := range []string{"/", "/nikde", "/healthz", "/ciselniky/oblasti-integrace.csv"} {
		res, _ := ask(t, http.MethodGet, server.URL+path)
		csp := res.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe-inline") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if res.Header.Get("X-Content-Type-Options") != "nosniff" || res.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s: headers %v", path, res.Header)
		}
	}
}

func TestMachinesAreAnswered(t *testing.T) {
	server := instance(t, nil)
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ready", "/metrics": "atlas_indexed_projects", "/robots.txt": "Disallow"} {
		res, body := ask(t, http.MethodGet, server.URL+path)
		if res.StatusCode != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %s %.60q", path, res.Status, body)
		}
	}
}

func TestAWrongWayInIsExplained(t *testing.T) {
	server := instance(t, nil)
	for _, c := range []struct {
		method, path, say string
		status            int
	}{
		{http.MethodPost, "/ciselniky", "Takhle stránku otevřít nejde", http.StatusMethodNotAllowed},
		{http.MethodDelete, "/en/projekty", "cannot be opened this way", http.StatusMethodNotAllowed},
		{http.MethodGet, "/ciselniky/zadny", "Tato stránka tu není", http.StatusNotFound},
		{http.MethodGet, "/ciselniky/oblasti-integrace.exe", "Tato stránka tu není", http.StatusNotFound},
		{http.MethodGet, "/%ff%fe", "Tato stránka tu není", http.StatusNotFound},
	} {
		res, body := ask(t, c.method, server.URL+c.path)
		if res.StatusCode != c.status || !strings.Contains(strings.ReplaceAll(body, "\u00a0", " "), c.say) {
			t.Errorf("%s %s: %s", c.method, c.path, res.Status)
		}
	}
}

func TestASlashTooManyLeadsToTheRightAddressAndNeverAway(t *testing.T) {
	server := instance(t, nil)
	for path, want := range map[string]string{
		"/en/projekty/?q=a": "/en/projekty?q=a", "/projekty/": "/projekty", "/en/": "/en", "/uzemi/a%2Fb/": "/uzemi/a%2Fb",
		"/%2Fevil.example/": "/%2Fevil.example", "/%5Cevil.example/": "/%5Cevil.example", "/en/%2Fevil.example/": "/en/%2Fevil.example", "/%09/evil.example/": "/%09/evil.example",
	} {
		res, _ := ask(t, http.MethodGet, server.URL+path)
		if got := res.Header.Get("Location"); res.StatusCode != http.StatusPermanentRedirect || got != want {
			t.Errorf("%s: %s to %q", path, res.Status, got)
		}
	}
	// This one method the router does not tidy the address of.
	if res, _ := ask(t, http.MethodConnect, server.URL+"//evil.example/"); res.Header.Get("Location") != "" {
		t.Errorf("to %q", res.Header.Get("Location"))
	}
}

func TestAWrongMethodIsToldWhichAreRight(t *testing.T) {
	server := instance(t, editing)
	for path, want := range map[string]string{"/akteri/novy": "GET, POST", "/vzhled": "POST", "/en/projekty": "GET"} {
		res, _ := ask(t, http.MethodDelete, server.URL+path)
		if got := res.Header.Get("Allow"); res.StatusCode != http.StatusMethodNotAllowed || got != want {
			t.Errorf("%s: %s, allowed %q", path, res.Status, got)
		}
	}
}

func TestAnInstanceOpenForEditingTrustsNoOtherSite(t *testing.T) {
	server := instance(t, editing)
	if res, _ := ask(t, http.MethodPost, server.URL+"/vzhled", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"); res.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site: %s", res.Status)
	}
	if res, _ := ask(t, http.MethodGet, server.URL+"/", "Host", "evil.example"); res.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("another name of the host: %s", res.Status)
	}
}

func TestThePageOnceReadIsNotSentAgain(t *testing.T) {
	server := instance(t, nil)
	first, _ := ask(t, http.MethodGet, server.URL+"/ciselniky")
	again, body := ask(t, http.MethodGet, server.URL+"/ciselniky", "If-None-Match", first.Header.Get("ETag"))
	if first.Header.Get("ETag") == "" || again.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("%q then %s", first.Header.Get("ETag"), again.Status)
	}
}

func TestTheLookIsKeptAndLeadsOnlyBackToUs(t *testing.T) {
	server := instance(t, nil)
	for back, want := range map[string]string{"/projekty?q=a": "/projekty?q=a", "//evil.example": "/", "https://evil.example": "/", `/\evil.example`: "/", "/\t/evil.example": "/"} {
		req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/vzhled", strings.NewReader("vzhled=dark&zpet="+strings.ReplaceAll(back, "?", "%3F")))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := stay.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.Header.Get("Location") != want || !strings.Contains(res.Header.Get("Set-Cookie"), "vzhled=dark") {
			t.Errorf("%s leads to %s with %s", back, res.Header.Get("Location"), res.Header.Get("Set-Cookie"))
		}
	}
	if _, body := ask(t, http.MethodGet, server.URL+"/", "Cookie", "vzhled=dark"); !strings.Contains(body, `data-theme="dark"`) {
		t.Error("the page does not take the look")
	}
}
