package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"atlas/internal/importer"
)

func listed() []goldFile {
	var text strings.Builder
	text.WriteString("Name;Nummer;Betrag\n")
	for i := range 40 {
		fmt.Fprintf(&text, "Firma %d;%d;%s\n", i/2, i, strings.Repeat("7", 100))
	}
	return []goldFile{
		{name: "list.csv", part: heldOut, data: []byte(text.String()), headers: []string{"Name", "Nummer", "Betrag"},
			targets: []string{"beneficiary_name", "", "total_amount"}},
		{name: "tuned.csv", part: "tune", targets: []string{"source"}},
		{name: "unlabelled.csv", part: heldOut, targets: []string{"", ""}},
	}
}

func TestTheSheetShowsColumnsAsTheyStandInTheirFile(t *testing.T) {
	rows, err := blindSheet(listed())
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 {
		t.Fatalf("%d rows: %q", len(rows), rows)
	}
	want := []string{"list.csv", "1", "Name", "Firma 0 | Firma 2 | Firma 5 | Firma 7 | Firma 10 | Firma 12 | Firma 15 | Firma 17", "Nummer | Betrag", ""}
	if !slices.Equal(rows[1], want) {
		t.Errorf("the row is %q, want %q", rows[1], want)
	}
	if got := rows[2]; got[1] != "3" || got[3] != strings.Repeat("7", 79)+"…" || got[5] != "" {
		t.Errorf("the row of the amount is %q", got)
	}
}

// The sheet is blind: other labels of the same columns give the same sheet.
func TestTheSheetDoesNotDependOnTheLabels(t *testing.T) {
	files := listed()
	before, err := blindSheet(files)
	if err != nil {
		t.Fatal(err)
	}
	files[0].targets = []string{"third_party_amount", "", "project_id"}
	after, err := blindSheet(files)
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("the sheet is %q, with other labels %q", before, after)
	}
	if text := fmt.Sprint(before); strings.Contains(text, "beneficiary") || strings.Contains(text, "amount") {
		t.Errorf("a label is in the sheet: %s", text)
	}
}

func TestASheetOfWhichThePlacesDoNotFitIsAnError(t *testing.T) {
	files := listed()
	files[0].targets = []string{"project_name"}
	if rows, err := blindSheet(files); err == nil {
		t.Errorf("written: %q", rows)
	}
}

func TestEveryTargetOfTheVolunteersIsDescribed(t *testing.T) {
	t.Chdir("../..")
	folder, err := projects()
	if err != nil {
		t.Skip("the real lists are not here: ", err)
	}
	gold, err := readGold(filepath.Join(folder, "eu_sf_column_mapping_gold_train.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := describe(&out, goldTargets(gold)); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Count(out.String(), "\n- `"), len(meanings())+2; got != want {
		t.Errorf("%d lines of targets, want %d:\n%s", got, want, &out)
	}
}

func TestDescribedTargetsAreThoseOfTheProduct(t *testing.T) {
	for target, meaning := range meanings() {
		if !slices.Contains(importer.Targets(), target) || meaning == "" {
			t.Errorf("%s: %q", target, meaning)
		}
	}
	if err := describe(&strings.Builder{}, []string{"unheard_of"}); err == nil {
		t.Error("a target without a description was passed over")
	}
}
