package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/blob"
	"atlas/internal/i18n"
)

// importProjects reads lists of projects, each file in one transaction.
func importProjects(ctx context.Context, c *call) error {
	accessed, err := atlas.ParseDate(c.given["accessed"])
	if err != nil {
		return &usageError{command: "import projects", key: "usage.accessed", args: []any{"value", c.given["accessed"]}}
	}
	if err := readable(c.args); err != nil {
		return err
	}
	if os.Getenv("GOGC") == "" { // little is in use and much is thrown away: collecting it half as often costs little memory
		defer debug.SetGCPercent(debug.SetGCPercent(200))
	}
	return c.withApp(ctx, func(a *app.App) error {
		for _, name := range c.args {
			p := newProgress(c.tool, name)
			options := app.ImportOptions{URL: c.given["url"], Accessed: accessed, Publish: c.has("publish"), Progress: p.tell}
			if err := c.importFile(ctx, a, name, options, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// importFile reads one file, says what it found, and writes it unless it is a
// trial.
func (c *call) importFile(ctx context.Context, a *app.App, name string, o app.ImportOptions, p *progress) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	plan, err := a.OpenImport(ctx, viewer, o, app.ImportFile{Name: filepath.Base(name), Data: file, Size: info.Size()})
	var invalid *atlas.InvalidError // only the options can be
	switch {
	case errors.As(err, &invalid):
		return &usageError{command: "import projects", key: "usage.url", args: []any{"value", o.URL}}
	case err != nil:
		return err
	case plan.AlreadyApplied != nil:
		return c.sayAlready(plan.Batch.File, plan.AlreadyApplied)
	}
	if c.has("dry-run") {
		err := a.PreviewImport(ctx, plan)
		p.end()
		if err != nil {
			return err
		}
		c.printReport(plan, &plan.ImportReport)
		c.say("importing.dry_run")
		return nil
	}
	if _, _, err := blob.Open(c.config.Originals()).Put(io.NewSectionReader(file, 0, info.Size()), info.Size()); err != nil {
		return err
	}
	batch, report, err := a.ImportNow(ctx, viewer, plan)
	p.end()
	if err != nil {
		return err
	}
	if report == nil { // somebody else was quicker
		return c.sayAlready(plan.Batch.File, batch)
	}
	c.printReport(plan, report)
	c.say("importing.applied", "batch", batch.ID, "created", c.number(batch.Created), "updated", c.number(batch.Updated),
		"unchanged", c.number(batch.Unchanged), "skipped", c.number(batch.Skipped))
	if batch.Created > 0 && !o.Publish {
		c.say("importing.review")
	}
	return nil
}

// sayAlready says that a file was imported before, in a batch.
func (c *call) sayAlready(file string, b *atlas.Batch) error {
	c.say("importing.already", "file", file, "batch", b.ID, "day", i18n.Day(c.lang, b.AppliedAt))
	return nil
}

// printReport sums up what becomes of the rows of a file and what is wrong in
// them.
func (c *call) printReport(plan *app.ImportPlan, r *app.ImportReport) {
	b := r.Batch
	c.say("importing.projects", "file", b.File, "source", plan.Source, "rows", c.number(b.Rows),
		"created", c.number(b.Created), "suspect", c.number(r.Count(atlas.OutcomeSuspect)), "updated", c.number(b.Updated),
		"unchanged", c.number(b.Unchanged), "skipped", c.number(b.Skipped), "wrong", c.number(r.Errors()))
	c.printMapping(plan)
	c.say("importing.actors", "created", c.number(r.NewActors))
	for _, g := range r.Groups {
		c.printGroup(g)
	}
}

// printMapping says what each column of an unknown list was taken for, how sure
// that is and why.
func (c *call) printMapping(plan *app.ImportPlan) {
	if plan.Mapping == nil {
		return
	}
	if plan.Remembered {
		c.say("importing.remembered")
	} else {
		c.say("importing.proposed")
	}
	for _, column := range plan.Mapping.Columns {
		reason := c.T(column.Reason.Key, c.pairs(column.Reason.Args)...)
		if column.Target == "" {
			c.say("importing.column_unsure", "column", printable(column.Header), "reason", reason)
			continue
		}
		c.say("importing.column_sure", "column", printable(column.Header), "meaning", c.T("import.target."+string(column.Target)),
			"percent", int(column.Confidence*100+0.5), "reason", reason)
	}
}

// printGroup says one kind of problem: by its first example, how often it is
// and in which rows it can be seen.
func (c *call) printGroup(g app.ProblemGroup) {
	var rows []string
	for _, p := range g.Examples {
		rows = append(rows, strconv.Itoa(p.Row))
	}
	reason := c.problem(g.Examples[0])
	if g.Column != "" {
		reason = c.T("importing.in_column", "column", printable(g.Column), "reason", reason)
	}
	if g.Count > len(rows) {
		rows = append(rows, "…")
	}
	c.say("importing.group", "n", c.number(g.Count), "reason", reason, "rows", strings.Join(rows, ", "))
}

// progress shows on a terminal how far the reading is; elsewhere nothing.
type progress struct {
	tool  *tool
	out   io.Writer // nil where it is not a terminal
	name  string
	last  time.Time
	shown bool
}

// progressEvery is how often the line changes.
const progressEvery = 100 * time.Millisecond

func newProgress(t *tool, file string) *progress {
	p := &progress{tool: t, name: filepath.Base(file)}
	if t.terminal {
		p.out = t.err
	}
	return p
}

// tell writes the line over the one before.
func (p *progress) tell(done, total int) {
	if p.out == nil || total == 0 || time.Since(p.last) < progressEvery {
		return
	}
	p.last, p.shown = time.Now(), true
	fmt.Fprintf(p.out, "\r\x1b[K%s", p.tool.T("importing.progress", "file", p.name, "percent", 100*done/total))
}

// end takes the line away.
func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.shown = false
	}
}
