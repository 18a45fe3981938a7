package mail_test

import (
	"context"
	"errors"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"atlas/internal/mail"
	"atlas/internal/mail/mailtest"
)

func sender(t *testing.T, s *mailtest.Server, change ...func(*mail.Options)) *mail.Sender {
	t.Helper()
	o := mail.Options{Server: s.URL, TLS: s.TLS, From: "atlas@mesto.example", Name: "Město Žďár", Timeout: 5 * time.Second}
	for _, c := range change {
		c(&o)
	}
	out, err := mail.NewSender(o)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// failure sends the test letter and gives why it failed.
func failure(t *testing.T, s *mail.Sender) *mail.Failure {
	t.Helper()
	err := s.Send(t.Context(), compose(t, "cs", mail.Test{}))
	var f *mail.Failure
	if !errors.As(err, &f) {
		t.Fatalf("sending gave %v", err)
	}
	return f
}

func TestALetterArrivesOverEncryptionSignedIn(t *testing.T) {
	for name, o := range map[string]mailtest.Options{
		"STARTTLS":               {User: "atlas", Password: "h:e/s@l o"},
		"TLS from the beginning": {User: "atlas", Password: "tajné", Encrypted: true},
	} {
		t.Run(name, func(t *testing.T) {
			server := mailtest.Start(t, o)
			s := sender(t, server)
			if !s.Configured() {
				t.Error("says that nothing is configured")
			}
			l := compose(t, "cs", mail.Digest{Period: mail.Daily, Link: "https://mesto.example/sledovane", Unsubscribe: "https://mesto.example/dost?k=abc"})
			if err := s.Send(t.Context(), l); err != nil {
				t.Fatal(err)
			}
			got := server.Mails()
			if len(got) != 1 {
				t.Fatalf("%d letters arrived", len(got))
			}
			m := got[0]
			if !m.Encrypted || m.User != "atlas" || m.From != "atlas@mesto.example" || m.To != "jana@mesto.example" || !strings.Contains(m.Helo, ".") {
				t.Errorf("%+v", m)
			}
			read, err := netmail.ReadMessage(strings.NewReader(string(m.Content)))
			if err != nil {
				t.Fatal(err)
			}
			for header, want := range map[string]string{
				"Message-Id": "<" + l.ID + "@mesto.example>", "List-Unsubscribe": "<https://mesto.example/dost?k=abc>",
				"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated", "Content-Language": "cs",
			} {
				if read.Header.Get(header) != want {
					t.Errorf("%s: %q", header, read.Header.Get(header))
				}
			}
			if _, err := read.Header.Date(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestWhatAServerSaysIsForGoodOrForNow(t *testing.T) {
	refuse := func(code int) func(int) error {
		return func(int) error { return mailtest.Refuse(code, "jana@mesto.example: not now") }
	}
	for name, c := range map[string]struct {
		options   mailtest.Options
		key       string
		permanent bool
		code      int
	}{
		"no such mailbox":     {mailtest.Options{Recipient: refuse(550)}, "mail.failed.recipient", true, 550},
		"greylisted":          {mailtest.Options{Recipient: refuse(451)}, "mail.failed.later", false, 451},
		"content refused":     {mailtest.Options{Content: refuse(554)}, "mail.failed.refused", true, 554},
		"full for now":        {mailtest.Options{Content: refuse(452)}, "mail.failed.later", false, 452},
		"sender refused":      {mailtest.Options{Sender: func() error { return mailtest.Refuse(553, "who?") }}, "mail.failed.sender", false, 553},
		"drops the recipient": {mailtest.Options{Recipient: func(int) error { return mailtest.Drop }}, "mail.failed.broken", false, 0},
		"drops in DATA":       {mailtest.Options{Content: func(int) error { return mailtest.Drop }}, "mail.failed.broken", false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			f := failure(t, sender(t, mailtest.Start(t, c.options)))
			if f.Key != c.key || f.Permanent != c.permanent || f.Code != c.code {
				t.Errorf("%+v", f)
			}
		})
	}
}

func TestWrongSettingsAreToldApartAndTheLetterWaits(t *testing.T) {
	signedIn := mailtest.Options{User: "atlas", Password: "tajné"}
	for name, c := range map[string]struct {
		options mailtest.Options
		change  func(*mail.Options)
		key     string
	}{
		"wrong password":          {signedIn, func(o *mail.Options) { o.Server = strings.Replace(o.Server, "taj", "jin", 1) }, "mail.failed.auth"},
		"no password":             {signedIn, func(o *mail.Options) { o.Server = "smtp://" + after(o.Server, "@") }, "mail.failed.auth"},
		"sign-in is not offered":  {mailtest.Options{}, func(o *mail.Options) { o.Server = "smtp://u:p@" + after(o.Server, "//") }, "mail.failed.auth"},
		"a certificate of nobody": {mailtest.Options{}, func(o *mail.Options) { o.TLS = nil }, "mail.failed.tls"},
		"the same from the start": {mailtest.Options{Encrypted: true}, func(o *mail.Options) { o.TLS = nil }, "mail.failed.tls"},
		"no STARTTLS":             {mailtest.Options{Plain: true}, nil, "mail.failed.tls"},
		"TLS where there is none": {mailtest.Options{Plain: true}, func(o *mail.Options) { o.Server = "smtps://" + after(o.Server, "//") }, "mail.failed.tls"},
		"nobody listens":          {mailtest.Options{}, func(o *mail.Options) { o.Server = "smtp://" + free(t) }, "mail.failed.unreachable"},
	} {
		t.Run(name, func(t *testing.T) {
			server := mailtest.Start(t, c.options)
			s := sender(t, server, func(o *mail.Options) {
				if c.change != nil {
					c.change(o)
				}
			})
			if f := failure(t, s); f.Key != c.key || f.Permanent {
				t.Errorf("%+v", f)
			}
			if n := len(server.Mails()); n > 0 {
				t.Errorf("%d letters went out", n)
			}
		})
	}
}

func after(s, mark string) string { _, rest, _ := strings.Cut(s, mark); return rest }

// free is an address at which nobody listens.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestAServerThatHangsIsLeftInTime(t *testing.T) {
	s, err := mail.NewSender(mail.Options{Server: mailtest.Hanging(t), From: "atlas@mesto.example", Timeout: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if f := failure(t, s); f.Key != "mail.failed.timeout" || f.Permanent || time.Since(begun) > 5*time.Second {
		t.Errorf("%+v after %v", f, time.Since(begun))
	}
}

func TestWhoIsToldToStopDoesNotWaitForAServerThatHangs(t *testing.T) {
	s, err := mail.NewSender(mail.Options{Server: mailtest.Hanging(t), From: "atlas@mesto.example", Timeout: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if err := s.Send(ctx, compose(t, "cs", mail.Test{})); err == nil || time.Since(begun) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
}

func TestWithoutEncryptionNothingGoesUnlessTheSettingSaysSo(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{Plain: true})
	for _, how := range []string{"?starttls=off", "?starttls=optional"} {
		s := sender(t, server, func(o *mail.Options) { o.Server += how })
		if err := s.Send(t.Context(), compose(t, "cs", mail.Test{})); err != nil {
			t.Errorf("%s: %v", how, err)
		}
	}
	if n := len(server.Mails()); n != 2 {
		t.Errorf("%d arrived", n)
	}
	encrypted := mailtest.Start(t, mailtest.Options{})
	s := sender(t, encrypted, func(o *mail.Options) { o.Server += "?starttls=optional" })
	if err := s.Send(t.Context(), compose(t, "cs", mail.Test{})); err != nil || !encrypted.Mails()[0].Encrypted {
		t.Errorf("did not use STARTTLS that was offered: %v", err)
	}
}

func TestAddressesOfServersThatCannotBeUsedAreRefusedWithoutShowingThePassword(t *testing.T) {
	for _, address := range []string{"http://x:tajne@posta", "smtp://", "smtp://x:tajne@posta:99999", "smtp://x:tajne@posta?starttls=snad", "smtp://x:tajne@%zz"} {
		_, err := mail.NewSender(mail.Options{Server: address, From: "a@mesto.example"})
		if err == nil || strings.Contains(err.Error(), "tajne") {
			t.Errorf("%s gave %v", address, err)
		}
	}
	if _, err := mail.NewSender(mail.Options{Server: "smtp://posta", From: "nikdo"}); !errors.Is(err, mail.ErrAddress) {
		t.Errorf("got %v", err)
	}
}

func TestWithoutAServerLettersAreFilesThatOnlyTheOwnerReads(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "mail")
	s, err := mail.NewSender(mail.Options{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	if s.Configured() {
		t.Error("says that letters leave the machine")
	}
	for range 2 {
		if err := s.Send(t.Context(), compose(t, "cs", mail.Test{})); err != nil {
			t.Fatal(err)
		}
	}
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 2 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil || info.Mode().Perm() != 0o600 || !strings.HasSuffix(f.Name(), ".eml") || len(f.Name()) < 40 {
			t.Errorf("%s %v: %v", f.Name(), info.Mode(), err)
		}
		whole, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil || !strings.Contains(string(whole), "To: \"Jana Nováková\" <jana@mesto.example>") && !strings.Contains(string(whole), "<jana@mesto.example>") {
			t.Errorf("%s: %v", whole, err)
		}
	}
	if err := os.WriteFile(filepath.Join(t.TempDir(), "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	blocked, err := mail.NewSender(mail.Options{Folder: filepath.Join(folder, files[0].Name(), "pod")})
	if err != nil {
		t.Fatal(err)
	}
	if f := failure(t, blocked); f.Key != "mail.failed.folder" || f.Permanent {
		t.Errorf("%+v", f)
	}
}

// Letters lie in a database before they are sent, so what is in them is cleaned
// once more.
func TestNothingInALetterBeginsAHeader(t *testing.T) {
	server := mailtest.Start(t, mailtest.Options{})
	s := sender(t, server, func(o *mail.Options) { o.Name = "Město\r\nBcc: x@zly.example" })
	l := compose(t, "cs", mail.Test{})
	l.Subject = "Ahoj\r\nBcc: x@zly.example\r\n\r\ntělo"
	l.ToName = "Jana\nBcc: x@zly.example"
	l.ID = "id>\r\nBcc: x@zly.example"
	l.Lang = "c\r\nBcc: x@zly.example"
	l.Unsubscribe = "https://mesto.example/\r\nBcc: x@zly.example"
	if err := s.Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	read, err := netmail.ReadMessage(strings.NewReader(string(server.Mails()[0].Content)))
	if err != nil {
		t.Fatal(err)
	}
	if len(read.Header["Bcc"]) > 0 || read.Header.Get("List-Unsubscribe") != "" {
		t.Errorf("%v", read.Header)
	}
	l.To = "jana@mesto.example\r\nRCPT TO:<x@zly.example>"
	var f *mail.Failure
	if err := s.Send(t.Context(), l); !errors.As(err, &f) || !f.Permanent {
		t.Errorf("sent to two: %v", err)
	}
}
