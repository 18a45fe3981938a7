package app

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"atlas"
)

// stands keeps the stands of the days asked last. One is built at a time, so
// that asking for many days cannot take all memory or all processors.
type stands struct {
	mu       sync.Mutex
	kept     []*Stand // the one asked last first
	building *building
}

// building is a stand on its way.
type building struct {
	day  atlas.Date
	all  int // about how many projects there are to read
	done atomic.Int64
	end  chan struct{} // closed when it is ready or failed
	err  error
}

// BuildingError says that a stand is not ready yet: one is being built, perhaps
// that of another day.
type BuildingError struct {
	Day       atlas.Date
	Done, All int // projects read, about how many there are
}

func (e *BuildingError) Error() string {
	return fmt.Sprintf("the stand of %s is being built: %d of %d", e.Day, e.Done, e.All)
}

// Bounds of stands.
const (
	// standPatience is how long somebody who asks waits for a stand to be built.
	standPatience = 2 * time.Second
	// standLife is how long building one may take.
	standLife = 30 * time.Minute
	// fewRecords is how many projects the stands together may hold in any case.
	fewRecords = 200_000
)

// StandAt gives the published projects as they stood at the end of a day, at
// most today. A *BuildingError says that they are not ready yet.
//
// All that are kept together hold no more projects than the index of today, or
// fewRecords; those asked longest ago go.
func (a *App) StandAt(ctx context.Context, day atlas.Date) (*Stand, error) {
	if day.Compare(a.today()) >= 0 {
		return &Stand{Day: day, app: a, Index: a.index, Records: a.index.Len(), present: true}, nil
	}
	patience := time.NewTimer(standPatience)
	defer patience.Stop()
	for {
		s, b, err := a.stands.find(ctx, a, day)
		if s != nil || err != nil {
			return s, err
		}
		select {
		case <-b.end:
			if b.err != nil && b.day == day {
				return nil, b.err
			}
		case <-patience.C:
			return nil, &BuildingError{b.day, int(b.done.Load()), b.all}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// find gives the stand of a day that is kept, or what is being built; when
// nothing is, it begins to build this one.
func (k *stands) find(ctx context.Context, a *App, day atlas.Date) (*Stand, *building, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, s := range k.kept {
		ok, err := s.holds(ctx, day)
		if err != nil {
			return nil, nil, err
		}
		if ok {
			k.kept = slices.Insert(slices.Delete(k.kept, i, i+1), 0, s)
			of := *s
			of.Day = day
			return &of, nil, nil
		}
	}
	if k.building == nil {
		k.building = &building{day: day, all: a.index.Len(), end: make(chan struct{})}
		k.makeRoom(k.building.all, a.index.Len())
		go k.build(context.WithoutCancel(ctx), a, k.building)
	}
	return nil, k.building, nil
}

// makeRoom lets stands go until one of a size fits beside the rest.
func (k *stands) makeRoom(size, present int) {
	room := max(fewRecords, present)
	for i, s := range k.kept {
		if size += s.Records; size > room {
			k.kept = slices.Delete(k.kept, i, len(k.kept))
			return
		}
	}
}

func (k *stands) build(ctx context.Context, a *App, b *building) {
	ctx, stop := context.WithTimeout(ctx, standLife)
	defer stop()
	s, err := a.buildStand(ctx, b.day, func(done int) { b.done.Store(int64(done)) })
	k.mu.Lock()
	defer k.mu.Unlock()
	if err != nil {
		a.log.Error("a stand was not built", "day", b.day.String(), "error", err)
	} else {
		k.kept = slices.Insert(k.kept, 0, s)
	}
	b.err, k.building = err, nil
	close(b.end)
}
