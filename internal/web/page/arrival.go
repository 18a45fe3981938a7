package page

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Remote is the address of the browser. A server in front says it where the
// configuration trusts that server, and one on this machine always; what a
// browser says of itself is not believed.
func (q *Request) Remote() netip.Addr {
	at, err := netip.ParseAddrPort(q.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	addr := at.Addr().Unmap()
	said := strings.Split(strings.Join(q.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(said) - 1; i >= 0 && q.Site.Config.Trusted(addr); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(said[i]))
		if err != nil {
			break
		}
		addr = before.Unmap()
	}
	return addr
}

// Root is the address of the instance for links of letters and for passkeys: that
// of the configuration. Only where it says none and the request came to this very
// machine, its port is that of the request; a name is never taken over from one.
func (q *Request) Root() string {
	configured := q.Site.Config.Address()
	local, ok := q.Request.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if q.Site.Config.BaseURL != "" || !ok {
		return configured
	}
	at, err := netip.ParseAddrPort(local.String())
	name := (&url.URL{Host: q.Host}).Hostname()
	ip, notNumber := netip.ParseAddr(name)
	if err != nil || !at.Addr().IsLoopback() || name != "localhost" && (notNumber != nil || !ip.IsLoopback()) {
		return configured
	}
	return "http://" + net.JoinHostPort(name, strconv.Itoa(int(at.Port())))
}

// Device is what a browser says that it is: "Firefox, Linux"; "" = nothing that we
// know.
func (q *Request) Device() string {
	agent := q.UserAgent()
	find := func(pairs ...string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if strings.Contains(agent, pairs[i]) {
				return pairs[i+1]
			}
		}
		return ""
	}
	browser := find("Edg", "Edge", "OPR/", "Opera", "SamsungBrowser", "Samsung Internet", "Firefox", "Firefox", "FxiOS", "Firefox",
		"CriOS", "Chrome", "Chrome", "Chrome", "Safari", "Safari")
	system := find("Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows", "Mac OS", "macOS", "CrOS", "ChromeOS", "Linux", "Linux")
	return strings.Trim(browser+", "+system, ", ")
}

// How long what signing in leaves with a browser stays there.
const (
	mostMarks    = 4
	marksLife    = 400 * 24 * time.Hour
	ceremonyLife = 15 * time.Minute
)

// Marks are the marks of accounts that have signed in from this browser.
func (q *Request) Marks() []string {
	all := strings.FieldsFunc(q.Kept(CookieMarks), func(r rune) bool { return r == '~' })
	return all[:min(len(all), mostMarks)]
}

// KeepMark leaves the mark of one account more with the browser.
func (q *Request) KeepMark(mark string) {
	if mark == "" {
		return
	}
	all := append([]string{mark}, q.Marks()...)
	q.SetCookie(CookieMarks, strings.Join(all[:min(len(all), mostMarks)], "~"), marksLife)
}

// KeepCeremony leaves the secret of a sign-in that has begun with the browser.
func (q *Request) KeepCeremony(secret string) { q.SetCookie(CookieCeremony, secret, ceremonyLife) }

// TakeCeremony is that secret, which is good no more.
func (q *Request) TakeCeremony() string {
	secret := q.Kept(CookieCeremony)
	if secret != "" {
		q.SetCookie(CookieCeremony, "", 0)
	}
	return secret
}
