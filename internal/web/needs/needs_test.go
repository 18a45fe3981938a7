package needs_test

import (
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/web/webtest"
)

func save(t *testing.T, i *webtest.Instance, change func(*atlas.Need)) *atlas.Need {
	t.Helper()
	n := &atlas.Need{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Title: "Kurzy češtiny", Kind: "SLUZBA", Area: "JAZ", Territory: "CZ0323",
		TargetLegal: []string{"TG-EU"}, Severity: 3, Origin: "NNO", Reported: atlas.Date{Year: 2026, Month: 5}, Status: atlas.NeedVerified,
	}
	if change != nil {
		change(n)
	}
	if err := i.App.SaveNeed(t.Context(), webtest.Editor, n); err != nil {
		t.Fatal(err)
	}
	return n
}

func titles(p webtest.Page) []string {
	return p.Find("tbody th a").Map(func(_ int, s *goquery.Selection) string { return s.Text() })
}

func TestTheListIsNarrowedByTerritoriesWithThoseBelowAndByAllOtherFilters(t *testing.T) {
	i := webtest.Empty(t)
	save(t, i, func(n *atlas.Need) { n.Title, n.Severity = "Kritická", 4 })
	save(t, i, func(n *atlas.Need) { n.Title, n.Territory = "Krajská", "CZ032" })
	save(t, i, func(n *atlas.Need) {
		n.Title, n.Territory, n.Area, n.TargetLegal = "Pražská", "CZ010", "BYD", []string{"TG-DOC", "TG-TCN-L"}
	})
	save(t, i, func(n *atlas.Need) { n.Title, n.Status = "Nahlášená", atlas.NeedReported })
	save(t, i, func(n *atlas.Need) { n.Title, n.Status = "Vyřešená", atlas.NeedResolved })
	save(t, i, func(n *atlas.Need) { n.Title, n.RecordStatus = "Koncept", atlas.RecordDraft })
	for query, want := range map[string][]string{
		"":                                      {"Kritická", "Krajská", "Pražská", "Nahlášená", "Vyřešená"},
		"uzemi=CZ032":                           {"Kritická", "Krajská", "Nahlášená", "Vyřešená"},
		"uzemi=CZ0323":                          {"Kritická", "Nahlášená", "Vyřešená"},
		"oblast=BYD":                            {"Pražská"},
		"skupina=TG-DOC":                        {"Pražská"},
		"stav=NAHLAS":                           {"Nahlášená"},
		"zavaznost=4":                           {"Kritická"},
		"uzemi=CZ032&stav=OVEREN":               {"Kritická", "Krajská"},
		"uzemi=CZ010&oblast=JAZ":                nil,
		"uzemi=%3Cx%3E&skupina=%22&zavaznost=9": nil,
	} {
		for _, lang := range []string{"", "/en"} {
			p := i.Get(t, lang+"/potreby?"+query)
			if got := titles(p); p.Status != 200 || !slices.Equal(got, want) {
				t.Errorf("%s: %d %q", query, p.Status, got)
			}
			if rows := i.Table(t, lang+"/export/potreby.csv?"+query); len(rows) != len(want) {
				t.Errorf("%s: %d rows in the file", query, len(rows))
			}
		}
	}
	p := i.Get(t, "/potreby?uzemi=CZ032")
	p.Find("select option[value!='']").Each(func(_ int, o *goquery.Selection) {
		name, value := o.Parent().AttrOr("name", ""), o.AttrOr("value", "")
		q := url.Values{"uzemi": {"CZ032"}}
		q.Set(name, value)
		if got := len(titles(i.Get(t, "/potreby?"+q.Encode()))); !strings.HasSuffix(o.Text(), "("+strconv.Itoa(got)+")") {
			t.Errorf("%s=%s promises %s and gives %d", name, value, o.Text(), got)
		}
	})
}

