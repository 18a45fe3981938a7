package page_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"atlas/internal/web/page"
)

func TestOverHTTPSEveryCookieIsOfThisHostOnlyAndClosedToScripts(t *testing.T) {
	for _, base := range []string{"", "http://atlas.example", "https://atlas.example"} {
		s := site(t, io.Discard)
		s.Config.BaseURL = base
		safe := strings.HasPrefix(base, "https:")
		w := httptest.NewRecorder()
		q := &page.Request{W: w, Request: get("/a"), Site: s, Lang: "cs"}
		q.SetTheme("dark")
		q.Flash(page.FlashSuccess, "Uloženo.")
		q.KeepSession("tajemství", time.Now().Add(time.Hour))
		q.SetCookie(page.CookieViews, "x", time.Hour)
		q.ForgetSession()
		all := w.Result().Cookies()
		if len(all) != 5 {
			t.Fatalf("%d cookies", len(all))
		}
		for _, c := range all {
			if strings.HasPrefix(c.Name, "__Host-") != safe || c.Secure != safe || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("at %q: %v", base, c)
			}
		}
	}
}

func TestWhatIsKeptIsReadBackUnderTheNameOfTheInstance(t *testing.T) {
	s := site(t, io.Discard)
	s.Config.BaseURL = "https://atlas.example"
	for cookie, want := range map[string]string{"__Host-vzhled=dark": "dark", "vzhled=dark": "", "": ""} {
		q := &page.Request{W: httptest.NewRecorder(), Request: get("/a", cookie), Site: s, Lang: "cs"}
		if got := q.Kept(page.CookieTheme); got != want {
			t.Errorf("%q gives %q", cookie, got)
		}
	}
}
