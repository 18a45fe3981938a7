package web

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"atlas"
	"atlas/internal/web/page"
)

// download answers so many pieces of what cannot be packed, in one Write each.
func download(pieces int, ended *atomic.Pointer[error]) func(*page.Request) error {
	return func(q *page.Request) error {
		q.W.Header().Set("Content-Type", "text/csv")
		noise := rand.NewChaCha8([32]byte{})
		b := make([]byte, 1<<20)
		var err error
		for range pieces {
			_, _ = noise.Read(b)
			if _, err = q.W.Write(b); err != nil {
				break
			}
		}
		ended.Store(&err)
		return nil
	}
}

// small makes buffers of the connection small, so that little is written ahead
// of its reader.
func small(server *httptest.Server) *http.Client {
	server.Config.ConnState = func(c net.Conn, state http.ConnState) {
		if tcp, ok := c.(*net.TCPConn); ok && state == http.StateNew {
			_ = tcp.SetWriteBuffer(16 << 10)
		}
	}
	transport := &http.Transport{ReadBufferSize: 4 << 10, Dial: func(network, address string) (net.Conn, error) {
		c, err := net.Dial(network, address)
		if err == nil {
			_ = c.(*net.TCPConn).SetReadBuffer(16 << 10)
		}
		return c, err
	}}
	return &http.Client{Transport: transport}
}

func TestALongDownloadArrivesWholeHoweverSlowlyItIsRead(t *testing.T) {
	var ended atomic.Pointer[error]
	var log bytes.Buffer
	server := patient(t, &log, time.Second,
		page.Route{Method: http.MethodGet, Pattern: "/soubor", Right: atlas.RightRead, Handle: download(2, &ended), Long: true},
		page.Route{Method: http.MethodGet, Pattern: "/stranka", Right: atlas.RightRead, Handle: download(2, &ended)})
	const usual = 300 * time.Millisecond
	server.Config.WriteTimeout = usual
	client := small(server)
	defer client.CloseIdleConnections()
	for path, want := range map[string]bool{"/soubor": true, "/stranka": false} {
		start := time.Now()
		res, err := client.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, &paced{res.Body})
		res.Body.Close()
		whole := err == nil && n == 2<<20
		if whole != want || want && time.Since(start) < 2*usual {
			t.Errorf("%s: %d bytes in %v, %v", path, n, time.Since(start), err)
		}
	}
}

// paced reads a little and rests.
type paced struct{ from io.Reader }

func (p *paced) Read(b []byte) (int, error) {
	n, err := io.ReadFull(p.from, b[:min(len(b), 32<<10)])
	time.Sleep(12 * time.Millisecond)
	if err == io.ErrUnexpectedEOF && n > 0 {
		err = nil // the next Read says what ended it
	}
	return n, err
}

func TestAClientThatStopsReadingIsCutOff(t *testing.T) {
	var ended atomic.Pointer[error]
	var log bytes.Buffer
	server := patient(t, &log, 300*time.Millisecond, page.Route{Method: http.MethodGet, Pattern: "/soubor", Right: atlas.RightRead, Handle: download(16, &ended), Long: true})
	client := small(server)
	res, err := client.Get(server.URL + "/soubor")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	for until := time.Now().Add(10 * time.Second); ended.Load() == nil && time.Now().Before(until); {
		time.Sleep(20 * time.Millisecond)
	}
	got := ended.Load()
	if got == nil || *got == nil || !strings.Contains((*got).Error(), "timeout") {
		t.Errorf("the download ended with %v", got)
	}
}