func TestNoPageAndNoFileTellsThePublicANumberUnderFive(t *testing.T) { // 8.10
	i := webtest.Empty(t)
	n := save(t, i, func(n *atlas.Need) { n.People = atlas.Count{Known: true, N: 3, Kind: "ODH"} })
	save(t, i, func(n *atlas.Need) {
		n.Title, n.People = "Ptá se jich víc", atlas.Count{Known: true, N: 12, Kind: "ODH"}
	})
	few := map[string]string{"": "méně než 5", "/en": "fewer than 5"}
	for lang, words := range few {
		p := i.Get(t, lang+"/potreby/"+n.ID)
		if text := p.Words(".facts"); !strings.Contains(text, words) || regexp.MustCompile(`(^|\D)3 – (Odhad|Estimate)`).MatchString(text) {
			t.Errorf("%s", text)
		}
		if text := i.Get(t, lang+"/potreby").Words("tbody"); !strings.Contains(text, words) || !strings.Contains(text, "12 – ") {
			t.Errorf("%s", text)
		}
		for _, version := range []string{"/historie", "/historie?verze=1"} {
			if h := i.Get(t, lang+"/potreby/"+n.ID+version); h.Status != 200 || strings.Contains(h.Words("main"), "3 – ") {
				t.Errorf("the history tells: %s", h.Words("main"))
			}
		}
		row := i.Table(t, lang+"/export/potreby.csv")[0]
		for label, cell := range row {
			if cell == "3" && !strings.Contains(label, "ávažnost") && label != "Severity" {
				t.Errorf("a file tells %s = %q", label, cell)
			}
		}
		if all := i.JSON(t, lang+"/export/potreby.json"); all[0]["people"] != nil && *all[0]["people"] != "" || *all[0]["few"] != words || *all[1]["people"] != "12" {
			t.Errorf("JSON tells %v", all[0])
		}
	}
	i.Viewer = webtest.Editor
	if text := i.Get(t, "/potreby/"+n.ID).Words(".facts"); !strings.Contains(text, "3 – Odhad (veřejně: méně než 5)") {
		t.Errorf("an editor reads %s", text)
	}
	if row := i.JSON(t, "/export/potreby.json")[0]; row["people"] != nil && *row["people"] != "" {
		t.Error("a file that an editor takes away tells")
	}
}

func TestSavingAFormUnchangedChangesNothing(t *testing.T) {
	i := webtest.Start(t)
	i.Viewer = webtest.Editor
	n := save(t, i, func(n *atlas.Need) {
		n.Description, n.Evidence = "První odstavec.\n\nDruhý.", "Průzkum & zápis"
		n.TargetLegal, n.People = []string{"TG-EU", "TG-DOC"}, atlas.Count{Known: true, N: 4, Kind: "ODH"}
		n.Few, n.Projects, n.Calls = true, []string{"P-00001", "P-00002"}, []string{"V-00001"}
		n.Measures = []atlas.Reference{{Title: "C2.2.5 Kosmopolitní město", URL: "https://www.vary2040.cz/"}}
		n.Sources = []atlas.Source{{Kind: "WEB", URL: "https://www.mvcr.cz/x", Accessed: atlas.Date{Year: 2026, Month: 11, Day: 20}, Note: "str. 3"}}
	})
	for _, lang := range []string{"", "/en"} {
		before, _ := i.App.Reader().Need(t.Context(), n.ID)
		form := i.Get(t, lang+"/potreby/"+n.ID+"/upravit").Values()
		form.Set("akce", "ulozit")
		if p := i.Post(t, lang+"/potreby/"+n.ID+"/upravit", form); p.Status != 200 || p.Path != lang+"/potreby/"+n.ID+"?ulozeno=potreba-"+n.ID {
			t.Fatalf("%d at %s: %s", p.Status, p.Path, p.Words(".problems"))
		}
		after, _ := i.App.Reader().Need(t.Context(), n.ID)
		if after.Version != before.Version+1 {
			t.Errorf("version %d after %d", after.Version, before.Version)
		}
		after.Meta, before.Meta = atlas.Meta{}, atlas.Meta{}
		if !reflect.DeepEqual(before, after) {
			t.Errorf("\n%+v\n%+v", before, after)
		}
	}
}

