package rubrics_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/web/webtest"
)

// drafted is an instance with a draft of the next version of the shipped rubric.
func drafted(t *testing.T) (i *webtest.Instance, draft string) {
	t.Helper()
	i = webtest.Empty(t)
	i.Viewer = webtest.Editor
	i.Post(t, shipped+"/nova-verze", nil)
	return i, "/metodiky/R-00002"
}

func TestCriteriaConditionsAndLevelsAreMovedByButtonsAndNothingTypedIsLost(t *testing.T) {
	i, draft := drafted(t)
	before, err := i.App.Reader().Rubric(t.Context(), "R-00002")
	if err != nil {
		t.Fatal(err)
	}
	for _, face := range []string{"", "/en"} {
		p := i.Get(t, face+draft+"/upravit")
		if up, down := p.Find("button[value^='nahoru:criteria.']").Length(), p.Find("button[value^='dolu:criteria.']").Length(); up != 12 || down != 12 {
			t.Errorf("%s: %d up, %d down of 13 criteria", face, up, down)
		}
		if said, _ := p.Find("button[value='dolu:criteria.0']").Attr("aria-label"); !strings.Contains(said, before.Criteria[0].Code) {
			t.Errorf("%s: the button says %q", face, said)
		}
	}
	sent := i.Get(t, draft+"/upravit").Values()
	sent.Set("criteria.1.title.cs", "Rozepsaný název")
	sent.Set("criteria.0.questions.cs", "Rozepsaná otázka?")
	sent.Set("criteria.0.questions.en", "")
	sent.Set("gates.0.cs", "Rozepsaná podmínka")
	press := func(action string) webtest.Page {
		t.Helper()
		sent.Set("akce", action)
		p := i.Post(t, draft+"/upravit", sent)
		if p.Status != http.StatusOK {
			t.Fatalf("%s: %d", action, p.Status)
		}
		sent = p.Values()
		return p
	}
	p := press("nahoru:criteria.1")
	if sent.Get("criteria.0.title.cs") != "Rozepsaný název" || sent.Get("criteria.1.questions.cs") != "Rozepsaná otázka?" || sent.Get("criteria.0.weights.ex-post") != "8" {
		t.Errorf("moved: %v", sent)
	}
	// At the top there is no way up: who goes on by the keyboard stands at the other one.
	if at, _ := p.Find("[autofocus]").Attr("value"); p.Find("[autofocus]").Length() != 1 || at != "dolu:criteria.0" {
		t.Errorf("the focus is at %q", at)
	}
	if p.Find("details[open] [name='criteria.0.code']").Length() > 0 {
		t.Error("moving unfolds what was folded")
	}
	p = press("dolu:criteria.0")
	if at, _ := p.Find("[autofocus]").Attr("value"); at != "dolu:criteria.1" {
		t.Errorf("the focus is at %q", at)
	}
	press("nahoru:criteria.1")
	press("dolu:gates.0")
	p = press("dolu:scale.3")
	if p.Find("details[open] [name='scale.4.cs']").Length() != 1 {
		t.Error("the group of what was moved is folded")
	}
	if same, _ := i.App.Reader().Rubric(t.Context(), "R-00002"); same.Version != before.Version {
		t.Error("moving wrote something")
	}
	sent.Set("akce", "ulozit")
	i.Post(t, draft+"/upravit", sent)
	after, err := i.App.Reader().Rubric(t.Context(), "R-00002")
	if err != nil {
		t.Fatal(err)
	}
	if after.Criteria[0].Code != "K2" || after.Criteria[0].Title.Cs != "Rozepsaný název" || after.Criteria[1].Code != "K1" || after.Criteria[1].Questions[0].Cs != "Rozepsaná otázka?" || len(after.Criteria) != 13 {
		t.Errorf("criteria: %+v, %+v", after.Criteria[0], after.Criteria[1])
	}
	if after.Gates[0].Code != before.Gates[1].Code || after.Gates[1].Cs != "Rozepsaná podmínka" {
		t.Errorf("conditions: %+v", after.Gates)
	}
	if after.Scale[3].Cs != before.Scale[4].Cs || after.Scale[4].Cs != before.Scale[3].Cs || after.Scale[3].Points != 3 {
		t.Errorf("levels: %+v", after.Scale)
	}
}

func TestTheHistoryOfARubricSaysWhatChangedAndRestoresNothing(t *testing.T) {
	i, draft := drafted(t)
	sent := i.Get(t, draft+"/upravit").Values()
	sent.Set("akce", "ulozit")
	sent.Set("criteria.0.title.cs", "Potřebnost po novu")
	sent.Set("criteria.0.weights.ex-post", "9")
	sent.Set("mark.months", "24")
	i.Post(t, draft+"/upravit", sent)
	for face, words := range map[string][]string{
		"":    {"Kritéria", "K1", "Potřebnost po novu", "Váha po skončení", "Pravidlo dobré praxe", "24"},
		"/en": {"Criteria", "Potřebnost po novu", "24"},
	} {
		if p := i.Get(t, face+draft); p.Find("a[href='"+face+draft+"/historie']").Length() != 1 {
			t.Errorf("%s: no way to the history", face)
		}
		p := i.Get(t, face+draft+"/historie")
		if p.Status != http.StatusOK || p.Find("main tbody tr").Length() != 2 {
			t.Fatalf("%s: %d, %d versions", face, p.Status, p.Find("main tbody tr").Length())
		}
		p = i.Get(t, face+draft+"/porovnani?od=1&do=2")
		for _, want := range words {
			if !strings.Contains(p.Words("main"), want) {
				t.Errorf("%s: %q is not among what changed: %s", face, want, p.Words("main"))
			}
		}
		p = i.Get(t, face+draft+"/historie?verze=1")
		if p.Status != http.StatusOK || p.Find("main form[method=post]").Length() > 0 {
			t.Errorf("%s: version 1: %d", face, p.Status)
		}
	}
	if p := i.Post(t, draft+"/historie", url.Values{"obnovit": {"1"}, "verze": {"2"}}); p.Status != http.StatusMethodNotAllowed && p.Status != http.StatusNotFound {
		t.Errorf("a version was restored: %d", p.Status)
	}
	i.Viewer = atlas.Viewer{}
	if p := i.Get(t, draft+"/historie"); p.Status != http.StatusNotFound {
		t.Errorf("the public reads the history of a draft: %d", p.Status)
	}
	if p := i.Get(t, shipped+"/historie"); p.Status != http.StatusOK {
		t.Errorf("the public does not read that of what is published: %d", p.Status)
	}
}
