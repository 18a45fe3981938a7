package imports

import (
	"context"
	"slices"
	"sync"
	"time"

	"atlas"
	"atlas/internal/app"
)

// Steps of a job: those of a file on its way in, and those of a batch that is
// taken back.
const (
	reading  = "reading"
	ready    = "ready"
	applying = "applying"
	applied  = "applied"
	looking  = "looking" // what taking it back would do
	seen     = "seen"
	undoing  = "undoing"
	undone   = "undone"
	failed   = "failed"
)

// atWork says whether a step is work that goes on.
func atWork(step string) bool {
	return step == reading || step == applying || step == looking || step == undoing
}

// job is one file on its way in, or one batch on its way out. It works on beside the requests that ask
// about it, so closing the browser stops nothing.
type job struct {
	mu          sync.Mutex
	step        string
	done, total int
	plan        *app.ImportPlan
	batch       *atlas.Batch
	undo        *app.UndoPlan
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
	Undo        *app.UndoPlan
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
	return progress{j.step, j.done, j.total, j.plan, j.batch, j.undo, j.err}
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
	j.end(ready, err, func() { j.plan = plan })
}

// takeBack works out what taking a batch back does, or does it; then comes the
// step after.
func (j *job) takeBack(do func(tell func(done, total int)) (*app.UndoPlan, error), after string) {
	plan, err := do(j.tell)
	j.end(after, err, func() { j.undo = plan })
}

// end goes to the step after the work, or says why it failed.
func (j *job) end(step string, err error, change func()) {
	if err != nil {
		step, change = failed, func() { j.err = err }
	}
	j.move(step, change)
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
	j.end(applied, err, func() { j.batch = batch })
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

// find gives the job of a key; nil when there is none.
func (js *jobs) find(key string) *job {
	js.mu.Lock()
	defer js.mu.Unlock()
	return js.all[key]
}

// get finds the job of a key, or starts one with its first step.
func (js *jobs) get(key, step string, start func(*job)) *job {
	js.mu.Lock()
	defer js.mu.Unlock()
	if j, ok := js.all[key]; ok {
		return j
	}
	j := &job{step: step, moved: make(chan struct{}), used: time.Now()}
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
		if !atWork(j.step) {
			idle = append(idle, aged{key, j.used})
		}
		j.mu.Unlock()
	}
	slices.SortFunc(idle, func(a, b aged) int { return a.used.Compare(b.used) })
	for i := 0; len(js.all) > keptJobs && i < len(idle); i++ {
		delete(js.all, idle[i].key)
	}
}
