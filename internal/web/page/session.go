package page

import (
	"net/http"
	"strings"
	"time"
)

// sessionCookie is the name of the cookie of who is signed in. Over HTTPS the
// prefix keeps a neighbouring host from setting it.
func (q *Request) sessionCookie() string {
	if q.secure() {
		return "__Host-atlas"
	}
	return "atlas"
}

func (q *Request) secure() bool { return strings.HasPrefix(q.Site.Config.BaseURL, "https:") }

// SessionSecret is what the cookie of the browser says; "" when it has none.
func (q *Request) SessionSecret() string {
	c, err := q.Cookie(q.sessionCookie())
	if err != nil {
		return ""
	}
	return c.Value
}

// KeepSession leaves the secret of a session with the browser.
func (q *Request) KeepSession(secret string, until time.Time) {
	http.SetCookie(q.W, &http.Cookie{
		Name: q.sessionCookie(), Value: secret, Path: "/", Expires: until.UTC(),
		Secure: q.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// ForgetSession takes the secret of a session from the browser.
func (q *Request) ForgetSession() {
	http.SetCookie(q.W, &http.Cookie{Name: q.sessionCookie(), Path: "/", MaxAge: -1, Secure: q.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode})
}
