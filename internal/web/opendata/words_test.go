package opendata

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"atlas/internal/web/page"
)

// used are the keys that the code and the page name, whole or made of the
// names of endpoints, examples and data sets.
func used(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, pattern := range []string{"*.go", "templates/*.html"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(`"(opendata\.[a-z_.]*[a-z])"`).FindAllStringSubmatch(string(data), -1) {
				out[m[1]] = true
			}
			for _, m := range regexp.MustCompile(`add\("([a-z]+)"`).FindAllStringSubmatch(string(data), -1) {
				out["opendata.example."+m[1]] = true
			}
		}
	}
	for _, e := range new(area).all() {
		out["opendata.endpoint."+e.id] = true
	}
	names := []string{datasetLists}
	for _, k := range keptSets() {
		names = append(names, k.name)
	}
	for _, name := range names {
		out["opendata.dataset."+name], out["opendata.dataset."+name+".text"] = true, true
	}
	return out
}

func TestEveryWordIsThereAndNoneIsLeftOver(t *testing.T) {
	data, err := messages.ReadFile("messages/cs.json")
	if err != nil {
		t.Fatal(err)
	}
	var there map[string]json.RawMessage
	if err := json.Unmarshal(data, &there); err != nil {
		t.Fatal(err)
	}
	all := used(t)
	for key := range all {
		if there[key] == nil {
			t.Errorf("no message %q", key)
		}
	}
	for key := range there {
		if !all[key] {
			t.Errorf("nothing uses %q", key)
		}
	}
}

func TestEveryRouteOfTheInterfaceIsInItsDocument(t *testing.T) {
	made, err := New(&page.Site{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	a := new(area)
	a.endpoints = a.all()
	paths := a.openAPI()["paths"].(object)
	found := 0
	for _, r := range made.Routes {
		rest, ok := strings.CutPrefix(r.Pattern, "/api/v1")
		if !ok || rest == "/openapi.json" {
			continue
		}
		found++
		if rest == "" {
			rest = "/"
		}
		if paths[rest] == nil || !r.Machine {
			t.Errorf("%s is not described, or answers as a page", r.Pattern)
		}
	}
	if found != len(paths) {
		t.Errorf("%d routes, %d paths", found, len(paths))
	}
}
