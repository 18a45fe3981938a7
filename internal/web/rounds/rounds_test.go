package rounds_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// judged is an instance with two published projects, two evaluators and a methodologist.
type judged struct {
	*webtest.Instance
	projects       []string
	one, two, boss string
}

func newJudged(t *testing.T) *judged {
	t.Helper()
	j := &judged{Instance: webtest.Empty(t)}
	err := j.Store.Update(t.Context(), func(tx *store.Tx) error {
		for n := range 2 {
			p := &atlas.Project{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, TitleCs: fmt.Sprintf("Vzorový projekt %d", n+1), Country: "CZ", Currency: "CZK", Status: atlas.StatusEnded}
			if err := tx.PutProject(t.Context(), p, store.Write{By: "import", At: webtest.Now}); err != nil {
				return err
			}
			j.projects = append(j.projects, p.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	j.one = j.Account(t, "jedna@h.example", atlas.Grant{Role: atlas.RoleEvaluator}).ID
	j.two = j.Account(t, "dva@h.example", atlas.Grant{Role: atlas.RoleEvaluator}).ID
	j.boss = j.Account(t, "metodik@a.example", atlas.Grant{Role: atlas.RoleMethodologist}).ID
	return j
}

// submit stores a submitted sheet as the pages of evaluations would, and opens all
// once everybody has.
func (j *judged) submit(t *testing.T, evaluation, account, points string) {
	t.Helper()
	err := j.Store.Update(t.Context(), func(tx *store.Tx) error {
		w := store.Write{By: account, At: webtest.Now}
		e, err := tx.Evaluation(t.Context(), evaluation)
		if err != nil {
			return err
		}
		mine, _ := e.Assigned(account)
		mine.State = atlas.AssignmentSubmitted
		if !e.Blind() {
			e.State = atlas.EvaluationSubmitted
		}
		if err := tx.PutEvaluation(t.Context(), e, w); err != nil {
			return err
		}
		s := &atlas.Sheet{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Evaluation: evaluation, Project: e.Project, Rubric: e.Rubric, Mode: e.Mode, Account: account, Role: atlas.SheetEvaluator, NoConflict: true, Submitted: webtest.Now.Add(time.Minute)}
		for n, c := range points {
			s.Scores = append(s.Scores, atlas.Score{Criterion: fmt.Sprintf("K%d", n+1), Kind: atlas.ScorePoints, Points: int(c - '0'), Justification: "Tajné zdůvodnění"})
		}
		if err := tx.PutSheet(t.Context(), s, w); err != nil || e.Blind() {
			return err
		}
		all, err := tx.SheetsOf(t.Context(), evaluation)
		for _, s := range all {
			s.Open = true
			if err := tx.PutSheet(t.Context(), s, w); err != nil {
				return err
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestARoundIsBegunAssignedAndToldByPagesAlone(t *testing.T) {
	j := newJudged(t)
	j.SignIn(t, j.boss, true)
	round := url.Values{"title": {"Kalibrace 2026"}, "rubric": {"R-00001"}, "mode": {"ex-post"}, "due": {"1. 1. 2020"}, "calibration": {"1"}, "akce": {"ulozit"}, "version": {"0"}}
	p := j.Post(t, "/kola-hodnoceni/nove", round)
	if p.Status != http.StatusUnprocessableEntity || p.Find("input[name=title]").AttrOr("value", "") != "Kalibrace 2026" {
		t.Fatalf("a day that is over: %d %q", p.Status, p.Words(".problems"))
	}
	round.Set("due", "15. 1. 2027")
	j.Post(t, "/kola-hodnoceni/nove", round)
	const address = "/kola-hodnoceni/G-00001"
	p = j.Post(t, address+"/pridelit", url.Values{"projects": {"P-99999"}, "evaluators": {j.one, j.two}})
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), "P-99999") || p.Find("input[name=evaluators][checked]").Length() != 2 || p.Find("textarea[name=projects]").Text() != "P-99999" {
		t.Errorf("a project that is none: %d %q", p.Status, p.Words(".problems"))
	}
	p = j.Post(t, address+"/pridelit", url.Values{"projects": {"http://x.example/projekty/" + j.projects[0] + ", " + j.projects[1]}, "evaluators": {j.one, j.two}})
	if strings.Contains(p.Words("main"), "Opravte") {
		t.Fatalf("%d %s", p.Status, p.Words(".problems"))
	}
	j.submit(t, "E-00001", j.one, "433233232432")
	j.submit(t, "E-00001", j.two, "423233232431")
	j.submit(t, "E-00002", j.one, "111131111111")

	// blind: whoever asks, nothing of what anybody gave
	for _, account := range []string{j.boss, j.one, j.two} {
		j.SignIn(t, account, true)
		for _, face := range []string{"", "/en"} {
			p := j.Get(t, face+address)
			_, _, csv := j.File(t, face+address+"/shoda.csv")
			if p.Status != http.StatusOK || p.Find("#shoda ~ .table-scroll").Length() > 0 || strings.Contains(p.Words("main"), "medián") || strings.Contains(string(csv), "K1") || strings.Contains(p.Body, "Tajné") {
				t.Errorf("%s%s tells %s before all have submitted: %s", face, address, account, csv)
			}
		}
		if account != j.boss && strings.Contains(j.Get(t, address).Words("#kdo-co ~ .table-scroll"), "@") {
			t.Error("who else judges is told")
		}
	}
	j.submit(t, "E-00002", j.two, "111131111112")
	j.SignIn(t, j.boss, true)
	p = j.Get(t, address+"?hodnotitel="+j.two)
	said := p.Words("main")
	for _, want := range []string{"Odevzdali všichni.", "Alfa ordinální", "Zpráva hodnotitele", "Vzorový projekt 2", "(medián 2,5)"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not said", want)
		}
	}
	drawn, known := p.Find("svg.chart-dots .dots-row"), 0
	p.Find("#shoda ~ .table-scroll tr:has(td)").Each(func(n int, row *goquery.Selection) { // the picture says what the table says
		said := strings.TrimSpace(row.Find("td").Eq(1).Text())
		if said != "není známo" {
			known++
		}
		mark := drawn.Eq(n)
		if mark.Find(".chart-value").Text() != said || mark.Find(".spread-dot, .spread-own").Length() != map[bool]int{true: 0, false: 1}[said == "není známo"] || !strings.Contains(mark.AttrOr("aria-label", ""), said) {
			t.Errorf("row %d: %q is drawn as %q", n, said, mark.Text())
		}
	})
	if drawn.Length() != 13 || known == 0 || known == 13 || p.Find("svg.chart-dots > desc").Length() != 1 || !strings.Contains(p.Words("figcaption"), "0,667") || !strings.Contains(p.Words("figcaption"), "Krippendorff") {
		t.Errorf("%d rows drawn, %d known: %s", drawn.Length(), known, p.Words("figcaption"))
	}
	_, _, csv := j.File(t, address+"/shoda.csv")
	if lines := strings.Count(strings.TrimSpace(string(csv)), "\n"); lines != 13 {
		t.Errorf("%d lines of twelve criteria, all of them and a head:\n%s", lines+1, csv)
	}
	j.SignIn(t, j.two, true)
	if p := j.Get(t, "/en"+address+"?hodnotitel="+j.one); p.Find("#hodnotitel").Length() != 0 {
		t.Error("an evaluator reads the report of another one")
	}
	stranger := j.Account(t, "nikdo@x.example").ID
	j.SignIn(t, stranger, false)
	if p := j.Get(t, address); p.Status != http.StatusNotFound {
		t.Errorf("a stranger: %d", p.Status)
	}
}
