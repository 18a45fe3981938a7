package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
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

// ImportPlan is what an import would do, row by row. Nothing of it is stored.
type ImportPlan struct {
	Batch  atlas.Batch // counts of rows; without ID and AppliedAt
	Source string      // which importer understood the file
	Rows   []ImportRow
	Groups []ProblemGroup // the commonest first
	Actors []atlas.Actor  // that would be created
	// Mapping is what the columns were taken for; nil for a list that was
	// recognised.
	Mapping *importer.Mapping
	// Remembered says that the mapping was used for an earlier file of the same
	// columns.
	Remembered bool
	// AlreadyApplied is the batch of the very same file; applying the plan does
	// nothing then.
	AlreadyApplied *atlas.Batch

	options ImportOptions
	drafts  []*importer.Draft
	kind    string // of the source (CL-14)
	checked *importCheck
}

// ImportRow is one row of the file and what becomes of it.
type ImportRow struct {
	Row     int
	Outcome string // atlas.OutcomeCreate, …
	Title   string
	Record  string // the record updated or left as it is; "" for a new one
	// Other is the record that a suspected duplicate is like (8.9), OtherRow the
	// row of the same file where it is that.
	Other    string
	OtherRow int
	Fields   []string // what an update changes: "date_to"
	Problems []atlas.RowProblem
}

// ProblemGroup is all problems of one kind in one column.
type ProblemGroup struct {
	Key, Column string
	Count       int
	Examples    []atlas.RowProblem // the first few
}

// problemExamples is how many problems of a group a plan shows.
const problemExamples = 3

// Errors is how many rows cannot be taken over.
func (p *ImportPlan) Errors() int {
	b := p.Batch
	return b.Rows - b.Created - b.Updated - b.Unchanged - b.Skipped
}

// PrepareImport reads a file of projects, understands its rows, and says what
// applying it would do; it stores nothing. A file that cannot be read at all
// is an *importer.FileError; a wrong address or date in the options is an
// *atlas.InvalidError.
func (a *App) PrepareImport(ctx context.Context, v atlas.Viewer, o ImportOptions, name string, data []byte) (*ImportPlan, error) {
	if !v.Write {
		return nil, atlas.ErrForbidden
	}
	if err := o.check(); err != nil {
		return nil, err
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	table, err := importer.ReadTable(name, data)
	if err != nil {
		return nil, err
	}
	source, mapping, remembered, err := a.sourceOf(ctx, table, o.Mapping)
	if err != nil {
		return nil, err
	}
	total := 2 * len(table.Rows)
	drafts, err := source.Map(ctx, a.importEnv(), table, func(done int) { o.Progress(done, total) })
	if err != nil {
		return nil, err
	}
	if table.Cut {
		importer.MarkCut(drafts)
	}
	importer.MergeRows(drafts)
	sum := sha256.Sum256(data)
	plan := &ImportPlan{
		Batch: atlas.Batch{File: table.File, SHA256: hex.EncodeToString(sum[:]), Source: source.Name,
			URL: o.URL, Accessed: o.Accessed, By: v.Name},
		Source: source.Name, Mapping: mapping, Remembered: remembered, options: o, drafts: drafts, kind: source.Kind,
	}
	return plan, a.lookAt(ctx, plan)
}

func (a *App) importEnv() importer.Env {
	return importer.Env{Places: a.Places(), Lists: a.Lists(), Year: a.year()}
}

// lookAt checks the drafts against the database as it stands.
func (a *App) lookAt(ctx context.Context, plan *ImportPlan) error {
	if err := a.catchUp(ctx); err != nil {
		return err
	}
	return a.Reader().View(ctx, func(r *store.Reader) error {
		same, err := batchOf(ctx, r, plan.Batch.SHA256)
		if err != nil {
			return err
		}
		plan.AlreadyApplied = same
		if plan.checked, err = a.checkImport(ctx, r, plan); err != nil {
			return err
		}
		plan.describe(a)
		return nil
	})
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

// describe fills the public part of the plan from the check.
func (p *ImportPlan) describe(a *App) {
	p.checked.count(&p.Batch)
	for _, f := range p.checked.newActors() {
		p.Actors = append(p.Actors, *f.record(a, p, ""))
	}
	groups := map[[2]string]*ProblemGroup{}
	for _, s := range p.checked.steps {
		p.Rows = append(p.Rows, s.row())
		for _, problem := range s.problems {
			id := [2]string{problem.Key, problem.Column}
			g := groups[id]
			if g == nil {
				g = &ProblemGroup{Key: problem.Key, Column: problem.Column}
				groups[id] = g
			}
			if g.Count++; g.Count <= problemExamples {
				g.Examples = append(g.Examples, problem)
			}
		}
	}
	for _, g := range groups {
		p.Groups = append(p.Groups, *g)
	}
	slices.SortFunc(p.Groups, func(x, y ProblemGroup) int {
		return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Key, y.Key), cmp.Compare(x.Column, y.Column))
	})
}
