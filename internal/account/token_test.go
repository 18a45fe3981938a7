package account

import (
	"bytes"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestASecretIsKnownByItsHashAndForItsPurposeOnly(t *testing.T) {
	secret, hash, err := NewSecret(PurposeSignIn, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if !SameSecret(PurposeSignIn, hash, secret) {
		t.Error("the secret is not known again")
	}
	if SameSecret(PurposeConfirm, hash, secret) {
		t.Error("a link to sign in confirms an e-mail too")
	}
	if bytes.Contains(hash, []byte(secret)) || len(hash) != 32 || len(secret) != 43 {
		t.Errorf("hash of %d bytes, secret of %d letters", len(hash), len(secret))
	}
	other, _, _ := NewSecret(PurposeSignIn, rand.Reader)
	if other == secret || SameSecret(PurposeSignIn, hash, other) {
		t.Error("another secret passes")
	}
	for _, wrong := range []string{"", secret[1:], secret + "A", secret[:42] + "\n", secret[:42] + "=", strings.Repeat("A", 1<<20)} {
		if _, ok := HashSecret(PurposeSignIn, wrong); ok {
			t.Errorf("%.50q was read", wrong)
		}
	}
}

func TestWithoutRandomnessNoSecretIsMade(t *testing.T) {
	broken := iotest.ErrReader(errors.New("no entropy"))
	if secret, hash, err := NewSecret(PurposeSession, broken); err == nil || secret != "" || hash != nil {
		t.Errorf("%q, %v, %v", secret, hash, err)
	}
	if _, err := NewTOTP(broken); err == nil {
		t.Error("a secret of codes was made")
	}
	if _, err := NewHasher(cheap, 1, broken); err == nil {
		t.Error("a hasher was made")
	}
}

func signer(t *testing.T, key string) *Signer {
	t.Helper()
	s, err := NewSigner([]byte(key))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const keyA, keyB = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

func TestALinkToStopLettersIsBelievedOnlyAsItWasSigned(t *testing.T) {
	s := signer(t, keyA)
	token := s.Unsubscribe("S-00042")
	if id, ok := s.ReadUnsubscribe(token); !ok || id != "S-00042" {
		t.Errorf("%q, %v", id, ok)
	}
	if _, ok := signer(t, keyB).ReadUnsubscribe(token); ok {
		t.Error("signed by another key")
	}
	front, back, _ := strings.Cut(token, ".")
	otherFront, otherBack, _ := strings.Cut(s.Unsubscribe("S-00043"), ".")
	for _, forged := range []string{otherFront + "." + back, front + "." + otherBack, front, front + ".", "." + back, token + "A", token + ".A", "", "."} {
		if id, ok := s.ReadUnsubscribe(forged); ok {
			t.Errorf("%q was believed to be of %q", forged, id)
		}
	}
	if _, err := NewSigner([]byte("short")); err == nil {
		t.Error("a short key was taken")
	}
}

func TestEveryChangedLetterOfASignedTokenIsNoticed(t *testing.T) {
	s := signer(t, keyA)
	token := s.Unsubscribe("S-00042")
	for i := range token {
		for _, c := range []byte("A9_-.") {
			if forged := token[:i] + string(c) + token[i+1:]; forged != token {
				if _, ok := s.ReadUnsubscribe(forged); ok {
					t.Errorf("%q was believed", forged)
				}
			}
		}
	}
}

func TestADeviceMarkIsOfOneAccountAndGrowsOld(t *testing.T) {
	s := signer(t, keyA)
	now := time.Unix(1_800_000_000, 0)
	mark, err := s.Device("U-00001", now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	device := s.ReadDevice(mark, "U-00001", now)
	if device == "" || device != s.ReadDevice(mark, "U-00001", now.Add(399*24*time.Hour)) {
		t.Errorf("the mark is not known again: %q", device)
	}
	other, _ := s.Device("U-00001", now, rand.Reader)
	if s.ReadDevice(other, "U-00001", now) == device {
		t.Error("two browsers have one number")
	}
	for what, got := range map[string]string{
		"another account": s.ReadDevice(mark, "U-00002", now),
		"prefix":          s.ReadDevice(mark, "U-0000", now),
		"too old":         s.ReadDevice(mark, "U-00001", now.Add(401*24*time.Hour)),
		"another purpose": s.ReadDevice(s.Unsubscribe(strings.Repeat("x", 24)+"U-00001"), "U-00001", now),
		"nothing":         s.ReadDevice("", "", now),
	} {
		if got != "" {
			t.Errorf("%s: %q", what, got)
		}
	}
}

func FuzzASignedTokenHasOneForm(f *testing.F) {
	s, err := NewSigner([]byte(keyA))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(s.Unsubscribe("S-00001"))
	f.Add("QQ.QQ")
	f.Fuzz(func(t *testing.T, token string) {
		if id, ok := s.ReadUnsubscribe(token); ok && s.Unsubscribe(id) != token {
			t.Errorf("%q is another form of the token of %q", token, id)
		}
	})
}
