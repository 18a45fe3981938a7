package page_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/config"
	"atlas/internal/i18n"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// plain gives assets by their own names.
type plain struct{}

func (plain) URL(name string) string { return "/static/" + name }

// own are pages of the tests: one that is right and one that fails in its
// middle, with a part that both may use.
var own = fstest.MapFS{
	"right.html":  {Data: []byte(`{{define "main"}}<h1>{{.Title}}</h1><p id="said">{{.Said}}</p>{{template "foot" .}}{{end}}`)},
	"broken.html": {Data: []byte(`{{define "main"}}<p>První půlka stránky</p>{{.Broken}}<p>Druhá půlka</p>{{end}}`)},
	"_foot.html":  {Data: []byte(`{{define "foot"}}<p id="foot">{{t "site.home"}}</p>{{end}}`)},
}

type ownPage struct {
	page.Base
	Said string
}

// Broken fails when a template asks for it.
func (ownPage) Broken() (string, error) { return "", errors.New("tajné heslo databáze") }

// site is a site with the pages of the tests; log takes what it says.
func site(t *testing.T, log io.Writer) *page.Site {
	t.Helper()
	words, err := i18n.Load(page.Messages())
	if err != nil {
		t.Fatal(err)
	}
	s := &page.Site{Config: config.Default(), Words: words, Assets: plain{}, Log: slog.New(slog.NewTextHandler(log, nil))}
	if err := s.Parse([]page.Area{{Name: "own", Templates: own}}); err != nil {
		t.Fatal(err)
	}
	return s
}

// ask answers one request by a handler.
func ask(s *page.Site, r *http.Request, handle page.Handler) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	lang, _ := route.Split(r.URL.Path)
	q := &page.Request{W: w, Request: r.WithContext(page.WithRequestID(r.Context(), "f00dba")), Site: s, Lang: lang}
	if err := handle(q); err != nil {
		q.Fail(err)
	}
	return w
}

func get(path string, cookies ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for _, c := range cookies {
		r.Header.Add("Cookie", c)
	}
	return r
}

func right(q *page.Request) error {
	return q.Render(http.StatusOK, "own/right", ownPage{Base: q.Base("Správně"), Said: q.Param("q")})
}

