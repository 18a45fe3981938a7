package page

import (
	"mime"
	"net/http"
)

// Attach says that what follows is a file to keep, under a name.
func (q *Request) Attach(mediaType, name string) {
	h := q.W.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	keep(h)
}

// Download sends a small file; one that the reader has already is not sent
// again.
func (q *Request) Download(mediaType, name string, body []byte) error {
	q.Attach(mediaType, name)
	return q.send(body)
}

// sandbox takes every right from a document that a browser would show after all.
const sandbox = "sandbox; default-src 'none'; frame-ancestors 'none'"

// Foreign sends a file as somebody else gave it to us. Whatever it is and however it
// is called, a browser gets bytes to keep and nothing to show or run.
func (q *Request) Foreign(name string, body []byte) error {
	h := q.W.Header()
	h.Set("Content-Security-Policy", sandbox)
	h.Set("X-Content-Type-Options", "nosniff")
	return q.Download("application/octet-stream", name, body)
}

// Answer sends a document for programs; one that the reader has already is not
// sent again.
func (q *Request) Answer(mediaType string, body []byte) error {
	h := q.W.Header()
	h.Set("Content-Type", mediaType)
	keep(h)
	return q.send(body)
}

func (q *Request) send(body []byte) error {
	if q.unchanged(body) {
		q.W.WriteHeader(http.StatusNotModified)
		return nil
	}
	_, err := q.W.Write(body)
	return err
}

// keep lets a browser keep an answer as long as it asks whether it still holds,
// unless it is for one person only.
func keep(h http.Header) {
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "no-cache")
	}
}
