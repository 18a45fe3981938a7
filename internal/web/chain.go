package web

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// policy lets a page load from this instance only and run no inline script.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// chain is what every request passes through, outermost first.
func (w *web) chain() http.Handler {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(w.refuse(page.ErrCrossOrigin))
	var h http.Handler = foreign.Handler(w.mux)
	h = w.onlyLocal(h)
	h = open(h)
	h = w.headers(h)
	h = packed(h)
	h = linger(h)
	return w.observe(h)
}

// refuse answers with the page of an error.
func (w *web) refuse(err error) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		lang, _ := route.Split(req.URL.Path)
		(&page.Request{W: rw, Request: req, Site: w.site, Lang: lang}).Fail(err)
	})
}

// onlyLocal refuses foreign names of the machine on an instance opened for
// editing, so that a page elsewhere cannot reach it under a name of its own.
func (w *web) onlyLocal(next http.Handler) http.Handler {
	if !w.site.Config.OpenEditing {
		return next
	}
	refused := w.refuse(page.ErrForeignHost)
	return http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		if !local(req.Host) {
			refused.ServeHTTP(rw, req)
			return
		}
		next.ServeHTTP(rw, req)
	})
}

func local(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (w *web) headers(next http.Handler) http.Handler {
	secure, transport := strings.HasPrefix(w.site.Config.BaseURL, "https:"), "max-age=31536000"
	if w.site.Config.HSTSSubdomains {
		transport += "; includeSubDomains"
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		h := rw.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if secure {
			h.Set("Strict-Transport-Security", transport)
		}
		next.ServeHTTP(rw, req)
	})
}

// observe numbers, counts and logs each request and turns a panic into the page
// of an error. The log says the route, never the address: words people look
// for are nobody's business.
func (w *web) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		start := time.Now()
		id := newRequestID()
		rw.Header().Set("X-Request-Id", id)
		req = req.WithContext(page.WithRequestID(req.Context(), id))
		out := &observed{ResponseWriter: rw}
		defer w.note(out, req, start) // also when the answer breaks off
		defer func() {
			if p := recover(); p != nil {
				w.panicked(out, req, p)
			}
		}()
		next.ServeHTTP(out, req)
	})
}

// note counts and logs an answer.
func (w *web) note(out *observed, req *http.Request, start time.Time) {
	took := time.Since(start)
	_, pattern := w.mux.Handler(req)
	w.numbers.request(pattern, out.code(), took)
	level := slog.LevelInfo
	if pattern == "GET /static/" || strings.HasSuffix(pattern, "z") || strings.HasSuffix(pattern, "/metrics") {
		level = slog.LevelDebug
	}
	w.site.Log.Log(req.Context(), level, "request", "request", page.RequestID(req.Context()), "method", req.Method, "route", pattern,
		"status", out.code(), "bytes", out.bytes, "ms", took.Milliseconds())
}

// panicked answers a request that our own fault has broken.
func (w *web) panicked(out *observed, req *http.Request, p any) {
	if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(p)
	}
	w.site.Log.Error("panic", "request", page.RequestID(req.Context()), "panic", p, "stack", string(debug.Stack()))
	if out.status != 0 {
		panic(http.ErrAbortHandler) // half a page is out: break the connection rather than look complete
	}
	w.refuse(errors.New("panic")).ServeHTTP(out, req)
}

func newRequestID() string {
	var b [6]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// observed remembers what was answered.
type observed struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (o *observed) code() int {
	if o.status == 0 {
		return http.StatusOK
	}
	return o.status
}

func (o *observed) WriteHeader(status int) {
	if o.status == 0 {
		o.status = status
	}
	o.ResponseWriter.WriteHeader(status)
}

func (o *observed) Write(b []byte) (int, error) {
	if o.status == 0 {
		o.status = http.StatusOK
	}
	n, err := o.ResponseWriter.Write(b)
	o.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (o *observed) Unwrap() http.ResponseWriter { return o.ResponseWriter }

// packLevel packs a file of a hundred megabytes in half the time of the usual
// level, into a tenth more.
const packLevel = 2

// packed packs answers for those who can unpack them.
func packed(next http.Handler) http.Handler {
	pack, err := gzhttp.NewWrapper(gzhttp.CompressionLevel(packLevel))
	if err != nil { // the level is no level
		return gzhttp.GzipHandler(next)
	}
	return pack(next)
}
