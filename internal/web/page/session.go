package page

import (
	"net/http"
	"time"
)

func (q *Request) secure() bool { return q.Site.secure() }

// SessionSecret is what the cookie of the browser says; "" when it has none.
func (q *Request) SessionSecret() string {
	return q.Kept(CookieSession)
}

// KeepSession leaves the secret of a session with the browser.
func (q *Request) KeepSession(secret string, until time.Time) {
	http.SetCookie(q.W, &http.Cookie{
		Name: q.Site.CookieName(CookieSession), Value: secret, Path: "/", Expires: until.UTC(),
		Secure: q.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// ForgetSession takes the secret of a session from the browser.
func (q *Request) ForgetSession() { q.SetCookie(CookieSession, "", 0) }
