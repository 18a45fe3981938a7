package watching_test

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

// watchOf is what an account watches.
func watchOf(t *testing.T, i *webtest.Instance, account string) []store.Watch {
	t.Helper()
	all, err := i.Store.Watches(t.Context(), account)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// signedIn is an instance with the demo content and somebody signed in.
func signedIn(t *testing.T) (*webtest.Instance, *atlas.Account) {
	t.Helper()
	i := webtest.Start(t)
	who := i.Account(t, "jana@mesto.example")
	i.SignIn(t, who.ID, false)
	return i, who
}

func TestWhatAButtonOffersIsSaidInWordsAndWatchedWithOneMoreClick(t *testing.T) {
	for _, lang := range []string{"cs", "en"} {
		i, who := signedIn(t)
		for _, c := range []struct{ page, kind, subject, words string }{
			{"/projekty?q=kurz&oblast=JAZ&razeni=nazev&zobrazeni=tabulka", store.WatchSearch, "oblast=JAZ&q=kurz", "kurz"},
			{"/projekty", store.WatchSearch, "", ""},
			{"/uzemi/CZ041", store.WatchTerritory, "CZ041", "Karlovarský kraj"},
			{"/akteri/A-00001", store.WatchOrganisation, "A-00001", ""},
			{"/projekty/P-00001", store.WatchRecord, "P-00001", ""},
			{"/vyzvy/V-00001", store.WatchRecord, "V-00001", ""},
		} {
			p := i.Get(t, route.In(lang, c.page))
			link, ok := p.Find(`main a[href*="/sledovani/nove?"]`).Attr("href")
			if !ok {
				t.Fatalf("%s has no button", c.page)
			}
			ask := i.Get(t, link)
			if ask.Status != http.StatusOK || !strings.Contains(ask.Words("main"), c.words) {
				t.Errorf("%s: %d %s", link, ask.Status, ask.Words("main"))
			}
			form := ask.Values()
			form.Set("obdobi", store.WatchWeekly)
			action, _ := ask.Find("form.form").Attr("action")
			done := i.Post(t, action, form)
			if done.Path != route.In(lang, route.Watches) || done.Find(".notice-success").Length() != 1 {
				t.Errorf("%s: led to %s, %s", link, done.Path, done.Words(".notice"))
			}
			all := watchOf(t, i, who.ID)
			w := all[len(all)-1]
			if w.Kind != c.kind || w.Subject != c.subject || w.Period != store.WatchWeekly || w.Paused {
				t.Errorf("%s: %+v", c.page, w)
			}
			if twice := i.Post(t, action, form); twice.Find(".notice-warning").Length() != 1 || len(watchOf(t, i, who.ID)) != len(all) {
				t.Errorf("%s twice: %s", c.page, twice.Words(".notice"))
			}
		}
		if n := i.Get(t, route.In(lang, route.Watches)).Find("main li.card").Length(); n != 6 {
			t.Errorf("%d watches are listed", n)
		}
	}
}

func TestWhoIsNotSignedInIsLedToSigningInAndBack(t *testing.T) {
	i := webtest.Start(t)
	for _, address := range []string{"/sledovani", "/en/sledovani/nove?co=uzemi&na=CZ041", "/sledovani/S-00001/novinky"} {
		p := i.Get(t, address)
		to, err := url.Parse(p.Path)
		if err != nil || !strings.HasSuffix(to.Path, "/prihlaseni") || to.Query().Get("dal") != address {
			t.Errorf("%s leads to %s", address, p.Path)
		}
	}
	if p := i.Post(t, route.WatchNew, url.Values{"co": {"uzemi"}, "na": {"CZ041"}, "obdobi": {"daily"}}); p.Status == http.StatusOK && !strings.Contains(p.Path, "prihlaseni") {
		t.Errorf("watched without an account: %d", p.Status)
	}
	i.Viewer = webtest.Editor
	if p := i.Get(t, "/sledovani"); p.Status != http.StatusOK || !strings.Contains(p.Words("main"), "nikdo nepřihlašuje") {
		t.Errorf("an instance opened for editing: %d %s", p.Status, p.Words("main"))
	}
}

func TestWhatCannotBeWatchedIsRefusedWithAReasonAndAnExample(t *testing.T) {
	i, who := signedIn(t)
	for _, address := range []string{"?co=uzemi&na=XX999", "?co=zaznam&na=P-99999", "?co=zaznam&na=U-00001", "?co=organizace&na=P-00001", "?co=cokoli", ""} {
		if p := i.Get(t, route.WatchNew+address); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", address, p.Status)
		}
	}
	hidden, err := i.Store.Project(t.Context(), "P-00001")
	if err != nil {
		t.Fatal(err)
	}
	hidden.RecordStatus = atlas.RecordDraft
	if err := i.App.SaveProject(t.Context(), webtest.Editor, hidden); err != nil {
		t.Fatal(err)
	}
	form := url.Values{"co": {"zaznam"}, "na": {"P-00001"}, "obdobi": {"daily"}}
	if p := i.Post(t, route.WatchNew, form); p.Status != http.StatusNotFound {
		t.Errorf("a record that is not public: %d", p.Status)
	}
	for lang, example := range map[string]string{"cs": "například Jednou denně", "en": "for example Once a day"} {
		p := i.Post(t, route.In(lang, route.WatchNew), url.Values{"co": {"hledani"}, "na": {"q=kurz"}, "obdobi": {"yearly"}})
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words("[role=alert]"), example) || p.Values().Get("na") != "q=kurz" {
			t.Errorf("%s: %d %s", lang, p.Status, p.Words("main"))
		}
	}
	if n := len(watchOf(t, i, who.ID)); n != 0 {
		t.Errorf("%d are watched", n)
	}
}

