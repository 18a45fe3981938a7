package admin_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

func start(t *testing.T) *webtest.Instance { t.Helper(); return webtest.Empty(t) }

// admin puts an administrator at the browser.
func admin(t *testing.T, i *webtest.Instance) *atlas.Account {
	t.Helper()
	who := i.Account(t, "admin@atlas.example", atlas.Grant{Role: atlas.RoleAdmin})
	i.SignIn(t, who.ID, true)
	return who
}

// change adds values to the form of a page.
func change(values url.Values, pairs ...string) url.Values {
	for n := 0; n < len(pairs); n += 2 {
		values.Set(pairs[n], pairs[n+1])
	}
	return values
}

var usersPages = []string{"/sprava/lide", "/sprava/lide/U-00001"}

var listsPages = []string{"/sprava", "/sprava/ciselniky", "/sprava/ciselniky/aktivity", "/sprava/ciselniky/aktivity/nova-polozka",
	"/sprava/ciselniky/aktivity/polozky/A01", "/sprava/nazvy", "/sprava/texty", "/sprava/texty/home.lead", "/sprava/uzemi"}

func TestTheAdministrationIsForThoseOfTheTableOnly(t *testing.T) { // chapter 11
	i := start(t)
	for name, c := range map[string]struct {
		role         atlas.Role
		strong       bool
		users, lists int
	}{
		"public":             {"", false, 403, 403},
		"registered":         {atlas.RoleRegistered, false, 403, 403},
		"territory":          {atlas.RoleTerritory, false, 403, 403},
		"evaluator":          {atlas.RoleEvaluator, true, 403, 403},
		"facilitator":        {atlas.RoleFacilitator, true, 403, 403},
		"methodologist":      {atlas.RoleMethodologist, true, 403, 200},
		"admin":              {atlas.RoleAdmin, true, 200, 200},
		"admin without both": {atlas.RoleAdmin, false, 403, 403},
	} {
		i.SignOut(t)
		if c.role != "" {
			g := atlas.Grant{Role: c.role}
			if c.role == atlas.RoleTerritory {
				g.Territory = "CZ042"
			}
			var grants []atlas.Grant
			if c.role != atlas.RoleRegistered {
				grants = append(grants, g)
			}
			i.SignIn(t, i.Account(t, strings.ReplaceAll(name, " ", "-")+"@atlas.example", grants...).ID, c.strong)
		} else {
			i.Account(t, "prvni@atlas.example")
		}
		for _, path := range usersPages {
			if p := i.Get(t, path); p.Status != c.users && !(c.users == 200 && p.Status == 404) {
				t.Errorf("%s: %s answers %d", name, path, p.Status)
			}
		}
		for _, path := range listsPages {
			for _, face := range []string{"", "/en"} {
				if p := i.Get(t, face+path); p.Status != c.lists {
					t.Errorf("%s: %s answers %d", name, face+path, p.Status)
				}
			}
		}
	}
}

func TestARoleIsGivenAndTakenOnThePageOfAPerson(t *testing.T) {
	i := start(t)
	admin(t, i)
	jana := i.Account(t, "jana@mesto.example")
	at := "/sprava/lide/" + jana.ID
	for typed, want := range map[string]string{
		"role=":                              "Vyberte roli",
		"role=territory":                     "musí mít území",
		"role=territory&territory=Nikdeves":  "„Nikdeves“ v databázi není",
		"role=methodologist&territory=CZ042": "Tato role území nemá",
		"role=methodologist&until=2020":      "Tento den už minul",
		"role=methodologist&until=za+rok":    "„za rok“ není datum",
		"role=organisation":                  "Vyberte roli",
	} {
		values, _ := url.ParseQuery(typed)
		p := i.Post(t, at+"/role", values)
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words("#pridelit"), want) {
			t.Errorf("%s: %d %s", typed, p.Status, p.Words("#pridelit"))
		}
	}
	p := i.Post(t, at+"/role", url.Values{"role": {"territory"}, "territory": {"CZ042"}, "until": {"31. 12. 2027"}})
	if p.Status != 200 || !strings.Contains(p.Words("section[aria-labelledby=role]"), "editor obce nebo kraje, Ústecký kraj, do 31. 12. 2027") {
		t.Errorf("%d %s", p.Status, p.Words("section[aria-labelledby=role]"))
	}
	if got := letters(t, i); got != "role jana@mesto.example" {
		t.Errorf("letters %q", got)
	}
	p = i.Post(t, at, url.Values{"akce": {"odebrat"}, "role": {"territory"}, "territory": {"CZ042"}})
	if !strings.Contains(p.Words("section[aria-labelledby=role]"), "Žádnou zvláštní roli nemá") {
		t.Errorf("%s", p.Words("main"))
	}
	p = i.Post(t, at, url.Values{"akce": {"odebrat"}, "role": {"territory"}, "territory": {"CZ042"}})
	if !strings.Contains(p.Words(".notice"), "Mezitím") {
		t.Errorf("taken twice: %s", p.Words(".notice"))
	}
	if p := i.Get(t, "/en/sprava/lide?role=admin"); !strings.Contains(p.Words("tbody"), "administrator") || strings.Contains(p.Words("tbody"), "jana@") {
		t.Errorf("%s", p.Words("tbody"))
	}
}

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

