package arch

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// requirement is a row of the checklist in docs/security.md.
type requirement struct{ number, level, what, state, proof string }

var (
	rowForm   = regexp.MustCompile(`^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+) \| (.+) \| (.*) \|$`)
	testNamed = regexp.MustCompile("`((?:Test|Fuzz)\\w+)`(?: in `([^`]+)`)?")
)

// The checklist is worth something only while the tests that it names are there.
func TestTheChecklistOfSecurityNamesTestsThatAreThere(t *testing.T) {
	text, rows := checklist(t)
	named := 0
	for _, m := range testNamed.FindAllStringSubmatch(text, -1) {
		named++
		if m[2] == "" {
			t.Errorf("%s stands without its file", m[1])
			continue
		}
		source, err := os.ReadFile(filepath.Join("../..", m[2]))
		if err != nil || !strings.Contains(string(source), "\nfunc "+m[1]+"(") {
			t.Errorf("%s is not in %s", m[1], m[2])
		}
	}
	if named < 150 {
		t.Errorf("only %d tests are named", named)
	}
	count := map[string]int{}
	for _, r := range rows {
		count[r.state]++
		if !slices.Contains([]string{"met", "operator", "none", "open"}, r.state) || r.proof == "" {
			t.Errorf("%s is %q because %q", r.number, r.state, r.proof)
		}
	}
	said := fmt.Sprintf("Count: %d met, %d operator, %d none, %d open.", count["met"], count["operator"], count["none"], count["open"])
	if !strings.Contains(text, said) {
		t.Errorf("the checklist should say %q", said)
	}
}

func TestTheChecklistOfSecurityGoesThroughEveryChapterInOrder(t *testing.T) {
	_, rows := checklist(t)
	chapters, last := map[int]bool{}, []int{0, 0, 0}
	for _, r := range rows {
		var now []int
		for _, part := range strings.Split(r.number, ".") {
			n, err := strconv.Atoi(part)
			if err != nil {
				t.Fatal(err)
			}
			now = append(now, n)
		}
		if slices.Compare(now, last) <= 0 {
			t.Errorf("%s stands after %v", r.number, last)
		}
		chapters[now[0]], last = true, now
	}
	for n := 1; n <= 17; n++ {
		if !chapters[n] {
			t.Errorf("chapter V%d is missing", n)
		}
	}
	if len(rows) < 240 {
		t.Errorf("only %d requirements", len(rows))
	}
}

func checklist(t *testing.T) (text string, rows []requirement) {
	t.Helper()
	data, err := os.ReadFile("../../docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if m := rowForm.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			rows = append(rows, requirement{m[1], m[2], m[3], m[4], m[5]})
		}
	}
	return string(data), rows
}
