package main

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"atlas"
	"atlas/internal/store"
)

var linkPrinted = regexp.MustCompile(`(http://\S+?)(/(?:en/)?prihlaseni/odkaz/[\w-]+)`)

func TestTheFirstAdministratorIsMadeByACommandAndComesInByItsLink(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		with := func(args ...string) []string { return append(args, flags...) }
		atlasRun(t, dir, with("user", "list")...).said(t, exitOK, "Žádný účet", "--role admin")
		said := mustRun(t, dir, with("user", "add", "jana@mesto.example", "--name", "Jana Nová", "--role", "admin")...)
		link := linkPrinted.FindStringSubmatch(said)
		if link == nil || link[1] != "http://localhost:8080" || !strings.Contains(said, "správce") || !strings.Contains(said, "druhým krokem") {
			t.Fatalf("%s", said)
		}
		atlasRun(t, dir, with("user", "add", "JANA@mesto.example")...).said(t, exitError, "už existuje", "user link")
		atlasRun(t, dir, with("user", "list")...).said(t, exitOK, "U-00001", "jana@mesto.example", "Jana Nová", "správce", "ještě se nepřihlásil")

		s := start(t, dir, with("serve")...)
		jar, _ := cookiejar.New(nil)
		client := &http.Client{Jar: jar}
		res, err := client.Post(strings.TrimSuffix(s.address, "/")+link[2], "application/x-www-form-urlencoded", nil)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != http.StatusOK || !strings.Contains(string(body), "Jana Nová") {
			t.Errorf("%d: %s", res.StatusCode, body)
		}
		if code := s.stop(t); code != exitOK || strings.Contains(s.said.String(), "jana") || strings.Contains(s.said.String(), link[2]) {
			t.Errorf("stopped with %d:\n%s", code, s.said)
		}
	})
}

func TestRolesAreGivenAndTakenByTheCommandAndTheOwnerIsTold(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	user := func(args ...string) result { return atlasRun(t, dir, append([]string{"user"}, args...)...) }
	user("add", "petr@mesto.example").said(t, exitOK, "U-00001")
	user("role", "petr@mesto.example", "--give", "territory", "--territory", "CZ041", "--until", "2099-12-31").said(t, exitOK, "CZ041", "31.")
	user("role", "petr@mesto.example", "--give", "methodologist").said(t, exitOK, "metodik", "druhým krokem")
	user("list").said(t, exitOK, "CZ041", "metodik", "petr")
	user("role", "petr@mesto.example", "--take", "territory", "--territory", "CZ041").said(t, exitOK, "Odebraná")
	user("role", "petr@mesto.example", "--take", "territory", "--territory", "CZ041").said(t, exitError, "takovou roli nemá")
	for args, words := range map[string]string{
		"role petr@mesto.example --give kral":                        "methodologist",
		"role petr@mesto.example --give registered":                  "methodologist",
		"role petr@mesto.example --give territory":                   "kód území",
		"role petr@mesto.example --give territory --territory CZ999": "kód území",
		"role petr@mesto.example --give admin --territory CZ041":     "kód území",
		"role nikdo@mesto.example --give admin":                      "tu není",
		"add petr":                                                   "není e-mailová adresa",
		"block nikdo@mesto.example":                                  "tu není",
		"link nikdo@mesto.example":                                   "tu není",
		"unblock petr@mesto.example":                                 "už v tom stavu",
	} {
		user(strings.Fields(args)...).said(t, exitError, words)
	}
	for args, words := range map[string]string{
		"":                                      "atlas user add",
		"ad x@y.cz":                             "„user add“",
		"add":                                   "Chybí e-mailová adresa",
		"role petr@mesto.example":               "--give",
		"role a@b.cz --give admin --take admin": "--give",
		"role a@b.cz --give admin --until brzy": "„brzy“",
	} {
		user(strings.Fields(args)...).said(t, exitUsage, words)
	}
	s, err := store.Open(t.Context(), filepath.Join(dir, "atlas-data", "atlas.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if n, err := s.LettersCount(t.Context(), store.LetterWaiting); err != nil || n != 3 {
		t.Errorf("%d letters, %v", n, err)
	}
	entries, err := s.AuditEntries(t.Context(), store.AuditFilter{By: "atlas"})
	if err != nil {
		t.Fatal(err)
	}
	var log []string
	for _, e := range entries {
		log = append(log, e.Action+" "+e.Subject)
	}
	all := strings.Join(log, "\n")
	if !strings.Contains(all, "role_given account U-00001 territory CZ041 2099-12-31") || !strings.Contains(all, "role_taken account U-00001 territory CZ041") || strings.Contains(all, "@") {
		t.Error(all)
	}
}

func TestABlockedAccountHasNoLinkAndALostSecondFactorIsReset(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	user := func(args ...string) result { return atlasRun(t, dir, append([]string{"user"}, args...)...) }
	user("add", "petr@mesto.example", "--role", "admin").said(t, exitOK)
	for args, words := range map[string]string{
		"block petr@mesto.example":                          "zůstala bez správce",
		"role petr@mesto.example --take admin":              "zůstala bez správce",
		"role petr@mesto.example --give admin --until 2099": "zůstala bez správce",
		"role petr@mesto.example --give admin --until 2020": "v minulosti",
		"reset-second-factor petr@mesto.example":            "nemá",
	} {
		user(strings.Fields(args)...).said(t, exitError, words)
	}
	user("add", "eva@mesto.example", "--role", "admin").said(t, exitOK)
	user("block", "petr@mesto.example").said(t, exitOK, "zablokovaný")
	user("list").said(t, exitOK, "zablokovaný")
	user("link", "petr@mesto.example").said(t, exitError, "user unblock")
	user("unblock", "petr@mesto.example").said(t, exitOK, "zase")
	user("link", "petr@mesto.example", "--base-url", "https://atlas.example").said(t, exitOK, "https://atlas.example/prihlaseni/odkaz/")
	s, err := store.Open(t.Context(), filepath.Join(dir, "atlas-data", "atlas.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	who, err := s.AccountByEmail(t.Context(), "petr@mesto.example")
	if err != nil {
		t.Fatal(err)
	}
	err = s.Update(t.Context(), func(tx *store.Tx) error {
		if err := tx.PutPasskey(t.Context(), store.Passkey{ID: "k", Account: who.ID, Name: "Telefon", Credential: "{}", AddedAt: who.CreatedAt}); err != nil {
			return err
		}
		if err := tx.PutSecrets(t.Context(), who.ID, store.Secrets{Password: "h", PasswordAt: who.CreatedAt, TOTP: "t", TOTPAt: who.CreatedAt, TOTPStep: 5}); err != nil {
			return err
		}
		return tx.PutRecoveryCodes(t.Context(), who.ID, []string{"h"})
	})
	if err != nil {
		t.Fatal(err)
	}
	user("reset-second-factor", "petr@mesto.example").said(t, exitOK, "nemá druhý krok")
	secrets, err1 := s.Secrets(t.Context(), who.ID)
	keys, err2 := s.Passkeys(t.Context(), who.ID)
	codes, err3 := s.RecoveryCodes(t.Context(), who.ID)
	if err1 != nil || err2 != nil || err3 != nil || secrets.TOTP != "" || len(keys)+len(codes) != 0 || secrets.Password != "h" {
		t.Errorf("%+v %v %v %v %v %v", secrets, keys, codes, err1, err2, err3)
	}
	if who.State != atlas.AccountActive {
		t.Error(who.State)
	}
}
