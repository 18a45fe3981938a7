package page

import (
	"net/http"
	"strings"
	"time"
)

// Names of the cookies of the instance. Over HTTPS each has a prefix that keeps a
// neighbouring host from setting it.
const (
	CookieSession  = "atlas"    // who is signed in
	CookieMarks    = "zarizeni" // accounts that have signed in from here
	CookieCeremony = "obrad"    // a sign-in that has begun
	CookieFlash    = "zprava"   // one message over a redirect
	CookieTheme    = "vzhled"   // the look a person chose: "light" or "dark"
	CookieViews    = "pohledy"  // lists that a person comes back to
)

// hostPrefix is what browsers demand HTTPS, the whole host and no domain for.
const hostPrefix = "__Host-"

// Kept is something that the instance keeps in a browser.
type Kept struct {
	Name string
	// Key of its words: "law.kept.session.what", …
	Key   string
	Local bool // in the storage of the browser; never sent to the instance
}

// Cookies lists everything that the instance keeps in a browser: the page about
// cookies is made of it, and a test demands that nothing else is ever set. All of
// it is needed for what a person asked for, so no consent is asked.
func Cookies() []Kept {
	return []Kept{
		{Name: CookieSession, Key: "session"}, {Name: CookieMarks, Key: "device"}, {Name: CookieCeremony, Key: "ceremony"},
		{Name: CookieFlash, Key: "flash"}, {Name: CookieTheme, Key: "theme"}, {Name: CookieViews, Key: "views"},
		{Name: "atlas-draft:", Key: "draft", Local: true}, // assets/js/guard.js
	}
}

// CookieName is a name as the browsers of this instance know it.
func (s *Site) CookieName(name string) string {
	if s.secure() {
		return hostPrefix + name
	}
	return name
}

func (s *Site) secure() bool { return strings.HasPrefix(s.Config.BaseURL, "https:") }

// SetCookie keeps a value under one of the names above for a time; a time of zero
// takes it away. Only the instance itself can read it.
func (q *Request) SetCookie(name, value string, life time.Duration) {
	c := &http.Cookie{
		Name: q.Site.CookieName(name), Value: value, Path: "/", MaxAge: int(life / time.Second),
		Secure: q.Site.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
	if life <= 0 {
		c.Value, c.MaxAge = "", -1
	}
	http.SetCookie(q.W, c)
}

// Kept is what the browser keeps under one of the names above; "" = nothing.
func (q *Request) Kept(name string) string {
	c, err := q.Cookie(q.Site.CookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}
