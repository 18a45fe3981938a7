package calls_test

import (
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/web/webtest"
)

// whole is a call with every field filled.
func whole(t *testing.T, i *webtest.Instance) *atlas.Call {
	t.Helper()
	day := func(m, d int) atlas.Date { return atlas.Date{Year: 2026, Month: m, Day: d} }
	return save(t, i, &atlas.Call{
		Title: "Podpora sousedství", Number: "7/2026", Year: 2026, Funder: all(t, i)[0].Funder, Programme: "MV-OBCE",
		Theme: "soužití", Description: "První odstavec.\n\nDruhý.", Areas: []string{"JAZ", "SOU"}, Applicants: []string{"OBEC", "MC"},
		Announced: day(1, 2), OpenFrom: day(1, 15), Deadline: day(2, 28), DeadlineTime: "12:00", Continuous: true,
		CostFrom: atlas.Date{Year: 2026}, CostTo: atlas.Date{Year: 2026, Month: 12},
		Allocation: atlas.Crowns(20_000_000), Min: atlas.Amount{Minor: 74057685, State: atlas.AmountEstimate}, Max: atlas.Crowns(0),
		SupportPct: atlas.Pct(90), OwnShare: atlas.Percent{Known: true, Hundredths: 1050},
		Sources:  []atlas.Source{{Kind: "WEB", URL: "https://www.mvcr.cz/vyzva", Accessed: day(11, 20), Note: "podmínky"}},
		Verbatim: []atlas.Verbatim{{Field: "poznámka", Value: "dle sdělení"}},
	})
}

func TestSavingAFormUnchangedChangesNothing(t *testing.T) {
	i := webtest.Start(t)
	c := whole(t, i)
	i.Viewer = webtest.Editor
	for _, lang := range []string{"", "/en"} {
		before, _ := i.App.Reader().Call(t.Context(), c.ID)
		form := i.Get(t, lang+"/vyzvy/"+c.ID+"/upravit").Values()
		form.Set("akce", "ulozit")
		if p := i.Post(t, lang+"/vyzvy/"+c.ID+"/upravit", form); p.Status != 200 || p.Path != lang+"/vyzvy/"+c.ID+"?ulozeno=vyzva-"+c.ID || p.Find("[data-saved]").AttrOr("data-saved", "") != "vyzva-"+c.ID {
			t.Fatalf("%d at %s: %s", p.Status, p.Path, p.Words(".problems"))
		}
		after, _ := i.App.Reader().Call(t.Context(), c.ID)
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
		"title": {""}, "number": {"<7>"}, "year": {"loni"}, "funder": {"Nikdo"}, "programme": {"XXX"}, "theme": {"\"téma\""},
		"description": {"a & b"}, "areas": {"NIC"}, "applicants": {"KDO"}, "announced_on": {"včera"}, "open_from": {"31. 2. 2026"},
		"deadline": {"brzy"}, "deadline_time": {"25:00"}, "cost_from": {"1. 1. 1800"}, "cost_to": {"?"},
		"allocation": {"hodně"}, "min": {"-5"}, "max": {"\xff"}, "support_pct": {"120"}, "own_share_pct": {"desetina"},
		"url": {"javascript:alert(1)"}, "source_checked_on": {"dnes"},
		"sources.0.kind": {"BAJKA"}, "sources.0.url": {"ftp://x"}, "sources.0.accessed": {"včera"}, "sources.0.note": {"p"},
		"version": {"0"}, "akce": {"zverejnit"},
	}
	for _, lang := range []string{"", "/en"} {
		p := i.Post(t, lang+"/vyzvy/nova", form)
		if p.Status != http.StatusUnprocessableEntity {
			t.Fatalf("status %d", p.Status)
		}
		back := p.Values()
		for name, typed := range form {
			if want := strings.ToValidUTF8(typed[0], "\uFFFD"); name != "akce" && !slices.Contains(back[name], want) {
				t.Errorf("%s came back as %q, typed %q", name, back[name], want)
			}
		}
		for _, field := range []string{"title", "year", "funder", "programme", "areas", "applicants", "announced_on", "open_from", "deadline",
			"deadline_time", "cost_from", "cost_to", "allocation", "min", "max", "support_pct", "own_share_pct", "url", "source_checked_on",
			"sources-0-kind", "sources-0-url", "sources-0-accessed"} {
			if p.Find(`.problems a[href="#f-`+field+`"]`).Length() == 0 || p.Find("#f-"+field).Length() != 1 {
				t.Errorf("the summary does not lead to %s", field)
			}
		}
	}
	if n := len(all(t, i)); n != 19 {
		t.Errorf("something was written: %d calls", n)
	}
}