func TestAWatchIsPausedGoneOnWithAndEndedByItsOwnerOnly(t *testing.T) {
	i, who := signedIn(t)
	i.Post(t, route.WatchNew, url.Values{"co": {"uzemi"}, "na": {"CZ041"}, "obdobi": {"daily"}})
	w := watchOf(t, i, who.ID)[0]
	change := route.Fill(route.WatchChange, w.ID)
	do := func(deed string, more ...string) webtest.Page {
		form := url.Values{"akce": {deed}}
		if len(more) > 0 {
			form.Set("obdobi", more[0])
		}
		return i.Post(t, change, form)
	}
	do("pozastavit")
	if p := i.Get(t, route.Watches); !strings.Contains(p.Words(".card"), "Pozastaveno") || !watchOf(t, i, who.ID)[0].Paused {
		t.Error("not paused")
	}
	do("pokracovat")
	do("ulozit", store.WatchInstantly)
	if now := watchOf(t, i, who.ID)[0]; now.Paused || now.Period != store.WatchInstantly {
		t.Errorf("%+v", now)
	}
	if p := do("ulozit", "jindy"); p.Find(".notice-error").Length() != 1 {
		t.Error("a period that is none")
	}
	if p := do("neco"); p.Status != http.StatusBadRequest {
		t.Errorf("a deed that is none: %d", p.Status)
	}
	do("kanal")
	if now := watchOf(t, i, who.ID)[0]; now.Feed == w.Feed {
		t.Error("the feed has its old address")
	}
	if p := i.Get(t, route.Feed("cs", w.Feed)); p.Status != http.StatusNotFound {
		t.Errorf("the old feed: %d", p.Status)
	}
	i.SignIn(t, i.Account(t, "petr@mesto.example").ID, false)
	for _, deed := range []string{"pozastavit", "kanal", "zrusit", "ulozit"} {
		if p := do(deed, "daily"); p.Status != http.StatusNotFound {
			t.Errorf("%s by another: %d", deed, p.Status)
		}
	}
	if p := i.Get(t, route.News("cs", w.ID)); p.Status != http.StatusNotFound {
		t.Errorf("news of another: %d", p.Status)
	}
	i.SignIn(t, who.ID, false)
	do("zrusit")
	if p := i.Get(t, route.Watches); len(watchOf(t, i, who.ID)) != 0 || p.Find(".card").Length() != 0 || p.Find("main ul a").Length() != 4 {
		t.Error("still watched, or the empty page does not help")
	}
}

// feed is Atom as its readers see it.
type feed struct {
	XMLName xml.Name  `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string    `xml:"id"`
	Title   string    `xml:"title"`
	Updated time.Time `xml:"updated"`
	Author  string    `xml:"author>name"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID      string    `xml:"id"`
		Title   string    `xml:"title"`
		Updated time.Time `xml:"updated"`
		Summary string    `xml:"summary"`
	} `xml:"entry"`
}

func read(t *testing.T, p webtest.Page) feed {
	t.Helper()
	var f feed
	if err := xml.Unmarshal([]byte(p.Body), &f); err != nil || p.Status != http.StatusOK || !strings.HasPrefix(p.Header.Get("Content-Type"), "application/atom+xml") {
		t.Fatalf("%d %v %s", p.Status, err, p.Body)
	}
	return f
}

