package main

import (
	"context"
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

// startRoom is how much memory may be taken, in bytes, while a large instance is
// read: garbage is plenty then, and what is in use far from what it will be.
const startRoom = 3 << 29

// smallHeap is what may be in use, in bytes, before memory is looked after: an
// instance of some hundred thousand projects.
const smallHeap = 512 << 20

// keepMemory keeps the memory of a large instance near what is in use until ctx
// ends. By itself the collector lets as much garbage gather as there is in use;
// an index of 1.5 million projects and the names of their organisations, 1.6 GB,
// would so come to more than 3 GB. Smaller instances are collected as usual. An
// operator who sets GOGC or GOMEMLIMIT decides alone. Reading says whether the
// instance is still being read.
func keepMemory(ctx context.Context, reading *atomic.Bool) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	now := int64(math.MaxInt64)
	defer func() { debug.SetMemoryLimit(math.MaxInt64) }()
	for tick := time.NewTicker(500 * time.Millisecond); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
		// Setting it stops everything for a moment, so that small changes are let be.
		want := memoryLimit(inUse(), reading.Load())
		if more := want - now; more > now/20 || -more > now/20 {
			debug.SetMemoryLimit(want)
			now = want
		}
	}
}

// memoryLimit is how much memory the program should take with so many bytes in
// use: a tenth more, and something for what is not counted as in use. A third
// of a second of one processor is what a collection takes at 1.6 GB.
func memoryLimit(live uint64, reading bool) int64 {
	if live <= smallHeap {
		return math.MaxInt64
	}
	limit := int64(live + live/10 + 48<<20)
	if reading {
		limit = max(limit, startRoom)
	}
	return limit
}

// inUse is what the last collection found in use, in bytes.
func inUse() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}
