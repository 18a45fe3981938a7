package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"atlas"
	"atlas/internal/importer"
	"atlas/internal/store"
)

// sourceOf says how a table is read: by the mapping given, as a list that is
// recognised, by the mapping used last for the same columns, or by one proposed
// now. The mapping is nil for a recognised list. The error is a
// *importer.FileError when the mapping is of other columns, or when nothing in
// the table can name a project.
func (a *App) sourceOf(ctx context.Context, t *importer.Table, given *importer.Mapping) (s importer.Source, m *importer.Mapping, remembered bool, err error) {
	if given != nil {
		if err := given.Fits(t); err != nil {
			return s, nil, false, err
		}
		return importer.MappedSource(*given), given, false, nil
	}
	s, layout := importer.Recognise(t)
	if layout == nil {
		return s, nil, false, nil
	}
	m, err = rememberedMapping(ctx, a.Reader(), t)
	if err != nil {
		return s, nil, false, err
	}
	if m != nil {
		return importer.MappedSource(*m), m, true, nil
	}
	proposed := importer.Propose(t)
	if !proposed.Usable() {
		return s, nil, false, layout
	}
	return importer.MappedSource(proposed), &proposed, false, nil
}

// rememberedMapping is the mapping used last for a table of the same columns;
// nil when there is none.
func rememberedMapping(ctx context.Context, r *store.Reader, t *importer.Table) (*importer.Mapping, error) {
	text, err := r.Mapping(ctx, t.Shape())
	if errors.Is(err, atlas.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("mapping of columns: %w", err)
	}
	m := &importer.Mapping{}
	if err := json.Unmarshal(text, m); err != nil || m.Fits(t) != nil {
		return nil, nil // of an older version of the program: propose anew
	}
	return m, nil
}

// remember keeps the mapping of a plan that is being applied for the next file
// of the same columns.
func (p *ImportPlan) remember(ctx context.Context, tx *store.Tx, b *atlas.Batch) error {
	if p.Mapping == nil {
		return nil
	}
	text, err := json.Marshal(p.Mapping)
	if err != nil {
		return err
	}
	return tx.PutMapping(ctx, store.Mapping{Shape: p.Mapping.Shape, Text: text, By: b.By, At: b.AppliedAt})
}
