package page

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// flashCookie carries one message over a redirect.
const flashCookie = "zprava"

// Kinds of flash messages.
const (
	FlashSuccess = "success"
	FlashWarning = "warning"
	FlashError   = "error"
)

// Flash is one message at the head of a page.
type Flash struct {
	Kind string // FlashSuccess, …
	Text string
}

// Flash leaves a message for the next page.
func (q *Request) Flash(kind, text string) {
	http.SetCookie(q.W, &http.Cookie{Name: flashCookie, Value: kind + "." + url.QueryEscape(text), Path: "/", MaxAge: 60, Secure: q.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// takeFlash reads the message and forgets it.
func (q *Request) takeFlash() *Flash {
	c, err := q.Cookie(flashCookie)
	if err != nil {
		return nil
	}
	http.SetCookie(q.W, &http.Cookie{Name: flashCookie, Path: "/", MaxAge: -1, Secure: q.secure(), HttpOnly: true, SameSite: http.SameSiteLaxMode})
	kind, escaped, _ := strings.Cut(c.Value, ".")
	text, err := url.QueryUnescape(escaped)
	if err != nil || text == "" || !slices.Contains([]string{FlashSuccess, FlashWarning, FlashError}, kind) {
		return nil
	}
	return &Flash{Kind: kind, Text: clean(text)}
}
