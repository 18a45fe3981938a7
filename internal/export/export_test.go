package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"iter"
	"strings"
	"testing"
)

func rows(all ...[]string) iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

var columns = []Column{{Key: "title_cs", Label: "Název projektu"}, {Key: "amount", Label: "Částka", Kind: KindMoney}}

func write(t *testing.T, format string, table Table) string {
	t.Helper()
	f, ok := ByName(format)
	if !ok {
		t.Fatalf("no format %s", format)
	}
	var b bytes.Buffer
	if err := f.Write(&b, table); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCSVOpensInCzechExcelAndKeepsEveryCharacter(t *testing.T) {
	got := write(t, "csv", Table{Columns: columns, Rows: rows([]string{"Žďár; „soužití“\ndruhý řádek", "-12,50"}, []string{"", ""})})
	if !strings.HasPrefix(got, "\ufeffNázev projektu;Částka\r\n") {
		t.Errorf("head is %q", got[:40])
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(got, "\ufeff")))
	r.Comma = ';'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if all[1][0] != "Žďár; „soužití“\ndruhý řádek" || all[1][1] != "-12,50" || all[2][0] != "" {
		t.Errorf("read back %q", all)
	}
}

func TestCSVHoldsNoLiveFormula(t *testing.T) {
	for _, cell := range []string{"=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"} {
		got := Inert(cell)
		if got != "'"+cell {
			t.Errorf("%q went out as %q", cell, got)
		}
	}
	for _, cell := range []string{"-12.50", "+420", "-1", "text", ""} {
		if got := Inert(cell); got != cell {
			t.Errorf("%q went out as %q", cell, got)
		}
	}
}

func TestJSONSaysNullWhereNothingIsKnown(t *testing.T) {
	got := write(t, "json", Table{Columns: columns, Rows: rows([]string{"Žďár \"x\"", ""}, []string{"b", "1"})})
	var all []map[string]*string
	if err := json.Unmarshal([]byte(got), &all); err != nil {
		t.Fatal(err, got)
	}
	if len(all) != 2 || *all[0]["title_cs"] != "Žďár \"x\"" || all[0]["amount"] != nil || *all[1]["amount"] != "1" {
		t.Errorf("read back %s", got)
	}
	if empty := write(t, "json", Table{Columns: columns, Rows: rows()}); empty != "[\n]\n" {
		t.Errorf("empty table is %q", empty)
	}
}

func TestAnErrorOfTheRowsEndsTheWriting(t *testing.T) {
	broken := errors.New("broken")
	for _, f := range Formats {
		err := f.Write(&bytes.Buffer{}, Table{Columns: columns, Rows: func(yield func([]string, error) bool) { yield(nil, broken) }})
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}
