package contributions_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// correct has the author propose a value of a field of a record.
func (p *people) correct(t *testing.T, page, field, value string) string {
	t.Helper()
	at := page + "/navrhnout-opravu"
	return p.sent(t, p.Post(t, at, with(p.Get(t, at).Values(), field, value, "akce", "odeslat")))
}

// chosen is the form of the queue with everything chosen.
func (p *people) chosen(t *testing.T, lang, deed string) url.Values {
	t.Helper()
	form := url.Values{"rozhodnuti": {deed}, "duvod": {"zdroj"}}
	p.Get(t, lang+"/redakce?druh=opravy").Find("input[name=vec]").Each(func(_ int, s *goquery.Selection) { form.Add("vec", s.AttrOr("value", "")) })
	return form
}

func (p *people) state(t *testing.T, id string) string {
	t.Helper()
	n, err := p.Store.Proposal(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return n.State
}

func TestSeveralCorrectionsAreDecidedAtOnceAndTakenBackAtOnce(t *testing.T) {
	for _, lang := range []string{"", "/en"} {
		t.Run("face "+lang, func(t *testing.T) {
			p := start(t)
			p.as(t, p.author)
			project, org := p.project(t, "P-00001"), p.anActor(t)
			made := []string{p.correct(t, "/projekty/P-00001", "title_en", "A better name"), p.correct(t, "/akteri/"+org.ID, "web", "https://www.nova-adresa.cz"),
				p.correct(t, "/projekty/P-00001", "goal", "Nový cíl"), p.correct(t, "/projekty/P-00001", "acronym", "ABN")}
			meanwhile := p.project(t, "P-00001")
			meanwhile.Goal = "Cíl někoho jiného"
			if err := p.App.SaveProject(t.Context(), webtest.Editor, meanwhile); err != nil {
				t.Fatal(err)
			}
			p.as(t, p.editor)
			if rows := p.Get(t, lang+"/redakce?druh=opravy").Find("tbody tr strong").Length(); rows != 1 {
				t.Errorf("%d corrections are said to be contested", rows)
			}
			form := p.chosen(t, lang, "published")
			if len(form["vec"]) != len(made) {
				t.Fatalf("offered %v", form["vec"])
			}
			done := p.Post(t, lang+"/redakce", form)
			if !strings.Contains(done.Path, "/redakce/davky/R-") || !strings.Contains(done.Words(".notice"), made[2]) || done.Find(`ul.similar a[href*="/redakce/N-"]`).Length() != 3 {
				t.Fatalf("%d %s %s", done.Status, done.Path, done.Words("main, .notice"))
			}
			after := p.project(t, "P-00001")
			if after.TitleEn != "A better name" || after.Acronym != "ABN" || after.Goal != "Cíl někoho jiného" || p.anActor(t).Web != "https://www.nova-adresa.cz" || p.state(t, made[2]) != store.ProposalWaiting {
				t.Errorf("%+v", after)
			}
			again := p.Post(t, lang+"/redakce", form) // a double click
			if again.Status != http.StatusOK || p.project(t, "P-00001").Version != after.Version || !strings.Contains(again.Words(".notice"), made[0]) {
				t.Errorf("again: %d %s", again.Status, again.Words(".notice"))
			}

			later := p.project(t, "P-00001") // somebody goes on with what was accepted
			later.Acronym = "XYZ"
			if err := p.App.SaveProject(t.Context(), webtest.Editor, later); err != nil {
				t.Fatal(err)
			}
			undone := p.Post(t, done.Path+"/zpet", url.Values{})
			if !strings.Contains(undone.Words(".notice"), made[3]) || strings.Contains(undone.Words(".notice"), made[0]) {
				t.Errorf("kept: %s", undone.Words(".notice"))
			}
			now := p.project(t, "P-00001")
			if now.TitleEn != project.TitleEn || now.Acronym != "XYZ" || now.Goal != "Cíl někoho jiného" || p.anActor(t).Web != org.Web {
				t.Errorf("taken back: %+v", now)
			}
			if p.state(t, made[0]) != store.ProposalWaiting || p.state(t, made[1]) != store.ProposalWaiting || p.state(t, made[3]) != store.ProposalAccepted {
				t.Error("what was taken back does not wait again")
			}

			form = p.chosen(t, lang, "returned")
			form.Del("duvod")
			if none := p.Post(t, lang+"/redakce", form); none.Status != http.StatusUnprocessableEntity || none.Find("input[name=vec][checked]").Length() != 3 {
				t.Errorf("without a reason: %d", none.Status)
			}
			form.Set("duvod", "zdroj")
			done = p.Post(t, lang+"/redakce", form)
			for _, id := range made[:3] {
				if got := p.state(t, id); got != store.ProposalReturned {
					t.Errorf("%s is %s", id, got)
				}
			}
			p.sent(t, p.Post(t, done.Path+"/zpet", url.Values{}))
			for _, id := range made[:3] {
				if got := p.state(t, id); got != store.ProposalWaiting {
					t.Errorf("%s is %s after it was taken back", id, got)
				}
			}
		})
	}
}
