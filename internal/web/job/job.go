// Package job is work that goes on beside the requests that ask about it: a file on
// its way in, a batch that is taken back. Closing the browser stops nothing; a page
// waits for a moment and then shows how far the work is.
package job

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Failed is the step of work that ended with an error. The other steps are words of
// whoever does the work.
const Failed = "failed"

// Job is one piece of work, and what it has made so far.
type Job[T any] struct {
	mu    sync.Mutex
	now   Standing[T]
	work  bool          // goes on
	moved chan struct{} // closed when the step changes
	used  time.Time
}

// Standing is a job as it stands.
type Standing[T any] struct {
	Step        string
	Done, Total int // in the units of the work; Total 0 = not known
	Made        T
	Err         error // of a job that failed
}

// Percent of the work done, 0–100.
func (s Standing[T]) Percent() int {
	if s.Total == 0 {
		return 0
	}
	return min(100, s.Done*100/s.Total)
}

// Look gives the job as it stands.
func (j *Job[T]) Look() Standing[T] {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.used = time.Now()
	return j.now
}

// Tell notes how far the work is.
func (j *Job[T]) Tell(done, total int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.now.Done, j.now.Total = done, total
}

// Then begins the next step beside the caller, once: false where the job does not
// stand in the step before. Do is given what was made so far and adds to it; after it
// the job stands in the step after, or has failed. A fault in do is its error and
// never takes the instance down.
func (j *Job[T]) Then(before, step, after string, do func(made *T) error) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.now.Step != before {
		return false
	}
	j.work = true
	j.moveTo(step)
	made := j.now.Made
	go func() {
		err := rescued(func() error { return do(&made) })
		j.mu.Lock()
		defer j.mu.Unlock()
		j.work, j.now.Made, j.now.Err = false, made, err
		if err != nil {
			after = Failed
		}
		j.moveTo(after)
	}()
	return true
}

// moveTo goes to a step; the caller holds the lock.
func (j *Job[T]) moveTo(step string) {
	j.now.Step, j.now.Done, j.now.Total = step, 0, 0
	close(j.moved)
	j.moved = make(chan struct{})
}

func rescued(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &Panic{p}
		}
	}()
	return do()
}

// Panic is a fault of the program in the course of the work.
type Panic struct{ Value any }

// Error says what happened, for logs.
func (p *Panic) Error() string { return fmt.Sprintf("panic: %v", p.Value) }

// Wait gives the job once it has left a step, or as it stands when that takes longer.
func (j *Job[T]) Wait(ctx context.Context, step string, most time.Duration) Standing[T] {
	limit := time.NewTimer(most)
	defer limit.Stop()
	for {
		j.mu.Lock()
		moved, now := j.moved, j.now.Step
		j.mu.Unlock()
		if now != step {
			return j.Look()
		}
		select {
		case <-moved:
		case <-limit.C:
			return j.Look()
		case <-ctx.Done():
			return j.Look()
		}
	}
}
