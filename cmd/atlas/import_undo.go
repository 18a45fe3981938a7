package main

import (
	"context"
	"errors"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/i18n"
)

// importUndo takes a whole import back, or says what that would do.
func importUndo(ctx context.Context, c *call) error {
	batch := strings.ToUpper(c.args[0])
	return c.withApp(ctx, func(a *app.App) error {
		do := a.UndoImport
		if c.has("dry-run") {
			do = a.PrepareUndo
		}
		p := newProgress(c.tool, batch)
		plan, err := do(ctx, viewer, batch, p.tell)
		p.end()
		switch {
		case errors.Is(err, atlas.ErrNotFound):
			return fail("importing.no_batch", "batch", printable(batch))
		case err != nil:
			return err
		case plan.Already:
			c.say("importing.undone_already", "batch", plan.Batch.ID, "day", i18n.Day(c.lang, plan.Batch.UndoneAt))
			return nil
		}
		c.printUndo(plan)
		if c.has("dry-run") {
			c.say("importing.dry_run")
		}
		return nil
	})
}

// printUndo sums up what becomes of the records, and names those that do not go
// back whole.
func (c *call) printUndo(plan *app.UndoPlan) {
	if plan.Slices > 0 {
		c.say("statistics.undo", "batch", plan.Batch.ID, "file", printable(plan.Batch.File), "slices", c.number(plan.Slices))
		return
	}
	actors := 0
	for _, r := range plan.Actors {
		if r.Withdrawn {
			actors++
		}
	}
	c.say("importing.undo", "batch", plan.Batch.ID, "file", printable(plan.Batch.File),
		"withdrawn", c.number(plan.Count(app.UndoWithdraw)), "restored", c.number(plan.Count(app.UndoRestore)),
		"edited", c.number(plan.Edited()), "actors", c.number(actors))
	shown := 0
	for _, r := range plan.Rows {
		if r.Merged == "" && len(r.Kept) == 0 {
			continue
		}
		if shown++; shown > problemsShown {
			c.say("importing.undo_more", "n", c.number(plan.Edited()-problemsShown))
			return
		}
		c.printKept(r)
	}
}

// printKept names what of one record stays as it is.
func (c *call) printKept(r app.UndoRow) {
	title := printable(r.Title)
	if r.Merged != "" {
		c.say("importing.undo_merged", "record", r.Record, "title", title, "into", r.Merged)
		return
	}
	var fields []string
	for _, k := range r.Kept {
		fields = append(fields, k.Key)
	}
	c.say("importing.undo_kept", "record", r.Record, "title", title, "fields", strings.Join(fields, ", "))
}
