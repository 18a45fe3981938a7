package export

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// book writes a table as a workbook and opens it by a program of others.
func book(t interface {
	Fatal(...any)
	Helper()
}, table Table, limit int) (*excelize.File, []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := (&workbook{table: table, limit: limit}).write(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return f, b.Bytes()
}

var typedColumns = []Column{
	{"title", "Název", KindText}, {"ico", "IČO", KindCode}, {"from", "Začátek", KindDate}, {"amount", "Částka", KindMoney},
	{"people", "Lidí", KindNumber}, {"share", "Podíl", KindPercent}, {"year", "Rok", KindYear}, {"web", "Web", KindURL},
}

func sayings() About {
	return About{
		Sheet: "Projekty", Notes: "Vysvětlivky", Lines: []Line{{"Otázka", "Oblast: jazyk"}, {"Adresa", "https://example.org/export/projekty.xlsx?oblast=JAZ"}},
		Column: "Sloupec", Key: "Klíč", Kind: "Druh hodnoty", Kinds: map[Kind]string{KindDate: "datum", KindText: "text"},
		Rows: "Počet řádků", Sheets: "Počet listů", Cut: "Zkrácené buňky",
	}
}

func TestAWorkbookHasCellsOfTheirTypes(t *testing.T) {
	f, _ := book(t, Table{Columns: typedColumns, Rows: rows(
		[]string{"Žďár <&> \"x\"", "00012345", "2017-09-01", "740576.85", "1234", "33.33", "2017", "https://example.org"},
		[]string{"", "", "2017-09", "-12.50", "", "", "", ""},
		[]string{"123", "1", "1850-01-01", "99999999999999.99", "asi 100", "", "2017?", ""},
	)}, sheetRows)
	sheet := f.GetSheetName(0)
	for cell, want := range map[string]struct {
		kind  excelize.CellType
		value string
	}{
		"A2": {excelize.CellTypeInlineString, "Žďár <&> \"x\""}, "B2": {excelize.CellTypeInlineString, "00012345"},
		"C2": {excelize.CellTypeUnset, "42979"}, "D2": {excelize.CellTypeUnset, "740576.85"}, "E2": {excelize.CellTypeUnset, "1234"},
		"F2": {excelize.CellTypeUnset, "33.33"}, "G2": {excelize.CellTypeUnset, "2017"}, "H2": {excelize.CellTypeInlineString, "https://example.org"},
		"A3": {excelize.CellTypeUnset, ""}, "C3": {excelize.CellTypeInlineString, "2017-09"}, "D3": {excelize.CellTypeUnset, "-12.50"}, "E3": {excelize.CellTypeUnset, ""},
		"A4": {excelize.CellTypeInlineString, "123"}, "C4": {excelize.CellTypeInlineString, "1850-01-01"},
		"D4": {excelize.CellTypeInlineString, "99999999999999.99"}, // 16 digits: a number would lose the last one
		"E4": {excelize.CellTypeInlineString, "asi 100"}, "G4": {excelize.CellTypeInlineString, "2017?"},
	} {
		kind, err := f.GetCellType(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		if v, _ := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true}); kind != want.kind || v != want.value {
			t.Errorf("%s is %q of type %d, want %q of %d", cell, v, kind, want.value, want.kind)
		}
	}
	for cell, want := range map[string]string{"C2": "09-01-17", "D2": "740,576.85", "E2": "1,234", "F2": "33.33 %", "G2": "2017"} {
		if v, _ := f.GetCellValue(sheet, cell); v != want {
			t.Errorf("%s shows %q, want %q", cell, v, want)
		}
	}
}

func TestTheHeaderIsBoldAndFrozenWithAFilterOverAllRows(t *testing.T) {
	f, raw := book(t, Table{Columns: typedColumns, Rows: rows(make([]string, 8), make([]string, 8))}, sheetRows)
	sheet := f.GetSheetName(0)
	panes, err := f.GetPanes(sheet)
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("%+v %v", panes, err)
	}
	id, _ := f.GetCellStyle(sheet, "A1")
	style, err := f.GetStyle(id)
	if err != nil || style.Font == nil || !style.Font.Bold {
		t.Errorf("%+v %v", style, err)
	}
	if text := parts(t, raw)["xl/worksheets/sheet1.xml"]; !strings.Contains(text, `<autoFilter ref="A1:H3"/>`) {
		t.Error(text)
	}
	if w, _ := f.GetColWidth(sheet, "H"); w < 30 {
		t.Errorf("a column of addresses is %v wide", w)
	}
}

// parts are the texts in a workbook; each must be XML.
func parts(t testing.TB, raw []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(bytes.NewReader(text))
		for err = error(nil); err == nil; {
			_, err = d.Token()
		}
		if err != io.EOF {
			t.Errorf("%s: %v", f.Name, err)
		}
		out[f.Name] = string(text)
	}
	return out
}

