package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"atlas/internal/app"
	"atlas/internal/mail"
	"atlas/internal/mail/mailtest"
	"atlas/internal/store"
)

func TestTheTestLetterArrivesOrTheReasonIsSaid(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := mailtest.Start(t, mailtest.Options{Plain: true})
	refusing := mailtest.Start(t, mailtest.Options{Plain: true, Recipient: func(int) error { return mailtest.Refuse(550, "no such mailbox") }})
	strict := mailtest.Start(t, mailtest.Options{}) // with a certificate that nobody trusts
	for _, c := range []struct {
		server, to string
		code       int
		words      []string
	}{
		{good.URL + "?starttls=off", "jana@mesto.example", exitOK, []string{"předána", "jana@mesto.example"}},
		{refusing.URL + "?starttls=off", "jana@mesto.example", exitError, []string{"odmítl adresu", "550", "no such mailbox"}},
		{good.URL, "jana@mesto.example", exitError, []string{"STARTTLS"}},
		{strict.URL, "jana@mesto.example", exitError, []string{"certifikát"}},
		{"smtp://127.0.0.1:1", "jana@mesto.example", exitError, []string{"připojit"}},
		{good.URL + "?starttls=snad", "jana@mesto.example", exitError, []string{"snad"}},
		{good.URL, "jana", exitError, []string{"„jana“"}},
		{"", "jana@mesto.example", exitOK, []string{"složce", "--smtp"}},
	} {
		args := []string{"mail", "test", c.to}
		if c.server != "" {
			args = append(args, "--smtp", c.server, "--mail-from", "atlas@mesto.example")
		}
		atlasRun(t, dir, args...).said(t, c.code, c.words...)
	}
	if n := len(good.Mails()); n != 1 {
		t.Errorf("%d letters arrived", n)
	}
	if n := len(letterFiles(t, filepath.Join(dir, "atlas-data"))); n != 1 {
		t.Errorf("%d letters in the folder", n)
	}
	atlasRun(t, dir, "mail", "test").said(t, exitUsage, "Chybí e-mailová adresa")
	atlasRun(t, dir, "mail").said(t, exitUsage, "mail test", "mail list")
	atlasRun(t, dir, "mail", "tets", "x").said(t, exitUsage, "„mail test“")
}

func letterFiles(t *testing.T, data string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(data, "mail", "*.eml"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestServingSendsWhatWaitsAndTheListSaysWhatDoesNot(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir, data := t.TempDir(), flags[len(flags)-1]
		with := func(args ...string) []string { return append(args, flags...) }
		mustRun(t, dir, with("migrate")...)
		atlasRun(t, dir, with("mail", "list")...).said(t, exitOK, "nic nečeká", "Žádná zpráva")
		dsn := flags[1]
		if flags[0] == "--data" {
			dsn = filepath.Join(data, "atlas.db")
		}
		putTestLetter(t, dsn)
		atlasRun(t, dir, with("mail", "list")...).said(t, exitOK, "čekají na odeslání: 1", "jana@mesto.example", "pokusů 0")

		// Nobody listens at the mail server.
		s := start(t, dir, with("serve", "--smtp", "smtp://127.0.0.1:1", "--mail-from", "atlas@mesto.example")...)
		waitFor(t, func() bool {
			return strings.Contains(mustRun(t, dir, with("mail", "list")...), "další pokus")
		})
		atlasRun(t, dir, with("mail", "list")...).said(t, exitOK, "pokusů 1", "nedaří připojit")
		if code := s.stop(t); code != exitOK || strings.Contains(s.said.String(), "jana") {
			t.Errorf("stopped with %d:\n%s", code, s.said)
		}

		putTestLetter(t, dsn)
		s = start(t, dir, with("serve")...)
		waitFor(t, func() bool { return len(letterFiles(t, data)) == 1 })
		if code := s.stop(t); code != exitOK || !strings.Contains(s.said.String(), "no mail server") {
			t.Errorf("stopped with %d:\n%s", code, s.said)
		}
	})
}

func waitFor(t *testing.T, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatal("it did not come")
}

// putTestLetter puts a letter as a process of its own would.
func putTestLetter(t *testing.T, dsn string) {
	t.Helper()
	s, err := store.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	composer, err := mail.NewComposer(mail.Site{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	l, err := composer.Compose(mail.Recipient{Address: "jana@mesto.example"}, mail.Test{At: now})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), func(tx *store.Tx) error { return app.PutLetter(context.WithoutCancel(t.Context()), tx, l, now) }); err != nil {
		t.Fatal(err)
	}
}
