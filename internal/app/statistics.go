package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/statistics"
	"atlas/internal/store"
)

// StatisticsOptions say where a file of statistics came from and what it is of.
type StatisticsOptions struct {
	// Dataset is the code of the data set; "" where the file itself tells.
	Dataset  string
	URL      string     // where it was got; "" when not known
	Accessed atlas.Date // when
	// Indicator chooses among several of a JSON-stat file, by its code.
	Indicator string
	// Mapping is what a person said that the columns are; nil = by their names, or as
	// was said of the last file of the same columns.
	Mapping *statistics.Mapping
	// Progress is told how many rows of all are done, now and then.
	Progress func(done, total int)

	typed bool // into a form: the same again may be said after something else was
}

// StatisticsPlan is a file of statistics that is to be imported and, once it was
// previewed, what that would do. Nothing of it is stored. Close frees what it
// holds.
type StatisticsPlan struct {
	Batch   atlas.Batch // without an ID
	Dataset atlas.Dataset
	Layout  string
	Columns []statistics.Meaning
	Mapping *statistics.Mapping // nil where columns are known by their names
	// Remembered says that the mapping is that of an earlier file.
	Remembered bool
	// Report is what was found in the file; nil before the preview.
	Report *statistics.Report
	StatisticsOutcome
	// AlreadyApplied is the batch of the very same file; applying the plan does
	// nothing then.
	AlreadyApplied *atlas.Batch

	reading *statistics.Reading
	partial bool // the file may tell some categories only
}

// StatisticsOutcome is what an import does to the slices that are stored.
type StatisticsOutcome struct {
	Created, Changed, Unchanged int
	// Differences are the first of the numbers that change.
	Differences []FigureChange
}

// FigureChange is a number that a new version of a slice tells otherwise.
type FigureChange struct {
	Territory string
	Date      atlas.Date
	Category  atlas.Category
	Was, Is   atlas.Figure
}

// differencesKept is how many changed numbers are shown one by one.
const differencesKept = 500

// Close frees the temporary files of a plan.
func (p *StatisticsPlan) Close() {
	if p.reading != nil {
		p.reading.Close()
	}
}

// OpenStatistics reads a file of statistics, all of it; it stores nothing. A file
// that cannot be read is an *importer.FileError; a wrong address or date in the
// options is an *atlas.InvalidError. Numbers of a public source may be imported
// by those who may import lists, own data by those whose they are.
func (a *App) OpenStatistics(ctx context.Context, v atlas.Viewer, o StatisticsOptions, f ImportFile) (*StatisticsPlan, error) {
	if err := (ImportOptions{URL: o.URL, Accessed: o.Accessed}).check(); err != nil {
		return nil, err
	}
	if err := a.mayOpen(ctx, v, o.Dataset); err != nil {
		return nil, err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(f.Data, 0, f.Size)); err != nil {
		return nil, err
	}
	if o.typed {
		fmt.Fprint(sum, rand.Text())
	}
	file, remembered, err := a.openMapped(ctx, o, f)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	d, err := a.datasetOf(ctx, v, o.Dataset, file)
	if err != nil {
		return nil, err
	}
	plan := &StatisticsPlan{
		Dataset: d, Layout: file.Layout, Columns: file.Columns, Mapping: file.Mapping, Remembered: remembered,
		partial: file.Layout == statistics.LayoutLong || file.Layout == statistics.LayoutJSONStat,
		Batch: atlas.Batch{File: file.Name, SHA256: hex.EncodeToString(sum.Sum(nil)), Source: statistics.SourcePrefix + d.Code,
			URL: o.URL, Accessed: o.Accessed, By: v.Name},
	}
	if plan.AlreadyApplied, err = statisticsBatch(ctx, a.Reader(), &plan.Batch); err != nil || plan.AlreadyApplied != nil {
		return plan, err
	}
	plan.reading, err = file.Read(ctx, statistics.Env{
		Places: a.Places(), Lists: a.Lists(), Dataset: d, Today: a.today(), Within: a.withinDataset(d),
		Indicator: o.Indicator, Progress: o.Progress,
	})
	if err != nil {
		return nil, err
	}
	return plan, nil
}

