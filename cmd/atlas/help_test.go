package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEveryCommandHasHelpInBothLanguages(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"cs", "en"} {
		var out strings.Builder
		tool, err := newTool(&out, io.Discard, func(string) string { return lang })
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range commands() {
			out.Reset()
			tool.printHelp(c)
			for _, want := range append([]string{"atlas " + c.name}, c.examples...) {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%s: help of %s lacks %q", lang, c.name, want)
				}
			}
			for l := range strings.Lines(out.String()) {
				if n := utf8.RuneCountInString(strings.TrimRight(l, "\n")); n > helpWidth && !strings.Contains(l, "  atlas ") {
					t.Errorf("%s: help of %s has a line of %d letters: %s", lang, c.name, n, l)
				}
			}
		}
	}
}

// A key in the code that has no words, and words that nothing says.
func TestTheCatalogueHoldsExactlyWhatIsSaid(t *testing.T) {
	t.Parallel()
	said := map[string]bool{}
	for _, c := range commands() {
		said["help."+c.name+".line"], said["help."+c.name+".text"] = true, true
		for _, f := range c.flags {
			said["flag."+f] = true
		}
	}
	said["importing.territories"], said["importing.boundaries"] = true, true // by printOutcome
	for _, what := range []string{"roles", "asleep", "drafts", "letters", "sessions", "warned", "unconfirmed", "links", "memberships", "proposals", "remarks", "messages"} {
		said["purge."+what] = true // by the counts of a purge
	}
	key := regexp.MustCompile(`"((?:args|audit|config|demo|failed|help|importing|mailing|migrate|purge|backup|restore|reindex|serve|statistics|usage|user)\.[a-z_]+)"`)
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	config, err := filepath.Glob("../../internal/config/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(sources, config...) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(text), -1) {
			said[m[1]] = true
		}
	}
	text, err := os.ReadFile("messages/cs.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]any
	if err := json.Unmarshal(text, &words); err != nil {
		t.Fatal(err)
	}
	for k := range said {
		if words[k] == nil {
			t.Errorf("nothing in the catalogue for %q", k)
		}
	}
	for k := range words {
		if !said[k] {
			t.Errorf("nothing says %q", k)
		}
	}
}

func TestWhatCannotBeUnderstoodEndsWithTwoAndSaysWhatMayBeMeant(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for args, words := range map[string]string{
		"demmo":                     "„demo“",
		"srve --listen 127.0.0.1:0": "„serve“",
		"import teritories x":       "„import territories“",
		"import":                    "import projects SOUBOR",
		"necozcelajineho":           "neexistuje",
		"backup":                    "Chybí jméno souboru",
		"backup a b":                "„b“",
		"backup --neco a":           "--neco",
		"backup a --data":           "--data",
		"migrate --listen x":        "--listen",
		"restore a --replace=snad":  "replace",
		"serve --listen 80":         "127.0.0.1:8080",
		"serve --log-format xml":    "json",
		"help nic":                  "neexistuje",
	} {
		r := atlasRun(t, dir, strings.Fields(args)...)
		if r.code != exitUsage || !strings.Contains(r.err, words) || !strings.Contains(r.err, "atlas help") {
			t.Errorf("atlas %s ended with %d:\n%s%s", args, r.code, r.out, r.err)
		}
	}
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func TestFlagsStandAnywhereAmongArguments(t *testing.T) {
	t.Parallel()
	c, rest, err := find([]string{"import", "territories", "a", "--dry-run", "b", "--data", "x", "--", "--c"})
	if err != nil {
		t.Fatal(err)
	}
	l, err := parse(c, rest)
	if err != nil || strings.Join(l.args, " ") != "a b --c" || l.given["dry-run"] != "true" || l.given["data"] != "x" {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestHelpIsAskedForInEveryUsualWay(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	overview := mustRun(t, dir)
	for _, args := range []string{"help", "--help", "-h"} {
		if mustRun(t, dir, args) != overview {
			t.Errorf("atlas %s says something else", args)
		}
	}
	about := mustRun(t, dir, "help", "import", "territories")
	if mustRun(t, dir, "import", "territories", "--help") != about {
		t.Error("atlas import territories --help says something else")
	}
	if !strings.HasPrefix(mustRun(t, dir, "--version"), "atlas ") {
		t.Error("no version")
	}
}
