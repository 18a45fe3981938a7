package main

import (
	"runtime"
	"testing"
)

func TestALargeIndexIsCollectedBeforeItsGarbageIsAsLargeAsItself(t *testing.T) {
	for live, want := range map[uint64]int{
		0: 100, 20 << 20: 100, mostGarbage: 100, 2 * mostGarbage: 50, 1270 << 20: 30, 8 << 30: leastPercent,
	} {
		if got := gcPercent(live); got != want {
			t.Errorf("%d MB in use: %d %%, want %d %%", live>>20, got, want)
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
