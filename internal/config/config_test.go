package config

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func none(string) string { return "" }

func load(t *testing.T, env func(string) string, args ...string) (Config, error) {
	t.Helper()
	c, _, err := Load(Default(), args, env, nil, io.Discard)
	return c, err
}

func TestFlagsWinOverEnvironmentAndEnvironmentOverFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "atlas.conf")
	if err := os.WriteFile(file, []byte("# instance\nlisten = 127.0.0.1:1\ndata = a\noperator-name = Město X\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := func(k string) string {
		return map[string]string{"ATLAS_CONFIG": file, "ATLAS_LISTEN": "127.0.0.1:2", "ATLAS_DATA": "b"}[k]
	}
	c, err := load(t, env, "--listen", "127.0.0.1:3")
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:3" || c.Data != "b" || c.OperatorName != "Město X" {
		t.Errorf("%+v", c)
	}
}

func TestPrintHidesThePassword(t *testing.T) {
	for _, dsn := range []string{"postgres://u:tajne@db/atlas", "postgres://db/atlas?password=tajne", "postgres://%zz:tajne@"} {
		c := Default()
		c.Database = dsn
		var b strings.Builder
		if err := c.Print(&b); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "tajne") {
			t.Errorf("%s: printed %s", dsn, b.String())
		}
	}
}

func TestOpenEditingBindsToLoopbackOnly(t *testing.T) {
	for _, listen := range []string{"0.0.0.0:80", ":8080", "192.0.2.1:80", "example.cz:80"} {
		if _, err := load(t, none, "--open-editing", "--listen", listen); err == nil {
			t.Errorf("%s went through", listen)
		}
	}
	for _, listen := range []string{"127.0.0.1:0", "localhost:80", "[::1]:80"} {
		if _, err := load(t, none, "--open-editing", "--listen", listen); err != nil {
			t.Errorf("%s: %v", listen, err)
		}
	}
}

func TestWrongSettingsSayWhatIsRight(t *testing.T) {
	for _, args := range [][]string{{"--listen", "8080"}, {"--log-format", "xml"}, {"--database", "mysql://x"}, {"--open-editing=perhaps"}} {
		if _, err := load(t, none, args...); err == nil {
			t.Errorf("%v went through", args)
		}
	}
}
