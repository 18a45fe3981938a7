package main

import (
	"context"
	"log/slog"

	"atlas/internal/app"
	"atlas/internal/config"
	"atlas/internal/seed"
)

// demoDefaults let everybody at this machine write.
func demoDefaults(c *config.Config) { c.OpenEditing = true }

// demo serves the demo content from an embedded database. It never touches a
// database of somebody's configuration.
func demo(ctx context.Context, c *call) error {
	c.config.Database = ""
	clock := new(seed.Clock)
	return c.serve(ctx, instance{
		level: slog.LevelWarn,
		now:   clock.Now,
		fill:  func(ctx context.Context, a *app.App) error { return seed.Demo(ctx, a, clock) },
		ready: func(address string) {
			c.say("demo.ready", "address", address)
			if c.config.OpenEditing {
				c.say("demo.next")
			} else {
				c.say("demo.next_read_only", "mail", c.config.Letters(), "data", c.config.Data)
			}
			c.say("demo.statistics", "data", c.config.Data)
			c.say("demo.stop", "data", c.config.Data)
		},
	})
}