// mayOpen says whether a viewer may import into a data set, before anything of the
// file is read; a file that tells itself of what it is is for those who may import
// lists.
func (a *App) mayOpen(ctx context.Context, v atlas.Viewer, dataset string) error {
	if v.May(atlas.RightPublish) {
		return nil
	}
	if dataset == "" {
		return atlas.ErrForbidden
	}
	d, err := a.Reader().Dataset(ctx, dataset)
	if err == nil && !a.MayWriteDataset(v, &d.Dataset) {
		err = atlas.ErrForbidden
	}
	return err
}

// datasetOf is the data set that a file is of, if the viewer may write it.
func (a *App) datasetOf(ctx context.Context, v atlas.Viewer, code string, file *statistics.File) (atlas.Dataset, error) {
	if code == "" {
		code = file.Dataset
	}
	if code == "" {
		return atlas.Dataset{}, &importer.FileError{Key: statistics.ErrorWhose, Args: map[string]any{"file": file.Name}}
	}
	d, err := a.Reader().Dataset(ctx, code)
	if err != nil {
		return atlas.Dataset{}, err
	}
	if !a.MayWriteDataset(v, &d.Dataset) {
		return atlas.Dataset{}, atlas.ErrForbidden
	}
	return d.Dataset, nil
}

// MayWriteDataset says whether a viewer may put numbers into a data set: of a
// public source who imports lists, of own data the people of the organisation or
// of the territory too.
func (a *App) MayWriteDataset(v atlas.Viewer, d *atlas.Dataset) bool {
	return v.May(atlas.RightPublish) || d.Own() && a.may(v, atlas.RightEdit, d.Subject())
}

// withinDataset bounds own data to the territory that they are of.
func (a *App) withinDataset(d atlas.Dataset) func(string) bool {
	if d.Territory == "" {
		return nil
	}
	places := a.Places()
	return func(code string) bool {
		if code == d.Territory {
			return true
		}
		for _, t := range places.Ancestors(code) {
			if t.Code == d.Territory {
				return true
			}
		}
		return false
	}
}

// statisticsBatch finds the batch of the same file of the same data set.
func statisticsBatch(ctx context.Context, r *store.Reader, b *atlas.Batch) (*atlas.Batch, error) {
	same, err := batchOf(ctx, r, b.SHA256)
	if same != nil && same.Source != b.Source {
		same = nil
	}
	return same, err
}

// PreviewStatistics says what applying a plan would do to the database as it
// stands.
func (a *App) PreviewStatistics(ctx context.Context, plan *StatisticsPlan) error {
	return a.Reader().View(ctx, func(r *store.Reader) error {
		c := newComparer(r, plan)
		report, err := c.all(ctx, func(*atlas.Slice) error { return nil })
		if err != nil {
			return err
		}
		plan.Report, plan.StatisticsOutcome = report, c.outcome
		return nil
	})
}

