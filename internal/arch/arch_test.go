package arch

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// area is the line of all folders of web that have none of their own.
const area = "web/<area>"

func TestPackagesImportOnlyWhatTheTableLetsThem(t *testing.T) {
	table := readTable(t)
	used := map[string]bool{}
	for _, p := range packages(t) {
		name := short(p.ImportPath)
		line := lineOf(table, name)
		allowed, ok := table[line]
		used[line] = true
		if !ok {
			t.Errorf("%s has no line in the table of docs/ARCHITECTURE.md", name)
			continue
		}
		for _, i := range p.Imports {
			switch ours := i == "atlas" || strings.HasPrefix(i, "atlas/"); {
			case !ours && name == "atlas" && strings.Contains(i, "."):
				t.Errorf("atlas imports %s; it may import the standard library only", i)
			case ours && !slices.Contains(allowed, "everything") && !slices.Contains(allowed, lineOf(table, short(i))):
				t.Errorf("%s imports %s; it may import %v", name, short(i), allowed)
			}
		}
	}
	for line := range table {
		if !used[line] {
			t.Errorf("the table has a line of %s, which is not there", line)
		}
	}
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

// packages lists the packages of the module with what they import; what only
// their tests import is free.
func packages(t *testing.T) (all []goPackage) {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		switch err := dec.Decode(&p); err {
		case nil:
			all = append(all, p)
		case io.EOF:
			return all
		default:
			t.Fatal(err)
		}
	}
}

// short is the name of a package in the table.
func short(path string) string {
	for _, prefix := range []string{"atlas/internal/", "atlas/"} {
		if s, ok := strings.CutPrefix(path, prefix); ok {
			return s
		}
	}
	return path
}

// lineOf is the line that a package stands in: its own or that of areas.
func lineOf(table map[string][]string, name string) string {
	rest, inWeb := strings.CutPrefix(name, "web/")
	if _, ok := table[name]; !ok && inWeb && !strings.Contains(rest, "/") {
		return area
	}
	return name
}

// readTable reads the lines "| `package` | `a`, `b` |".
func readTable(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile("../../docs/ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, ok := bytes.Cut(text, []byte("| package | may import of ours |\n"))
	if !ok {
		t.Fatal("docs/ARCHITECTURE.md has no table of imports")
	}
	table := map[string][]string{}
	quoted := regexp.MustCompile("`([^`]+)`")
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) != 4 {
			break
		}
		name := quoted.FindStringSubmatch(cells[1])
		if name == nil {
			continue // the rule below the head
		}
		table[name[1]] = nil
		for _, m := range quoted.FindAllStringSubmatch(cells[2], -1) {
			table[name[1]] = append(table[name[1]], m[1])
		}
		if strings.TrimSpace(cells[2]) == "everything" {
			table[name[1]] = []string{"everything"}
		}
	}
	return table
}
