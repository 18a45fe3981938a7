package app

import (
	"context"
	"fmt"
)

// manyChanges is from how many changes on the index is built anew instead of
// being changed, if they are not few among what it holds: document by document a
// large import would take longer to be found than to be written.
const manyChanges = 5000

// rebuildIfMany builds the index anew when much of it is out of date.
func (a *App) rebuildIfMany(ctx context.Context) error {
	if many, err := a.manyBehind(ctx); err != nil || !many {
		return err
	}
	a.building.Lock()
	defer a.building.Unlock()
	if many, err := a.manyBehind(ctx); err != nil || !many { // not any more
		return err
	}
	if err := a.rebuild(ctx); err != nil {
		return fmt.Errorf("after many changes: %w", err)
	}
	return nil
}

func (a *App) manyBehind(ctx context.Context) (bool, error) {
	last, err := a.Reader().LastChange(ctx)
	behind := last - a.appliedNow()
	return behind >= manyChanges && behind >= int64(a.index.Len()/4), err
}

// rebuild reads everything that lives in memory again. Searches go on over the
// old index meanwhile. Whoever writes meanwhile puts his own changes into that
// and does not wait; they are put into the new one as well once it is there.
func (a *App) rebuild(ctx context.Context) (err error) {
	before := a.appliedNow()
	last, err := a.Reader().LastChange(ctx)
	if err != nil {
		return err
	}
	a.setApplied(last)
	defer func() {
		if err != nil {
			a.setApplied(before)
		}
	}()
	if _, err := a.loadShipped(ctx); err != nil {
		return err
	}
	if err := a.buildAll(ctx); err != nil {
		return err
	}
	for since, until := last, a.appliedNow(); since < until; {
		changes, err := a.Reader().Changes(ctx, since, 500)
		if err != nil || len(changes) == 0 {
			return err
		}
		if err := a.apply(ctx, changes); err != nil {
			return err
		}
		since = changes[len(changes)-1].Seq
	}
	return nil
}

func (a *App) setApplied(seq int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.applied = seq
}
