package account

import (
	"context"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"
)

// hostile is a provider that signs whatever a test says; the honest one is in
// e2e/oidc.
type hostile struct {
	at    string
	key   *rsa.PrivateKey
	token map[string]any // the answer to a code
}

func hostileProvider(t *testing.T) *hostile {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	h := &hostile{key: key}
	keys := &oidctest.Server{PublicKeys: []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: "k", Algorithm: oidc.RS256}}}
	mux := http.NewServeMux()
	mux.Handle("/", keys)
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		json.NewEncoder(w).Encode(map[string]any{"issuer": h.at, "authorization_endpoint": h.at + "/authorize", "token_endpoint": h.at + "/token",
			"jwks_uri": h.at + "/keys", "id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"}})
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(h.token)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	h.at = server.URL
	keys.SetIssuer(h.at)
	return h
}

// signIn goes through a flow whose token has the claims of an honest one and
// those given; sign makes the token of them.
func (h *hostile) signIn(t *testing.T, claims map[string]any, sign func(claims string) string) (Identity, error) {
	t.Helper()
	i, err := NewIssuer(IssuerConfig{Issuer: h.at, ClientID: "atlas", RedirectURL: "https://atlas.example/zpet", StrongACR: []string{"high"}})
	if err != nil {
		t.Fatal(err)
	}
	address, session, err := i.Begin(context.Background(), noon, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]any{"iss": h.at, "aud": "atlas", "sub": "f00", "exp": noon.Unix() + 600, "iat": noon.Unix(), "nonce": asked.Query().Get("nonce")}
	maps.Copy(all, claims)
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	h.token = map[string]any{"access_token": "an access token", "token_type": "Bearer", "id_token": sign(string(text))}
	if h.token["id_token"] == "" {
		delete(h.token, "id_token")
	}
	return i.Finish(context.Background(), session, url.Values{"state": {asked.Query().Get("state")}, "code": {"c"}}, noon)
}

func (h *hostile) rs256(claims string) string {
	return oidctest.SignIDToken(h.key, "k", oidc.RS256, claims)
}

func TestAnHonestTokenIsBelievedInEveryFormOfIt(t *testing.T) {
	h := hostileProvider(t)
	for what, claims := range map[string]map[string]any{
		"as they are":               {},
		"for several sites":         {"aud": []string{"other", "atlas"}, "azp": "atlas"},
		"with the right hash":       {"at_hash": leftHalf("an access token")},
		"with a class that we know": {"acr": "high"},
	} {
		got, err := h.signIn(t, claims, h.rs256)
		if err != nil || got.Subject != "f00" || got.Strong != (claims["acr"] == "high") {
			t.Errorf("%s: %+v, %v", what, got, err)
		}
	}
	for said, want := range map[any]bool{true: true, "true": true, false: false, "false": false, 1: false, nil: false} {
		got, err := h.signIn(t, map[string]any{"email": "a@b.example", "email_verified": said}, h.rs256)
		if err != nil || got.EmailVerified != want || got.Email != "a@b.example" {
			t.Errorf("verified %v: %+v, %v", said, got, err)
		}
	}
	if got, err := h.signIn(t, map[string]any{"email_verified": true}, h.rs256); err != nil || got.EmailVerified {
		t.Errorf("no e-mail is verified: %+v, %v", got, err)
	}
}

func leftHalf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return encode(sum[:16])
}

func TestADishonestTokenIsNotBelieved(t *testing.T) {
	h := hostileProvider(t)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for what, claims := range map[string]map[string]any{
		"for another site":                 {"aud": "other"},
		"for several sites, asker unknown": {"aud": []string{"other", "atlas"}},
		"issued to another site":           {"aud": []string{"other", "atlas"}, "azp": "other"},
		"of another issuer":                {"iss": "https://evil.example"},
		"of nobody":                        {"sub": ""},
		"expired":                          {"exp": noon.Unix() - 1},
		"not yet valid":                    {"nbf": noon.Unix() + 3600},
		"of the future":                    {"iat": noon.Unix() + 3600},
		"without a nonce":                  {"nonce": ""},
		"of another access token":          {"at_hash": leftHalf("another access token")},
	} {
		got, err := h.signIn(t, claims, h.rs256)
		wantRefused(t, what, err, "account.oidc.token")
		if got.Subject != "" {
			t.Errorf("%s: %+v", what, got)
		}
	}
	for what, sign := range map[string]func(string) string{
		"signed by another key": func(c string) string { return oidctest.SignIDToken(other, "k", oidc.RS256, c) },
		"not signed":            func(c string) string { return encode([]byte(`{"alg":"none"}`)) + "." + encode([]byte(c)) + "." },
		"signed by what is public": func(c string) string {
			front := encode([]byte(`{"alg":"HS256","kid":"k"}`)) + "." + encode([]byte(c))
			mac := hmac.New(crypto.SHA256.New, []byte("atlas"))
			mac.Write([]byte(front))
			return front + "." + encode(mac.Sum(nil))
		},
		"missing":  func(string) string { return "" },
		"no token": func(string) string { return "nonsense" },
	} {
		_, err := h.signIn(t, nil, sign)
		wantRefused(t, what, err, "account.oidc.token")
	}
}

func TestAnAnswerWithoutEndIsNotRead(t *testing.T) {
	sent := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for block := make([]byte, 1<<16); ; sent += len(block) {
			if _, err := w.Write(block); err != nil || sent > 1<<26 {
				return
			}
		}
	}))
	defer server.Close()
	i, err := NewIssuer(IssuerConfig{Issuer: server.URL, ClientID: "atlas", RedirectURL: "https://atlas.example/zpet"})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = i.Begin(context.Background(), noon, rand.Reader)
	wantRefused(t, "an endless answer", err, "account.oidc.unreachable")
	server.Close() // waits for the handler
	if sent > 1<<25 {
		t.Errorf("%d bytes were taken", sent)
	}
}

func TestWhatIsConfiguredWrongIsSaidAtOnce(t *testing.T) {
	good := IssuerConfig{Issuer: "https://id.example", ClientID: "atlas", RedirectURL: "https://atlas.example/zpet"}
	for what, change := range map[string]func(*IssuerConfig){
		"no client": func(c *IssuerConfig) { c.ClientID = "" }, "plain http": func(c *IssuerConfig) { c.Issuer = "http://id.example" },
		"no way back": func(c *IssuerConfig) { c.RedirectURL = "/zpet" }, "like this machine": func(c *IssuerConfig) { c.Issuer = "http://127.evil.example" },
	} {
		c := good
		change(&c)
		if _, err := NewIssuer(c); err == nil || errors.As(err, new(*Refused)) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := NewIssuer(good); err != nil {
		t.Error(err)
	}
}

func TestAProviderCannotSendTheServerElsewhere(t *testing.T) { // ASVS 5.0, 15.3.2
	asked := false
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer inside.Close()
	provider := httptest.NewServer(http.RedirectHandler(inside.URL, http.StatusTemporaryRedirect))
	defer provider.Close()
	i, err := NewIssuer(IssuerConfig{Issuer: provider.URL, ClientID: "atlas", RedirectURL: "https://atlas.example/zpet"})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := i.Begin(t.Context(), noon, rand.Reader); err == nil || asked {
		t.Errorf("went on to another machine: %v, error %v", asked, err)
	}
}
