package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// asked are two files with columns: of the second file only one is asked for.
func asked() []goldFile {
	return []goldFile{
		{name: "a.csv", part: heldOut, targets: []string{"project_name", "", "total_amount"}},
		{name: "b.csv", part: heldOut, targets: []string{"beneficiary_name"}},
		{name: "c.csv", part: "tune", targets: []string{"project_id"}},
	}
}

const answersHeader = "source_file,position,target\n"

func TestAnswersOfTheSecondReaderAreReadByFileAndPlace(t *testing.T) {
	s, err := parseSecond(strings.NewReader(answersHeader+"a.csv,3,total_amount\na.csv,1,\nb.csv,1,cannot tell\n"), asked())
	if err != nil {
		t.Fatal(err)
	}
	if len(s) != 2 || s[place{"a.csv", 3}] != "total_amount" || s[place{"b.csv", 1}] != cannotTell {
		t.Errorf("read %v", s)
	}
}

func TestAnswersThatCannotBeMeantAreErrors(t *testing.T) {
	for _, text := range []string{
		"", "file,position,target\n", answersHeader + "a.csv,1\n",
		answersHeader + "a.csv,2,project_name\n", // the volunteers left it out
		answersHeader + "c.csv,1,project_id\n",   // not held out
		answersHeader + "a.csv,0,project_name\n",
		answersHeader + "a.csv,first,project_name\n",
		answersHeader + "d.csv,1,project_name\n",
		answersHeader + "a.csv,1,project_nmae\n",
		answersHeader + "a.csv,1,project_name\na.csv,1,project_name\n",
		answersHeader + "a.csv,1,project_name,header or value\n",
	} {
		if s, err := parseSecond(strings.NewReader(text), asked()); err == nil {
			t.Errorf("%q was read as %v", text, s)
		}
	}
}

func TestWithoutAFileThereIsNoSecondReader(t *testing.T) {
	s, err := readSecond(filepath.Join(t.TempDir(), "second_reader.csv"), asked())
	if s != nil || err != nil {
		t.Fatalf("read %v, %v", s, err)
	}
	var out strings.Builder
	s.print(&out, []reading{{at: place{"a.csv", 1}, lang: "cs", gold: "project_name"}})
	if out.String() != "with a second reader: there are no answers of one\n" {
		t.Errorf("printed %q", &out)
	}
}

func TestColumnsWithoutAnAnswerAreToldAndNotCounted(t *testing.T) {
	all := []reading{
		{at: place{"a.csv", 1}, lang: "cs", gold: "project_name", ours: "project_name"},
		{at: place{"a.csv", 3}, lang: "cs", gold: "total_amount", ours: "project_id"},
		{at: place{"b.csv", 1}, lang: "fi", gold: "beneficiary_name"},
		{at: place{"b.csv", 2}, lang: "fi", gold: "source"},
	}
	s := secondReader{{"a.csv", 1}: "project_name", {"a.csv", 3}: cannotTell, {"b.csv", 1}: none}
	answered, unable, open := s.answered(all)
	if len(answered) != 2 || unable != 1 || open != 1 {
		t.Fatalf("answered %v, unable %d, open %d", answered, unable, open)
	}
	if answered[1].second != "" {
		t.Errorf("an answer of none is %q", answered[1].second)
	}
	var out strings.Builder
	s.print(&out, all)
	for _, want := range []string{
		"all languages: 2 of 4 columns answered; no answer to 1 that the reader could not tell and 1 not labelled",
		"cs, sk, pl, de, en: 1 of 2 columns answered; no answer to 1 that the reader could not tell and 0 not labelled",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("not printed: %s\n%s", want, &out)
		}
	}
}

