package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
)

// workbookOf is a workbook of the operations, whose parts named are replaced by
// what the maps hold.
func workbookOf(t *testing.T, replace map[string][]byte, bombs map[string]bomb) []byte {
	t.Helper()
	book := excelize.NewFile()
	for i, line := range strings.Split(strings.TrimSpace(operationsList(200)), "\n") {
		var cells []any
		for _, s := range strings.Split(line, ";") {
			cells = append(cells, s)
		}
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	var whole, out bytes.Buffer
	if err := book.Write(&whole); err != nil {
		t.Fatal(err)
	}
	parts, err := zip.NewReader(bytes.NewReader(whole.Bytes()), int64(whole.Len()))
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(&out)
	for _, f := range parts.File {
		if b, ok := bombs[f.Name]; ok {
			b.write(t, z, f.Name)
			continue
		}
		data := replace[f.Name]
		if data == nil {
			data = content(t, f)
		}
		w, err := z.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func content(t *testing.T, f *zip.File) []byte {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// bomb is a part that is far larger unpacked: a text many times over between
// two others. One that lies says it is small.
type bomb struct {
	before, text, after string
	megabytes           int
	lies                bool
}

// write packs the text once and repeats the packed blocks, so that gigabytes
// cost nothing.
func (b bomb) write(t *testing.T, z *zip.Writer, name string) {
	t.Helper()
	block := []byte(strings.Repeat(b.text, 1<<20/len(b.text)))
	var packed bytes.Buffer
	pack := func(data []byte, last bool) {
		w, err := flate.NewWriter(&packed, flate.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if last {
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	sum := crc32.ChecksumIEEE([]byte(b.before))
	pack([]byte(b.before), false)
	from := packed.Len()
	pack(block, false)
	once := bytes.Clone(packed.Bytes()[from:])
	packed.Truncate(from)
	for range b.megabytes {
		packed.Write(once)
		sum = crc32.Update(sum, crc32.IEEETable, block)
	}
	pack([]byte(b.after), true)
	sum = crc32.Update(sum, crc32.IEEETable, []byte(b.after))
	size := uint64(len(b.before) + len(block)*b.megabytes + len(b.after))
	if b.lies {
		size = 1000
	}
	w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CRC32: sum, CompressedSize64: uint64(packed.Len()), UncompressedSize64: size})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(packed.Bytes()); err != nil {
		t.Fatal(err)
	}
}

func gzipped(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	sheetPart   = "xl/worksheets/sheet1.xml"
	stringsPart = "xl/sharedStrings.xml"
	sheetHead   = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	sheetEnd    = `</sheetData></worksheet>`
)

// badFile is a file that must be refused, and what has to be said of it.
type badFile struct {
	name, file string
	data       []byte
	cs, en     []string
}

func badFiles(t *testing.T) []badFile {
	list, jsonList := operationsList(200), `{"grants": [`+strings.Repeat(`{"id": "a", "title": "Škola hrou", "recipient": "Obec"}, `, 200)+`{"id": "b"}]}`
	sheet := func(b bomb) []byte { return workbookOf(t, nil, map[string]bomb{sheetPart: b}) }
	large := []string{"po rozbalení větší než", "Rozdělte ho na menší části"}
	largeEn := []string{"when unpacked", "Split it into smaller parts"}
	broken := []string{"poškozený nebo neúplný", "Stáhněte ho znovu"}
	brokenEn := []string{"damaged or incomplete", "again"}
	header, headerEn := []string{"názvy aspoň dvou sloupců", "například: Název projektu; Žadatel"}, []string{"names of at least two columns", "at the top, for example"}
	wide, wideEn := []string{"sloupců", "jiný oddělovač"}, []string{"columns", "another delimiter"}
	rows := `<row><c t="inlineStr"><is><t>` + strings.Repeat("a", 200) + `</t></is></c></row>`
	return []badFile{
		{"a sheet of two gigabytes", "a.xlsx", sheet(bomb{sheetHead, rows, sheetEnd, 2048, false}), large, largeEn},
		{"a sheet of blanks", "a.xlsx", sheet(bomb{sheetHead, " ", sheetEnd, 2048, false}), large, largeEn},
		{"a sheet that says it is small", "a.xlsx", sheet(bomb{sheetHead, rows, sheetEnd, 2048, true}), broken, brokenEn},
		{"shared texts of two gigabytes", "a.xlsx", workbookOf(t, nil, map[string]bomb{stringsPart: {`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`, "<si><t>aaaaaaaaaaaa</t></si>", "</sst>", 2048, false}}), large, largeEn},
		{"one long shared text in every cell", "a.xlsx", workbookOf(t, map[string][]byte{
			stringsPart: []byte(`<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>` + strings.Repeat("a", 1<<20) + `</t></si></sst>`),
			sheetPart:   []byte(sheetHead + strings.Repeat(`<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>`, 2000) + sheetEnd)}, nil), large, largeEn},
		{"a list packed to a thousandth", "a.csv.gz", gzipped(t, bytes.Repeat([]byte("Název;Žadatel\n"), 20<<20)), large, largeEn},
		{"one column", "a.csv", []byte("Název projektu\nŠkola hrou\nDům\n"), header, headerEn},
		{"a million columns", "a.csv", []byte(strings.Repeat("název;", 1_000_000) + "\n" + strings.Repeat("1;", 1_000_000) + "\n"), wide, wideEn},
		{"a million columns without a name", "a.csv", []byte(strings.Repeat(";", 1_000_000) + "x\n1;2\n"), header, headerEn},
		{"a row of a million columns below others", "a.csv", []byte(list + strings.Repeat("x;", 1_000_000) + "\n"), wide, wideEn},
		{"a CSV cut within quotes", "a.csv", []byte(list + `CZ.03.2.63/0.0/0.0/15_023/0000999;"Podpora rodin, kte`), []string{"uvozovky, které nekončí", "Doplňte koncové uvozovky"}, []string{"is never closed", "Add the closing one"}},
		{"a cut workbook", "a.xlsx", workbookOf(t, nil, nil)[:5000], broken, brokenEn},
		{"a cut sheet", "a.xlsx", workbookOf(t, map[string][]byte{sheetPart: []byte(sheetHead + `<row r="1"><c r="A1" t="inlineStr"><is><t>Název projektu</t></is></c><c r="B1" t="inlineStr"><is><t>Žadatel</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Škola</t></is></c><c r="B2"`)}, nil), broken, brokenEn},
		{"a cut JSON", "a.json", []byte(jsonList)[:len(jsonList)/2], broken, brokenEn},
		{"a cut gzip", "a.csv.gz", gzipped(t, []byte(list))[:500], broken, brokenEn},
		{"JSON that is deep", "a.json", []byte(strings.Repeat("[", 1_000_000)), broken, brokenEn},
		{"a picture", "a.csv", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), []string{"není tabulka", "CSV, sešit Excelu (XLSX) a JSON"}, []string{"is not a table", "CSV, Excel workbooks (XLSX) and JSON"}},
	}
}

func TestABadFileIsRefusedWithAReasonAndAdviceInBothLanguages(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, v := serveOpen(t, dir)
	mustRun(t, dir, "import", "projects", "--data", filepath.Join(dir, "prikaz"), "--dry-run", good(t, dir))
	before := s.mostMemory(t)
	for _, bad := range badFiles(t) {
		for face, words := range map[string][]string{"": bad.cs, "/en": bad.en} {
			p := v.upload(face, bad.file, bad.data)
			if v.says(p, http.StatusUnprocessableEntity, words...); t.Failed() {
				t.Fatalf("that was %s", bad.name)
			}
		}
		write(t, dir, bad.file, string(bad.data))
		for lang, words := range map[string][]string{"cs": bad.cs, "en": bad.en} {
			cmd := program(dir, "import", "projects", bad.file, "--data", filepath.Join(dir, "prikaz"))
			cmd.Env = append(cmd.Env, "ATLAS_LANG="+lang)
			out, _ := cmd.CombinedOutput()
			for _, w := range words {
				if cmd.ProcessState.ExitCode() != exitError || !strings.Contains(strings.ReplaceAll(string(out), "\u00a0", " "), w) {
					t.Errorf("%s, %s: ended with %d and does not say %q:\n%s", bad.name, lang, cmd.ProcessState.ExitCode(), w, out)
				}
			}
		}
	}
	if grew := s.mostMemory(t) - before; grew > 600<<20 {
		t.Errorf("memory grew by %d MB", grew>>20)
	}
	if p := v.get("/import"); strings.Contains(p.words, "D-00001") {
		t.Error("something was stored")
	}
}

// good is the name of a list that is read.
func good(t *testing.T, dir string) string {
	write(t, dir, "dobry.csv", operationsList(2))
	return "dobry.csv"
}

func TestLinesOfSeveralEncodingsAreReadByThePageAndTheCommand(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, v := serveOpen(t, dir)
	old, err := charmap.Windows1250.NewEncoder().String("CZ.03.2.63/0.0/0.0/15_023/0009999;Příliš žluťoučký kůň;Město Žďár nad Sázavou;850000;1000000\n")
	if err != nil {
		t.Fatal(err)
	}
	mixed := []byte(strings.ReplaceAll(operationsList(20), "Spolek", "Sdružení") + old)
	p := v.upload("", "seznam.csv", mixed)
	v.says(p, http.StatusOK, "21 projektů se založí", "Příliš žluťoučký kůň")
	v.says(v.apply(p.address), http.StatusOK, "Příliš žluťoučký kůň")
	v.says(v.get("/akteri?q=sdruzeni"), http.StatusOK, "Sdružení 1")
	write(t, dir, "seznam.csv", string(mixed))
	atlasRun(t, dir, "import", "projects", "seznam.csv", "--data", filepath.Join(dir, "jina")).said(t, exitOK, "vytvořeno 21")
}

func TestARowThatBreaksOffIsNamedSoThatACutListIsNotTakenSilently(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, v := serveOpen(t, dir)
	list := operationsList(20)
	cut := list[:strings.Index(list, "Podpora rodin 15")+10]
	v.says(v.upload("", "seznam.csv", []byte(cut)), http.StatusOK, "soubor se možná nestáhl celý", "stáhněte soubor znovu")
	v.says(v.upload("/en", "seznam.csv", []byte(cut)), http.StatusOK, "may not have arrived whole", "download the file again")
	if p := v.upload("", "cely.csv", []byte(strings.TrimSpace(list))); strings.Contains(p.words, "nestáhl celý") {
		t.Error("a whole list without the last end of line is suspected")
	}
	write(t, dir, "seznam.csv", cut)
	atlasRun(t, dir, "import", "projects", "seznam.csv", "--dry-run", "--data", filepath.Join(dir, "jina")).said(t, exitOK, "nestáhl celý", "(řádky 16)")
}
