package projects

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/export"
	"atlas/internal/search"
	"atlas/internal/web/dataset"
	"atlas/internal/web/question"

	"github.com/google/go-cmp/cmp"
)

// keysInSources are the keys that stand whole in the Go code and the templates.
func keysInSources(t *testing.T) []string {
	t.Helper()
	literal := regexp.MustCompile(`"(projects\.[a-zA-Z_.0-9]*[a-zA-Z_0-9])"`)
	found := map[string]bool{}
	for _, pattern := range []string{"projects/*.go", "projects/templates/*.html", "question/*.go"} {
		files, err := fs.Glob(os.DirFS(".."), pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			data, err := os.ReadFile("../" + name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range literal.FindAllStringSubmatch(string(data), -1) {
				found[m[1]] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// controls are the names of all fields that the templates draw.
func controls(t *testing.T) []string {
	t.Helper()
	text := read(t, "templates/edit.html")
	shared := regexp.MustCompile(`(?s)\{\{define "rows-sources"\}\}.*?</fieldset>`).FindString(read(t, "../page/templates/form.html"))
	text = strings.ReplaceAll(text, `{{template "rows-sources" $}}`, shared)
	var out []string
	group := ""
	for _, line := range strings.Split(text, "\n") {
		if m := regexp.MustCompile(`\$r := \$\.Rows "(\w+)"`).FindStringSubmatch(line); m != nil {
			group = m[1]
		}
		for _, m := range regexp.MustCompile(`\(\$\.(?:Line|Long|Money|People|Pick|Ticks|Yes|Answer|Words|TickWords|Actor|Place) (?:\(print \$(p|q) )?"(\w+)"`).FindAllStringSubmatch(line, -1) {
			switch m[1] {
			case "p":
				out = append(out, group+"."+m[2])
			case "q":
				out = append(out, group+".measurements."+m[2])
			default:
				out = append(out, m[2])
			}
		}
	}
	return out
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// computed are the keys that the code makes of a beginning and a value.
func computed(t *testing.T) []string {
	var out []string
	add := func(prefix string, values ...string) {
		for _, v := range values {
			out = append(out, "projects."+prefix+"."+v)
		}
	}
	for _, f := range facets {
		add("facet", string(f))
	}
	for f, values := range question.Words {
		add("value."+string(f), values...)
	}
	add("value."+string(search.FacetEvaluation), "band")
	add("value.whole", string(atlas.LevelDistrict), string(atlas.LevelORP), string(atlas.LevelMunicipality))
	for _, s := range sorts {
		add("sort", s.Name)
	}
	add("view", viewList, viewTable, viewMap, viewYears)
	add("form", "new")
	add("section", "about", "people", "when", "who", "money", "results", "transfer", "evaluation", "links")
	add("word", "ano", "ne", "video", "foto", "pohlavi", "vek", "obcanstvi", "pobyt")
	add("state", string(atlas.AmountKnown), string(atlas.AmountEstimate))
	add("add", slices.Sorted(maps.Keys(rowGroups))...)
	add("field", slices.Sorted(maps.Keys(rowGroups))...)
	add("field", parts...)
	add("field", controls(t)...)
	add("field", new(atlas.Project).Completeness().Missing...)
	for _, m := range atlas.Modes() {
		add("judged.mode", string(m))
	}
	for _, s := range atlas.EvaluationStates() {
		add("judged.state", string(s))
	}
	add("export", dataset.Projects, dataset.Funding, dataset.Indicators)
	add("part", slices.Sorted(maps.Keys(partsOf))...)
	return out
}

func TestEveryMessageThatThePagesUseExists(t *testing.T) {
	words := demo(t).site.Words
	used := append(keysInSources(t), computed(t)...)
	if len(used) < 300 {
		t.Fatalf("only %d keys found in the sources", len(used))
	}
	for _, key := range used {
		if !words.Has(key) {
			t.Errorf("no message %q", key)
		}
	}
}

func TestNoMessageIsLeftOver(t *testing.T) {
	used := map[string]bool{}
	for _, key := range append(keysInSources(t), computed(t)...) {
		used[key] = true
	}
	for _, name := range controls(t) { // a field may have a hint
		used["projects.hint."+name] = true
	}
	for _, group := range parts {
		used["projects.hint."+group] = true
	}
	// Made by columns.go of the keys of columns.
	for _, c := range demo(t).columnKeys() {
		used["projects.export."+c], used["projects.field."+c] = true, true
	}
	for key := range keysOf(t) {
		if !used[key] {
			t.Errorf("nothing uses %q", key)
		}
	}
}

func (i *instance) columnKeys() []string {
	a := &area{site: i.site, app: i.app}
	var out []string
	for _, heads := range [][]export.Column{
		a.columns("cs", "").Heads(), a.fundingColumns("cs", "").Heads(), a.indicatorColumns("cs", "").Heads(),
	} {
		for _, c := range heads {
			out = append(out, c.Key)
		}
	}
	return out
}

func TestPartsOfAConflictAreTheFieldsOfTheFormInItsOrder(t *testing.T) {
	var want []string
	for _, name := range controls(t) {
		group, _, _ := strings.Cut(name, ".")
		if !slices.Contains(want, group) {
			want = append(want, group)
		}
	}
	if diff := cmp.Diff(want, parts); diff != "" {
		t.Error(diff)
	}
}

func TestValuesOfFacetsAreNamedInBothLanguages(t *testing.T) {
	i := demo(t)
	a := &area{site: i.site, app: i.app}
	for _, lang := range []string{"cs", "en"} {
		v := a.vocabulary(lang)
		for f, want := range map[search.Facet]string{
			search.FacetUpscaling: map[string]string{"cs": "Není známo", "en": "Not known"}[lang],
			search.FacetTerritory: map[string]string{"cs": "Místo není známo", "en": "Place not known"}[lang],
			search.FacetFunder:    map[string]string{"cs": "není známo", "en": "not known"}[lang],
		} {
			got, known := v.label(f, app.NotKnown)
			if diff := cmp.Diff(want, got); diff != "" || !known {
				t.Errorf("%s %s: %s", lang, f, diff)
			}
		}
		if got, known := v.label(search.FacetArea, "XYZ"); known || got != "XYZ" {
			t.Errorf("an unknown code is %q, known %v", got, known)
		}
	}
}

// keysOf are the keys of the area's own messages.
func keysOf(t *testing.T) map[string]json.RawMessage {
	t.Helper()
	data, err := messages.ReadFile("messages/cs.json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}
