package admin_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"atlas/internal/app"
	"atlas/internal/mail"
	"atlas/internal/mail/mailtest"
	"atlas/internal/store"
	"atlas/internal/web/webtest"
)

// posting sends the letters of an instance to a mail server until the test ends.
func posting(t *testing.T, i *webtest.Instance, o mail.Options) {
	t.Helper()
	o.From, o.Timeout = "atlas@mesto.example", 200*time.Millisecond
	sender, err := mail.NewSender(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	out := app.NewOutbox(i.Store, sender, app.OutboxOptions{Now: func() time.Time { return webtest.Now }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	go func() { out.Run(ctx); close(done) }()
	t.Cleanup(func() { stop(); <-done })
}

// until asks for a page until it says something.
func until(t *testing.T, i *webtest.Instance, path, want string) webtest.Page {
	t.Helper()
	end := time.Now().Add(20 * time.Second)
	for {
		p := i.Get(t, path)
		if strings.Contains(p.Words("main"), want) {
			return p
		}
		if time.Now().After(end) {
			t.Fatalf("no %q in %s", want, p.Words("section[aria-labelledby=posta]"))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestAMailServerThatHangsHoldsNoPageUpAndTheLetterWaits(t *testing.T) {
	i := start(t)
	admin(t, i)
	hanging := mailtest.Hanging(t)
	posting(t, i, mail.Options{Server: hanging})
	began := time.Now()
	if p := i.Post(t, "/sprava/zkusebni-dopis", nil); p.Status != http.StatusOK || time.Since(began) > 5*time.Second {
		t.Errorf("%d after %v", p.Status, time.Since(began))
	}
	until(t, i, "/en/sprava", "The mail server did not answer in time")
	p := until(t, i, "/sprava", "Poštovní server neodpověděl včas")
	if !strings.Contains(p.Words("section[aria-labelledby=posta]"), "admin@atlas.example") {
		t.Errorf("%s", p.Words("section[aria-labelledby=posta]"))
	}
	if n, err := i.Store.LettersCount(t.Context(), store.LetterWaiting); err != nil || n != 1 {
		t.Errorf("%d letters wait, %v", n, err)
	}
}

func TestALetterThatAServerRejectsStaysWithTheReasonAndIsSentAgain(t *testing.T) {
	i := start(t)
	admin(t, i)
	server := mailtest.Start(t, mailtest.Options{Recipient: func(n int) error {
		if n == 1 {
			return mailtest.Refuse(550, "no such user")
		}
		return nil
	}})
	posting(t, i, mail.Options{Server: server.URL, TLS: server.TLS})
	i.Post(t, "/sprava/zkusebni-dopis", nil)
	p := until(t, i, "/sprava", "Poštovní server odmítl adresu příjemce")
	again := p.Find(`form[action^="/sprava/dopisy/"]`).AttrOr("action", "")
	i.Post(t, again, url.Values{"akce": {"znovu"}})
	for end := time.Now().Add(20 * time.Second); len(server.Mails()) == 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	if n := len(server.Mails()); n != 1 {
		t.Errorf("%d letters arrived", n)
	}
}
