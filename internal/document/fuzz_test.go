package document

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyDocument draws documents with whatever may stand in one.
func anyDocument(picture []byte) *rapid.Generator[*Document] {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-zčřžň ]{0,400}`), rapid.StringMatching(`[^ ]{100,300}`), rapid.SampledFrom([]string{"", "\n\n", "  ", letters, "\u00ad\u200b😀"}))
	spans := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Span {
		return Span{Text: text.Draw(t, "text"), Strong: rapid.Bool().Draw(t, "strong"), Emphasis: rapid.Bool().Draw(t, "emphasis"), Link: rapid.SampledFrom([]string{"", "", "https://example.org/č", "javascript:x"}).Draw(t, "link")}
	}), 0, 4)
	table := rapid.Custom(func(t *rapid.T) *Table {
		columns := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Column { return Column{text.Draw(t, "title"), rapid.Bool().Draw(t, "number")} }), 0, 12).Draw(t, "columns")
		return &Table{Caption: text.Draw(t, "caption"), Columns: columns, Rows: rapid.SliceOfN(rapid.SliceOfN(spans, 0, 13), 0, 20).Draw(t, "rows"), RowHeader: rapid.Bool().Draw(t, "header"), Total: rapid.Bool().Draw(t, "total")}
	})
	block := rapid.Custom(func(t *rapid.T) Block {
		b := Block{Kind: rapid.SampledFrom([]Kind{KindHeading, KindHeading, KindText, KindNote, KindList, KindTable, KindFigure, "?"}).Draw(t, "kind"), Level: rapid.IntRange(-1, 9).Draw(t, "level"), Text: spans.Draw(t, "text"), Ordered: rapid.Bool().Draw(t, "ordered")}
		switch b.Kind {
		case KindList:
			b.Items = rapid.SliceOfN(spans, 0, 6).Draw(t, "items")
		case KindTable:
			b.Table = table.Draw(t, "table")
		case KindFigure:
			b.Figure = &Figure{PNG: picture, Alt: text.Draw(t, "alt"), Caption: text.Draw(t, "caption")}
		}
		return b
	})
	return rapid.Custom(func(t *rapid.T) *Document {
		return &Document{Lang: rapid.SampledFrom([]string{"cs", "en", "uk", ""}).Draw(t, "lang"), Title: text.Draw(t, "title"), Foot: text.Draw(t, "foot"), Contents: rapid.SampledFrom([]string{"", "Obsah"}).Draw(t, "contents"), MadeAt: time.Unix(0, 0), Blocks: rapid.SliceOfN(block, 0, 15).Draw(t, "blocks")}
	})
}

// FuzzDocuments writes random documents: no format panics, and of the PDF every
// marked content is in the tree of structure exactly once.
func FuzzDocuments(f *testing.F) {
	documents := anyDocument(dots(f, 30, 900))
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { checkDocument(t, documents.Draw(t, "document")) }))
}

func TestWhateverADocumentHoldsItsStructureIsWhole(t *testing.T) {
	documents := anyDocument(dots(t, 30, 900))
	rapid.Check(t, func(t *rapid.T) { checkDocument(t, documents.Draw(t, "document")) })
}

func checkDocument(t *rapid.T, d *Document) {
	_ = HTML(d)
	if err := WriteDOCX(io.Discard, d); err != nil {
		t.Fatal(err)
	}
	pages, err := laid(d, nil)
	if err == nil && d.Contents != "" {
		pages, err = laid(d, pages.headings)
	}
	if err != nil {
		t.Fatal(err)
	}
	body, err := pages.file()
	if err != nil {
		t.Fatal(err)
	}
	checkMarks(t, pages)
	checkObjects(t, body)
}

var operators = regexp.MustCompile(`(?m)/MCID (\d+)>> BDC$|(/Artifact <<[^>]*>> BDC)$|^(EMC)$`)

// checkMarks compares what is marked on the pages with the tree.
func checkMarks(t *rapid.T, d *pdf) {
	inTree := map[content]int{}
	annotations := 0
	var walk func(*node)
	walk = func(n *node) {
		for _, kid := range n.kids {
			switch kid := kid.(type) {
			case *node:
				walk(kid)
			case content:
				inTree[kid]++
				if d.sheets[kid.page].marks[kid.id] != n {
					t.Fatalf("content %v has another parent on its page", kid)
				}
			case *annotation:
				annotations++
			}
		}
	}
	walk(d.document)
	marked := 0
	for i, s := range d.sheets {
		open := false
		for _, m := range operators.FindAllStringSubmatch(s.body.String(), -1) {
			if end := m[3] != ""; end != open {
				t.Fatalf("page %d: marked content within another or ended twice", i)
			}
			open = !open
			if m[1] != "" {
				id, _ := strconv.Atoi(m[1])
				if n := inTree[content{i, id}]; n != 1 {
					t.Fatalf("page %d: content %d is %d times in the tree", i, id, n)
				}
				marked++
			}
		}
		if open {
			t.Fatalf("page %d: marked content is not ended", i)
		}
	}
	if marked != len(inTree) || annotations != len(d.annotations) {
		t.Fatalf("%d of %d contents are on pages, %d of %d annotations in the tree", marked, len(inTree), annotations, len(d.annotations))
	}
}

var reference = regexp.MustCompile(`(\d+) 0 R`)

// checkObjects sees that each reference leads to an object and that the table of
// objects says where they are.
func checkObjects(t *rapid.T, body []byte) {
	_, table, _ := bytes.Cut(body, []byte("\nxref\n0 "))
	var count int
	if _, err := fmt.Sscan(string(table[:bytes.IndexByte(table, '\n')]), &count); err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(table, []byte("\n"))[2:]
	for n := 1; n < count; n++ {
		at, err := strconv.Atoi(string(lines[n-1][:10]))
		if err != nil || !bytes.HasPrefix(body[at:], fmt.Appendf(nil, "%d 0 obj\n<<", n)) {
			t.Fatalf("object %d is not where the table says", n)
		}
	}
	packed := regexp.MustCompile(`(?s)\nstream\n.*?\nendstream`).ReplaceAll(body, nil)
	for _, m := range reference.FindAllSubmatch(packed, -1) {
		if n, _ := strconv.Atoi(string(m[1])); n < 1 || n >= count {
			t.Fatalf("object %d is not there", n)
		}
	}
}
