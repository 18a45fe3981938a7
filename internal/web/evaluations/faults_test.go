package evaluations_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas/internal/web/webtest"
)

// declared opens the sheet of an evaluator and gives what its form sends.
func (b *board) declared(t *testing.T, account, id string) url.Values {
	t.Helper()
	b.as(t, account)
	p := b.Post(t, "/hodnoceni/"+id+"/prohlaseni", url.Values{"conflict": {"ne"}})
	if p.Path != "/hodnoceni/"+id+"/list" {
		t.Fatalf("declared: %d %s", p.Status, p.Path)
	}
	form := filled("ROZEPSANO", ninth...)
	form.Set("version", p.Find("input[name=version]").AttrOr("value", ""))
	return form
}

// TestWhatIsTypedComesBackWhenTheWriterIsTakenOutMeanwhile: access ends at once, and
// still nobody loses what they have just written.
func TestWhatIsTypedComesBackWhenTheWriterIsTakenOutMeanwhile(t *testing.T) {
	b := newBoard(t)
	id := b.begin(t)
	form := b.declared(t, b.one, id)
	b.as(t, b.boss)
	if p := b.Post(t, "/hodnoceni/"+id+"/rizeni", url.Values{"akce": {"odebrat"}, "account": {b.one}, "reason": {"Odešla z panelu"}}); p.Status != http.StatusOK {
		t.Fatalf("removed: %d", p.Status)
	}
	b.as(t, b.one)
	p := b.Post(t, "/hodnoceni/"+id+"/list", form)
	if p.Status != http.StatusNotFound || !strings.Contains(p.Body, "ROZEPSANO a dost dlouhé.") {
		t.Errorf("%d: what was typed is not given back", p.Status)
	}
	if p := b.Get(t, "/hodnoceni/"+id); p.Status != http.StatusNotFound {
		t.Errorf("the removed one reads on: %d", p.Status)
	}
}

// TestASessionThatEndsWhileScoringTakesNothing: the page that asks to sign in carries
// every word, and sends them again.
func TestASessionThatEndsWhileScoringTakesNothing(t *testing.T) {
	b := newBoard(t)
	id := b.begin(t)
	form := b.declared(t, b.one, id)
	b.SignOut(t)
	p := b.Post(t, "/hodnoceni/"+id+"/list", form)
	again := p.Values()
	if p.Status != http.StatusForbidden || again.Get("scores.K3.justification") != form.Get("scores.K3.justification") || again.Get("scores.K12") != "2" {
		t.Fatalf("%d: carried %d fields", p.Status, len(again))
	}
	b.as(t, b.one)
	if p = b.Post(t, "/hodnoceni/"+id+"/list", again); p.Status != http.StatusOK || !strings.HasPrefix(p.Path, "/hodnoceni/"+id+"?") {
		t.Errorf("sent again: %d %s %s", p.Status, p.Path, p.Words(".problems"))
	}
}

// TestASheetTakesAnythingThatPeoplePaste: markup, letters from the right, control
// characters and a hundred thousand characters are words like any others.
func TestASheetTakesAnythingThatPeoplePaste(t *testing.T) {
	b := newBoard(t)
	id := b.begin(t)
	form := b.declared(t, b.one, id)
	odd := `<script>alert(1)</script></textarea><img src=x onerror=alert(1)> שלום ‮obrácené {{.}} ' " & %00`
	form.Set("strengths", odd)
	form.Set("scores.K1.justification", strings.Repeat("ěščř žýáí ", 10_000))
	form.Set("scores.K2.evidence.0.url", "javascript:alert(1)")
	p := b.Post(t, "/hodnoceni/"+id+"/list", form)
	if p.Status != http.StatusUnprocessableEntity || p.Find("textarea[name=strengths]").Text() != odd || len(p.Find("textarea[name='scores.K1.justification']").Text()) < 100_000 {
		t.Errorf("%d %q", p.Status, p.Find("textarea[name=strengths]").Text())
	}
	if p.Find("main script, main img").Length() != 0 {
		t.Error("markup of a person is markup of the page")
	}
	for name, bad := range map[string]string{"scores.K1": "99", "scores.K4": "-1", "scores.K5": "2,5", "scores.K6": "9999999999999999999999", "scores.K7.confidence": "77", "gates.H1": "možná"} {
		wrong := url.Values{}
		for k, v := range form {
			wrong[k] = v
		}
		wrong.Set("scores.K2.evidence.0.url", "")
		wrong.Set(name, bad)
		if p := b.Post(t, "/hodnoceni/"+id+"/list", wrong); p.Status != http.StatusUnprocessableEntity || p.Find(".problems a").Length() == 0 {
			t.Errorf("%s=%s: %d", name, bad, p.Status)
		}
	}
}

