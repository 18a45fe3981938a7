package search

import (
	"runtime"
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
