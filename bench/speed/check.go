package main

import (
	"context"
	"fmt"
)

// verdict is what comparing with a scan found.
type verdict struct {
	asked, right int
	values       int // counts compared
	wrong        []string
}

// check puts questions to the program and compares the number of records and
// every count with a scan. The interface gives at most a thousand values of a
// facet; of one that has more, the number of values is compared as well.
func check(ctx context.Context, c *client, t *truth, all []*query) (verdict, error) {
	var v verdict
	for _, q := range all {
		q = q.exactly()
		got, known, err := c.counts(ctx, t, q)
		if err != nil {
			return v, err
		}
		want := t.scan(q)
		v.asked++
		wrong := v.compare(t, q, got, want, known)
		if wrong == "" {
			v.right++
		} else if len(v.wrong) < 5 {
			v.wrong = append(v.wrong, q.String()+": "+wrong)
		}
	}
	return v, nil
}

func (v *verdict) compare(t *truth, q *query, got, want answer, known []int) string {
	if got.total != want.total {
		return fmt.Sprintf("%d records, the scan finds %d", got.total, want.total)
	}
	given := make([]int, len(t.facets))
	there := make([]int, len(t.facets))
	missing := make([]string, len(t.facets))
	for id, n := range want.counts {
		x := t.values[id]
		if n > 0 {
			there[x.facet]++
			if got.counts[id] == 0 {
				missing[x.facet] = fmt.Sprintf(", such as %s of %d", x.code, n)
			}
		}
		if got.counts[id] > 0 {
			given[x.facet]++
			v.values++
			if got.counts[id] != n {
				return fmt.Sprintf("%s %s has %d, the scan counts %d", t.facets[x.facet], x.code, got.counts[id], n)
			}
		}
	}
	for i, n := range there {
		chosen := 0 // of no record, and still shown
		for _, code := range q.filters[i] {
			if id, ok := t.ids[i][code]; !ok || want.counts[id] == 0 {
				chosen++
			}
		}
		if known[i] != n+chosen || given[i] < min(n, 1000) {
			return fmt.Sprintf("%s has %d values, the scan finds %d%s", t.facets[i], known[i], n, missing[i])
		}
	}
	return ""
}
