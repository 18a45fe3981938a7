package oidc

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v3"
	"github.com/ory/fosite"
	"github.com/ory/fosite/compose"
	"github.com/ory/fosite/handler/openid"
	"github.com/ory/fosite/storage"
	"github.com/ory/fosite/token/jwt"
	"golang.org/x/crypto/bcrypt"
)

// login is what a person says at the provider, and how they prove it.
type login struct {
	subject, email, name string
	emailVerified        bool
	acr                  string
	amr                  []string
	refuses              bool          // presses cancel
	life                 time.Duration // of the ID token; 0 = an hour
	noEmail              bool          // in the ID token: it is to be asked for
}

// provider is Ory Fosite, the library of authorisation servers that Ory Hydra is
// made of, behind the addresses of OpenID Connect on a port of this machine. Its
// codes, keys, proofs (PKCE) and tokens are those of the library.
type provider struct {
	server *httptest.Server
	oauth  fosite.OAuth2Provider
	store  *storage.MemoryStore
	keys   map[string]*rsa.PrivateKey

	mu    sync.Mutex
	next  login
	asked url.Values // by the site, last
}

const (
	clientID, clientSecret = "atlas", "a secret of the site & its provider"
	redirect               = "https://atlas.example/ucet/oidc"
)

func start(t *testing.T) *provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := bcrypt.GenerateFromPassword([]byte(clientSecret), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{store: storage.NewMemoryStore(), keys: map[string]*rsa.PrivateKey{"k1": key}}
	p.store.Clients[clientID] = &fosite.DefaultClient{ID: clientID, Secret: secret, RedirectURIs: []string{redirect},
		ResponseTypes: []string{"code"}, GrantTypes: []string{"authorization_code"}, Scopes: []string{"openid", "email", "profile"}}
	p.serve(t)
	config := &fosite.Config{IDTokenIssuer: p.server.URL, IDTokenLifespan: time.Hour, EnforcePKCE: true,
		GlobalSecret: []byte("thirty-two bytes of this provider"[:32]), TokenURL: p.server.URL + "/token"}
	signing := func(context.Context) (any, error) {
		return &jose.JSONWebKey{Key: key, KeyID: "k1", Algorithm: "RS256", Use: "sig"}, nil
	}
	strategy := &compose.CommonStrategy{CoreStrategy: compose.NewOAuth2HMACStrategy(config),
		OpenIDConnectTokenStrategy: compose.NewOpenIDConnectStrategy(signing, config), Signer: &jwt.DefaultSigner{GetPrivateKey: signing}}
	p.oauth = compose.Compose(config, p.store, strategy, compose.OAuth2AuthorizeExplicitFactory, compose.OpenIDConnectExplicitFactory,
		compose.OAuth2PKCEFactory, compose.OAuth2TokenIntrospectionFactory)
	return p
}

func (p *provider) serve(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /keys", p.published)
	mux.HandleFunc("GET /authorize", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("GET /userinfo", p.userinfo)
	p.server = httptest.NewServer(mux)
	t.Cleanup(p.server.Close)
}

// restart serves again at the address where the provider was.
func (p *provider) restart(t *testing.T) {
	t.Helper()
	address, handler := p.server.Listener.Addr().String(), p.server.Config.Handler
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	p.server = &httptest.Server{Listener: listener, Config: &http.Server{Handler: handler}}
	p.server.Start()
	t.Cleanup(p.server.Close)
}

func (p *provider) discovery(w http.ResponseWriter, r *http.Request) {
	at := "http://" + r.Host
	write(w, map[string]any{"issuer": at, "authorization_endpoint": at + "/authorize", "token_endpoint": at + "/token",
		"userinfo_endpoint": at + "/userinfo", "jwks_uri": at + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"},
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"}, "code_challenge_methods_supported": []string{"S256"}})
}

func (p *provider) published(w http.ResponseWriter, _ *http.Request) {
	var set jose.JSONWebKeySet
	for id, key := range p.keys {
		set.Keys = append(set.Keys, jose.JSONWebKey{Key: key.Public(), KeyID: id, Algorithm: "RS256", Use: "sig"})
	}
	write(w, set)
}

// authorize is the page of the provider where a person signs in; here they do so
// at once, as the test says.
func (p *provider) authorize(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	request, err := p.oauth.NewAuthorizeRequest(ctx, r)
	if err != nil {
		p.oauth.WriteAuthorizeError(ctx, w, request, err)
		return
	}
	p.mu.Lock()
	who := p.next
	p.asked = r.URL.Query()
	p.mu.Unlock()
	if who.refuses {
		p.oauth.WriteAuthorizeError(ctx, w, request, fosite.ErrAccessDenied)
		return
	}
	for _, scope := range request.GetRequestedScopes() {
		request.GrantScope(scope)
	}
	response, err := p.oauth.NewAuthorizeResponse(ctx, request, who.session())
	if err != nil {
		p.oauth.WriteAuthorizeError(ctx, w, request, err)
		return
	}
	p.oauth.WriteAuthorizeResponse(ctx, w, request, response)
}

func (l login) session() *openid.DefaultSession {
	now := time.Now().UTC()
	s := openid.NewDefaultSession()
	s.Subject = l.subject
	s.Claims = &jwt.IDTokenClaims{Subject: l.subject, RequestedAt: now, AuthTime: now, Extra: map[string]any{"name": l.name},
		AuthenticationContextClassReference: l.acr, AuthenticationMethodsReferences: l.amr}
	if l.life != 0 {
		s.Claims.ExpiresAt = now.Add(l.life)
	}
	if !l.noEmail {
		s.Claims.Extra["email"], s.Claims.Extra["email_verified"] = l.email, l.emailVerified
	}
	return s
}

func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	ctx := r.Context()
	request, err := p.oauth.NewAccessRequest(ctx, r, openid.NewDefaultSession())
	if err != nil {
		p.oauth.WriteAccessError(ctx, w, request, err)
		return
	}
	response, err := p.oauth.NewAccessResponse(ctx, request)
	if err != nil {
		p.oauth.WriteAccessError(ctx, w, request, err)
		return
	}
	p.oauth.WriteAccessResponse(ctx, w, request, response)
}

func (p *provider) userinfo(w http.ResponseWriter, r *http.Request) {
	_, request, err := p.oauth.IntrospectToken(r.Context(), fosite.AccessTokenFromRequest(r), fosite.AccessToken, openid.NewDefaultSession())
	if err != nil || !slices.Contains(request.GetGrantedScopes(), "email") {
		http.Error(w, "no such token", http.StatusUnauthorized)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	write(w, map[string]any{"sub": p.next.subject, "email": p.next.email, "email_verified": p.next.emailVerified, "name": p.next.name})
}

func write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}