func TestAWorkbookHoldsNoFormulaWhateverComesIn(t *testing.T) { // section 9.6
	evil := []string{"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "=HYPERLINK(\"https://example.org\")"}
	var all [][]string
	for _, cell := range evil {
		row := make([]string, len(typedColumns))
		for i := range row {
			row[i] = cell
		}
		all = append(all, row)
	}
	f, raw := book(t, Table{Columns: typedColumns, Rows: rows(all...), About: sayings}, sheetRows)
	for name, text := range parts(t, raw) {
		if strings.Contains(text, "<f>") || strings.Contains(text, "<f ") {
			t.Errorf("%s has a formula", name)
		}
	}
	for i, cell := range evil {
		for c := range typedColumns {
			at := columnName(c) + strconv.Itoa(i+2)
			v, _ := f.GetCellValue("Projekty", at)
			kind, _ := f.GetCellType("Projekty", at)
			if v != cell || kind != excelize.CellTypeInlineString {
				t.Errorf("%s: %q of type %d, want the text %q without an apostrophe", at, v, kind, cell)
			}
		}
	}
	if !strings.Contains(parts(t, raw)["xl/styles.xml"], `quotePrefix="1"`) {
		t.Error("a text that is edited would become a formula")
	}
}

func TestTheExplanationsSayWhatTheFileIs(t *testing.T) {
	f, _ := book(t, Table{Columns: typedColumns, Rows: rows(make([]string, 8), make([]string, 8)), About: sayings}, sheetRows)
	got, err := f.GetRows("Vysvětlivky")
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprint(got)
	for _, want := range []string{"Otázka Oblast: jazyk", "Adresa https://example.org/export/projekty.xlsx?oblast=JAZ", "Počet řádků 2", "[Sloupec Klíč Druh hodnoty]", "[Začátek from datum]"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, text)
		}
	}
	if strings.Contains(text, "Počet listů") || strings.Contains(text, "Zkrácené") {
		t.Errorf("said without a reason: %s", text)
	}
}

func TestRowsThatOneSheetCannotHoldGoOnOnTheNextOneUnderTheSameHeader(t *testing.T) {
	seven := func(yield func([]string, error) bool) {
		for i := range 7 {
			if !yield([]string{"řádek", strconv.Itoa(i)}, nil) {
				return
			}
		}
	}
	f, _ := book(t, Table{Columns: columns, Rows: seven, About: sayings}, 4)
	if got := f.GetSheetList(); fmt.Sprint(got) != "[Projekty Projekty (2) Projekty (3) Vysvětlivky]" {
		t.Fatalf("%v", got)
	}
	n := 0
	for _, sheet := range f.GetSheetList()[:3] {
		all, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil || len(all) > 4 || all[0][0] != "Název projektu" {
			t.Fatalf("%s: %v %v", sheet, all, err)
		}
		for _, row := range all[1:] {
			if row[1] != strconv.Itoa(n) {
				t.Errorf("%s: %v, want row %d", sheet, row, n)
			}
			n++
		}
	}
	notes, _ := f.GetRows("Vysvětlivky")
	if text := fmt.Sprint(notes); n != 7 || !strings.Contains(text, "Počet řádků 7") || !strings.Contains(text, "Počet listů 3") {
		t.Errorf("%d rows, %s", n, text)
	}
}

func TestATextLongerThanACellIsCutAndCounted(t *testing.T) {
	for _, long := range []string{strings.Repeat("ž", 40_000), strings.Repeat("😀", 20_000), strings.Repeat("a", longestText-1) + "😀"} {
		f, _ := book(t, Table{Columns: columns[:1], Rows: rows([]string{long}), About: sayings}, sheetRows)
		v, err := f.GetCellValue("Projekty", "A2")
		if err != nil {
			t.Fatal(err)
		}
		units := 0
		for _, r := range v {
			if units++; r > 0xffff {
				units++
			}
		}
		if units > longestText || units < longestText-2 || !strings.HasSuffix(v, "…") || !strings.HasPrefix(long, strings.TrimSuffix(v, "…")) {
			t.Errorf("%d units, it ends with %q", units, v[len(v)-8:])
		}
		notes, _ := f.GetRows("Vysvětlivky")
		if !strings.Contains(fmt.Sprint(notes), "Zkrácené buňky 1") {
			t.Errorf("%v", notes)
		}
	}
	if text := strings.Repeat("ž", longestText); func() bool { _, cut := fit(text); return cut }() {
		t.Error("a text that just fits was cut")
	}
}

func TestEveryTextComesBackFromAWorkbookAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ \n\t_x0-9A-F<>&"'=+@-]{0,24}`), rapid.SampledFrom([]string{"_x000D_", "a\r\nb", "\x00\x1f", " kraj ", "_x005F_x000D_"})).Draw(t, "text")
		text = strings.Map(func(r rune) rune {
			if r == 0xfffe || r == 0xffff {
				return -1
			}
			return r
		}, strings.ToValidUTF8(text, ""))
		f, _ := book(t, Table{Columns: columns[:1], Rows: rows([]string{text})}, sheetRows)
		got, err := f.GetCellValue("data", "A2")
		if err != nil || got != text {
			t.Fatalf("%q came back as %q, %v", text, got, err)
		}
	})
}

func TestAWorkbookThatBrokeHasNoEnd(t *testing.T) {
	var b bytes.Buffer
	broken := errors.New("broken")
	var some iter.Seq2[[]string, error] = func(yield func([]string, error) bool) { _ = yield([]string{"a", "1"}, nil) && yield(nil, broken) }
	if err := writeXLSX(&b, Table{Columns: columns, Rows: some}); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if _, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len())); err == nil {
		t.Error("half a workbook opens")
	}
}
