package arch

import (
	"bytes"
	"errors"
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
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

// packages lists the packages of the module with what they import; what only
// their tests import is free. It reads the files itself: of what another
// program reads, go test would not know that it has changed.
func packages(t *testing.T) (all []*build.Package) {
	t.Helper()
	const root = "../.."
	err := filepath.WalkDir(root, func(dir string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return err
		}
		if name := e.Name(); name == "node_modules" || name == "testdata" || strings.HasPrefix(name, ".") && dir != root {
			return fs.SkipDir
		}
		p, err := build.ImportDir(dir, 0)
		if none := (*build.NoGoError)(nil); errors.As(err, &none) {
			return nil
		}
		rel, _ := filepath.Rel(root, dir)
		p.ImportPath = path.Join("atlas", filepath.ToSlash(rel))
		all = append(all, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
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
