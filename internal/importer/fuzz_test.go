package importer

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"atlas"
)

// The corpus of each of these, made by hand from the traps of real lists, stands
// in testdata/fuzz; scripts/fuzz.sh goes on from it.

// fuzzLimits keep what is fuzzed small.
var fuzzLimits = limits{bytes: 1 << 20, rows: 1000, columns: 100}

// sound reads a file and demands what every table keeps: an error says why, no
// two columns have one name, rows go down and are no wider than the header.
func sound(t *testing.T, name string, data []byte) *Table {
	t.Helper()
	table, err := readWithin(fuzzLimits, name, data)
	var refused *FileError
	switch {
	case err != nil && !errors.As(err, &refused):
		t.Fatalf("an error without a message: %v", err)
	case err != nil:
		return nil
	}
	names := map[string]bool{}
	for _, h := range table.Header {
		if names[h] || h == "" {
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
	return table
}

func FuzzReadCSV(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		if body := strings.TrimSpace(text); strings.HasPrefix(body, "{") || strings.HasPrefix(body, "[") {
			return
		}
		if table := sound(t, "a.csv", []byte(text)); table != nil && table.Format == FormatCSV && len(table.Delimiter) == 0 {
			t.Fatal("no delimiter")
		}
	})
}

func FuzzReadJSON(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		if body := strings.TrimSpace(text); !strings.HasPrefix(body, "{") && !strings.HasPrefix(body, "[") {
			return
		}
		if table := sound(t, "a.json", []byte(text)); table != nil && table.Format != FormatJSON {
			t.Fatal(table.Format)
		}
	})
}

// FuzzReadXLSX takes the parts of a workbook rather than its packing, which the
// machine would hardly ever get right.
func FuzzReadXLSX(f *testing.F) {
	f.Fuzz(func(t *testing.T, rows, texts, formats string) {
		const main = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
		const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		const types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, part := range [][2]string{
			{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
				`<Override PartName="/xl/workbook.xml" ContentType="` + types + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + types + `worksheet+xml"/>` +
				`<Override PartName="/xl/sharedStrings.xml" ContentType="` + types + `sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="` + types + `styles+xml"/></Types>`},
			{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
			{"xl/workbook.xml", `<workbook ` + main + ` xmlns:r="` + office + `"><sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>`},
			{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/>` +
				`<Relationship Id="rId2" Type="` + office + `/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="` + office + `/styles" Target="styles.xml"/></Relationships>`},
			{"xl/worksheets/sheet1.xml", `<worksheet ` + main + `><sheetData>` + rows + `</sheetData></worksheet>`},
			{"xl/sharedStrings.xml", `<sst ` + main + `>` + texts + `</sst>`},
			{"xl/styles.xml", `<styleSheet ` + main + `>` + formats + `</styleSheet>`},
		} {
			w, err := z.Create(part[0])
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(part[1])); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		sound(t, "a.xlsx", b.Bytes())
	})
}

func FuzzReadMoney(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		for _, style := range []string{"", StylePoint, StyleComma} {
			if m, ok := ReadMoneyAs(text, style); ok && !m.Amount.Known() {
				t.Fatalf("%q is %+v", text, m)
			}
		}
		if a, ok := ReadMachineMoney(text); ok {
			if again, ok := ReadMachineMoney(a.String()); !ok || again != a {
				t.Fatalf("%q is %v and then %v", text, a, again)
			}
		}
	})
}

func FuzzReadDate(f *testing.F) {
	f.Fuzz(func(t *testing.T, text string) {
		for _, style := range []string{"", StyleMonthFirst} {
			d, ok := ReadDateAs(text, style)
			if ok && (!d.Valid() || !d.Known()) {
				t.Fatalf("%q is %+v", text, d)
			}
			if again, err := atlas.ParseDate(d.String()); ok && (err != nil || again != d) {
				t.Fatalf("%q is %v and then %v, %v", text, d, again, err)
			}
		}
		if from, to, ok := ReadSpan(text); ok && (!from.Valid() || !to.Valid()) {
			t.Fatalf("%q is %+v–%+v", text, from, to)
		}
	})
}

// FuzzMapCells puts texts, parted by bars, into the columns of each list that is
// known by its layout, 360Giving among them.
func FuzzMapCells(f *testing.F) {
	var headers [][]string
	for _, name := range []string{"operace.csv", "rucne.csv", "granty.csv"} {
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		table, err := ReadBytes(name, data)
		if err != nil {
			f.Fatal(err)
		}
		headers = append(headers, table.Header)
	}
	headers = append(headers, ownHeader())
	known := env()
	f.Fuzz(func(t *testing.T, list uint8, text string) {
		header := headers[int(list)%len(headers)]
		cells := strings.Split(text, "¦")
		if !utf8.ValidString(text) || len(cells) > len(header) {
			return
		}
		c := fuzzLimits.collector("a.csv")
		for number := 2; number < 4; number++ {
			if err := c.addCells(number, cells); err != nil {
				return
			}
		}
		if err := c.done(); err != nil {
			t.Fatal(err)
		}
		table := newTable(FormatCSV, header, 1, c.rows, 0)
		source, err := Recognise(table)
		if err != nil {
			t.Fatal(err)
		}
		if table.Len() == 0 {
			return // nothing but blanks
		}
		first, second := &Draft{}, &Draft{}
		reading := source.Open(known, table)
		for i, d := range []**Draft{&first, &second} {
			row, err := table.Row(i)
			if err != nil {
				t.Fatal(err)
			}
			*d = reading.Draft(row)
		}
		if first.SameProject(second) {
			first.Join(second)
		}
		for _, d := range []*Draft{first, second} {
			if !d.Skip && source.Name != "atlas" { // what breaks a rule in our own export is refused later, row by row
				checkDraft(t, known, d)
			}
		}
	})
}

// ownHeader are the columns of our own export that the import reads.
func ownHeader() []string {
	return []string{"id", "title_cs", "title_en", "acronym", "reg_number", "annotation", "detail", "need_rationale", "goal", "subgoals", "date_from",
		"date_to", "ongoing", "status_code", "country_code", "scope_code", "territories", "territories_code", "place_text", "parties", "funding", "actors_ico",
		"actors_foreign_id", "total_cost", "total_cost_state", "currency", "amount_unknown_lines", "integration_share", "areas", "areas_code", "target_legal_code",
		"target_situation_code", "citizenships_code", "activities", "activities_code", "service_form_code", "price_for_client_code", "people_planned",
		"people_planned_kind", "people_reached", "people_reached_kind", "indicators", "followed", "innovation_flag", "innovation_reason", "transfer_flag_code",
		"transfer_note", "upscaling_flag", "upscaling_reason", "replication_notes", "barriers", "barriers_code", "evaluation_done", "evaluation_when",
		"evaluation_method", "evaluation_who", "evaluation_url", "measures", "good_practice", "web", "media", "created", "url"}
}

func TestTheHeaderOfTheFuzzedOwnExportIsWhole(t *testing.T) {
	if n := len(ownLabels()); n != len(ownHeader()) {
		t.Errorf("%d columns of our own export are read, %d are fuzzed", n, len(ownHeader()))
	}
	for _, key := range ownHeader() {
		if _, ok := ownLabels()[key]; !ok {
			t.Errorf("nothing reads %q", key)
		}
	}
}
