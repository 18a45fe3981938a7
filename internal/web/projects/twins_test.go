package projects

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"atlas"

	"github.com/PuerkitoBio/goquery"
)

// twins writes two records of one project, of the first organisation there is.
func twins(t *testing.T, i *instance) (keep, drop *atlas.Project) {
	t.Helper()
	org := &atlas.Actor{Name: "Město Ukázkov", Type: "OBEC", Country: "CZ"}
	if err := i.app.SaveActor(t.Context(), editor, org); err != nil {
		t.Fatal(err)
	}
	for n, p := range []**atlas.Project{&keep, &drop} {
		*p = &atlas.Project{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, TitleCs: []string{"Sousedské úterky", "Sousedské úterky!"}[n],
			Goal: []string{"Poznat se", ""}[n], Annotation: []string{"", "Anotace druhého"}[n], Country: "CZ",
			From: atlas.Date{Year: 2021}, To: atlas.Date{Year: 2022, Month: 3 + n}, Subgoals: []string{[]string{"jedna", "dvě"}[n]},
			Parties: []atlas.Party{{Actor: org.ID, Role: atlas.RoleImplementer}},
			Sources: []atlas.Source{{Kind: "WEB", URL: []string{"https://www.example.org/a", "https://www.example.org/b"}[n], Accessed: atlas.Date{Year: 2026}}}}
		if err := i.app.SaveProject(t.Context(), editor, *p); err != nil {
			t.Fatal(err)
		}
	}
	return keep, drop
}

func TestTheWorkListOfDuplicatesIsDecidedPairByPair(t *testing.T) { // domain.md 8.9
	i := empty(t)
	if d := i.page(t, "/projekty/dvojnici"); !strings.Contains(d.Find("main").Text(), "Žádnou podezřelou dvojici") {
		t.Error(d.Find("main").Text())
	}
	keep, drop := twins(t, i)
	d := i.page(t, "/projekty/dvojnici")
	if d.Find("main section").Length() != 1 || !strings.Contains(d.Find("nav.views").Text(), "K rozhodnutí (1)") {
		t.Fatal(d.Find("main").Text())
	}
	marked := d.Find(`tbody tr:contains("liší se") th`).Text()
	if !strings.Contains(marked, "Konec") || strings.Contains(marked, "Začátek") {
		t.Errorf("marked as differing: %s", marked)
	}
	for _, c := range []struct{ press, state, after string }{
		{"pozdeji", "pozdeji", "Odložené (1)"}, {"dva", "dva", "Jsou to dva projekty (1)"}, {"", "", "K rozhodnutí (1)"}, {"dva", "dva", "K rozhodnutí (0)"},
	} {
		form := url.Values{"prvni": {drop.ID}, "druhy": {keep.ID}, "rozhodnuti": {c.press}, "zpet": {"//jinde.example"}}
		if res := i.post(t, "/projekty/dvojnici", form); res.Code != http.StatusSeeOther || res.Header().Get("Location") != "/projekty/dvojnici" {
			t.Fatalf("%q: %d %s", c.press, res.Code, res.Header().Get("Location"))
		}
		d := i.page(t, "/projekty/dvojnici?stav="+c.state)
		if d.Find("main section").Length() != 1 || !strings.Contains(d.Find("nav.views").Text(), c.after) {
			t.Errorf("%q: %s", c.press, d.Find("main").Text())
		}
	}
	if res := i.post(t, "/projekty/dvojnici", url.Values{"prvni": {drop.ID}, "druhy": {"P-99999"}, "rozhodnuti": {"dva"}}); res.Code != http.StatusNotFound {
		t.Errorf("a project that is not there: %d", res.Code)
	}
	if d := i.page(t, "/projekty"); d.Find(`a[href="/projekty/dvojnici"]`).Length() != 1 {
		t.Error("the list of projects does not lead there")
	}
}

