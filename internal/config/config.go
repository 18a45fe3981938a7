// Package config is the one configuration struct, filled from a file, the
// environment and flags, in that order; the later wins.
package config

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Config says how an instance runs.
type Config struct {
	Listen       string // address to listen on
	Data         string // folder of the embedded database and uploads
	Database     string // "" = atlas.db in Data; or postgres://…
	BaseURL      string // public address without a slash at the end; "" = as asked
	OperatorName string // who runs the instance; shown in the head and foot
	OperatorURL  string
	Contact      string // public e-mail or address of a contact page
	OpenEditing  bool   // anybody who reaches the instance may write; loopback only
	LogFormat    string // "text" or "json"
}

// Default is the configuration of an instance that was told nothing.
func Default() Config {
	return Config{Listen: "127.0.0.1:8080", Data: "atlas-data", OperatorName: "Atlas integrace", LogFormat: "text"}
}

// option is one setting: its name in flags and files; in the environment it is
// ATLAS_NAME with underscores.
type option struct {
	name, help string
	secret     bool
	get        func(*Config) string
	set        func(*Config, string) error
}

func text(name, help string, at func(*Config) *string) option {
	return option{name: name, help: help,
		get: func(c *Config) string { return *at(c) },
		set: func(c *Config, v string) error { *at(c) = v; return nil }}
}

// options lists every setting once.
var options = []option{
	text("listen", "address to listen on, for example 127.0.0.1:8080", func(c *Config) *string { return &c.Listen }),
	text("data", "folder for the embedded database and uploaded files", func(c *Config) *string { return &c.Data }),
	{name: "database", help: "PostgreSQL address postgres://user:password@host/name; empty for the embedded database", secret: true,
		get: func(c *Config) string { return c.Database },
		set: func(c *Config, v string) error { c.Database = v; return nil }},
	text("base-url", "public address of the instance, for example https://atlas.example.cz", func(c *Config) *string { return &c.BaseURL }),
	text("operator-name", "name of the operator", func(c *Config) *string { return &c.OperatorName }),
	text("operator-url", "web of the operator", func(c *Config) *string { return &c.OperatorURL }),
	text("contact", "public contact of the operator", func(c *Config) *string { return &c.Contact }),
	{name: "open-editing", help: "let everybody who reaches the instance write; binds to loopback only",
		get: func(c *Config) string { return strconv.FormatBool(c.OpenEditing) },
		set: func(c *Config, v string) (err error) { c.OpenEditing, err = strconv.ParseBool(v); return err }},
	text("log-format", "text or json", func(c *Config) *string { return &c.LogFormat }),
}

// Load fills a configuration from a file (the flag --config or ATLAS_CONFIG),
// the environment and the flags in args. extra adds flags of the command.
func Load(c Config, args []string, env func(string) string, extra func(*flag.FlagSet), out io.Writer) (Config, []string, error) {
	fs := flag.NewFlagSet("atlas", flag.ContinueOnError)
	fs.SetOutput(out)
	file := fs.String("config", env("ATLAS_CONFIG"), "file with settings, one name = value a line")
	given := map[string]string{}
	for _, o := range options {
		note := func(v string) error { given[o.name] = v; return nil }
		if o.name == "open-editing" {
			fs.BoolFunc(o.name, o.help, note)
			continue
		}
		fs.Func(o.name, o.help, note)
	}
	if extra != nil {
		extra(fs)
	}
	if err := fs.Parse(args); err != nil {
		return c, nil, err
	}
	if *file != "" {
		if err := c.readFile(*file); err != nil {
			return c, nil, err
		}
	}
	for _, o := range options {
		if v := env("ATLAS_" + strings.ToUpper(strings.ReplaceAll(o.name, "-", "_"))); v != "" {
			if err := o.set(&c, v); err != nil {
				return c, nil, fmt.Errorf("environment, %s: %w", o.name, err)
			}
		}
	}
	for _, o := range options {
		if v, ok := given[o.name]; ok {
			if err := o.set(&c, v); err != nil {
				return c, nil, fmt.Errorf("--%s %q: %w", o.name, v, err)
			}
		}
	}
	return c, fs.Args(), c.Check()
}

func (c *Config) readFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("configuration: %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok {
			return fmt.Errorf("%s:%d: want name = value, for example listen = 127.0.0.1:8080", name, n)
		}
		if err := c.setByName(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return lines.Err()
}

func (c *Config) setByName(name, value string) error {
	for _, o := range options {
		if o.name == name {
			return o.set(c, value)
		}
	}
	return fmt.Errorf("no setting is called %q", name)
}

// Check refuses what cannot work or would be unsafe.
func (c *Config) Check() error {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("listen %q: want host:port, for example 127.0.0.1:8080", c.Listen)
	}
	if c.OpenEditing && !loopback(host) {
		return fmt.Errorf("open editing works on this machine only: listen on 127.0.0.1 or localhost, not on %q", c.Listen)
	}
	if c.LogFormat != "text" && c.LogFormat != "json" {
		return fmt.Errorf("log-format %q: want text or json", c.LogFormat)
	}
	if c.Database != "" && !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://") {
		return errors.New("database: want postgres://user:password@host/name, or nothing for the embedded one")
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// DSN is what the store opens: the PostgreSQL address or the file in Data.
func (c *Config) DSN() string {
	if c.Database != "" {
		return c.Database
	}
	return filepath.Join(c.Data, "atlas.db")
}

// Print writes every setting without secrets, in the form of the file.
func (c *Config) Print(w io.Writer) error {
	for _, o := range options {
		v := o.get(c)
		if o.secret {
			v = masked(v)
		}
		if _, err := fmt.Fprintf(w, "%s = %s\n", o.name, v); err != nil {
			return err
		}
	}
	return nil
}

// masked hides the password of an address, and all of one that cannot be read.
func masked(address string) string {
	if address == "" {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil {
		return "***"
	}
	if q := u.Query(); q.Has("password") {
		q.Set("password", "***")
		u.RawQuery = q.Encode()
	}
	return u.Redacted()
}
