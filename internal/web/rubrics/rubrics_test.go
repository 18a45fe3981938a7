package rubrics_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/web/webtest"
)

const shipped = "/metodiky/R-00001"

func TestARubricIsReadByEverybodyAsTextAndAsJSON(t *testing.T) {
	i := webtest.Empty(t)
	for _, x := range []struct{ face, title, weights, rule string }{
		{"", "Metodika Atlasu integrace", "po skončení", "K10 Přenositelnost: alespoň 3"},
		{"/en", "Rubric of Atlas integrace", "after the end", "K10 Transferability: at least 3"},
	} {
		p := i.Get(t, x.face+shipped)
		if p.Status != http.StatusOK || p.Words("h1") != x.title || !strings.Contains(p.Words("thead"), x.weights) || !strings.Contains(p.Words("#pravidlo"), x.rule) {
			t.Errorf("%s: %d %q, %q", x.face, p.Status, p.Words("h1"), p.Words("#pravidlo"))
		}
		if p.Find("h3[id^=K]").Length() != 13 || p.Words("tfoot") == "" || p.Find("form[action*=stav]").Length() > 0 {
			t.Errorf("%s: criteria, sums and nothing to write", x.face)
		}
		if list := i.Get(t, x.face+"/metodiky"); !strings.Contains(list.Words("main"), x.title) {
			t.Errorf("%s: not in the list", x.face)
		}
	}
	status, _, data := i.File(t, shipped+"/metodika.json")
	back, wrong := rubric.Read(data)
	if status != http.StatusOK || len(wrong) > 0 || len(back.Criteria) != 13 {
		t.Fatalf("%d %v", status, wrong)
	}
	_, header, data := i.File(t, shipped+"/pravidlo.json")
	var rule map[string]any
	if err := json.Unmarshal(data, &rule); err != nil || rule["total"] != 70.0 || !strings.HasPrefix(header.Get("Content-Type"), "application/json") {
		t.Errorf("the rule: %v %v", rule, err)
	}
}

// TestThePreviewCountsAsAnEvaluationDoes tries acceptance example 9.
func TestThePreviewCountsAsAnEvaluationDoes(t *testing.T) {
	i := webtest.Empty(t)
	query := url.Values{"rezim": {"ex-post"}}
	for n, points := range "433233232432" {
		query.Set("K"+string("123456789"[n%9:][:1]), string(points))
	}
	for n, code := range []string{"K10", "K11", "K12"} {
		query.Set(code, string("432"[n]))
	}
	for n, code := range []string{"K1", "K2", "K3"} {
		query.Set(code, string("433"[n]))
	}
	p := i.Get(t, shipped+"/nahled?"+query.Encode())
	if said := p.Words("#soucet"); !strings.Contains(said, "72 bodů ze 100: dobré") || !strings.Contains(said, "100 %") {
		t.Errorf("%q", said)
	}
	query.Set("K4", "bd")
	query.Set("H2", "ano")
	if said := i.Get(t, "/en"+shipped+"/nahled?"+query.Encode()).Words("#soucet"); !strings.Contains(said, "74.4") || !strings.Contains(said, "90") || !strings.Contains(said, "Excluded") {
		t.Errorf("%q", said)
	}
	if p := i.Get(t, shipped+"/nahled?rezim=nic&K1=99&K2=x"); p.Status != http.StatusOK || p.Find("#soucet").Length() != 1 {
		t.Errorf("nonsense in the address: %d", p.Status)
	}
}

