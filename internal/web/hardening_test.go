package web_test

import (
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/blob"
	"atlas/internal/config"
	"atlas/internal/web"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

// walk asks every route that is read, as an administrator, and hands each answer on.
func (c *checked) walk(change func(*http.Request), answer func(r page.Route, res *http.Response, body string)) {
	c.t.Helper()
	rows := askings(c)
	known := map[string]string{atlas.KindProject: c.twin, atlas.KindActor: c.organisation, atlas.KindCall: c.call, atlas.KindNeed: c.need, atlas.KindExtent: c.extent,
		atlas.KindPractice: c.practice, atlas.KindReplication: c.transfer, atlas.KindCollection: c.collection}
	admin := c.people[slices.IndexFunc(c.people, func(p *person) bool { return p.name == string(atlas.RoleAdmin) })]
	for _, r := range web.Routes(c.t) {
		row := rows[r.Method+" "+r.Pattern]
		if r.Method != http.MethodGet {
			continue
		}
		req, err := http.NewRequestWithContext(c.t.Context(), r.Method, c.origin+route.WithQuery(row.address(r, known[row.of]), row.query), nil)
		c.records.must(err)
		req.AddCookie(&http.Cookie{Name: "atlas", Value: admin.cookie})
		req.AddCookie(&http.Cookie{Name: "__Host-atlas", Value: admin.cookie})
		if change != nil {
			change(req)
		}
		res, err := c.client.Do(req)
		c.records.must(err)
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		c.records.must(err)
		answer(r, res, string(body))
	}
}

func TestNoAnswerTakesItsAddressFromTheRequest(t *testing.T) { // host-header attacks
	c := newChecked(t, func(c *config.Config) { c.BaseURL = "https://atlas.mesto.example" })
	const evil = "evil.example"
	c.walk(func(req *http.Request) {
		req.Host = evil
		for _, name := range []string{"X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded", "X-Forwarded-Server", "X-HTTP-Host-Override"} {
			req.Header.Set(name, map[bool]string{true: "host=" + evil, false: evil}[name == "Forwarded"])
		}
	}, func(r page.Route, res *http.Response, body string) {
		if strings.Contains(body, evil) {
			t.Errorf("%s takes over the name of the host", r.Pattern)
		}
		for name, values := range res.Header {
			if strings.Contains(strings.Join(values, " "), evil) {
				t.Errorf("%s takes over the name of the host in %s", r.Pattern, name)
			}
		}
		if got := res.Header.Get("Strict-Transport-Security"); got != "max-age=31536000" {
			t.Errorf("%s: %q", r.Pattern, got)
		}
	})
}

func TestSubdomainsAreHTTPSOnlyWhereTheOperatorSaysSo(t *testing.T) { // ASVS 3.4.1
	for _, on := range []bool{false, true} {
		server := instance(t, func(c *config.Config) { c.BaseURL, c.HSTSSubdomains = "https://atlas.mesto.example", on })
		res, _ := ask(t, http.MethodGet, server.URL+"/kontakt")
		if got := res.Header.Get("Strict-Transport-Security"); strings.HasSuffix(got, "; includeSubDomains") != on {
			t.Errorf("%v: %q", on, got)
		}
	}
}

// kindsOfAnswers are all media types that leave the instance. A page is written by a
// template; no other answer may be shown by a browser as a document.
var kindsOfAnswers = []string{
	"text/html", "text/plain", "text/csv", "application/json", "application/ld+json", "application/problem+json", "application/geo+json", "application/atom+xml",
	"application/vnd.oai.openapi+json", "application/octet-stream", "application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"image/png", // of charts, drawn here: nothing in it runs
}

// frames says who may show a page in a frame: anybody the page made for it, nobody
// any other.
func frames(pattern string) string {
	if pattern == route.TerritoryEmbed || pattern == route.CoverageEmbed {
		return "frame-ancestors *"
	}
	return "frame-ancestors 'none'"
}

func TestEveryAnswerSaysWhatItIsAndIsClosedToEverythingElse(t *testing.T) { // ASVS 3.4.3, 3.4.4, 4.1.1
	c := newChecked(t, nil)
	c.walk(nil, func(r page.Route, res *http.Response, body string) {
		kind, params, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
		if err != nil || !slices.Contains(kindsOfAnswers, kind) {
			t.Errorf("%s: %q", r.Pattern, res.Header.Get("Content-Type"))
		}
		if strings.HasPrefix(kind, "text/") && params["charset"] != "utf-8" {
			t.Errorf("%s: no charset in %q", r.Pattern, res.Header.Get("Content-Type"))
		}
		csp := res.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, frames(r.Pattern)) || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: %q", r.Pattern, csp)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"} {
			if res.Header.Get(name) != want {
				t.Errorf("%s: %s is %q", r.Pattern, name, res.Header.Get(name))
			}
		}
		if res.Header.Get("Server") != "" || res.Header.Get("X-Powered-By") != "" {
			t.Errorf("%s says what it runs on", r.Pattern)
		}
		if !r.Machine && !strings.Contains(res.Header.Get("Cache-Control"), "no-store") {
			t.Errorf("%s as an administrator may be kept on the way: %q", r.Pattern, res.Header.Get("Cache-Control"))
		}
	})
}

