package document

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
)

func TestTheSameContentIsTheSameBytesInEveryFormatAndAfterJSON(t *testing.T) {
	body, err := json.Marshal(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	var kept Document
	if err := json.Unmarshal(body, &kept); err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func(io.Writer, *Document) error{"PDF": WritePDF, "DOCX": WriteDOCX, "HTML": func(w io.Writer, d *Document) error {
		_, err := io.WriteString(w, HTML(d))
		return err
	}} {
		var one, two bytes.Buffer
		if err := errors.Join(write(&one, sample(t)), write(&two, &kept)); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(one.Bytes(), two.Bytes()) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestHTMLHasHeadingsWithoutGapsHeaderCellsAndEscapedText(t *testing.T) {
	d := sample(t)
	d.Blocks = append(d.Blocks, Text(Span{Text: "<script>", Link: "javascript:alert(1)"}), Picture(Figure{SVG: "<svg></svg>", Alt: "x"}))
	page, err := goquery.NewDocumentFromReader(strings.NewReader(HTML(d)))
	if err != nil {
		t.Fatal(err)
	}
	texts := func(selector string) []string {
		return page.Find(selector).Map(func(_ int, s *goquery.Selection) string { return s.Text() })
	}
	for selector, want := range map[string][]string{
		"h2":              {"Obsah", "Finanční toky", "Obrázky"},
		"h3":              {"Úroveň, která by jednu přeskočila"},
		"h4, script":      {},
		"nav > ol > li a": {"Finanční toky", "Úroveň, která by jednu přeskočila", "Obrázky"},
		"caption":         {"Částky podle poskytovatele"},
		"th[scope=row]":   {"Řádek 1", "Řádek 2", "Řádek 3"},
		"td.number":       {"1 000", "2 000", "3 000"},
		"strong":          {"důrazně"},
		"p a":             {"pramen"},
		"figcaption":      {"Projekty podle let"},
	} {
		if diff := cmp.Diff(want, texts(selector)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", selector, diff)
		}
	}
	page.Find("nav a").Each(func(_ int, s *goquery.Selection) {
		if to, _ := s.Attr("href"); page.Find(to).Length() != 1 {
			t.Errorf("%s leads nowhere", to)
		}
	})
	if alt, _ := page.Find("img").Attr("alt"); alt != "Sloupce rostou od roku 2015" {
		t.Errorf("alternative text: %q", alt)
	}
}

func TestWhatIsTypedBecomesParagraphsAndLists(t *testing.T) {
	got := Prose("První\nodstavec\r\n\r\n- jeden\n* dva\nza nimi\n\n\n")
	want := []Block{Text(Span{Text: "První\nodstavec"}), List(false, Plain("jeden"), Plain("dva")), Text(Span{Text: "za nimi"})}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEveryPartOfADOCXIsWellFormedWhateverTheTextHolds(t *testing.T) {
	d := sample(t)
	d.Blocks = append(d.Blocks, Text(Span{Text: "\x00\x0b<&>\"']]>\xff\ufffe"}), Tabular(Table{Columns: []Column{{Title: "&"}}}), Block{Kind: KindTable}, Block{Kind: "?"})
	var out bytes.Buffer
	if err := WriteDOCX(&out, d); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".png") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		for dec := xml.NewDecoder(r); ; {
			if _, err := dec.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
}

func TestAPictureThatIsNoneIsAnErrorThatNamesIt(t *testing.T) {
	d := &Document{Blocks: []Block{Picture(Figure{PNG: []byte("GIF89a"), Alt: "Mapa krajů"})}}
	for name, err := range map[string]error{"PDF": WritePDF(io.Discard, d), "DOCX": WriteDOCX(io.Discard, d)} {
		if err == nil || !strings.Contains(err.Error(), "Mapa krajů") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
