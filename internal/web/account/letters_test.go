package account_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"atlas/internal/store"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

var linkOf = regexp.MustCompile(`https?://[^/\s]+(/\S+)`)

// letter takes the letter that waits the longest, and the address in it.
func letter(t *testing.T, i *webtest.Instance) (store.Letter, string) {
	t.Helper()
	l, err := i.Store.ClaimLetter(t.Context(), webtest.Now.Add(time.Second), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if err := i.Store.LetterDone(t.Context(), l, webtest.Now); err != nil {
		t.Fatal(err)
	}
	m := linkOf.FindStringSubmatch(l.Text)
	if m == nil {
		t.Fatalf("no link in %s", l.Text)
	}
	return l, m[1]
}

func TestTheEMailIsChangedByALinkToTheNewAddressAndTheOldOneIsTold(t *testing.T) {
	i, who := start(t)
	i.Account(t, "obsazeno@mesto.example")
	ask := func(email string) webtest.Page { return i.Post(t, route.AccountEmail, url.Values{"email": {email}}) }
	for email, want := range map[string]string{"nesmysl": "„nesmysl“ není e-mail", who.Email: "kterou už máte"} {
		if p := ask(email); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), want) {
			t.Errorf("%s: %d %s", email, p.Status, p.Words(".problems"))
		}
	}
	taken := ask("obsazeno@mesto.example")
	if n, err := i.Store.LettersCount(t.Context(), store.LetterWaiting); err != nil || n != 0 || !strings.Contains(taken.Words(".notice"), "obsazeno@mesto.example") {
		t.Errorf("an address of another: %d letters, %s", n, taken.Words(".notice"))
	}
	ask("jana@novemesto.example")
	l, address := letter(t, i)
	if l.To != "jana@novemesto.example" {
		t.Errorf("the link went to %s", l.To)
	}
	if p := i.Get(t, address); p.Status != http.StatusOK || p.Find("form[action='"+address+"'] button").Length() != 1 {
		t.Errorf("%d %s", p.Status, p.Words("main"))
	}
	if a, _ := i.Store.Account(t.Context(), who.ID); a.Email != who.Email {
		t.Error("opening the link changed the address already")
	}
	i.Post(t, address, nil)
	if a, _ := i.Store.Account(t.Context(), who.ID); a.Email != "jana@novemesto.example" {
		t.Errorf("the address is %s", a.Email)
	}
	told, _ := letter(t, i)
	if told.To != who.Email || told.Kind != "changed" || !strings.Contains(told.Text, "e-mailová adresa") {
		t.Errorf("told: %s to %s", told.Kind, told.To)
	}
	for lang, want := range map[string]string{"cs": "není pro váš účet", "en": "not for your account"} { // links are gone after the change
		if p := i.Post(t, route.In(lang, address), nil); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), want) {
			t.Errorf("the second time: %d %s", p.Status, p.Words(".problems"))
		}
	}
}

func TestALinkOfAnotherAccountProvesNothing(t *testing.T) {
	i, who := start(t)
	later(t, i, who)
	if p := i.Get(t, route.AccountErase); !strings.HasPrefix(p.Path, route.AccountProof) {
		t.Fatalf("%s", p.Path)
	}
	i.Post(t, route.AccountProof, url.Values{"akce": {"odkaz"}, "zpet": {route.AccountErase}})
	_, address := letter(t, i)

	other := i.Account(t, "cizi@mesto.example")
	i.SignIn(t, other.ID, false)
	later(t, i, other)
	if p := i.Post(t, address, nil); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("of another: %d %s", p.Status, p.Path)
	}
	i.SignIn(t, who.ID, false)
	later(t, i, who)
	if p := i.Post(t, address, nil); p.Path != route.AccountErase || p.Status != http.StatusOK {
		t.Errorf("of one's own: %d %s", p.Status, p.Path)
	}
	later(t, i, who)
	if p := i.Post(t, address, nil); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), "už byl použit") {
		t.Errorf("twice: %d %s", p.Status, p.Words(".problems"))
	}
}

func TestAProofLeadsNowhereButToUs(t *testing.T) {
	i, _ := start(t)
	for _, evil := range []string{"https://zly.example/", "//zly.example/", `/\zly.example`, "javascript:alert(1)"} {
		if p := i.Get(t, route.AccountProving("cs", evil)); p.Path != route.Account {
			t.Errorf("%s leads to %s", evil, p.Path)
		}
	}
}

func TestEveryChangeOfWhatAnAccountIsEnteredByIsToldAndLogged(t *testing.T) {
	i, who := start(t)
	enrol(t, i)
	i.Post(t, route.AccountRecovery, nil)
	i.Post(t, route.AccountPassword, url.Values{"password": {"fialový bagr v sedm ráno"}, "again": {"fialový bagr v sedm ráno"}})
	var told []string
	for range 3 {
		l, _ := letter(t, i)
		told = append(told, l.Kind+" "+l.To)
	}
	if strings.Join(told, ", ") != strings.Repeat("changed "+who.Email+", ", 2)+"changed "+who.Email {
		t.Errorf("told: %v", told)
	}
	entries, err := i.Store.AuditEntries(t.Context(), store.AuditFilter{By: who.ID})
	if err != nil {
		t.Fatal(err)
	}
	var actions []string
	for _, e := range entries {
		actions = append(actions, e.Action)
		if strings.Contains(e.Subject, "@") || strings.Contains(e.Subject, "Jana") {
			t.Errorf("the log says %q", e.Subject)
		}
	}
	for _, want := range []string{"account_codes", "account_recovery", "account_password"} {
		if !strings.Contains(strings.Join(actions, " "), want) {
			t.Errorf("%s is not in %v", want, actions)
		}
	}
}

func TestPasskeysAreRenamedAndRemovedByTheirOwnerOnly(t *testing.T) {
	i, who := start(t)
	other := i.Account(t, "cizi@mesto.example")
	update(t, i, func(tx *store.Tx) error {
		if err := tx.PutPasskey(t.Context(), store.Passkey{ID: "moje", Account: who.ID, Name: "Telefon", Credential: "{}", AddedAt: webtest.Now}); err != nil {
			return err
		}
		return tx.PutPasskey(t.Context(), store.Passkey{ID: "cizi", Account: other.ID, Name: "Cizí", Credential: "{}", AddedAt: webtest.Now})
	})
	i.SignIn(t, who.ID, true)
	mine, theirs := route.Fill(route.AccountKey, "moje"), route.Fill(route.AccountKey, "cizi")
	if p := i.Post(t, mine, url.Values{"key_name": {"Klíč na stole"}}); !strings.Contains(p.Words("main"), "Klíč na stole") {
		t.Errorf("%s", p.Words("main"))
	}
	if p := i.Post(t, mine, url.Values{"key_name": {" "}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("without a name: %d", p.Status)
	}
	for _, form := range []url.Values{{"key_name": {"Ukradený"}}, {"akce": {"odebrat"}}} {
		if p := i.Post(t, theirs, form); p.Status != http.StatusNotFound {
			t.Errorf("of another: %d", p.Status)
		}
	}
	if p := i.Post(t, mine, url.Values{"akce": {"odebrat"}}); !strings.Contains(p.Words("main"), "žádný klíč nemáte") {
		t.Errorf("%s", p.Words("main"))
	}
	if keys, err := i.Store.Passkeys(t.Context(), other.ID); err != nil || len(keys) != 1 || keys[0].Name != "Cizí" {
		t.Errorf("%+v, %v", keys, err)
	}
}
