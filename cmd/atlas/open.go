package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/store"
)

// open opens the database of the configuration. A new embedded database is
// made where there is none.
func (c *call) open(ctx context.Context) (*store.Store, error) {
	return store.Open(ctx, c.config.DSN())
}

// openExisting opens a database that must be there already, and be no newer
// than the program.
func (c *call) openExisting(ctx context.Context) (*store.Store, error) {
	if c.config.Database == "" {
		if _, err := os.Stat(c.config.File()); errors.Is(err, fs.ErrNotExist) {
			return nil, fail("failed.no_database", "value", c.config.File())
		}
	}
	s, err := c.open(ctx)
	if err != nil {
		return nil, err
	}
	have, _, err := s.SchemaVersion(ctx)
	if err == nil && have == 0 {
		err = fail("failed.empty_database")
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// withApp migrates the database, loads it without the search index, which no
// command is going to ask, runs fn over it and closes it.
func (c *call) withApp(ctx context.Context, fn func(*app.App) error) (err error) {
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if _, _, err := s.Migrate(ctx); err != nil {
		return err
	}
	a := app.New(s, app.Options{WithoutIndex: true, Log: newLog(c.err, c.config.LogFormat, slog.LevelWarn)})
	if err := a.Load(ctx); err != nil {
		return err
	}
	return fn(a)
}

// viewer signs what a command writes.
var viewer = atlas.Operator("atlas")
