package imports

import (
	"context"
	"slices"
	"sync"
	"time"

	"atlas"
	"atlas/internal/app"
)

// Steps of a job.
const (
	reading  = "reading"
	ready    = "ready"
	applying = "applying"
	applied  = "applied"
	failed   = "failed"
)

// job is one file on its way in. It works on beside the requests that ask
// about it, so closing the browser stops nothing.
type job struct {
	mu          sync.Mutex
	step        string
	done, total int
	plan        *app.ImportPlan
	batch       *atlas.Batch
	err         error
	moved       chan struct{} // closed when the step changes
	used        time.Time
}

// progress is a job as it stands.
type progress struct {
	Step        string
	Done, Total int
	Plan        *app.ImportPlan
	Batch       *atlas.Batch
	Err         error
}

// Percent of the work done, 0–100.
func (p progress) Percent() int {
	if p.Total == 0 {
		return 0
	}
	return min(100, p.Done*100/p.Total)
}

func (j *job) look() progress {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.used = time.Now()
	return progress{j.step, j.done, j.total, j.plan, j.batch, j.err}
}

// tell notes how far the work is.
func (j *job) tell(done, total int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done, j.total = done, total
}

// move goes to the next step.
func (j *job) move(step string, change func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.step = step
	if change != nil {
		change()
	}
	close(j.moved)
	j.moved = make(chan struct{})
}

// wait gives the job after its step has changed, or as it stands when that
// takes longer.
func (j *job) wait(ctx context.Context, step string, most time.Duration) progress {
	limit := time.NewTimer(most)
	defer limit.Stop()
	for {
		j.mu.Lock()
		moved, now := j.moved, j.step
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

// read makes the plan.
func (j *job) read(prepare func(tell func(done, total int)) (*app.ImportPlan, error)) {
	plan, err := prepare(j.tell)
	if err != nil {
		j.move(failed, func() { j.err = err })
		return
	}
	j.move(ready, func() { j.plan = plan })
}

// begin says whether this caller is the one who applies.
func (j *job) begin() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.step != ready {
		return false
	}
	j.step, j.done, j.total = applying, 0, 0
	close(j.moved)
	j.moved = make(chan struct{})
	return true
}

func (j *job) apply(do func(*app.ImportPlan) (*atlas.Batch, error)) {
	batch, err := do(j.look().Plan)
	if err != nil {
		j.move(failed, func() { j.err = err })
		return
	}
	j.move(applied, func() { j.batch = batch })
}

// keptJobs bounds the plans in memory; an older one is made again from its file
// when somebody comes back to it.
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
	j := &job{step: reading, moved: make(chan struct{}), used: time.Now()}
	js.all[key] = j
	js.drop()
	go start(j)
	return j
}

// forget lets a job go, so that the next look begins anew.
func (js *jobs) forget(key string) {
	js.mu.Lock()
	defer js.mu.Unlock()
	delete(js.all, key)
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
		if j.step != reading && j.step != applying {
			idle = append(idle, aged{key, j.used})
		}
		j.mu.Unlock()
	}
	slices.SortFunc(idle, func(a, b aged) int { return a.used.Compare(b.used) })
	for i := 0; len(js.all) > keptJobs && i < len(idle); i++ {
		delete(js.all, idle[i].key)
	}
}
