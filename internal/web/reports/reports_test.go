package reports_test

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

func wanted(title string) url.Values {
	return url.Values{"version": {"0"}, "title": {title}, "lang": {"cs"}, "territory": {"CZ042"}, "from": {"2015"}, "to": {"2023"},
		"text.approach": {"Kraj má strategii.\n\n- jednou\n- dvakrát"}, "akce": {"ulozit"}}
}

// written is an instance with a report H-00002 beside that of the demo content.
func written(t *testing.T) *webtest.Instance {
	t.Helper()
	i := webtest.Start(t)
	i.Viewer = webtest.Editor
	page := i.Post(t, route.RegionalReportNew, wanted("Integrace v Ústeckém kraji"))
	if !strings.Contains(page.Words("main"), "Integrace v Ústeckém kraji") || !strings.Contains(page.Words("main"), "Kraj má strategii.") {
		t.Fatalf("not saved: %s", page.Words("main"))
	}
	return i
}

func publish(t *testing.T, i *webtest.Instance, version string) webtest.Page {
	t.Helper()
	i.Viewer = webtest.Editor
	return i.Post(t, route.ReportPublishing("cs", "H-00002"), url.Values{"version": {version}})
}

func TestAReportIsReadByAllOnceItIsPublishedAndNotBefore(t *testing.T) {
	i := written(t)
	i.Viewer = atlas.Viewer{}
	if page := i.Get(t, route.RegionalReports); strings.Contains(page.Words("main"), "Ústeckém") {
		t.Error("a draft is in the public list")
	}
	if status, _, _ := i.File(t, route.ReportOf("cs", "H-00002")); status != http.StatusNotFound {
		t.Errorf("a draft answers %d to the public", status)
	}
	publish(t, i, "1")
	i.Viewer = atlas.Viewer{}
	for _, path := range []string{route.ReportOf("cs", "H-00002"), route.EditionOf("cs", "H-00002", 1), route.EditionOf("en", "H-00002", 1)} {
		page := i.Get(t, path)
		for _, want := range []string{"Integrace v Ústeckém kraji", "Data k 21. 11. 2026", "Finanční toky", "Kraj má strategii.", "Pokrytí oblastí integrace", "Historie hodnocení"} {
			if !strings.Contains(page.Words("main"), want) {
				t.Errorf("%s lacks %q", path, want)
			}
		}
		if strings.Contains(page.Words("main"), "Evropský a český rámec") {
			t.Errorf("%s has a section without text and figures", path)
		}
	}
	if page := i.Get(t, route.In("en", route.RegionalReports)); !strings.Contains(page.Words("main"), "edition 1, data as of 21") {
		t.Errorf("the list: %s", page.Words("main"))
	}
}

func TestGeneratingTwiceFromTheSameDataGivesTheSameContentAndAnEditionNeverChanges(t *testing.T) {
	i := written(t)
	publish(t, i, "1")
	publish(t, i, "2")
	r, err := i.App.Reader().Report(t.Context(), "H-00002")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Editions) != 2 || r.Editions[0].Digest != r.Editions[1].Digest {
		t.Fatalf("editions: %+v", r.Editions)
	}
	files := func(number int) [][]byte {
		var out [][]byte
		for _, name := range []string{"zprava.pdf", "zprava.docx"} {
			status, _, body := i.File(t, route.EditionFile("cs", "H-00002", number, name))
			if status != http.StatusOK {
				t.Fatalf("%s answers %d", name, status)
			}
			out = append(out, body)
		}
		return out
	}
	one, two := files(1), files(2)
	changed := wanted("Jiný název")
	changed.Set("version", "3")
	i.Post(t, route.ReportEditing("cs", "H-00002"), changed)
	p, err := i.App.Reader().Project(t.Context(), "P-00001")
	if err != nil {
		t.Fatal(err)
	}
	p.Evaluated = atlas.EvaluationDone{State: atlas.Yes, Method: "rozhovory"}
	if err := i.App.SaveProject(t.Context(), webtest.Editor, p); err != nil {
		t.Fatal(err)
	}
	again := files(1)
	for n := range one {
		if !bytes.Equal(one[n], two[n]) || !bytes.Equal(one[n], again[n]) {
			t.Errorf("file %d differs", n)
		}
	}
	publish(t, i, "4")
	if page := i.Get(t, route.EditionOf("cs", "H-00002", 3)); page.Words("h1") != "Jiný název" { // an edition is no draft
		t.Errorf("the third edition is called %q", page.Words("h1"))
	}
	page := i.Get(t, route.EditionOf("cs", "H-00002", 1))
	if page.Words("h1") != "Integrace v Ústeckém kraji" || !strings.Contains(page.Words("main"), "Toto je starší vydání.") {
		t.Errorf("the first edition: %s", page.Words("h1"))
	}
}

