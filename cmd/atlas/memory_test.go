package main

import (
	"runtime"
	"testing"
)

func TestALargeInstanceIsKeptNearWhatIsInUse(t *testing.T) {
	for live, want := range map[uint64]int64{0: room, 20 << 20: room, 1536 << 20: room, 1920 << 20: 2128 << 20} {
		if got := memoryLimit(live); got != want {
			t.Errorf("%d MB in use: %d MB, want %d MB", live>>20, got>>20, want>>20)
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
