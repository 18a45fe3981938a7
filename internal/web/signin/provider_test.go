package signin_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"

	"atlas"
	"atlas/internal/account"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/store"
	"atlas/internal/web/route"
)

// provider says of whoever comes what a test wants; a whole one is in e2e/oidc.
type provider struct {
	at     string
	key    *rsa.PrivateKey
	nonce  string
	claims map[string]any
	now    func() int64
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{key: key}
	keys := &oidctest.Server{PublicKeys: []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: "k", Algorithm: oidc.RS256}}}
	mux := http.NewServeMux()
	mux.Handle("/", keys)
	answer := func(w http.ResponseWriter, all map[string]any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(all)
	}
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"issuer": p.at, "authorization_endpoint": p.at + "/authorize", "token_endpoint": p.at + "/token",
			"jwks_uri": p.at + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("/authorize", func(w http.ResponseWriter, req *http.Request) {
		p.nonce = req.URL.Query().Get("nonce")
		http.Redirect(w, req, req.URL.Query().Get("redirect_uri")+"?"+url.Values{"state": {req.URL.Query().Get("state")}, "code": {"c"}}.Encode(), http.StatusFound)
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, _ *http.Request) {
		all := map[string]any{"iss": p.at, "aud": "atlas", "sub": "f00", "exp": p.now() + 600, "iat": p.now(), "nonce": p.nonce}
		maps.Copy(all, p.claims)
		text, _ := json.Marshal(all)
		answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": oidctest.SignIDToken(p.key, "k", oidc.RS256, string(text))})
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p.at = server.URL
	keys.SetIssuer(p.at)
	return p
}

// openWith starts an instance that people sign in to through a provider.
func openWith(t *testing.T, p *provider, registration bool) *house {
	t.Helper()
	h := open(t, func(c *config.Config, o *app.Options) {
		c.BaseURL = "http://" + c.Listen
		c.OIDCIssuer, c.OIDCName = p.at, "Účet města"
		issuer, err := account.NewIssuer(account.IssuerConfig{Name: c.OIDCName, Issuer: p.at, ClientID: "atlas", RedirectURL: c.BaseURL + route.SignInReturn, StrongAMR: []string{"mfa"}})
		if err != nil {
			t.Fatal(err)
		}
		o.Gate = app.Gate{Open: registration, Provider: issuer}
	})
	p.now = func() int64 { return h.now.Unix() }
	return h
}

func TestSomebodyComesInThroughAProviderToTheAccountOfTheirVerifiedEmail(t *testing.T) {
	p := newProvider(t)
	h := openWith(t, p, false)
	h.account("jana@mesto.example")
	p.claims = map[string]any{"email": "Jana@mesto.example", "email_verified": true}
	b := h.browser()
	b.get("/prihlaseni").says(t, 200, "Přihlásit se přes Účet města")
	if got := b.get("/prihlaseni/oidc?dal=/akteri"); got.path != "/akteri" || b.who() != "Jana Nová" {
		t.Errorf("led to %s, %d as %q", got.path, got.status, b.who())
	}
	p.claims = map[string]any{"email": "jina@mesto.example"} // the same person with another address
	again := h.browser()
	if again.get("/prihlaseni/oidc"); again.who() != "Jana Nová" {
		t.Errorf("as %q", again.who())
	}
	p.claims = map[string]any{"sub": "g11", "email": "nikdo@mesto.example", "email_verified": true}
	h.browser().get("/prihlaseni/oidc").says(t, 422, "účet tu nemáte")
}

func TestAnEmailThatTheProviderDoesNotVouchForOpensNoAccount(t *testing.T) {
	p := newProvider(t)
	h := openWith(t, p, true)
	h.account("jana@mesto.example")
	for _, claims := range []map[string]any{{"email": "jana@mesto.example"}, {"email": "jana@mesto.example", "email_verified": false}, {"email_verified": true}} {
		p.claims = claims
		b := h.browser()
		if b.get("/prihlaseni/oidc").says(t, 422, "neručí za to"); b.who() != "" {
			t.Errorf("%v came in", claims)
		}
	}
}

func TestSomebodyNewFromAProviderAgreesAndIsTiedToIt(t *testing.T) {
	p := newProvider(t)
	h := openWith(t, p, true)
	p.claims = map[string]any{"email": "petr@ngo.example", "email_verified": true, "name": "Petr Nový"}
	b := h.browser()
	got := b.get("/prihlaseni/oidc?dal=/vyzvy")
	got.says(t, 200, "Založíte si účet pro petr@ngo.example")
	if name := got.Find("#jmeno").AttrOr("value", ""); name != "Petr Nový" {
		t.Errorf("%q", name)
	}
	if got := b.post(got.path, "jmeno", "Petr Nový", "souhlas", "1"); got.path != "/vyzvy" || b.who() != "Petr Nový" {
		t.Errorf("led to %s as %q", got.path, b.who())
	}
	if id, err := h.store.AccountOfIdentity(t.Context(), p.at, "f00"); err != nil || id != "U-00001" {
		t.Errorf("%s, %v", id, err)
	}
}

func TestAStrongSignInOfTheProviderIsASecondFactorWhenItSaysSo(t *testing.T) {
	p := newProvider(t)
	h := openWith(t, p, false)
	who := h.account("jana@mesto.example", atlas.Grant{Role: atlas.RoleMethodologist})
	p.claims = map[string]any{"email": "jana@mesto.example", "email_verified": true, "amr": []string{"pwd"}}
	b := h.browser()
	b.get("/prihlaseni/oidc")
	b.get("/vyzvy/nova").says(t, 403, "Chybí druhý krok")
	p.claims["amr"] = []string{"pwd", "mfa"}
	b.get("/prihlaseni/oidc")
	b.get("/vyzvy/nova").says(t, 200)
	who.State = atlas.AccountBlocked
	h.update(func(tx *store.Tx) error {
		now, err := tx.Account(t.Context(), who.ID)
		if err != nil {
			return err
		}
		now.State = atlas.AccountBlocked
		return tx.PutAccount(t.Context(), now)
	})
	h.browser().get("/prihlaseni/oidc").says(t, 422, "zablokoval")
}

func TestAnAnswerOfTheProviderBelongsToTheBrowserThatBeganAndIsGoodOnce(t *testing.T) {
	p := newProvider(t)
	h := openWith(t, p, false)
	h.account("jana@mesto.example")
	p.claims = map[string]any{"email": "jana@mesto.example", "email_verified": true}
	victim, last := h.browser(), ""
	attacker := h.browser()
	attacker.client.CheckRedirect = func(req *http.Request, _ []*http.Request) error {
		if strings.Contains(req.URL.Path, "navrat") { // keeps the answer for somebody else
			last = req.URL.RequestURI()
			return http.ErrUseLastResponse
		}
		return nil
	}
	attacker.get("/prihlaseni/oidc")
	if victim.get(last).says(t, 422, "jsme nezačali v tomto prohlížeči"); victim.who() != "" {
		t.Error("somebody was signed in to a foreign account")
	}
	if attacker.get(last); attacker.who() == "" {
		t.Error("the browser that began was refused")
	}
	attacker.get(last).says(t, 422, "jsme nezačali v tomto prohlížeči")
}

func TestWithoutAProviderOneIsSentHome(t *testing.T) {
	h := open(t, nil)
	h.browser().get("/prihlaseni/oidc").says(t, 404)
	h.browser().get("/prihlaseni/oidc/navrat?state=x&code=y").says(t, 404)
	if strings.Contains(h.browser().get("/prihlaseni").Text(), "Účtem, který už máte") {
		t.Error("a provider is offered")
	}
}