// The report counts as the matrix of coverage does: one question, one number.
func TestTheAreasOfAReportAreThoseOfTheMatrix(t *testing.T) {
	i := written(t)
	report := map[string]string{}
	page := i.Get(t, route.ReportOf("cs", "H-00002"))
	for _, row := range page.Find("table:has(caption:contains('Pokrytí oblastí')) tbody tr").EachIter() {
		report[row.Find("th").Text()] = row.Find("td").First().Text()
	}
	if len(report) != 18 {
		t.Fatalf("%d areas", len(report))
	}
	matrix := i.Get(t, "/pokryti?uvnitr=CZ042&od=2015&do=2023&zobrazeni=matice")
	heads := matrix.Find("table.matrix thead th")
	sums := matrix.Find("table.matrix tbody").Eq(1).Find("tr").First().Children()
	compared := 0
	for n := range heads.Length() {
		want, ok := report[strings.TrimSpace(heads.Eq(n).Find("a").First().Text())]
		if !ok {
			continue
		}
		got := regexp.MustCompile(`\d+`).FindString(sums.Eq(n).Text())
		if got == "" {
			got = "0"
		}
		if compared++; got != want {
			t.Errorf("%s: %s in the matrix, %s in the report", heads.Eq(n).Text(), got, want)
		}
	}
	if compared < 10 {
		t.Errorf("only %d areas were compared: %s", compared, heads.Text())
	}
}

func TestNumbersOfPeopleStandWithTheirSourceAndDateAndUnknownIsNotZero(t *testing.T) {
	i := written(t)
	people := func(okres string, year int, n int64) atlas.Slice {
		return atlas.Slice{Territory: okres, Date: atlas.Date{Year: year, Month: 12, Day: 31}, Version: 1, Batch: "D-00001", Figures: []atlas.Figure{{Value: n, State: atlas.FigureKnown}}}
	}
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.PutSlices(t.Context(), atlas.DatasetForeigners, []atlas.Slice{people("CZ0421", 2018, 4000), people("CZ0421", 2023, 5000), people("CZ0422", 2023, 1234), people("CZ0201", 2023, 999)})
	})
	if err != nil {
		t.Fatal(err)
	}
	page := i.Get(t, route.ReportOf("cs", "H-00002"))
	rows := map[string]string{}
	for _, row := range page.Find("#s5 ~ .table-scroll").First().Find("tbody tr").EachIter() {
		rows[row.Find("th").Text()] = strings.Join(strings.Fields(row.Find("td").Text()), " ")
	}
	for place, want := range map[string]string{"okres Děčín": "5 00025 %", "okres Chomutov": "1 234není známo", "okres Most": "není známonení známo"} {
		if strings.Join(strings.Fields(rows[place]), "") != strings.Join(strings.Fields(want), "") {
			t.Errorf("%s: %q, want %q of %q", place, rows[place], want, rows)
		}
	}
	if len(rows) != 7 || !strings.Contains(page.Words("main"), "stav k 31. 12. 2023; licence") {
		t.Errorf("%v", rows)
	}
}

func TestAFormWithMistakesKeepsEveryWordAndSaysWhatIsWrong(t *testing.T) {
	i := webtest.Start(t)
	i.Viewer = webtest.Editor
	for _, lang := range []string{"cs", "en"} {
		bad := wanted("")
		bad.Set("from", "2023")
		bad.Set("to", "dva")
		bad.Set("territory", "CZ0421")
		page := i.Post(t, route.In(lang, route.RegionalReportNew), bad)
		if page.Status != http.StatusUnprocessableEntity || page.Find(".form .error, [aria-invalid=true]").Length() < 3 {
			t.Errorf("%s: %d with %d fields marked", lang, page.Status, page.Find("[aria-invalid=true]").Length())
		}
		if got := page.Values(); got.Get("to") != "dva" || got.Get("text.approach") != bad.Get("text.approach") {
			t.Errorf("%s: words were lost: %v", lang, got)
		}
	}
}

