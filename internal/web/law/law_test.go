package law_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/web/page"
	"atlas/internal/web/webtest"
)

var pages = []string{"/kontakt", "/pristupnost", "/soukromi", "/cookies", "/nahlasit-obsah"}

// town is an operator who has filled in everything.
func town(c *config.Config) {
	c.OperatorName, c.OperatorURL, c.OperatorID, c.OperatorAddress = "Město Žďár", "https://www.mesto.example", "00551023", "Náměstí 1, Žďár"
	c.Contact, c.PrivacyContact, c.SecurityContact = "atlas@mesto.example", "poverenec@mesto.example", "https://www.mesto.example/bezpecnost"
	c.AccessibilityReviewed, c.BaseURL = "2026-10-05", "https://atlas.mesto.example"
}

func TestEveryPageOfTheLawNamesTheOperatorAndLeavesNothingOpen(t *testing.T) { // 12.1, 12.2, 12.6
	i := webtest.Empty(t)
	i.Configure = town
	for _, face := range []string{"", "/en"} {
		for _, path := range pages {
			p := i.Get(t, face+path)
			if p.Status != http.StatusOK || p.Find("h1").Length() != 1 || p.Find(".unknown, .notice").Length() != 0 {
				t.Errorf("%s: %d %q", p.Path, p.Status, p.Words("main .unknown, main .notice"))
			}
			if words := p.Words("body"); strings.Contains(words, "law.") {
				t.Errorf("%s shows a key: %s", p.Path, words)
			}
		}
		contact := i.Get(t, face+"/kontakt")
		for _, want := range []string{"Město Žďár", "00551023", "Náměstí 1, Žďár", "atlas@mesto.example", "poverenec@mesto.example"} {
			if !strings.Contains(contact.Words("main"), want) {
				t.Errorf("%s does not say %q", contact.Path, want)
			}
		}
		if contact.Find(`a[href="mailto:poverenec@mesto.example"]`).Length() != 1 || contact.Find(`a[href="https://www.mesto.example/bezpecnost"]`).Length() != 1 {
			t.Errorf("%s does not lead to the contacts", contact.Path)
		}
	}
	if p := i.Get(t, "/pristupnost"); !strings.Contains(p.Words("main"), "naposledy prověřil 5. října 2026") && !strings.Contains(p.Words("main"), "naposledy prověřil 5. 10. 2026") {
		t.Errorf("the review is not named: %s", p.Words("main"))
	}
}

func TestWhatTheOperatorHasNotSaidIsToldToAdministratorsOnly(t *testing.T) {
	i := webtest.Empty(t)
	for _, path := range pages {
		if path == "/cookies" {
			continue // says nothing of the operator
		}
		i.Viewer = atlas.Viewer{}
		if p := i.Get(t, path); strings.Contains(p.Words("main"), "ATLAS_") {
			t.Errorf("%s tells everybody about settings", path)
		}
		i.Viewer = webtest.Editor
		p := i.Get(t, path)
		for _, name := range []string{"operator-name", "operator-id", "operator-address", "contact", "privacy-contact", "accessibility-reviewed", "base-url"} {
			if p.Find("main .notice code:contains('"+name+"')").Length() == 0 || !strings.Contains(p.Words("main .notice"), config.Variable(name)) {
				t.Errorf("%s does not ask for %s", path, name)
			}
		}
	}
	i.Viewer = atlas.Viewer{}
	if p := i.Get(t, "/kontakt"); p.Find("main .unknown").Length() != 7 || !strings.Contains(p.Words("main .unknown"), "zatím neuvedl") {
		t.Errorf("the public reads %q", p.Words("main"))
	}
}

func TestTheFootOfEveryPageLeadsToThePagesOfTheLaw(t *testing.T) {
	i := webtest.Empty(t)
	for _, face := range []string{"", "/en"} {
		p := i.Get(t, face+"/projekty?q=a")
		for _, path := range pages[:4] {
			if p.Find(`.site-foot a[href="`+face+path+`"]`).Length() != 1 {
				t.Errorf("%s does not lead to %s", p.Path, path)
			}
		}
		href, _ := p.Find(`.site-foot a[href^="` + face + `/nahlasit-obsah"]`).Attr("href")
		u, err := url.Parse(href)
		if err != nil || u.Query().Get("stranka") != face+"/projekty?q=a" {
			t.Errorf("%s is reported as %q", p.Path, href)
		}
	}
}

