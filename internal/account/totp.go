package account

import (
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"html"
	"io"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/boombuler/barcode/qr"
	"github.com/pquerna/otp/hotp"
	"golang.org/x/text/unicode/norm"
)

const (
	totpStep   = 30 // seconds (RFC 6238, 4.1)
	totpDigits = 6
	totpSecret = 20 // bytes, as long as SHA-1 (RFC 4226, 4)
)

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewTOTP is a secret shared with an authenticator app, in base 32.
func NewTOTP(random io.Reader) (string, error) {
	raw := make([]byte, totpSecret)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fmt.Errorf("randomness: %w", err)
	}
	return base32Plain.EncodeToString(raw), nil
}

// CheckTOTP says whether a typed code is that of now, of the 30 seconds before
// or of those after (RFC 6238, 5.2), and not of the step of a code that was used
// already or of an earlier one. The caller stores step, in the same transaction
// that compared it, and gives it as last the next time; 0 is none yet. A secret
// that cannot be read is an error.
func CheckTOTP(secret, typed string, now time.Time, last int64) (step int64, ok bool, err error) {
	code, wellFormed := TypedCode(typed)
	for s := now.Unix()/totpStep - 1; s <= now.Unix()/totpStep+1; s++ {
		if s < 0 {
			continue
		}
		want, err := hotp.GenerateCode(secret, uint64(s))
		if err != nil {
			return 0, false, fmt.Errorf("secret of one-time codes: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && wellFormed && s > last && !ok {
			step, ok = s, true
		}
	}
	return step, ok, nil
}

// TypedCode is a one-time code as people type it, without blanks, dashes and
// with digits of any keyboard; false says that it has not six digits.
func TypedCode(typed string) (string, bool) {
	code, ok := squeezed(typed, 64)
	if !ok || len(code) != totpDigits || strings.Trim(code, "0123456789") != "" {
		return "", false
	}
	return code, true
}

// squeezed leaves out blanks and dashes of what was typed and reads wide letters
// as plain ones; false says that it is longer than a person would type.
func squeezed(typed string, bytes int) (string, bool) {
	if len(typed) > bytes {
		return "", false
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Dash, r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, norm.NFKC.String(typed)), true
}

// Enrolment is what a person needs to add a secret to an app.
type Enrolment struct {
	URL    string // otpauth address, for a link on a telephone
	QR     string // the same as an SVG picture without style, for another screen
	Groups string // the secret in groups of four, to type by hand
}

// EnrolTOTP shows a secret for an account at a site. Title is said by the
// picture to those who do not see it.
func EnrolTOTP(secret, site, email, title string) (Enrolment, error) {
	e := Enrolment{URL: otpauth(secret, site, email), Groups: groups(secret, 4)}
	var err error
	e.QR, err = qrCode(e.URL, title)
	return e, err
}

// otpauth is the address of the "Key Uri Format" that authenticator apps read.
// They read a plus sign as itself, so blanks are %20; the label is cut by a
// colon, so the names have none.
func otpauth(secret, site, email string) string {
	escape := func(s string) string {
		return strings.ReplaceAll(url.QueryEscape(strings.ReplaceAll(s, ":", " ")), "+", "%20")
	}
	return fmt.Sprintf("otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d",
		escape(site), escape(email), secret, escape(site), totpDigits, totpStep)
}

func groups(text string, size int) string {
	var b strings.Builder
	for i, r := range text {
		if i > 0 && i%size == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// quiet is the white border of a QR code in modules (ISO/IEC 18004).
const quiet = 4

// qrCode draws a QR code as SVG: one path, black on white in any colour scheme.
// It has no style and no script, so the strictest policy of a page lets it be.
func qrCode(content, title string) (string, error) {
	code, err := qr.Encode(content, qr.M, qr.Auto)
	if err != nil {
		return "", fmt.Errorf("QR code: %w", err)
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := range size {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	whole := size + 2*quiet
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 %d %d" width="%d" height="%d" shape-rendering="crispEdges"><title>%s</title><rect width="%d" height="%d" fill="#fff"/><path fill="#000" d="%s"/></svg>`,
		whole, whole, 5*whole, 5*whole, html.EscapeString(title), whole, whole, path.String()), nil
}
