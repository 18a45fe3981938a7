package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// ErrNewerDatabase says that a newer version of the program has migrated the
// database; this one must not touch it.
var ErrNewerDatabase = errors.New("the database was made by a newer version of atlas; install that version or a newer one")

// Migrate brings the tables of the database up to date and says from which
// version to which. A database newer than the program is ErrNewerDatabase.
//
// Several processes may start at once on one database. Each migration is one
// transaction, so of two that make the same step one fails; it tries again
// from where the other has come to.
func (s *Store) Migrate(ctx context.Context) (from, to int64, err error) {
	const attempts = 20
	for n := 1; ; n++ {
		from, to, err = s.migrate(ctx)
		if err == nil || n == attempts || errors.Is(err, ErrNewerDatabase) {
			return from, to, err
		}
		select {
		case <-ctx.Done():
			return from, to, err
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (s *Store) migrate(ctx context.Context) (from, to int64, err error) {
	p, err := s.migrator()
	if err != nil {
		return 0, 0, err
	}
	from, to, err = versions(ctx, p)
	if err != nil {
		return from, to, s.engine.explain(err)
	}
	if _, err := p.Up(ctx); err != nil {
		return from, to, fmt.Errorf("migrate from %d to %d: %w", from, to, s.engine.explain(err))
	}
	s.unlogged = false
	return from, to, s.beginLog(ctx)
}

// SchemaVersion is the version of the database's tables and the one that this
// program needs. A database newer than the program is ErrNewerDatabase. A new
// database is of version 0.
func (s *Store) SchemaVersion(ctx context.Context) (have, need int64, err error) {
	p, err := s.migrator()
	if err != nil {
		return 0, 0, err
	}
	return versions(ctx, p)
}

func versions(ctx context.Context, p *goose.Provider) (have, need int64, err error) {
	have, need, err = p.GetVersions(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("version of the database: %w", err)
	}
	if have > need {
		return have, need, fmt.Errorf("database of version %d, program of version %d: %w", have, need, ErrNewerDatabase)
	}
	return have, need, nil
}

func (s *Store) migrator() (*goose.Provider, error) {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return nil, err
	}
	own := migrationsOf{files, s.engine.name()}
	return goose.NewProvider(s.engine.dialect(), s.writer, own, goose.WithDisableGlobalRegistry(true))
}

// migrationsOf shows the migrations of one engine: those that serve both,
// 0001_base.sql, and its own, 0007_rebuild.sqlite.sql.
type migrationsOf struct {
	fs.FS
	engine string
}

// ReadDir leaves out what is for the other engine.
func (m migrationsOf) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := fs.ReadDir(m.FS, name)
	return slices.DeleteFunc(all, func(e fs.DirEntry) bool {
		engine := strings.TrimPrefix(path.Ext(strings.TrimSuffix(e.Name(), ".sql")), ".")
		return engine != "" && engine != m.engine
	}), err
}
