package mail

import (
	"context"
	"crypto/tls"
	"fmt"
	netmail "net/mail"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Options of sending.
type Options struct {
	// Server is where letters go: smtp://name:password@host:587 or smtps://…;
	// "" = to the folder.
	Server string
	Folder string // where letters are written when there is no server
	From   string // address of the sender
	Name   string // name of the sender; may be ""
	// Timeout bounds connecting and handing over a letter, each; 0 = 30 seconds.
	Timeout time.Duration
	// TLS of the connection; nil = certificates that the system trusts.
	TLS *tls.Config
	Now func() time.Time // clock; nil = time.Now
}

// Sender hands letters over. It is safe for concurrent use.
type Sender struct {
	server  *server // nil = to the folder
	folder  string
	from    netmail.Address
	helo    string
	timeout time.Duration
	now     func() time.Time
}

// NewSender checks the options. Nothing is connected to or written yet.
func NewSender(o Options) (*Sender, error) {
	from, err := Address(o.From)
	if o.From == "" && o.Server == "" {
		from, err = "atlas@localhost.invalid", nil
	}
	if err != nil {
		return nil, fmt.Errorf("sender of letters: %w", err)
	}
	s := &Sender{folder: o.Folder, from: netmail.Address{Name: line(o.Name, longName), Address: from}, timeout: o.Timeout, now: o.Now}
	if s.timeout <= 0 {
		s.timeout = 30 * time.Second
	}
	if s.now == nil {
		s.now = time.Now
	}
	s.helo = helo(from)
	if o.Server != "" {
		if s.server, err = parseServer(o.Server, o.TLS); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Configured says whether letters leave the machine. When they do not, the
// administrator has to be told.
func (s *Sender) Configured() bool { return s.server != nil }

// Send hands one letter over: to the server, or to the folder. An error is a
// *Failure. A server that takes the letter and breaks off after that has it.
func (s *Sender) Send(ctx context.Context, l Letter) error {
	m, err := s.message(l)
	if err != nil {
		return &Failure{Key: "mail.failed.address", Permanent: true, Cause: err}
	}
	if s.server == nil {
		err = s.toFolder(m)
	} else {
		err = s.toServer(ctx, m)
	}
	if err != nil {
		return failureOf(err)
	}
	return nil
}

// message writes a letter as MIME: text and HTML side by side. Every text is
// cleaned once more, as letters lie in a database in between.
func (s *Sender) message(l Letter) (*gomail.Msg, error) {
	to, err := Address(l.To)
	if err != nil {
		return nil, err
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	m.FromMailAddress(&s.from)
	m.ToMailAddress(&netmail.Address{Name: line(l.ToName, longName), Address: to})
	m.Subject(line(l.Subject, longTitle))
	m.SetDateWithValue(s.now())
	m.SetMessageIDWithValue(line(l.ID, longName) + "@" + domainOf(s.from.Address))
	m.SetGenHeader("Content-Language", line(l.Lang, 2))
	m.SetGenHeader("Auto-Submitted", "auto-generated") // so that no absence notice answers it
	if isLink(l.Unsubscribe) && !strings.ContainsFunc(l.Unsubscribe, unsafe) {
		m.SetListUnsubscribe(l.Unsubscribe)
		if strings.HasPrefix(l.Unsubscribe, "https://") {
			m.SetListUnsubscribePost()
		}
	}
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	m.AddAlternativeString(gomail.TypeTextHTML, l.HTML)
	return m, nil
}

func domainOf(address string) string { return address[strings.LastIndexByte(address, '@')+1:] }
