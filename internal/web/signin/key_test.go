package signin_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"atlas/internal/app"
	"atlas/internal/config"
)

// told is what the script of passkeys is told.
func (a answer) told(t *testing.T) (said struct {
	Options map[string]any
	Next    string
	Error   string
}) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), &said); err != nil || !strings.HasPrefix(a.header.Get("Content-Type"), "application/json") {
		t.Fatalf("%v: %s", err, a.body)
	}
	return said
}

func atLocalhost(c *config.Config, _ *app.Options) {
	_, port, _ := strings.Cut(c.Listen, ":")
	c.BaseURL = "http://localhost:" + port
}

func TestAPasskeyIsAskedForWithAChallengeThatIsGoodOnce(t *testing.T) {
	h := open(t, atLocalhost)
	b := h.browser()
	if b.get("/prihlaseni").Find("[data-passkey][hidden]").Length() != 1 {
		t.Error("the page offers no passkey, or shows it where no script runs")
	}
	first := b.post("/prihlaseni/klic/zacatek", "dal", "/akteri").told(t)
	second := h.browser().post("/prihlaseni/klic/zacatek").told(t)
	if first.Options["challenge"] == "" || first.Options["challenge"] == second.Options["challenge"] || first.Options["rpId"] != "localhost" || first.Options["userVerification"] != "required" {
		t.Errorf("%v", first.Options)
	}
	rubbish := `{"id":"x","rawId":"x","type":"public-key","response":{}}`
	for _, words := range []string{"nepodařilo ověřit", "nezačali tady"} { // the challenge is gone with the first answer
		got := b.do(http.MethodPost, "/prihlaseni/klic", "application/json", strings.NewReader(rubbish))
		if said := got.told(t); got.status != 422 || !strings.Contains(said.Error, words) {
			t.Errorf("%d: %s", got.status, said.Error)
		}
	}
	if b.who() != "" {
		t.Error("somebody is signed in")
	}
}

func TestWherePasskeysCannotBeUsedNoneAreOffered(t *testing.T) {
	h := open(t, func(c *config.Config, _ *app.Options) { c.BaseURL = "http://atlas.example" })
	if h.browser().get("/prihlaseni").Find("[data-passkey]").Length() != 0 {
		t.Error("a passkey is offered without https")
	}
	if got := h.browser().post("/en/prihlaseni/klic/zacatek"); got.status != 422 || !strings.Contains(got.told(t).Error, "could not be used") {
		t.Errorf("%d: %s", got.status, got.body)
	}
}

func TestTheSecondStepAsksForThePasskeysOfTheAccount(t *testing.T) {
	h := open(t, atLocalhost)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	h.recovery(who.ID)
	b := h.browser()
	b.try("jana@mesto.example", password).says(t, 200, "Záložní kód", "Použít přístupový klíč")
	said := b.post("/prihlaseni/klic/zacatek").told(t)
	if all, ok := said.Options["allowCredentials"].([]any); !ok || len(all) != 1 {
		t.Errorf("%v", said.Options)
	}
}
