package route_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlas/internal/web/route"
)

var languages = []string{"cs", "en"}

// patterns reads all patterns out of the source of the package, so that a new
// one cannot be forgotten here.
func patterns(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			d, ok := d.(*ast.GenDecl)
			if !ok || d.Tok != token.CONST {
				continue
			}
			for _, spec := range d.Specs {
				if strings.HasPrefix(strings.ToLower(spec.(*ast.ValueSpec).Names[0].Name), "param") {
					continue // the name of a parameter
				}
				for _, v := range spec.(*ast.ValueSpec).Values {
					literal, ok := v.(*ast.BasicLit)
					if !ok {
						continue // put together from patterns that are here too
					}
					text, err := strconv.Unquote(literal.Value)
					if err != nil {
						t.Fatal(err)
					}
					out = append(out, text)
				}
			}
		}
	}
	if len(out) < 25 {
		t.Fatalf("only %d patterns were found", len(out))
	}
	return out
}

func TestEveryPatternIsAnAddressInLowerCaseThatHidesNoLanguage(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range patterns(t) {
		lang, rest := route.Split(p)
		if !strings.HasPrefix(p, "/") || strings.ToLower(p) != p || lang != "cs" || rest != p || len(p) > 1 && strings.HasSuffix(p, "/") || seen[p] {
			t.Errorf("%q", p)
		}
		seen[p] = true
	}
}

func TestALanguagePutOnAnAddressComesOffAgain(t *testing.T) {
	for _, p := range patterns(t) {
		for _, lang := range languages {
			if gotLang, got := route.Split(route.In(lang, p)); gotLang != lang || got != p {
				t.Errorf("%s in %s is %s, and back %s in %s", p, lang, route.In(lang, p), got, gotLang)
			}
		}
	}
	for address, want := range map[string][2]string{
		"/": {"cs", "/"}, "/en": {"en", "/"}, "/en/": {"en", "/"}, "/en/projekty": {"en", "/projekty"}, "/energie": {"cs", "/energie"},
		"/EN/projekty": {"cs", "/EN/projekty"}, "/en/en/projekty": {"en", "/en/projekty"}, "": {"cs", ""},
	} {
		if lang, rest := route.Split(address); lang != want[0] || rest != want[1] {
			t.Errorf("%q is %q in %s", address, rest, lang)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		p := "/" + rapid.StringMatching(`[a-z0-9/%?.-]{0,20}`).Draw(t, "path")
		if p == "/en" || strings.HasPrefix(p, "/en/") {
			return
		}
		lang := rapid.SampledFrom(languages).Draw(t, "lang")
		if gotLang, got := route.Split(route.In(lang, p)); gotLang != lang || got != p {
			t.Fatalf("%s in %s comes back as %s in %s", p, lang, got, gotLang)
		}
	})
}

func TestAValuePutInAPatternIsWhatTheRouterTakesOut(t *testing.T) {
	type place struct{ pattern, name string }
	var holes []place
	mux, took := http.NewServeMux(), ""
	for _, p := range patterns(t) {
		_, rest, ok := strings.Cut(p, "{")
		if !ok {
			continue
		}
		name, _, _ := strings.Cut(rest, "}")
		holes = append(holes, place{p, name})
		for _, lang := range languages {
			mux.HandleFunc("GET "+route.In(lang, p), func(_ http.ResponseWriter, r *http.Request) { took = r.Pattern + " " + r.PathValue(name) })
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		hole := rapid.SampledFrom(holes).Draw(t, "pattern")
		lang := rapid.SampledFrom(languages).Draw(t, "lang")
		value := rapid.OneOf(rapid.StringN(1, 20, -1), rapid.StringMatching(`[/?#%&;.+ "<>{}\\:@=]{1,8}`)).Draw(t, "value")
		if value == "." || value == ".." || value == "/" {
			return // the router reads these as ways, not as names
		}
		address := route.In(lang, route.Fill(hole.pattern, value))
		for range strings.Count(hole.pattern, "{") - 1 {
			address = route.Fill(address, "x") // the places after the first
		}
		if strings.ContainsAny(address, "?#\"<> \\{}") {
			t.Fatalf("%q is not escaped", address)
		}
		took = ""
		mux.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, address, nil))
		if want := "GET " + route.In(lang, hole.pattern) + " " + value; took != want {
			t.Fatalf("%q leads to %q, want %q", address, took, want)
		}
	})
}

