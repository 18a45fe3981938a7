package account

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func site(t *testing.T) *Passkeys {
	t.Helper()
	p, err := NewPasskeys("https://atlas.example", "Atlas integrace")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func jana() Owner {
	return Owner{Handle: []byte("0123456789abcdef0123456789abcdef"), Email: "jana@obec.example", Name: "Jana"}
}

// registered is an owner with one passkey, kept as a database would.
func registered(t *testing.T, p *Passkeys, a *authenticator) Owner {
	t.Helper()
	o := jana()
	c, err := p.BeginAdd(o, noon)
	if err != nil {
		t.Fatal(err)
	}
	key, err := p.FinishAdd(o, c.Session, a.create(c.Options), "klíč na svazku", noon)
	if err != nil {
		t.Fatal(err)
	}
	o.Keys = []Passkey{key}
	return o
}

func second(t *testing.T, p *Passkeys, o Owner) Challenge {
	t.Helper()
	c, err := p.BeginSecond(o, noon)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func wantRefused(t *testing.T, what string, err error, key string) {
	t.Helper()
	var r *Refused
	if !errors.As(err, &r) || r.Key != key {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
}

func TestAPasskeyIsAddedAndUsedAsSecondFactor(t *testing.T) {
	p, a := site(t), newAuthenticator(t)
	o := registered(t, p, a)
	key := o.Keys[0]
	if !bytes.Equal(key.ID, a.id) || key.Name != "klíč na svazku" || !key.AddedAt.Equal(noon) || !key.UsedAt.IsZero() ||
		!key.Verified || key.BackupEligible || strings.Join(key.Transports, " ") != "usb nfc" || len(key.AAGUID) != 16 || key.SignCount != 1 {
		t.Errorf("stored: %+v", key)
	}
	c := second(t, p, o)
	use, err := p.FinishSecond(o, c.Session, a.get(c.Options), noon.Add(time.Minute))
	if err != nil || !use.Strong || use.Key.SignCount != 2 || !use.Key.UsedAt.Equal(noon.Add(time.Minute)) || use.Key.Name != key.Name {
		t.Errorf("used: %+v, %v", use, err)
	}
}

func TestATouchWithoutAPinIsASecondFactorButNotStrong(t *testing.T) {
	p, a := site(t), newAuthenticator(t)
	a.verifies = false
	o := registered(t, p, a)
	c := second(t, p, o)
	if use, err := p.FinishSecond(o, c.Session, a.get(c.Options), noon); err != nil || use.Strong {
		t.Errorf("%+v, %v", use, err)
	}
	alone, err := p.BeginAlone(noon)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = p.FinishAlone(finds(o), alone.Session, a.get(alone.Options), noon)
	wantRefused(t, "alone without a PIN", err, "account.passkey.wrong")
	a.present = false
	c = second(t, p, o)
	_, err = p.FinishSecond(o, c.Session, a.get(c.Options), noon)
	wantRefused(t, "without a touch", err, "account.passkey.wrong")
}

// finds looks among one owner as a database would.
func finds(o Owner) func([]byte) (Owner, error) {
	return func(handle []byte) (Owner, error) {
		if !bytes.Equal(handle, o.Handle) {
			return Owner{}, errors.New("no such account")
		}
		return o, nil
	}
}

func TestAPasskeyAloneSaysWhoItIsAndIsStrong(t *testing.T) {
	p, a := site(t), newAuthenticator(t)
	a.eligible, a.copy, a.counts = true, true, false // kept by a telephone
	o := registered(t, p, a)
	if !o.Keys[0].BackupEligible || !o.Keys[0].BackedUp {
		t.Errorf("stored: %+v", o.Keys[0])
	}
	for range 2 { // the count stays 0 and nobody minds
		c, err := p.BeginAlone(noon)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(c.Options, []byte("allowCredentials")) {
			t.Errorf("the browser is told which passkeys there are: %s", c.Options)
		}
		who, use, err := p.FinishAlone(finds(o), c.Session, a.get(c.Options), noon)
		if err != nil || who.Email != o.Email || !use.Strong {
			t.Errorf("%+v, %+v, %v", who, use, err)
		}
		o.Keys[0] = use.Key
	}
	c, _ := p.BeginAlone(noon)
	a.handle = []byte("somebody else")
	_, _, err := p.FinishAlone(finds(o), c.Session, a.get(c.Options), noon)
	wantRefused(t, "an unknown owner", err, "account.passkey.unknown")
}

func TestAnAnswerForAnotherSiteIsRefused(t *testing.T) {
	p, a := site(t), newAuthenticator(t)
	o := registered(t, p, a)
	for _, origin := range []string{"https://atlas.example.evil.example", "http://atlas.example", "https://atlas.example:8443", "https://sub.atlas.example"} {
		a.origin = origin
		c := second(t, p, o)
		_, err := p.FinishSecond(o, c.Session, a.get(c.Options), noon)
		wantRefused(t, origin, err, "account.passkey.wrong")
		add, _ := p.BeginAdd(o, noon)
		_, err = p.FinishAdd(o, add.Session, a.create(add.Options), "", noon)
		wantRefused(t, "adding at "+origin, err, "account.passkey.wrong")
	}
	a.origin, a.rp = "https://atlas.example", "evil.example"
	c := second(t, p, o)
	_, err := p.FinishSecond(o, c.Session, a.get(c.Options), noon)
	wantRefused(t, "another relying party", err, "account.passkey.wrong")
}

func TestAnAnswerIsForOneChallengeOnly(t *testing.T) {
	p, a := site(t), newAuthenticator(t)
	o := registered(t, p, a)
	first := second(t, p, o)
	answer := a.get(first.Options)
	next := second(t, p, o)
	_, err := p.FinishSecond(o, next.Session, answer, noon)
	wantRefused(t, "the answer to another challenge", err, "account.passkey.wrong")
	use, err := p.FinishSecond(o, first.Session, answer, noon)
	if err != nil {
		t.Fatal(err)
	}
	o.Keys[0] = use.Key
	use, err = p.FinishSecond(o, first.Session, answer, noon) // as if the session had been left
	wantRefused(t, "the same answer again", err, "account.passkey.cloned")
	if !bytes.Equal(use.Key.ID, a.id) {
		t.Error("the owner cannot be told which passkey it was")
	}
}

func TestACountOfSignaturesGoingBackIsRefused(t *testing.T) {
	p, a := site(t), newAuthenticator(t)
	o := registered(t, p, a)
	o.Keys[0].SignCount = 40 // the original went on; this one is a copy
	c := second(t, p, o)
	use, err := p.FinishSecond(o, c.Session, a.get(c.Options), noon)
	wantRefused(t, "a copy", err, "account.passkey.cloned")
	if use.Key.SignCount != 40 || !use.Key.UsedAt.IsZero() {
		t.Errorf("the copy was noted as used: %+v", use.Key)
	}
	alone, _ := p.BeginAlone(noon)
	_, _, err = p.FinishAlone(finds(o), alone.Session, a.get(alone.Options), noon)
	wantRefused(t, "a copy alone", err, "account.passkey.cloned")
}

func TestAnotherKeyOrAChangedAnswerIsRefused(t *testing.T) {
	p, a := site(t), newAuthenticator(t)
	o := registered(t, p, a)
	thief := newAuthenticator(t)
	thief.id, thief.handle, thief.count = a.id, a.handle, 100
	c := second(t, p, o)
	_, err := p.FinishSecond(o, c.Session, thief.get(c.Options), noon)
	wantRefused(t, "signed by another key", err, "account.passkey.wrong")
	thief = newAuthenticator(t)
	_, err = p.FinishSecond(o, c.Session, thief.get(c.Options), noon)
	wantRefused(t, "a passkey that nobody added", err, "account.passkey.wrong")
	for _, broken := range []string{"", "{}", "null", `{"id":"AAAA"}`, strings.Repeat("[", 10_000)} {
		_, err = p.FinishSecond(o, c.Session, []byte(broken), noon)
		wantRefused(t, broken, err, "account.passkey.wrong")
		_, err = p.FinishAdd(o, mustAdd(t, p, o).Session, []byte(broken), "", noon)
		wantRefused(t, broken, err, "account.passkey.wrong")
	}
}

func mustAdd(t *testing.T, p *Passkeys, o Owner) Challenge {
	t.Helper()
	c, err := p.BeginAdd(o, noon)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestACeremonyEndsInTimeAndIsNotFinishedAsAnother(t *testing.T) {
	p, a := site(t), newAuthenticator(t)
	o := registered(t, p, a)
	c := second(t, p, o)
	_, err := p.FinishSecond(o, c.Session, a.get(c.Options), noon.Add(passkeyTime+time.Second))
	wantRefused(t, "too late", err, "account.passkey.expired")
	_, _, err = p.FinishAlone(finds(o), c.Session, a.get(c.Options), noon)
	wantRefused(t, "as a passkey alone", err, "account.passkey.session")
	_, err = p.FinishAdd(o, c.Session, a.create(c.Options), "", noon)
	wantRefused(t, "as adding", err, "account.passkey.session")
	_, err = p.FinishSecond(o, nil, a.get(c.Options), noon)
	wantRefused(t, "without a session", err, "account.passkey.session")
	other := o
	other.Handle = []byte("another account another account!")
	_, err = p.FinishSecond(other, c.Session, a.get(c.Options), noon)
	wantRefused(t, "of another account", err, "account.passkey.wrong")
	_, err = p.BeginSecond(jana(), noon)
	wantRefused(t, "without a passkey", err, "account.passkey.unknown")
}

func TestAddingLeavesOutPasskeysThatTheOwnerHas(t *testing.T) {
	p, a := site(t), newAuthenticator(t)
	o := registered(t, p, a)
	var options struct {
		RP                 struct{ ID, Name string }
		ExcludeCredentials []struct{ ID string }
		Attestation        string
	}
	if err := json.Unmarshal(mustAdd(t, p, o).Options, &options); err != nil {
		t.Fatal(err)
	}
	if len(options.ExcludeCredentials) != 1 || options.ExcludeCredentials[0].ID != encode(a.id) || options.RP.ID != "atlas.example" || options.RP.Name != "Atlas integrace" || options.Attestation != "none" {
		t.Errorf("%+v", options)
	}
}

func TestPasskeysAreForNamesOverHTTPSAndLocalhost(t *testing.T) {
	for address, want := range map[string]bool{
		"https://atlas.example": true, "https://atlas.example:8443/zaklad": true, "http://localhost:8080": true, "http://atlas.localhost": true,
		"http://atlas.example": false, "https://192.0.2.1": false, "http://127.0.0.1:8080": false, "https://[2001:db8::1]": false, "atlas.example": false, "": false, "https://": false,
	} {
		if _, err := NewPasskeys(address, "Atlas"); (err == nil) != want {
			t.Errorf("%q: %v", address, err)
		}
	}
}
