package search

import (
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAllCoresAnswerAsOneDoes(t *testing.T) {
	g := newGenerator(7)
	x := New(Options{})
	const documents = 25_000
	x.Build(g.documents(documents))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for range 120 {
		_, q := g.query(documents)
		runtime.GOMAXPROCS(1)
		one := x.Search(q)
		runtime.GOMAXPROCS(4)
		if diff := cmp.Diff(one, x.Search(q)); diff != "" {
			t.Fatalf("%+v: %s", q, diff)
		}
	}
}

func TestEachDoesEveryPieceOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 7, 1000} {
		for _, steps := range []int{0, largeWork} {
			done := make([]int, n)
			each(n, steps, func(i int) { done[i]++ })
			for i, times := range done {
				if times != 1 {
					t.Errorf("%d of %d was done %d times", i, n, times)
				}
			}
		}
	}
}

func TestManySearchWhileOneChanges(t *testing.T) {
	g := newGenerator(9)
	x := New(Options{})
	const documents = 3000
	x.Build(g.documents(documents))
	queries := make([]Query, 64)
	for i := range queries {
		_, queries[i] = g.query(documents)
	}
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := range queries {
				q := queries[(i+8*n)%len(queries)]
				if r := x.Search(q); len(r.Hits) > r.Total || r.Total > x.Len() {
					t.Errorf("%+v: %d hits of %d", q, len(r.Hits), r.Total)
				}
				x.Suggest(q.Text, 3)
				x.Similar(fmt.Sprintf("P-%07d", i), 3)
			}
		})
	}
	for i := range 200 {
		x.Put(g.document(documents - 100 + i%100)) // no document is lost on the way
	}
	all.Wait()
}
