// Package config is the one configuration struct, filled from a file, the
// environment and flags, in that order; the later wins.
package config

import (
	"fmt"
	"net"
	"path/filepath"
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

// Error is a setting that cannot be used: a key of the message catalogue, said
// to people at the edge, and the arguments of the message as pairs.
type Error struct {
	Key  string
	Args []any
}

func (e *Error) Error() string { return strings.TrimSpace(e.Key + " " + fmt.Sprintln(e.Args...)) }

func wrong(key string, args ...any) error { return &Error{key, args} }

// Check refuses what cannot work or would be unsafe.
func (c *Config) Check() error {
	host, _, err := net.SplitHostPort(c.Listen)
	switch {
	case err != nil:
		return wrong("config.listen", "value", c.Listen)
	case c.OpenEditing && !loopback(host):
		return wrong("config.open_editing", "value", c.Listen)
	case c.LogFormat != "text" && c.LogFormat != "json":
		return wrong("config.log_format", "value", c.LogFormat)
	case c.Database != "" && !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://"):
		return wrong("config.database")
	case c.Database == "" && c.Data == "":
		return wrong("config.data")
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// File is the file of the embedded database in Data.
func (c *Config) File() string { return filepath.Join(c.Data, "atlas.db") }

// Originals is the folder of imported files as they came, in Data.
func (c *Config) Originals() string { return filepath.Join(c.Data, "imports") }

// DSN is what the store opens: the PostgreSQL address or the embedded file.
func (c *Config) DSN() string {
	if c.Database != "" {
		return c.Database
	}
	return c.File()
}
