package main

import (
	"fmt"
	"log/slog"
	"net/http"

	"atlas/internal/app"
	"atlas/internal/config"
)

// pages is every page over the application.
func pages(c config.Config, a *app.App, _ *slog.Logger) (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "%s: %d\n", c.OperatorName, a.Index().Len())
	})
	return mux, nil
}
