package history_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// languages are the faces of the pages.
var languages = []string{"", "/en"}

// edited is an instance with one project in four versions: a draft, published,
// with a contact, changed by a member.
func edited(t *testing.T) (i *webtest.Instance, p *atlas.Project) {
	t.Helper()
	i = webtest.Start(t)
	p, err := i.App.Reader().Project(t.Context(), "P-00001")
	if err != nil {
		t.Fatal(err)
	}
	save := func(v atlas.Viewer) {
		t.Helper()
		if err := i.App.SaveProject(t.Context(), v, p); err != nil {
			t.Fatal(err)
		}
	}
	p.RecordStatus = atlas.RecordDraft
	p.Goal = "Tajný záměr"
	save(webtest.Editor)
	p.RecordStatus, p.Goal = atlas.RecordPublished, "Naučit se česky rychle"
	p.Contacts = []atlas.Person{{Name: "Jana Nováková", Email: "jana@example.cz", Public: true, Consent: "e-mail 1. 2. 2026"}}
	save(webtest.Editor)
	member := i.Account(t, "clenka@example.cz")
	i.Join(t, member.ID, p.Parties[0].Actor, false)
	p.Contacts, p.Goal, p.TargetLegal = nil, "Naučit se česky dobře", []string{"TG-AZY"}
	save(atlas.Viewer{Account: member.ID, Name: member.ID, Memberships: []atlas.Membership{{Actor: p.Parties[0].Actor}}})
	return i, p
}

func TestThePublicSeesPublishedVersionsByOrganisationsAndNoPerson(t *testing.T) { // 12.2, acceptance example 20
	i, p := edited(t)
	org := i.App.ActorName(p.Parties[0].Actor, "cs")
	for _, lang := range languages {
		pages := []string{"/projekty/P-00001/historie", "/projekty/P-00001/porovnani?od=3&do=4", "/projekty/P-00001/porovnani", "/projekty/P-00001/historie?verze=3"}
		for _, path := range pages {
			page := i.Get(t, lang+path)
			if page.Status != 200 || page.Find("meta[name=robots][content=noindex]").Length() != 1 {
				t.Errorf("%s: status %d", path, page.Status)
			}
			for _, secret := range []string{"Tajný", "Nováková", "jana@example.cz", "Jana Nová", "clenka@", "U-00001"} {
				if strings.Contains(page.Body, secret) {
					t.Errorf("%s shows %q", path, secret)
				}
			}
		}
		list := i.Get(t, lang+pages[0])
		if n := list.Find("tbody tr").Length(); n != 3 {
			t.Errorf("%d versions are shown: %s", n, list.Words("tbody"))
		}
		if !strings.Contains(list.Words("tbody tr:first-child"), org) {
			t.Errorf("the newest is not signed by the organisation: %s", list.Words("tbody tr:first-child"))
		}
		for _, gone := range []string{"/historie?verze=2", "/historie?verze=9", "/historie?verze=x", "/historie?verze=03"} {
			if page := i.Get(t, lang+"/projekty/P-00001"+gone); page.Status != 404 {
				t.Errorf("%s: status %d", gone, page.Status)
			}
		}
	}
}

func TestAComparisonMarksWordsItemsAndSaysWhatHappenedInWords(t *testing.T) {
	i, _ := edited(t)
	page := i.Get(t, "/projekty/P-00001/porovnani?od=3&do=4")
	if got := page.Find("#rozdily del").First().Text() + page.Find("#rozdily ins").First().Text(); !strings.Contains(got, "rychle") || !strings.Contains(got, "dobře") || strings.Contains(got, "česky") {
		t.Errorf("marked: %q", got)
	}
	words := page.Words("#rozdily")
	for _, want := range []string{"Cíl", "změněno", "odebráno", "přidáno"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in %s", want, words)
		}
	}
	for lang, want := range map[string]string{"": "Verzi „99“ záznam nemá", "/en": "has no version “99”"} {
		wrong := i.Get(t, lang+"/projekty/P-00001/porovnani?od=99&do=4")
		if wrong.Status != 404 || !strings.Contains(wrong.Words("main"), want) || wrong.Find("select#od option").Length() != 3 {
			t.Errorf("%d %s", wrong.Status, wrong.Words("main"))
		}
	}
	if one := i.Get(t, "/projekty/P-00002/porovnani"); one.Status != 200 || !strings.Contains(one.Words("main"), "jedinou verzi") {
		t.Errorf("%d %s", one.Status, one.Words("main"))
	}
}