func TestAFormWithEveryFieldWrongComesBackWithEveryWord(t *testing.T) {
	i := webtest.Start(t)
	i.Viewer = webtest.Editor
	form := url.Values{
		"title": {""}, "description": {"volejte 777 123 456"}, "kind": {"BAJKA"}, "area": {"NIC"}, "territory": {"Lhota"}, "target_legal": {"KDO"},
		"people": {"hodně"}, "few": {"1"}, "severity": {"9"}, "origin": {"NIKDO"}, "reported": {"31. 2. 2026"}, "evidence": {"jana@mesto.cz"}, "status": {"SNAD"},
		"projects": {"P-99999, něco"}, "calls": {"V-99999"}, "measures.0.title": {"a & b"}, "measures.0.url": {"javascript:alert(1)"},
		"sources.0.kind": {"BAJKA"}, "sources.0.url": {"ftp://x"}, "sources.0.accessed": {"včera"}, "sources.0.note": {"p"}, "version": {"0"}, "akce": {"zverejnit"},
	}
	for _, lang := range []string{"", "/en"} {
		p := i.Post(t, lang+"/potreby/nova", form)
		if p.Status != http.StatusUnprocessableEntity {
			t.Fatalf("status %d", p.Status)
		}
		back := p.Values()
		for name, typed := range form {
			if name != "akce" && !slices.Contains(back[name], typed[0]) {
				t.Errorf("%s came back as %q, typed %q", name, back[name], typed[0])
			}
		}
		for _, field := range []string{"title", "description", "kind", "area", "territory", "target_legal", "people", "severity", "origin", "reported", "evidence", "status",
			"projects", "calls", "measures-0-url", "sources-0-kind", "sources-0-url", "sources-0-accessed"} {
			if p.Find(`.problems a[href="#f-`+field+`"]`).Length() == 0 || p.Find("#f-"+field).Length() != 1 {
				t.Errorf("the summary does not lead to %s", field)
			}
		}
	}
}

// The whole way of a need: somebody reports it, it waits, an editor publishes and
// verifies it.
func TestWhoeverIsSignedInReportsANeedAndAnEditorVerifiesIt(t *testing.T) {
	i := webtest.Empty(t)
	author := i.Account(t, "jana@mesto.example")
	editor := i.Account(t, "eva@atlas.example", atlas.Grant{Role: atlas.RoleMethodologist})
	i.SignIn(t, author.ID, false)
	form := i.Get(t, "/potreby/nova?uzemi=CZ0323&oblast=JAZ").Values()
	if form.Get("territory") != "okres Plzeň-město [CZ0323]" || form.Get("area") != "JAZ" || form.Get("status") != atlas.NeedReported {
		t.Errorf("the form begins with %v", form)
	}
	for name, value := range map[string]string{"title": "Kurzy pro rodiče", "kind": "KAPACITA", "target_legal": "TG-DOC", "severity": "2", "origin": "SKOLA", "reported": "5/2026", "akce": "odeslat"} {
		form.Set(name, value)
	}
	form.Set("status", atlas.NeedVerified)
	if p := i.Post(t, "/potreby/nova", form); p.Status != http.StatusUnprocessableEntity || p.Find(`.problems a[href="#f-status"]`).Length() != 1 {
		t.Errorf("verified by its author: %d %s", p.Status, p.Words(".problems"))
	}
	form.Set("status", atlas.NeedReported)
	if p := i.Post(t, "/potreby/nova", form); p.Status != 200 || !strings.HasPrefix(p.Path, "/potreby/T-00001") {
		t.Fatalf("%d %s %s", p.Status, p.Path, p.Words(".problems"))
	}
	if mine := i.Get(t, "/prispevky"); !strings.Contains(mine.Words("main"), "Kurzy pro rodiče") {
		t.Error("what was sent is not among the contributions")
	}
	i.SignOut(t)
	if p := i.Get(t, "/potreby"); strings.Contains(p.Words("main"), "Kurzy pro rodiče") {
		t.Error("the public reads what waits")
	}
	i.SignIn(t, editor.ID, true)
	for _, lang := range []string{"", "/en"} {
		p := i.Get(t, lang+"/redakce/T-00001")
		if text := p.Words("main"); p.Status != 200 || !strings.Contains(text, "Kurzy pro rodiče") || strings.Contains(text, "KAPACITA") || strings.Contains(text, "target_legal") {
			t.Errorf("%d: %s", p.Status, text)
		}
	}
	edit := i.Get(t, "/potreby/T-00001/upravit").Values()
	edit.Set("status", atlas.NeedVerified)
	edit.Set("akce", "zverejnit")
	if p := i.Post(t, "/potreby/T-00001/upravit", edit); p.Status != 200 {
		t.Fatalf("%d %s", p.Status, p.Words(".problems"))
	}
	i.SignOut(t)
	if got := titles(i.Get(t, "/potreby?stav=OVEREN")); !slices.Equal(got, []string{"Kurzy pro rodiče"}) {
		t.Errorf("%q", got)
	}
}

