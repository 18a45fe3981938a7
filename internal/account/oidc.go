package account

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// IssuerConfig is a provider of identity that people may sign in through.
type IssuerConfig struct {
	Name         string // as people know it: "Účet města"
	Issuer       string // address; what it publishes is found from it
	ClientID     string
	ClientSecret string // "" = a public client: PKCE alone
	RedirectURL  string // our address that it sends people back to
	// Scopes besides openid, email and profile.
	Scopes []string
	// StrongAMR and StrongACR are what it says of a sign-in with a second
	// factor (RFC 8176; OpenID Connect Core, 2). None = it is never believed,
	// ours is asked for. StrongACR is also asked for, in this order.
	StrongAMR, StrongACR []string
	// Client speaks to the provider; nil = one with a limit of time and size.
	Client *http.Client
}

// Identity is who somebody is by a provider. Issuer and Subject together are the
// lasting key; the e-mail may change hands, and one that is not verified says
// nothing of who it is.
type Identity struct {
	Issuer, Subject string
	Email           string // "" = not told
	EmailVerified   bool
	Name            string
	Strong          bool // with a second factor, as configured
	ACR             string
	AMR             []string
}

// Issuer signs people in by the authorisation code of OpenID Connect Core 1.0
// with PKCE (RFC 7636), state and nonce. It is safe for concurrent use.
type Issuer struct {
	config IssuerConfig

	mu       sync.Mutex
	provider *oidc.Provider // nil until the provider answered
	read     time.Time
}

// rediscover is how long what a provider publishes of itself is believed; its
// keys are read again whenever one is not known.
const rediscover = 24 * time.Hour

// NewIssuer checks what is configured. The provider is asked when somebody first
// signs in, so that the site starts while it is down.
func NewIssuer(c IssuerConfig) (*Issuer, error) {
	if c.ClientID == "" {
		return nil, errors.New("OpenID Connect: the client id is missing")
	}
	for what, address := range map[string]string{"issuer": c.Issuer, "redirect address": c.RedirectURL} {
		u, err := url.Parse(address)
		if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())) {
			return nil, fmt.Errorf("OpenID Connect: the %s must be an https address, not %q", what, address)
		}
	}
	if c.Client == nil {
		c.Client = &http.Client{Timeout: 10 * time.Second, Transport: bounded{http.DefaultTransport}, CheckRedirect: stay}
	}
	if c.Name == "" {
		c.Name = c.Issuer
	}
	return &Issuer{config: c}, nil
}

// stay follows no redirect: who answers is who was configured (ASVS 5.0, 15.3.2).
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// loopback is this machine, where plain http is safe.
func loopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

// bounded reads no more of an answer than a provider has to say.
type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.RoundTripper.RoundTrip(r)
	if err == nil {
		resp.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(resp.Body, 1<<20), resp.Body}
	}
	return resp, err
}

// flowTime is how long a person may take at the provider.
const flowTime = 15 * time.Minute

// flow is what must be remembered of a sign-in while the person is away.
type flow struct {
	Issuer, State, Nonce, Verifier string
	Expires                        time.Time
}

// Begin is the address to send the browser to, and what to keep at the server
// until it comes back; the session belongs to that browser alone and is taken
// away before Finish, whatever comes of it.
func (i *Issuer) Begin(ctx context.Context, now time.Time, random io.Reader) (address string, session []byte, err error) {
	p, err := i.discovered(ctx, now)
	if err != nil {
		return "", nil, err
	}
	f := flow{Issuer: i.config.Issuer, Expires: now.Add(flowTime)}
	for _, value := range []*string{&f.State, &f.Nonce, &f.Verifier} {
		raw := make([]byte, secretLength)
		if _, err := io.ReadFull(random, raw); err != nil {
			return "", nil, fmt.Errorf("randomness: %w", err)
		}
		*value = encode(raw)
	}
	options := []oauth2.AuthCodeOption{oidc.Nonce(f.Nonce), oauth2.S256ChallengeOption(f.Verifier)}
	if len(i.config.StrongACR) > 0 {
		options = append(options, oauth2.SetAuthURLParam("acr_values", strings.Join(i.config.StrongACR, " ")))
	}
	session, err = json.Marshal(f)
	return i.client(p).AuthCodeURL(f.State, options...), session, err
}

// Finish says who came back with the parameters of the address. What fails is a
// *Refused with words for the person; it never tells more than Err says for the
// log.
func (i *Issuer) Finish(ctx context.Context, session []byte, query url.Values, now time.Time) (Identity, error) {
	f, err := i.resumed(session, query, now)
	if err != nil {
		return Identity{}, err
	}
	p, err := i.discovered(ctx, now)
	if err != nil {
		return Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, i.config.Client)
	token, err := i.client(p).Exchange(ctx, query.Get("code"), oauth2.VerifierOption(f.Verifier))
	if err != nil {
		return Identity{}, i.refuseExchange(err)
	}
	id, err := i.verified(ctx, p, token, f, now)
	if err != nil {
		return Identity{}, i.refuse("token", err)
	}
	return i.identity(ctx, p, token, id)
}

// resumed is the flow that parameters belong to, once they are checked.
func (i *Issuer) resumed(session []byte, query url.Values, now time.Time) (flow, error) {
	var f flow
	err := json.Unmarshal(session, &f)
	switch state := query.Get("state"); {
	case err != nil || f.State == "" || f.Issuer != i.config.Issuer:
		return f, i.refuse("session", errors.Join(errors.New("no such sign-in was begun"), err))
	case subtle.ConstantTimeCompare([]byte(state), []byte(f.State)) != 1:
		return f, i.refuse("session", errors.New("the state is not that of this browser"))
	case now.After(f.Expires):
		return f, i.refuse("expired", fmt.Errorf("the sign-in ended at %s", f.Expires.Format(time.RFC3339)))
	case query.Get("iss") != "" && query.Get("iss") != i.config.Issuer: // RFC 9207
		return f, i.refuse("token", fmt.Errorf("the answer is of another issuer: %q", query.Get("iss")))
	case query.Get("error") == "access_denied":
		return f, i.refuse("denied", fmt.Errorf("access_denied: %q", query.Get("error_description")))
	case query.Get("error") != "" || query.Get("code") == "":
		return f, i.refuse("failed", fmt.Errorf("%q: %q", query.Get("error"), query.Get("error_description")))
	}
	return f, nil
}

