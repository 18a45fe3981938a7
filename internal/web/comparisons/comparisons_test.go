package comparisons_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"atlas"
	"atlas/internal/rubric"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

const compare = "/hodnoceni/porovnani"

// world is an instance with evaluators and a rubric.
type world struct {
	*webtest.Instance
	rubric     *atlas.Rubric
	evaluators []*atlas.Account
	projects   []string
	boss       *atlas.Account
}

// start is a world with the projects of the demo.
func start(t *testing.T) *world { return over(t, webtest.Start(t)) }

func over(t *testing.T, i *webtest.Instance) *world {
	t.Helper()
	w := &world{Instance: i}
	w.rubric = w.version(t, 1)
	for i := range 3 {
		w.evaluators = append(w.evaluators, w.Account(t, fmt.Sprintf("tajny%d@hodnotitele.example", i), atlas.Grant{Role: atlas.RoleEvaluator}))
	}
	w.boss = w.Account(t, "metodik@atlas.example", atlas.Grant{Role: atlas.RoleMethodologist})
	err := w.Store.EachProject(t.Context(), func(p *atlas.Project) error {
		if p.Public() {
			w.projects = append(w.projects, p.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) put(t *testing.T, do func(*store.Tx) error) {
	t.Helper()
	if err := w.Store.Update(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

var by = store.Write{By: "atlas", At: webtest.Now}

// version stores a published version of a rubric of the tests.
func (w *world) version(t *testing.T, number int) *atlas.Rubric {
	t.Helper()
	r := rubric.Default()
	r.ID, r.Family, r.Number, r.RecordStatus = "", "zkouska", number, atlas.RecordPublished
	w.put(t, func(tx *store.Tx) error { return tx.PutRubric(t.Context(), r, by) })
	return r
}

// judged is an evaluation to be stored.
type judged struct {
	project string
	mode    atlas.Mode
	rubric  *atlas.Rubric
	state   atlas.EvaluationState
	points  [][]int // of each evaluator K1, K2 …; -1 without data
	gate    bool
	reply   string
}

const why = "Údaje z města to dokládají a lidé to potvrdili."

// judge stores an evaluation as it stands after its approval.
func (w *world) judge(t *testing.T, x judged) *atlas.Evaluation {
	t.Helper()
	if x.rubric == nil {
		x.rubric = w.rubric
	}
	e := &atlas.Evaluation{
		Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Project: x.project, Mode: x.mode, Rubric: x.rubric.ID, State: x.state, Reply: x.reply,
		Approved: atlas.Date{Year: 2026, Month: 10, Day: 5},
	}
	if x.state == atlas.EvaluationPublished {
		e.RecordStatus = atlas.RecordPublished
	}
	for i := range x.points {
		e.Assignments = append(e.Assignments, atlas.Assignment{Account: w.evaluators[i].ID, State: atlas.AssignmentSubmitted, Asked: webtest.Now, Done: webtest.Now.Add(time.Duration(i) * time.Hour)})
	}
	w.put(t, func(tx *store.Tx) error {
		if err := tx.PutEvaluation(t.Context(), e, by); err != nil {
			return err
		}
		var sheets []*atlas.Sheet
		for i, points := range x.points {
			s := sheet(x, points)
			s.Evaluation, s.Account, s.Role = e.ID, w.evaluators[i].ID, atlas.SheetEvaluator
			s.Strengths = fmt.Sprintf("Silná stránka podle listu %d.", i)
			sheets = append(sheets, s)
			if err := tx.PutSheet(t.Context(), s, by); err != nil {
				return err
			}
		}
		e.Result = rubric.Panel(x.rubric, x.mode, sheets)
		p, err := tx.Project(t.Context(), x.project)
		if err != nil {
			return err
		}
		months, known := rubric.MonthsRun(p, e.Approved)
		rubric.Mark(x.rubric, &e.Result, months, known)
		return tx.PutEvaluation(t.Context(), e, by)
	})
	return e
}

// sheet gives points and says why.
func sheet(x judged, points []int) *atlas.Sheet {
	s := &atlas.Sheet{Meta: atlas.Meta{RecordStatus: atlas.RecordDraft}, Project: x.project, Rubric: x.rubric.ID, Mode: x.mode, NoConflict: true, Submitted: webtest.Now, Open: true}
	for i, n := range points {
		one := atlas.Score{Criterion: fmt.Sprintf("K%d", i+1), Kind: atlas.ScorePoints, Points: n, Justification: why, Confidence: 2}
		if n < 0 {
			one.Kind, one.Points = atlas.ScoreNoData, 0
		}
		if n >= 3 {
			one.Evidence = []atlas.Evidence{{Kind: atlas.EvidenceDocument, Text: "Závěrečná zpráva", URL: "https://example.org/zprava"}}
		}
		s.Scores = append(s.Scores, one)
	}
	for i, g := range x.rubric.Gates {
		yes := atlas.No
		if x.gate && i == 0 {
			yes = atlas.Yes
		}
		s.Gates = append(s.Gates, atlas.GateAnswer{Code: g.Code, Yes: yes})
	}
	s.Opinions = []atlas.Opinion{{Of: atlas.OpinionForeigners, Text: "Kurz nám pomohl najít práci.", Source: "dotazník"}}
	return s
}

// Points of acceptance example 9, and all of one number.
var ninth = []int{4, 3, 3, 2, 3, 3, 2, 3, 2, 4, 3, 2}

func all(n int) []int {
	out := make([]int, 12)
	for i := range out {
		out[i] = n
	}
	return out
}

// flat stores a published evaluation where everybody gave n points everywhere.
func (w *world) flat(t *testing.T, project, n int, mode atlas.Mode) *atlas.Evaluation {
	t.Helper()
	points := append(all(n), n)
	return w.judge(t, judged{project: w.projects[project], mode: mode, state: atlas.EvaluationPublished, points: [][]int{points, points}})
}

func TestWithoutPublishedEvaluationsThePageHelps(t *testing.T) {
	w := start(t)
	w.judge(t, judged{project: w.projects[0], mode: atlas.ModeExPost, state: atlas.EvaluationApproved, points: [][]int{ninth, ninth}})
	for _, lang := range []string{"", "/en"} {
		if got := w.Get(t, lang+compare); got.Find(".nothing a").Length() != 2 || got.Find("table, svg.chart-bars").Length() > 0 {
			t.Errorf("%s: %q", lang, got.Words("main"))
		}
		if got := w.Get(t, lang+"/projekty/"+w.projects[0]+"/hodnoceni"); got.Find(".nothing a").Length() != 1 || !strings.Contains(got.Words(".facts"), map[string]string{"": "Proběhlo hodnocení?", "/en": "Was it evaluated?"}[lang]) {
			t.Errorf("%s: %q", lang, got.Words("main"))
		}
	}
	if rows := w.Table(t, "/export/hodnoceni.csv"); len(rows) != 0 {
		t.Errorf("the file has %v", rows)
	}
}

// TestAnEvaluationStandsAmongThoseOfItsVersionAndModeOnly holds 8.2.8.
func TestAnEvaluationStandsAmongThoseOfItsVersionAndModeOnly(t *testing.T) {
	w := start(t)
	var own *atlas.Evaluation
	for i, n := range []int{1, 2, 2, 3} {
		own = w.flat(t, i, n, atlas.ModeExPost)
	}
	page := "/hodnoceni/" + own.ID + "/mezi-ostatnimi"
	if got := w.Get(t, page).Words("main"); !strings.Contains(got, "1. z 4: 75,0 bodu ze 100, medián 50,0, o 25,0 bodu nad ním.") || !strings.Contains(got, "neukazujeme kvartily") {
		t.Errorf("of four: %q", got)
	}
	ninth := w.judge(t, judged{project: w.projects[4], mode: atlas.ModeExPost, state: atlas.EvaluationPublished, points: [][]int{ninth, ninth}})
	// What must never be among them: another mode, another version, too little data, a
	// broken gate, and what is not published.
	w.flat(t, 5, 4, atlas.ModeInterim)
	other := w.version(t, 2)
	w.judge(t, judged{project: w.projects[6], mode: atlas.ModeExPost, rubric: other, state: atlas.EvaluationPublished, points: [][]int{all(4), all(4)}})
	few := []int{3, 2, -1, -1, -1, 2, 3, 2, 1, 2, -1, 1} // completeness 62 %
	poor := w.judge(t, judged{project: w.projects[7], mode: atlas.ModeExPost, state: atlas.EvaluationPublished, points: [][]int{few, few}})
	out := w.judge(t, judged{project: w.projects[8], mode: atlas.ModeExPost, state: atlas.EvaluationPublished, points: [][]int{all(4), all(4)}, gate: true})
	secret := w.judge(t, judged{project: w.projects[9], mode: atlas.ModeExPost, state: atlas.EvaluationApproved, points: [][]int{all(4), all(4)}})

	got := w.Get(t, "/hodnoceni/"+ninth.ID+"/mezi-ostatnimi")
	if words := got.Words("#poradi"); words != "2. z 5: 72,0 bodu ze 100, medián 50,0, o 22,0 bodu nad ním. Prostřední polovina má 50,0–72,0." {
		t.Errorf("%q", words)
	}
	if got.Find(".spread-own").Length() != 12 || got.Find(".chart-current").Length() != 1 {
		t.Errorf("%d diamonds, %d columns", got.Find(".spread-own").Length(), got.Find(".chart-current").Length())
	}
	if en := w.Get(t, "/en/hodnoceni/"+ninth.ID+"/mezi-ostatnimi").Words("#poradi"); !strings.HasPrefix(en, "Place 2 of 5: 72.0 points of 100, median 50.0") {
		t.Errorf("%q", en)
	}
	for id, want := range map[string]string{poor.ID: "nedostatek podkladů: údaje jsou jen k 62 % vah", out.ID: "vyloučené horizontální podmínkou"} {
		if got := w.Get(t, "/hodnoceni/"+id+"/mezi-ostatnimi"); got.Find("#poradi").Length() > 0 || !strings.Contains(got.Words(".notice"), want) {
			t.Errorf("%s: %q", id, got.Words("main"))
		}
	}
	for _, viewer := range []atlas.Viewer{{}, webtest.Editor} {
		w.Viewer = viewer
		if got := w.Get(t, "/hodnoceni/"+secret.ID+"/mezi-ostatnimi"); got.Status != http.StatusNotFound {
			t.Errorf("not published: %d", got.Status)
		}
	}
	w.Viewer = atlas.Viewer{}

	for _, address := range []string{compare, compare + "?metodika=" + w.rubric.ID + "&rezim=ex-post"} {
		list := w.Get(t, address)
		if n := list.Find("#poradi ~ .table-scroll tbody tr").Length(); n != 5 {
			t.Errorf("%s: %d are ranked", address, n)
		}
		words := list.Words("main")
		if strings.Contains(words, secret.ID) || !strings.Contains(list.Words("#malo ~ ul"), poor.ID) || !strings.Contains(list.Words("#vylouceno ~ ul"), out.ID) {
			t.Errorf("%s: %q", address, words)
		}
		if link := list.Find("#poradi ~ .table-scroll tbody tr").First().Find("th a").Last().AttrOr("href", ""); link != page {
			t.Errorf("the first leads to %s", link)
		}
	}
}

func TestAnAddressThatMixesVersionsOrModesIsRefusedWithAPage(t *testing.T) {
	w := start(t)
	w.flat(t, 0, 2, atlas.ModeExPost)
	w.flat(t, 1, 3, atlas.ModeExAnte)
	other := w.version(t, 2)
	for _, query := range []string{
		"metodika=" + w.rubric.ID + "&metodika=" + other.ID + "&rezim=ex-post", "metodika=" + w.rubric.ID + "&rezim=ex-post&rezim=ex-ante",
		"metodika=" + w.rubric.ID + "," + other.ID, "rezim=ex-post,ex-ante", "rezim=vse", "metodika=" + other.ID, "metodika=" + w.rubric.ID + "&rezim=interim", "metodika=*",
	} {
		for _, lang := range []string{"", "/en"} {
			got := w.Get(t, lang+compare+"?"+query)
			if got.Status != http.StatusBadRequest || got.Words(".notice") == "" || got.Find("table, svg.chart").Length() > 0 {
				t.Errorf("%s: %d %q", query, got.Status, got.Words("main"))
			}
			if links := got.Find("#vyber ~ ul a").Length(); links != 2 {
				t.Errorf("%s offers %d combinations", query, links)
			}
		}
		if status, _, _ := w.File(t, "/graf"+compare+"/kriteria.csv?"+query); status != http.StatusNotFound {
			t.Errorf("a file of %s: %d", query, status)
		}
	}
	if got := w.Get(t, compare+"?rezim=ex-ante"); got.Status != http.StatusOK || got.Find("#poradi ~ .table-scroll tbody tr").Length() != 1 {
		t.Errorf("one mode: %d", got.Status)
	}
}

func TestPicturesAreFilesWithTheSameNumbers(t *testing.T) {
	w := start(t)
	for i := range 5 {
		w.flat(t, i, i, atlas.ModeExPost)
	}
	links := w.Get(t, compare).Find("figcaption a[download]")
	if links.Length() != 4 {
		t.Fatalf("%d files", links.Length())
	}
	for i := range links.Length() {
		link := links.Eq(i).AttrOr("href", "")
		status, head, data := w.File(t, link)
		if status != http.StatusOK || strings.Contains(link, ".png") != (head.Get("Content-Type") == "image/png") {
			t.Errorf("%s: %d %v", link, status, head)
		}
		if strings.Contains(link, "kriteria.csv") && !strings.Contains(string(data), "K1 Relevance") {
			t.Errorf("%s: %s", link, data)
		}
	}
	if got := w.Get(t, compare); got.Find("svg.chart-dots .spread-box").Length() != 12 || !strings.Contains(got.Words(".chart-words"), "Medián 5 hodnocení je 50,0 bodu ze 100, prostřední polovina má 25,0–75,0, nejméně 0,0, nejvíc 100,0.") {
		t.Errorf("%q", got.Words(".chart-words"))
	}
}

// TestTheLifeOfAProjectShowsDifferencesInsideOneVersionOnly: ex-ante 50, interim 75 and
// ex-post by another version.
func TestTheLifeOfAProjectShowsDifferencesInsideOneVersionOnly(t *testing.T) {
	w := start(t)
	w.flat(t, 0, 2, atlas.ModeExAnte)
	w.flat(t, 0, 3, atlas.ModeInterim)
	w.judge(t, judged{project: w.projects[0], mode: atlas.ModeExPost, rubric: w.version(t, 2), state: atlas.EvaluationPublished, points: [][]int{all(4), all(4)}})
	w.judge(t, judged{project: w.projects[0], mode: atlas.ModeExPost, state: atlas.EvaluationApproved, points: [][]int{all(4), all(4)}})
	got := w.Get(t, "/projekty/"+w.projects[0]+"/hodnoceni")
	if n := got.Find("#zde ~ .table-scroll tbody tr").Length(); n != 3 {
		t.Errorf("%d evaluations", n)
	}
	changes := got.Find("h3 + ul").First()
	if words := changes.Text(); !strings.Contains(words, "z\u00a050,0 na 75,0\u00a0bodu (+25,0)") || !strings.Contains(words, "jiná verze metodiky, rozdíl nepočítáme") || changes.Find("li").Length() != 2 {
		t.Errorf("%q", words)
	}
	if lines := got.Find("svg[aria-labelledby=graf-celkem-title] polyline"); lines.Length() != 1 || len(strings.Fields(lines.AttrOr("points", ""))) != 2 {
		t.Errorf("%d lines of totals", lines.Length())
	}
	if !strings.Contains(got.Words("#verze-1 ~ p"), "jediné hodnocení") || got.Find("svg.chart-small-lines").Length() != 13 {
		t.Errorf("%d criteria; %q", got.Find("svg.chart-small-lines").Length(), got.Words("#verze-1 ~ p"))
	}
	_, _, data := w.File(t, "/graf/projekty/"+w.projects[0]+"/hodnoceni/celkem.csv")
	if text := string(data); !strings.Contains(text, ";75.0;25.0;") || !strings.Contains(text, ";100.0;;") {
		t.Errorf("%s", text)
	}
	if got := w.Get(t, "/projekty/P-99999/hodnoceni"); got.Status != http.StatusNotFound {
		t.Errorf("no such project: %d", got.Status)
	}
}