func TestProposalsAreCountedAgainstEitherReaderAndWhereBothAgree(t *testing.T) {
	c := compare([]reading{
		{at: place{"a", 1}, gold: "x", second: "x", ours: "x"},
		{at: place{"a", 2}, gold: "x", second: "x", ours: "y"},
		{at: place{"a", 3}, gold: "y", second: "y", ours: ""},
		{at: place{"b", 1}, gold: "x", second: "y", ours: "y"},
		{at: place{"b", 2}, gold: "x", second: "", ours: ""}, // no target, say the second reader and we
		{at: place{"b", 3}, gold: "x", second: "", ours: "x"},
	})
	for _, f := range []struct {
		name  string
		files figures
		want  tally
		count int
	}{
		{"readers", c.readers, tally{right: 3, wrong: 3}, 2},
		{"ours", c.ours, tally{right: 3, wrong: 2, unsure: 1}, 2},
		{"where both agree", c.agreed, tally{right: 1, wrong: 1, unsure: 1}, 1},
	} {
		if got := sum(f.files); got != f.want || len(f.files) != f.count {
			t.Errorf("%s: %+v in %d files, want %+v in %d", f.name, got, len(f.files), f.want, f.count)
		}
	}
}

// pairs are columns that the readers call the first and the second word of a
// pair, each as often as said.
func pairs(times map[[2]string]int) (out []reading) {
	for pair, n := range times {
		for range n {
			out = append(out, reading{gold: pair[0], second: pair[1]})
		}
	}
	return out
}

func TestKappaIsAgreementBeyondChance(t *testing.T) {
	for _, c := range []struct {
		times map[[2]string]int
		want  float64
	}{
		// 35 of 50 alike; by chance 25·30 and 25·20 of 50·50: (0.7-0.5)/(1-0.5).
		{map[[2]string]int{{"yes", "yes"}: 20, {"yes", "no"}: 5, {"no", "yes"}: 10, {"no", "no"}: 15}, 0.4},
		{map[[2]string]int{{"a", "a"}: 2, {"b", "b"}: 3, {"c", "c"}: 1}, 1},
		{map[[2]string]int{{"a", "a"}: 1, {"a", "b"}: 1, {"b", "a"}: 1, {"b", "b"}: 1}, 0},
		{map[[2]string]int{{"a", "b"}: 1, {"b", "a"}: 1}, -1},
		{map[[2]string]int{{"a", ""}: 4}, 0}, // none is an answer like others
	} {
		if got := kappa(pairs(c.times)); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("kappa of %v is %v, want %v", c.times, got, c.want)
		}
	}
	for _, none := range [][]reading{nil, pairs(map[[2]string]int{{"a", "a"}: 7})} {
		if got := kappa(none); !math.IsNaN(got) {
			t.Errorf("kappa of %v is %v, which cannot be told", none, got)
		}
	}
}

func TestAnIntervalOfKappaNeedsSomeFiles(t *testing.T) {
	var all []reading
	for _, file := range []string{"a", "b", "c", "d", "e", "f"} {
		all = append(all, reading{at: place{file, 1}, gold: "x", second: "x"}, reading{at: place{file, 2}, gold: "y", second: "y"})
	}
	all[1].second = "x"
	a := agreementOf(all)
	if !(a.low < a.kappa && a.kappa < a.high && a.high <= 1) {
		t.Errorf("%v is not within its interval", a)
	}
	if few := agreementOf(all[:8]); math.IsNaN(few.kappa) || !math.IsNaN(few.low) {
		t.Errorf("of four files: %v", few)
	}
	if nothing := agreementOf(nil).String(); nothing != "cannot be told" {
		t.Errorf("of no columns: %s", nothing)
	}
}

// The committed answers hold no more than they may, and are of columns of the
// sheet.
func TestCommittedAnswersAreOfTheSheet(t *testing.T) {
	const name = "bench/mapping/second_reader.csv"
	t.Chdir("../..")
	if _, err := os.Stat(name); err != nil {
		t.Skip("no second reader has answered yet")
	}
	folder, err := projects()
	if err != nil {
		t.Skip("the real lists are not here: ", err)
	}
	gold, err := readGold(filepath.Join(folder, "eu_sf_column_mapping_gold_train.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if s, err := readSecond(name, gold); err != nil || len(s) == 0 {
		t.Errorf("%d answers: %v", len(s), err)
	}
}
