package web

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"atlas/internal/app"
	"atlas/internal/web/route"
)

// machines answers what programs ask for.
func (w *web) machines() {
	w.mux.HandleFunc("GET "+route.Health, func(rw http.ResponseWriter, _ *http.Request) { plain(rw, http.StatusOK, "ok\n") })
	w.mux.HandleFunc("GET "+route.Ready, w.ready)
	w.mux.Handle("GET "+route.Metrics, w.numbers.handler())
	w.mux.HandleFunc("GET /robots.txt", w.robots)
	w.mux.HandleFunc("GET /favicon.ico", func(rw http.ResponseWriter, req *http.Request) {
		http.Redirect(rw, req, w.site.Assets.URL("favicon.svg"), http.StatusFound)
	})
}

// ready says whether the instance can answer: the database is there.
func (w *web) ready(rw http.ResponseWriter, req *http.Request) {
	ctx, cancel := context.WithTimeout(req.Context(), 2*time.Second)
	defer cancel()
	if _, err := w.app.Reader().LastChange(ctx); err != nil {
		w.site.Log.Error("not ready", "error", err)
		plain(rw, http.StatusServiceUnavailable, "database does not answer\n")
		return
	}
	plain(rw, http.StatusOK, "ready\n")
}

// robots keeps machines off pages that are only other views of the same.
func (w *web) robots(rw http.ResponseWriter, _ *http.Request) {
	plain(rw, http.StatusOK, fmt.Sprintf("User-agent: *\nDisallow: %s?\nDisallow: /en%s?\nDisallow: /export/\nDisallow: /k/\nDisallow: /en/k/\nDisallow: /api/v1/\n", route.Projects, route.Projects))
}

func plain(rw http.ResponseWriter, status int, text string) {
	rw.Header().Set("Content-Type", "text/plain; charset=utf-8")
	rw.Header().Set("Cache-Control", "no-store")
	rw.WriteHeader(status)
	fmt.Fprint(rw, text)
}

// numbers is what the instance tells of itself to a monitor.
type numbers struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
}

func newNumbers(a *app.App) *numbers {
	n := &numbers{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "atlas_requests_total", Help: "Answered requests."}, []string{"route", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "atlas_request_seconds", Help: "Time to answer a request.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, []string{"route"}),
	}
	projects := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "atlas_indexed_projects", Help: "Projects in the search index."},
		func() float64 { return float64(a.Index().Len()) })
	n.registry.MustRegister(n.requests, n.seconds, projects, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return n
}

func (n *numbers) request(route string, status int, took time.Duration) {
	n.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	n.seconds.WithLabelValues(route).Observe(took.Seconds())
}

func (n *numbers) handler() http.Handler {
	return promhttp.HandlerFor(n.registry, promhttp.HandlerOpts{})
}
