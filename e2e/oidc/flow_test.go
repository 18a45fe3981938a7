// Package oidc drives signing in through a whole provider of OpenID Connect.
package oidc

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"atlas/internal/account"
)

var jana = login{subject: "f00-1", email: "jana@obec.example", name: "Jana Nová", emailVerified: true, amr: []string{"pwd", "otp"}, acr: "urn:example:two"}

func issuer(t *testing.T, p *provider, change func(*account.IssuerConfig)) *account.Issuer {
	t.Helper()
	c := account.IssuerConfig{Name: "Účet kraje", Issuer: p.server.URL, ClientID: clientID, ClientSecret: clientSecret, RedirectURL: redirect,
		StrongAMR: []string{"otp", "hwk", "mfa"}}
	if change != nil {
		change(&c)
	}
	i, err := account.NewIssuer(c)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// visit goes with a browser to the provider and comes back with what it says.
func visit(t *testing.T, address string) url.Values {
	t.Helper()
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := browser.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	back, err := resp.Location()
	if err != nil {
		t.Fatalf("the provider does not send back: %s", resp.Status)
	}
	if at := back.Scheme + "://" + back.Host + back.Path; at != redirect {
		t.Fatalf("sent back to %s", at)
	}
	return back.Query()
}

// begin starts a sign-in of somebody up to where the browser comes back.
func begin(t *testing.T, p *provider, i *account.Issuer, who login) (session []byte, query url.Values) {
	t.Helper()
	p.mu.Lock()
	p.next = who
	p.mu.Unlock()
	address, session, err := i.Begin(context.Background(), time.Now(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return session, visit(t, address)
}

func finish(i *account.Issuer, session []byte, query url.Values) (account.Identity, error) {
	return i.Finish(context.Background(), session, query, time.Now())
}

func wantRefused(t *testing.T, what string, got account.Identity, err error, key string) {
	t.Helper()
	var r *account.Refused
	if !errors.As(err, &r) || r.Key != "account.oidc."+key || r.Args["name"] != "Účet kraje" {
		t.Errorf("%s: %v, want %s", what, err, key)
	}
	if got.Subject != "" {
		t.Errorf("%s: and yet somebody is signed in: %+v", what, got)
	}
}

func TestSomebodyIsSignedInByTheirProvider(t *testing.T) {
	p := start(t)
	i := issuer(t, p, nil)
	session, query := begin(t, p, i, jana)
	got, err := finish(i, session, query)
	if err != nil {
		t.Fatal(err)
	}
	if got.Issuer != p.server.URL || got.Subject != "f00-1" || got.Email != "jana@obec.example" || !got.EmailVerified || got.Name != "Jana Nová" || !got.Strong || !slices.Equal(got.AMR, jana.amr) {
		t.Errorf("%+v", got)
	}
	for _, parameter := range []string{"code_challenge", "state", "nonce"} {
		if len(p.asked.Get(parameter)) != 43 {
			t.Errorf("%s: %q", parameter, p.asked.Get(parameter))
		}
	}
	if p.asked.Get("code_challenge_method") != "S256" {
		t.Error("the proof is sent as it is")
	}
}

func TestWhatCountsAsTwoFactorsIsConfigured(t *testing.T) {
	p := start(t)
	for _, c := range []struct {
		what           string
		amr, acr       []string
		who            login
		strong         bool
		asksForClasses string
	}{
		{"a method that counts", []string{"otp"}, nil, jana, true, ""},
		{"methods that do not", []string{"hwk"}, nil, jana, false, ""},
		{"a class that counts", nil, []string{"urn:example:three", "urn:example:two"}, jana, true, "urn:example:three urn:example:two"},
		{"a class that does not", nil, []string{"urn:example:three"}, jana, false, "urn:example:three"},
		{"nothing configured", nil, nil, jana, false, ""},
		{"nothing said", []string{"otp"}, []string{""}, login{subject: "f00-2", email: "b@obec.example"}, false, ""},
	} {
		i := issuer(t, p, func(config *account.IssuerConfig) { config.StrongAMR, config.StrongACR = c.amr, c.acr })
		session, query := begin(t, p, i, c.who)
		got, err := finish(i, session, query)
		if err != nil || got.Strong != c.strong || p.asked.Get("acr_values") != c.asksForClasses {
			t.Errorf("%s: strong %v, asked for %q, %v", c.what, got.Strong, p.asked.Get("acr_values"), err)
		}
	}
}

func TestTheEmailIsAskedForWhenTheTokenDoesNotSayIt(t *testing.T) {
	p := start(t)
	i := issuer(t, p, nil)
	who := jana
	who.noEmail, who.emailVerified = true, false
	session, query := begin(t, p, i, who)
	got, err := finish(i, session, query)
	if err != nil || got.Email != "jana@obec.example" || got.EmailVerified {
		t.Errorf("%+v, %v", got, err)
	}
	session, query = begin(t, p, i, who)
	p.mu.Lock()
	p.next.subject = "somebody else" // asked for by the same token
	p.mu.Unlock()
	got, err = finish(i, session, query)
	wantRefused(t, "the e-mail of another person", got, err, "token")
}

func TestABrowserThatDidNotBeginIsNotSignedIn(t *testing.T) {
	p := start(t)
	i := issuer(t, p, nil)
	mine, query := begin(t, p, i, jana)
	theirs, _ := begin(t, p, i, jana)
	for what, c := range map[string]struct {
		session []byte
		state   string
	}{
		"the session of another browser": {theirs, query.Get("state")},
		"another state":                  {mine, query.Get("state") + "x"},
		"no state":                       {mine, ""},
		"no session":                     {nil, query.Get("state")},
		"an empty session and state":     {[]byte("{}"), ""},
	} {
		changed := url.Values{"code": query["code"], "state": {c.state}}
		got, err := finish(i, c.session, changed)
		wantRefused(t, what, got, err, "session")
	}
	if _, err := finish(i, mine, query); err != nil {
		t.Errorf("the right one after that: %v", err)
	}
	got, err := finish(i, mine, query)
	wantRefused(t, "the code a second time", got, err, "failed")
}

// changed is a session with one value of another sign-in.
func changed(t *testing.T, session []byte, key, value string) []byte {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal(session, &all); err != nil {
		t.Fatal(err)
	}
	if _, ok := all[key]; !ok {
		t.Fatalf("the session has no %s", key)
	}
	all[key] = value
	session, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func TestATokenOfAnotherSignInIsNotBelieved(t *testing.T) {
	p := start(t)
	i := issuer(t, p, nil)
	session, query := begin(t, p, i, jana)
	got, err := finish(i, changed(t, session, "Nonce", "of-another-sign-in-of-the-same-person"), query)
	wantRefused(t, "wrong nonce", got, err, "token")
	session, query = begin(t, p, i, jana)
	got, err = finish(i, changed(t, session, "Verifier", "0123456789012345678901234567890123456789012"), query)
	wantRefused(t, "wrong proof of PKCE", got, err, "failed")
	session, query = begin(t, p, i, jana)
	query.Set("iss", "https://evil.example")
	got, err = finish(i, session, query)
	wantRefused(t, "mixed up issuers", got, err, "token")
	other := issuer(t, p, func(c *account.IssuerConfig) { c.ClientSecret = "wrong" })
	session, query = begin(t, p, other, jana)
	got, err = finish(other, session, query)
	wantRefused(t, "wrong secret of the site", got, err, "failed")
}

func TestATokenPastItsTimeIsNotBelieved(t *testing.T) {
	p := start(t)
	i := issuer(t, p, nil)
	session, query := begin(t, p, i, jana)
	got, err := i.Finish(context.Background(), session, query, time.Now().Add(time.Hour))
	wantRefused(t, "a person who was away for an hour", got, err, "expired")
	short := jana
	short.life = time.Minute
	session, query = begin(t, p, i, short)
	got, err = i.Finish(context.Background(), session, query, time.Now().Add(2*time.Minute))
	wantRefused(t, "an expired token", got, err, "token")
	session, query = begin(t, p, i, jana)
	got, err = i.Finish(context.Background(), session, query, time.Now().Add(-time.Hour))
	wantRefused(t, "a token of the future", got, err, "token")
}

func TestATokenSignedByAKeyThatIsNotPublishedIsNotBelieved(t *testing.T) {
	p := start(t)
	i := issuer(t, p, nil)
	session, query := begin(t, p, i, jana)
	other := start(t)
	p.keys = other.keys // the same number, another key
	got, err := finish(i, session, query)
	wantRefused(t, "another key", got, err, "token")
}

func TestSayingNoAtTheProviderIsNoError(t *testing.T) {
	p := start(t)
	i := issuer(t, p, nil)
	session, query := begin(t, p, i, login{refuses: true})
	got, err := finish(i, session, query)
	wantRefused(t, "cancelled", got, err, "denied")
	query.Set("error", "server_error")
	got, err = finish(i, session, query)
	wantRefused(t, "an error of the provider", got, err, "failed")
	query.Del("error")
	got, err = finish(i, session, query)
	wantRefused(t, "neither code nor error", got, err, "failed")
}

func TestAProviderThatIsDownIsSaidAndTriedAgain(t *testing.T) {
	p := start(t)
	i := issuer(t, p, nil)
	p.server.Close()
	_, _, err := i.Begin(context.Background(), time.Now(), rand.Reader)
	wantRefused(t, "down before", account.Identity{}, err, "unreachable")
	p.restart(t)
	session, query := begin(t, p, i, jana)
	p.server.Close()
	got, err := finish(i, session, query)
	wantRefused(t, "down meanwhile", got, err, "unreachable")
	p.restart(t)
	if got, err := finish(i, session, query); err != nil || got.Subject != jana.subject {
		t.Errorf("up again: %+v, %v", got, err)
	}
}

func TestAProviderThatSaysItIsAnotherIsRefused(t *testing.T) {
	p := start(t)
	i := issuer(t, p, func(c *account.IssuerConfig) { c.Issuer += "/" })
	_, _, err := i.Begin(context.Background(), time.Now(), rand.Reader)
	wantRefused(t, "another issuer", account.Identity{}, err, "unreachable")
}

func TestAProviderIsReachedSafelyOnly(t *testing.T) {
	for address, want := range map[string]bool{"https://id.example": true, "http://127.0.0.1:9": true, "http://id.example": false, "": false, "file:///etc/passwd": false} {
		_, err := account.NewIssuer(account.IssuerConfig{Issuer: address, ClientID: "x", RedirectURL: redirect})
		if (err == nil) != want {
			t.Errorf("%q: %v", address, err)
		}
	}
}
