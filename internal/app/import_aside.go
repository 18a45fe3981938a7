package app

import (
	"context"
	"fmt"
	"runtime/debug"
)

// aside runs a producer in a goroutine of its own and takes what it gives, some
// in advance. The error of either, or a panic, ends both.
func aside[T any](ctx context.Context, produce func(ctx context.Context, give func(T) error) error, take func(T) error) error {
	ctx, stop := context.WithCancel(ctx)
	given, ended := make(chan T, 2), make(chan error, 1)
	var fault any
	go func() {
		defer close(given)
		defer func() {
			if p := recover(); p != nil {
				fault = fmt.Sprintf("%v\n%s", p, debug.Stack())
				ended <- nil
			}
		}()
		ended <- produce(ctx, func(v T) error {
			select {
			case given <- v:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	defer func() { // the producer never outlives its caller
		stop()
		for range given {
		}
	}()
	for v := range given {
		if err := take(v); err != nil {
			return err
		}
	}
	if fault != nil {
		panic(fault)
	}
	return <-ended
}
