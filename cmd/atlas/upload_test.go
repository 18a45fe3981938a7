package main

import (
	"bufio"
	"bytes"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// visitor asks as a browser does, and reads what the pages say.
type visitor struct {
	t      *testing.T
	origin string // "http://127.0.0.1:1234"
}

// serveOpen starts an instance in which everybody may write.
func serveOpen(t *testing.T, dir string, flags ...string) (*serving, visitor) {
	t.Helper()
	s := start(t, dir, append([]string{"serve", "--open-editing"}, flags...)...)
	return s, visitor{t, strings.TrimSuffix(s.address, "/")}
}

// shown is a page that was read.
type shown struct {
	status  int
	address string // after all redirects
	words   string // without tags, hard blanks as blanks
}

var tags = regexp.MustCompile(`(?s)<[^>]*>`)

func (v visitor) read(r *http.Response, err error) shown {
	v.t.Helper()
	if err != nil {
		v.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	words := strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(strings.ReplaceAll(string(body), "\u00a0", " "), " "))), " ")
	p := shown{status: r.StatusCode, words: words}
	if r.Request != nil {
		p.address = r.Request.URL.String()
	}
	return p
}

func (v visitor) get(path string) shown {
	v.t.Helper()
	return v.read(http.Get(v.origin + path))
}

// upload sends a file with the form of the page and gives what comes of it.
func (v visitor) upload(face, name string, data []byte) shown {
	v.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	file, err := form.CreateFormFile("soubor", name)
	if err != nil {
		v.t.Fatal(err)
	}
	if _, err := file.Write(data); err != nil {
		v.t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		v.t.Fatal(err)
	}
	return v.settled(v.read(http.Post(v.origin+face+"/import", form.FormDataContentType(), &b)))
}

// apply presses the button of a preview.
func (v visitor) apply(preview string) shown {
	v.t.Helper()
	return v.settled(v.read(http.Post(preview, "application/x-www-form-urlencoded", nil)))
}

// settled asks again until the work in the background is done.
func (v visitor) settled(p shown) shown {
	v.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if !strings.Contains(p.words, "Stránka se sama obnovuje") && !strings.Contains(p.words, "The page refreshes itself") {
			return p
		}
		p = v.read(http.Get(p.address))
	}
	v.t.Fatalf("%s is never done: %s", p.address, p.words)
	return p
}

// says fails the test unless a page came with the status and says all the words.
func (v visitor) says(p shown, status int, words ...string) {
	v.t.Helper()
	if p.status != status {
		v.t.Errorf("%s answered %d, want %d", p.address, p.status, status)
	}
	for _, w := range words {
		if !strings.Contains(p.words, w) {
			v.t.Errorf("%s does not say %q: %s", p.address, w, p.words)
		}
	}
}

// flood sends a form with a file of that many zeros, reads the answer only
// afterwards, as browsers do, and gives it.
func (v visitor) flood(face string, size int64, chunked bool) shown {
	v.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(v.origin, "http://"))
	if err != nil {
		v.t.Fatal(err)
	}
	defer conn.Close()
	const part = "--X\r\nContent-Disposition: form-data; name=\"soubor\"; filename=\"a.csv\"\r\n\r\n"
	length := fmt.Sprintf("Content-Length: %d", int64(len(part))+size)
	out := bufio.NewWriterSize(conn, 1<<20)
	body := io.Writer(out)
	if chunked {
		length, body = "Transfer-Encoding: chunked", chunks{out}
	}
	fmt.Fprintf(out, "POST %s/import HTTP/1.1\r\nHost: %s\r\nContent-Type: multipart/form-data; boundary=X\r\n%s\r\n\r\n", face, conn.RemoteAddr(), length)
	if _, err := io.WriteString(body, part); err != nil {
		v.t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for left := size; left > 0; left -= int64(len(zeros)) {
		if _, err := body.Write(zeros); err != nil {
			v.t.Fatalf("the connection broke with %d bytes to go: %v", left, err)
		}
	}
	if err := out.Flush(); err != nil {
		v.t.Fatal(err)
	}
	return v.read(http.ReadResponse(bufio.NewReader(conn), nil))
}

