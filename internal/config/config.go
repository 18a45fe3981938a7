// Package config is the one configuration struct, filled from a file, the
// environment and flags, in that order; the later wins.
package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"path/filepath"
	"strings"
	"time"
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
	// What the pages that the law asks for say of the operator.
	OperatorID            string // IČO
	OperatorAddress       string // postal
	PrivacyContact        string // pověřenec or whoever answers for personal data
	SecurityContact       string // e-mail or address where faults are reported; "" = Contact
	AccessibilityReviewed string // day when accessibility was last looked at, "2026-01-31"
	HSTSSubdomains        bool   // names below that of the instance are HTTPS only as well
	OpenEditing           bool   // anybody who reaches the instance may write; loopback only
	LogFormat             string // "text" or "json"
	SMTP                  string // mail server, smtp:// or smtps://; "" = letters are written to a folder
	MailFrom              string // address that letters come from; needed with SMTP
	MailName              string // name beside it; "" = OperatorName
	// Registration is "open" where whoever has an e-mail may found an account, and
	// "closed" where an administrator does.
	Registration string
	// TrustedProxies are addresses or networks, parted by commas, of servers that
	// say truly from where a request came; those of this machine always do.
	TrustedProxies string
	// A provider of identities (OpenID Connect) that people may sign in through;
	// needs BaseURL. OIDCStrongAMR, parted by blanks, is what it says of a sign-in
	// with a second factor; "" = it is never believed.
	OIDCIssuer, OIDCClientID, OIDCClientSecret, OIDCName, OIDCStrongAMR string
}

// What Registration may be.
const (
	RegistrationOpen   = "open"
	RegistrationClosed = "closed"
)

// Default is the configuration of an instance that was told nothing.
func Default() Config {
	return Config{Listen: "127.0.0.1:8080", Data: "atlas-data", OperatorName: "Atlas integrace", LogFormat: "text", Registration: RegistrationOpen}
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
	case c.AccessibilityReviewed != "" && !isDay(c.AccessibilityReviewed):
		return wrong("config.accessibility_reviewed", "value", c.AccessibilityReviewed)
	case c.SecurityContact != "" && ContactURI(c.SecurityContact) == "":
		return wrong("config.security_contact", "value", c.SecurityContact)
	case c.SMTP != "" && !mailServer(c.SMTP):
		return wrong("config.smtp")
	case c.SMTP != "" && c.MailFrom == "", c.MailFrom != "" && !isAddress(c.MailFrom):
		return wrong("config.mail_from", "value", c.MailFrom)
	}
	if err := c.checkSignIn(); err != nil {
		return err
	}
	c.BaseURL = strings.TrimRight(c.BaseURL, "/")
	return nil
}

func mailServer(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "smtp" || u.Scheme == "smtps") && u.Hostname() != ""
}

// isAddress says whether a text is an e-mail address without a name.
func isAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

// ContactURI is the address of a contact: mailto: for an e-mail, itself for an
// address of the web; "" of other words.
func ContactURI(contact string) string {
	if isAddress(contact) {
		return "mailto:" + contact
	}
	if u, err := url.Parse(contact); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
		return u.String()
	}
	return ""
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// File is the file of the embedded database in Data.
func (c *Config) File() string { return filepath.Join(c.Data, "atlas.db") }

// Originals is the folder of imported files as they came, in Data.
func (c *Config) Originals() string { return filepath.Join(c.Data, "imports") }

// Pictures is the folder of photographs of cards, as they were written anew.
func (c *Config) Pictures() string { return filepath.Join(c.Data, "pictures") }

// Letters is the folder in Data to which letters are written when there is no
// mail server.
func (c *Config) Letters() string { return filepath.Join(c.Data, "mail") }

// LettersHere is that folder for whoever sits at this machine and tries the
// program: without a mail server, a public address or a way in from elsewhere. ""
// for anybody else.
func (c *Config) LettersHere() string {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil || c.SMTP != "" || c.BaseURL != "" || !loopback(host) {
		return ""
	}
	return c.Letters()
}

// Sender is the name that letters come from.
func (c *Config) Sender() string {
	if c.MailName != "" {
		return c.MailName
	}
	return c.OperatorName
}

// KeyFile is the file with the key of the instance, in Data.
func (c *Config) KeyFile() string { return filepath.Join(c.Data, "key") }

// DSN is what the store opens: the PostgreSQL address or the embedded file.
func (c *Config) DSN() string {
	if c.Database != "" {
		return c.Database
	}
	return c.File()
}