func TestPublishingAsksForADeadlineOrContinuousIntake(t *testing.T) { // 6.16
	i := webtest.Start(t)
	i.Viewer = webtest.Editor
	funder := i.App.ActorName(all(t, i)[0].Funder, "cs")
	form := url.Values{
		"title": {"Nová výzva"}, "year": {"2026"}, "funder": {strings.ToUpper(funder)}, "programme": {"MV-OBCE"},
		"url": {"www.mvcr.cz/vyzva"}, "source_checked_on": {"21. 11. 2026"}, "akce": {"zverejnit"},
	}
	p := i.Post(t, "/vyzvy/nova", form)
	if p.Status != 422 || p.Find(`.problems a[href="#f-deadline"]`).Length() != 1 || p.Find(".problems li").Length() != 1 {
		t.Fatalf("%d %s", p.Status, p.Words(".problems"))
	}
	form.Set("continuous", "1")
	if p := i.Post(t, "/vyzvy/nova", form); p.Status != 200 || !strings.Contains(p.Words(".lead"), "průběžně") || !strings.Contains(p.Words("main"), funder) {
		t.Errorf("%d %s", p.Status, p.Words("main"))
	}
	i.Viewer = atlas.Viewer{}
	if p := i.Get(t, "/vyzvy?q=nova"); !strings.Contains(p.Words("tbody"), "Nová výzva") {
		t.Error("readers do not see the published call")
	}
	if p := i.Get(t, "/vyzvy/nova"); p.Status != http.StatusForbidden {
		t.Errorf("a reader gets the form: %d", p.Status)
	}
}

func TestTheSecondOfTwoWritersSeesBothVersionsAndChooses(t *testing.T) {
	i := webtest.Start(t)
	c := whole(t, i)
	i.Viewer = webtest.Editor
	address := "/vyzvy/" + c.ID + "/upravit"
	first, second := i.Get(t, address).Values(), i.Get(t, address).Values()
	first.Set("theme", "první")
	first.Set("allocation", "1 000")
	first.Set("akce", "ulozit")
	second.Set("theme", "druhý")
	second.Set("deadline", "1. 3. 2026")
	second.Set("akce", "ulozit")
	if p := i.Post(t, address, first); p.Status != 200 {
		t.Fatal(p.Status)
	}
	p := i.Post(t, address, second)
	if text := p.Words("main"); p.Status != http.StatusConflict || !strings.Contains(text, "první") || !strings.Contains(text, "druhý") {
		t.Fatalf("%d %s", p.Status, text)
	}
	choice := p.Values()
	if choice.Get("volba.allocation") != "jejich" || choice.Get("volba.deadline") != "moje" || choice.Get("volba.theme") != "" {
		t.Errorf("preferred: %q %q %q", choice.Get("volba.allocation"), choice.Get("volba.deadline"), choice.Get("volba.theme"))
	}
	choice.Set("volba.theme", "jejich")
	choice.Set("akce", "ulozit")
	if p := i.Post(t, address, choice); p.Status != 200 {
		t.Fatalf("%d %s", p.Status, p.Words("main"))
	}
	now, _ := i.App.Reader().Call(t.Context(), c.ID)
	if now.Theme != "první" || now.Allocation != atlas.Crowns(1000) || now.Deadline.Month != 3 {
		t.Errorf("%q %v %v", now.Theme, now.Allocation, now.Deadline)
	}
}

func TestAnAddedRowIsSaidToBeNotSavedYet(t *testing.T) {
	i := webtest.Start(t)
	i.Viewer = webtest.Editor
	p := i.Get(t, "/vyzvy/nova")
	if mark, there := p.Find("#formular").Attr("data-guard"); !there || mark != "" || p.Find("#formular").AttrOr("data-draft", "") != "vyzva-novy" {
		t.Errorf("a new form: data-guard=%q", mark)
	}
	form := p.Values()
	form.Set("akce", "pridat:sources")
	p = i.Post(t, "/vyzvy/nova", form)
	if p.Find("#formular").AttrOr("data-guard", "") != "changed" || !p.Find("#f-sources-1-kind").Is("[autofocus]") {
		t.Error("the browser is not told that the form holds what is not saved, or where the person goes on")
	}
	if way := p.Find(".breadcrumb a"); way.Length() != 2 || way.Last().AttrOr("href", "") != "/vyzvy" {
		t.Errorf("the way from the home page: %s", way.Text())
	}
}