func TestTheAdministrationSignsAnAccountOut(t *testing.T) {
	i := start(t)
	who := i.Account(t, "jana@mesto.example")
	if _, err := i.App.StartSession(t.Context(), who.ID, "její prohlížeč", false); err != nil {
		t.Fatal(err)
	}
	admin(t, i)
	p := i.Post(t, "/sprava/lide/"+who.ID, url.Values{"akce": {"odhlasit"}})
	if all, err := i.Store.Sessions(t.Context(), who.ID, webtest.Now); err != nil || len(all) != 0 || p.Status != http.StatusOK {
		t.Errorf("%d, %d sessions, %v", p.Status, len(all), err)
	}
}

func TestTheOnlyAdministratorCanNeitherGoNorBlockThemselves(t *testing.T) {
	i := start(t)
	who := admin(t, i)
	at := "/sprava/lide/" + who.ID
	for akce, want := range map[string]string{"odebrat": "zůstala bez správce", "zablokovat": "Svůj účet zablokovat nejde"} {
		p := i.Post(t, at, url.Values{"akce": {akce}, "role": {"admin"}, "version": {"1"}})
		if !strings.Contains(p.Words(".notice-error"), want) {
			t.Errorf("%s: %d %s", akce, p.Status, p.Words(".notice"))
		}
	}
	if p := i.Post(t, at, url.Values{"akce": {"smazat"}}); p.Status != http.StatusBadRequest {
		t.Errorf("an unknown deed: %d", p.Status)
	}
}

func TestAnItemIsAddedChangedMovedAndRetired(t *testing.T) {
	i := start(t)
	admin(t, i)
	at := "/sprava/ciselniky/aktivity"
	form := i.Get(t, at+"/nova-polozka").Values()
	for field, c := range map[string]struct{ value, want string }{
		"code": {"a b", "nejde použít jako kód"}, "cs": {"", "Tady je potřeba údaj"}, "position": {"první", "není pořadí"},
	} {
		values := change(url.Values{"version": form["version"]}, "code", "NOVA", "cs", "Nová", "en", "New", field, c.value)
		if p := i.Post(t, at+"/nova-polozka", values); p.Status != 422 || !strings.Contains(p.Words(".problems"), c.want) || p.Find("#f-en").AttrOr("value", "") != "New" {
			t.Errorf("%s: %d %s", field, p.Status, p.Words(".problems"))
		}
	}
	added := change(url.Values{"version": form["version"]}, "code", "NOVA", "cs", "Nová aktivita", "en", "New activity", "position", "1")
	if p := i.Post(t, at+"/nova-polozka", added); p.Status != 200 || p.Words("tbody tr:first-child th") != "Nová aktivita" {
		t.Fatalf("%d %s", p.Status, p.Words("main"))
	}
	if p := i.Post(t, at+"/nova-polozka", added); p.Status != 422 || !strings.Contains(p.Words(".problems"), "změnil někdo jiný") {
		t.Errorf("an old version: %d %s", p.Status, p.Words(".problems"))
	}
	item := at + "/polozky/NOVA"
	p := i.Post(t, item, change(i.Get(t, item).Values(), "successor", "A01"))
	if p.Status != 422 || !strings.Contains(p.Words(".problems"), "jen položka, která skončila") {
		t.Errorf("%d %s", p.Status, p.Words(".problems"))
	}
	p = i.Post(t, item, change(i.Get(t, item).Values(), "successor", "A01", "valid_to", "31. 12. 2026", "cs", "Bývalá aktivita"))
	if p.Status != 200 || !strings.Contains(p.Words("tbody tr:first-child"), "Bývalá aktivita") || !strings.Contains(p.Words("tbody tr:first-child"), "→ A01") {
		t.Errorf("%d %s", p.Status, p.Words("tbody tr:first-child"))
	}
	if got := i.Get(t, "/ciselniky/aktivity").Words("tbody tr:first-child"); !strings.Contains(got, "nahrazuje ji A01") {
		t.Errorf("readers see %s", got)
	}
	if p := i.Get(t, at+"/polozky/NIC"); p.Status != 404 {
		t.Errorf("no such item: %d", p.Status)
	}
	fixed := change(url.Values{"version": {"1"}}, "code", "X", "cs", "X", "en", "X")
	if p := i.Post(t, "/sprava/ciselniky/stavy-zaznamu/nova-polozka", fixed); p.Status != 422 || !strings.Contains(p.Words(".problems"), "program počítá") {
		t.Errorf("a list that the program relies on: %d %s", p.Status, p.Words(".problems"))
	}
}