func TestThePageOfANeedCountsWhatCoversItAndNeverCallsAnUnreadPlaceUncovered(t *testing.T) {
	i := webtest.Start(t)
	for _, lang := range []string{"", "/en"} {
		p := i.Get(t, lang+"/potreby/T-00001")
		rows := p.Find("#reseni tbody tr")
		if rows.Length() < 3 {
			t.Fatalf("%s", p.Words("#reseni"))
		}
		p.Find("#reseni tbody td a").Each(func(_ int, a *goquery.Selection) {
			list := i.Get(t, a.AttrOr("href", ""))
			if !regexp.MustCompile(`(^|\D)` + a.Text() + `\D`).MatchString(list.Words("h2")) {
				t.Errorf("%s counts %s, the list says %s", a.AttrOr("href", ""), a.Text(), list.Words("h2"))
			}
		})
		if strings.Contains(p.Words("main"), "needs.") {
			t.Errorf("a key shows: %s", p.Words("main"))
		}
	}
	whole := i.Get(t, "/potreby/T-00002").Find("#reseni tbody td a").Last()
	if n, _ := strconv.Atoi(whole.Text()); n < 2 || !strings.Contains(whole.AttrOr("href", ""), "zeme=CZ") {
		t.Errorf("of the whole country only %s: %s", whole.Text(), whole.AttrOr("href", ""))
	}
	if text := i.Get(t, "/potreby/T-00001").Words("#reseni tbody"); !strings.Contains(text, "ale nejsou tu") {
		t.Errorf("this year no source is here: %s", text)
	}
}

func TestANeedIsFollowedAndCitedAsOfADay(t *testing.T) {
	i := webtest.Start(t)
	for _, lang := range []string{"", "/en"} {
		for path, name := range map[string]string{"/potreby/T-00001": "EU", "/pokryti/zdroje/Z-00002": "2004–2020"} {
			day := i.Get(t, lang+path+"?ke-dni=2026-11-21")
			if day.Status != 200 || day.Path != lang+"/k/2026-11-21"+path || !strings.Contains(day.Words("main"), name) || strings.Contains(day.Words("main"), ".field.") {
				t.Errorf("%d %s: %s", day.Status, day.Path, day.Words("main"))
			}
		}
	}
	who := i.Account(t, "jana@mesto.example")
	i.SignIn(t, who.ID, false)
	for _, id := range []string{"T-00001", "Z-00002"} {
		form := i.Get(t, "/sledovani/nove?co=zaznam&na="+id)
		if form.Status != 200 {
			t.Fatalf("%s: %d %s", id, form.Status, form.Words("main"))
		}
		values := form.Values()
		values.Set("obdobi", "daily")
		if p := i.Post(t, "/sledovani/nove", values); p.Status != 200 {
			t.Fatalf("%s: %d %s", id, p.Status, p.Words("main"))
		}
	}
	if text := i.Get(t, "/sledovani").Words("main"); !strings.Contains(text, "Občanům EU") || !strings.Contains(text, "Databáze integračních projektů") {
		t.Errorf("what is followed is not named: %s", text)
	}
	all, err := i.App.Reader().Watches(t.Context(), who.ID)
	if err != nil || len(all) != 2 {
		t.Fatalf("%d watches, %v", len(all), err)
	}
	n, _ := i.App.Reader().Need(t.Context(), "T-00001")
	n.Status = atlas.NeedAddressed
	if err := i.App.SaveNeed(t.Context(), webtest.Editor, n); err != nil {
		t.Fatal(err)
	}
	for _, w := range all {
		p := i.Get(t, "/sledovani/"+w.ID+"/novinky")
		if told := strings.Contains(p.Words("main"), "Stav"); p.Status != 200 || told != (w.Subject == n.ID) {
			t.Errorf("news of %s: %d %s", w.Subject, p.Status, p.Words("main"))
		}
	}
}

