package signin_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/mail"
	"atlas/internal/store"
)

const password = "koza jede vlakem"

func TestAPasswordSignsInAndAWrongOneSaysNothingOfTheAccount(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.account("bez@mesto.example") // has no password
	h.password(who.ID, password)
	var pages []string
	for _, email := range []string{"jana@mesto.example", "bez@mesto.example", "nikdo@mesto.example"} {
		got := h.browser().try(email, "jine heslo dlouhe")
		got.says(t, 422, "nesouhlasí")
		if got.Find("#heslo").AttrOr("value", "") != "" || got.Find("#email-heslo").AttrOr("value", "") != email {
			t.Error("the password came back, or the e-mail did not")
		}
		pages = append(pages, strings.ReplaceAll(got.body, email, ""))
	}
	if pages[0] != pages[1] || pages[1] != pages[2] {
		t.Error("the answers differ")
	}
	b := h.browser()
	if got := b.try(" JANA@mesto.example", password); got.status != 200 || b.who() != "Jana Nová" {
		t.Errorf("%d as %q", got.status, b.who())
	}
}

// A right refusal takes as long as a wrong one: an argon2id hash either way. The
// margin is wide, for a busy machine; without the decoy the ratio is over ten.
func TestRefusingTakesAsLongWhetherThereIsAnAccountOrNot(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	h.browser().try("prvni@mesto.example", "x") // makes the hasher
	least := map[string]time.Duration{}
	for n := range 4 {
		for _, email := range []string{"jana@mesto.example", "nikdo@mesto.example"} {
			began := time.Now()
			if _, err := h.app.SignInByPassword(t.Context(), email, "jine heslo", app.Arrival{Device: fmt.Sprint(n)}); err == nil {
				t.Fatal("let in")
			}
			if d := time.Since(began); least[email] == 0 || d < least[email] {
				least[email] = d
			}
		}
	}
	there, missing := least["jana@mesto.example"], least["nikdo@mesto.example"]
	if there > 5*missing || missing > 5*there {
		t.Errorf("an account that is there takes %s, one that is not %s", there, missing)
	}
}

func TestGuessingIsSlowedFromWhereItComesAndTheOwnerComesIn(t *testing.T) { // lock-out cannot be caused from elsewhere
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	guesser := h.browser()
	guesser.heads["X-Forwarded-For"] = "192.0.2.66"
	waited := false
	for range 8 {
		waited = waited || strings.Contains(guesser.try("jana@mesto.example", "hadam hadam hadam").Text(), "Počkejte")
	}
	if !waited {
		t.Error("eight guesses in a row and no wait")
	}
	guesser.try("jana@mesto.example", password).says(t, 422, "Počkejte prosím minutu")
	owner := h.browser()
	owner.heads["X-Forwarded-For"] = "192.0.2.1"
	if owner.try("jana@mesto.example", password); owner.who() != "Jana Nová" {
		t.Error("the owner is locked out")
	}
	h.now = h.now.Add(2 * time.Minute)
	if guesser.try("jana@mesto.example", password); guesser.who() == "" {
		t.Error("the wait does not end")
	}
}

func TestABlockedAccountIsToldSoToWhoKnowsItsPassword(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	b := h.browser()
	b.try("jana@mesto.example", password)
	if err := h.app.BlockAccount(t.Context(), atlas.Operator("atlas"), who.ID, who.Version, true); err != nil {
		t.Fatal(err)
	}
	if got := b.get("/o-databazi"); b.who() != "" || !strings.Contains(got.Text(), "přihlášení skončilo") {
		t.Error("the session of a blocked account goes on, or nobody says that it ended")
	}
	b.try("jana@mesto.example", password).says(t, 422, "zablokoval")
	b.try("jana@mesto.example", "jine heslo").says(t, 422, "nesouhlasí")
}

func TestEverySignInBeginsANewSessionAndEndsTheFormer(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	b := h.browser()
	b.try("jana@mesto.example", password)
	before, _ := h.store.Sessions(t.Context(), who.ID, h.now)
	b.try("jana@mesto.example", password)
	after, err := h.store.Sessions(t.Context(), who.ID, h.now)
	if err != nil || len(before) != 1 || len(after) != 1 || before[0].Hash == after[0].Hash {
		t.Errorf("%v, then %v, %v", before, after, err)
	}
	for _, where := range []string{"/", "/projekty", "/ucet", "/neni-tu"} {
		if b.get(where).Find("form[action='/odhlaseni'][method=post] button").Length() != 1 {
			t.Errorf("%s: no way to sign out", where)
		}
	}
	b.post("/odhlaseni").says(t, 200, "Jste odhlášeni")
	if left, _ := h.store.Sessions(t.Context(), who.ID, h.now); len(left) != 0 || b.who() != "" {
		t.Error("signed out and still there")
	}
	b.post("/odhlaseni").says(t, 200) // twice is no fault
}