// TestDaysAndCodesThatCannotBeAreRefusedWithTheFormAsItWas
func TestDaysAndCodesThatCannotBeAreRefusedWithTheFormAsItWas(t *testing.T) {
	b := newBoard(t)
	b.as(t, b.boss)
	plan := func(change func(url.Values)) webtest.Page {
		v := url.Values{"project": {b.project}, "mode": {"ex-post"}, "rubric": {b.rubric}, "due": {"2026-12-15"}, "evaluators": {b.one, b.two}, "akce": {"zacit"}}
		change(v)
		return b.Post(t, "/hodnoceni/nove", v)
	}
	for _, x := range [][2]string{
		{"due", "31. 2. 2027"}, {"due", "2026-13-45"}, {"due", "včera"}, {"due", "1.1.1900"}, {"due", "31.12.9999"}, {"due", ""}, {"mode", "nikdy"}, {"mode", ""}, {"rubric", "R-99999"}, {"rubric", "<b>"},
		{"project", "P-99999"}, {"project", "P-1; DROP TABLE"}, {"evaluators", "U-99999"}, {"evaluators", ""},
	} {
		if p := plan(func(v url.Values) { v.Set(x[0], x[1]) }); p.Status != http.StatusUnprocessableEntity || p.Find(".problems a").Length() == 0 {
			t.Errorf("%s=%q: %d %s", x[0], x[1], p.Status, p.Path)
		}
	}
	if p := plan(func(v url.Values) { v.Set("evaluators", b.boss); v.Add("evaluators", b.one) }); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("somebody who is no evaluator: %d", p.Status)
	}
}

// TestEvidenceThatDoesNotHoldIsTakenOutOnThePage: by who did not judge, with a reason
// that everybody reads; and a published evaluation as a whole.
func TestEvidenceThatDoesNotHoldIsTakenOutOnThePage(t *testing.T) { // ranked 9
	b := newBoard(t)
	id := b.begin(t)
	b.submit(t, b.one, id, "PRVNI", ninth...)
	b.submit(t, b.two, id, "DRUHY", ninth...)
	b.as(t, b.boss)
	for _, deed := range []string{"schvalit", "zverejnit"} {
		version := b.Get(t, "/hodnoceni/"+id).Find("form[action$=schvaleni] input[name=version]").AttrOr("value", "")
		b.Post(t, "/hodnoceni/"+id+"/schvaleni", url.Values{"version": {version}, "akce": {deed}})
	}
	p := b.Get(t, "/hodnoceni/"+id)
	form := p.Find("#K5 form").First()
	v := url.Values{"akce": {"vyradit"}}
	for _, name := range []string{"sheet", "read", "criterion", "at"} {
		v.Set(name, form.Find("input[name="+name+"]").AttrOr("value", ""))
	}
	if form.Length() != 1 || v.Get("criterion") != "K5" {
		t.Fatalf("no form at the evidence: %s", p.Words("#K5"))
	}
	if p = b.Post(t, "/hodnoceni/"+id+"/schvaleni", v); p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), "proč") {
		t.Errorf("without a reason: %d %s", p.Status, p.Words(".problems"))
	}
	stands(t, p, "#K5 form")
	v.Set("reason", "Zpráva byla opravena")
	if p = b.Post(t, "/hodnoceni/"+id+"/schvaleni", v); p.Status != http.StatusOK || !strings.Contains(p.Words("#K5"), "Vyřazeno: Zpráva byla opravena") {
		t.Errorf("withdrawn: %d %s", p.Status, p.Words("#K5"))
	}
	if p = b.Post(t, "/hodnoceni/"+id+"/schvaleni", v); p.Status != http.StatusConflict && p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a second time: %d", p.Status)
	}
	for _, at := range []string{"", "x", "-1", "99999999999999999999"} {
		v.Set("at", at)
		if p = b.Post(t, "/hodnoceni/"+id+"/schvaleni", v); p.Status < 400 || p.Status >= 500 {
			t.Errorf("at %q: %d", at, p.Status)
		}
	}
	b.SignOut(t)
	for _, path := range []string{"/hodnoceni/" + id, "/hodnoceni/" + id + "/zprava"} {
		if p := b.Get(t, path); !strings.Contains(p.Words("main"), "Zpráva byla opravena") || p.Find("#K5 form").Length() != 0 {
			t.Errorf("%s does not tell the public: %d", path, p.Status)
		}
	}
	b.as(t, b.boss)
	version := b.Get(t, "/hodnoceni/"+id).Find("form[action$=schvaleni] input[name=version]").AttrOr("value", "")
	stands(t, b.Post(t, "/hodnoceni/"+id+"/schvaleni", url.Values{"version": {version}, "akce": {"stahnout"}}), "form:has([value=stahnout])")
	b.Post(t, "/hodnoceni/"+id+"/schvaleni", url.Values{"version": {version}, "akce": {"stahnout"}, "reason": {"Chyba"}})
	b.SignOut(t)
	if p := b.Get(t, "/hodnoceni/"+id); p.Status != http.StatusNotFound {
		t.Errorf("the public reads what was taken back: %d", p.Status)
	}
	if p := b.Get(t, "/projekty/"+b.project); strings.Contains(p.Words("main"), "72,0") {
		t.Error("the page of the project still says the result")
	}
}

