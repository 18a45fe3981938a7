package app

import (
	"context"
	"fmt"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/store"
)

// ApplyImport stores what a plan says, all of it in one transaction or nothing,
// and gives the batch. What was written since the plan was made is looked at
// again first, so the counts of the batch can differ from the plan's. A file
// that was applied before changes nothing and gives its batch of then.
func (a *App) ApplyImport(ctx context.Context, v atlas.Viewer, plan *ImportPlan) (*atlas.Batch, error) {
	if !v.Write {
		return nil, atlas.ErrForbidden
	}
	if plan.checked == nil {
		return nil, &importer.FileError{Key: importer.ErrorStale}
	}
	var batch *atlas.Batch
	err := a.update(ctx, func(tx *store.Tx) error {
		same, err := batchOf(ctx, tx.Reader, plan.Batch.SHA256)
		if batch = same; err != nil || same != nil {
			return err
		}
		check, err := a.fresh(ctx, tx, plan)
		if err != nil {
			return err
		}
		w := &importWriter{App: a, tx: tx, plan: plan, check: check, viewer: v}
		batch, err = w.all(ctx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("import of %s: %w", plan.Batch.File, err)
	}
	return batch, nil
}

// fresh gives the decisions of the plan, or new ones when the database changed
// since. The transaction keeps other writers out, so they hold until its end.
func (a *App) fresh(ctx context.Context, tx *store.Tx, plan *ImportPlan) (*importCheck, error) {
	last, err := tx.LastChange(ctx)
	if err != nil || last == plan.checked.seq {
		return plan.checked, err
	}
	if err := a.catchUp(ctx); err != nil {
		return nil, err
	}
	return a.checkImport(ctx, tx.Reader, plan)
}

// importWriter writes one batch.
type importWriter struct {
	*App
	tx     *store.Tx
	plan   *ImportPlan
	check  *importCheck
	viewer atlas.Viewer
	batch  *atlas.Batch
	write  store.Write
	actors map[string]string      // key of a new organisation → Actor.ID
	named  map[string]bool        // organisations that the written projects name
	ids    map[*importStep]string // row → Project.ID
}

func (w *importWriter) all(ctx context.Context) (*atlas.Batch, error) {
	b := w.plan.Batch
	w.check.count(&b)
	b.ID, b.By, b.AppliedAt = "", w.viewer.Name, w.now().UTC()
	if err := w.tx.PutBatch(ctx, &b); err != nil {
		return nil, err
	}
	if err := w.plan.remember(ctx, w.tx, &b); err != nil {
		return nil, fmt.Errorf("mapping of columns: %w", err)
	}
	w.batch = &b
	w.write = store.Write{By: w.viewer.Name, Origin: b.ID, At: b.AppliedAt}
	if err := w.putActors(ctx); err != nil {
		return nil, err
	}
	w.ids, w.named = map[*importStep]string{}, map[string]bool{}
	for i, s := range w.check.steps {
		if err := w.putProject(ctx, s); err != nil {
			return nil, fmt.Errorf("row %d: %w", s.draft.Row, err)
		}
		if i%100 == 99 {
			w.plan.options.Progress(i+1, len(w.check.steps))
		}
	}
	if err := w.revive(ctx, w.tx, w.named, w.plan.status(), w.write); err != nil {
		return nil, err
	}
	return &b, w.putRows(ctx)
}

// putActors creates the organisations that the written projects name.
func (w *importWriter) putActors(ctx context.Context) error {
	w.actors = map[string]string{}
	for _, f := range w.check.newActors() {
		r := f.record(w.App, w.plan, w.batch.ID)
		if wrong := w.CheckActor(r); len(wrong) > 0 {
			return fmt.Errorf("organisation %q: %w", r.Name, &atlas.InvalidError{Problems: wrong})
		}
		if err := w.tx.PutActor(ctx, r, w.write); err != nil {
			return err
		}
		w.actors[f.key] = r.ID
	}
	return nil
}

// putProject writes the project of a row, if it has one to be written.
func (w *importWriter) putProject(ctx context.Context, s *importStep) error {
	w.ids[s] = s.record
	if s.project == nil {
		return nil
	}
	p := cloneProject(s.project)
	for i := range p.Parties {
		w.settle(&p.Parties[i].Actor)
	}
	for i := range p.Funding {
		w.settle(&p.Funding[i].Funder)
	}
	for i := len(p.Sources) - len(s.draft.Rows); i < len(p.Sources); i++ {
		p.Sources[i].BatchID = w.batch.ID // those of this import come last
	}
	if err := w.tx.PutProject(ctx, p, w.write); err != nil {
		return err
	}
	w.ids[s] = p.ID
	addNamed(w.named, p)
	return nil
}

// settle puts the id of a new organisation in place of its key.
func (w *importWriter) settle(ref *string) {
	if id, ok := w.actors[*ref]; ok {
		*ref = id
	}
}

// putRows keeps every row of the file with what became of it.
func (w *importWriter) putRows(ctx context.Context) error {
	rows := make([]atlas.BatchRow, 0, len(w.check.steps))
	for _, s := range w.check.steps {
		row := atlas.BatchRow{
			BatchID: w.batch.ID, Row: s.draft.Row, RecordID: w.ids[s],
			Outcome: s.outcome, Raw: s.draft.Raw, Problems: w.problems(s),
		}
		if s.into != nil {
			row.RecordID = w.ids[s.into]
		}
		rows = append(rows, row)
	}
	return w.tx.PutBatchRows(ctx, rows)
}

// problems of a row, in which a row that it is like is by now a record.
func (w *importWriter) problems(s *importStep) []atlas.RowProblem {
	if s.like == nil {
		return s.problems
	}
	out := make([]atlas.RowProblem, len(s.problems))
	for i, p := range s.problems {
		if p.Key == importer.ProblemPrefix+"suspect_row" {
			p.Key = importer.ProblemPrefix + "suspect"
			p.Args = map[string]any{"id": w.ids[s.like], "title": p.Args["title"]}
		}
		out[i] = p
	}
	return out
}

// newActors are the organisations that some written project names, in the order
// of the file.
func (c *importCheck) newActors() []*freshActor {
	used := map[string]bool{}
	for _, s := range c.steps {
		if s.project == nil {
			continue
		}
		for _, q := range s.project.Parties {
			used[q.Actor] = true
		}
		for _, f := range s.project.Funding {
			used[f.Funder] = true
		}
	}
	var out []*freshActor
	for _, f := range c.actors.fresh {
		if used[f.key] {
			out = append(out, f)
		}
	}
	return out
}
