package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// notes collects a log written by many goroutines.
type notes struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (n *notes) Write(b []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.all.Write(b)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.all.String()
}

func TestTheLogAndTheNumbersSayTheRouteAndNeverWhoAskedOrForWhat(t *testing.T) {
	var log notes
	server := talking(t, editing, &log)
	for _, c := range []struct{ method, path, route string }{
		{http.MethodGet, "/projekty?q=tajneslovo&oblast=tajneslovo&razeni=tajneslovo", "GET /projekty"},
		{http.MethodGet, "/en/projekty?zobrazeni=tabulka&q=tajneslovo", "GET /en/projekty"},
		{http.MethodGet, "/projekty/tajneslovo", "GET /projekty/{id}"},
		{http.MethodGet, "/projekty/naseptavac?q=tajneslovo", "GET /projekty/naseptavac"},
		{http.MethodGet, "/akteri?q=tajneslovo", "GET /akteri"},
		{http.MethodGet, "/uzemi?q=tajneslovo", "GET /uzemi"},
		{http.MethodGet, "/uzemi/tajneslovo", "GET /uzemi/{code}"},
		{http.MethodGet, "/export/projekty.csv?q=tajneslovo", "GET /export/{file}"},
		{http.MethodGet, "/export/tajneslovo.csv", "GET /export/{file}"},
		{http.MethodGet, "/ciselniky/tajneslovo.json", "GET /ciselniky/{slug}"},
		{http.MethodGet, "/tajneslovo", "/"},
		{http.MethodGet, "/tajneslovo/", "/"},
		{http.MethodGet, "//tajneslovo//x", "/"},
		{http.MethodGet, "/static/tajneslovo.css", "GET /static/"},
		{http.MethodDelete, "/projekty/tajneslovo", "/"},
		{http.MethodPost, "/vzhled?zpet=tajneslovo", "POST /vzhled"},
		{http.MethodPost, "/projekty/novy?a=tajneslovo%zz", "POST /projekty/novy"},
	} {
		before := len(log.String())
		res, _ := ask(t, c.method, server.URL+c.path, "Referer", server.URL+"/projekty?q=tajneslovo", "User-Agent", "tajneslovo", "X-Forwarded-For", "127.0.0.1",
			"Content-Type", "application/x-www-form-urlencoded")
		said := log.String()[before:]
		if !strings.Contains(said, "request="+res.Header.Get("X-Request-Id")) || !strings.Contains(said, `route="`+c.route+`"`) && !strings.Contains(said, "route="+c.route+" ") {
			t.Errorf("%s %s: the log says %s", c.method, c.path, said)
		}
	}
	_, numbers := ask(t, http.MethodGet, server.URL+"/metrics")
	for name, text := range map[string]string{"log": log.String(), "numbers": numbers} {
		for _, never := range []string{"tajneslovo", "127.0.0.1", "::1", "Mozilla"} {
			if at := strings.Index(text, never); at >= 0 {
				t.Errorf("the %s says %q: …%s…", name, never, text[max(0, at-120):min(len(text), at+40)])
			}
		}
	}
	if !strings.Contains(numbers, `atlas_requests_total{route="GET /projekty/{id}",status="404"} 1`) {
		t.Error("a request is not counted by its route")
	}
}

func TestAPageIsSentCompressedToThoseWhoCanReadIt(t *testing.T) {
	server := instance(t, nil)
	_, plain := ask(t, http.MethodGet, server.URL+"/ciselniky", "Accept-Encoding", "identity")
	res, packed := ask(t, http.MethodGet, server.URL+"/ciselniky", "Accept-Encoding", "gzip")
	if res.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(strings.Join(res.Header.Values("Vary"), ","), "Accept-Encoding") {
		t.Fatalf("%v", res.Header)
	}
	r, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := io.ReadAll(r)
	if err != nil || string(unpacked) != plain || len(packed) > len(plain)/3 {
		t.Errorf("%d bytes unpack to %d, want %d: %v", len(packed), len(unpacked), len(plain), err)
	}
	again, _ := ask(t, http.MethodGet, server.URL+"/ciselniky", "Accept-Encoding", "gzip", "If-None-Match", res.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("a page once read packed: %s", again.Status)
	}
	if res, body := ask(t, http.MethodGet, server.URL+"/healthz", "Accept-Encoding", "gzip"); res.Header.Get("Content-Encoding") != "" || body != "ok\n" {
		t.Errorf("a few bytes are packed: %v", res.Header)
	}
}

func TestHeadAnswersAsGetDoesWithoutABody(t *testing.T) {
	server := instance(t, nil)
	for path, want := range map[string]int{"/": 200, "/en/projekty?q=a": 200, "/ciselniky/oblasti-integrace.csv": 200, "/healthz": 200, "/nic": 404, "/vzhled": 405, "/projekty/": 308, "/metrics": 200} {
		for _, encoding := range []string{"identity", "gzip"} {
			head, body := ask(t, http.MethodHead, server.URL+path, "Accept-Encoding", encoding)
			if head.StatusCode != want || body != "" {
				t.Errorf("%s in %s: %s with %d bytes", path, encoding, head.Status, len(body))
			}
			if want != http.StatusOK {
				continue
			}
			get, _ := ask(t, http.MethodGet, server.URL+path, "Accept-Encoding", encoding)
			for _, name := range []string{"Content-Type", "ETag", "Content-Language", "Content-Disposition", "Content-Security-Policy"} {
				if head.Header.Get(name) != get.Header.Get(name) {
					t.Errorf("%s: %s is %q, by GET %q", path, name, head.Header.Get(name), get.Header.Get(name))
				}
			}
		}
	}
}

func TestAFormTooLargeIsRefusedWithAPageThatSaysSo(t *testing.T) {
	server := instance(t, editing)
	for path, say := range map[string]string{
		"/vzhled": "Tolik dat najednou nepřijmeme", "/en/vzhled": "That is too much data at once", "/projekty/novy": "Tolik dat najednou nepřijmeme",
		"/en/akteri/novy": "That is too much data at once",
	} {
		body := strings.NewReader("zpet=" + strings.Repeat("x", 1<<20))
		res, err := stay.Post(server.URL+path, "application/x-www-form-urlencoded", body)
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(res.Body)
		res.Body.Close()
		title := regexp.MustCompile(`<h1>(.*)</h1>`).FindStringSubmatch(string(page))
		if err != nil || res.StatusCode != http.StatusRequestEntityTooLarge || title == nil || strings.ReplaceAll(title[1], "\u00a0", " ") != say {
			t.Errorf("%s: %s %q %v", path, res.Status, title, err)
		}
	}
	body := strings.NewReader("vzhled=dark&zpet=%2F&x=" + strings.Repeat("x", 1<<20-100))
	res, err := stay.Post(server.URL+"/vzhled", "application/x-www-form-urlencoded", body)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		t.Errorf("a form just under the limit: %s", res.Status)
	}
}
