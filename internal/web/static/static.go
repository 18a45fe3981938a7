// Package static serves the styles, scripts and fonts that are built from the
// folder assets and embedded in the program. Their names carry a hash of their
// content, so a browser keeps them for a year and never asks again.
package static

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed dist
var dist embed.FS

// Prefix is the address that all files lie under.
const Prefix = "/static/"

// least is the size from which compression pays.
const least = 256

// types are the kinds of files we build; another one is a mistake of the build.
var types = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

// Files are the built files in memory, ready to be sent. They never change.
type Files struct {
	names map[string]string // plain name → name with hash
	files map[string]file   // name with hash → file
}

type file struct {
	kind   string
	plain  []byte
	zipped []byte // nil where compression does not help: fonts
}

// New reads the embedded files and compresses each once. It fails when the
// build left the folder incomplete, so that it shows at start.
func New() (*Files, error) {
	data, err := dist.ReadFile("dist/manifest.json")
	if err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	f := &Files{files: map[string]file{}}
	if err := json.Unmarshal(data, &f.names); err != nil {
		return nil, fmt.Errorf("static files: manifest: %w", err)
	}
	for name, hashed := range f.names {
		one, err := read(hashed)
		if err != nil {
			return nil, fmt.Errorf("static file %s: %w", name, err)
		}
		f.files[hashed] = one
	}
	return f, nil
}

func read(name string) (file, error) {
	kind, ok := types[path.Ext(name)]
	if !ok {
		return file{}, fmt.Errorf("%s: no type for such a file", name)
	}
	plain, err := dist.ReadFile("dist/" + name)
	if err != nil {
		return file{}, err
	}
	one := file{kind: kind, plain: plain}
	if kind != types[".woff2"] && len(plain) >= least {
		one.zipped, err = zip(plain)
	}
	return one, err
}

func zip(plain []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// URL is the address of a file by its plain name, "atlas.css". A name that was
// not built gives an address that answers 404, which tests of pages notice.
func (f *Files) URL(name string) string {
	if hashed, ok := f.names[name]; ok {
		return Prefix + hashed
	}
	return Prefix + name
}

// ServeHTTP sends one file. There are no folders to list and no other names.
func (f *Files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, Prefix)
	one, found := f.files[name]
	if !ok || !found {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", one.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	body := one.plain
	if one.zipped != nil {
		h.Add("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Get("Accept-Encoding")) {
			h.Set("Content-Encoding", "gzip")
			body = one.zipped
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the reader may be gone; there is nobody to tell
	}
}

// acceptsGzip reads Accept-Encoding; "gzip;q=0" refuses it.
func acceptsGzip(header string) bool {
	for _, part := range strings.Split(header, ",") {
		coding, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			continue
		}
		quality, ok := strings.CutPrefix(strings.ReplaceAll(params, " ", ""), "q=")
		if !ok {
			return true
		}
		q, err := strconv.ParseFloat(quality, 64)
		return err == nil && q > 0
	}
	return false
}
