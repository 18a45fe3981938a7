package job

import (
	"slices"
	"sync"
	"time"
)

// mostKept bounds the jobs in memory with what they made; an older one is done again
// when somebody comes back to it.
const mostKept = 4

// Desk keeps the jobs that somebody is looking at, by keys of their own.
type Desk[T any] struct {
	mu   sync.Mutex
	all  map[string]*Job[T]
	free func(T)
}

// NewDesk makes an empty desk. Free gives back what a job that is let go has made; it
// may be nil.
func NewDesk[T any](free func(T)) *Desk[T] {
	return &Desk[T]{all: map[string]*Job[T]{}, free: free}
}

// Find gives the job of a key; nil when there is none.
func (d *Desk[T]) Find(key string) *Job[T] {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.all[key]
}

// Get finds the job of a key, or makes one that does its first step.
func (d *Desk[T]) Get(key, step, after string, do func(j *Job[T], made *T) error) *Job[T] {
	d.mu.Lock()
	defer d.mu.Unlock()
	if j, ok := d.all[key]; ok {
		return j
	}
	j := &Job[T]{moved: make(chan struct{}), used: time.Now()}
	j.Then("", step, after, func(made *T) error { return do(j, made) })
	d.all[key] = j
	d.clear()
	return j
}

// Forget lets a job go, so that the next look begins anew.
func (d *Desk[T]) Forget(key string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.let(key)
}

// let frees what a job holds; the caller holds the lock.
func (d *Desk[T]) let(key string) {
	j := d.all[key]
	if j == nil {
		return
	}
	delete(d.all, key)
	if d.free != nil {
		d.free(j.Look().Made)
	}
}

// clear forgets the jobs that nobody has asked about longest; those at work stay.
func (d *Desk[T]) clear() {
	type aged struct {
		key  string
		used time.Time
	}
	var idle []aged
	for key, j := range d.all {
		j.mu.Lock()
		if !j.work {
			idle = append(idle, aged{key, j.used})
		}
		j.mu.Unlock()
	}
	slices.SortFunc(idle, func(a, b aged) int { return a.used.Compare(b.used) })
	for i := 0; len(d.all) > mostKept && i < len(idle); i++ {
		d.let(idle[i].key)
	}
}
