package app

import (
	"context"
	"errors"
	"sync"

	"atlas"
	"atlas/internal/place"
)

// remember keeps what is made of the whole database and asked for on many pages, as
// long as nothing has been written since.
type remember struct {
	profiles  *shelfOf[[]Profile]
	standings *shelfOf[*CoverageStandings]
}

func newRemember() remember {
	return remember{newShelfOf[[]Profile](), newShelfOf[*CoverageStandings]()}
}

// instant is a state of the database and of what lives in memory.
type instant struct {
	audit   int64 // the last entry of the log, in which every write stands
	applied int64 // the last change that the index knows
	day     atlas.Date
	places  *place.Gazetteer
}

// shelfOf keeps one thing for each level at one instant.
type shelfOf[T any] struct {
	mu   sync.Mutex
	at   instant
	kept map[atlas.Level]T
}

func newShelfOf[T any]() *shelfOf[T] { return &shelfOf[T]{} }

// instant reads the present one: one query by an index.
func (a *App) instant(ctx context.Context) (instant, error) {
	last, err := a.Reader().LastAuditOf(ctx, "")
	if err != nil && !errors.Is(err, atlas.ErrNotFound) {
		return instant{}, err
	}
	a.mu.RLock()
	defer a.mu.RUnlock()
	return instant{last.Seq, a.applied, a.today(), a.Places()}, nil
}

// remembered gives what was made at this very instant, or makes it. Whoever asks
// while it is being made waits for it.
func remembered[T any](ctx context.Context, a *App, s *shelfOf[T], level atlas.Level, fresh func() (T, error)) (out T, err error) {
	now, err := a.instant(ctx)
	if err != nil {
		return out, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.at != now {
		s.at, s.kept = now, map[atlas.Level]T{}
	}
	if kept, ok := s.kept[level]; ok {
		return kept, nil
	}
	if out, err = fresh(); err == nil {
		s.kept[level] = out
	}
	return out, err
}
