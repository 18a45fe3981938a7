package config

import (
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
)

// setting is one line of a configuration: its name in flags and files; in the
// environment it is ATLAS_NAME with underscores.
type setting struct {
	name   string
	onOff  bool
	secret bool // an address with a password in it
	hidden bool // a secret as it is
	get    func(*Config) string
	set    func(*Config, string) error
}

func text(name string, at func(*Config) *string) setting {
	return setting{name: name,
		get: func(c *Config) string { return *at(c) },
		set: func(c *Config, v string) error { *at(c) = v; return nil }}
}

func onOff(name string, at func(*Config) *bool) setting {
	return setting{name: name, onOff: true,
		get: func(c *Config) string { return strconv.FormatBool(*at(c)) },
		set: func(c *Config, v string) error {
			on, err := strconv.ParseBool(v)
			if err != nil {
				return wrong("config.on_off", "name", name, "value", v)
			}
			*at(c) = on
			return nil
		}}
}

func secret(s setting) setting {
	s.secret = true
	return s
}

func hidden(s setting) setting {
	s.hidden = true
	return s
}

// settings lists every setting once.
func settings() []setting {
	return []setting{
		text("listen", func(c *Config) *string { return &c.Listen }),
		text("data", func(c *Config) *string { return &c.Data }),
		secret(text("database", func(c *Config) *string { return &c.Database })),
		text("base-url", func(c *Config) *string { return &c.BaseURL }),
		text("operator-name", func(c *Config) *string { return &c.OperatorName }),
		text("operator-url", func(c *Config) *string { return &c.OperatorURL }),
		text("contact", func(c *Config) *string { return &c.Contact }),
		text("operator-id", func(c *Config) *string { return &c.OperatorID }),
		text("operator-address", func(c *Config) *string { return &c.OperatorAddress }),
		text("privacy-contact", func(c *Config) *string { return &c.PrivacyContact }),
		text("security-contact", func(c *Config) *string { return &c.SecurityContact }),
		text("accessibility-reviewed", func(c *Config) *string { return &c.AccessibilityReviewed }),
		onOff("hsts-subdomains", func(c *Config) *bool { return &c.HSTSSubdomains }),
		onOff("open-editing", func(c *Config) *bool { return &c.OpenEditing }),
		text("log-format", func(c *Config) *string { return &c.LogFormat }),
		secret(text("smtp", func(c *Config) *string { return &c.SMTP })),
		text("mail-from", func(c *Config) *string { return &c.MailFrom }),
		text("mail-name", func(c *Config) *string { return &c.MailName }),
		text("registration", func(c *Config) *string { return &c.Registration }),
		text("trusted-proxies", func(c *Config) *string { return &c.TrustedProxies }),
		text("oidc-issuer", func(c *Config) *string { return &c.OIDCIssuer }),
		text("oidc-client-id", func(c *Config) *string { return &c.OIDCClientID }),
		hidden(text("oidc-client-secret", func(c *Config) *string { return &c.OIDCClientSecret })),
		text("oidc-name", func(c *Config) *string { return &c.OIDCName }),
		text("oidc-strong-amr", func(c *Config) *string { return &c.OIDCStrongAMR }),
	}
}

// Names are the names of all settings, in the order they are printed.
func Names() []string {
	var out []string
	for _, s := range settings() {
		out = append(out, s.name)
	}
	return out
}

// OnOff says whether a setting is one of yes and no.
func OnOff(name string) bool {
	for _, s := range settings() {
		if s.name == name {
			return s.onOff
		}
	}
	return false
}

// Variable is the name of a setting in the environment.
func Variable(name string) string {
	return "ATLAS_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}

// Print writes every setting without secrets, in the form of the file.
func (c *Config) Print(w io.Writer) error {
	for _, s := range settings() {
		v := s.get(c)
		switch {
		case s.secret:
			v = masked(v)
		case s.hidden && v != "":
			v = "***"
		}
		if _, err := fmt.Fprintf(w, "%s = %s\n", s.name, v); err != nil {
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
	if q := u.Query(); q.Has("password") || q.Has("sslpassword") {
		for _, name := range []string{"password", "sslpassword"} {
			if q.Has(name) {
				q.Set(name, "***")
			}
		}
		u.RawQuery = q.Encode()
	}
	return u.Redacted()
}

// Get is a setting by its name as it would stand in the file; "" when no
// setting is called so.
func (c *Config) Get(name string) string {
	for _, s := range settings() {
		if s.name == name {
			return s.get(c)
		}
	}
	return ""
}
