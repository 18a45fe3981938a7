package members_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

const people = "/akteri/A-00001/lide"

// letters are the kinds of letters that wait, with whom they are for.
func letters(t *testing.T, i *webtest.Instance) string {
	t.Helper()
	all, err := i.Store.Letters(t.Context(), store.LetterWaiting, 10)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range all {
		out = append(out, l.Kind+" "+l.To)
	}
	return strings.Join(out, ", ")
}

// linkIn is the address of ours that the only letter leads to.
func linkIn(t *testing.T, i *webtest.Instance) string {
	t.Helper()
	l, err := i.Store.ClaimLetter(t.Context(), webtest.Now, 1)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(l.Text, "/pozvanka/")
	if at < 0 {
		t.Fatalf("no link in %s", l.Text)
	}
	return strings.Fields(l.Text[at:])[0]
}

func TestThePeopleOfAnOrganisationAreShownToItsOwnOnly(t *testing.T) {
	i := webtest.Start(t)
	member, boss, other := i.Account(t, "m@o.example"), i.Account(t, "b@o.example"), i.Account(t, "x@o.example")
	admin := i.Account(t, "a@o.example", atlas.Grant{Role: atlas.RoleAdmin})
	i.Join(t, member.ID, "A-00001", false)
	i.Join(t, boss.ID, "A-00001", true)
	i.Join(t, other.ID, "A-00002", true)
	for _, c := range []struct {
		account string
		status  int
		manages bool
		link    bool
	}{{"", 403, false, false}, {other.ID, 403, false, false}, {member.ID, 200, false, true}, {boss.ID, 200, true, true}, {admin.ID, 200, true, true}} {
		i.SignOut(t)
		if c.account != "" {
			i.SignIn(t, c.account, true)
		}
		for _, face := range []string{"", "/en"} {
			p := i.Get(t, face+people)
			if p.Status != c.status || (p.Find("#pozvat").Length() == 1) != c.manages || strings.Contains(p.Body, "@o.example") != c.manages {
				t.Errorf("%s: %d, manages %v", c.account, p.Status, p.Find("#pozvat").Length() == 1)
			}
			if got := i.Get(t, face+"/akteri/A-00001").Find(`a[href="`+face+people+`"]`).Length() == 1; got != c.link {
				t.Errorf("%s: the page of the organisation leads there: %v", c.account, got)
			}
		}
		if !c.manages {
			for _, path := range []string{"/pozvat", "/poverit", "/zrusit-pozvani"} {
				if p := i.Post(t, people+path, url.Values{"email": {"z@o.example"}, "actor": {"A-00002"}, "until": {"2027"}}); p.Status != http.StatusForbidden {
					t.Errorf("%s: %s answers %d", c.account, path, p.Status)
				}
			}
		}
	}
	if got := letters(t, i); got != "" {
		t.Errorf("letters %s", got)
	}
}

