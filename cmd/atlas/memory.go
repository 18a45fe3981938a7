package main

import (
	"context"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// mostGarbage is how much the collector lets lie beside what is in use, bytes.
// Building an index of 1.5 million projects, whose collections take a third of a
// second of one processor, spends 6 % of the time on them.
const mostGarbage = 384 << 20

// leastPercent bounds how often it collects.
const leastPercent = 20

// keepMemory keeps the garbage below mostGarbage until ctx ends. By itself the
// collector lets as much garbage gather as there is in use; an index of 1.5
// million projects, which takes 1.3 GB, would so come to 2.6 GB and be more than
// a machine of 2 GB has. Smaller instances are collected as usual. An operator
// who sets GOGC or GOMEMLIMIT decides alone.
func keepMemory(ctx context.Context) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	const usual, step = 100, 5
	now := usual
	defer func() { debug.SetGCPercent(usual) }()
	for tick := time.NewTicker(500 * time.Millisecond); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
		// Setting it stops everything for a moment, so that small changes are let be.
		if want := gcPercent(inUse()); want < now-step || want > now+step {
			debug.SetGCPercent(want)
			now = want
		}
	}
}

// gcPercent is how much garbage may gather beside so many bytes in use, in
// percent of them.
func gcPercent(live uint64) int {
	const usual = 100
	if live <= mostGarbage {
		return usual
	}
	return max(int(mostGarbage*100/live), leastPercent)
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