func TestTheFeedIsValidStableAndWithoutSigningIn(t *testing.T) {
	i, who := signedIn(t)
	form := url.Values{"co": {"hledani"}, "na": {"q="}, "obdobi": {store.WatchFeedOnly}}
	i.Post(t, route.WatchNew, form)
	form.Set("co", "zaznam")
	form.Set("na", "P-00001")
	i.Post(t, route.WatchNew, form)
	all, one := watchOf(t, i, who.ID)[0], watchOf(t, i, who.ID)[1]
	i.SignOut(t)
	for _, lang := range []string{"cs", "en"} {
		f := read(t, i.Get(t, route.Feed(lang, all.Feed)))
		ids := map[string]bool{}
		last := f.Updated
		for _, e := range f.Entries {
			if e.Title == "" || e.Summary == "" || ids[e.ID] || !strings.HasPrefix(e.ID, "http") || e.Updated.After(last) {
				t.Errorf("%+v", e)
			}
			ids[e.ID], last = true, e.Updated
		}
		if len(f.Entries) < 20 || f.ID == "" || f.Title == "" || f.Author == "" || len(f.Links) != 2 || !f.Updated.Equal(f.Entries[0].Updated) {
			t.Errorf("%d entries, %+v", len(f.Entries), f.Links)
		}
		if strings.Contains(f.ID, all.Feed) {
			t.Error("the id tells the secret")
		}
	}
	before := i.Get(t, route.Feed("cs", one.Feed))
	again := i.Get(t, route.Feed("cs", one.Feed))
	if before.Body != again.Body || before.Header.Get("ETag") == "" || before.Header.Get("ETag") != again.Header.Get("ETag") {
		t.Error("the feed changes by itself")
	}
	p, err := i.Store.Project(t.Context(), "P-00001")
	if err != nil {
		t.Fatal(err)
	}
	p.Goal = "Cíl & <b>něco</b> \u0001"
	p.Goal = strings.TrimSuffix(p.Goal, "\u0001")
	p.TitleCs = "Názvy & <značky> „uvozovky“"
	if err := i.App.SaveProject(t.Context(), webtest.Editor, p); err != nil {
		t.Fatal(err)
	}
	f := read(t, i.Get(t, route.Feed("cs", one.Feed)))
	if len(f.Entries) != 1 || f.Entries[0].Title != p.TitleCs || !strings.Contains(f.Entries[0].Summary, "Název projektu, Cíl") || f.Entries[0].ID == read(t, before).Entries[0].ID {
		t.Errorf("%+v", f.Entries)
	}
	p.RecordStatus = atlas.RecordArchived
	if err := i.App.SaveProject(t.Context(), webtest.Editor, p); err != nil {
		t.Fatal(err)
	}
	f = read(t, i.Get(t, route.Feed("en", one.Feed)))
	if len(f.Entries) != 1 || f.Entries[0].Title != "P-00001" || !strings.Contains(f.Entries[0].Summary, "no longer public") {
		t.Errorf("withdrawn: %+v", f.Entries)
	}
	for _, wrong := range []string{route.Feed("cs", "a"), route.Feed("cs", one.Feed+"x"), strings.TrimSuffix(route.Feed("cs", one.Feed), ".atom"), "/sledovani/.atom"} {
		if p := i.Get(t, wrong); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, p.Status)
		}
	}
	who.State = atlas.AccountBlocked
	if err := i.Store.Update(t.Context(), func(tx *store.Tx) error { return tx.PutAccount(t.Context(), who) }); err != nil {
		t.Fatal(err)
	}
	if p := i.Get(t, route.Feed("cs", one.Feed)); p.Status != http.StatusNotFound {
		t.Errorf("of a blocked account: %d", p.Status)
	}
}

func TestThePageOfNewsSaysWhatChangedAndAGoneRecordKeepsItsName(t *testing.T) {
	i, who := signedIn(t)
	i.Post(t, route.WatchNew, url.Values{"co": {"zaznam"}, "na": {"P-00001"}, "obdobi": {"daily"}})
	w := watchOf(t, i, who.ID)[0]
	p, err := i.Store.Project(t.Context(), "P-00001")
	if err != nil {
		t.Fatal(err)
	}
	p.Goal = "Jiný cíl"
	if err := i.App.SaveProject(t.Context(), webtest.Editor, p); err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{"cs": "Změnilo se: Cíl", "en": "Changed: Goal"} {
		if got := i.Get(t, route.News(lang, w.ID)).Words("main"); !strings.Contains(got, want) {
			t.Errorf("%s: %s", lang, got)
		}
	}
	p.RecordStatus = atlas.RecordArchived
	if err := i.App.SaveProject(t.Context(), webtest.Editor, p); err != nil {
		t.Fatal(err)
	}
	if got := i.Get(t, route.Watches).Words(".card"); !strings.Contains(got, "P-00001") || strings.Contains(got, p.TitleCs) || !strings.Contains(got, "už není zveřejněný") {
		t.Errorf("withdrawn: %s", got)
	}
}
