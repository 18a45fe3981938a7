package app

import (
	"context"
	"errors"
	"fmt"

	"atlas"
	"atlas/internal/store"
)

// SaveExtent writes a new extent of a source or a change of one.
func (a *App) SaveExtent(ctx context.Context, v atlas.Viewer, x *atlas.SourceExtent) error {
	return a.update(ctx, func(tx *store.Tx) error {
		if _, err := a.guard(ctx, tx.Reader, v, atlas.KindExtent, x); err != nil {
			return err
		}
		return a.put(ctx, tx, a.writeOf(v, x.Subject()), x)
	})
}

// CheckExtent says what is wrong with an extent, what it names included.
func (a *App) CheckExtent(ctx context.Context, x *atlas.SourceExtent) ([]atlas.Problem, error) {
	return a.extentProblems(ctx, a.Reader(), x)
}

func (a *App) extentProblems(ctx context.Context, r *store.Reader, x *atlas.SourceExtent) ([]atlas.Problem, error) {
	wrong := x.Problems(a.Lists(), a.year())
	for i, code := range x.Territories {
		if _, ok := a.Places().Get(code); !ok {
			wrong = append(wrong, missing(place2("territories", i), code))
		}
	}
	if x.Batch == "" {
		return wrong, nil
	}
	_, err := r.Batch(ctx, x.Batch)
	if errors.Is(err, atlas.ErrNotFound) {
		return append(wrong, missing("batch", x.Batch)), nil
	}
	return wrong, err
}

// missing says that what a field names is not there.
func missing(field, value string) atlas.Problem {
	return atlas.Problem{Field: field, Key: "problem.reference", Args: map[string]any{"value": value}}
}

// Completeness is what is known of the sources of projects: for which territories
// and years they are in the database.
func (a *App) Completeness() *atlas.SourceCompleteness { return a.extents.Load() }

// Chain is a territory and those that it lies in, as atlas.SourceCompleteness
// takes it.
func (a *App) Chain(code string) []string {
	chain := []string{code}
	for _, t := range a.Places().Ancestors(code) {
		chain = append(chain, t.Code)
	}
	return chain
}

func (a *App) loadExtents(ctx context.Context) error {
	var all []atlas.SourceExtent
	err := a.Reader().EachExtent(ctx, func(x *atlas.SourceExtent) error {
		all = append(all, *x)
		return nil
	})
	if err != nil {
		return fmt.Errorf("extents of sources: %w", err)
	}
	a.extents.Store(atlas.NewSourceCompleteness(all))
	return nil
}