func TestWhoSavesSecondLosesNoWordAndSeesWhatStands(t *testing.T) {
	i := written(t)
	first, second := wanted("První"), wanted("Druhá")
	first.Set("version", "1")
	second.Set("version", "1")
	i.Post(t, route.ReportEditing("cs", "H-00002"), first)
	page := i.Post(t, route.ReportEditing("cs", "H-00002"), second)
	if page.Status != http.StatusConflict || page.Values().Get("title") != "Druhá" || !strings.Contains(page.Words(".notice-warning"), "První") {
		t.Fatalf("%d %s", page.Status, page.Words(".notice-warning"))
	}
	if page = publish(t, i, "1"); !strings.Contains(page.Words("main"), "mezitím někdo změnil") {
		t.Errorf("an old preview was published: %s", page.Words("main"))
	}
}

func TestPublishingTwiceMakesOneEdition(t *testing.T) {
	i := written(t)
	publish(t, i, "1")
	page := publish(t, i, "1")
	if page.Path != route.EditionOf("cs", "H-00002", 1) || !strings.Contains(page.Words("main, .flash, [role=status]"), "už vyšlo jako 1. vydání") {
		t.Errorf("%s: %s", page.Path, page.Words("body"))
	}
	r, err := i.App.Reader().Report(t.Context(), "H-00002")
	if err != nil || r.Latest() != 1 {
		t.Errorf("%d editions, %v", r.Latest(), err)
	}
}

// What cannot be saved keeps every word and says why, in the language of the page.
func TestATextTooLongAndATerritoryThatThereIsNotAreRefusedWithEveryWord(t *testing.T) {
	i := written(t)
	for lang, want := range map[string][2]string{"cs": {"20000", "Vyberte kraj"}, "en": {"20000", "Choose a region"}} {
		form := wanted("Dlouhá")
		form.Set("version", "1")
		form.Set("territory", "CZ999")
		form.Set("text.framework", strings.Repeat("slovo ", 4000))
		page := i.Post(t, route.ReportEditing(lang, "H-00002"), form)
		text := strings.ReplaceAll(page.Words(".problems"), "\u00a0", " ")
		if page.Status != http.StatusUnprocessableEntity || !strings.Contains(text, want[0]) || !strings.Contains(text, want[1]) {
			t.Errorf("%s: %d %s", lang, page.Status, text)
		}
		if got := page.Values(); len(got.Get("text.framework")) < 23_000 || got.Get("text.approach") != form.Get("text.approach") {
			t.Errorf("%s: words were lost", lang)
		}
	}
	for _, path := range []string{route.ReportOf("cs", "H-99999"), route.ReportHistories().Of("cs", "H-99999"), route.ReportDraft("cs", "H-99999", "navrh.pdf"), route.EditionOf("cs", "H-00002", 1)} {
		if status, _, _ := i.File(t, path); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func TestAReportOverAnEmptyDatabaseSaysThatNothingIsKnown(t *testing.T) {
	i := webtest.EmptyIn(t, t.TempDir())
	i.Viewer = webtest.Editor
	i.Post(t, route.RegionalReportNew, wanted("Prázdná"))
	page := i.Get(t, route.ReportOf("cs", "H-00001"))
	text := page.Words("main")
	for _, want := range []string{"Databáze k tomu nezná žádný projekt", "není žádná statistika osob"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if n := page.Find("figure").Length(); n > 0 {
		t.Errorf("%d pictures of nothing", n)
	}
	for _, name := range []string{"navrh.pdf", "navrh.docx"} {
		if status, _, body := i.File(t, route.ReportDraft("cs", "H-00001", name)); status != http.StatusOK || len(body) < 5000 {
			t.Errorf("%s: %d", name, status)
		}
	}
}
