package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"atlas/internal/web/question"
	"atlas/internal/web/route"
)

// client asks the program over HTTP, over connections that stay open, and reads
// every answer to its end. Answers come unpacked: packing them is work for the
// network, not for the question.
type client struct {
	address string
	http    *http.Client
}

func newClient(address string, clients int) *client {
	return &client{address, &http.Client{Transport: &http.Transport{MaxIdleConns: clients, MaxIdleConnsPerHost: clients, DisableCompression: true}}}
}

func (c *client) get(ctx context.Context, path string, v url.Values, read func(io.Reader) error) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.address+path+"?"+v.Encode(), nil)
	if err != nil {
		return err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(res.Body, 500))
		return fmt.Errorf("%s answered %s: %s", req.URL, res.Status, text)
	}
	return read(res.Body)
}

func discard(r io.Reader) error { _, err := io.Copy(io.Discard, r); return err }

// asking is one way to put a question to the program.
type asking func(context.Context, *query) error

// facets asks the interface for programs for the counts of twelve facets.
func (c *client) facets(ctx context.Context, q *query) error {
	return c.get(ctx, route.APIFacets, facetValues(q, usualValues), discard)
}

// usualValues is how many values of a facet the interface gives where nothing
// else is asked.
const usualValues = 100

// facetValues are the parameters of a question for counts.
func facetValues(q *query, values int) url.Values {
	v := answerValues(q, values)
	v.Del(question.ParamPage)
	return v
}

// answerValues are the parameters of a question for a page of records and for
// counts.
func answerValues(q *query, values int) url.Values {
	v := q.values()
	for _, f := range counted() {
		v.Add("facet", string(f))
	}
	v.Set("hodnot", strconv.Itoa(values))
	return v
}

// both asks by one request for the page of records and for the counts: what a
// program needs to show a list.
func (c *client) both(ctx context.Context, q *query) error {
	return c.get(ctx, route.APIProjects, answerValues(q, usualValues), discard)
}

// page asks for the page that a person gets, with all facets in its column.
func (c *client) page(ctx context.Context, q *query) error {
	return c.get(ctx, route.Projects, q.values(), discard)
}

// counts reads the counts that come with the records of a question, as many
// values as the interface gives. known says how many values there are of each facet.
func (c *client) counts(ctx context.Context, t *truth, q *query) (out answer, known []int, err error) {
	var body struct {
		Total  int
		Facets []struct {
			Name   string
			Known  int `json:"values_total"`
			Values []struct {
				Code  string
				Count int
			}
		}
	}
	err = c.get(ctx, route.APIProjects, facetValues(q, 1000), func(r io.Reader) error { return json.NewDecoder(r).Decode(&body) })
	out = answer{total: body.Total, counts: make([]int, len(t.values))}
	for i, f := range body.Facets {
		known = append(known, f.Known)
		for _, v := range f.Values {
			id, ok := t.ids[i][v.Code]
			if !ok {
				return out, known, fmt.Errorf("%s: value %q of %s is not in the corpus", q, v.Code, f.Name)
			}
			out.counts[id] = v.Count
		}
	}
	return out, known, err
}

// measured is what a run of questions took.
type measured struct {
	took []time.Duration // of each question asked, 0 of one not asked
	wall time.Duration
	n    int
}

func (m measured) perSecond() float64 { return float64(m.n) / m.wall.Seconds() }

// ask puts questions by so many clients at once until all are answered or the
// time is over.
func ask(ctx context.Context, all []*query, clients int, longest time.Duration, one asking) (measured, error) {
	m := measured{took: make([]time.Duration, len(all))}
	var next, done atomic.Int64
	var failed atomic.Value
	start := time.Now()
	var workers sync.WaitGroup
	for range clients {
		workers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(all) || time.Since(start) > longest || failed.Load() != nil || ctx.Err() != nil {
					return
				}
				began := time.Now()
				if err := one(ctx, all[i]); err != nil {
					failed.CompareAndSwap(nil, err)
					return
				}
				m.took[i] = time.Since(began)
				done.Add(1)
			}
		})
	}
	workers.Wait()
	m.wall, m.n = time.Since(start), int(done.Load())
	if err, ok := failed.Load().(error); ok {
		return m, err
	}
	return m, ctx.Err()
}

// of are the times of the questions asked, of one kind or of all, sorted.
func (m measured) of(all []*query, kind string) (out []time.Duration) {
	for i, d := range m.took {
		if d > 0 && (kind == "" || all[i].kind == kind) {
			out = append(out, d)
		}
	}
	slices.Sort(out)
	return out
}

// percentile is the time within which p of a hundred sorted times are; 0 of
// none.
func percentile(sorted []time.Duration, p float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	at := int(float64(len(sorted))*p/100+0.999999) - 1
	return sorted[min(max(at, 0), len(sorted)-1)]
}