func TestTheCoordinatorOfATerritoryEditsItsNeedsByTheForm(t *testing.T) {
	i := webtest.Empty(t)
	here := save(t, i, nil)
	there := save(t, i, func(n *atlas.Need) { n.Territory = "CZ0642" })
	who := i.Account(t, "koordinatorka@kraj.example", atlas.Grant{Role: atlas.RoleTerritory, Territory: "CZ032"})
	i.SignIn(t, who.ID, true)
	form := i.Get(t, "/potreby/"+here.ID+"/upravit").Values()
	form.Set("status", atlas.NeedAddressed)
	form.Set("akce", "ulozit")
	if p := i.Post(t, "/potreby/"+here.ID+"/upravit", form); p.Status != 200 || !strings.HasPrefix(p.Path, "/potreby/"+here.ID) {
		t.Errorf("%d %s", p.Status, p.Words(".problems"))
	}
	if p := i.Get(t, "/potreby/"+there.ID+"/upravit"); p.Status != http.StatusForbidden {
		t.Errorf("of another territory: %d", p.Status)
	}
	if p := i.Get(t, "/potreby/"+there.ID); p.Find(`a[href$="/upravit"]`).Length() != 0 {
		t.Error("a form is offered that is not theirs")
	}
}

func TestTwoNeedsThatSayTheSameAreMergedAndSeparatedByPages(t *testing.T) {
	i := webtest.Empty(t)
	save(t, i, nil)
	save(t, i, func(n *atlas.Need) { n.Title = "Kurzy podruhé" })
	if p := i.Get(t, "/potreby/T-00002"); p.Find(`a[href$="/sloucit"]`).Length() != 0 {
		t.Error("the public is led to merging")
	}
	i.Viewer = webtest.Editor
	for _, lang := range []string{"", "/en"} {
		form := i.Get(t, lang+"/potreby/T-00002/sloucit").Values()
		for _, typed := range []string{"", "T-00002", "T-99999", "<nic>"} {
			form.Set("into", typed)
			p := i.Post(t, lang+"/potreby/T-00002/sloucit", form)
			if p.Status != http.StatusUnprocessableEntity || p.Values().Get("into") != typed || p.Find("#f-into-problem").Length() != 1 {
				t.Errorf("%q: %d %s", typed, p.Status, p.Words("form"))
			}
		}
		form.Set("into", "https://atlas.example/potreby/T-00001")
		p := i.Post(t, lang+"/potreby/T-00002/sloucit", form)
		if p.Status != 200 || p.Path != lang+"/potreby/T-00001" || !strings.Contains(p.Words("main"), "Kurzy podruhé (T-00002)") {
			t.Fatalf("%d %s %s", p.Status, p.Path, p.Words("main"))
		}
		if old := i.Get(t, lang+"/potreby/T-00002"); old.Path != lang+"/potreby/T-00001" {
			t.Errorf("the old address leads to %s", old.Path)
		}
		if got := titles(i.Get(t, lang+"/potreby")); len(got) != 1 {
			t.Errorf("the list has %q", got)
		}
		action, _ := p.Find(`form[action$="/oddelit"]`).Attr("action")
		if back := i.Post(t, action, url.Values{}); back.Status != 200 || back.Path != lang+"/potreby/T-00002" {
			t.Errorf("%d %s", back.Status, back.Path)
		}
		if again := i.Post(t, action, url.Values{}); again.Status != 200 { // a double click
			t.Errorf("%d", again.Status)
		}
	}
}
