package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// resident is the memory of the program now and the most it was, in bytes.
func (s *server) resident() (now, most int64) {
	return statusOf(s.cmd.Process.Pid, "VmRSS"), statusOf(s.cmd.Process.Pid, "VmHWM")
}

// forgetMost makes the program's most memory count anew from what it is now.
func (s *server) forgetMost() error {
	return os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", s.cmd.Process.Pid), []byte("5"), 0)
}

// watchMemory reads the most memory of a process again and again; highest ends
// that and tells the last figure, in bytes. What the system tells of a process
// that ended cannot be used: it has in it the memory of the one that started it.
func watchMemory(pid int) (highest func() int64) {
	const often = 20 * time.Millisecond
	var most int64
	var watcher sync.WaitGroup
	done := make(chan struct{})
	watcher.Go(func() {
		for {
			most = max(most, statusOf(pid, "VmHWM"))
			select {
			case <-done:
				return
			case <-time.After(often):
			}
		}
	})
	return func() int64 {
		close(done)
		watcher.Wait()
		return most
	}
}

// statusOf reads a line such as "VmRSS:  1234 kB" of a process; 0 where the
// system has no such thing.
func statusOf(pid int, name string) int64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, name+":"); ok {
			n, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return n << 10
		}
	}
	return 0
}
