package main

import (
	"context"
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// room is how much memory a large instance may take, in bytes, before garbage is
// looked after closely: an index of 1.5 million projects has some 400 MB of it for
// garbage then. Collecting 1.6 GB takes a third of a second of a processor, so an
// instance that is short of room answers half as fast.
const room = 1900 << 20

// keepMemory keeps the memory of a large instance near what is in use until ctx
// ends. By itself the collector lets as much garbage gather as there is in use;
// an index of 1.5 million projects and the names of their organisations, 1.6 GB,
// would so come to more than 3 GB. An operator who sets GOGC or GOMEMLIMIT decides
// alone.
func keepMemory(ctx context.Context) {
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
		want := memoryLimit(inUse())
		if more := want - now; more > now/20 || -more > now/20 {
			debug.SetMemoryLimit(want)
			now = want
		}
	}
}

// memoryLimit is how much memory the program should take with so many bytes in
// use: room, or a twelfth more than is in use and something for what is not
// counted as such. As long as there is room, the collector runs as usual.
func memoryLimit(live uint64) int64 {
	return max(room, int64(live+live/12+48<<20))
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
