package signin_test

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/pquerna/otp/totp"

	"atlas"
	"atlas/internal/mail"
)

// TestAClockThatJumpsKeepsNoRoleTooLongAndLosesNothing of what was typed: a second
// factor shown while the clock was ahead does not hold for all the days that it is
// put back by, and nobody is shut out.
func TestAClockThatJumpsKeepsNoRoleTooLongAndLosesNothing(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example", atlas.Grant{Role: atlas.RoleMethodologist})
	h.password(who.ID, password)
	codes, right := h.recovery(who.ID), h.now
	b := h.browser()
	h.now = right.Add(72 * time.Hour)
	b.try("jana@mesto.example", password)
	b.post("/prihlaseni/druhy-krok", "kod", codes[0])
	b.get("/vyzvy/nova").says(t, 200)
	h.now = right
	b.get("/vyzvy/nova").says(t, 403, "Potvrďte znovu")
	if b.who() != "Jana Nová" {
		t.Error("a clock put back signed somebody out")
	}
	b.post("/vyzvy/nova", "title", "Kurz češtiny").says(t, 403, "Kurz češtiny")
	b.post("/prihlaseni/druhy-krok", "kod", codes[1])
	b.get("/vyzvy/nova").says(t, 200)
	h.now = right.Add(366 * 24 * time.Hour)
	b.post("/vyzvy/nova", "title", "Kurz němčiny").says(t, 403, "mezitím skončilo", "Kurz němčiny")
	h.now = right
	fresh := h.browser()
	fresh.try("jana@mesto.example", password)
	fresh.post("/prihlaseni/druhy-krok", "kod", codes[2])
	fresh.get("/vyzvy/nova").says(t, 200)
}

func TestLinksAskedForWhileTheClockWasAheadDoNotUseUpThoseOfNow(t *testing.T) {
	h := open(t, nil)
	h.account("jana@mesto.example")
	right := h.now
	h.now = right.Add(72 * time.Hour)
	for range 3 {
		h.browser().ask("jana@mesto.example")
	}
	ahead := h.linkTo("jana@mesto.example")
	h.now = right
	h.browser().post(ahead).says(t, 410, "už neplatí")
	b := h.browser()
	b.ask("jana@mesto.example")
	if n := len(h.letters(mail.KindSignIn, "jana@mesto.example")); n != 4 {
		t.Fatalf("%d letters", n)
	}
	if b.bring("jana@mesto.example"); b.who() != "Jana Nová" {
		t.Error("a new link does not sign in")
	}
}

func TestAOneTimeCodeOfAnotherHourIsRefusedAndARecoveryCodeLetsIn(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	b := h.browser()
	b.try("jana@mesto.example", password)
	form := b.get("/ucet/druhy-faktor?nastavit=1")
	secret := strings.Join(strings.Fields(form.Find("main code").Text()), "")
	phone := func(at time.Time) string {
		t.Helper()
		code, err := totp.GenerateCode(secret, at)
		if err != nil {
			t.Fatal(err)
		}
		return code
	}
	var recovery []string
	made := b.post("/ucet/druhy-faktor", "klic", form.Find("input[name=klic]").AttrOr("value", ""), "code", phone(h.now))
	made.Find("li code").Each(func(_ int, s *goquery.Selection) { recovery = append(recovery, s.Text()) })
	if len(recovery) != 10 {
		t.Fatalf("%d: %s", made.status, made.Text())
	}
	right := h.now
	for _, jump := range []time.Duration{time.Hour, -time.Hour} {
		h.now = right.Add(jump)
		b := h.browser()
		b.try("jana@mesto.example", password)
		b.post("/prihlaseni/druhy-krok", "kod", phone(right.Add(time.Minute))).says(t, 422, "Kód nesouhlasí")
		b.post("/prihlaseni/druhy-krok", "kod", recovery[0])
		if recovery = recovery[1:]; b.who() != "Jana Nová" {
			t.Errorf("shut out while the clock is off by %v", jump)
		}
	}
	h.now = right.Add(10 * time.Minute)
	b = h.browser()
	b.try("jana@mesto.example", password)
	if b.post("/prihlaseni/druhy-krok", "kod", phone(h.now)); b.who() != "Jana Nová" {
		t.Error("shut out when the clock is right again")
	}
}

func TestADoubleClickOnRegisteringIsOneAccountAndNoFault(t *testing.T) {
	h := open(t, nil)
	b := h.browser()
	b.ask("petr@ngo.example")
	link := h.linkTo("petr@ngo.example")
	for range 2 {
		got := b.post(link, "jmeno", "Petr Nový", "souhlas", "1")
		if got.status != 200 || b.who() != "Petr Nový" {
			t.Fatalf("%d %s as %q", got.status, got.path, b.who())
		}
	}
	h.browser().post(link, "jmeno", "Petr Nový", "souhlas", "1").says(t, 410, "už někdo použil")
	if all, err := h.store.Accounts(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%d accounts, %v", len(all), err)
	}
}
