package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"runtime/pprof"
	"slices"
	"time"

	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/store"
	"atlas/internal/web"
	"atlas/internal/web/route"
)

// writeProfile runs the workload against the pages inside this process and
// writes where the time goes, for "go tool pprof".
func (b *bench) writeProfile(ctx context.Context) error {
	s, err := store.Open(ctx, b.main.file())
	if err != nil {
		return err
	}
	defer s.Close()
	a := app.New(s, app.Options{Log: slog.New(slog.DiscardHandler)})
	step("loading")
	if err := a.Load(ctx); err != nil {
		return err
	}
	c := config.Default()
	c.Data = b.main.data
	handler, err := web.New(web.Options{Config: c, App: a, Log: slog.New(slog.DiscardHandler), Version: "bench"})
	if err != nil {
		return err
	}
	for _, way := range []struct {
		name, path string
		values     func(*query) url.Values
	}{
		{"facets", route.APIFacets, func(q *query) url.Values { return facetValues(q, usualValues) }},
		{"records", route.APIProjects, (*query).values},
		{"both", route.APIProjects, func(q *query) url.Values { return answerValues(q, usualValues) }},
		{"page", route.Projects, (*query).values},
	} {
		if err := b.profileWay(handler, way.name, way.path, way.values); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) profileWay(handler http.Handler, name, path string, values func(*query) url.Values) error {
	f, err := os.Create(b.profile + "." + name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	m := measured{took: make([]time.Duration, len(b.all))}
	for i, q := range b.all {
		req := httptest.NewRequest(http.MethodGet, path+"?"+values(q).Encode(), nil)
		w := httptest.NewRecorder()
		start := time.Now()
		handler.ServeHTTP(w, req)
		if m.took[i] = time.Since(start); w.Code != http.StatusOK {
			return fmt.Errorf("%s answered %d: %.200s", req.URL, w.Code, w.Body)
		}
	}
	b.printSlowest(name, m)
	return nil
}

// slowest is how many of the slowest questions are told.
const slowest = 10

func (b *bench) printSlowest(name string, m measured) {
	all := m.of(b.all, "")
	fmt.Printf("%s, without HTTP: p50 %v, p95 %v, p99 %v\n", name, percentile(all, 50), percentile(all, 95), percentile(all, 99))
	for _, k := range kinds {
		one := m.of(b.all, k.name)
		fmt.Printf("  %-18s p50 %v, p95 %v\n", k.name, percentile(one, 50), percentile(one, 95))
	}
	order := make([]int, len(b.all))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int { return int(m.took[y] - m.took[x]) })
	for _, i := range order[:min(slowest, len(order))] {
		fmt.Printf("  %v  %s\n", m.took[i], b.all[i])
	}
}