func TestASessionThatNobodyUsesEndsAfterAWeek(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	used, idle := h.browser(), h.browser()
	used.try("jana@mesto.example", password)
	idle.try("jana@mesto.example", password)
	for range 2 {
		h.now = h.now.Add(4 * 24 * time.Hour)
		if used.who() == "" {
			t.Fatal("a session in use ended")
		}
	}
	if idle.who() != "" {
		t.Error("a session goes on that nobody used for eight days")
	}
	if all, _ := h.store.Sessions(t.Context(), who.ID, h.now); len(all) != 1 {
		t.Errorf("%d sessions are shown", len(all))
	}
}

func TestSigningOutLeavesNothingInTheBrowser(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	b := h.browser()
	b.try("jana@mesto.example", password)
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	if got := b.post("/odhlaseni").header.Get("Clear-Site-Data"); got != `"storage"` {
		t.Errorf("Clear-Site-Data: %s", got)
	}
}

func TestFieldsOfPasswordsAreMasked(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	b := h.browser()
	masked := func(where string, names ...string) {
		t.Helper()
		p := b.get(where)
		for _, name := range names {
			if f := p.Find("input[name=" + name + "]"); f.Length() == 0 || f.AttrOr("type", "") != "password" || f.AttrOr("value", "") != "" {
				t.Errorf("%s: the field %s is not masked", where, name)
			}
		}
	}
	masked("/prihlaseni", "heslo")
	b.try("jana@mesto.example", password)
	h.now = h.now.Add(time.Hour)
	masked("/ucet/heslo", "present", "password", "again")
}

func TestANewDeviceIsToldOfOnceAndTheLogNamesNoAddress(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	b := h.browser()
	b.heads["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
	b.try("jana@mesto.example", password) // the first time ever
	b.try("jana@mesto.example", password)
	other := h.browser()
	other.heads["User-Agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
	other.try("jana@mesto.example", password)
	other.post("/odhlaseni")
	other.try("jana@mesto.example", password)
	told := h.letters(mail.KindDevice, "jana@mesto.example")
	if len(told) != 1 || !strings.Contains(told[0].Text, "Safari, iPhone") || !strings.Contains(told[0].Text, "/ucet/zarizeni") {
		t.Errorf("%d letters: %+v", len(told), told)
	}
	entries, err := h.store.AuditEntries(t.Context(), store.AuditFilter{By: who.ID})
	if err != nil || len(entries) != 4 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for _, e := range entries {
		if e.Action != "sign_in" || strings.ContainsAny(e.Subject, "@.:") {
			t.Errorf("%+v", e)
		}
	}
}

func TestCookiesOverHTTPSAreForThisHostAndHTTPSOnly(t *testing.T) {
	h := open(t, func(c *config.Config, _ *app.Options) { c.BaseURL = "https://atlas.example" })
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	b := h.browser()
	b.askOnce("nikdo@mesto.example")
	all := b.try("jana@mesto.example", password).header.Values("Set-Cookie")
	all = append(all, b.ask("x@mesto.example").header.Values("Set-Cookie")...)
	if len(all) < 3 {
		t.Errorf("%d cookies", len(all))
	}
	for _, c := range all {
		if !strings.Contains(c, "; Secure") || !strings.Contains(c, "; HttpOnly") || !strings.Contains(c, "SameSite=Lax") || !strings.Contains(c, "Path=/") || strings.Contains(c, "Domain") {
			t.Errorf("%s", c)
		}
	}
	if !slices.ContainsFunc(all, func(c string) bool { return strings.HasPrefix(c, "__Host-atlas=") }) {
		t.Errorf("%v", all)
	}
}

func TestAFormFromAnotherSiteSignsNobodyIn(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	b := h.browser()
	b.heads["Sec-Fetch-Site"], b.heads["Origin"] = "cross-site", "https://zly.example"
	b.try("jana@mesto.example", password).says(t, 403, "z cizí stránky")
	if b.who() != "" {
		t.Error("signed in")
	}
}

func TestWhoseNameAProxyMaySayIsBelievedAndNobodyElses(t *testing.T) {
	h := open(t, nil)
	for range 31 { // from one address, each at another account
		b := h.browser()
		b.heads["X-Forwarded-For"] = "198.51.100.9, 192.0.2.66" // the first is what the browser made up
		b.post("/prihlaseni", "email", fmt.Sprintf("u%d@mesto.example", time.Now().UnixNano()), "heslo", "x", "akce", "heslo")
	}
	b := h.browser()
	b.heads["X-Forwarded-For"] = "203.0.113.5, 192.0.2.66"
	b.try("novy@mesto.example", "x").says(t, 422, "Počkejte")
	b.heads["X-Forwarded-For"] = "198.51.100.9"
	b.try("novy@mesto.example", "x").says(t, 422, "nesouhlasí")
}