func TestTwoRecordsAreMergedAsChosenAndSeparatedAgain(t *testing.T) { // domain.md 8.9
	i := empty(t)
	keep, drop := twins(t, i)
	address := "/projekty/dvojnici/" + keep.ID + "/" + drop.ID
	d := i.page(t, address)
	checked := map[string]string{}
	d.Find("input[checked]").Each(func(_ int, s *goquery.Selection) { checked[s.AttrOr("name", "")] = s.AttrOr("value", "") })
	if checked["volba.annotation"] != "drop" || checked["volba.goal"] != "keep" || checked["volba.subgoals"] != "both" || !strings.Contains(d.Find("table").Text(), "www.example.org/b") {
		t.Errorf("%v", checked)
	}
	form := fields(d)
	form.Set("volba.date_to", "drop")
	edited := *drop
	edited.Goal = "Cíl druhého"
	if err := i.app.SaveProject(t.Context(), editor, &edited); err != nil {
		t.Fatal(err)
	}
	res := i.post(t, address, form)
	d = res.html()
	if res.Code != http.StatusConflict || !strings.Contains(d.Find("[role=alert]").Text(), "mezitím někdo upravil") {
		t.Fatalf("%d %s", res.Code, d.Find("main").Text())
	}
	if d.Find(`input[name="volba.date_to"][value=drop][checked]`).Length() != 1 {
		t.Error("what was chosen is gone")
	}
	if res = i.post(t, address, fields(d)); res.Code != http.StatusSeeOther || res.Header().Get("Location") != "/projekty/"+keep.ID {
		t.Fatalf("%d %s", res.Code, res.Header().Get("Location"))
	}
	p, err := i.app.Reader().Project(t.Context(), keep.ID)
	if err != nil || p.To != drop.To || p.Goal != "Poznat se" || p.Annotation != "Anotace druhého" || len(p.Subgoals) != 2 || len(p.Sources) != 2 {
		t.Errorf("%+v %v", p, err)
	}
	if d = i.page(t, "/projekty/dvojnici?stav=sloucene"); !strings.Contains(d.Find("tbody").Text(), drop.ID) {
		t.Error(d.Find("main").Text())
	}
	undo := "/projekty/slouceni/" + drop.ID + "/zrusit"
	if d = i.page(t, undo); !strings.Contains(d.Find("tbody").Text(), "Anotace") || d.Find("main form").Length() != 1 {
		t.Error(d.Find("main").Text())
	}
	if res = i.post(t, undo, url.Values{}); res.Code != http.StatusSeeOther || res.Header().Get("Location") != "/projekty/"+drop.ID {
		t.Errorf("%d %s", res.Code, res.Header().Get("Location"))
	}
	if p, err = i.app.Reader().Project(t.Context(), drop.ID); err != nil || p.MergedInto != "" || p.Goal != "Cíl druhého" {
		t.Errorf("%+v %v", p, err)
	}
	if d = i.page(t, undo); !strings.Contains(d.Find("main").Text(), "není sloučený") || d.Find("main form").Length() != 0 {
		t.Error(d.Find("main").Text())
	}
	if english := i.page(t, "/en"+address); !strings.Contains(english.Find("h1").Text(), "Merge two records") {
		t.Error(english.Find("h1").Text())
	}
}

func TestAMergeThatBreaksARuleSaysWhich(t *testing.T) { // domain.md 6.1
	i := empty(t)
	keep, drop := twins(t, i)
	drop.From, drop.To = atlas.Date{Year: 2018}, atlas.Date{Year: 2019}
	if err := i.app.SaveProject(t.Context(), editor, drop); err != nil {
		t.Fatal(err)
	}
	address := "/projekty/dvojnici/" + keep.ID + "/" + drop.ID
	form := fields(i.page(t, address))
	form.Set("volba.date_to", "drop") // before the start of the first
	res := i.post(t, address, form)
	d := res.html()
	if res.Code != http.StatusUnprocessableEntity || d.Find(".problems li").Length() != 1 || d.Find(`input[name="volba.date_to"][value=drop][checked]`).Length() != 1 {
		t.Errorf("%d %s", res.Code, d.Find("main").Text())
	}
}
