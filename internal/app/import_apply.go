package app

import (
	"context"
	"fmt"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/store"
)

// prefixes of the codes of records.
const (
	projectCodes = "P-"
	actorCodes   = "A-"
)

// ApplyImport stores what a plan says, all of it in one transaction or nothing,
// and gives the batch. It decides about every row anew, against the database as
// it stands by now, so the counts of the batch can differ from the plan's. A file
// that was applied before changes nothing and gives its batch of then.
func (a *App) ApplyImport(ctx context.Context, v atlas.Viewer, plan *ImportPlan) (*atlas.Batch, error) {
	batch, _, err := a.ImportNow(ctx, v, plan)
	return batch, err
}

// ImportNow does what ApplyImport does, also with a plan that nobody previewed,
// and reports what became of the rows; it keeps no rows to look at. The report
// is nil for a file that was applied before.
func (a *App) ImportNow(ctx context.Context, v atlas.Viewer, plan *ImportPlan) (batch *atlas.Batch, report *ImportReport, err error) {
	if !v.May(atlas.RightPublish) {
		return nil, nil, atlas.ErrForbidden
	}
	if plan.table == nil {
		return nil, nil, &importer.FileError{Key: importer.ErrorStale}
	}
	err = a.update(ctx, func(tx *store.Tx) error {
		batch, report = nil, nil // of an attempt before
		same, err := batchOf(ctx, tx.Reader, plan.Batch.SHA256)
		if batch = same; err != nil || same != nil {
			return err
		}
		tx.Bulk()
		w := &importWriter{reporter: newReporter(plan, false), app: a, plan: plan, tx: tx, viewer: v}
		if err := w.all(ctx); err != nil {
			return err
		}
		done := w.done()
		batch, report = &done.Batch, &done
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("import of %s: %w", plan.Batch.File, err)
	}
	return batch, report, nil
}

// importWriter writes one batch.
type importWriter struct {
	*reporter
	app       *App
	plan      *ImportPlan
	tx        *store.Tx
	viewer    atlas.Viewer
	write     store.Write
	fresh     codes             // number of a new organisation → Actor.ID
	rows      codes             // place of a row in the table → record
	withdrawn map[string]string // organisations that an undone import withdrew
	named     map[string]bool   // those of them that the written projects name
}

func (w *importWriter) all(ctx context.Context) (err error) {
	w.fresh.prefix, w.rows.prefix, w.named = actorCodes, projectCodes, map[string]bool{}
	b := &w.Batch
	b.By, b.AppliedAt = w.viewer.Name, w.app.now().UTC()
	if err := w.tx.PutBatch(ctx, b); err != nil {
		return err
	}
	if err := w.plan.remember(ctx, w.tx, b); err != nil {
		return fmt.Errorf("mapping of columns: %w", err)
	}
	w.write = store.Write{By: w.viewer.Name, Origin: b.ID, At: b.AppliedAt}
	if w.withdrawn, err = w.tx.Withdrawn(ctx, atlas.KindActor); err != nil {
		return err
	}
	if err := w.decideAndPut(ctx); err != nil {
		return err
	}
	if err := w.app.revive(ctx, w.tx, w.named, w.plan.status(), w.write); err != nil {
		return err
	}
	return w.tx.PutBatch(ctx, b) // with its counts
}

// decideAndPut decides about the rows and writes what was decided, at the same
// time: while one chunk is written, the next is decided. Deciding reads the state
// from before the transaction, by another connection; the transaction keeps other
// writers out, so nothing else can have changed.
func (w *importWriter) decideAndPut(ctx context.Context) error {
	total := w.plan.table.Len()
	return w.app.Reader().View(ctx, func(r *store.Reader) error {
		s, err := w.app.survey(ctx, r, w.plan, func(done int) { w.plan.options.Progress(done, 2*total) })
		if err != nil {
			return err
		}
		return aside(ctx, func(ctx context.Context, give func([]*importStep) error) error {
			return w.app.decideAll(ctx, r, w.plan, s, give)
		}, func(steps []*importStep) error {
			if err := w.put(ctx, steps); err != nil {
				return err
			}
			w.plan.options.Progress(total+w.Batch.Rows, 2*total)
			return ctx.Err()
		})
	})
}

// put writes the projects and the rows of a chunk.
func (w *importWriter) put(ctx context.Context, steps []*importStep) error {
	rows := make([]atlas.BatchRow, len(steps))
	for i, s := range steps {
		if err := w.putProject(ctx, s); err != nil {
			return fmt.Errorf("row %d: %w", s.draft.Row, err)
		}
		rows[i] = atlas.BatchRow{BatchID: w.Batch.ID, Row: s.draft.Row, RecordID: w.rows.get(s.place),
			Outcome: s.outcome, Raw: s.draft.Raw, Problems: w.problems(s)}
		if s.into != notJoined {
			rows[i].RecordID = w.rows.get(s.into)
		}
	}
	if err := w.tx.PutBatchRows(ctx, rows); err != nil {
		return err
	}
	return w.take(steps)
}

// putProject writes the project of a row, if it has one to be written, after the
// organisations that it is the first to name.
func (w *importWriter) putProject(ctx context.Context, s *importStep) error {
	if s.record != "" {
		w.rows.set(s.place, s.record)
	}
	if s.project == nil {
		return nil
	}
	for _, f := range s.founds {
		if err := w.putActor(ctx, f); err != nil {
			return err
		}
	}
	p := s.project
	for i := range p.Parties {
		w.settle(&p.Parties[i].Actor)
	}
	for i := range p.Funding {
		w.settle(&p.Funding[i].Funder)
	}
	for i := len(p.Sources) - len(s.draft.Rows); i < len(p.Sources); i++ {
		p.Sources[i].BatchID = w.Batch.ID // those of this import come last
	}
	if err := w.tx.PutProject(ctx, p, w.write); err != nil {
		return err
	}
	w.rows.set(s.place, p.ID)
	w.revived(p)
	return nil
}

// putActor creates a new organisation.
func (w *importWriter) putActor(ctx context.Context, f founded) error {
	for i := range f.actor.Sources {
		f.actor.Sources[i].BatchID = w.Batch.ID
	}
	if err := w.tx.PutActor(ctx, f.actor, w.write); err != nil {
		return err
	}
	w.fresh.set(f.number, f.actor.ID)
	return nil
}

// settle puts the id of a new organisation in place of its number.
func (w *importWriter) settle(ref *string) {
	if n, ok := freshNumber(*ref); ok {
		*ref = w.fresh.get(n)
	}
}

// revived notes the withdrawn organisations that a project names.
func (w *importWriter) revived(p *atlas.Project) {
	if len(w.withdrawn) == 0 {
		return
	}
	named := map[string]bool{}
	addNamed(named, p)
	for id := range named {
		if _, ok := w.withdrawn[id]; ok {
			w.named[id] = true
		}
	}
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
			p.Args = map[string]any{"id": w.rows.get(s.like.Place), "title": p.Args["title"]}
		}
		out[i] = p
	}
	return out
}
