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
	covers    *shelfOf[map[atlas.Date]atlas.Cover]
	sums      *shelfOf[[]atlas.Slice]
	workers   *shelfOf[map[string][]worker]
}

func newRemember() remember {
	return remember{newShelfOf[[]Profile](), newShelfOf[*CoverageStandings](), newShelfOf[map[atlas.Date]atlas.Cover](), newShelfOf[[]atlas.Slice](), newShelfOf[map[string][]worker]()}
}

// instant is a state of the database and of what lives in memory.
type instant struct {
	audit   int64 // the last entry of the log, in which every write stands
	applied int64 // the last change that the index knows
	day     atlas.Date
	places  *place.Gazetteer
}

// mostRemembered is how many things of one kind are kept.
const mostRemembered = 200

// shelfOf keeps one thing for each key – a level, a data set – at one instant.
type shelfOf[T any] struct {
	mu   sync.Mutex
	made instant
	kept map[string]T
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
func remembered[T any](ctx context.Context, a *App, s *shelfOf[T], key string, fresh func() (T, error)) (out T, err error) {
	now, err := a.instant(ctx)
	if err != nil {
		return out, err
	}
	return s.at(now, key, fresh)
}

// statisticsInstant is the present one as far as numbers of statistics go: they
// change when some are imported, typed in or taken back, and with the register of
// territories, not with every project.
func (a *App) statisticsInstant(ctx context.Context) (instant, error) {
	var last int64
	for _, deed := range []string{auditStatistics, auditStatisticsUndo} {
		e, err := a.Reader().LastAuditOf(ctx, deed)
		if err != nil && !errors.Is(err, atlas.ErrNotFound) {
			return instant{}, err
		}
		last = max(last, e.Seq)
	}
	return instant{audit: last, places: a.Places()}, nil
}

// rememberedStatistics gives what was made of the numbers as they stand, or makes it.
func rememberedStatistics[T any](ctx context.Context, a *App, s *shelfOf[T], key string, fresh func() (T, error)) (out T, err error) {
	now, err := a.statisticsInstant(ctx)
	if err != nil {
		return out, err
	}
	return s.at(now, key, fresh)
}

// at gives what was made at an instant, or makes it.
func (s *shelfOf[T]) at(now instant, key string, fresh func() (T, error)) (out T, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.made != now {
		s.made, s.kept = now, map[string]T{}
	}
	if kept, ok := s.kept[key]; ok {
		return kept, nil
	}
	if out, err = fresh(); err == nil {
		if len(s.kept) >= mostRemembered {
			clear(s.kept)
		}
		s.kept[key] = out
	}
	return out, err
}