func TestARequestGoesFromThePageToTheManagerAndBack(t *testing.T) {
	i := webtest.Start(t)
	jana, boss := i.Account(t, "jana@o.example"), i.Account(t, "b@o.example")
	i.Join(t, boss.ID, "A-00001", true)
	if p := i.Get(t, "/akteri/A-00001/pridat-se"); p.Status != 403 {
		t.Errorf("the public: %d", p.Status)
	}
	i.SignIn(t, jana.ID, false)
	if p := i.Get(t, "/akteri/A-00001"); p.Find(`a[href="/akteri/A-00001/pridat-se"]`).Length() != 1 {
		t.Error("nothing leads to joining")
	}
	if p := i.Post(t, "/akteri/A-00001/pridat-se", url.Values{"note": {" "}}); p.Status != 422 || !strings.Contains(p.Words(".problems"), "Napište pár slov") {
		t.Errorf("%d %s", p.Status, p.Words("main"))
	}
	long := strings.Repeat("ž", 1001)
	if p := i.Post(t, "/akteri/A-00001/pridat-se", url.Values{"note": {long}}); p.Status != 422 || p.Find("textarea").Text() != long {
		t.Errorf("%d", p.Status)
	}
	if p := i.Post(t, "/akteri/A-00001/pridat-se", url.Values{"note": {"starám se o dotace"}}); !strings.Contains(p.Words("main"), "čeká na rozhodnutí") {
		t.Errorf("%s", p.Words("main"))
	}
	i.SignIn(t, boss.ID, false)
	if p := i.Get(t, people); !strings.Contains(p.Words("section[aria-labelledby=zadosti]"), "starám se o dotace") {
		t.Errorf("%s", p.Words("main"))
	}
	if p := i.Post(t, people+"/rozhodnout", url.Values{"akce": {"prijmout"}, "ucet": {jana.ID}}); !strings.Contains(p.Words(".notice-success"), "Přijato") {
		t.Errorf("%d %s", p.Status, p.Words(".notice"))
	}
	if p := i.Post(t, people+"/rozhodnout", url.Values{"akce": {"odmitnout"}, "ucet": {jana.ID}}); !strings.Contains(p.Words(".notice-warning"), "Mezitím rozhodl") {
		t.Errorf("decided twice: %s", p.Words(".notice"))
	}
	if p := i.Post(t, people+"/rozhodnout", url.Values{"akce": {"odejit"}}); !strings.Contains(p.Words(".notice-error"), "bez správce") {
		t.Errorf("the last manager left: %s", p.Words(".notice"))
	}
	if p := i.Post(t, people+"/rozhodnout", url.Values{"akce": {"odejit"}, "nastupce": {jana.ID}}); !strings.Contains(p.Words(".notice-success"), "Už nejste členem") {
		t.Errorf("%s", p.Words(".notice"))
	}
	if p := i.Post(t, people+"/rozhodnout", url.Values{"akce": {"ukoncit"}, "ucet": {jana.ID}}); p.Status != http.StatusForbidden {
		t.Errorf("who left decides: %d", p.Status)
	}
}

func TestAnInvitedPersonWithoutAnAccountBecomesAMember(t *testing.T) {
	i := webtest.Start(t)
	boss := i.Account(t, "b@o.example")
	i.Join(t, boss.ID, "A-00001", true)
	i.SignIn(t, boss.ID, false)
	if p := i.Post(t, people+"/pozvat", url.Values{"email": {"Jana <j@x>"}}); p.Status != 422 || !strings.Contains(p.Words("#pozvat"), "není e-mail") || p.Find("#f-email").AttrOr("value", "") != "Jana <j@x>" {
		t.Errorf("%d %s", p.Status, p.Words("#pozvat"))
	}
	if p := i.Post(t, people+"/pozvat", url.Values{"email": {"nova@o.example"}}); !strings.Contains(p.Words("section[aria-labelledby=pozvani]"), "nova@o.example") {
		t.Errorf("%s", p.Words("main"))
	}
	link := linkIn(t, i)
	if p := i.Get(t, link); !strings.Contains(p.Words("main"), "přihlášeni pod jinou") {
		t.Errorf("signed in as somebody else: %s", p.Words("main"))
	}
	i.SignOut(t)
	for range 2 { // opening uses nothing up
		if p := i.Get(t, link); p.Status != 200 || !strings.Contains(p.Words("main"), "vznikne účet s adresou nova@o.example") {
			t.Fatalf("%d %s", p.Status, p.Words("main"))
		}
	}
	if p := i.Post(t, link, url.Values{"jmeno": {""}, "souhlas": {"1"}}); p.Status != 422 || !strings.Contains(p.Words(".problems"), "jméno") {
		t.Errorf("%d %s", p.Status, p.Words("main"))
	}
	if p := i.Post(t, link, url.Values{"jmeno": {"Nová Členka"}, "souhlas": {"1"}}); p.Status != 200 || p.Path != "/akteri/A-00001" || p.Find(`a[href="`+people+`"]`).Length() != 1 {
		t.Errorf("%d at %s: %s", p.Status, p.Path, p.Words(".notice"))
	}
	if p := i.Post(t, link, url.Values{"jmeno": {"Podruhé"}, "souhlas": {"1"}}); p.Status != http.StatusConflict || !strings.Contains(p.Words("main"), "už neplatí") {
		t.Errorf("used twice: %d %s", p.Status, p.Words("main"))
	}
	if p := i.Get(t, "/en"+link); p.Status != http.StatusGone {
		t.Errorf("%d", p.Status)
	}
	if p := i.Get(t, "/pozvanka/nesmysl"); p.Status != 404 {
		t.Errorf("nonsense: %d", p.Status)
	}
}

