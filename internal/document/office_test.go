package document

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program runs a program that others read our files with. Without it the test is
// skipped, or fails when ATLAS_REQUIRE_OFFICE=1.
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
	if bytes.Contains(out, []byte("Syntax ")) {
		t.Errorf("%s complains:\n%s", name, out)
	}
	return string(out)
}

// written writes a document to a file of the test.
func written(t *testing.T, name string, write func(io.Writer, *Document) error, d *Document) string {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, d); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func mustContain(t *testing.T, where, text string, wanted ...string) {
	t.Helper()
	flat := strings.Join(strings.Fields(text), " ")
	for _, want := range wanted {
		if !strings.Contains(flat, strings.Join(strings.Fields(want), " ")) {
			t.Errorf("%s lacks %q:\n%s", where, want, flat)
		}
	}
}

func TestAPDFIsTaggedAndSaysItsLanguageTitleAndAlternativeTexts(t *testing.T) {
	file := written(t, "a.pdf", WritePDF, sample(t))
	mustContain(t, "pdfinfo", program(t, "pdfinfo", file), "Title: Zpráva o integraci: Ústecký kraj", "Tagged: yes", "PDF version: 1.7", "CreationDate: Sat Jan 31")
	mustContain(t, "the metadata", program(t, "pdfinfo", "-meta", file), "<pdfuaid:part>1</pdfuaid:part>", "<rdf:li>cs-CZ</rdf:li>")
	mustContain(t, "the structure", program(t, "pdfinfo", "-struct-text", file),
		`H1 (block) "Zpráva o integraci: Ústecký kraj"`, `H2 (block) "Finanční toky"`, `H3 (block) "Úroveň, která by jednu přeskočila"`,
		`TOC TOCI Reference (inline) Link (inline) "Finanční toky 1"`, `Link (inline) "pramen" Object`,
		`Table (block) Caption "Částky podle poskytovatele" TR TH: /Scope /Column "Poskytovatel"`, `TR TH: /Scope /Row "Řádek 1" TD "Podpora integrace cizinců ve školách, v obcích a v zaměstnání" TD "1 000"`,
		`L (block): /ListNumbering /Decimal LI (block) Lbl (block) "1. " LBody (block) "krok jedna"`, letters)
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/Lang " + textString("cs-CZ"), "/DisplayDocTitle true", "/Marked true", "/Alt " + textString("Sloupce rostou od roku 2015"), "/BBox [", "/Outlines "} {
		if !bytes.Contains(body, []byte(want)) {
			t.Errorf("the file lacks %s", want)
		}
	}
}

func TestEveryFontOfAPDFIsEmbeddedAsASubsetWithItsLetters(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(program(t, "pdffonts", written(t, "a.pdf", WritePDF, sample(t)))), "\n")[2:]
	if len(lines) != 3 { // nothing is in bold italic
		t.Errorf("%d fonts", len(lines))
	}
	for _, line := range lines {
		if !strings.Contains(strings.Join(strings.Fields(line), " "), "CID TrueType Identity-H yes yes yes") {
			t.Error(line)
		}
	}
}

func TestALongTableGoesOverPagesWithItsHeaderSeenOnEachAndReadOnce(t *testing.T) {
	d := sample(t)
	d.Blocks = []Block{Tabular(longTable(150))}
	file := written(t, "a.pdf", WritePDF, d)
	pages := strings.Split(strings.TrimSuffix(program(t, "pdftotext", "-layout", file, "-"), "\f"), "\f")
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages {
		if strings.Count(page, "Poskytovatel ") != 1 {
			t.Errorf("page %d: %d headers", i+1, strings.Count(page, "Poskytovatel "))
		}
	}
	tree := program(t, "pdfinfo", "-struct-text", file)
	if n := strings.Count(tree, `"Poskytovatel"`); n != 1 {
		t.Errorf("the header is read %d times", n)
	}
	if n := strings.Count(tree, "/Scope /Row"); n != 150 {
		t.Errorf("%d rows are read", n)
	}
}

func TestARowTallerThanAPageGoesOnOnTheNext(t *testing.T) {
	d := &Document{Lang: "cs", Title: "Dlouhý řádek", Blocks: []Block{Tabular(Table{Columns: []Column{{Title: "Co"}, {Title: "Popis"}}, Rows: [][][]Span{Row("jeden", strings.Repeat("slovo ", 3000)+"konec.")}})}}
	text := program(t, "pdftotext", written(t, "a.pdf", WritePDF, d), "-")
	if n := strings.Count(text, "slovo"); n != 3000 || !strings.Contains(text, "konec.") {
		t.Errorf("%d of 3000 words", n)
	}
}

func TestLibreOfficeOpensADOCXWithItsHeadingsListsTablesAndAlternativeTexts(t *testing.T) {
	file := written(t, "a.docx", WriteDOCX, sample(t))
	dir := filepath.Dir(file)
	profile := "-env:UserInstallation=file://" + dir + "/profile"
	for _, format := range []string{"txt:Text", `pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}`} {
		program(t, "soffice", profile, "--headless", "--convert-to", format, "--outdir", dir, file)
	}
	text, err := os.ReadFile(filepath.Join(dir, "a.txt"))
	if err != nil {
		t.Fatal(err)
	}
	mustContain(t, "the text", string(text), "Zpráva o integraci: Ústecký kraj", "Data k 31. lednu 2026", letters+" důrazně, pramen.", "• první bod", "1. krok jedna", "2. krok dva", "1. jiný začátek", "Projekty podle let")
	pdf := filepath.Join(dir, "a.pdf")
	mustContain(t, "pdfinfo", program(t, "pdfinfo", pdf), "Title: Zpráva o integraci: Ústecký kraj")
	mustContain(t, "the structure", program(t, "pdfinfo", "-struct-text", pdf), `H1 (block)`, `"Finanční toky"`, "Table (block)", `"Řádek 1"`, "TH", "LBody", "Figure")
}
