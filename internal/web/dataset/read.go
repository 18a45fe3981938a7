package dataset

import (
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"sync"

	"atlas/internal/web/page"
)

// chunk is how many records are read at once, and ahead how many chunks are
// being read while one is written: reading takes twice as long as writing.
const (
	chunk = 500
	ahead = 2
)

// Read reads records in chunks in the order of ids, the next ones while one is
// written, so that memory holds a few chunks and the codes of the rest.
func Read[T any](q *page.Request, ids []string, read func(context.Context, []string) ([]T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		ctx, stop := context.WithCancel(q.Context())
		var all sync.WaitGroup
		defer all.Wait() // nothing reads on when the answer has ended
		defer stop()
		rest := ids
		var begun []chan portion[T]
		begin := func() {
			if len(rest) == 0 {
				return
			}
			some, done := rest[:min(len(rest), chunk)], make(chan portion[T], 1)
			rest, begun = rest[len(some):], append(begun, done)
			all.Go(func() { done <- readPortion(ctx, some, read) })
		}
		for range ahead {
			begin()
		}
		for len(begun) > 0 {
			p := <-begun[0]
			begun = begun[1:]
			begin()
			if !p.each(yield) {
				return
			}
		}
	}
}

// portion is a chunk of records, or why there is none.
type portion[T any] struct {
	records []T
	err     error
	fault   any // of a panic, for the one who waits
}

func readPortion[T any](ctx context.Context, ids []string, read func(context.Context, []string) ([]T, error)) (p portion[T]) {
	defer func() {
		if fault := recover(); fault != nil {
			p.fault = fmt.Sprintf("%v\n%s", fault, debug.Stack())
		}
	}()
	p.records, p.err = read(ctx, ids)
	return p
}

// each gives the records one by one; false when no more are wanted.
func (p portion[T]) each(yield func(T, error) bool) bool {
	if p.fault != nil {
		panic(p.fault)
	}
	if p.err != nil {
		var none T
		yield(none, p.err)
		return false
	}
	for _, r := range p.records {
		if !yield(r, nil) {
			return false
		}
	}
	return true
}