func TestAMandateIsGivenSeenByBothSidesAndTakenBack(t *testing.T) { // U-14
	i := webtest.Start(t)
	boss, other := i.Account(t, "b@o.example"), i.Account(t, "x@o.example")
	i.Join(t, boss.ID, "A-00001", true)
	i.Join(t, other.ID, "A-00002", true)
	i.SignIn(t, boss.ID, false)
	for typed, want := range map[string]string{
		"until=31.+12.+2027":                          "Tady je potřeba údaj",
		"actor=A-99999&until=31.+12.+2027":            "v databázi není",
		"actor=A-00002":                               "musí mít konec",
		"actor=A-00002&until=zítra":                   "není datum",
		"actor=A-00002&until=2020":                    "už minul",
		"actor=A-00002&until=2035":                    "nejvýše 3 roky",
		"actor=A-00001&until=2027":                    "sama sebe",
		"actor=A-00002&until=2027&territory=CZ042":    "může pověřit jen jeho editor",
		"actor=A-00002&until=2027&territory=Nikdeves": "v databázi není",
	} {
		values, _ := url.ParseQuery(typed)
		if a := values.Get("actor"); a != "" {
			values.Set("actor", "Název ["+a+"]")
		}
		p := i.Post(t, people+"/poverit", values)
		if p.Status != 422 || !strings.Contains(p.Words("#poverit .problems"), want) {
			t.Errorf("%s: %d %s", typed, p.Status, p.Words("#poverit .problems"))
		}
	}
	give := url.Values{"actor": {"Název [A-00002]"}, "until": {"31. 12. 2027"}}
	p := i.Post(t, people+"/poverit", give)
	if p.Status != 200 || !strings.Contains(p.Words("section[aria-labelledby=dana]"), "platí do 31. 12. 2027") {
		t.Fatalf("%d %s", p.Status, p.Words("main"))
	}
	if p := i.Post(t, people+"/poverit", give); p.Status != 422 || !strings.Contains(p.Words("#poverit"), "Stejné pověření už platí (M-00001)") {
		t.Errorf("given twice: %d", p.Status)
	}
	i.SignIn(t, other.ID, false)
	if p := i.Get(t, "/en/akteri/A-00002/lide"); !strings.Contains(p.Words("section[aria-labelledby=ma]"), "M-00001") {
		t.Errorf("%s", p.Words("main"))
	}
	i.SignIn(t, boss.ID, false)
	p = i.Post(t, people+"/ukoncit-povereni", url.Values{"povereni": {"M-00001"}})
	if !strings.Contains(p.Words("section[aria-labelledby=dana]"), "ukončeno předčasně") {
		t.Errorf("%s", p.Words("main"))
	}
	if p := i.Post(t, people+"/ukoncit-povereni", url.Values{"povereni": {"M-00001"}}); !strings.Contains(p.Words(".notice-warning"), "Mezitím") {
		t.Errorf("ended twice: %s", p.Words(".notice"))
	}
	if p := i.Post(t, people+"/ukoncit-povereni", url.Values{"povereni": {"M-99999"}}); p.Status != 404 {
		t.Errorf("no such mandate: %d", p.Status)
	}
}