// document reads a page and checks that it is whole.
func document(t *testing.T, w *httptest.ResponseRecorder) *goquery.Document {
	t.Helper()
	body := w.Body.String()
	if strings.Count(body, "<!doctype html>") != 1 || strings.Count(body, "</html>") != 1 || !strings.HasSuffix(strings.TrimSpace(body), "</html>") {
		t.Fatalf("not one whole page: %s", body)
	}
	d, err := goquery.NewDocumentFromReader(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAPageThatFailsInItsMiddleLeavesNothingOfItselfAndSaysNoSecret(t *testing.T) {
	var log bytes.Buffer
	s := site(t, &log)
	for _, face := range []string{"/stranka", "/en/stranka"} {
		w := ask(s, get(face), func(q *page.Request) error {
			return q.Render(http.StatusOK, "own/broken", ownPage{Base: q.Base("x")})
		})
		body := document(t, w).Text()
		if w.Code != http.StatusInternalServerError || strings.Contains(body, "půlka") || strings.Contains(w.Body.String(), "heslo") || !strings.Contains(body, "f00dba") {
			t.Errorf("%s: %d %s", face, w.Code, body)
		}
	}
	if !strings.Contains(log.String(), "tajné heslo databáze") || !strings.Contains(log.String(), "request=f00dba") {
		t.Errorf("the log says %s", log.String())
	}
	w := ask(s, get("/stranka"), func(q *page.Request) error { return q.Render(http.StatusOK, "own/none", nil) })
	if document(t, w); w.Code != http.StatusInternalServerError {
		t.Errorf("a page that does not exist: %d", w.Code)
	}
}

func TestATemplateThatIsWrongStopsTheStart(t *testing.T) {
	for name, text := range map[string]string{"syntax": `{{define "main"}}{{if}}{{end}}`, "function": `{{define "main"}}{{nothing .}}{{end}}`} {
		s := site(t, io.Discard)
		err := s.Parse([]page.Area{{Name: "bad", Templates: fstest.MapFS{"a.html": {Data: []byte(text)}}}})
		if err == nil || !strings.Contains(err.Error(), "bad") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAPageIsSentAgainOnlyWhenItHasChanged(t *testing.T) {
	s := site(t, io.Discard)
	first := ask(s, get("/a?q=1"), right)
	tag := first.Header().Get("ETag")
	for _, c := range []struct {
		method, path string
		want         int
	}{{http.MethodGet, "/a?q=1", 304}, {http.MethodGet, "/a?q=2", 200}, {http.MethodGet, "/en?q=1", 200}, {http.MethodPost, "/a?q=1", 200}} {
		r := httptest.NewRequest(c.method, c.path, nil)
		r.Header.Set("If-None-Match", tag)
		w := ask(s, r, right)
		if w.Code != c.want || (w.Code == 304) != (w.Body.Len() == 0) {
			t.Errorf("%s %s: %d with %d bytes", c.method, c.path, w.Code, w.Body.Len())
		}
	}
	if first.Header().Get("Content-Language") != "cs" || first.Header().Get("Content-Type") != "text/html; charset=utf-8" || first.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("%v", first.Header())
	}
}

func TestTheSameQuestionIsALinkAwayInTheOtherLanguage(t *testing.T) {
	s := site(t, io.Discard)
	s.Config.BaseURL = "https://atlas.example"
	for path, want := range map[string][2]string{
		"/":                          {"/en", "https://atlas.example/"},
		"/en":                        {"/", "https://atlas.example/en"},
		"/projekty?q=a%26b&oblast=J": {"/en/projekty?oblast=J&q=a%26b", "https://atlas.example/projekty?oblast=J&q=a%26b"},
		"/en/uzemi/a%2Fb%3Fc":        {"/uzemi/a%2Fb%3Fc", "https://atlas.example/en/uzemi/a%2Fb%3Fc"},
		"/en/%2Fevil.example":        {"/%2Fevil.example", "https://atlas.example/en/%2Fevil.example"},
		"/en/%5Cevil.example":        {"/%5Cevil.example", "https://atlas.example/en/%5Cevil.example"},
	} {
		d := document(t, ask(s, get(path), right))
		other, _ := d.Find("a.site-lang").Attr("href")
		canonical, _ := d.Find("link[rel=canonical]").Attr("href")
		if other != want[0] || canonical != want[1] {
			t.Errorf("%s: the other language is at %s, the address itself is %s", path, other, canonical)
		}
	}
}

func TestWhatAnAddressSaysIsShownAsTextAndNothingElse(t *testing.T) {
	s := site(t, io.Discard)
	for query, want := range map[string]string{"q=%3Cscript%3Ealert(1)%3C/script%3E": "<script>alert(1)</script>", "q=a%00b%ffc": "ab\uFFFDc"} {
		d := document(t, ask(s, get("/a?"+query), right))
		if got := d.Find("#said").Text(); got != want {
			t.Errorf("%s is shown as %q", query, got)
		}
		if d.Find("main script").Length() > 0 {
			t.Errorf("%s became a script", query)
		}
	}
}

func TestImportsAreOfferedOnlyToThoseWhoMayWrite(t *testing.T) {
	for _, viewer := range []atlas.Viewer{{}, atlas.Operator("editor")} {
		found, write := 0, viewer.May(atlas.RightPublish)
		b := page.Base{Lang: "en", Nav: route.Actors, Viewer: viewer}
		for _, l := range b.Sections() {
			if l.URL == "/en"+route.Imports {
				found++
			}
			if l.Current != (l.Key == "nav.actors") {
				t.Errorf("%v", l)
			}
		}
		if (found == 1) != write {
			t.Errorf("who may write: %v, links to imports: %d", write, found)
		}
	}
}

func TestTheLookIsTakenOnlyWhenItIsOneOfOurs(t *testing.T) {
	s := site(t, io.Discard)
	for cookie, want := range map[string]string{"vzhled=dark": "dark", "vzhled=light": "light", "vzhled=": "", "vzhled=Dark": "", `vzhled=dark"onload=x`: "", "jiny=dark": ""} {
		got, _ := document(t, ask(s, get("/a", cookie), right)).Find("html").Attr("data-theme")
		if got != want {
			t.Errorf("%s gives %q", cookie, got)
		}
	}
	for value, want := range map[string]string{"dark": "dark", "light": "light", "auto": "", "": "", "<b>": ""} {
		w := httptest.NewRecorder()
		(&page.Request{W: w, Request: get("/a"), Site: s, Lang: "cs"}).SetTheme(value)
		c := w.Result().Cookies()[0]
		if c.Value != want || (c.MaxAge < 0) != (want == "") || !c.HttpOnly || c.Path != "/" || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("%q is kept as %v", value, c)
		}
	}
}

func TestAMessageSurvivesOneRedirectAndIsShownOnce(t *testing.T) {
	s := site(t, io.Discard)
	const said = "Uložili jsme „Žďár“; <b>100 %</b> = hotovo, \"díky\"."
	mux := http.NewServeMux()
	serve := func(pattern string, handle page.Handler) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			q := &page.Request{W: w, Request: r, Site: s, Lang: "cs"}
			if err := handle(q); err != nil {
				q.Fail(err)
			}
		})
	}
	serve("POST /uloz", func(q *page.Request) error {
		q.Flash(page.FlashSuccess, said)
		return q.Redirect("/a")
	})
	serve("GET /a", right)
	server := httptest.NewServer(mux)
	defer server.Close()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	notice := func(res *http.Response, err error) *goquery.Selection {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		d, err := goquery.NewDocumentFromReader(res.Body)
		if err != nil || res.Request.URL.Path != "/a" {
			t.Fatal(res.Request.URL, err)
		}
		return d.Find(".notice")
	}
	if n := notice(client.PostForm(server.URL+"/uloz", url.Values{})); n.Text() != said || !n.HasClass("notice-success") {
		t.Errorf("after the redirect: %q", n.Text())
	}
	if n := notice(client.Get(server.URL + "/a")); n.Length() != 0 {
		t.Errorf("and once more: %q", n.Text())
	}
}

