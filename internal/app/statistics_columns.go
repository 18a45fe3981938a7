package app

import (
	"context"
	"encoding/json"
	"errors"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/statistics"
	"atlas/internal/store"
)

// ofStatistics begins the shapes of tables of statistics, so that a list of
// projects with the same columns has a mapping of its own.
const ofStatistics = "statistika "

// openMapped opens a file by what a person says of its columns, by their names, or
// by what was said of the last file of the same columns.
func (a *App) openMapped(ctx context.Context, o StatisticsOptions, f ImportFile) (file *statistics.File, remembered bool, err error) {
	if o.Mapping != nil {
		file, err = statistics.OpenMapped(f.Name, f.Data, f.Size, func(string) (*statistics.Mapping, error) { return o.Mapping, nil })
		return file, false, err
	}
	file, err = statistics.Open(f.Name, f.Data, f.Size)
	var unknown *importer.FileError
	if err == nil || !errors.As(err, &unknown) || unknown.Key != statistics.ErrorLayout {
		return file, false, err
	}
	known, err2 := statistics.OpenMapped(f.Name, f.Data, f.Size, func(shape string) (*statistics.Mapping, error) {
		return a.columnsOf(ctx, shape)
	})
	if err2 != nil || known == nil {
		return nil, false, err // why the columns are not known by their names
	}
	return known, known.Mapping != nil, nil
}

// columnsOf is the mapping used last for columns of a shape; nil when there is
// none.
func (a *App) columnsOf(ctx context.Context, shape string) (*statistics.Mapping, error) {
	text, err := a.Reader().Mapping(ctx, ofStatistics+shape)
	if errors.Is(err, atlas.ErrNotFound) {
		return nil, nil
	}
	m := &statistics.Mapping{}
	if err == nil && json.Unmarshal(text, m) != nil {
		return nil, nil // of an older version of the program
	}
	return m, err
}

// rememberColumns keeps what was said of the columns for the next file of them.
func rememberColumns(ctx context.Context, tx *store.Tx, m *statistics.Mapping, b *atlas.Batch) error {
	if m == nil {
		return nil
	}
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return tx.PutMapping(ctx, store.Mapping{Shape: ofStatistics + m.Shape, Text: text, By: b.By, At: b.AppliedAt})
}

// LookAtStatistics reads the columns of a table for somebody to say what they are.
// Those may who may write the data set, or any.
func (a *App) LookAtStatistics(ctx context.Context, v atlas.Viewer, dataset string, f ImportFile) (*statistics.Sheet, error) {
	if err := a.mayOpen(ctx, v, dataset); err != nil {
		return nil, err
	}
	return statistics.Look(f.Name, f.Data, f.Size)
}
