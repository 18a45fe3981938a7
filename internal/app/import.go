package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/url"
	"unicode/utf8"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/store"
)

// ImportOptions say where a file came from and what becomes of its records.
type ImportOptions struct {
	URL      string     // where it was got; "" when not known
	Accessed atlas.Date // when
	// Publish makes new records public at once; otherwise they wait for a
	// person (CL-12 KE_KONTROLE).
	Publish bool
	// Mapping says what the columns mean. Without it the list is recognised, or
	// else the mapping is the one last used for the same columns, or a proposed
	// one.
	Mapping *importer.Mapping
	// Progress is told how many rows of all are done, now and then.
	Progress func(done, total int)
}

// ImportPlan is a file that is to be imported and, after PreviewImport, what
// that would do. Nothing of it is stored, and little of it is in memory.
type ImportPlan struct {
	ImportReport        // its batch has no ID and AppliedAt
	Source       string // which importer understood the file
	// Mapping is what the columns were taken for; nil for a list that was
	// recognised.
	Mapping *importer.Mapping
	// Remembered says that the mapping was used for an earlier file of the same
	// columns.
	Remembered bool
	// AlreadyApplied is the batch of the very same file; applying the plan does
	// nothing then.
	AlreadyApplied *atlas.Batch

	table   *importer.Table
	list    importer.Source
	options ImportOptions
	kind    string // of the source (CL-14)
}

// ImportFile is a file to be imported, wherever it is kept.
type ImportFile struct {
	Name string
	Data io.ReaderAt
	Size int64 // bytes
}

// OpenImport reads a file of projects and says how its rows will be understood,
// without understanding any; it stores nothing. A file that cannot be read at
// all is an *importer.FileError; a wrong address or date in the options is an
// *atlas.InvalidError.
func (a *App) OpenImport(ctx context.Context, v atlas.Viewer, o ImportOptions, f ImportFile) (*ImportPlan, error) {
	if !v.May(atlas.RightPublish) {
		return nil, atlas.ErrForbidden
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(f.Data, 0, f.Size)); err != nil {
		return nil, err
	}
	table, err := importer.ReadTable(f.Name, f.Data, f.Size)
	if err != nil {
		return nil, err
	}
	plan := &ImportPlan{table: table, options: o, ImportReport: ImportReport{Batch: atlas.Batch{
		File: table.File, SHA256: hex.EncodeToString(sum.Sum(nil)), URL: o.URL, Accessed: o.Accessed, By: v.Name}}}
	source, mapping, remembered, err := a.sourceOf(ctx, table, o.Mapping)
	if err != nil {
		return nil, err
	}
	plan.Mapping, plan.Remembered = mapping, remembered
	plan.readBy(source)
	plan.AlreadyApplied, err = batchOf(ctx, a.Reader(), plan.Batch.SHA256)
	return plan, err
}

// MapBy reads the file by another mapping from now on. The error is a
// *importer.FileError when the mapping is of other columns.
func (p *ImportPlan) MapBy(m *importer.Mapping) error {
	if err := m.Fits(p.table); err != nil {
		return err
	}
	p.Mapping, p.Remembered = m, false
	p.readBy(importer.MappedSource(*m))
	return nil
}

func (p *ImportPlan) readBy(s importer.Source) {
	p.list, p.kind, p.Source, p.Batch.Source = s, s.Kind, s.Name, s.Name
}

func (p *ImportPlan) reading(a *App) *importer.Reading {
	return p.list.Open(importer.Env{Places: a.Places(), Lists: a.Lists(), Year: a.year()}, p.table)
}

// PrepareImport opens a file and previews it.
func (a *App) PrepareImport(ctx context.Context, v atlas.Viewer, o ImportOptions, name string, data []byte) (*ImportPlan, error) {
	plan, err := a.OpenImport(ctx, v, o, ImportFile{name, bytes.NewReader(data), int64(len(data))})
	if err != nil {
		return nil, err
	}
	return plan, a.PreviewImport(ctx, plan)
}

// PreviewImport says what applying a plan would do to the database as it stands.
// It reads the file twice: to see it whole, and to decide about its rows.
func (a *App) PreviewImport(ctx context.Context, plan *ImportPlan) error {
	if err := a.catchUp(ctx); err != nil {
		return err
	}
	rows, report := plan.table.Len(), newReporter(plan, true)
	err := a.Reader().View(ctx, func(r *store.Reader) error {
		var err error
		if plan.AlreadyApplied, err = batchOf(ctx, r, plan.Batch.SHA256); err != nil {
			return err
		}
		s, err := a.survey(ctx, r, plan, func(done int) { plan.options.Progress(done, 2*rows) })
		if err != nil {
			return err
		}
		return a.decideAll(ctx, r, plan, s, func(steps []*importStep) error {
			err := report.take(steps)
			plan.options.Progress(rows+report.Batch.Rows, 2*rows)
			return err
		})
	})
	if err == nil {
		plan.ImportReport = report.done()
	}
	return err
}

// batchOf finds the batch of a file; nil when there is none.
func batchOf(ctx context.Context, r *store.Reader, sum string) (*atlas.Batch, error) {
	b, err := r.BatchByHash(ctx, sum)
	if errors.Is(err, atlas.ErrNotFound) {
		return nil, nil
	}
	return b, err
}

func (o ImportOptions) check() error {
	var wrong []atlas.Problem
	if u, err := url.Parse(o.URL); o.URL != "" && (err != nil || !utf8.ValidString(o.URL) || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		wrong = append(wrong, atlas.Problem{Field: "url", Key: "problem.url", Args: map[string]any{"value": o.URL}})
	}
	if !o.Accessed.Valid() {
		wrong = append(wrong, atlas.Problem{Field: "accessed", Key: "problem.date"})
	}
	if len(wrong) > 0 {
		return &atlas.InvalidError{Problems: wrong}
	}
	return nil
}