func TestANewVersionIsDraftedByTheFormAndPublishedWhenItsWeightsFit(t *testing.T) {
	i := webtest.Empty(t)
	i.Viewer = webtest.Editor
	p := i.Post(t, shipped+"/nova-verze", nil)
	draft := "/metodiky/R-00002"
	p = i.Get(t, draft+"/upravit")
	if p.Status != http.StatusOK || p.Find("input[type=number]").Length() != 39 {
		t.Fatalf("the form: %d, %d weights", p.Status, p.Find("input[type=number]").Length())
	}
	sent := p.Values()
	sent.Set("akce", "ulozit")
	if again := i.Post(t, draft+"/upravit", sent); again.Status != http.StatusSeeOther && again.Status != http.StatusOK {
		t.Fatalf("saving what was filled: %d %s", again.Status, again.Words(".problems"))
	}
	first, _ := i.App.Reader().Rubric(t.Context(), "R-00001")
	second, err := i.App.Reader().Rubric(t.Context(), "R-00002")
	if err != nil {
		t.Fatal(err)
	}
	second.Number = first.Number
	if string(rubric.Write(first)) != string(rubric.Write(second)) {
		t.Error("filling and saving has changed the rubric")
	}

	sent = i.Get(t, draft+"/upravit").Values()
	sent.Set("akce", "ulozit")
	sent.Set("criteria.0.weights.ex-post", "9")
	i.Post(t, draft+"/upravit", sent)
	if said := i.Get(t, draft+"/upravit").Words("#f-weights-ex-post"); !strings.Contains(said, "97") || !strings.Contains(said, "chybí 3") {
		t.Errorf("the sum: %q", said)
	}
	if p = i.Get(t, draft); !strings.Contains(p.Words(".notice-warning"), "dávají dohromady 97") {
		t.Errorf("what is missing: %q", p.Words(".notice-warning"))
	}
	version, _ := p.Find("form[action$=stav] input[name=version]").Attr("value")
	if p = i.Post(t, draft+"/stav", url.Values{"stav": {"zverejnit"}, "version": {version}}); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("published with 97: %d", p.Status)
	}

	sent = i.Get(t, draft+"/upravit").Values()
	sent.Set("akce", "ulozit")
	sent.Set("criteria.0.weights.ex-post", "12")
	sent.Set("mark.all", "K5 3, K99 3")
	sent.Set("criteria.1.anchors.cs", "beze slov")
	p = i.Post(t, draft+"/upravit", sent)
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), "beze slov") || p.Find("textarea[name='criteria.1.anchors.cs']").Text() != "beze slov" {
		t.Errorf("%d %q", p.Status, p.Words(".problems"))
	}
	sent.Set("criteria.1.anchors.cs", "0: nic\n4: vše")
	sent.Set("criteria.1.anchors.en", "")
	p = i.Post(t, draft+"/upravit", sent)
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), "K99") {
		t.Errorf("%d %q", p.Status, p.Words(".problems"))
	}
	sent.Set("mark.all", "K5 3, K10 ≥ 3")
	i.Post(t, draft+"/upravit", sent)
	p = i.Get(t, draft)
	version, _ = p.Find("form[action$=stav] input[name=version]").Attr("value")
	i.Post(t, draft+"/stav", url.Values{"stav": {"zverejnit"}, "version": {version}})
	published, err := i.App.Reader().Rubric(t.Context(), "R-00002")
	if err != nil || published.Number != 2 || !published.Open() || len(published.Mark.All) != 2 || len(published.Criteria[1].Anchors) != 2 {
		t.Fatalf("%+v %v", published, err)
	}
	// what was published has no form any more, and what is sent to it is kept and said
	if p = i.Post(t, draft+"/upravit", sent); p.Status != http.StatusUnprocessableEntity || p.Find("textarea[name='criteria.1.anchors.cs']").Text() != "0: nic\n4: vše" {
		t.Errorf("a published version took a form: %d", p.Status)
	}
}

func TestARubricFromAFileIsADraftOrIsRefusedByPlace(t *testing.T) {
	i := webtest.Empty(t)
	i.Viewer = webtest.Editor
	for lang, want := range map[string]string{"": "criteria.0.weights.interim: Tady má být číslo", "/en": "criteria.0.weights.interim: Here should be a number"} {
		data := strings.Replace(string(rubric.Write(rubric.Default())), `"interim": 10`, `"interim": "deset"`, 1)
		p := i.Post(t, lang+"/metodiky/nacist", url.Values{"text": {data}})
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), want) || !strings.Contains(p.Find("textarea").Text(), "deset") {
			t.Errorf("%d %q", p.Status, p.Words(".problems"))
		}
	}
	r := rubric.Default()
	r.Family = "plzen"
	i.Post(t, "/metodiky/nacist", url.Values{"text": {string(rubric.Write(r))}})
	taken, err := i.App.Reader().Rubric(t.Context(), "R-00002")
	if err != nil || taken.Family != "plzen" || taken.RecordStatus != atlas.RecordDraft {
		t.Fatalf("%+v %v", taken, err)
	}
	i.Viewer = atlas.Viewer{}
	if p := i.Get(t, "/metodiky/R-00002"); p.Status != http.StatusNotFound {
		t.Errorf("the public reads a draft: %d", p.Status)
	}
}
