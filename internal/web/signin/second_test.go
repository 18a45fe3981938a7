package signin_test

import (
	"bytes"
	"mime/multipart"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/store"
)

func TestWithASecondFactorAPasswordIsHalfTheWay(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example", atlas.Grant{Role: atlas.RoleMethodologist})
	h.password(who.ID, password)
	codes := h.recovery(who.ID)
	b := h.browser()
	got := b.try("jana@mesto.example", password, "dal", "/vyzvy/nova")
	got.says(t, 200, "Druhý krok přihlášení")
	if !strings.HasPrefix(got.path, "/prihlaseni/druhy-krok?dal=") {
		t.Errorf("led to %s", got.path)
	}
	half, _ := h.store.Sessions(t.Context(), who.ID, h.now)
	b.get("/vyzvy/nova").says(t, 403, "není dokončené")
	b.get("/").says(t, 200, "chybí druhý krok", "Dokončit přihlášení")
	b.post("/prihlaseni/druhy-krok", "kod", "abcde-abcde").says(t, 422, "Kód nesouhlasí")
	b.post("/prihlaseni/druhy-krok", "kod", "123 456").says(t, 422, "Kód nesouhlasí")
	if got := b.post("/prihlaseni/druhy-krok", "kod", strings.ToUpper(codes[0]), "dal", "/vyzvy/nova"); got.path != "/vyzvy/nova" || got.status != 200 {
		t.Errorf("led to %s, %d", got.path, got.status)
	}
	whole, _ := h.store.Sessions(t.Context(), who.ID, h.now)
	if len(half) != 1 || len(whole) != 1 || half[0].Hash == whole[0].Hash || !whole[0].Strong {
		t.Errorf("%+v, then %+v", half, whole)
	}
	entries, _ := h.store.AuditEntries(t.Context(), store.AuditFilter{By: who.ID})
	var actions []string
	for _, e := range entries {
		actions = append(actions, e.Action)
	}
	if got := strings.Join(actions, " "); got != "second_step_failed second_step_failed recovery_code_used sign_in" {
		t.Error(got)
	}
	again := h.browser()
	again.try("jana@mesto.example", password)
	again.post("/prihlaseni/druhy-krok", "kod", codes[0]).says(t, 422, "už byl použit")
}

func TestASecondStepIsGuessedAFewTimesOnly(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	codes := h.recovery(who.ID)
	b := h.browser()
	b.try("jana@mesto.example", password)
	for range 5 {
		b.post("/prihlaseni/druhy-krok", "kod", "000000").says(t, 422, "Kód nesouhlasí")
	}
	b.post("/prihlaseni/druhy-krok", "kod", codes[0]).says(t, 422, "Počkejte prosím")
	h.now = h.now.Add(10 * time.Minute)
	if b.post("/prihlaseni/druhy-krok", "kod", codes[0]); b.who() != "Jana Nová" {
		t.Error("the wait does not end")
	}
}

func TestARoleOfStaffSaysWhyItWaitsAndLeadsOn(t *testing.T) { // 12.3
	h := open(t, nil)
	who := h.account("jana@mesto.example", atlas.Grant{Role: atlas.RoleMethodologist})
	h.password(who.ID, password)
	b := h.browser()
	b.try("jana@mesto.example", password).says(t, 200, "Jste přihlášeni", "Nastavit druhý krok")
	got := b.get("/vyzvy/nova")
	got.says(t, 403, "Chybí druhý krok", "Nastavit druhý krok")
	if got.Find(`main a[href="/ucet/druhy-faktor"]`).Length() != 1 {
		t.Error("it leads nowhere")
	}
	codes := h.recovery(who.ID)
	b.try("jana@mesto.example", password)
	b.post("/prihlaseni/druhy-krok", "kod", codes[0])
	b.get("/vyzvy/nova").says(t, 200)
	h.now = h.now.Add(15 * time.Hour)
	got = b.get("/vyzvy/nova")
	got.says(t, 403, "Potvrďte znovu")
	if got := b.get(got.Find(`main a.gov-button`).AttrOr("href", "")); got.status != 200 {
		t.Errorf("%d", got.status)
	}
	if got := b.post("/prihlaseni/druhy-krok", "kod", codes[1], "dal", "/vyzvy/nova"); got.path != "/vyzvy/nova" || got.status != 200 {
		t.Errorf("led to %s, %d", got.path, got.status)
	}
	plain := h.account("petr@mesto.example")
	h.password(plain.ID, password)
	p := h.browser()
	p.try("petr@mesto.example", password)
	p.get("/vyzvy/nova").says(t, 403, "nemáte oprávnění", "Napište provozovateli")
}

