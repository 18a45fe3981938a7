package signin

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// said is what the script of passkeys is told.
type said struct {
	Options json.RawMessage `json:"options,omitempty"` // for the browser
	Next    string          `json:"next,omitempty"`    // where to go on to
	Error   string          `json:"error,omitempty"`   // words for the person
}

func (s said) write(q *page.Request, status int) error {
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	h := q.W.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "private, no-store")
	q.W.WriteHeader(status)
	_, err = q.W.Write(body)
	return err
}

// refuseKey says to the script why a passkey cannot be used.
func (a *area) refuseKey(q *page.Request, err error) error {
	var wait *app.WaitError
	switch words, ok := a.refused(q, err); {
	case ok:
		return said{Error: words}.write(q, http.StatusUnprocessableEntity)
	case errors.As(err, &wait):
		return said{Error: q.N("signin.wait", int64(wait.Minutes()))}.write(q, http.StatusTooManyRequests)
	case errors.Is(err, app.ErrBlocked):
		return said{Error: q.T("signin.blocked")}.write(q, http.StatusUnprocessableEntity)
	case errors.Is(err, app.ErrNoPasskeys):
		return said{Error: q.T("signin.key.failed")}.write(q, http.StatusUnprocessableEntity)
	case errors.Is(err, atlas.ErrNotFound):
		return said{Error: q.T("account.passkey.unknown")}.write(q, http.StatusUnprocessableEntity)
	}
	q.Site.Log.Error("a passkey could not be used", "request", page.RequestID(q.Context()), "error", err)
	return said{Error: q.T("signin.key.failed")}.write(q, http.StatusInternalServerError)
}

// refused is the words of a sign-in that was refused by what it rests on; the log
// hears what happened.
func (a *area) refused(q *page.Request, err error) (string, bool) {
	key, args, cause, ok := app.RefusedWords(err)
	if !ok {
		return "", false
	}
	q.Site.Log.Info("a sign-in was refused", "request", page.RequestID(q.Context()), "why", key, "cause", cause)
	return q.T(key, args...), true
}

// beginKey gives the script what the browser needs to ask for a passkey.
func (a *area) beginKey(q *page.Request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	options, secret, err := a.app.BeginPasskey(q.Context(), q.Visit, next(q), a.arrival(q))
	if err != nil {
		return a.refuseKey(q, err)
	}
	q.KeepCeremony(secret)
	return said{Options: options}.write(q, http.StatusOK)
}

// longestAnswer is what an answer of a passkey may have in bytes.
const longestAnswer = 64 << 10

// finishKey takes what the browser answered.
func (a *area) finishKey(q *page.Request) error {
	answer, err := io.ReadAll(io.LimitReader(q.Body, longestAnswer))
	if err != nil {
		return fmt.Errorf("%w: %w", page.ErrBadRequest, err)
	}
	in, err := a.app.FinishPasskey(q.Context(), q.Visit, q.TakeCeremony(), answer, a.arrival(q))
	if err != nil {
		return a.refuseKey(q, err)
	}
	return said{Next: a.let(q, in, route.Next(in.Next))}.write(q, http.StatusOK)
}
