package main

import (
	"io"
	stdlog "log"
	"log/slog"
	"net/netip"
	"strings"
)

// newLog writes the log as text or JSON lines.
func newLog(w io.Writer, format string, level slog.Level) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// serverLog takes what the HTTP server says of broken connections into the
// log, without the addresses of those who came.
func serverLog(log *slog.Logger) *stdlog.Logger {
	return stdlog.New(withoutAddresses{log}, "", 0)
}

type withoutAddresses struct{ log *slog.Logger }

func (w withoutAddresses) Write(p []byte) (int, error) {
	words := strings.Fields(string(p))
	for i, word := range words {
		bare := strings.TrimRight(word, ":;,")
		_, errPort := netip.ParseAddrPort(bare)
		_, errHost := netip.ParseAddr(bare)
		if errPort == nil || errHost == nil {
			words[i] = "(address)"
		}
	}
	w.log.Warn("http server", "said", strings.Join(words, " "))
	return len(p), nil
}
