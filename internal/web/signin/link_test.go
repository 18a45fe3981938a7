package signin_test

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/mail"
	"atlas/internal/store"
)

func TestALinkOfALetterSignsInOnceAndLooksAreFree(t *testing.T) {
	h := open(t, nil)
	h.account("jana@mesto.example")
	b := h.browser()
	b.ask(" Jana@mesto.example ", "dal", "/akteri").says(t, 200, "Podívejte se do e-mailu", "Jana@mesto.example")
	link := h.linkTo("jana@mesto.example")
	for range 3 { // a scanner of letters opens it, and the person looks twice
		h.browser().get(link).says(t, 200, "Přihlásíte se jako jana@mesto.example")
	}
	if got := b.post(link); got.status != 200 || got.path != "/akteri" || b.who() != "Jana Nová" {
		t.Errorf("led to %s, %d, as %q", got.path, got.status, b.who())
	}
	h.browser().get(link).says(t, 410, "už někdo použil", "Poslat nový odkaz")
	h.browser().post(link).says(t, 410, "už někdo použil")
	if other := h.browser(); other.who() != "" {
		t.Error("somebody else is signed in")
	}
}

func TestALinkThatIsOldOrUnknownHasItsOwnWords(t *testing.T) {
	h := open(t, nil)
	h.account("jana@mesto.example")
	b := h.browser()
	b.ask("jana@mesto.example")
	link := h.linkTo("jana@mesto.example")
	began := h.now
	h.now = began.Add(16 * time.Minute)
	b.get(link).says(t, 410, "už neplatí", "Nechte si poslat nový")
	b.post(link).says(t, 410, "už neplatí")
	h.now = began.Add(-24 * time.Hour) // the clock was ahead and was put right
	b.post(link).says(t, 410, "už neplatí")
	h.now = began.Add(14 * time.Minute)
	b.get(link[:len(link)-1]).says(t, 404, "neznáme", "Zkopírujte")
	b.get("/en/prihlaseni/odkaz/x").says(t, 404, "We do not know this link")
	if b.post(link); b.who() != "Jana Nová" {
		t.Error("a link that is good still was refused")
	}
}

func TestTwoWhoUseALinkAtOnceAreOneSession(t *testing.T) { // a double click
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.browser().ask("jana@mesto.example")
	link := h.linkTo("jana@mesto.example")
	var all sync.WaitGroup
	statuses := make([]int, 6)
	for i := range statuses {
		b := h.browser()
		all.Go(func() { statuses[i] = b.post(link).status })
	}
	all.Wait()
	good := 0
	for _, s := range statuses {
		if s == 200 {
			good++
		} else if s != 410 {
			t.Errorf("status %d", s)
		}
	}
	sessions, err := h.store.Sessions(t.Context(), who.ID, h.now)
	if err != nil || good != 1 || len(sessions) != 1 {
		t.Errorf("%d got in, %d sessions, %v", good, len(sessions), err)
	}
}

func TestWhoHasNoAccountFoundsOneWhereThatIsOpen(t *testing.T) {
	h := open(t, nil)
	b := h.browser()
	b.ask("petr@ngo.example", "dal", "/vyzvy")
	link := h.linkTo("petr@ngo.example")
	b.get(link).says(t, 200, "Založíte si účet pro petr@ngo.example", "Souhlasím")
	b.post(link, "jmeno", "Petr").says(t, 422, "Bez souhlasu")
	b.post(link, "jmeno", " ", "souhlas", "1").says(t, 422, "například Jana Nováková")
	if got := b.post(link, "jmeno", " Petr  Nový ", "souhlas", "1"); got.path != "/vyzvy" || b.who() != "Petr Nový" {
		t.Errorf("led to %s as %q", got.path, b.who())
	}
	who, err := h.store.AccountByEmail(t.Context(), "petr@ngo.example")
	if err != nil || len(who.Grants) != 0 {
		t.Fatalf("%+v, %v", who, err)
	}
	agreed, err := h.store.Consents(t.Context(), who.ID)
	if err != nil || len(agreed) != 1 || agreed[0].Purpose != app.PurposeFounding || !strings.Contains(agreed[0].Wording, "Souhlasím") {
		t.Errorf("%+v, %v", agreed, err)
	}
	if n := len(h.letters(mail.KindDevice, "petr@ngo.example")); n != 0 {
		t.Error("the very first sign-in is called one from a new device")
	}
}