func TestAPatternWithoutAPlaceStaysAsItIs(t *testing.T) {
	for _, p := range []string{"/projekty", "", "/a}{b", "/a{b"} {
		if got := route.Fill(p, "x"); got != p {
			t.Errorf("%q became %q", p, got)
		}
	}
	if got := route.Fill("/a/{x}/{y}", "1"); got != "/a/1/{y}" {
		t.Errorf("%q", got)
	}
}

func TestAddressesOfRecordsKeepTheirShape(t *testing.T) { // addresses are lasting: these may never change
	for want, got := range map[string]string{
		"/projekty/P-00001": route.Project("cs", "P-00001"), "/en/projekty/P-00001": route.Project("en", "P-00001"),
		"/projekty/P-00001/upravit": route.ProjectEditing("cs", "P-00001"),
		"/akteri/A-00001":           route.Actor("cs", "A-00001"), "/en/akteri/A-00001/upravit": route.ActorEditing("en", "A-00001"),
		"/vyzvy/V-00001": route.Call("cs", "V-00001"), "/vyzvy/V-00001/upravit": route.CallEditing("cs", "V-00001"),
		"/uzemi/CZ010": route.Territory("cs", "CZ010"), "/import/D-00001": route.Import("cs", "D-00001"),
		"/ciselniky/oblasti-integrace": route.List("cs", "oblasti-integrace"),
		"/en/projekty":                 route.ProjectsWith("en", nil),
		"/projekty?q=a+%26+b":          route.ProjectsWith("cs", url.Values{"q": {"a & b"}}),
		"/projekty?oblast=JAZ":         route.ProjectsBy("cs", "oblast", "JAZ"),
		"/projekty?a=1":                route.WithQuery("/projekty", "a=1"), "/projekty": route.WithQuery("/projekty", ""),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestOnlyAnAddressOfOursIsOurs(t *testing.T) {
	for address, want := range map[string]bool{
		"/": true, "/projekty?q=a%20b&x=//a": true, "/en/uzemi/CZ010#mapa": true, "/%2Fevil.example": true,
		"": false, "projekty": false, "//evil.example": false, "https://evil.example": false, "javascript:alert(1)": false,
		`/\evil.example`: false, `\\evil.example`: false, "/\t/evil.example": false, "/\n/evil.example": false, "\t//evil.example": false, "/a\x00": false, "/\x7f": false,
	} {
		if got := route.Own(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}

func TestDataAreOpenToOtherSitesAndPagesAreNot(t *testing.T) {
	for path, want := range map[string][2]bool{ // for machines, open
		"/api/v1": {true, true}, "/api/v1/projects/P-00001": {true, true}, "/api/v2/nic": {true, true}, "/katalog.jsonld": {true, true}, "/katalog/akteri": {true, true},
		"/export/projekty.csv": {false, true}, "/en/export/projekty.csv": {false, true},
		"/api": {false, false}, "/en/api": {false, false}, "/en/api/v1": {false, false}, "/apiary": {false, false}, "/projekty": {false, false}, "/export": {false, false}, "/": {false, false},
	} {
		if got := [2]bool{route.ForMachines(path), route.Open(path)}; got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
}

func TestAnAddressThatRunsSomethingIsNoLink(t *testing.T) {
	for address, want := range map[string]string{
		"https://a.cz/x": "https://a.cz/x", " HTTPS://a.cz ": "HTTPS://a.cz", "http://a.cz": "http://a.cz",
		"javascript:alert(1)": "", "data:text/html,x": "", "//a.cz": "", "a.cz": "", "": "",
	} {
		if got := route.Outside(address); got != want {
			t.Errorf("%q: %q", address, got)
		}
	}
}
