package main

import (
	"encoding/json"
	"os"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"atlas/assets"
)

// What CycloneDX 1.6 demands of the fields that are written.
var (
	serialForm = regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	purlForm   = regexp.MustCompile(`^pkg:(golang|npm)/[^@\s]+@[^@\s]+$`)
	sumForm    = regexp.MustCompile(`^[0-9a-f]{128}$`)
)

func TestTheBillOfMaterialsIsWholeAndSaysWhatIsInTheProgram(t *testing.T) {
	t.Parallel()
	out := mustRun(t, t.TempDir(), "sbom")
	var b bill
	read := json.NewDecoder(strings.NewReader(out))
	read.DisallowUnknownFields()
	if err := read.Decode(&b); err != nil {
		t.Fatal(err)
	}
	if b.Format != "CycloneDX" || b.Spec != "1.6" || b.Version != 1 || !serialForm.MatchString(b.Serial) || b.Metadata.Component.Type != "application" || b.Metadata.Component.Name != "atlas" {
		t.Errorf("%+v", b.Metadata)
	}
	seen, required := map[string]bool{}, 0
	for _, c := range b.Components {
		if c.Type != "library" || c.Name == "" || c.Version == "" || !purlForm.MatchString(c.PURL) || c.Ref != c.PURL || seen[c.Ref] || c.Scope != "required" && c.Scope != "excluded" {
			t.Errorf("%+v", c)
		}
		for _, h := range c.Hashes {
			if h.Algorithm != "SHA-512" || !sumForm.MatchString(h.Content) {
				t.Errorf("%s: %+v", c.Name, h)
			}
		}
		seen[c.Ref] = true
		if c.Scope == "required" {
			required++
		}
	}
	if len(b.Dependencies) != 1 || len(b.Dependencies[0].On) != required || b.Dependencies[0].Ref != b.Metadata.Component.Ref {
		t.Errorf("%+v", b.Dependencies)
	}
	if mustRun(t, t.TempDir(), "sbom") != out {
		t.Error("the same program gives another bill")
	}
	t.Logf("%d components, %d of them in the program", len(b.Components), required)
}

func TestEveryModuleOfTheBuildIsInTheBill(t *testing.T) {
	t.Parallel()
	info := &debug.BuildInfo{GoVersion: "go1.26.0", Main: debug.Module{Path: "atlas", Version: "(devel)"}, Deps: []*debug.Module{
		{Path: "example.org/a", Version: "v1.0.0"}, {Path: "example.org/b", Version: "v0.1.0", Replace: &debug.Module{Path: "example.org/c", Version: "v2.0.0"}},
	}, Settings: []debug.BuildSetting{{Key: "vcs.time", Value: "2026-11-21T12:00:00Z"}}}
	b, err := billOf(info, []byte(`{"packages":{"":{"version":"1"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range b.Components {
		got = append(got, c.PURL)
	}
	want := []string{"pkg:golang/std@1.26.0", "pkg:golang/example.org/a@v1.0.0", "pkg:golang/example.org/c@v2.0.0"}
	if !slices.Equal(got, want) || b.Metadata.Timestamp != "2026-11-21T12:00:00Z" || b.Metadata.Component.Version != "devel" {
		t.Errorf("%q %+v", got, b.Metadata)
	}
}

func TestAPackageWithoutAKnownSumIsNoPartOfABill(t *testing.T) {
	t.Parallel()
	for _, lock := range []string{`{"packages":{"node_modules/a":{"version":"1.0.0"}}}`, `{"packages":{"node_modules/a":{"version":"1.0.0","integrity":"sha1-AAAA"}}}`, `{`} {
		if _, err := billOf(&debug.BuildInfo{}, []byte(lock)); err == nil {
			t.Errorf("%s was taken", lock)
		}
	}
}

func TestWhatIsShippedOfTheAssetsIsAmongTheirPackages(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../assets/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ DevDependencies map[string]string }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	all, err := npmComponents(assets.Lock)
	if err != nil {
		t.Fatal(err)
	}
	shipped := 0
	for _, c := range all {
		if c.Scope == "required" {
			shipped++
			if file.DevDependencies[c.Name] != c.Version {
				t.Errorf("%s %s is locked, the assets ask for %q", c.Name, c.Version, file.DevDependencies[c.Name])
			}
		}
	}
	if shipped != 3 || len(all) < 50 {
		t.Errorf("%d of %d packages are in the program", shipped, len(all))
	}
}
