package search

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// largeWork is from how many steps on – about nanoseconds – work is done on all
// cores; below it, waking another core costs more than it saves.
const largeWork = 100_000

// each runs fn for 0 … n−1, on all cores when there is enough to do.
func each(n, steps int, fn func(i int)) {
	workers := min(n, runtime.GOMAXPROCS(0))
	if steps < largeWork || workers < 2 {
		for i := range n {
			fn(i)
		}
		return
	}
	var next atomic.Int64
	var all sync.WaitGroup
	work := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			fn(i)
		}
	}
	for range workers - 1 {
		all.Go(work)
	}
	work()
	all.Wait()
}
