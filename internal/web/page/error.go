package page

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"syscall"

	"atlas"
	"atlas/internal/store"
	"atlas/internal/web/route"
)

// Errors that only the web knows.
var (
	// ErrBadRequest is an address or a form that cannot be read at all.
	ErrBadRequest = errors.New("bad request")
	// ErrMethod is a form sent to, or a page asked of, an address that has none.
	ErrMethod = errors.New("method not allowed")
	// ErrCrossOrigin is a form sent from a page of somebody else.
	ErrCrossOrigin = errors.New("request from another site")
	// ErrForeignHost is an instance for local editing reached under another name.
	ErrForeignHost = errors.New("foreign name of the host")
)

// kinds is the one table from the kind of an error to its status and words.
var kinds = []struct {
	err    error
	status int
	key    string
}{
	{atlas.ErrNotFound, http.StatusNotFound, "error.not_found"},
	{atlas.ErrForbidden, http.StatusForbidden, "error.forbidden"},
	{atlas.ErrConflict, http.StatusConflict, "error.conflict"},
	{ErrMethod, http.StatusMethodNotAllowed, "error.method"},
	{ErrCrossOrigin, http.StatusForbidden, "error.cross_origin"},
	{ErrForeignHost, http.StatusMisdirectedRequest, "error.foreign_host"},
	{ErrBadRequest, http.StatusBadRequest, "error.bad_request"},
	{store.ErrDiskFull, http.StatusInsufficientStorage, "error.disk_full"},
	{syscall.ENOSPC, http.StatusInsufficientStorage, "error.disk_full"}, // an uploaded file
	{syscall.EDQUOT, http.StatusInsufficientStorage, "error.disk_full"},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "error.busy"},
}

// errorPage is the page of an error.
type errorPage struct {
	Base
	Status    int
	Key       string // "error.not_found": its title, text and what to do
	Reference string // number to tell the operator
	NextStep  *Link  // what to do, where there is one thing to do
}

// refusal is the words of a page that may not be seen, by who asks: whom to ask,
// or what is missing.
func (q *Request) refusal() string {
	switch {
	case q.Site.Config.OpenEditing:
		return "error.forbidden"
	case q.Visit.Half != "":
		return "error.half"
	case len(q.Visit.Suspended) > 0 && q.Visit.Lapsed:
		return "error.lapsed"
	case len(q.Visit.Suspended) > 0:
		return "error.suspended"
	case q.Visit.SignedIn():
		return "error.no_right"
	}
	return "error.public"
}

// nextStep leads on from a page that may not be seen.
func (q *Request) nextStep(key string) *Link {
	var address string
	switch key {
	case "error.half", "error.lapsed":
		address = route.SigningInSecond(q.Lang, q.back())
	case "error.suspended":
		address = route.In(q.Lang, route.AccountFactor)
	case "error.public":
		address = route.SigningIn(q.Lang, q.back())
	default:
		return nil
	}
	return &Link{URL: address, Text: q.T(key + ".step")}
}

// Fail writes the page of an error. What is not in the table is a fault of
// ours: it is logged with the number of the request and never shown.
func (q *Request) Fail(err error) {
	var moved *atlas.RedirectError
	if errors.As(err, &moved) {
		http.Redirect(q.W, q.Request, movedTo(q.Lang, moved.ID), http.StatusPermanentRedirect)
		return
	}
	if errors.Is(err, context.Canceled) && q.Context().Err() != nil {
		return // the reader has gone
	}
	status, key := kindOf(err)
	reference := RequestID(q.Context())
	if status >= 500 {
		q.Site.Log.Error("request failed", "request", reference, "error", err)
	}
	if route.ForMachines(q.URL.Path) {
		q.problem(status, key, err)
		return
	}
	if errors.Is(err, atlas.ErrForbidden) && key == "error.forbidden" {
		key = q.refusal()
	}
	p := errorPage{Base: q.Base(q.T(key + ".title")), Status: status, Key: key, Reference: reference}
	p.NextStep = q.nextStep(key)
	p.NoIndex = true
	if err := q.Render(status, "page/error", p); err != nil {
		q.Site.Log.Error("error page failed", "request", reference, "error", err)
		http.Error(q.W, http.StatusText(status), status)
	}
}

// kindOf finds the status of an error and the key of its words.
func kindOf(err error) (status int, key string) {
	var large *http.MaxBytesError
	if errors.As(err, &large) { // says more than that the form could not be read
		return http.StatusRequestEntityTooLarge, "error.too_large"
	}
	for _, k := range kinds {
		if errors.Is(err, k.err) {
			return k.status, k.key
		}
	}
	return http.StatusInternalServerError, "error.internal"
}

// movedTo is the address of the record that a merged one lives on in.
func movedTo(lang, id string) string {
	switch {
	case strings.HasPrefix(id, "A-"):
		return route.Actor(lang, id)
	case strings.HasPrefix(id, "T-"):
		return route.Need(lang, id)
	}
	return route.Project(lang, id)
}

type requestKey struct{}

// WithRequestID keeps the number of the request.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestKey{}, id)
}

// RequestID is the number of the request, "" outside one.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}
