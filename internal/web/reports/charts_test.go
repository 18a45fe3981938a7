package reports_test

import (
	"archive/zip"
	"bytes"
	"encoding/hex"
	"encoding/xml"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/route"
	"atlas/internal/web/webtest"
)

// counted is a report over numbers of people of two years, the second by another
// definition.
func counted(t *testing.T) *webtest.Instance {
	t.Helper()
	i := written(t)
	people := func(code, edition string, year int, n int64) atlas.Slice {
		return atlas.Slice{Territory: code, Edition: edition, Date: atlas.Date{Year: year, Month: 12, Day: 31}, Version: 1, Batch: "D-00001", Figures: []atlas.Figure{{Value: n, State: atlas.FigureKnown}}}
	}
	err := i.Store.Update(t.Context(), func(tx *store.Tx) error {
		return tx.PutSlices(t.Context(), atlas.DatasetForeigners, []atlas.Slice{
			people("CZ042", "", 2018, 30000), people("CZ042", "", 2019, 31000), people("CZ042", "2021", 2021, 20000), people("CZ042", "2021", 2023, 25000),
			people("CZ0421", "2021", 2023, 5000), people("CZ0422", "2021", 2023, 1234)})
	})
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func TestEverySectionWithNumbersHasAPictureASentenceAndAnEqualTable(t *testing.T) {
	i := counted(t)
	page := i.Get(t, route.ReportOf("cs", "H-00002"))
	figures := page.Find(".document figure")
	if n := figures.Length(); n < 7 {
		t.Fatalf("%d pictures", n)
	}
	ids := map[string]bool{}
	for _, f := range figures.EachIter() {
		caption := f.Find("figcaption").Text()
		svg := f.Find("svg")
		if svg.Length() == 0 || svg.Find("title").First().Text() == "" || caption == "" {
			t.Errorf("%q: a picture without a name", caption)
		}
		for _, one := range f.Find("[id]").EachIter() {
			id, _ := one.Attr("id")
			if ids[id] {
				t.Errorf("%s stands twice", id)
			}
			ids[id] = true
		}
		sentence, table := f.Next(), f.Next().Next()
		if !sentence.Is("p") || len(sentence.Text()) < 30 {
			t.Errorf("%q is followed by %q and no sentence", caption, sentence.Text())
		}
		for table.Is("figure, p") { // projects and money of a year stand in one table
			table = table.Next()
		}
		if !table.Is(".table-scroll") {
			t.Errorf("%q has no equal table", caption)
		}
	}
	// Each dot of the people has its number in the table; another definition breaks the line.
	osoby := page.Find("svg:has(#graf-osoby-title)")
	if dots, lines := osoby.Find(".chart-dot").Length(), osoby.Find("polyline").Length(); dots != 4 || lines != 1 {
		t.Errorf("%d dots, %d lines", dots, lines)
	}
	text := strings.ReplaceAll(page.Words("main"), "\u00a0", " ")
	for _, want := range []string{"od roku 2021 do roku 2023 nárůst o 5 000 (+25 %)", "změnilo v roce 2021", "31. 12. 201931 000", "2020není známo", "nejvíc má okres Děčín (5 000), okres Chomutov (1 234). Není známo: 5 z 7."} {
		if !strings.Contains(text, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
}

// The total of a year counts a project of two areas once, as the matrix does.
func TestTheTotalOfAYearIsOfDistinctProjects(t *testing.T) {
	i := written(t)
	page := i.Get(t, route.ReportOf("cs", "H-00002"))
	rows := page.Find("table:has(caption:contains('rok po roce')) tbody tr")
	if rows.Length() != 9 {
		t.Fatalf("%d years", rows.Length())
	}
	year := rows.Eq(0).Find("th").Text()
	cells := rows.Eq(0).Find("td")
	matrix := i.Get(t, "/pokryti?uvnitr=CZ042&zobrazeni=matice&od="+year+"&do="+year)
	want := regexp.MustCompile(`\d+`).FindString(matrix.Find("table.matrix tbody").Eq(1).Find("tr").First().Find("td").First().Text())
	if got := cells.Last().Text(); got != want && (got != "0" || want != "") {
		t.Errorf("%s: %s distinct projects, %q in the matrix", year, got, want)
	}
}

// pdfTexts are the texts of one entry of the structure of a PDF, such as /Alt.
func pdfTexts(t *testing.T, body []byte, entry string) (out []string) {
	t.Helper()
	for _, m := range regexp.MustCompile(entry+` <FEFF([0-9A-F]*)>`).FindAllSubmatch(body, -1) {
		raw, err := hex.DecodeString(string(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		var units []uint16
		for n := 0; n+1 < len(raw); n += 2 {
			units = append(units, uint16(raw[n])<<8|uint16(raw[n+1]))
		}
		out = append(out, string(utf16.Decode(units)))
	}
	return out
}

func TestThePicturesOfAPDFAndADOCXHaveAlternativeTextsThatSayWhatTheyShow(t *testing.T) {
	i := counted(t)
	publish(t, i, "1")
	figures := i.Get(t, route.EditionOf("cs", "H-00002", 1)).Find(".document figure").Length()
	_, _, pdf := i.File(t, route.EditionFile("cs", "H-00002", 1, "zprava.pdf"))
	alts := pdfTexts(t, pdf, "/Alt")
	if tagged := bytes.Count(pdf, []byte("/S /Figure ")); tagged != figures || len(alts) != figures {
		t.Errorf("%d figures in the page, %d tagged in the PDF with %d alternative texts", figures, tagged, len(alts))
	}
	for _, alt := range alts {
		if !strings.Contains(alt, "Stejná čísla jsou v tabulce") || len(alt) < 80 {
			t.Errorf("alternative text %q", alt)
		}
	}
	if lang, title := pdfTexts(t, pdf, "/Lang"), pdfTexts(t, pdf, "/Title"); len(lang) == 0 || lang[0] != "cs-CZ" || !strings.Contains(strings.Join(title, "|"), "Integrace v Ústeckém kraji") || !bytes.Contains(pdf, []byte("/DisplayDocTitle true")) {
		t.Errorf("language %v, titles %v", lang, title)
	}
	_, _, docx := i.File(t, route.EditionFile("cs", "H-00002", 1, "zprava.docx"))
	if got := descriptions(t, docx); strings.Join(got, "|") != strings.Join(alts, "|") {
		t.Errorf("alternative texts of the DOCX %q, of the PDF %q", got, alts)
	}
	for name, body := range map[string][]byte{"zprava.pdf": pdf, "zprava.docx": docx} {
		opened(t, name, body, figures)
	}
}

// descriptions are the alternative texts of the pictures of a DOCX.
func descriptions(t *testing.T, body []byte) (out []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(f); ; {
		token, err := d.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "docPr" {
			for _, a := range e.Attr {
				if a.Name.Local == "descr" {
					out = append(out, a.Value)
				}
			}
		}
	}
}

// opened has LibreOffice open a file and write it again: with the pictures in it.
// Without the program it says so and lets the rest of the test stand, unless
// ATLAS_REQUIRE_OFFICE=1.
func opened(t *testing.T, name string, body []byte, figures int) {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("ATLAS_REQUIRE_OFFICE") == "1" {
			t.Fatal("soffice is not installed: on Debian `apt-get install libreoffice-writer-nogui`")
		}
		t.Log("soffice is not installed, so nobody opens the files")
		return
	}
	dir := t.TempDir()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"-env:UserInstallation=file://" + dir + "/profile", "--headless", "--convert-to", "odt:writer8", "--outdir", dir, file}
	if strings.HasSuffix(name, ".pdf") {
		if _, err := exec.LookPath("pdftotext"); err != nil {
			t.Log("pdftotext is not installed, so nobody opens the PDF")
			return
		}
		out, err := exec.Command("pdftotext", file, "-").CombinedOutput()
		if err != nil || !strings.Contains(string(out), "Finanční toky") || strings.Contains(string(out), "Syntax ") {
			t.Errorf("pdftotext: %v %.200s", err, out)
		}
		return
	}
	if out, err := exec.Command(office, args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
	z, err := zip.OpenReader(filepath.Join(dir, strings.TrimSuffix(name, ".docx")+".odt"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open("content.xml")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(text, []byte("<draw:image ")); n != figures {
		t.Errorf("LibreOffice sees %d pictures of %d", n, figures)
	}
	if n := bytes.Count(text, []byte("<svg:desc>")) + bytes.Count(text, []byte("<svg:title>")); n < figures {
		t.Errorf("LibreOffice sees %d alternative texts", n)
	}
}

func TestADraftIsDownloadedMarkedAsOneAndByEditorsOnly(t *testing.T) {
	i := written(t)
	_, _, pdf := i.File(t, route.ReportDraft("cs", "H-00002", "navrh.pdf"))
	if title := pdfTexts(t, pdf, "/Title"); !strings.Contains(strings.Join(title, "|"), "Integrace v Ústeckém kraji (návrh)") {
		t.Errorf("titles %q", title)
	}
	status, head, docx := i.File(t, route.ReportDraft("en", "H-00002", "navrh.docx"))
	if status != http.StatusOK || !strings.Contains(head.Get("Content-Disposition"), "navrh-H-00002.docx") {
		t.Errorf("%d %v", status, head)
	}
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"word/document.xml", "word/footer1.xml"} {
		f, err := z.Open(part)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(f)
		if !strings.Contains(strings.ToLower(string(text)), "návrh") { // in the language of the report
			t.Errorf("%s does not say that it is a draft", part)
		}
	}
	for _, name := range []string{"navrh.txt", "zprava.pdf", "navrh.", "pdf"} {
		if status, _, _ := i.File(t, route.ReportDraft("cs", "H-00002", name)); status != http.StatusNotFound {
			t.Errorf("%s: %d", name, status)
		}
	}
	if page := i.Get(t, route.ReportOf("cs", "H-00002")); page.Find(`a[href$="navrh.pdf"]`).Length() != 1 || page.Find("h1 .tag-draft").Length() != 1 {
		t.Error("the preview does not lead to its files")
	}
	publish(t, i, "1")
	i.Viewer = atlas.Viewer{}
	if status, _, _ := i.File(t, route.ReportDraft("cs", "H-00002", "navrh.pdf")); status == http.StatusOK {
		t.Error("readers get a draft")
	}
}