func TestWhereRegistrationIsClosedNobodyLearnsWhoHasAnAccount(t *testing.T) {
	h := open(t, func(c *config.Config, o *app.Options) { c.Registration, o.Gate.Open = config.RegistrationClosed, false })
	h.account("jana@mesto.example")
	blocked := h.account("petr@mesto.example")
	blocked.State = atlas.AccountBlocked
	h.update(func(tx *store.Tx) error { return tx.PutAccount(t.Context(), blocked) })
	took := map[string]time.Duration{}
	var pages []string
	for _, email := range []string{"jana@mesto.example", "nikdo@mesto.example", "petr@mesto.example"} {
		began := time.Now()
		got := h.browser().ask(email)
		took[email] = time.Since(began)
		pages = append(pages, strings.ReplaceAll(got.body, email, ""))
	}
	if pages[0] != pages[1] || pages[1] != pages[2] {
		t.Error("the answers differ")
	}
	for email, d := range took {
		if d < 350*time.Millisecond {
			t.Errorf("%s was answered within %s: sooner than any answer is given", email, d)
		}
	}
	if len(h.letters(mail.KindSignIn, "nikdo@mesto.example"))+len(h.letters(mail.KindSignIn, "petr@mesto.example")) != 0 || len(h.letters(mail.KindSignIn, "jana@mesto.example")) != 1 {
		t.Error("letters went where there is no account, or not where there is one")
	}
}

func TestThreeLinksAnHourGoToAnAddressAndTheOwnersBrowserHasItsOwn(t *testing.T) { // no lock-out from elsewhere
	h := open(t, nil)
	h.account("jana@mesto.example")
	owner := h.browser()
	owner.ask("jana@mesto.example")
	owner.bring("jana@mesto.example")
	h.now = h.now.Add(2 * time.Hour)
	for range 5 {
		h.browser().ask("jana@mesto.example").says(t, 200, "nejvýš tři")
	}
	if n := len(h.letters(mail.KindSignIn, "jana@mesto.example")); n != 1+3 {
		t.Errorf("%d letters", n)
	}
	owner.post("/odhlaseni")
	owner.ask("jana@mesto.example")
	if n := len(h.letters(mail.KindSignIn, "jana@mesto.example")); n != 1+4 {
		t.Errorf("%d letters: others have used up those of the owner", n)
	}
	if owner.bring("jana@mesto.example"); owner.who() != "Jana Nová" {
		t.Error("the owner is locked out")
	}
}

func TestAStrangerWhoUsesUpTheLettersKeepsTheOwnerOutOfNoNewBrowser(t *testing.T) { // no lock-out from elsewhere
	h := open(t, nil)
	h.account("jana@mesto.example")
	stranger := func(at string) {
		b := h.browser()
		b.heads["X-Forwarded-For"] = at
		b.ask("jana@mesto.example")
	}
	for minute := range 13 { // from ever new addresses
		stranger(fmt.Sprintf("192.0.2.%d", minute))
		h.now = h.now.Add(4 * time.Minute)
	}
	sent := len(h.letters(mail.KindSignIn, "jana@mesto.example"))
	if sent > 3+5 {
		t.Errorf("a mailbox is filled: %d letters", sent)
	}
	// The owner, in a browser that nobody knows, at the worst minutes.
	for minute := range 5 {
		owner := h.browser()
		owner.heads["X-Forwarded-For"] = "198.51.100.7"
		owner.ask("jana@mesto.example")
		if owner.bring("jana@mesto.example"); owner.who() != "Jana Nová" {
			t.Fatalf("minute %d: the owner is locked out", minute)
		}
		stranger(fmt.Sprintf("203.0.113.%d", minute))
		h.now = h.now.Add(11 * time.Minute)
	}
}