// ApplyStatistics stores what a plan says, all of it in one transaction or
// nothing, and gives the batch. A file that was applied before changes nothing
// and gives its batch of then. The plan then tells what was done.
func (a *App) ApplyStatistics(ctx context.Context, v atlas.Viewer, plan *StatisticsPlan) (*atlas.Batch, error) {
	var batch *atlas.Batch
	err := a.update(ctx, func(tx *store.Tx) error {
		if err := a.stillMayWrite(ctx, tx, v, plan.Dataset.Code); err != nil {
			return err
		}
		var err error
		if batch, err = statisticsBatch(ctx, tx.Reader, &plan.Batch); err != nil || batch != nil {
			return err
		}
		if plan.reading == nil {
			return &importer.FileError{Key: importer.ErrorStale}
		}
		batch, err = a.writeStatistics(ctx, tx, v, plan)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("statistics of %s: %w", plan.Batch.File, err)
	}
	return batch, nil
}

// stillMayWrite asks about the data set as it is stored now.
func (a *App) stillMayWrite(ctx context.Context, tx *store.Tx, v atlas.Viewer, code string) error {
	d, err := tx.Dataset(ctx, code)
	if err != nil {
		return err
	}
	now, err := a.standing(ctx, tx.Reader, v)
	if err == nil && !a.MayWriteDataset(now, &d.Dataset) {
		err = atlas.ErrForbidden
	}
	return err
}

// writeStatistics writes one batch.
func (a *App) writeStatistics(ctx context.Context, tx *store.Tx, v atlas.Viewer, plan *StatisticsPlan) (*atlas.Batch, error) {
	tx.Bulk()
	b := plan.Batch
	b.By, b.AppliedAt = v.Name, a.now().UTC()
	if err := tx.PutBatch(ctx, &b); err != nil {
		return nil, err
	}
	w, err := tx.WriteSlices(ctx, plan.Dataset.Code)
	if err != nil {
		return nil, err
	}
	c := newComparer(tx.Reader, plan)
	report, err := c.all(ctx, func(s *atlas.Slice) error {
		s.Batch = b.ID
		return w.Put(ctx, s)
	})
	if err != nil {
		return nil, err
	}
	plan.Report, plan.StatisticsOutcome = report, c.outcome
	b.Rows, b.Created, b.Updated, b.Unchanged = report.Rows, c.outcome.Created, c.outcome.Changed, c.outcome.Unchanged
	b.Skipped, b.Problems = report.Skipped+report.Repeated+report.Refused, report.Refused
	if err := tx.PutBatchRows(ctx, refusedRows(b.ID, report)); err != nil {
		return nil, err
	}
	if err := rememberColumns(ctx, tx, plan.Mapping, &b); err != nil {
		return nil, err
	}
	if _, err := tx.SumUpDataset(ctx, plan.Dataset.Code); err != nil {
		return nil, err
	}
	if err := tx.PutBatch(ctx, &b); err != nil {
		return nil, err
	}
	return &b, a.audit(ctx, tx, v, auditStatistics, fmt.Sprintf("batch %s %s +%d ~%d sha256 %s", b.ID, plan.Dataset.Code, b.Created, b.Updated, b.SHA256))
}

// Deeds of the log: numbers were imported or typed in, and taken back.
const (
	auditStatistics     = "statistics"
	auditStatisticsUndo = "statistics_undo"
)

// refusedRows keeps the rows that were refused, each once, with their problems.
// The file itself is kept whole.
func refusedRows(batch string, report *statistics.Report) []atlas.BatchRow {
	var out []atlas.BatchRow
	at := map[int]int{}
	for _, p := range report.Kept {
		i, ok := at[p.Row]
		if !ok {
			i = len(out)
			at[p.Row] = i
			out = append(out, atlas.BatchRow{BatchID: batch, Row: p.Row, Outcome: atlas.OutcomeError, Raw: map[string]string{}})
		}
		if out[i].Problems = append(out[i].Problems, p); p.Column != "" {
			out[i].Raw[p.Column] = p.Value
		}
	}
	return out
}

// undoStatistics takes the numbers of a batch away, so that the versions before
// them count again.
func (a *App) undoStatistics(ctx context.Context, tx *store.Tx, v atlas.Viewer, b *atlas.Batch) (int, error) {
	n, err := tx.RemoveSlices(ctx, b.ID)
	if err != nil {
		return 0, err
	}
	code := strings.TrimPrefix(b.Source, statistics.SourcePrefix)
	if _, err := tx.SumUpDataset(ctx, code); err != nil {
		return 0, err
	}
	b.UndoneAt, b.UndoneBy = a.now().UTC(), v.Name
	if err := tx.PutBatch(ctx, b); err != nil {
		return 0, err
	}
	return n, a.audit(ctx, tx, v, auditStatisticsUndo, fmt.Sprintf("batch %s %s -%d", b.ID, code, n))
}

// UndoStatistics takes a batch of numbers back in one transaction and says how
// many slices went. A batch that was taken back before is left alone. Those may
// who may write the data set.
func (a *App) UndoStatistics(ctx context.Context, v atlas.Viewer, batch string) (b *atlas.Batch, n int, err error) {
	err = a.update(ctx, func(tx *store.Tx) error {
		if b, err = tx.Reader.Batch(ctx, batch); err != nil {
			return err
		}
		code, ok := strings.CutPrefix(b.Source, statistics.SourcePrefix)
		if !ok {
			return atlas.ErrNotFound
		}
		if err := a.stillMayWrite(ctx, tx, v, code); err != nil || b.Undone() {
			return err
		}
		n, err = a.undoStatistics(ctx, tx, v, b)
		return err
	})
	return b, n, err
}