// verified is the ID token of an answer, checked as OpenID Connect Core 3.1.3.7
// asks.
func (i *Issuer) verified(ctx context.Context, p *oidc.Provider, token *oauth2.Token, f flow, now time.Time) (*oidc.IDToken, error) {
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return nil, errors.New("the answer has no ID token")
	}
	id, err := p.VerifierContext(ctx, &oidc.Config{ClientID: i.config.ClientID, Now: func() time.Time { return now }}).Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	var claims struct {
		AuthorizedParty string `json:"azp"`
	}
	switch err := id.Claims(&claims); {
	case err != nil:
		return nil, err
	case subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(f.Nonce)) != 1:
		return nil, errors.New("the nonce of the ID token is of another sign-in")
	case claims.AuthorizedParty != "" && claims.AuthorizedParty != i.config.ClientID:
		return nil, fmt.Errorf("the ID token was issued to %q", claims.AuthorizedParty)
	case len(id.Audience) > 1 && claims.AuthorizedParty == "":
		return nil, errors.New("the ID token is for several sites and does not say which asked for it")
	case id.Subject == "" || len(id.Subject) > 255:
		return nil, errors.New("the ID token does not say who it is of")
	case id.IssuedAt.After(now.Add(5 * time.Minute)):
		return nil, fmt.Errorf("the ID token is of the future: %s", id.IssuedAt.Format(time.RFC3339))
	case id.AccessTokenHash != "":
		return id, id.VerifyAccessToken(token.AccessToken)
	}
	return id, nil
}

// told is what a provider says of a person.
type told struct {
	Subject       string   `json:"sub"`
	Email         string   `json:"email"`
	EmailVerified boolean  `json:"email_verified"`
	Name          string   `json:"name"`
	ACR           string   `json:"acr"`
	AMR           []string `json:"amr"`
}

// boolean is true also as "true", as some providers write it.
type boolean bool

func (b *boolean) UnmarshalJSON(data []byte) error {
	*b = string(data) == "true" || string(data) == `"true"`
	return nil
}

// identity is who an ID token is of. What it does not say of the e-mail and name
// is asked for at the provider; that answer must be of the same person (5.3.2).
func (i *Issuer) identity(ctx context.Context, p *oidc.Provider, token *oauth2.Token, id *oidc.IDToken) (Identity, error) {
	var t told
	if err := id.Claims(&t); err != nil {
		return Identity{}, i.refuse("token", err)
	}
	if t.Email == "" && p.UserInfoEndpoint() != "" {
		info, err := p.UserInfo(ctx, oauth2.StaticTokenSource(token))
		if err != nil {
			return Identity{}, i.refuse("failed", err)
		}
		var more told
		if err := info.Claims(&more); err != nil || more.Subject != id.Subject {
			return Identity{}, i.refuse("token", errors.Join(errors.New("the user info is of another person"), err))
		}
		t.Email, t.EmailVerified = more.Email, more.EmailVerified
		if t.Name == "" {
			t.Name = more.Name
		}
	}
	strong := slices.Contains(i.config.StrongACR, t.ACR) && t.ACR != "" ||
		slices.ContainsFunc(t.AMR, func(m string) bool { return slices.Contains(i.config.StrongAMR, m) })
	return Identity{Issuer: id.Issuer, Subject: id.Subject, Email: t.Email, EmailVerified: bool(t.EmailVerified) && t.Email != "",
		Name: t.Name, Strong: strong, ACR: t.ACR, AMR: t.AMR}, nil
}

// discovered is what the provider publishes of itself.
func (i *Issuer) discovered(ctx context.Context, now time.Time) (*oidc.Provider, error) {
	i.mu.Lock()
	p, fresh := i.provider, now.Sub(i.read) < rediscover
	i.mu.Unlock()
	if p != nil && fresh {
		return p, nil
	}
	newer, err := oidc.NewProvider(oidc.ClientContext(ctx, i.config.Client), i.config.Issuer)
	if err != nil {
		if p != nil {
			return p, nil // what it said before is better than nothing
		}
		return nil, i.refuse("unreachable", err)
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.provider, i.read = newer, now
	return newer, nil
}

func (i *Issuer) client(p *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: i.config.ClientID, ClientSecret: i.config.ClientSecret, Endpoint: p.Endpoint(), RedirectURL: i.config.RedirectURL,
		Scopes: append([]string{oidc.ScopeOpenID, "email", "profile"}, i.config.Scopes...)}
}

// refuseExchange tells a provider that does not answer from one that says no.
func (i *Issuer) refuseExchange(err error) error {
	var said *oauth2.RetrieveError
	if errors.As(err, &said) {
		return i.refuse("failed", fmt.Errorf("the code was not taken: %q %q, status %d", said.ErrorCode, said.ErrorDescription, said.Response.StatusCode))
	}
	var network *url.Error
	if errors.As(err, &network) {
		return i.refuse("unreachable", err)
	}
	return i.refuse("failed", err)
}

func (i *Issuer) refuse(key string, err error) error {
	return &Refused{Key: "account.oidc." + key, Args: map[string]any{"name": i.config.Name}, Err: err}
}
