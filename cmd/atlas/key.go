package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"atlas/internal/account"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/web/route"
)

// instanceKey reads the key of the instance, with which links are signed and
// keys of one-time codes sealed; the first start makes it. Whoever serves one
// database by several processes gives all of them the same file.
func instanceKey(c config.Config) ([]byte, error) {
	name := c.KeyFile()
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(name)
	}
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) < app.KeyLength {
		return nil, fail("failed.key", "file", name)
	}
	return key, nil
}

// makeKey writes a new key; of two processes that start at once, the second
// reads what the first wrote.
func makeKey(name string) ([]byte, error) {
	key := make([]byte, app.KeyLength)
	rand.Read(key)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return nil, err
	}
	part, err := os.CreateTemp(filepath.Dir(name), "key-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(part.Name())
	_, err = part.WriteString(hex.EncodeToString(key) + "\n")
	if err := errors.Join(err, part.Sync(), part.Close()); err != nil {
		return nil, err
	}
	switch err := os.Link(part.Name(), name); {
	case errors.Is(err, fs.ErrExist):
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		return hex.DecodeString(strings.TrimSpace(string(text)))
	case err != nil:
		return nil, err
	}
	return key, nil
}

// appOptions is what serving needs besides the database.
func (c *call) appOptions(log *slog.Logger) (app.Options, error) {
	instance, err := instanceKey(c.config)
	if err != nil {
		return app.Options{}, err
	}
	keys, err := app.NewKeys(instance)
	if err != nil {
		return app.Options{}, err
	}
	letters, err := newComposer(c.config)
	if err != nil {
		return app.Options{}, err
	}
	gate, err := newGate(c.config)
	return app.Options{Log: log, Keys: keys, Letters: letters, Gate: gate, Pages: pagesOf(c.config, route.Told), People: pagesOf(c.config, route.MembersOf)}, err
}

// newGate says how people get in.
func newGate(c config.Config) (app.Gate, error) {
	g := app.Gate{Open: c.Registration == config.RegistrationOpen, Site: c.OperatorName}
	if c.OIDCIssuer == "" {
		return g, nil
	}
	var err error
	g.Provider, err = account.NewIssuer(account.IssuerConfig{
		Name: c.OIDCName, Issuer: c.OIDCIssuer, ClientID: c.OIDCClientID, ClientSecret: c.OIDCClientSecret,
		RedirectURL: c.BaseURL + route.SignInReturn, StrongAMR: strings.Fields(c.OIDCStrongAMR),
	})
	if err != nil {
		return g, fail("failed.oidc", "error", err)
	}
	return g, nil
}

// pagesOf gives the addresses of pages that letters lead to; an instance that does
// not know its own address gives none.
func pagesOf(c config.Config, page func(lang, about string) string) func(lang, about string) string {
	return func(lang, about string) string {
		if c.BaseURL == "" {
			return ""
		}
		return c.BaseURL + page(lang, about)
	}
}
