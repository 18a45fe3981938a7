package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// server is a mail server that takes letters on.
type server struct {
	host, user, password string
	port                 int
	encrypted            bool // from the first byte, smtps://
	policy               gomail.TLSPolicy
	tls                  *tls.Config
}

// parseServer reads an address of a server:
//
//	smtp://user:password@host:587      STARTTLS, or nothing is sent
//	smtp://host:25?starttls=optional   STARTTLS when it is offered
//	smtp://localhost:25?starttls=off   no encryption
//	smtps://user:password@host:465     encrypted from the start
//
// A password is never sent without encryption, but to this machine itself.
func parseServer(address string, config *tls.Config) (*server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, errors.New("the address of the mail server is not smtp://… or smtps://…") // which may hold a password
	}
	s := &server{host: u.Hostname(), encrypted: u.Scheme == "smtps", policy: gomail.TLSMandatory, user: u.User.Username()}
	s.password, _ = u.User.Password()
	switch how := u.Query().Get("starttls"); how {
	case "", "required":
	case "optional":
		s.policy = gomail.TLSOpportunistic
	case "off":
		s.policy = gomail.NoTLS
	default:
		return nil, fmt.Errorf("starttls=%s of the mail server is none of required, optional, off", line(how, longName))
	}
	s.port = map[bool]int{true: 465, false: 587}[s.encrypted]
	if p := u.Port(); p != "" {
		if s.port, err = strconv.Atoi(p); err != nil || s.port < 1 || s.port > 65535 {
			return nil, fmt.Errorf("port %s of the mail server", line(p, longName))
		}
	}
	if config == nil {
		config = &tls.Config{}
	}
	s.tls = config.Clone()
	s.tls.ServerName = s.host
	s.tls.MinVersion = tls.VersionTLS12
	return s, nil
}

// helo is the name by which the machine greets the server: its own where that is
// a full one, otherwise the domain of the sender.
func helo(from string) string {
	if name, err := os.Hostname(); err == nil && strings.Contains(strings.Trim(name, "."), ".") && ascii(name) {
		return name
	}
	return domainOf(from)
}

// toServer connects, hands one message over and leaves.
func (s *Sender) toServer(ctx context.Context, m *gomail.Msg) error {
	ctx, cancel := context.WithTimeout(ctx, 3*s.timeout) // whatever the server does, step by step
	defer cancel()
	c, err := s.client(ctx)
	if err != nil {
		return err
	}
	if err := c.DialWithContext(ctx); err != nil {
		return s.dialling(ctx, err)
	}
	err = c.Send(m)
	if m.IsDelivered() { // what breaks afterwards is no matter
		err = nil
	}
	_ = c.Close()
	return err
}

// client makes a client whose connection ends with the context.
func (s *Sender) client(ctx context.Context) (*gomail.Client, error) {
	options := []gomail.Option{
		gomail.WithPort(s.server.port), gomail.WithTimeout(s.timeout), gomail.WithHELO(s.helo), gomail.WithoutNoop(),
		gomail.WithTLSPolicy(s.server.policy), gomail.WithTLSConfig(s.server.tls),
		gomail.WithDialContextFunc(func(dial context.Context, network, address string) (net.Conn, error) {
			return s.connect(ctx, dial, network, address)
		}),
	}
	if s.server.encrypted {
		options = append(options, gomail.WithSSL())
	}
	if s.server.user != "" {
		options = append(options, gomail.WithSMTPAuthCustom(&login{server: s.server}))
	}
	return gomail.NewClient(s.server.host, options...)
}

// connect opens a connection that is cut when ctx ends.
func (s *Sender) connect(ctx, dial context.Context, network, address string) (net.Conn, error) {
	c, err := new(net.Dialer).DialContext(dial, network, address)
	if err != nil {
		return nil, &Failure{Key: map[bool]string{true: "mail.failed.timeout", false: "mail.failed.unreachable"}[late(err)], Cause: err}
	}
	context.AfterFunc(ctx, func() { c.Close() })
	if !s.server.encrypted {
		return c, nil
	}
	secure := tls.Client(c, s.server.tls)
	if err := secure.HandshakeContext(dial); err != nil {
		return nil, &Failure{Key: map[bool]string{true: "mail.failed.timeout", false: "mail.failed.tls"}[late(err)], Cause: errors.Join(err, c.Close())}
	}
	return secure, nil
}

// dialling says what went wrong before the letter was spoken of: nothing of it
// is the letter's fault.
func (s *Sender) dialling(ctx context.Context, err error) error {
	f := failureOf(err)
	f.Permanent = false
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case f.Key == "mail.failed.timeout" || ctx.Err() != nil:
	case errors.Is(err, errLogin) || strings.HasPrefix(err.Error(), "SMTP AUTH failed"):
		f.Key = "mail.failed.auth"
	case errors.As(err, &certificate), errors.As(err, &record), strings.HasPrefix(err.Error(), "STARTTLS"):
		f.Key = "mail.failed.tls"
	}
	return f
}

// errLogin says that the server offers no way of signing in that we know.
var errLogin = errors.New("the mail server offers none of SCRAM-SHA-256, PLAIN, LOGIN and CRAM-MD5")

// login signs in by the best way that the server offers. Those that show the
// password refuse to do so without encryption, except to this machine.
type login struct {
	server *server
	chosen smtp.Auth
}

func (l *login) Start(info *smtp.ServerInfo) (proto string, toServer []byte, err error) {
	s := l.server
	for _, way := range []struct {
		name string
		auth smtp.Auth
	}{
		{"SCRAM-SHA-256", smtp.ScramSHA256Auth(s.user, s.password)},
		{"PLAIN", smtp.PlainAuth("", s.user, s.password, s.host, false)},
		{"LOGIN", smtp.LoginAuth(s.user, s.password, s.host, false)},
		{"CRAM-MD5", smtp.CRAMMD5Auth(s.user, s.password)},
	} {
		for _, offered := range info.Auth {
			if strings.EqualFold(offered, way.name) {
				l.chosen = way.auth
				return l.chosen.Start(info)
			}
		}
	}
	return "", nil, errLogin
}

func (l *login) Next(fromServer []byte, more bool) (toServer []byte, err error) {
	return l.chosen.Next(fromServer, more)
}
