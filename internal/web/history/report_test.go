package history_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

const report = "H-00002" // beside that of the demo content

// rewritten is a report that was written, published, and written again.
func rewritten(t *testing.T) *webtest.Instance {
	t.Helper()
	i := webtest.Start(t)
	i.Viewer = webtest.Editor
	form := url.Values{"version": {"0"}, "title": {"Zpráva o kraji"}, "lang": {"cs"}, "territory": {"CZ042"}, "from": {"2020"}, "to": {"2023"}, "text.approach": {"Kraj má dobrou strategii."}}
	i.Post(t, route.RegionalReportNew, form)
	i.Post(t, route.ReportPublishing("cs", report), url.Values{"version": {"1"}})
	form.Set("version", "2")
	form.Set("text.approach", "Kraj má novou strategii.")
	form.Set("text.framework", "Zákon o pobytu cizinců.")
	form.Set("territory", "CZ041")
	i.Post(t, route.ReportEditing("cs", report), form)
	return i
}

func TestTheHistoryOfAReportTellsWhoChangedWhichTexts(t *testing.T) {
	i := rewritten(t)
	h := route.ReportHistories()
	for _, lang := range []string{"cs", "en"} {
		p := i.Get(t, h.Of(lang, report))
		if p.Status != http.StatusOK || p.Find("table tbody tr").Length() != 3 || p.Find("input[name=ke-dni]").Length() != 0 {
			t.Fatalf("%d with %d versions", p.Status, p.Find("table tbody tr").Length())
		}
	}
	p := i.Get(t, h.Comparing("cs", report, 2, 3))
	text := p.Words("#rozdily")
	for _, want := range []string{"Texty oddílů", "Dosavadní přístup kraje a obcí: Kraj má [odebráno: dobrou ]", "Kraj má [přidáno: novou ]", "Evropský a český rámec: Zákon", "přidáno: Karlovarský"} {
		if !strings.Contains(text, want) {
			t.Errorf("the comparison lacks %q: %s", want, text)
		}
	}
	if removed := p.Words("#rozdily del"); !strings.Contains(removed, "dobrou") || strings.Contains(removed, "strategii") {
		t.Errorf("removed words: %q", removed)
	}
	if text := i.Get(t, h.Comparing("cs", report, 1, 2)).Words("#rozdily"); !strings.Contains(text, "1. vydání, data k") {
		t.Errorf("publishing is not told: %s", text)
	}
	if p := i.Get(t, h.At("cs", report, 1)); !strings.Contains(p.Words("main"), "Kraj má dobrou strategii.") {
		t.Errorf("the first version: %s", p.Words("main"))
	}
}

// Readers have editions. What is written between them is not theirs to read, and what
// was published stays as it is whatever is restored.
func TestRestoringTextsOfAReportChangesNoEditionAndIsForEditorsOnly(t *testing.T) {
	i := rewritten(t)
	h := route.ReportHistories()
	before := i.Get(t, route.EditionOf("cs", report, 1))
	restore := url.Values{"obnovit": {"1"}, "verze": {"3"}, "duvod": {"lepší znění"}}
	if p := i.Post(t, h.Of("cs", report), restore); p.Status != http.StatusOK || !strings.Contains(p.Words("main"), "lepší znění") {
		t.Fatalf("%d %s", p.Status, p.Words("main"))
	}
	r, err := i.App.Reader().Report(t.Context(), report)
	if err != nil {
		t.Fatal(err)
	}
	if r.Version != 4 || r.Text("approach") != "Kraj má dobrou strategii." || r.Text("framework") != "" || r.Territory != "CZ042" || len(r.Editions) != 1 || !r.Public() {
		t.Errorf("restored %+v", r)
	}
	if after := i.Get(t, route.EditionOf("cs", report, 1)); after.Words(".document") != before.Words(".document") {
		t.Error("the edition changed")
	}
	if p := i.Post(t, h.Of("cs", report), restore); p.Status != http.StatusConflict || len(p.Values()["duvod"]) == 0 {
		t.Errorf("restoring over what somebody else saved: %d", p.Status)
	}
	for name, v := range map[string]atlas.Viewer{"nobody": {}, "a member": {Account: "U-00009", Name: "U-00009"}} {
		i.Viewer = v
		for _, path := range []string{h.Of("cs", report), h.Comparing("cs", report, 2, 3), h.At("cs", report, 3)} {
			if p := i.Get(t, path); strings.Contains(p.Body, "novou") {
				t.Errorf("%s reads %s", name, path)
			}
		}
		restore.Set("verze", "4")
		i.Post(t, h.Of("cs", report), restore)
		if r, _ := i.App.Reader().Report(t.Context(), report); r.Version != 4 {
			t.Fatalf("%s restores a report", name)
		}
	}
}

func TestTheHistoryOfARoundIsForThoseWhoRunIt(t *testing.T) {
	i := webtest.Empty(t)
	round := &atlas.Round{Title: "Jarní kolo", Mode: atlas.ModeExPost, Rubric: "R-00001", Due: atlas.Date{Year: 2031, Month: 5, Day: 1}}
	if err := i.App.SaveRound(t.Context(), webtest.Editor, "", round); err != nil {
		t.Fatal(err)
	}
	round.Title, round.Mode, round.Calibration = "Podzimní kolo", atlas.ModeInterim, true
	if err := i.App.SaveRound(t.Context(), webtest.Editor, "", round); err != nil {
		t.Fatal(err)
	}
	i.Viewer = webtest.Editor
	for face, words := range map[string][]string{"": {"Jarní", "Podzimní", "po skončení", "v průběhu", "Kalibrační"}, "/en": {"Jarní", "Podzimní", "interim", "Calibration"}} {
		if p := i.Get(t, face+"/kola-hodnoceni/"+round.ID); p.Find("a[href='"+face+"/kola-hodnoceni/"+round.ID+"/historie']").Length() != 1 {
			t.Errorf("%s: no way to the history", face)
		}
		if p := i.Get(t, face+"/kola-hodnoceni/"+round.ID+"/historie"); p.Status != 200 || p.Find("main tbody tr").Length() != 2 {
			t.Errorf("%s: %d %s", face, p.Status, p.Words("main"))
		}
		p := i.Get(t, face+"/kola-hodnoceni/"+round.ID+"/porovnani?od=1&do=2")
		for _, want := range words {
			if !strings.Contains(strings.ReplaceAll(p.Words("main"), "\u00a0", " "), want) {
				t.Errorf("%s: %q is not among what changed: %s", face, want, p.Words("main"))
			}
		}
	}
	i.Viewer = atlas.Viewer{}
	if p := i.Get(t, "/kola-hodnoceni/"+round.ID+"/historie"); p.Status == 200 {
		t.Errorf("the public reads it: %d", p.Status)
	}
}
