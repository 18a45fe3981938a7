package web

import (
	"io"
	"net/http"
	"time"
)

// How long the rest of a refused body may go on arriving.
const (
	lingerTime  = 30 * time.Second // in all
	lingerQuiet = 2 * time.Second  // without a byte
)

// shortBody is how much net/http itself throws away of a body.
const shortBody = 256 << 10

// linger lets the rest of a body that nobody wanted arrive and go nowhere for a
// while. A browser reads the answer when it has sent everything; if the
// connection broke before, it would show that instead of the page that says how
// large a file may be. A client that asks first (Expect: 100-continue) sends
// nothing at all.
func linger(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		if req.ContentLength >= 0 && req.ContentLength <= shortBody {
			next.ServeHTTP(rw, req)
			return
		}
		conn := http.NewResponseController(rw)
		if conn.EnableFullDuplex() != nil { // so that the answer goes out while the body still comes in
			next.ServeHTTP(rw, req)
			return
		}
		body := &arriving{ReadCloser: req.Body}
		req.Body = body
		next.ServeHTTP(rw, req)
		asks := req.Header.Get("Expect") != ""
		if body.err != nil || asks && !body.begun || conn.Flush() != nil {
			return
		}
		for until := time.Now().Add(lingerTime); body.err == nil && time.Now().Before(until); {
			if conn.SetReadDeadline(time.Now().Add(lingerQuiet)) != nil {
				return
			}
			_, _ = io.CopyN(io.Discard, body, 1<<20) // whether it ended, body says
		}
	})
}

// arriving remembers whether a body was begun and how it ended.
type arriving struct {
	io.ReadCloser
	begun bool
	err   error
}

func (a *arriving) Read(p []byte) (int, error) {
	a.begun = true
	n, err := a.ReadCloser.Read(p)
	if err != nil && a.err == nil {
		a.err = err
	}
	return n, err
}

// tooLarge refuses a body that says of itself that it is over the limit, before
// a byte of it is read.
func tooLarge(req *http.Request, limit int64) error {
	if req.ContentLength > limit {
		return &http.MaxBytesError{Limit: limit}
	}
	return nil
}