func TestAForgedMessageIsTextOrNothing(t *testing.T) {
	s := site(t, io.Discard)
	for value, want := range map[string]string{
		"success." + url.QueryEscape(`<script>alert(1)</script>`): "<script>alert(1)</script>",
		"error.<img/src=x>":            "<img/src=x>",
		"notice success.text":          "",
		"success":                      "",
		"success.":                     "",
		"success.%zz":                  "",
		".text":                        "",
		"warning.%00a%ff":              "a\uFFFD",
		"success." + "a+b%26c":         "a b&c",
		"success.text.with.more.parts": "text.with.more.parts",
	} {
		w := ask(s, get("/a", "zprava="+value), right)
		n := document(t, w).Find(".notice")
		if n.Text() != want || n.Find("*").Length() > 0 || n.Length() > 1 {
			t.Errorf("%q is shown as %q", value, n.Text())
		}
		if !strings.Contains(strings.Join(w.Header().Values("Set-Cookie"), "\n"), "zprava=; Path=/; Max-Age=0") {
			t.Errorf("%q is not forgotten: %v", value, w.Header().Values("Set-Cookie"))
		}
	}
}

func TestAReaderWhoHasGoneIsNotAnswered(t *testing.T) {
	var log bytes.Buffer
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := ask(site(t, &log), get("/a").WithContext(ctx), func(q *page.Request) error { return q.Context().Err() })
	if w.Body.Len() > 0 || log.Len() > 0 {
		t.Errorf("%q and the log %q", w.Body, log.String())
	}
}
