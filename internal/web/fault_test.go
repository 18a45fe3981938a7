package web

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/store"
	"atlas/internal/store/storetest"
	"atlas/internal/web/page"
)

// faulty serves the whole web with routes of its own that fail.
func faulty(t *testing.T, log io.Writer, routes ...page.Route) *httptest.Server {
	t.Helper()
	return patient(t, log, patience, routes...)
}

// patient is faulty with a time of its own for each piece of a long answer.
func patient(t *testing.T, log io.Writer, time time.Duration, routes ...page.Route) *httptest.Server {
	t.Helper()
	logger := slog.New(slog.NewTextHandler(log, nil))
	a := app.New(storetest.Open(t, storetest.SQLite(t)), app.Options{Log: logger})
	if err := a.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := config.Default()
	c.OpenEditing = true
	w, err := newWeb(Options{Config: c, App: a, Log: logger})
	if err != nil {
		t.Fatal(err)
	}
	w.patience = time
	for _, r := range routes {
		w.handle(r)
	}
	server := httptest.NewUnstartedServer(w.chain())
	server.Config.ErrorLog = slog.NewLogLogger(logger.Handler(), slog.LevelError)
	server.Start()
	t.Cleanup(server.Close)
	return server
}

func send(t *testing.T, method, address, body string) (*http.Response, string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept-Encoding", "gzip") // as browsers do, so that packing is in the way
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return nil, "", err
	}
	defer res.Body.Close()
	var plain io.Reader = res.Body
	if res.Header.Get("Content-Encoding") == "gzip" {
		if plain, err = gzip.NewReader(res.Body); err != nil {
			return res, "", err
		}
	}
	all, err := io.ReadAll(plain)
	return res, string(all), err
}

// slowly gives its text one letter at a time.
type slowly struct{ rest string }

