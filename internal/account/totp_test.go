package account

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
)

// rfcSecret is the secret of the examples of RFC 6238, appendix B.
var rfcSecret = base32.StdEncoding.EncodeToString([]byte("12345678901234567890"))

// rfcCodes are its codes for SHA-1, the last six digits of eight.
var rfcCodes = map[int64]string{
	59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130",
}

func TestCodesAreThoseOfTheStandard(t *testing.T) {
	for at, code := range rfcCodes {
		step, ok, err := CheckTOTP(rfcSecret, code, time.Unix(at, 0), 0)
		if !ok || err != nil || step != at/30 {
			t.Errorf("at %d: step %d, %v, %v", at, step, ok, err)
		}
	}
}

func TestACodeHoldsOneStepBeforeAndAfterAndNoLonger(t *testing.T) {
	const at = 1111111111
	for shift, want := range map[int64]bool{-60: false, -30: true, 0: true, 30: true, 60: false} {
		if _, ok, err := CheckTOTP(rfcSecret, rfcCodes[at], time.Unix(at+shift, 0), 0); ok != want || err != nil {
			t.Errorf("%d seconds off: %v, %v; want %v", shift, ok, err, want)
		}
	}
}

func TestACodeIsNeverTakenTwiceNorOneBeforeIt(t *testing.T) {
	const at = 1111111111
	step, ok, err := CheckTOTP(rfcSecret, rfcCodes[at], time.Unix(at, 0), 0)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	if _, ok, _ := CheckTOTP(rfcSecret, rfcCodes[at], time.Unix(at+5, 0), step); ok {
		t.Error("the same code was taken twice")
	}
	if _, ok, _ := CheckTOTP(rfcSecret, rfcCodes[1111111109], time.Unix(at, 0), step); ok {
		t.Error("a code of the step before the one used was taken")
	}
}

func TestACodeMayBeTypedWithBlanksAndInWideDigits(t *testing.T) {
	const at = 1111111111
	for typed, want := range map[string]bool{
		"050471": true, " 050 471\n": true, "050-471": true, "050–471": true, "050\u00a0471": true, "０５０４７１": true,
		"50471": false, "0504711": false, "05O471": false, "": false, "050 472": false, strings.Repeat(" ", 1000) + "050471": false,
	} {
		if _, ok, err := CheckTOTP(rfcSecret, typed, time.Unix(at, 0), 0); ok != want || err != nil {
			t.Errorf("%q: %v, %v", typed, ok, err)
		}
	}
	if _, ok, err := CheckTOTP("not base 32!", "050471", time.Unix(at, 0), 0); ok || err == nil {
		t.Error("a broken secret is no error")
	}
}

func TestEnrolmentIsReadByAppsAndByPeople(t *testing.T) {
	secret, err := NewTOTP(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	e, err := EnrolTOTP(secret, "Atlas: integrace", "jana+test@obec.cz", `Kód <pro> "aplikaci"`)
	if err != nil {
		t.Fatal(err)
	}
	key, err := otp.NewKeyFromURL(e.URL)
	if err != nil {
		t.Fatal(err)
	}
	if key.Secret() != secret || key.Issuer() != "Atlas  integrace" || key.AccountName() != "jana+test@obec.cz" || key.Period() != 30 || key.Digits() != 6 {
		t.Errorf("an app reads %q, %q, %q of %s", key.Secret(), key.Issuer(), key.AccountName(), e.URL)
	}
	if strings.Contains(e.URL, "+") {
		t.Errorf("a plus sign is shown by apps: %s", e.URL)
	}
	if strings.ReplaceAll(e.Groups, " ", "") != secret || len(strings.Fields(e.Groups)[0]) != 4 || len(strings.Fields(e.Groups)) != 8 {
		t.Errorf("to type by hand: %q of %q", e.Groups, secret)
	}
	checkPicture(t, e.QR, `Kód <pro> "aplikaci"`)
}

// checkPicture sees that a picture may stand in a page under the strictest policy
// and is said to who does not see it.
func checkPicture(t *testing.T, svg, title string) {
	t.Helper()
	said := ""
	for d := xml.NewDecoder(strings.NewReader(svg)); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("the picture is not well-formed: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if !strings.Contains("svg title rect path", token.Name.Local) {
				t.Errorf("element %s", token.Name.Local)
			}
			for _, a := range token.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || strings.Contains(a.Name.Local, "href") {
					t.Errorf("attribute %s", a.Name.Local)
				}
			}
		case xml.CharData:
			said += string(token)
		}
	}
	if said != title || !strings.Contains(svg, `role="img"`) {
		t.Errorf("said: %q", said)
	}
}

func FuzzATypedCodeIsSixDigits(f *testing.F) {
	f.Add("050 471")
	f.Add("①②③④⑤⑥")
	f.Fuzz(func(t *testing.T, typed string) {
		code, ok := TypedCode(typed)
		if ok && (len(code) != 6 || strings.Trim(code, "0123456789") != "") || !ok && code != "" {
			t.Errorf("%q: %q, %v", typed, code, ok)
		}
	})
}
