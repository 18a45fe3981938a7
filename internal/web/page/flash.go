package page

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// flashLife is how long a message waits for the page that shows it.
const flashLife = time.Minute

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
	q.SetCookie(CookieFlash, kind+"."+url.QueryEscape(text), flashLife)
}

// takeFlash reads the message and forgets it.
func (q *Request) takeFlash() *Flash {
	kept := q.Kept(CookieFlash)
	if kept == "" {
		return nil
	}
	q.SetCookie(CookieFlash, "", 0)
	kind, escaped, _ := strings.Cut(kept, ".")
	text, err := url.QueryUnescape(escaped)
	if err != nil || text == "" || !slices.Contains([]string{FlashSuccess, FlashWarning, FlashError}, kind) {
		return nil
	}
	return &Flash{Kind: kind, Text: clean(text)}
}
