package main

import (
	"math"
	"runtime"
	"testing"
)

func TestALargeInstanceIsKeptNearWhatIsInUse(t *testing.T) {
	for live, want := range map[uint64][2]int64{ // while it is read, and later
		0: {math.MaxInt64, math.MaxInt64}, 20 << 20: {math.MaxInt64, math.MaxInt64}, smallHeap: {math.MaxInt64, math.MaxInt64},
		640 << 20: {1536 << 20, 752 << 20}, 1600 << 20: {1808 << 20, 1808 << 20},
	} {
		if got := [2]int64{memoryLimit(live, true), memoryLimit(live, false)}; got != want {
			t.Errorf("%d MB in use: %d MB, want %d MB", live>>20, got, want)
		}
	}
}

func TestWhatIsInUseIsKnownAfterACollection(t *testing.T) {
	kept := make([]byte, 64<<20)
	runtime.GC()
	if got := inUse(); got < 64<<20 {
		t.Errorf("%d bytes in use with 64 MB kept", got)
	}
	runtime.KeepAlive(kept)
}
