package config

import (
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func none(string) string { return "" }

// load reads flags given as pairs of name and value.
func load(env func(string) string, flags ...string) (Config, error) {
	given := map[string]string{}
	for i := 0; i < len(flags); i += 2 {
		given[flags[i]] = flags[i+1]
	}
	return Load(Default(), given, env)
}

func TestFlagsWinOverEnvironmentAndEnvironmentOverFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "atlas.conf")
	if err := os.WriteFile(file, []byte("# instance\nlisten = 127.0.0.1:1\ndata = a\noperator-name = Město X\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := func(k string) string {
		return map[string]string{"ATLAS_CONFIG": file, "ATLAS_LISTEN": "127.0.0.1:2", "ATLAS_DATA": "b"}[k]
	}
	c, err := load(env, "listen", "127.0.0.1:3")
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:3" || c.Data != "b" || c.OperatorName != "Město X" {
		t.Errorf("%+v", c)
	}
}

func TestPrintHidesThePassword(t *testing.T) {
	c := Default()
	c.SMTP = "smtps://atlas:tajne@posta:465"
	var b strings.Builder
	if err := c.Print(&b); err != nil || strings.Contains(b.String(), "tajne") {
		t.Errorf("printed %s: %v", b.String(), err)
	}
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
		if _, err := load(none, "open-editing", "true", "listen", listen); err == nil {
			t.Errorf("%s went through", listen)
		}
	}
	for _, listen := range []string{"127.0.0.1:0", "localhost:80", "[::1]:80"} {
		if _, err := load(none, "open-editing", "true", "listen", listen); err != nil {
			t.Errorf("%s: %v", listen, err)
		}
	}
}

func TestWrongSettingsAreNamed(t *testing.T) {
	for _, c := range []struct{ name, value, key string }{
		{"listen", "8080", "config.listen"},
		{"log-format", "xml", "config.log_format"},
		{"database", "mysql://x", "config.database"},
		{"open-editing", "perhaps", "config.on_off"},
		{"data", "", "config.data"},
		{"smtp", "http://posta", "config.smtp"},
		{"smtp", "smtp://", "config.smtp"},
		{"smtp", "smtps://posta", "config.mail_from"}, // without a sender
		{"mail-from", "Město <atlas@mesto.example>", "config.mail_from"},
		{"registration", "snad", "config.registration"},
		{"trusted-proxies", "10.0.0.0/8, brana", "config.trusted_proxies"},
		{"oidc-issuer", "http://ucty.example", "config.oidc_issuer"},
		{"oidc-issuer", "https://ucty.example", "config.oidc_client"}, // without our name there
		{"accessibility-reviewed", "loni", "config.accessibility_reviewed"},
		{"security-contact", "ftp://mesto.example", "config.security_contact"},
	} {
		_, err := load(none, c.name, c.value)
		var wrong *Error
		if !errors.As(err, &wrong) || wrong.Key != c.key {
			t.Errorf("--%s %q gave %v", c.name, c.value, err)
		}
	}
}

func TestALineOfTheFileThatCannotBeReadIsNamed(t *testing.T) {
	for text, key := range map[string]string{
		"listen = 127.0.0.1:1\nport\n": "config.line",
		"port = 80\n":                  "config.unknown",
		"open-editing = perhaps\n":     "config.on_off",
	} {
		file := filepath.Join(t.TempDir(), "atlas.conf")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := load(none, "config", file)
		var wrong *Error
		if !errors.As(err, &wrong) || wrong.Key != key {
			t.Errorf("%q gave %v", text, err)
		}
	}
	if _, err := load(none, "config", filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there gave %v", err)
	}
}

func TestEverySettingIsReadFromItsVariable(t *testing.T) {
	for _, name := range Names() {
		value := map[string]string{"listen": "127.0.0.1:9", "open-editing": "true", "log-format": "json",
			"accessibility-reviewed": "2026-01-31", "security-contact": "bezpecnost@mesto.example", "hsts-subdomains": "true",
			"database": "postgres://db/x", "smtp": "smtp://posta:587", "mail-from": "atlas@mesto.example",
			"registration": "closed", "trusted-proxies": "10.0.0.0/8", "oidc-issuer": "https://ucty.example"}[name]
		if value == "" {
			value = "hodnota"
		}
		all := map[string]string{Variable(name): value}
		if name == "smtp" {
			all[Variable("mail-from")] = "atlas@mesto.example"
		}
		if name == "oidc-issuer" {
			all[Variable("oidc-client-id")], all[Variable("base-url")] = "atlas", "https://atlas.example"
		}
		c, err := load(func(k string) string { return all[k] })
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := c.Print(&b); err != nil {
			t.Fatal(err)
		}
		if name == "oidc-client-secret" {
			value = "***"
		}
		if !strings.Contains(b.String(), name+" = "+value+"\n") {
			t.Errorf("%s is not printed as %s:\n%s", name, value, b.String())
		}
	}
}

func TestLinksBeginWithThePublicAddressOrThisMachine(t *testing.T) {
	for _, x := range []struct{ base, listen, want string }{
		{"https://atlas.example", "0.0.0.0:80", "https://atlas.example"},
		{"", "127.0.0.1:8080", "http://localhost:8080"}, {"", "0.0.0.0:80", "http://localhost:80"}, {"", ":80", "http://localhost:80"},
		{"", "[::1]:80", "http://localhost:80"}, {"", "192.0.2.1:80", "http://192.0.2.1:80"}, {"", "atlas.local:80", "http://atlas.local:80"},
	} {
		c := Config{BaseURL: x.base, Listen: x.listen}
		if got := c.Address(); got != x.want {
			t.Errorf("%+v gave %s", x, got)
		}
	}
}

func TestOnlyThisMachineAndNamedProxiesAreBelieved(t *testing.T) {
	c := Config{TrustedProxies: "10.1.0.0/16, 192.0.2.7"}
	for address, want := range map[string]bool{"127.0.0.1": true, "::1": true, "10.1.2.3": true, "192.0.2.7": true, "10.2.0.1": false, "192.0.2.8": false, "2001:db8::1": false} {
		if got := c.Trusted(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

func TestOnlyWhoTriesTheProgramHereIsToldWhereLettersLie(t *testing.T) {
	for want, c := range map[string]Config{
		"data/mail": {Listen: "127.0.0.1:8080", Data: "data"}, "": {Listen: ":8080", Data: "data"},
	} {
		if got := c.LettersHere(); got != want {
			t.Errorf("%s: %q", c.Listen, got)
		}
	}
	for _, c := range []Config{{Listen: "localhost:8080", SMTP: "smtp://mail.example"}, {Listen: "127.0.0.1:8080", BaseURL: "https://atlas.example"}} {
		if got := c.LettersHere(); got != "" {
			t.Errorf("told %q", got)
		}
	}
}