// chunks writes a body of an unknown length.
type chunks struct{ w io.Writer }

func (c chunks) Write(p []byte) (int, error) {
	if _, err := fmt.Fprintf(c.w, "%x\r\n", len(p)); err != nil {
		return 0, err
	}
	n, err := c.w.Write(p)
	if err != nil {
		return n, err
	}
	_, err = io.WriteString(c.w, "\r\n")
	return n, err
}

// mostMemory is the most memory that a program has held, in bytes; the test is
// skipped where the system does not tell.
func (s *serving) mostMemory(t *testing.T) int64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		t.Skipf("the system does not tell how much memory a program holds: %v", err)
	}
	found := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(text)
	if found == nil {
		t.Skip("the system does not tell how much memory a program held at most")
	}
	kb, err := strconv.ParseInt(string(found[1]), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kb << 10
}

func TestAnUploadOfTwoGigabytesIsRefusedWithAPageAndNothingOfItIsKept(t *testing.T) {
	dir := t.TempDir()
	s, v := serveOpen(t, dir)
	v.get("/import")
	before := s.mostMemory(t)
	const size = 2 << 30
	for _, chunked := range []bool{false, true} {
		p := v.flood("", size, chunked)
		v.says(p, http.StatusRequestEntityTooLarge, "Tolik dat najednou nepřijmeme", "nahraný soubor 64 MB", "rozdělte", "atlas import projects")
		p = v.flood("/en", size, chunked)
		v.says(p, http.StatusRequestEntityTooLarge, "That is too much data at once", "an uploaded file 64 MB", "Split a larger list", "atlas import projects")
	}
	if grew := s.mostMemory(t) - before; grew > 32<<20 {
		t.Errorf("memory grew by %d MB", grew>>20)
	}
	if kept, _ := os.ReadDir(filepath.Join(dir, "atlas-data", "imports")); len(kept) != 0 {
		t.Errorf("%d files were kept", len(kept))
	}
	v.says(v.upload("", "seznam.csv", []byte(operationsList(3))), http.StatusOK, "3 projekty se založí")
}

func TestAnUploadThatSaysItsSizeFirstIsRefusedBeforeAByteIsSent(t *testing.T) {
	_, v := serveOpen(t, t.TempDir())
	conn, err := net.Dial("tcp", strings.TrimPrefix(v.origin, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST /import HTTP/1.1\r\nHost: %s\r\nContent-Type: multipart/form-data; boundary=X\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", conn.RemoteAddr(), int64(2<<30))
	if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	v.says(v.read(http.ReadResponse(bufio.NewReader(conn), nil)), http.StatusRequestEntityTooLarge, "64 MB")
}

// kill -9 of the server while it applies: the batch is there whole or not at
// all, and the upload waits where it was.
func TestAServerKilledWhileItAppliesLeavesTheUploadToGoOnWith(t *testing.T) {
	t.Parallel()
	eachDatabase(t, func(t *testing.T, flags ...string) {
		dir := t.TempDir()
		list := []byte(operationsList(3000))
		s, v := serveOpen(t, dir, flags...)
		preview := v.upload("", "seznam.csv", list)
		v.says(preview, http.StatusOK, "3 000 projektů se založí")
		if r, err := http.Post(preview.address, "application/x-www-form-urlencoded", nil); err != nil {
			t.Fatal(err)
		} else {
			r.Body.Close()
		}
		s.cmd.Process.Kill()
		s.cmd.Wait()

		_, again := serveOpen(t, dir, flags...)
		if before := again.get("/import"); strings.Contains(before.words, "D-00001") {
			t.Skip("the import was faster than the kill")
		}
		again.says(again.get("/projekty"), http.StatusOK)
		old := strings.Replace(preview.address, v.origin, again.origin, 1)
		again.says(again.settled(again.read(http.Get(old))), http.StatusOK, "3 000 projektů se založí")
		again.says(again.apply(old), http.StatusOK, "D-00001", "Podpora rodin 1")
		again.says(again.get("/import"), http.StatusOK, "D-00001")
	})
}
