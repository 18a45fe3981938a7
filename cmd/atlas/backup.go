package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"atlas"
	"atlas/internal/i18n"
	"atlas/internal/store"
)

// backup writes a copy of the database to a new file, also while another
// process serves it.
func backup(ctx context.Context, c *call) error {
	s, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Backup(ctx, c.args[0]); err != nil {
		return backupError(c.args[0], err)
	}
	info, err := os.Stat(c.args[0])
	if err != nil {
		return err
	}
	c.say("backup.done", "file", c.args[0], "size", c.megabytes(info.Size()))
	return nil
}

func backupError(file string, err error) error {
	if errors.Is(err, fs.ErrExist) {
		return fail("failed.backup_exists", "file", file)
	}
	return err
}

// megabytes writes a size to a tenth, never as nothing.
func (t *tool) megabytes(bytes int64) string {
	return i18n.Decimal(t.lang, fmt.Sprintf("%.1f", max(0.1, float64(bytes)/1e6)))
}

// restore fills an empty database with what a backup holds; with --replace any
// database, whose records it first keeps in a backup of their own.
func restore(ctx context.Context, c *call) error {
	file := c.args[0]
	if _, err := os.Stat(file); err != nil {
		return err
	}
	fill := store.Restore
	if c.has("replace") {
		fill = store.Replace
		if err := c.keepReplaced(ctx); err != nil {
			return err
		}
	}
	if err := fill(ctx, file, c.config.DSN()); err != nil {
		return err
	}
	s, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	n, err := countRecords(ctx, s.Reader)
	if err != nil {
		return err
	}
	c.say("restore.done", "file", file, "projects", c.number(n.projects), "actors", c.number(n.actors),
		"calls", c.number(n.calls), "territories", c.number(n.territories))
	if c.has("replace") {
		c.say("restore.restart")
	}
	return c.checkRestored(ctx, s)
}

// checkRestored verifies the audit log that came with the backup. What was
// restored stays also when it does not hold: somebody may need it.
func (c *call) checkRestored(ctx context.Context, s *store.Store) error {
	r, err := s.VerifyAudit(ctx, store.AuditHead{}, nil)
	if err != nil {
		return err
	}
	if r.Broken != nil {
		c.say("restore.log_broken")
		return c.auditBroken(r.Broken)
	}
	c.say("restore.log_holds", "entries", c.number(int(r.Entries)))
	return nil
}

// keepReplaced backs up the records that are about to be deleted, where there
// are any.
func (c *call) keepReplaced(ctx context.Context) error {
	s, err := c.openExisting(ctx)
	var none *sayError
	if errors.As(err, &none) {
		return nil
	}
	if err != nil {
		return err
	}
	defer s.Close()
	if err := os.MkdirAll(c.config.Data, 0o755); err != nil {
		return err
	}
	kept := filepath.Join(c.config.Data, "pred-obnovou-"+time.Now().UTC().Format("20060102T150405Z")+".sqlite")
	if err := s.Backup(ctx, kept); err != nil {
		return backupError(kept, err)
	}
	c.say("restore.kept", "file", kept)
	return nil
}

// records is how many records of each kind a database holds.
type records struct{ projects, actors, calls, territories int }

// countRecords counts them as they stand at one moment.
func countRecords(ctx context.Context, r *store.Reader) (n records, err error) {
	err = r.View(ctx, func(r *store.Reader) error {
		places, err := r.Territories(ctx)
		n.territories = len(places)
		if err != nil {
			return err
		}
		if n.projects, err = r.CountProjects(ctx); err != nil {
			return err
		}
		if err := r.EachActor(ctx, func(*atlas.Actor) error { n.actors++; return nil }); err != nil {
			return err
		}
		return r.EachCall(ctx, func(*atlas.Call) error { n.calls++; return nil })
	})
	return n, err
}
