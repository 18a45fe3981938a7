package seed

import (
	"context"
	"fmt"
	"time"

	"atlas"
	"atlas/internal/app"
)

// Demo writes the demo content into an empty database and, beside it, invented
// records that say so and are marked as samples: of some things that the program
// shows, such as what one unit of an activity costs or how projects are judged, too
// little is public. The clock is that of the application.
func Demo(ctx context.Context, a *app.App, clock *Clock) error {
	if n, err := a.Reader().CountProjects(ctx); err != nil || n > 0 {
		return err
	}
	if err := Load(ctx, a); err != nil {
		return err
	}
	all, err := read("examples")
	if err != nil {
		return err
	}
	l := newLoader(a)
	l.clock, l.invented = clock, a.Now().Add(-24*time.Hour)
	for _, step := range []func(context.Context, content) error{
		l.writeActors, l.writeProjects, l.writePeople, l.writeEvaluations, l.writeRounds, l.writeChecks, l.writePractices,
	} {
		if err := step(ctx, all); err != nil {
			return fmt.Errorf("demo examples: %w", err)
		}
	}
	return nil
}

// mark says of an invented record that it is one. It is said to be older than the
// real ones, so that these are the newest of the demo.
func (l *loader) mark(m *atlas.Meta) {
	if !l.invented.IsZero() {
		m.Sample, m.CreatedAt = true, l.invented
	}
}