func (s *slowly) Read(p []byte) (int, error) {
	if s.rest == "" {
		return 0, io.EOF
	}
	time.Sleep(40 * time.Millisecond)
	n := copy(p[:1], s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

func TestASlowUploadArrivesWhereAFormWouldNot(t *testing.T) {
	read := func(q *page.Request) error {
		body, err := io.ReadAll(q.Body)
		if err != nil {
			return page.ErrBadRequest
		}
		_, err = q.W.Write(body)
		return err
	}
	var log bytes.Buffer
	server := faulty(t, &log,
		page.Route{Method: http.MethodPost, Pattern: "/nahrat", Right: atlas.RightRead, Handle: read, Upload: 1 << 20, Long: true},
		page.Route{Method: http.MethodPost, Pattern: "/formular", Right: atlas.RightRead, Handle: read})
	server.Config.ReadTimeout = 300 * time.Millisecond
	for path, want := range map[string]bool{"/nahrat": true, "/formular": false} {
		res, err := http.Post(server.URL+path, "text/plain", &slowly{"po písmenkách přes pomalou linku"})
		arrived := err == nil && res.StatusCode == http.StatusOK
		if err == nil {
			res.Body.Close()
		}
		if arrived != want {
			t.Errorf("%s arrived: %v, %v", path, arrived, err)
		}
	}
}

func TestAPanicBecomesAPageWithTheNumberOfTheRequest(t *testing.T) {
	var log bytes.Buffer
	server := faulty(t, &log, page.Route{Method: http.MethodGet, Pattern: "/zkouska/{id}", Right: atlas.RightRead, Handle: func(q *page.Request) error {
		q.W.Header().Set("Content-Type", "text/csv")
		var none map[string]string
		none["x"] = "y"
		return nil
	}})
	for address, title := range map[string]string{"/zkouska/tajneslovo?q=tajneslovo": "Na naší straně se něco pokazilo", "/en/zkouska/tajneslovo": "Something broke on our side"} {
		log.Reset()
		res, body, err := send(t, http.MethodGet, server.URL+address, "")
		if err != nil {
			t.Fatal(err)
		}
		id := res.Header.Get("X-Request-Id")
		if res.StatusCode != http.StatusInternalServerError || !strings.Contains(strings.ReplaceAll(body, "\u00a0", " "), "<h1>"+title+"</h1>") ||
			!strings.Contains(body, id) || !strings.HasSuffix(strings.TrimSpace(body), "</html>") || res.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: %s %v %s", address, res.Status, res.Header, body)
		}
		if res.Header.Get("Content-Security-Policy") == "" || strings.Contains(body, "nil map") || strings.Contains(body, "goroutine") {
			t.Errorf("%s: not safe, or it shows its insides", address)
		}
		said := log.String()
		if !strings.Contains(said, "msg=panic request="+id) || !strings.Contains(said, "nil map") || !strings.Contains(said, "fault_test.go") || !strings.Contains(said, "status=500") {
			t.Errorf("%s: the log says %s", address, said)
		}
		if strings.Contains(said, "tajneslovo") || strings.Contains(said, "127.0.0.1") {
			t.Errorf("%s: the log says who asked for what: %s", address, said)
		}
	}
	if res, _, err := send(t, http.MethodGet, server.URL+"/healthz", ""); err != nil || res.StatusCode != http.StatusOK {
		t.Errorf("and the next request: %v %v", res, err)
	}
}

func TestAPanicInTheMiddleOfAnAnswerBreaksItRatherThanLooksWhole(t *testing.T) {
	for _, size := range []int{10, 100_000} { // less and more than what is kept back before packing
		var log bytes.Buffer
		server := faulty(t, &log, page.Route{Method: http.MethodGet, Pattern: "/zkouska", Right: atlas.RightRead, Handle: func(q *page.Request) error {
			q.Attach("text/csv; charset=utf-8", "a.csv")
			fmt.Fprint(q.W, strings.Repeat("a;b\r\n", size/5))
			panic("uprostřed")
		}})
		res, body, err := send(t, http.MethodGet, server.URL+"/zkouska", "")
		if err == nil {
			t.Errorf("%d bytes and then a fault look whole: %s, %d bytes", size, res.Status, len(body))
		}
		if strings.Contains(body, "<html") {
			t.Errorf("a page stands in the middle of a file: %s", body)
		}
		if said := log.String(); !strings.Contains(said, "uprostřed") || !strings.Contains(said, `msg=request request=`) || !strings.Contains(said, `route="GET /zkouska"`) {
			t.Errorf("an answer that broke off is not in the log: %s", said)
		}
	}
}

func TestAFullDiskIsSaidAndTheFormWaitsOneStepBack(t *testing.T) {
	var log bytes.Buffer
	saved := 0
	server := faulty(t, &log, page.Route{Method: http.MethodPost, Pattern: "/zkouska", Right: atlas.RightRead, Handle: func(q *page.Request) error {
		if err := q.ParseForm(); err != nil {
			return err
		}
		saved++
		return fmt.Errorf("save project: %w", errors.Join(store.ErrDiskFull, fmt.Errorf("write /var/lib/atlas/atlas.db: %w", syscall.ENOSPC)))
	}})
	for address, say := range map[string]string{"/zkouska": "Vraťte se o krok zpět: co jste napsali, prohlížeč ještě drží.", "/en/zkouska": "Go one step back: the browser still holds what you wrote."} {
		res, body, err := send(t, http.MethodPost, server.URL+address, "title=tajneslovo")
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != http.StatusInsufficientStorage || !strings.Contains(strings.ReplaceAll(body, "\u00a0", " "), say) || strings.Contains(body, "/var/lib") {
			t.Errorf("%s: %s %s", address, res.Status, body)
		}
		if res.Header.Get("Location") != "" {
			t.Error("a redirect would lose the form")
		}
	}
	// A page kept out of the browser's memory would come back empty.
	for _, form := range []string{"/projekty/novy", "/akteri/novy"} {
		res, _, err := send(t, http.MethodGet, server.URL+form, "")
		if err != nil || res.StatusCode != http.StatusOK || strings.Contains(res.Header.Get("Cache-Control"), "no-store") {
			t.Errorf("%s: %v %v", form, res, err)
		}
	}
	if saved != 2 || !strings.Contains(log.String(), "no space left on device") || strings.Contains(log.String(), "tajneslovo") {
		t.Errorf("after %d attempts the log says %s", saved, log.String())
	}
}
