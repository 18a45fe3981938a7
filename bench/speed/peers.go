package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// peer is what people would use instead: a search engine or a database that is
// given the same records and asked the same.
type peer interface {
	name() string
	// add brings in the records from one number to another, and makes them
	// ready to be asked for.
	add(ctx context.Context, t *truth, from, to int) error
	// ask answers a question: a page of twenty in its order, the number of
	// records, and the counts of all facets.
	ask(ctx context.Context, q *query) (answer, error)
	size() int64 // bytes on disk; 0 not known
	close() error
}

// pageSize is how many records a page has.
const pageSize = 20

// peerResult is what a peer could bear.
type peerResult struct {
	name     string
	err      error // it could not be measured at all
	records  int   // the largest size that was asked
	build    time.Duration
	size     int64
	stopped  string // why it grew no more; "" it bore all
	asked    []*query
	took     []time.Duration
	same     int // totals that are the same as the scan's, of those compared
	compared int
}

// ladder are the sizes that are tried.
func ladder(n int) (out []int) {
	for size := 100_000; size < n; size *= 2 {
		out = append(out, size)
	}
	return append(out, n)
}

// measurePeer grows a peer until it takes too long. The last size that was asked
// counts, also where it was too slow: there is then a figure for how slow.
func measurePeer(ctx context.Context, p peer, t *truth, all []*query, s settings) peerResult {
	r := peerResult{name: p.name()}
	have := 0
	for _, size := range ladder(t.n) {
		start := time.Now()
		limited, cancel := context.WithTimeout(ctx, 4*s.build)
		err := p.add(limited, t, have, size)
		cancel()
		if err != nil {
			r.stop(fmt.Errorf("build at %d: %w", size, err))
			break
		}
		r.build += time.Since(start)
		have, r.records, r.size = size, size, p.size()
		if err := r.ask(ctx, p, all, s.asking); err != nil {
			r.stop(err)
			break
		}
		if median := percentile(slices.Sorted(slices.Values(r.took)), 50); median > s.median {
			r.stopped = fmt.Sprintf("half of the answers take over %v", s.median)
			break
		}
		if r.build > s.build {
			r.stopped = fmt.Sprintf("the build takes over %v", s.build)
			break
		}
	}
	if r.records > 0 {
		r.compare(ctx, p, t, all, s.asking)
	}
	return r
}

// stop notes what went wrong; figures of the size before stay.
func (r *peerResult) stop(err error) {
	if len(r.took) == 0 {
		r.err = err
	}
	r.stopped = err.Error()
}

func (r *peerResult) ask(ctx context.Context, p peer, all []*query, longest time.Duration) error {
	r.asked, r.took = nil, nil
	for start := time.Now(); len(all) > 0 && time.Since(start) < longest; all = all[1:] {
		began := time.Now()
		if _, err := p.ask(ctx, all[0]); err != nil {
			return fmt.Errorf("%s: %w", all[0], err)
		}
		r.asked, r.took = append(r.asked, all[0]), append(r.took, time.Since(began))
	}
	return nil
}

// compare looks whether the peer finds as many records as the scan, for
// questions of whole words, which all understand alike.
func (r *peerResult) compare(ctx context.Context, p peer, t *truth, all []*query, longest time.Duration) {
	small := *t
	small.n = r.records
	for start := time.Now(); len(all) > 0 && r.compared < 50 && time.Since(start) < longest/2; all = all[1:] {
		q := all[0].exactly()
		if q.kind == "phrase" { // peers look across the ends of lines
			continue
		}
		got, err := p.ask(ctx, q)
		if err != nil {
			r.stopped = err.Error()
			return
		}
		want := small.scan(q)
		r.compared++
		if got.total == want.total && slices.Equal(got.counts, want.counts) {
			r.same++
		}
	}
}