func TestAForeignFileIsOnlyEverKept(t *testing.T) { // ASVS 3.2.1, 5.4.1, 5.4.2
	const list = "Registrační číslo projektu;Název projektu CZ;Žadatel;Příspěvek EU\nCZ.03.2.63/0.0/0.0/15_023/0000001;"
	for name, title := range map[string]string{
		"utok.html": "<!doctype html><script>alert(1)</script>", "utok.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
		"a\"b\r\nSet-Cookie: x=1\r\n.csv": "Kurz", "../../../etc/passwd": "Kurz češtiny",
	} {
		content := list + title + ";Spolek;850000\n"
		data := t.TempDir()
		i := webtest.EmptyIn(t, data)
		plan, err := i.App.PrepareImport(t.Context(), webtest.Editor, app.ImportOptions{}, name, []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		batch, err := i.App.ApplyImport(t.Context(), webtest.Editor, plan)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := blob.Open(filepath.Join(data, "imports")).Put(strings.NewReader(content), 1<<20); err != nil {
			t.Fatal(err)
		}
		i.Viewer = webtest.Editor
		status, header, got := i.File(t, route.Fill(route.ImportFile, batch.ID))
		kind, _, err := mime.ParseMediaType(header.Get("Content-Disposition"))
		if status != http.StatusOK || string(got) != content || err != nil || kind != "attachment" || header.Get("Content-Type") != "application/octet-stream" ||
			!strings.HasPrefix(header.Get("Content-Security-Policy"), "sandbox;") || header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Set-Cookie") != "" {
			t.Errorf("%q: %d %v", name, status, header)
		}
	}
}

func TestNoAddressLeadsOutOfAFolder(t *testing.T) { // ASVS 5.3.2
	c := newChecked(t, nil)
	outside := t.TempDir()
	const secret = "TAJNÝ OBSAH SOUBORU"
	if err := os.WriteFile(filepath.Join(outside, "tajne"), []byte(secret), 0o600); err != nil {
		t.Fatal(err)
	}
	admin := c.people[len(c.people)-1]
	var ways []string
	for _, up := range []string{"../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "%252e%252e%252f", "....//", "..%c0%af", "..%00/"} {
		ways = append(ways, strings.Repeat(up, 12)+strings.TrimPrefix(outside, "/")+"/tajne", up+"key", up+"atlas.db", url.PathEscape(outside)+"%2ftajne", up+"etc%2fpasswd")
	}
	for _, base := range []string{"/static/", "/export/", "/import/", "/import-nahled/", "/ciselniky/", "/katalog/", "/api/v1/lists/", "/uzemi/", "/projekty/", "/.well-known/"} {
		for _, way := range ways {
			for _, rest := range []string{"", "/soubor"} {
				req := &http.Request{Method: http.MethodGet, Header: http.Header{}, URL: &url.URL{Scheme: "http", Host: strings.TrimPrefix(c.origin, "http://"), Opaque: base + way + rest}}
				req.AddCookie(&http.Cookie{Name: "atlas", Value: admin.cookie})
				res, err := c.client.Do(req.WithContext(t.Context()))
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(res.Body)
				res.Body.Close()
				if err != nil {
					t.Fatal(err)
				}
				if res.StatusCode == http.StatusOK || res.StatusCode >= 500 || strings.Contains(string(body), secret) || strings.Contains(string(body), "SQLite format") || strings.Contains(string(body), "root:") {
					t.Errorf("%s%s%s: %d %.80q", base, way, rest, res.StatusCode, body)
				}
			}
		}
	}
}

// parametersOfAddresses are names under which a form or a page may be told where to
// go on.
var parametersOfAddresses = []string{"zpet", "dal", "stranka", "next", "return", "url", "redirect", "odkud"}

func FuzzNoParameterLeadsAway(f *testing.F) {
	h := fuzzed(f)
	for _, seed := range []string{"//evil.example", "https://evil.example", `/\evil.example`, "/\t/evil.example", "///evil.example", "/%2F/evil.example", "javascript:alert(1)", "/projekty\r\nLocation: //evil.example",
		"http:evil.example", "/.//evil.example", "?q=a", "/en//evil.example", "\x00//evil.example", "/projekty?x=//evil.example"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		asked := url.Values{"vzhled": {"dark"}, "jmeno": {"a"}, "rozhodnuti": {"pozdeji"}, "prvni": {"P-00001"}, "druhy": {"P-00002"}}
		for _, name := range parametersOfAddresses {
			asked.Set(name, value)
		}
		for _, path := range []string{route.Theme, route.ProjectsViews, route.ProjectsTwins} {
			r := httptest.NewRequest(http.MethodPost, "http://localhost"+path, strings.NewReader(asked.Encode()))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			leadsHome(t, h, r)
		}
		for _, path := range []string{"/", "/projekty", "/nahlasit-obsah", "/import", "/projekty/"} {
			leadsHome(t, h, httptest.NewRequest(http.MethodGet, "http://localhost"+path+"?"+asked.Encode(), nil))
		}
	})
}

// leadsHome demands that an answer leads nowhere but to this instance.
func leadsHome(t *testing.T, h http.Handler, r *http.Request) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	to := w.Header().Get("Location")
	if w.Code >= 500 || to != "" && !route.Own(to) || w.Header().Get("Refresh") != "" {
		t.Fatalf("%s %s: %d to %q", r.Method, r.URL, w.Code, to)
	}
	if to == "" {
		return
	}
	if u, err := url.Parse("http://localhost/" + r.URL.Path); err != nil || func() bool { v, err := u.Parse(to); return err != nil || v.Host != "localhost" }() {
		t.Fatalf("%s leads to %q", r.URL, to)
	}
}
