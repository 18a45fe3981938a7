package web

import (
	"errors"
	"net/http"
	"time"
)

// patience is how long a piece of a long answer may take to reach its reader,
// and pieceSize how much at most that is, in bytes.
const (
	patience  = 2 * time.Minute
	pieceSize = 256 << 10
)

// moving is a long answer: the time to write it moves on with each piece that is
// written, so that it lasts as long as its reader takes something, and one who
// stopped reading is cut off.
type moving struct {
	http.ResponseWriter
	patience time.Duration
}

// Write writes a piece at a time.
func (m *moving) Write(b []byte) (int, error) {
	done := 0
	for {
		if err := m.extend(); err != nil {
			return done, err
		}
		piece := b[done:min(len(b), done+pieceSize)]
		n, err := m.ResponseWriter.Write(piece)
		if done += n; err != nil || done >= len(b) {
			return done, err
		}
	}
}

// WriteHeader also begins an answer.
func (m *moving) WriteHeader(status int) {
	_ = m.extend() // the first Write tells
	m.ResponseWriter.WriteHeader(status)
}

// extend gives the next piece its time.
func (m *moving) extend() error {
	err := http.NewResponseController(m.ResponseWriter).SetWriteDeadline(time.Now().Add(m.patience))
	if errors.Is(err, http.ErrNotSupported) { // nothing there that can be cut off
		return nil
	}
	return err
}

// Unwrap lets http.ResponseController reach the connection.
func (m *moving) Unwrap() http.ResponseWriter { return m.ResponseWriter }
