package evaluations_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/rubric"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// board is an instance with a published project and those who evaluate it.
type board struct {
	*webtest.Instance
	project, rubric, implementer         string
	one, two, three, boss, founder, none string
}

func newBoard(t *testing.T) *board {
	t.Helper()
	b := &board{Instance: webtest.Empty(t)}
	by := rubric.Default()
	by.RecordStatus = atlas.RecordPublished
	office := &atlas.Actor{Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, Name: "Sdružení pro soužití", Type: "NNO", Country: "CZ", Territories: []string{"CZ"}}
	judged := &atlas.Project{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, TitleCs: "Kurzy češtiny pro rodiče", Country: "CZ", Currency: "CZK", Status: atlas.StatusEnded,
		From: atlas.Date{Year: 2022, Month: 1}, To: atlas.Date{Year: 2024, Month: 12},
	}
	err := b.Store.Update(t.Context(), func(tx *store.Tx) error {
		w := store.Write{By: "import", At: webtest.Now}
		if found, err := tx.Rubrics(t.Context(), []string{"R-00001"}); err != nil {
			return err
		} else if len(found) == 1 {
			by = found[0]
		} else if err := tx.PutRubric(t.Context(), by, w); err != nil {
			return err
		}
		if err := tx.PutActor(t.Context(), office, w); err != nil {
			return err
		}
		judged.Parties = []atlas.Party{{Actor: office.ID, Role: atlas.RoleImplementer}}
		return tx.PutProject(t.Context(), judged, w)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.App.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.project, b.rubric, b.implementer = judged.ID, by.ID, office.ID
	evaluator := atlas.Grant{Role: atlas.RoleEvaluator}
	for email, to := range map[string]*string{"jedna@h.example": &b.one, "dva@h.example": &b.two, "tri@h.example": &b.three} {
		*to = b.Account(t, email, evaluator).ID
	}
	b.boss = b.Account(t, "metodik@a.example", atlas.Grant{Role: atlas.RoleMethodologist}).ID
	b.founder, b.none = b.Account(t, "clen@s.example").ID, b.Account(t, "nikdo@n.example").ID
	b.Join(t, b.founder, office.ID, true)
	return b
}

// as puts an account at the browser.
func (b *board) as(t *testing.T, account string) { b.SignIn(t, account, true) }

// begin starts an evaluation by the form.
func (b *board) begin(t *testing.T) string {
	t.Helper()
	b.as(t, b.boss)
	p := b.Get(t, "/hodnoceni/nove?projekt="+b.project)
	if p.Status != http.StatusOK {
		t.Fatalf("the form: %d", p.Status)
	}
	p = b.Post(t, "/hodnoceni/nove", url.Values{"project": {b.project}, "mode": {"ex-post"}, "rubric": {b.rubric}, "due": {"2026-12-15"}, "evaluators": {b.one, b.two}, "akce": {"zacit"}})
	if p.Status != http.StatusOK || !strings.HasPrefix(p.Path, "/hodnoceni/E-") {
		t.Fatalf("begun: %d %s %s", p.Status, p.Path, p.Words("main"))
	}
	return strings.TrimPrefix(p.Path, "/hodnoceni/")
}

// filled is a whole sheet as the form sends it; mark stands in every text of it.
func filled(mark string, points ...int) url.Values {
	v := url.Values{"gates.H1": {"ne"}, "gates.H2": {"ne"}, "gates.H3": {"ne"}, "strengths": {"Silné " + mark}, "weaknesses": {"Slabé " + mark}, "advice": {"Rada " + mark},
		"opinions.foreigners": {"Názor " + mark}, "opinions.foreigners.source": {"Anketa " + mark}, "akce": {"odevzdat"}}
	for i, n := range points {
		name := fmt.Sprintf("scores.K%d", i+1)
		v.Set(name, fmt.Sprint(n))
		v.Set(name+".justification", "Zdůvodnění se značkou "+mark+" a dost dlouhé.")
		v.Set(name+".evidence.0.kind", "document")
		v.Set(name+".evidence.0.text", "Zpráva "+mark)
		v.Set(name+".confidence", "2")
	}
	return v
}

// submit declares no conflict and submits a whole sheet.
func (b *board) submit(t *testing.T, account, id, mark string, points ...int) {
	t.Helper()
	b.as(t, account)
	p := b.Post(t, "/hodnoceni/"+id+"/prohlaseni", url.Values{"conflict": {"ne"}})
	if p.Path != "/hodnoceni/"+id+"/list" {
		t.Fatalf("declared: %d %s %s", p.Status, p.Path, p.Words("main"))
	}
	form := filled(mark, points...)
	form.Set("version", p.Find("input[name=version]").AttrOr("value", ""))
	if p = b.Post(t, "/hodnoceni/"+id+"/list", form); p.Status != http.StatusOK || !strings.HasPrefix(p.Path, "/hodnoceni/"+id+"?") {
		t.Fatalf("submitted: %d %s %s", p.Status, p.Path, p.Words(".problems"))
	}
}

var ninth = []int{4, 3, 3, 2, 3, 3, 2, 3, 2, 4, 3, 2}

func TestAnEvaluationIsBegunWrittenAgreedApprovedAndPublishedByPagesAlone(t *testing.T) { // 7.2, R2-33, R3-15
	b := newBoard(t)
	id := b.begin(t)
	b.submit(t, b.one, id, "PRVNI", ninth...)
	other := append([]int(nil), ninth...)
	other[2] = 1 // acceptance example 11
	b.submit(t, b.two, id, "DRUHY", other...)
	p := b.Get(t, "/hodnoceni/"+id)
	if p.Words(".card-meta .tag") != "k dohodě" || !strings.Contains(p.Words("#vysledek"), "PRVNI") {
		t.Errorf("after both: %s", p.Words(".card-meta"))
	}
	p = b.Get(t, "/hodnoceni/"+id+"/dohoda")
	if p.Find("textarea[name='settlements.K3']").Length() != 1 || p.Find("textarea[name^='settlements.']").Length() != 1 {
		t.Errorf("the form of the agreement: %s", p.Words("main"))
	}
	p = b.Post(t, "/hodnoceni/"+id+"/dohoda", url.Values{"statement": {"Krátce"}, "settlements.K3": {"Shodli jsme se na tom, co z ankety plyne."}})
	if p.Status != http.StatusUnprocessableEntity || p.Find("textarea[name='settlements.K3']").Text() != "Shodli jsme se na tom, co z ankety plyne." {
		t.Errorf("a short statement: %d, typed words are gone", p.Status)
	}
	b.Post(t, "/hodnoceni/"+id+"/dohoda", url.Values{"statement": {"Lišili jsme se v síle důkazu a shodli se."}, "settlements.K3": {"Shodli jsme se na tom, co z ankety plyne."}})
	b.as(t, b.boss)
	p = b.Get(t, "/hodnoceni/"+id)
	version := p.Find("form[action$=schvaleni] input[name=version]").AttrOr("value", "")
	p = b.Post(t, "/hodnoceni/"+id+"/schvaleni", url.Values{"version": {version}, "akce": {"schvalit"}})
	if p.Words(".card-meta .tag") != "schváleno" {
		t.Fatalf("approved: %s %s", p.Words(".card-meta"), p.Words(".problems"))
	}
	b.as(t, b.founder)
	p = b.Post(t, "/hodnoceni/"+id+"/vyjadreni", url.Values{"reply": {"S výsledkem souhlasíme."}})
	if p.Status != http.StatusOK {
		t.Errorf("reply: %d", p.Status)
	}
	b.as(t, b.boss)
	version = b.Get(t, "/hodnoceni/"+id).Find("form[action$=schvaleni] input[name=version]").AttrOr("value", "")
	b.Post(t, "/hodnoceni/"+id+"/schvaleni", url.Values{"version": {version}, "akce": {"zverejnit"}})
	b.SignOut(t)
	for _, lang := range []string{"", "/en"} {
		p = b.Get(t, lang+"/hodnoceni/"+id)
		text := p.Words("main")
		for _, want := range []string{"PRVNI", "DRUHY", "S výsledkem souhlasíme.", "Lišili jsme se"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the public does not read %q", p.Path, want)
			}
		}
		if strings.Contains(p.Body, "Jana Nová") || strings.Contains(p.Body, b.one) {
			t.Errorf("%s names an evaluator", p.Path)
		}
		list := b.Get(t, lang+"/hodnoceni?rezim=ex-post&metodika="+b.rubric+"&razeni=celkem")
		if list.Find("tbody tr").Length() != 1 || list.Words("tbody td:first-child") != "1" {
			t.Errorf("%s: %s", list.Path, list.Words("main"))
		}
		if p := b.Get(t, lang+"/projekty/"+b.project); !strings.Contains(p.Words("#hodnoceni"), map[string]string{"": "69,0", "/en": "69.0"}[lang]) {
			t.Errorf("the page of the project does not say the result: %s", p.Words("#hodnoceni"))
		}
		for _, of := range []string{"/hodnoceni/" + id, "/hodnoceni", "/projekty/" + b.project} { // 8.2.8
			if p := b.Get(t, lang+of); p.Find("main a[href='"+lang+"/metodiky/"+b.rubric+"']").Length() == 0 {
				t.Errorf("%s does not lead to the version of the rubric", p.Path)
			}
		}
		if p := b.Get(t, lang+"/projekty?hodnoceni="+app.EvaluatedValue); p.Status != http.StatusOK || !strings.Contains(p.Words("main"), "Kurzy češtiny") {
			t.Errorf("%s: the project is not found by its evaluation", p.Path)
		}
	}
}

func TestASheetKeepsEveryWordWhateverIsWrongWithIt(t *testing.T) {
	b := newBoard(t)
	id := b.begin(t)
	b.as(t, b.one)
	if p := b.Get(t, "/hodnoceni/"+id+"/list"); p.Path != "/hodnoceni/"+id || p.Find("#prohlaseni form").Length() != 1 {
		t.Errorf("before the declaration: %s", p.Path)
	}
	p := b.Post(t, "/hodnoceni/"+id+"/prohlaseni", url.Values{"conflict": {"ne"}})
	bad := filled("SLOVO", ninth...)
	bad.Set("version", p.Find("input[name=version]").AttrOr("value", ""))
	bad.Set("scores.K3.justification", "Krátké")
	bad.Del("scores.K5.evidence.0.kind")
	bad.Set("scores.K7.evidence.0.url", "to není odkaz")
	p = b.Post(t, "/hodnoceni/"+id+"/list", bad)
	if p.Status != http.StatusUnprocessableEntity || p.Find("input[name='scores.K7.evidence.0.url']").AttrOr("value", "") != "to není odkaz" {
		t.Errorf("a link that is none: %d", p.Status)
	}
	bad.Set("scores.K7.evidence.0.url", "https://www.example.org/zprava.pdf")
	bad.Set("version", p.Find("input[name=version]").AttrOr("value", ""))
	p = b.Post(t, "/hodnoceni/"+id+"/list", bad)
	flaws := p.Words(".problems")
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(flaws, "K3") || !strings.Contains(flaws, "K5") || !strings.Contains(flaws, "Třeba") {
		t.Errorf("%d: %s", p.Status, flaws)
	}
	p.Find(".problems a").Each(func(_ int, a *goquery.Selection) {
		if href := a.AttrOr("href", ""); p.Find(href).Length() != 1 {
			t.Errorf("a problem leads nowhere: %s", href)
		}
	})
	if p = b.Get(t, "/hodnoceni/"+id+"/list"); p.Find("textarea[name='scores.K3.justification']").Text() != "Krátké" {
		t.Error("what was typed was not kept")
	}
	// Another window saved meanwhile: words stay, saving again replaces.
	old := p.Find("input[name=version]").AttrOr("value", "")
	first, second := p.Values(), p.Values()
	first.Set("strengths", "První okno")
	second.Set("strengths", "Druhé okno")
	b.Post(t, "/hodnoceni/"+id+"/list", first)
	p = b.Post(t, "/hodnoceni/"+id+"/list", second)
	if p.Status != http.StatusConflict || p.Find("textarea[name=strengths]").Text() != "Druhé okno" || p.Find("input[name=version]").AttrOr("value", "") == old {
		t.Errorf("two windows: %d %q", p.Status, p.Find("textarea[name=strengths]").Text())
	}
	// A row of evidence comes and goes without a script.
	add := p.Values()
	add.Set("akce", "pridat:scores.K1.evidence")
	if p = b.Post(t, "/hodnoceni/"+id+"/list", add); p.Find("select[name^='scores.K1.evidence']").Length() != 2 {
		t.Errorf("rows of evidence: %d", p.Find("select[name^='scores.K1.evidence']").Length())
	}
	add = p.Values()
	add.Set("akce", "odebrat:scores.K1.evidence.0")
	if p = b.Post(t, "/hodnoceni/"+id+"/list", add); p.Find("select[name^='scores.K1.evidence']").Length() != 1 {
		t.Error("the row stayed")
	}
}

func TestAConflictEndsAccessWithTheNextRequest(t *testing.T) { // 8.2.5
	b := newBoard(t)
	id := b.begin(t)
	b.as(t, b.two)
	if p := b.Get(t, "/hodnoceni/moje"); !strings.Contains(p.Words("table"), "Kurzy češtiny") {
		t.Errorf("what waits: %s", p.Words("main"))
	}
	p := b.Post(t, "/hodnoceni/"+id+"/prohlaseni", url.Values{"conflict": {"ano"}})
	if p.Status != http.StatusUnprocessableEntity {
		t.Errorf("without a reason: %d", p.Status)
	}
	b.Post(t, "/hodnoceni/"+id+"/prohlaseni", url.Values{"conflict": {"ano"}, "reason": {"Znám ředitelku"}})
	for _, path := range []string{"", "/list", "/dohoda"} {
		if p := b.Get(t, "/hodnoceni/"+id+path); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
	b.as(t, b.boss)
	if p := b.Get(t, "/hodnoceni/"+id); !strings.Contains(p.Words("#prubeh"), "Znám ředitelku") {
		t.Errorf("the methodologist does not read the reason: %s", p.Words("#prubeh"))
	}
	if p := b.Get(t, "/hodnoceni/prubeh"); !strings.Contains(p.Words("table"), "Kurzy češtiny") {
		t.Errorf("who owes what: %s", p.Words("main"))
	}
	p = b.Post(t, "/hodnoceni/"+id+"/rizeni", url.Values{"akce": {"odebrat"}, "account": {b.one}})
	if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Words(".problems"), "důvod") {
		t.Errorf("removed without a reason: %d %s", p.Status, p.Words(".problems"))
	}
}

func TestTheImplementerChecksAndEvaluatesThemselves(t *testing.T) { // 8.2.9
	b := newBoard(t)
	id := b.begin(t)
	b.as(t, b.founder)
	p := b.Post(t, "/hodnoceni/"+id+"/sebehodnoceni", url.Values{"akce": {"zacit"}})
	if p.Path != "/hodnoceni/"+id+"/sebehodnoceni" || p.Find("form#formular").Length() != 1 {
		t.Fatalf("the self-evaluation: %d %s", p.Status, p.Path)
	}
	p = b.Post(t, "/sebekontrola", url.Values{"title": {"Nápad na klub"}, "rubric": {b.rubric}})
	if !strings.HasPrefix(p.Path, "/sebekontrola/L-") {
		t.Fatalf("the self-check: %d %s %s", p.Status, p.Path, p.Words("main"))
	}
	check := p.Path
	form := filled("TAJNE", 3, 2, 3, 2, 2, 2, 3, 3, 1, 2, 1, 2, 3) // acceptance example 10
	form.Set("version", p.Find("input[name=version]").AttrOr("value", ""))
	form.Set("akce", "ulozit")
	p = b.Post(t, check, form)
	if got := p.Words("#soucet"); !strings.Contains(got, "60,0") || strings.Contains(got, "průměrné") {
		t.Errorf("the self-check comes to: %s", got)
	}
	// What a script needs to count the same; a private self-check has no bands.
	if rule, _ := p.Find("form#formular").Attr("data-score"); rule != `{"max":4,"floor":70,"reason":30,"evidence":3}` {
		t.Errorf("the script is given %s", rule)
	}
	if live := p.Find("[data-score-live]"); live.Length() != 1 || live.AttrOr("hidden", "no") == "no" || p.Find("[data-weight]").Length() != 13 || p.Find("[data-gate]").Length() != 3 {
		t.Error("the part of the script is seen without it")
	}
	if p := b.Get(t, "/sebekontrola"); !strings.Contains(p.Words("main"), "Nápad na klub") {
		t.Error("the self-check is not listed")
	}
	for _, who := range []string{b.boss, b.one, b.none} {
		b.as(t, who)
		if p := b.Get(t, check); p.Status == http.StatusOK {
			t.Errorf("%s reads a private self-check", who)
		}
	}
}