func TestWhatIsNoEmailIsSaidAtItsPlaceAndKept(t *testing.T) {
	h := open(t, nil)
	for _, typed := range []string{"jana", "", "jana@mesto", "<b>@x.cz", "a@b.cz\r\nBcc: x@y.cz"} {
		got := h.browser().ask(typed)
		got.says(t, 422, "například jana.novakova@mesto.cz")
		if kept, _ := got.Find("#email").Attr("value"); strings.Join(strings.Fields(kept), "") != strings.Join(strings.Fields(typed), "") {
			t.Errorf("%q came back as %q", typed, kept)
		}
	}
	h.browser().post("/en/prihlaseni", "email", "jana", "akce", "odkaz").says(t, 422, "for example jana.novakova@mesto.cz")
}

func TestALinkOfALetterNeverLeadsWhereARequestSays(t *testing.T) { // host header attack
	for _, c := range []struct{ base, listen, host, want string }{
		{"https://atlas.example", "", "zly.example", "https://atlas.example/prihlaseni/odkaz/"},
		{"", "0.0.0.0:8080", "zly.example", "http://localhost:8080/prihlaseni/odkaz/"},
		{"", "192.0.2.1:8080", "zly.example:8080", "http://192.0.2.1:8080/prihlaseni/odkaz/"},
		{"", "127.0.0.1:8080", "localhost:1", ""}, // the port is that of the instance
		{"", "127.0.0.1:8080", "127.0.0.1@zly.example", "http://localhost:8080/"},
	} {
		h := open(t, func(s *config.Config, _ *app.Options) {
			s.BaseURL = c.base
			if c.listen != "" {
				s.Listen = c.listen
			}
		})
		h.account("jana@mesto.example")
		b := h.browser()
		b.heads["Host"], b.heads["X-Forwarded-Host"] = c.host, "zly.example"
		if c.want == "" {
			_, port, _ := strings.Cut(strings.TrimPrefix(h.server.URL, "http://"), ":")
			c.want = "http://localhost:" + port + "/prihlaseni/odkaz/"
		}
		req := b.askOnce("jana@mesto.example")
		if got := h.letters(mail.KindSignIn, "jana@mesto.example"); len(got) != 1 || !strings.Contains(got[0].Text, c.want) || strings.Contains(got[0].Text+got[0].HTML, "zly.example") {
			t.Errorf("%+v: %d, %d letters, %+v", c, req, len(got), got)
		}
	}
}

func TestSigningInLeadsToAddressesOfOursOnly(t *testing.T) { // open redirect
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, "koza jede vlakem")
	for _, next := range []string{"https://zly.example", "//zly.example", `/\zly.example`, "/\t/zly.example", "javascript:alert(1)", "/" + strings.Repeat("a", 3000)} {
		b := h.browser()
		if got := b.get("/prihlaseni?" + url.Values{"dal": {next}}.Encode()); got.Find("input[name=dal]").Length() > 0 {
			t.Errorf("%q stands in the form", next)
		}
		if got := b.try("jana@mesto.example", "koza jede vlakem", "dal", next); got.status != 200 || got.path != "/prihlaseni" {
			t.Errorf("%q led to %s, %d", next, got.path, got.status)
		}
	}
	b := h.browser()
	if got := b.try("jana@mesto.example", "koza jede vlakem", "dal", "/en/projekty?q=a"); got.path != "/en/projekty?q=a" {
		t.Errorf("led to %s", got.path)
	}
}

func TestALinkMadeForAFormerAddressIsGoodNoMore(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	b := h.browser()
	b.ask("jana@mesto.example")
	link := h.linkTo("jana@mesto.example")
	who.Email = "jana@kraj.example"
	h.update(func(tx *store.Tx) error { return tx.PutAccount(t.Context(), who) })
	b.post(link).says(t, 410, "už neplatí")
	if _, err := h.app.OpenLink(t.Context(), link[strings.LastIndex(link, "/")+1:]); !errors.Is(err, app.ErrLinkExpired) {
		t.Error(err)
	}
}
