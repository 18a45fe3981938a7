package search

import (
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAllCoresAnswerAsOneDoes(t *testing.T) {
	g := newGenerator(7)
	x := New(Options{})
	x.Build(g.documents(largeWork + largeWork/4))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for range 120 {
		q := g.query(largeWork)
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
		for _, docs := range []int{0, largeWork} {
			done := make([]int, n)
			each(n, docs, func(i int) { done[i]++ })
			for i, times := range done {
				if times != 1 {
					t.Errorf("%d of %d was done %d times", i, n, times)
				}
			}
		}
	}
}