// fields of the form that a page carries, as a browser would send it.
func carried(a answer) (out []string) {
	a.Find("#formular input[type=hidden]").Each(func(_ int, s *goquery.Selection) {
		out = append(out, s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	return out
}

func TestWhatWasTypedSurvivesAnEndedSession(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example", atlas.Grant{Role: atlas.RoleMethodologist})
	h.password(who.ID, password)
	codes := h.recovery(who.ID)
	b := h.browser()
	enter := func(code string) {
		b.try("jana@mesto.example", password)
		b.post("/prihlaseni/druhy-krok", "kod", code)
	}
	enter(codes[0])
	if err := h.app.SignOutElsewhere(t.Context(), who.ID, ""); err != nil { // ended elsewhere
		t.Fatal(err)
	}
	typed := []string{"version", "0", "title", "Kurz \"češtiny\" <b>", "annotation", "První\r\nDruhý", "areas", "JAZ", "areas", "SKO", "heslo", "tajne heslo"}
	lost := b.post("/vyzvy/nova", typed...)
	lost.says(t, 403, "nic se neztratilo", "mezitím skončilo", "Kurz \"češtiny\" <b>")
	if strings.Contains(lost.body, "tajne heslo") || lost.Find(`#formular input[type=password][name=heslo]`).Length() != 1 {
		t.Error("a password was carried")
	}
	if lost.Find(`main a[target=_blank]`).AttrOr("href", "") != "/prihlaseni?dal=%2Fprihlaseni" {
		t.Error("signing in does not open beside it")
	}
	enter(codes[1]) // in the other window
	got := b.post(lost.Find("#formular").AttrOr("action", ""), append(carried(lost), "akce", "ulozit")...)
	if got.status == 403 || got.Find("input[name=title]").AttrOr("value", "") != typed[3] && !strings.Contains(got.Text(), typed[3]) {
		t.Errorf("%d at %s: what was typed did not come through", got.status, got.path)
	}
}

func TestARoleTakenAwayInMidEditLosesNothingOfWhatWasTyped(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example", atlas.Grant{Role: atlas.RoleMethodologist})
	h.password(who.ID, password)
	codes := h.recovery(who.ID)
	b := h.browser()
	b.try("jana@mesto.example", password)
	b.post("/prihlaseni/druhy-krok", "kod", codes[0])
	h.update(func(tx *store.Tx) error { return tx.DropGrant(t.Context(), who.ID, atlas.RoleMethodologist, "") })
	b.post("/vyzvy/nova", "title", "Kurz češtiny").says(t, 403, "oprávnění", "Kurz češtiny")
}

func TestAnUploadThatWasRefusedSaysThatTheFileIsToBeChosenAgain(t *testing.T) {
	h := open(t, nil)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("url", "https://www.dotaceeu.cz/")
	file, _ := form.CreateFormFile("file", "seznam.csv")
	_, _ = file.Write([]byte(strings.Repeat("a;b\n", 1000)))
	_ = form.WriteField("accessed", "2026-01-31")
	_ = form.Close()
	got := h.browser().do("POST", "/import", form.FormDataContentType(), &body)
	got.says(t, 403, "nic se neztratilo", "K uložení je potřeba", "vyberte ho prosím znovu", "seznam.csv")
	if k := strings.Join(carried(got), " "); k != "url https://www.dotaceeu.cz/ accessed 2026-01-31" {
		t.Errorf("carried %s", k)
	}
	if got.Find(`form[enctype="multipart/form-data"] input[type=file][name=file]`).Length() != 1 {
		t.Error("the file cannot be chosen")
	}
}

func TestAPageForThoseSignedInAsksToSignInAndLeadsBack(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example", atlas.Grant{Role: atlas.RoleMethodologist})
	h.password(who.ID, password)
	codes := h.recovery(who.ID)
	b := h.browser()
	got := b.get("/en/vyzvy/nova?x=1")
	got.says(t, 403, "This page is for people who are signed in")
	if next := got.Find("#formular input[name=dal]").AttrOr("value", ""); next != "/en/vyzvy/nova?x=1" {
		t.Errorf("leads on to %q", next)
	}
	b.try("jana@mesto.example", password, "dal", "/en/vyzvy/nova?x=1")
	if got := b.post("/prihlaseni/druhy-krok", "kod", codes[0], "dal", "/en/vyzvy/nova?x=1"); got.status != 200 || got.path != "/en/vyzvy/nova?x=1" {
		t.Errorf("%d %s", got.status, got.path)
	}
}

func TestASessionOfAnErasedAccountEnds(t *testing.T) {
	h := open(t, nil)
	who := h.account("jana@mesto.example")
	h.password(who.ID, password)
	b := h.browser()
	b.try("jana@mesto.example", password)
	writing := h.browser()
	writing.try("jana@mesto.example", password)
	now, err := h.store.Account(t.Context(), who.ID)
	if err != nil {
		t.Fatal(err)
	}
	now.Email, now.Name, now.State = "", "", atlas.AccountErased
	h.update(func(tx *store.Tx) error { return tx.PutAccount(t.Context(), now) })
	writing.post("/vyzvy/nova", "title", "Kurz češtiny").says(t, 403, "mezitím skončilo", "Kurz češtiny")
	b.get("/o-databazi").says(t, 200, "přihlášení skončilo")
	if b.who() != "" {
		t.Error("still there")
	}
	b.try("jana@mesto.example", password).says(t, 422, "nesouhlasí")
}