// TestASheetSubmittedTwiceIsOneSheetAndNoWordIsLost: a double click changes nothing; a
// second window with other words gets them back.
func TestASheetSubmittedTwiceIsOneSheetAndNoWordIsLost(t *testing.T) {
	b := newBoard(t)
	id := b.begin(t)
	form := b.declared(t, b.one, id)
	for range 2 {
		if p := b.Post(t, "/hodnoceni/"+id+"/list", form); p.Status != http.StatusOK || !strings.HasPrefix(p.Path, "/hodnoceni/"+id) {
			t.Fatalf("%d %s", p.Status, p.Path)
		}
	}
	form.Set("strengths", "DRUHEOKNO")
	p := b.Post(t, "/hodnoceni/"+id+"/list", form)
	if p.Status != http.StatusConflict || !strings.Contains(p.Words("main"), "DRUHEOKNO") || p.Find("form#formular").Length() != 0 {
		t.Errorf("a second window: %d %s", p.Status, p.Path)
	}
	if p = b.Get(t, "/hodnoceni/"+id+"/list"); strings.Contains(p.Body, "DRUHEOKNO") {
		t.Error("the submitted sheet has changed")
	}
}

// TestAStatementOfAnotherIsShownBesideOnesOwn: two evaluators write the statement at
// once; the second one reads the first and loses nothing.
func TestAStatementOfAnotherIsShownBesideOnesOwn(t *testing.T) {
	b := newBoard(t)
	id := b.begin(t)
	other := append([]int(nil), ninth...)
	other[2] = 1
	b.submit(t, b.one, id, "PRVNI", ninth...)
	b.submit(t, b.two, id, "DRUHY", other...)
	form := b.Get(t, "/hodnoceni/"+id+"/dohoda").Values()
	write := func(who, text string, v url.Values) webtest.Page {
		b.as(t, who)
		v.Set("statement", text)
		v.Set("settlements.K3", text)
		return b.Post(t, "/hodnoceni/"+id+"/dohoda", v)
	}
	first, second := url.Values{"read": form["read"]}, url.Values{"read": form["read"]}
	if p := write(b.one, "Shodli jsme se na tom, co z ankety plyne.", first); p.Status != http.StatusOK {
		t.Fatalf("the first: %d %s", p.Status, p.Words(".problems"))
	}
	p := write(b.two, "Podle mě jsme se shodli jen zčásti, a to takto.", second)
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".notice-warning"), "co z ankety plyne") || !strings.Contains(p.Find("textarea[name=statement]").Text(), "jen zčásti") {
		t.Fatalf("the second: %d %s", p.Status, p.Words("main"))
	}
	again := p.Values()
	if p = write(b.two, "Společně: shodli jsme se na tom, co z ankety plyne, a jen zčásti.", again); p.Status != http.StatusOK {
		t.Errorf("put together: %d %s", p.Status, p.Words(".problems"))
	}
}

// stands: the summary of problems leads to the field of a form, which stands open.
func stands(t *testing.T, p webtest.Page, form string) {
	t.Helper()
	to := p.Find(".problems a").AttrOr("href", "")
	field := p.Find(form).Find("input[name=reason]").FilterFunction(func(_ int, s *goquery.Selection) bool { return "#"+s.AttrOr("id", "") == to })
	if field.Length() != 1 || field.ParentsFiltered("details:not([open])").Length() > 0 {
		t.Errorf("the way to %s leads to %d fields, behind %d closed folds", to, field.Length(), field.ParentsFiltered("details:not([open])").Length())
	}
}
