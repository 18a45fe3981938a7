package importer

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// rowsOf are all rows of a table.
func rowsOf(t *Table) []Row {
	var out []Row
	for r, err := range t.Rows(0) {
		if err != nil {
			panic(err)
		}
		out = append(out, r)
	}
	return out
}

// readWithin reads a file within limits.
func readWithin(l limits, name string, data []byte) (*Table, error) {
	return l.read(name, bytes.NewReader(data), int64(len(data)))
}

// tableRead is all that a table is.
type tableRead struct {
	Table
	Rows []Row
}

func wholeTable(t *Table) *tableRead {
	return &tableRead{Table{File: t.File, Format: t.Format, Sheet: t.Sheet, Encoding: t.Encoding, Delimiter: t.Delimiter, Header: t.Header, HeaderRow: t.HeaderRow}, rowsOf(t)}
}

func tableDiff(want, got *tableRead) string {
	return cmp.Diff(want, got, cmpopts.IgnoreUnexported(Table{}))
}

func encoded(t *testing.T, text string, encode func(string) (string, error)) []byte {
	t.Helper()
	out, err := encode(text)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(out)
}

func TestTheSameTableIsReadFromEveryKindOfText(t *testing.T) {
	comma := "Název,Žadatel,Částka\n\"Škola, hrou\",Obec Řež,12\n\nPříliš,Město Žďár,3\n"
	semicolon := "Název;Žadatel;Částka\r\nŠkola, hrou;Obec Řež;12\r\n;;\r\nPříliš;Město Žďár;3\r\n"
	tab := strings.ReplaceAll(strings.ReplaceAll(semicolon, ";", "\t"), "\r", "")
	for name, data := range map[string][]byte{
		"comma": []byte(comma), "byte order mark": []byte("\ufeff" + comma), "semicolon": []byte(semicolon), "tab": []byte(tab),
		"windows-1250":          encoded(t, semicolon, charmap.Windows1250.NewEncoder().String),
		"utf-16":                encoded(t, tab, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String),
		"utf-16 big endian":     encoded(t, tab, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String),
		"utf-16 without a mark": encoded(t, tab, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String),
		"caret":                 []byte(strings.ReplaceAll(tab, "\t", "^")),
		"gzip":                  packed(t, []byte(comma)),
	} {
		got, err := ReadBytes("seznam.csv", data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got.Encoding, got.Delimiter = "", ""
		want := &tableRead{Table: Table{File: "seznam.csv", Format: FormatCSV, HeaderRow: 1, Header: []string{"Název", "Žadatel", "Částka"}},
			Rows: []Row{{2, []string{"Škola, hrou", "Obec Řež", "12"}}, {4, []string{"Příliš", "Město Žďár", "3"}}}}
		if diff := tableDiff(want, wholeTable(got)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestTitlesAboveTheHeaderAreNotTakenForIt(t *testing.T) {
	data := "Seznam operací\n\nStav k,1. 1. 2016\nČíslo,Název,Žadatel,Částka\nCZ.1,Škola,Obec,5\nCZ.2,Dům,Město,\n"
	got, err := ReadBytes("a.csv", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	if got.HeaderRow != 4 || got.Header[2] != "Žadatel" || got.Len() != 2 || rowsOf(got)[1].Number != 6 {
		t.Errorf("%+v", got)
	}
}

func TestColumnsWithoutANameOrWithTheSameOneKeepTheirCells(t *testing.T) {
	got, err := ReadBytes("a.csv", []byte("Název,,Název,Obec\na,b,c,d,e\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Název", "#2", "Název (2)", "Obec", "#5"}, got.Header); diff != "" {
		t.Error(diff)
	}
}

// workbook makes a workbook with a sheet of notes before the sheet of data.
func workbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(f.SetCellValue("Sheet1", "A1", "Vysvětlivky"))
	_, err := f.NewSheet("Data")
	check(err)
	day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	check(err)
	thousands, err := f.NewStyle(&excelize.Style{NumFmt: 4})
	check(err)
	check(f.SetSheetRow("Data", "A1", &[]any{"Projekty 2016"}))
	check(f.SetSheetRow("Data", "A3", &[]any{"Název", "Od", "Částka", "Kód"}))
	check(f.SetSheetRow("Data", "A4", &[]any{"Škola", 42370, 2212809.25, "03"}))
	check(f.SetSheetRow("Data", "A5", &[]any{"Dům", 42735, 1.6e21, "04"}))
	check(f.SetCellStyle("Data", "B4", "B5", day))
	check(f.SetCellStyle("Data", "C4", "C4", thousands))
	var b bytes.Buffer
	check(f.Write(&b))
	return b.Bytes()
}

func TestAWorkbookGivesStoredNumbersAndDays(t *testing.T) {
	got, err := ReadBytes("sešit.xlsx", workbook(t))
	if err != nil {
		t.Fatal(err)
	}
	want := &tableRead{Table: Table{File: "sešit.xlsx", Format: FormatXLSX, Sheet: "Data", HeaderRow: 3, Header: []string{"Název", "Od", "Částka", "Kód"}},
		Rows: []Row{{4, []string{"Škola", "2016-01-01", "2212809.25", "03"}}, {5, []string{"Dům", "2016-12-31", "1600000000000000000000", "04"}}}}
	if diff := tableDiff(want, wholeTable(got)); diff != "" {
		t.Error(diff)
	}
}

func TestJSONBecomesATableWithDottedColumns(t *testing.T) {
	data := `{"version": {"n": [1, 2]}, "grants": [
		{"id": "a", "amount": 3239.340, "org": [{"name": "Jedna", "id": 1}, {"name": "Druhá"}], "none": null},
		{"id": "b", "deep": {"a": {"b": {"c": {"d": 1}}}}}]}`
	got, err := ReadBytes("g.json", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	want := &tableRead{Table: Table{File: "g.json", Format: FormatJSON, Encoding: EncodingUTF8, Header: []string{"id", "amount", "org.name", "org.id", "org.name.2", "deep.a.b.c"}}, Rows: []Row{
		{1, []string{"a", "3239.340", "Jedna", "1", ""}}, {2, []string{"b", "", "", "", "", `{"d": 1}`}}}}
	want.Header[4] = "org.2.name"
	want.Rows[0].Cells[4] = "Druhá"
	if diff := tableDiff(want, wholeTable(got)); diff != "" {
		t.Error(diff)
	}
}

func packed(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zipBomb is a workbook whose sheet is far larger unpacked.
func zipBomb(t *testing.T, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"xl/workbook.xml", "xl/worksheets/sheet1.xml"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(bytes.Repeat([]byte(" "), size)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFilesThatCannotBeReadSayWhy(t *testing.T) {
	small := limits{bytes: 1 << 20, rows: 100, columns: 50}
	rows := "a,b\n" + strings.Repeat("x,y\n", 101)
	for name, c := range map[string]struct {
		data []byte
		key  string
	}{
		"empty":             {nil, ErrorEmpty},
		"blanks":            {[]byte(" \n\n"), ErrorEmpty},
		"too large":         {bytes.Repeat([]byte("a,b\n"), 300_000), ErrorTooLarge},
		"gzip bomb":         {packed(t, bytes.Repeat([]byte{' '}, 2<<20)), ErrorTooLarge},
		"zip bomb":          {zipBomb(t, 2<<20), ErrorTooLarge},
		"cut gzip":          {packed(t, []byte("a,b\nc,d\n"))[:20], ErrorBroken},
		"cut workbook":      {workbook(t)[:3000], ErrorBroken},
		"cut JSON":          {[]byte(`{"grants": [{"id": 1}, {"id"`), ErrorBroken},
		"JSON without list": {[]byte(`{"grants": 5}`), ErrorNoHeader},
		"picture":           {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), ErrorFormat},
		"numbers only":      {[]byte("1,2\n3,4\n"), ErrorNoHeader},
		"header only":       {[]byte("Název,Žadatel\n"), ErrorNothing},
		"too many rows":     {[]byte(rows), ErrorTooManyRows},
		"wide":              {[]byte("a,b\n" + strings.Repeat("x,", 60)), ErrorManyColumns},
		"document":          {[]byte("PK\x03\x04 not a workbook"), ErrorBroken},
	} {
		_, err := readWithin(small, "a.csv", c.data)
		var refused *FileError
		if !errors.As(err, &refused) || refused.Key != c.key {
			t.Errorf("%s: got %v, want %s", name, err, c.key)
		}
	}
}

func TestAQuoteThatIsNeverClosedIsNamedByItsRow(t *testing.T) {
	data := "a,b\n1,x\n2,\"y\n" + strings.Repeat("3,z\n", longestCell/4)
	_, err := ReadBytes("a.csv", []byte(data))
	var refused *FileError
	if !errors.As(err, &refused) || refused.Key != ErrorQuotes || refused.Args["row"] != 3 {
		t.Errorf("got %v", err)
	}
}

func FuzzReadTable(f *testing.F) {
	for _, s := range []string{
		"Název;Žadatel\nŠkola;Obec\n", "a,b\n\"x\ny\",2\n", "\ufeffa\tb\n1\t2\n", `[{"a":1},{"b":[{"c":null}]}]`, `{"x":{"y":[1]},"g":[{"a":"b"}]}`,
		"PK\x03\x04", "\x1f\x8b\x08", "\xff\xfea\x00,\x00b\x00",
	} {
		f.Add([]byte(s))
	}
	small := limits{bytes: 1 << 20, rows: 1000, columns: 100}
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := readWithin(small, "x", data)
		if err != nil {
			var refused *FileError
			if !errors.As(err, &refused) {
				t.Fatalf("an error without a message: %v", err)
			}
			return
		}
		names := map[string]bool{}
		for _, h := range table.Header {
			if names[h] {
				t.Fatalf("two columns %q", h)
			}
			names[h] = true
		}
		last := 0
		for _, r := range rowsOf(table) {
			if len(r.Cells) > len(table.Header) || r.Number <= last {
				t.Fatalf("row %+v under %q", r, table.Header)
			}
			last = r.Number
		}
		if fmt.Sprint(table.Format) == "" {
			t.Fatal("no format")
		}
	})
}

func TestAWorkbookThatIsNoneIsCalledBrokenAndATextCalledOneIsRead(t *testing.T) {
	var refused *FileError
	if _, err := ReadBytes("seznam.xlsx", []byte("PK nonsense")); !errors.As(err, &refused) || refused.Key != ErrorBroken {
		t.Errorf("no workbook: %v", err)
	}
	if table, err := ReadBytes("seznam.xlsx", []byte("nazev;realizator\nČeština u kávy;Město Jihlava\n")); err != nil || table.Len() != 1 {
		t.Errorf("a text: %v", err)
	}
}
