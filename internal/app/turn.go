package app

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"atlas/internal/i18n"
	"atlas/internal/search"
)

// TurnDay has the index speak of today where it still speaks of a day before: marks of
// good practice end by their day, and a new year is one in which every project goes on
// that has no end. Most days nothing is written anywhere when it happens.
func (a *App) TurnDay(ctx context.Context) error {
	a.turning.Lock()
	defer a.turning.Unlock()
	day := a.today()
	if !a.indexed || a.turned == day {
		return nil
	}
	turn := a.turnMarks
	if a.turned.Year != day.Year {
		turn = a.turnYear
	}
	if err := turn(ctx); err != nil {
		return err
	}
	a.turned = day
	return nil
}

// turnMarks says anew of projects what the marks of their cards are. All of which
// anything is said are taken, the more so as what failed before is tried again.
func (a *App) turnMarks(ctx context.Context) error {
	var ids []string
	for id := range a.mentions.saying(search.FacetPractice) {
		ids = append(ids, id)
	}
	more, err := a.mentionPractices(ctx, everyCard)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(distinct(append(ids, more...)), 500) {
		if err := a.reindex(ctx, chunk); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) turnYear(ctx context.Context) error {
	a.building.Lock()
	defer a.building.Unlock()
	return a.rebuild(ctx)
}

// KeepTurningDays turns the day at midnight in Prague until ctx ends. Every process
// does so for its own index.
func (a *App) KeepTurningDays(ctx context.Context, log *slog.Logger) {
	for ctx.Err() == nil {
		if err := a.TurnDay(ctx); err != nil && ctx.Err() == nil {
			log.Error("the index still speaks of yesterday; it is tried again in a minute", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(min(untilMidnight(a.now()), time.Minute)):
		}
	}
}

// untilMidnight is how long today lasts in Prague.
func untilMidnight(now time.Time) time.Duration {
	y, m, d := now.In(i18n.Prague).Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, i18n.Prague).Sub(now)
}
