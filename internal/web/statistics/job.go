package statistics

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"atlas"
	"atlas/internal/app"
)

// Steps of a file on its way in.
const (
	reading  = "reading"
	ready    = "ready"
	applying = "applying"
	applied  = "applied"
	failed   = "failed"
)

// job is one file on its way in. It works on beside the requests that ask about it,
// so closing the browser stops nothing.
type job struct {
	mu    sync.Mutex
	now   standing
	moved chan struct{} // closed when the step changes
	used  time.Time
}

// standing is a job as it stands.
type standing struct {
	Step        string
	Done, Total int // rows
	Plan        *app.StatisticsPlan
	Batch       *atlas.Batch
	Err         error
}

// Percent of the rows read, 0–100.
func (s standing) Percent() int {
	if s.Total == 0 {
		return 0
	}
	return min(100, s.Done*100/s.Total)
}

func (j *job) look() standing {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.used = time.Now()
	return j.now
}

// tell notes how many rows are read.
func (j *job) tell(done, total int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.now.Done, j.now.Total = done, total
}

// move goes on from a step to what change makes of it; false where the job stands
// elsewhere.
func (j *job) move(from string, change func(*standing)) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.now.Step != from {
		return false
	}
	change(&j.now)
	close(j.moved)
	j.moved = make(chan struct{})
	return true
}

// work does one step; a fault in it is an error of the job and never takes the
// instance down.
func (j *job) work(step, after string, do func() error, change func(*standing)) {
	err := func() (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v", p)
			}
		}()
		return do()
	}()
	j.move(step, func(s *standing) {
		if s.Step, s.Err = after, err; err != nil {
			s.Step = failed
			return
		}
		change(s)
	})
}

// wait gives the job after a step has ended, or as it stands when that takes
// longer.
func (j *job) wait(ctx context.Context, step string, most time.Duration) standing {
	limit := time.NewTimer(most)
	defer limit.Stop()
	for {
		j.mu.Lock()
		moved, now := j.moved, j.now.Step
		j.mu.Unlock()
		if now != step {
			return j.look()
		}
		select {
		case <-moved:
		case <-limit.C:
			return j.look()
		case <-ctx.Done():
			return j.look()
		}
	}
}

// keptJobs bounds the plans in memory and their temporary files; an older one is
// made again from its file when somebody comes back to it.
const keptJobs = 4

// jobs are the files that somebody is looking at.
type jobs struct {
	mu  sync.Mutex
	all map[string]*job
}

func newJobs() *jobs { return &jobs{all: map[string]*job{}} }

// get finds the job of a key, or starts one.
func (js *jobs) get(key string, start func(*job)) *job {
	js.mu.Lock()
	defer js.mu.Unlock()
	if j, ok := js.all[key]; ok {
		return j
	}
	j := &job{now: standing{Step: reading}, moved: make(chan struct{}), used: time.Now()}
	js.all[key] = j
	js.drop()
	go start(j)
	return j
}

// forget lets a job go, so that the next look begins anew.
func (js *jobs) forget(key string) {
	js.mu.Lock()
	defer js.mu.Unlock()
	js.let(key)
}

// let frees what a job holds.
func (js *jobs) let(key string) {
	if j := js.all[key]; j != nil {
		if plan := j.look().Plan; plan != nil {
			plan.Close()
		}
		delete(js.all, key)
	}
}

// drop forgets the jobs that nobody has asked about longest; those at work stay.
func (js *jobs) drop() {
	type aged struct {
		key  string
		used time.Time
	}
	var idle []aged
	for key, j := range js.all {
		j.mu.Lock()
		if s := j.now.Step; s != reading && s != applying {
			idle = append(idle, aged{key, j.used})
		}
		j.mu.Unlock()
	}
	slices.SortFunc(idle, func(a, b aged) int { return a.used.Compare(b.used) })
	for i := 0; len(js.all) > keptJobs && i < len(idle); i++ {
		js.let(idle[i].key)
	}
}
