package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/blob"
	"atlas/internal/importer"
	"atlas/internal/statistics"
)

// importStatistics reads files of statistics, each in one transaction.
func importStatistics(ctx context.Context, c *call) error {
	accessed, err := atlas.ParseDate(c.given["accessed"])
	if err != nil {
		return &usageError{command: "import statistics", key: "usage.accessed", args: []any{"value", c.given["accessed"]}}
	}
	if err := readable(c.args); err != nil {
		return err
	}
	return c.withApp(ctx, func(a *app.App) error {
		for _, name := range c.args {
			p := newProgress(c.tool, name)
			o := app.StatisticsOptions{Dataset: c.given["dataset"], URL: c.given["url"], Accessed: accessed, Indicator: c.given["indicator"], Progress: p.tell}
			if err := c.statisticsFile(ctx, a, name, o, p); err != nil {
				p.end()
				return err
			}
		}
		return nil
	})
}

// statisticsFile reads one file, says what it found, and writes it unless it is a
// trial.
func (c *call) statisticsFile(ctx context.Context, a *app.App, name string, o app.StatisticsOptions, p *progress) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	plan, err := a.OpenStatistics(ctx, viewer, o, app.ImportFile{Name: filepath.Base(name), Data: file, Size: info.Size()})
	p.end()
	var invalid *atlas.InvalidError
	var refused *importer.FileError
	switch {
	case errors.As(err, &invalid):
		return &usageError{command: "import statistics", key: "usage.url", args: []any{"value", o.URL}}
	case errors.Is(err, atlas.ErrNotFound):
		return c.noDataset(ctx, a, o.Dataset)
	case errors.As(err, &refused):
		return err
	case err != nil:
		return err
	}
	defer plan.Close()
	if plan.AlreadyApplied != nil {
		return c.sayAlreadyRead(plan)
	}
	if c.has("dry-run") {
		if err := a.PreviewStatistics(ctx, plan); err != nil {
			return err
		}
		c.printStatistics(plan)
		c.say("importing.dry_run")
		return nil
	}
	if _, _, err := blob.Open(c.config.Originals()).Put(io.NewSectionReader(file, 0, info.Size()), info.Size()); err != nil {
		return err
	}
	batch, err := a.ApplyStatistics(ctx, viewer, plan)
	if err != nil {
		return err
	}
	c.printStatistics(plan)
	c.say("statistics.applied", "batch", batch.ID, "created", c.number(batch.Created), "changed", c.number(batch.Updated), "unchanged", c.number(batch.Unchanged))
	return nil
}

// sayAlreadyRead says that the very same file was read before, and how rows that were
// refused then, mostly for want of their municipalities, are read now.
func (c *call) sayAlreadyRead(plan *app.StatisticsPlan) error {
	batch := plan.AlreadyApplied
	err := c.sayAlready(plan.Batch.File, batch)
	if batch.Problems > 0 {
		c.say("statistics.refused_then", "batch", batch.ID, "rows", c.number(batch.Problems))
	}
	return err
}

// noDataset says which data sets there are.
func (c *call) noDataset(ctx context.Context, a *app.App, asked string) error {
	all, err := a.Reader().Datasets(ctx)
	if err != nil {
		return err
	}
	var codes []string
	for _, d := range all {
		codes = append(codes, d.Code)
	}
	return fail("statistics.no_dataset", "dataset", printable(asked), "datasets", strings.Join(codes, ", "))
}

// changesShown is how many changed numbers are listed one by one.
const changesShown = 20

// printStatistics sums up what a file holds, what that does and what is wrong.
func (c *call) printStatistics(plan *app.StatisticsPlan) {
	r := plan.Report
	c.say("statistics.read", "file", plan.Batch.File, "dataset", plan.Dataset.Name(c.lang), "rows", c.number(r.Rows), "read", c.number(r.Read),
		"repeated", c.number(r.Repeated), "skipped", c.number(r.Skipped), "refused", c.number(r.Refused))
	c.say("statistics.slices", "slices", c.number(r.Slices), "from", r.From.String(), "to", r.To.String(),
		"created", c.number(plan.Created), "changed", c.number(plan.Changed), "unchanged", c.number(plan.Unchanged))
	for _, n := range r.Notices {
		c.say("statistics.notice", "text", c.problem(n))
	}
	for _, g := range r.Groups {
		c.printStatisticsGroup(g)
	}
	for _, d := range plan.Differences[:min(len(plan.Differences), changesShown)] {
		c.say("statistics.difference", "territory", d.Territory, "date", d.Date.String(), "category", d.Category.String(),
			"was", figureText(d.Was, plan.Dataset.Decimals), "is", figureText(d.Is, plan.Dataset.Decimals))
	}
	if rest := len(plan.Differences) - changesShown; rest > 0 {
		c.say("statistics.more_differences", "n", c.number(rest))
	}
}

func (c *call) printStatisticsGroup(g statistics.Group) {
	var rows []string
	for _, p := range g.Examples {
		rows = append(rows, strconv.Itoa(p.Row))
	}
	if g.Count > len(rows) {
		rows = append(rows, "…")
	}
	reason := c.problem(g.Examples[0])
	if g.Column != "" {
		reason = c.T("importing.in_column", "column", printable(g.Column), "reason", reason)
	}
	key := "statistics.noticed"
	if g.Refused {
		key = "statistics.refused"
	}
	c.say(key, "n", c.number(g.Count), "reason", reason, "rows", strings.Join(rows, ", "))
}

// figureText writes a number as programs do; one that is not known is a question
// mark.
func figureText(f atlas.Figure, decimals int) string {
	switch f.State {
	case atlas.FigureKnown:
		return atlas.FormatValue(f.Value, decimals)
	case atlas.FigureSuppressed:
		return "< 5"
	}
	return "?"
}
