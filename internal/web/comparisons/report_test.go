package comparisons_test

import (
	"archive/zip"
	"bytes"
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

var update = flag.Bool("update", false, "keep the reports of testdata as they are now")

// full stores a published evaluation with one of everything: a dispute and a joint
// statement, a self-evaluation, opinions, a reply.
func (w *world) full(t *testing.T) *atlas.Evaluation {
	t.Helper()
	third := []int{4, 3, 1, 2, 3, 3, 2, 3, 2, 4, 3, 2}
	x := judged{project: w.projects[0], mode: atlas.ModeExPost, rubric: w.rubric, state: atlas.EvaluationPublished, points: [][]int{ninth, third}, reply: "S výsledkem souhlasíme.\n\n- Doplníme data."}
	e := w.judge(t, x)
	self := sheet(x, all(4))
	self.Evaluation, self.Account, self.Role = e.ID, w.boss.ID, atlas.SheetSelf
	w.put(t, func(tx *store.Tx) error {
		if err := tx.PutSheet(t.Context(), self, by); err != nil {
			return err
		}
		e.Statement = "Shodli jsme se, že část cílů se ověřit nedá."
		e.Settlements = []atlas.Settlement{{Criterion: "K3", Text: "Platí průměr obou hodnocení."}}
		e.ApprovedBy, e.RepliedBy = w.boss.ID, w.boss.ID
		return tx.PutEvaluation(t.Context(), e, by)
	})
	return e
}

// TestTheReportSaysEverythingAndIsAlwaysTheSame compares the report with a kept one;
// -update keeps the new one.
func TestTheReportSaysEverythingAndIsAlwaysTheSame(t *testing.T) {
	w := over(t, webtest.Empty(t))
	p := &atlas.Project{
		Meta: atlas.Meta{RecordStatus: atlas.RecordPublished}, TitleCs: "Kurzy češtiny pro rodiče", TitleEn: "Czech courses for parents", Country: "CZ",
		From: atlas.Date{Year: 2024, Month: 1}, To: atlas.Date{Year: 2025, Month: 6}, Status: atlas.StatusEnded,
	}
	w.put(t, func(tx *store.Tx) error { return tx.PutProject(t.Context(), p, by) })
	w.projects = []string{p.ID}
	e := w.full(t)
	digests := map[string]bool{}
	for _, lang := range []string{"cs", "en"} {
		address := map[string]string{"cs": "", "en": "/en"}[lang] + "/hodnoceni/" + e.ID + "/zprava"
		got, err := w.Get(t, address).Find(".document").Html()
		if err != nil {
			t.Fatal(err)
		}
		digests[regexp.MustCompile(`[0-9a-f]{64}`).FindString(got)] = true
		kept := filepath.Join("testdata", "report-"+lang+".html")
		if *update {
			if err := os.WriteFile(kept, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(kept)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is not as kept in %s:\n%s", address, kept, got)
		}
	}
	if len(digests) != 1 || digests[""] {
		t.Errorf("digests of inputs in both languages: %v", digests)
	}
}

func TestFilesOfAReportAreTheSameBytesAndChangeWithWhatTheyAreMadeOf(t *testing.T) {
	w := start(t)
	e := w.full(t)
	for _, extension := range []string{"pdf", "docx"} {
		address := "/hodnoceni/" + e.ID + "/zprava." + extension
		status, head, first := w.File(t, address)
		if status != http.StatusOK || !strings.Contains(head.Get("Content-Disposition"), "hodnoceni-"+e.ID+"."+extension) {
			t.Fatalf("%s: %d %v", address, status, head)
		}
		if _, _, again := w.File(t, address); !bytes.Equal(first, again) {
			t.Errorf("%s differs from itself", address)
		}
		w.put(t, func(tx *store.Tx) error {
			e.Reply += " A děkujeme za " + extension + "."
			return tx.PutEvaluation(t.Context(), e, by)
		})
		if _, _, other := w.File(t, address); bytes.Equal(first, other) {
			t.Errorf("%s does not change with the reply", address)
		}
	}
}

// program runs a program that others read our files with.
func program(t *testing.T, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		why := name + " is not installed: on Debian `apt-get install libreoffice-writer-nogui poppler-utils`"
		if os.Getenv("ATLAS_REQUIRE_OFFICE") == "1" {
			t.Fatal(why)
		}
		t.Skip(why)
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return strings.Join(strings.Fields(string(out)), " ")
}

func TestThePDFIsTaggedInItsLanguageAndLibreOfficeOpensTheDOCX(t *testing.T) {
	w := start(t)
	e := w.full(t)
	dir := t.TempDir()
	save := func(address, name string) string {
		_, _, data := w.File(t, address)
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	contain := func(text string, wanted ...string) {
		t.Helper()
		for _, want := range wanted {
			if !strings.Contains(text, want) {
				t.Errorf("lacks %q: %.2000s", want, text)
			}
		}
	}
	for lang, prefix := range map[string]string{"cs-CZ": "", "en": "/en"} {
		pdf := save(prefix+"/hodnoceni/"+e.ID+"/zprava.pdf", "a-"+lang+".pdf")
		contain(program(t, "pdfinfo", pdf), "Tagged: yes", "Title: "+map[string]string{"cs-CZ": "Zpráva o hodnocení", "en": "Report of an evaluation"}[lang])
		contain(program(t, "pdfinfo", "-meta", pdf), "<rdf:li>"+lang)
		contain(program(t, "pdfinfo", "-struct-text", pdf), "H1 (block)", "H2 (block)", "TH: /Scope /Column", "TH: /Scope /Row")
	}
	docx := save("/hodnoceni/"+e.ID+"/zprava.docx", "a.docx")
	program(t, "soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "txt:Text", "--outdir", dir, docx)
	text, err := os.ReadFile(filepath.Join(dir, "a.txt"))
	if err != nil {
		t.Fatal(err)
	}
	contain(strings.Join(strings.Fields(string(text)), " "), "Hodnotitel 1", "Shodli jsme se", "S výsledkem souhlasíme.", "Pravidlo dobré praxe", "SHA-256")
}

// TestWhoMayNotReadAnEvaluationGetsNoReport: approved and not published, and not
// approved at all.
func TestWhoMayNotReadAnEvaluationGetsNoReport(t *testing.T) {
	w := start(t)
	approved := w.judge(t, judged{project: w.projects[0], mode: atlas.ModeExPost, state: atlas.EvaluationApproved, points: [][]int{ninth, ninth}})
	open := w.judge(t, judged{project: w.projects[1], mode: atlas.ModeExPost, state: atlas.EvaluationSubmitted, points: [][]int{ninth, ninth}})
	for _, id := range []string{approved.ID, open.ID, "E-99999"} {
		for _, ending := range []string{"", ".pdf", ".docx"} {
			if status, _, _ := w.File(t, "/hodnoceni/"+id+"/zprava"+ending); status != http.StatusNotFound {
				t.Errorf("%s%s: %d to the public", id, ending, status)
			}
		}
	}
	w.SignIn(t, w.boss.ID, true)
	got := w.Get(t, "/hodnoceni/"+approved.ID+"/zprava")
	if got.Status != http.StatusOK || !strings.Contains(got.Words("main"), "Nezveřejněno") || got.Find("meta[name=robots]").AttrOr("content", "") != "noindex" {
		t.Errorf("to a methodologist: %d %.300q", got.Status, got.Words("main"))
	}
	if got := w.Get(t, "/hodnoceni/"+open.ID+"/zprava"); got.Status != http.StatusNotFound {
		t.Errorf("not approved: %d", got.Status)
	}
}

// TestTheDataSetHasARowForEachEvaluatorAndCriterion: two evaluators and twelve criteria
// of ex-post.
func TestTheDataSetHasARowForEachEvaluatorAndCriterion(t *testing.T) {
	w := start(t)
	e := w.full(t)
	w.flat(t, 1, 2, atlas.ModeExAnte)
	w.judge(t, judged{project: w.projects[2], mode: atlas.ModeExPost, state: atlas.EvaluationApproved, points: [][]int{ninth, ninth}})
	rows := w.Table(t, "/export/hodnoceni.csv")
	if len(rows) != 24+26 {
		t.Errorf("%d rows", len(rows))
	}
	rows = w.Table(t, "/export/hodnoceni.csv?metodika="+w.rubric.ID+"&rezim=ex-post")
	if len(rows) != 24 {
		t.Fatalf("%d rows of ex-post", len(rows))
	}
	seen := map[string]bool{}
	for _, r := range rows {
		if r["Kód hodnocení"] != e.ID || r["Kód režimu"] != "ex-post" || r["Kód verze metodiky"] != w.rubric.ID || r["Váha v režimu"] == "" || r["Zdůvodnění"] != why {
			t.Errorf("%v", r)
		}
		seen[r["Číslo hodnotitele (platí jen v rámci hodnocení)"]+r["Kód kritéria"]] = true
	}
	if len(seen) != 24 || !seen["1K1"] || !seen["2K12"] {
		t.Errorf("%v", seen)
	}
	w.Heads(t, "hodnoceni")
	if got := w.JSON(t, "/export/hodnoceni.json"); len(got) != 50 {
		t.Errorf("%d records of JSON", len(got))
	}
}

// TestNothingThatLeavesSaysWhoEvaluated looks for account codes, names and addresses
// of evaluators, and for the time when they submitted.
func TestNothingThatLeavesSaysWhoEvaluated(t *testing.T) {
	w := start(t)
	e := w.full(t)
	secrets := []string{"L-0000", "hodnotitele.example", webtest.Now.Add(3600e9).Format("2006-01-02T15:04")}
	for _, who := range append(w.evaluators, w.boss) {
		secrets = append(secrets, who.ID, who.Email, who.Name)
	}
	for _, address := range []string{
		compare, "/hodnoceni/" + e.ID + "/mezi-ostatnimi", "/hodnoceni/" + e.ID + "/zprava", "/hodnoceni/" + e.ID + "/zprava.docx", "/projekty/" + w.projects[0] + "/hodnoceni",
		"/export/hodnoceni.csv", "/export/hodnoceni.json", "/export/hodnoceni.xlsx", "/graf" + compare + "/kriteria.csv", "/graf/hodnoceni/" + e.ID + "/mezi-ostatnimi/kriteria.csv",
	} {
		for _, lang := range []string{"", "/en"} {
			status, head, data := w.File(t, lang+address)
			if status != http.StatusOK {
				t.Fatalf("%s: %d", address, status)
			}
			text := plain(t, data) + head.Get("Content-Disposition")
			for _, secret := range secrets {
				if secret != "" && strings.Contains(text, secret) {
					t.Errorf("%s says %q", lang+address, secret)
				}
			}
		}
	}
}

// plain is the text of a file, unpacked where it is packed.
func plain(t *testing.T, data []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return string(data)
	}
	var out strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&out, r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return out.String()
}