func TestATextOfAPageIsPreviewedSavedAndTakenBack(t *testing.T) {
	i := start(t)
	admin(t, i)
	shipped := i.Get(t, "/").Words(".hero .lead")
	at, text := "/sprava/texty/home.lead", "Vítejte <b>tady</b>.\n\nPište na info@mesto.example, viz https://mesto.example/x."
	values := change(i.Get(t, at).Values(), "cs", text, "akce", "nahled")
	p := i.Post(t, at, values)
	if p.Status != 200 || p.Find("section.card p").Length() < 2 || i.Get(t, "/").Words(".hero .lead") != shipped {
		t.Errorf("preview: %d %s", p.Status, p.Words("section.card"))
	}
	i.Post(t, at, change(values, "akce", "ulozit"))
	home := i.Get(t, "/")
	if got := home.Words(".hero .lead"); got != "Vítejte <b>tady</b>.Pište na info@mesto.example, viz https://mesto.example/x." && !strings.HasPrefix(got, "Vítejte <b>tady</b>.") {
		t.Errorf("%q", got)
	}
	if home.Find(`.hero a[href="mailto:info@mesto.example"]`).Length() != 1 || home.Find(`.hero a[href="https://mesto.example/x"]`).Length() != 1 || home.Find(".hero b").Length() != 0 {
		t.Error("links or marks are wrong")
	}
	if got := i.Get(t, "/en").Words(".hero .lead"); strings.Contains(got, "Vítejte") {
		t.Errorf("the English face says %q", got)
	}
	if p := i.Post(t, at, values); p.Status != 422 || !strings.Contains(p.Words(".problems"), "změnil někdo jiný") {
		t.Errorf("an old version: %d", p.Status)
	}
	i.Post(t, at, change(i.Get(t, at).Values(), "cs", "", "akce", "ulozit"))
	if got := i.Get(t, "/").Words(".hero .lead"); got != shipped {
		t.Errorf("taken back: %q", got)
	}
	if p := i.Get(t, "/sprava/texty/nic"); p.Status != 404 {
		t.Errorf("no such text: %d", p.Status)
	}
	if p := i.Post(t, "/sprava/texty/home.title", change(url.Values{"version": {"0"}}, "cs", "a\n\nb")); p.Status != 422 {
		t.Errorf("a heading of two lines: %d", p.Status)
	}
}

func TestSpellingsSaySoWhenALineIsWrongAndKeepEveryWord(t *testing.T) {
	i := start(t)
	admin(t, i)
	for typed, want := range map[string]string{
		"":                                "Seznam je prázdný",
		"Charkov":                         "Řádek 1 („Charkov“)",
		"a | b\nCharkov | Kharkiv\nB | c": "„B“ na řádku 3 už je na řádku 1",
	} {
		p := i.Post(t, "/sprava/nazvy", url.Values{"version": {"0"}, "groups": {typed}})
		if p.Status != 422 || !strings.Contains(p.Words(".problems"), want) || p.Find("textarea").Text() != typed {
			t.Errorf("%q: %d %s", typed, p.Status, p.Words(".problems"))
		}
	}
	p := i.Post(t, "/sprava/nazvy", url.Values{"version": {"0"}, "groups": {"Brno | Brünn\n\nCharkov|Kharkiv"}})
	if p.Status != 200 || !strings.Contains(p.Find("textarea").Text(), "Charkov | Kharkiv") || !strings.Contains(p.Words("main"), "2 skupiny") {
		t.Errorf("%d %s", p.Status, p.Words("main"))
	}
	if p := i.Post(t, "/sprava/nazvy", url.Values{"version": {"0"}, "groups": {"a|b"}}); p.Status != 422 || !strings.Contains(p.Words(".problems"), "změnil někdo jiný") {
		t.Errorf("an old version: %d", p.Status)
	}
}