func TestTheNoticeOfPrivacyHasARowForEveryKindOfPersonalData(t *testing.T) { // 12.2
	i := webtest.Empty(t)
	for _, face := range []string{"", "/en"} {
		p := i.Get(t, face+"/soukromi")
		if rows := p.Find("main tbody tr"); rows.Length() != len(app.Retention()) {
			t.Errorf("%s has %d rows of %d", p.Path, rows.Length(), len(app.Retention()))
		}
		p.Find("main tbody th, main tbody td").Each(func(_ int, s *goquery.Selection) {
			if strings.TrimSpace(s.Text()) == "" {
				t.Errorf("%s has an empty cell", p.Path)
			}
		})
	}
}

func TestTheCookiesAreThoseThatAreKept(t *testing.T) {
	for base, prefix := range map[string]string{"": "", "https://atlas.mesto.example": "__Host-"} {
		i := webtest.Empty(t)
		i.Configure = func(c *config.Config) { c.BaseURL = base }
		names := i.Get(t, "/cookies").Find("main tbody code").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
		if len(names) != len(page.Cookies()) {
			t.Fatalf("%q", names)
		}
		for n, k := range page.Cookies() {
			want := prefix + k.Name
			if k.Local {
				want = k.Name
			}
			if names[n] != want {
				t.Errorf("%q, want %q", names[n], want)
			}
		}
	}
}

func TestSecurityTxtSaysWhereToReportAndIsNeverPast(t *testing.T) { // RFC 9116
	i := webtest.Empty(t)
	i.Configure = town
	res, body := i.Ask(t, http.MethodGet, "/.well-known/security.txt")
	fields := map[string]string{}
	for line := range strings.Lines(string(body)) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || fields[name] != "" {
			t.Errorf("line %q", line)
		}
		fields[name] = value
	}
	expires, err := time.Parse(time.RFC3339, fields["Expires"])
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/plain; charset=utf-8" || err != nil ||
		expires.Before(time.Now().AddDate(0, 1, 0)) || expires.After(time.Now().AddDate(1, 0, 0)) {
		t.Errorf("%d %v %s", res.StatusCode, err, body)
	}
	if fields["Contact"] != "https://www.mesto.example/bezpecnost" || fields["Canonical"] != "https://atlas.mesto.example/.well-known/security.txt" || fields["Preferred-Languages"] != "cs, en" {
		t.Errorf("%s", body)
	}
}

func TestWithoutAContactThereIsNoSecurityTxt(t *testing.T) {
	i := webtest.Empty(t)
	if res, _ := i.Ask(t, http.MethodGet, "/.well-known/security.txt"); res.StatusCode != http.StatusNotFound {
		t.Errorf("%d", res.StatusCode)
	}
	i = webtest.Empty(t)
	i.Configure = func(c *config.Config) { c.Contact = "atlas@mesto.example" }
	if _, body := i.Ask(t, http.MethodGet, "/.well-known/security.txt"); !strings.HasPrefix(string(body), "Contact: mailto:atlas@mesto.example\n") {
		t.Errorf("%s", body)
	}
}

func TestAReportBeginsWithThePageAndNeverWithAForeignOne(t *testing.T) {
	i := webtest.Empty(t)
	i.Configure = town
	for asked, want := range map[string]string{"/projekty/P-00001?x=1&y=2": "https://atlas.mesto.example/projekty/P-00001?x=1&y=2", "//evil.example/": "", "https://evil.example": "", "/\t/evil.example": "", "": ""} {
		p := i.Get(t, "/nahlasit-obsah?"+url.Values{"stranka": {asked}}.Encode())
		href, _ := p.Find("main a.gov-button").Attr("href")
		u, err := url.Parse(href)
		if err != nil || u.Scheme != "mailto" || u.Opaque != "atlas@mesto.example" || strings.Contains(u.RawQuery, "+") {
			t.Fatalf("%q: %v", href, err)
		}
		body := u.Query().Get("body")
		if !strings.Contains(body, "Adresa stránky: "+want+"\n") || strings.Contains(body+p.Body, "evil.example/") || strings.Contains(p.Words("main ol"), "evil.example") {
			t.Errorf("%q begins %q", asked, body)
		}
	}
}
