package main

import (
	"runtime"
	"slices"
	"strings"
	"sync"
)

// answer is what is asked for of every question: how many records there are and
// how many of them by each value.
type answer struct {
	total  int
	counts []int // by the place of the value in truth.values
}

// scan answers a question from the records themselves, one after another,
// without any index. Words of the question are meant exactly as written.
func (t *truth) scan(q *query) answer {
	parts := runtime.GOMAXPROCS(0)
	found := make([]answer, parts)
	var all sync.WaitGroup
	for i := range parts {
		all.Go(func() { found[i] = t.scanPart(q, t.n*i/parts, t.n*(i+1)/parts) })
	}
	all.Wait()
	out := found[0]
	for _, a := range found[1:] {
		out.total += a.total
		for i, n := range a.counts {
			out.counts[i] += n
		}
	}
	return out
}

func (t *truth) scanPart(q *query, from, to int) answer {
	out := answer{counts: make([]int, len(t.values))}
	chosen := make([]bool, len(t.values))
	filtered := make([]bool, len(t.facets))
	filters := 0
	for facet, codes := range q.filters {
		filtered[facet] = true
		filters++
		for _, code := range codes {
			if id, ok := t.ids[facet][code]; ok {
				chosen[id] = true
			}
		}
	}
	needles := t.needles(q)
	met := make([]bool, len(t.facets))
	for n := from; n < to; n++ {
		values := t.has.of(n)
		clear(met)
		missing, lacks := filters, -1
		for _, v := range values {
			if f := t.values[v].facet; chosen[v] && !met[f] {
				met[f] = true
				missing--
			}
		}
		if missing > 1 || !holds(t.text.of(n), needles) {
			continue
		}
		if missing == 0 {
			out.total++
		} else {
			for lacks = 0; !filtered[lacks] || met[lacks]; lacks++ { // the one filter that it does not meet
			}
		}
		for _, v := range values {
			if lacks < 0 || t.values[v].facet == lacks {
				out.counts[v]++
			}
		}
	}
	return out
}

// needles are the words of the question by their numbers: each list must stand
// somewhere in its order. A word that no record has gives a needle nobody has.
func (t *truth) needles(q *query) (out [][]uint32) {
	for _, x := range q.terms {
		var needle []uint32
		for _, w := range strings.Fields(x.text) {
			id, ok := t.number[w]
			if !ok {
				id = ^uint32(0)
			}
			needle = append(needle, id)
		}
		out = append(out, needle)
	}
	return out
}

func holds(text []uint32, needles [][]uint32) bool {
	for _, needle := range needles {
		if !contains(text, needle) {
			return false
		}
	}
	return true
}

func contains(text, needle []uint32) bool {
	for i := range text {
		if text[i] == needle[0] && i+len(needle) <= len(text) && slices.Equal(text[i:i+len(needle)], needle) {
			return true
		}
	}
	return false
}
