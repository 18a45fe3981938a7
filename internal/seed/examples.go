package seed

import (
	"context"
	"fmt"
	"time"

	"atlas"
	"atlas/internal/app"
)

// Demo writes the demo content into an empty database and, beside it, a few invented
// records that say so and are marked as samples: of some things that the program
// shows, such as what one unit of an activity costs, too little is public.
func Demo(ctx context.Context, a *app.App) error {
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
	l.invented = a.Now().Add(-24 * time.Hour)
	for _, step := range []func(context.Context, content) error{l.writeActors, l.writeProjects, l.writeEvaluations} {
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