func TestWhatIsNotKnownIsNoFactOfAVersion(t *testing.T) { // a currency without an amount says nothing
	i := webtest.Start(t)
	p, err := i.App.Reader().Project(t.Context(), "P-00001")
	if err != nil {
		t.Fatal(err)
	}
	p.TotalCost, p.Currency = atlas.Amount{}, "CZK"
	if err := i.App.SaveProject(t.Context(), webtest.Editor, p); err != nil {
		t.Fatal(err)
	}
	page := i.Get(t, "/projekty/P-00001/historie?verze=2")
	if facts := page.Find(".fact").Length(); facts == 0 || page.Find(".fact dd").Parent().Length() != facts {
		t.Errorf("of %d facts some stand with nothing: %s", facts, page.Words("dl"))
	}
}

func TestStaffSeeWhoWroteAndDrafts(t *testing.T) {
	i, _ := edited(t)
	editor := i.Account(t, "redakce@example.cz", atlas.Grant{Role: atlas.RoleMethodologist})
	i.SignIn(t, editor.ID, true)
	list := i.Get(t, "/projekty/P-00001/historie")
	if n := list.Find("tbody tr").Length(); n != 4 || !strings.Contains(list.Words("tbody"), "Jana Nová (U-00001)") {
		t.Errorf("%d versions: %s", n, list.Words("tbody"))
	}
	if old := i.Get(t, "/projekty/P-00001/historie?verze=2"); old.Status != 200 || !strings.Contains(old.Words("main"), "Tajný záměr") {
		t.Errorf("%d %s", old.Status, old.Words("main"))
	}
}

func TestWhoMayEditRestoresAVersionAndAConflictIsSaid(t *testing.T) {
	for _, lang := range languages {
		i, p := edited(t)
		post := lang + "/projekty/P-00001/historie"
		address := post + "?verze=3"
		if page := i.Get(t, address); page.Find(`form[action$="/historie"][method=post]`).Length() != 0 {
			t.Error("the public may restore")
		}
		if page := i.Post(t, post, url.Values{"obnovit": {"3"}, "verze": {"4"}}); page.Status != 403 {
			t.Errorf("the public restored: %d", page.Status)
		}
		stranger := i.Account(t, "cizi@example.cz")
		i.Join(t, stranger.ID, "A-00002", false)
		if p.Parties[0].Actor == "A-00002" {
			t.Fatal("the stranger is none")
		}
		member := i.Account(t, "jina@example.cz")
		i.Join(t, member.ID, p.Parties[0].Actor, false)
		i.SignIn(t, member.ID, false)
		if i.Get(t, address).Find(`form[action$="/historie"][method=post]`).Length() != 1 {
			t.Fatal("a member cannot restore")
		}
		late := i.Post(t, post, url.Values{"obnovit": {"3"}, "verze": {"3"}})
		if late.Status != 409 || late.Find(".problems li").Length() != 1 {
			t.Errorf("over another version: %d %s", late.Status, late.Words("main"))
		}
		if bad := i.Post(t, post, url.Values{"obnovit": {"3"}}); bad.Status != 400 {
			t.Errorf("without a version: %d", bad.Status)
		}
		long := i.Post(t, post, url.Values{"obnovit": {"3"}, "verze": {"4"}, "duvod": {strings.Repeat("ž", 501)}})
		if long.Status != 422 || !strings.Contains(long.Words(".problems"), "501") || !strings.Contains(long.Find("#duvod").Text(), "žžž") {
			t.Errorf("a long reason: %d %s", long.Status, long.Words(".problems"))
		}
		done := i.Post(t, post, url.Values{"obnovit": {"3"}, "verze": {"4"}, "duvod": {"Omylem přepsáno"}})
		if !strings.Contains(done.Words("tbody tr:first-child"), "Omylem přepsáno") {
			t.Errorf("why is not told: %s", done.Words("tbody tr:first-child"))
		}
		if done.Status != 200 || !strings.HasSuffix(done.Path, "/historie") {
			t.Fatalf("%d %s %s", done.Status, done.Path, done.Words("main"))
		}
		if same := i.Get(t, lang+"/projekty/P-00001/porovnani?od=3&do=5"); same.Find("#rozdily").Length() != 0 || same.Status != 200 {
			t.Errorf("restored, and yet: %s", same.Words("#rozdily"))
		}
	}
}

