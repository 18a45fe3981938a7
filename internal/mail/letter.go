// Package mail makes letters in Czech and English and hands them over: to a
// mail server by SMTP or, where none is configured, to a folder. It knows no
// queue: what waits and what is tried again is kept by the store and moved by
// the application.
package mail

import (
	"crypto/rand"
	"embed"
	"errors"
	"io/fs"
	netmail "net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// Letter (dopis) is one e-mail to one person, ready to be sent.
type Letter struct {
	ID      string // random; the left part of Message-ID
	Kind    string // what it is of: KindSignIn, …; says nothing of the person
	Lang    string // "cs" or "en"
	To      string // address, its domain in ASCII
	ToName  string // may be ""
	Subject string
	Text    string // plain text
	HTML    string // the same as a page
	// Unsubscribe is the address that ends such letters by one click, without
	// signing in (RFC 8058); "" for letters that cannot be ended.
	Unsubscribe string
	// Expires is when the letter is of no use any more, because its link dies; zero
	// = never.
	Expires time.Time
}

// FailedExpired is the key of the message that says why a letter was never sent:
// its link died while it waited.
const FailedExpired = "mail.failed.expired"

//go:embed messages/*.json
var messageFiles embed.FS

// Messages are the words of letters and of failures to send them: cs.json and
// en.json.
func Messages() fs.FS {
	folder, err := fs.Sub(messageFiles, "messages")
	if err != nil {
		panic(err) // the folder is embedded; only a typing error here can fail
	}
	return folder
}

// ErrAddress says that a text is not an address that a letter can be sent to.
var ErrAddress = errors.New("not an e-mail address")

// Longest address and left part of one (RFC 5321, 4.5.3.1), in bytes.
const (
	maxAddress = 254
	maxLocal   = 64
)

// Address checks an e-mail address as it was typed and writes it as it is sent:
// without blanks around, its domain in ASCII ("žďár.cz" is "xn--r-tfa1lsr.cz")
// and in lower case. A name beside it, a left part
// outside ASCII, a domain without a dot and a number in place of a domain are
// ErrAddress.
func Address(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if !utf8.ValidString(typed) || strings.ContainsFunc(typed, unsafe) {
		return "", ErrAddress
	}
	at := strings.LastIndexByte(typed, '@')
	if at < 1 || at > maxLocal || !ascii(typed[:at]) {
		return "", ErrAddress
	}
	domain, err := idna.Lookup.ToASCII(typed[at+1:])
	if err != nil || !strings.Contains(strings.Trim(domain, "."), ".") {
		return "", ErrAddress
	}
	address := typed[:at] + "@" + domain
	parsed, err := netmail.ParseAddress(address)
	if err != nil || parsed.Address != address || parsed.Name != "" || len(address) > maxAddress {
		return "", ErrAddress
	}
	return address, nil
}

// Nobodys says whether an address can never be anybody's: names under .invalid are
// kept for that (RFC 2606). People of examples have such a one.
func Nobodys(address string) bool { return strings.HasSuffix(strings.ToLower(address), ".invalid") }

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// unsafe are letters that never belong to a line: ends of lines and other
// controls, and marks that turn the direction of what follows.
func unsafe(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == utf8.RuneError
}

// line makes one line of a text of somebody, of at most n letters: so neither a
// name nor a title can begin a header of its own or fill the screen.
func line(s string, n int) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.Map(func(r rune) rune {
		if unsafe(r) {
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ") // no-break spaces stay
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}

// newID is 130 random bits as text.
func newID() string { return strings.ToLower(rand.Text()) }
