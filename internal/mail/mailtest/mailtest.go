// Package mailtest gives tests a real mail server in the process, which takes
// letters, refuses them or misbehaves.
package mailtest

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Options of a server; the zero value takes everything over STARTTLS.
type Options struct {
	Encrypted      bool // from the first byte, as smtps:// is
	Plain          bool // offers no encryption
	User, Password string
	// Recipient and Content answer to the n-th recipient and letter, counted from
	// 1; nil = taken.
	Sender             func() error
	Recipient, Content func(n int) error
}

// Drop as an answer breaks the connection off.
var Drop = errors.New("drop the connection")

// Refuse is an answer of a mail server.
func Refuse(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 1, 1}, Message: text}
}

// Mail is what the server was handed.
type Mail struct {
	From, To, Helo string
	Encrypted      bool
	User           string // who signed in; "" = nobody
	Content        []byte
}

// Server is a running mail server.
type Server struct {
	URL string      // smtp://… or smtps://…, with a user when there is one
	TLS *tls.Config // by which a client trusts it

	options Options
	mu      sync.Mutex
	mails   []Mail
	asked   map[string]int
}

// Mails is what it took so far.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.mails...)
}

// Start starts a server, which ends with the test.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	server, client := certificate(t)
	s := &Server{TLS: client, options: o, asked: map[string]int{}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	u := url.URL{Scheme: "smtp", Host: l.Addr().String()}
	if o.User != "" {
		u.User = url.UserPassword(o.User, o.Password)
	}
	smtpd := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{server: s, conn: c}, nil }))
	smtpd.Domain, smtpd.ErrorLog = "posta.test", log.New(io.Discard, "", 0)
	smtpd.ReadTimeout, smtpd.WriteTimeout = 20*time.Second, 20*time.Second
	smtpd.AllowInsecureAuth = o.Plain
	if o.Encrypted {
		u.Scheme = "smtps"
		l = tls.NewListener(l, server)
	} else if !o.Plain {
		smtpd.TLSConfig = server
	}
	s.URL = u.String()
	go smtpd.Serve(l)
	t.Cleanup(func() { smtpd.Close() })
	return s
}

// Hanging starts a server that takes connections and says nothing. It gives the
// address.
func Hanging(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { c.Close() })
		}
	}()
	return "smtp://" + l.Addr().String()
}

// session is one connection.
type session struct {
	server *Server
	conn   *smtp.Conn
	mail   Mail
	user   string
}

// answer counts what is asked and answers to it.
func (s *session) answer(what string, by func(int) error) error {
	s.server.mu.Lock()
	s.server.asked[what]++
	n := s.server.asked[what]
	s.server.mu.Unlock()
	if by == nil {
		return nil
	}
	err := by(n)
	if err == Drop {
		s.conn.Conn().Close()
	}
	return err
}

func (s *session) AuthMechanisms() []string {
	if s.server.options.User == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != s.server.options.User || password != s.server.options.Password {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.server.options.User != "" && s.user == "" {
		return smtp.ErrAuthRequired
	}
	_, encrypted := s.conn.TLSConnectionState()
	s.mail = Mail{From: from, Helo: s.conn.Hostname(), Encrypted: encrypted, User: s.user}
	if s.server.options.Sender != nil {
		return s.server.options.Sender()
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.mail.To = to
	return s.answer("recipient", s.server.options.Recipient)
}

func (s *session) Data(r io.Reader) error {
	var b bytes.Buffer
	if err := s.answer("content", s.server.options.Content); err != nil {
		return err
	}
	if _, err := b.ReadFrom(r); err != nil {
		return err
	}
	s.mail.Content = b.Bytes()
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	s.server.mails = append(s.server.mails, s.mail)
	return nil
}

func (s *session) Reset() {}

func (s *session) Logout() error { return nil }

// certificate makes one for this machine, and the configuration that trusts it.
func certificate(t testing.TB) (server, client *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "posta.test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"localhost"},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, &tls.Config{RootCAs: roots}
}