func TestARecordThatIsNotPublishedAnyMoreHasNoPublicHistory(t *testing.T) {
	i, p := edited(t)
	p.RecordStatus = atlas.RecordArchived
	if err := i.App.SaveProject(t.Context(), webtest.Editor, p); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/historie", "/historie?verze=3", "/porovnani?od=3&do=4"} {
		if page := i.Get(t, "/projekty/P-00001"+path); page.Status != 404 {
			t.Errorf("%s: %d", path, page.Status)
		}
	}
}

func TestAnErasedContactIsNotEvenInTheHistoryOfEditors(t *testing.T) {
	i, _ := edited(t)
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		changes, err := tx.History(t.Context(), atlas.KindProject, "P-00001")
		if err != nil {
			return err
		}
		for _, c := range changes {
			text, err := tx.Version(t.Context(), atlas.KindProject, "P-00001", c.Version)
			if err != nil {
				return err
			}
			if clean := strings.ReplaceAll(strings.ReplaceAll(string(text), "Jana Nováková", ""), "jana@example.cz", ""); clean != string(text) {
				if err := tx.Redact(t.Context(), c.Seq, []byte(clean), "GDPR čl. 17", store.Write{By: "atlas"}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	i.Viewer = webtest.Editor
	for _, path := range []string{"/historie", "/historie?verze=3", "/porovnani?od=3&do=4", "/porovnani?od=2&do=3"} {
		page := i.Get(t, "/projekty/P-00001"+path)
		if page.Status != 200 || strings.Contains(page.Body, "Nováková") || strings.Contains(page.Body, "jana@example.cz") {
			t.Errorf("%s: %d", path, page.Status)
		}
	}
}

func TestActorsAndCallsHaveAHistoryToo(t *testing.T) {
	i := webtest.Start(t)
	for _, lang := range languages {
		for _, record := range []string{"/akteri/A-00001", "/vyzvy/V-00001"} {
			for _, path := range []string{"/historie", "/historie?verze=1", ""} {
				if page := i.Get(t, lang+record+path); page.Status != 200 {
					t.Errorf("%s%s: %d", record, path, page.Status)
				}
			}
			if page := i.Get(t, lang+record); page.Find(`a[href$="/historie"]`).Length() != 1 {
				t.Errorf("%s does not lead to its history", record)
			}
			day := i.Get(t, lang+record+"?ke-dni=21.+11.+2026")
			if want := lang + "/k/2026-11-21" + record; day.Status != 200 || day.Path != want {
				t.Errorf("%s as of a day: %d at %s", record, day.Status, day.Path)
			}
		}
	}
	if page := i.Get(t, "/akteri/A-99999/historie"); page.Status != 404 {
		t.Errorf("of an actor there never was: %d", page.Status)
	}
}

func TestARecordAsOfADayIsThePublishedOneOfThen(t *testing.T) {
	defer func(now time.Time) { webtest.Now = now }(webtest.Now)
	webtest.Now = time.Date(2026, 1, 10, 12, 0, 0, 0, time.UTC)
	i := webtest.Empty(t)
	c := &atlas.Actor{Name: "Město Horní Lhota", Type: "OBEC", Country: "CZ", Meta: atlas.Meta{RecordStatus: atlas.RecordPublished},
		Sources: []atlas.Source{{Kind: "WEB", URL: "https://example.cz"}}}
	put := func(day int, name, status string) {
		t.Helper()
		c.Name, c.RecordStatus = name, status
		err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
			return tx.PutActor(t.Context(), c, store.Write{By: "editor", Origin: "form", At: time.Date(2026, 1, day, 22, 59, 0, 0, time.UTC)})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	put(10, "Horní Lhota", atlas.RecordPublished)
	put(12, "Dolní Lhota", atlas.RecordPublished)
	put(14, "Nikde", atlas.RecordDraft)
	webtest.Now = time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)
	for day, want := range map[string]string{
		"2026-01-10": "Horní Lhota", "2026-01-11": "Horní Lhota", "2026-01-12": "Dolní Lhota", "2026-01-14": "404 nebyl zveřejněný",
		"2026-01-09": "404 První záznamy má databáze ze dne 10. 1. 2026", "2026-02-02": "404 teprve bude", "zitra": "404 „zitra“ není den. Správně například: 31. 1. 2026",
		"2026": "404 není den",
	} {
		page := i.Get(t, fmt.Sprintf("/k/%s/akteri/%s", day, c.ID))
		words, missing := strings.CutPrefix(want, "404 ")
		if missing != (page.Status == 404) || !strings.Contains(page.Words("main"), words) {
			t.Errorf("%s: %d %s", day, page.Status, page.Words("main"))
		}
	}
}

// TestAMandateAndAnErasedAccountAreSignedAsEverywhere also restores by a mandate,
// which the version says beside what was restored (U-14).
func TestAMandateAndAnErasedAccountAreSignedAsEverywhere(t *testing.T) {
	for lang, words := range map[string][3]string{
		"": {"z pověření", "obnovena verze 3", "smazaný účet"}, "/en": {"on behalf of", "version 3 restored", "deleted account"},
	} {
		i, p := edited(t)
		member := i.Account(t, "sdruzeni@example.cz")
		i.Join(t, member.ID, "A-00002", false)
		m := atlas.Mandate{For: p.Parties[0].Actor, Actor: "A-00002", Until: atlas.Date{Year: 2099}, At: webtest.Now}
		err := i.Store.Update(t.Context(), func(tx *store.Tx) error { return tx.PutMandate(t.Context(), &m) })
		if err != nil {
			t.Fatal(err)
		}
		i.SignIn(t, member.ID, false)
		done := i.Post(t, lang+"/projekty/P-00001/historie", url.Values{"obnovit": {"3"}, "verze": {"4"}})
		first := func(path string) string { return i.Get(t, lang+path).Words("tbody tr:first-child") }
		if done.Status != 200 {
			t.Fatalf("%d %s", done.Status, done.Words("main"))
		}
		i.SignOut(t)
		if got := first("/projekty/P-00001/historie"); !strings.Contains(got, words[0]) || !strings.Contains(strings.ToLower(got), words[1]) || strings.Contains(got, "Jana") {
			t.Errorf("the history says %s", got)
		}
		if got := i.Get(t, lang+"/projekty/P-00001").Words(".behind"); !strings.Contains(got, words[0]) {
			t.Errorf("the record says %q", got)
		}
		err = i.Store.Update(t.Context(), func(tx *store.Tx) error { return tx.EraseAccount(t.Context(), member.ID, webtest.Now) })
		if err != nil {
			t.Fatal(err)
		}
		if got := first("/projekty/P-00001/historie"); !strings.Contains(got, words[2]) {
			t.Errorf("after it was erased the history says %s", got)
		}
	}
}
