package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// outbound are the only files that open a connection to another machine, and who
// says to which one. Nothing a reader types is ever an address that the server
// asks.
var outbound = map[string]string{
	"internal/account/oidc.go": "the provider of identity, by the configuration",
	"internal/mail/smtp.go":    "the mail server, by the configuration",
}

// calls are what opens a connection or starts a program, by package.
var calls = map[string][]string{
	"net/http":   {"Get", "Head", "Post", "PostForm", "Client", "DefaultClient", "DefaultTransport", "Transport", "NewRequest", "NewRequestWithContext"},
	"net":        {"Dial", "DialTimeout", "DialTCP", "DialUDP", "DialIP", "DialUnix", "Dialer", "LookupHost", "LookupIP", "Resolver"},
	"crypto/tls": {"Dial", "DialWithDialer", "Dialer", "Client"},
	"net/smtp":   {"Dial", "SendMail", "NewClient"},
	"net/rpc":    {"Dial", "DialHTTP"},
	"os/exec":    {"Command", "CommandContext"},
	"plugin":     {"Open"},
}

func TestTheServerAsksNoOtherMachineThanTheConfigurationSays(t *testing.T) { // SSRF; ASVS 1.3.6, 13.2.4
	used := map[string]bool{}
	for _, file := range program(t) {
		for _, call := range callsOf(t, file) {
			if outbound[file] == "" {
				t.Errorf("%s uses %s: what it asks must be said in outbound", file, call)
			}
			used[file] = true
		}
	}
	for file := range outbound {
		if !used[file] {
			t.Errorf("%s asks nobody any more", file)
		}
	}
}

// unsafe ways to read or run what somebody else wrote.
func TestNothingForeignIsRunOrTakenWithoutItsTypeBeingKnown(t *testing.T) { // ASVS 1.3.2, 1.4.1, 1.5.2
	banned := []string{"unsafe", "C", "encoding/gob", "text/template", "net/http/cgi", "net/http/pprof", "expvar", "plugin", "os/exec", "crypto/md5", "crypto/des", "crypto/rc4", "math/rand"}
	allowed := map[string][]string{}
	for _, file := range program(t) {
		for _, name := range importsOf(t, file) {
			if slices.Contains(banned, name) && !slices.Contains(allowed[file], name) {
				t.Errorf("%s imports %s", file, name)
			}
		}
	}
}

// program lists the files that the program is built of, from the root: the commands
// for measuring and the tests are none of it.
func program(t *testing.T) (files []string) {
	t.Helper()
	for _, p := range packages(t) {
		rel := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, "atlas"), "/")
		if strings.HasPrefix(rel, "bench/") || strings.HasPrefix(rel, "e2e") || strings.HasSuffix(rel, "test") {
			continue
		}
		for _, name := range p.GoFiles {
			files = append(files, filepath.ToSlash(filepath.Join(rel, name)))
		}
	}
	if len(files) < 200 {
		t.Fatalf("only %d files were found", len(files))
	}
	return files
}

func parsed(t *testing.T, file string) *ast.File {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", file))
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), file, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func importsOf(t *testing.T, file string) (paths []string) {
	t.Helper()
	for _, i := range parsed(t, file).Imports {
		paths = append(paths, strings.Trim(i.Path.Value, `"`))
	}
	return paths
}

// callsOf finds what a file uses of calls.
func callsOf(t *testing.T, file string) (found []string) {
	t.Helper()
	f, names := parsed(t, file), map[string]string{}
	for _, i := range f.Imports {
		path := strings.Trim(i.Path.Value, `"`)
		name := path[strings.LastIndexByte(path, '/')+1:]
		if i.Name != nil {
			name = i.Name.Name
		}
		names[name] = path
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && slices.Contains(calls[names[x.Name]], s.Sel.Name) {
				found = append(found, names[x.Name]+"."+s.Sel.Name)
			}
		}
		return true
	})
	return found
}