func TestTheOverviewSaysWhatWaitsAndLettersAreSentAgainOrThrownAway(t *testing.T) {
	i := start(t)
	admin(t, i)
	p := i.Post(t, "/sprava/zkusebni-dopis", nil)
	if p.Status != 200 || letters(t, i) != "test admin@atlas.example" || !strings.Contains(p.Words("main"), "Poštovní server není nastavený") {
		t.Errorf("%d %s", p.Status, letters(t, i))
	}
	all, _ := i.Store.Letters(t.Context(), store.LetterWaiting, 1)
	l, err := i.Store.ClaimLetter(t.Context(), webtest.Now, 1)
	if err != nil || i.Store.LetterFailed(t.Context(), l, "mail.failed.timeout", "no answer", webtest.Now) != nil {
		t.Fatal(err)
	}
	if p := i.Get(t, "/sprava"); !strings.Contains(p.Words("main"), "Poštovní server neodpověděl včas") {
		t.Errorf("%s", p.Words("section[aria-labelledby=posta]"))
	}
	again := func() int { return i.Get(t, "/sprava").Find("button[value=znovu]").Length() }
	if again() != 1 {
		t.Error("nothing to send it again by")
	}
	at := "/sprava/dopisy/" + all[0].ID
	i.Post(t, at, url.Values{"akce": {"znovu"}})
	if n, _ := i.Store.LettersCount(t.Context(), store.LetterWaiting); n != 1 {
		t.Errorf("%d wait", n)
	}
	l, err = i.Store.ClaimLetter(t.Context(), webtest.Now, 1)
	if err != nil || i.Store.LetterExpired(t.Context(), l, app.LetterExpired, webtest.Now) != nil {
		t.Fatal(err)
	}
	if p := i.Get(t, "/sprava"); !strings.Contains(p.Words("main"), "Odkaz ve zprávě přestal platit") || again() != 0 {
		t.Errorf("a dead link: %s", p.Words("section[aria-labelledby=posta]"))
	}
	i.Post(t, at, url.Values{"akce": {"zahodit"}})
	if n, _ := i.Store.LettersCount(t.Context(), store.LetterWaiting); n != 0 {
		t.Errorf("%d wait", n)
	}
	if p := i.Post(t, at, url.Values{"akce": {"zahodit"}}); !strings.Contains(p.Words(".notice"), "Mezitím") {
		t.Errorf("thrown away twice: %s", p.Words(".notice"))
	}
	verify := i.Get(t, "/sprava").Find("section[aria-labelledby=protokol] form").AttrOr("action", "")
	if p := i.Post(t, verify, nil); p.Status != 200 || p.Find("#overeni").Length() != 1 {
		t.Errorf("%d %s", p.Status, p.Words("main"))
	}
	for end := time.Now().Add(20 * time.Second); i.App.LastLogCheck().Running && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if p := i.Get(t, "/protokol"); !strings.Contains(p.Words("#overeni"), "Protokol je celý") {
		t.Errorf("%s", p.Words("#overeni"))
	}
	if p := i.Get(t, "/sprava"); strings.Contains(p.Words("section[aria-labelledby=protokol]"), "zatím nikdy") {
		t.Errorf("%s", p.Words("section[aria-labelledby=protokol]"))
	}
}

func TestTheAdministrationLeadsToTheQueueAndTheLogAndWarnsOfLettersThatLeadNowhere(t *testing.T) {
	for _, lang := range []string{"", "/en"} {
		i := start(t)
		i.Configure = func(c *config.Config) { c.SMTP, c.MailFrom = "smtp://127.0.0.1:1", "atlas@mesto.example" }
		author := i.Account(t, "jana@mesto.example")
		err := i.App.SaveActor(t.Context(), atlas.Viewer{Account: author.ID, Name: author.ID},
			&atlas.Actor{Meta: atlas.Meta{RecordStatus: atlas.RecordReview}, Name: "Spolek", Type: "NNO", Country: "CZ", Territories: []string{"CZ"},
				Sources: []atlas.Source{{Kind: "WEB", URL: "https://www.example.org", Accessed: atlas.Date{Year: 2026}}}})
		if err != nil {
			t.Fatal(err)
		}
		i.SignIn(t, i.Account(t, "metodik@atlas.example", atlas.Grant{Role: atlas.RoleMethodologist}).ID, true)
		p := i.Get(t, lang+"/sprava")
		if p.Find(`#redakce a[href="`+lang+`/redakce"]`).Length() != 1 || !strings.Contains(p.Words("#redakce"), "1") || p.Find(`main a[href="`+lang+`/protokol"]`).Length() != 0 {
			t.Errorf("a methodologist reads %s", p.Words("main"))
		}
		i.SignOut(t)
		admin(t, i)
		p = i.Get(t, lang+"/sprava")
		if p.Find(`ul.ways a[href="`+lang+`/protokol"]`).Length() != 1 || !strings.Contains(p.Words("#bez-adresy"), "--base-url") || p.Find(`section[aria-labelledby=ceka] a[href="`+lang+`/redakce"]`).Length() != 1 {
			t.Errorf("an administrator reads %s", p.Words("main"))
		}
		for _, path := range []string{"/ucet", "/prispevky", "/sledovani"} {
			if p.Find(`.site-person a[href="`+lang+path+`"]`).Length() != 1 {
				t.Errorf("%s is not in the menu of the person", path)
			}
		}
	}
}
