package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/importer"
)

// importBoundaries reads outlines of territories from GeoJSON.
func importBoundaries(ctx context.Context, c *call) error {
	if err := readable(c.args); err != nil {
		return err
	}
	return c.withApp(ctx, func(a *app.App) error { return c.boundaries(ctx, a, c.args) })
}

// boundaries writes the outlines that differ from those kept, all in one
// transaction.
func (c *call) boundaries(ctx context.Context, a *app.App, names []string) error {
	outlines := map[string][]byte{}
	for _, name := range names {
		if err := c.readBoundaries(a, name, outlines); err != nil {
			return err
		}
	}
	n, changed, err := compareBoundaries(ctx, a, outlines)
	if err != nil {
		return err
	}
	if !c.has("dry-run") && len(changed) > 0 {
		if err := a.SaveBoundaries(ctx, viewer, changed); err != nil {
			return err
		}
	}
	c.printOutcome("boundaries", n)
	return nil
}

// readBoundaries adds the outlines of a file; a territory that several files
// draw is as the last one has it.
func (c *call) readBoundaries(a *app.App, name string, into map[string][]byte) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	found, problems, err := importer.ReadBoundaries(f, a.Places())
	if errors.Is(err, importer.ErrBoundaryFormat) {
		return fail("failed.not_geojson", "file", name, "error", err)
	}
	if err != nil {
		return err
	}
	c.printProblems(problems, "importing.feature", filepath.Base(name))
	for code, outline := range found {
		into[code] = outline
	}
	return nil
}

// compareBoundaries says what saving outlines would do and which of them are
// not kept as they are.
func compareBoundaries(ctx context.Context, a *app.App, outlines map[string][]byte) (n outcome, changed map[string][]byte, err error) {
	changed = map[string][]byte{}
	for code, outline := range outlines {
		old, err := a.Reader().Boundary(ctx, code)
		switch {
		case errors.Is(err, atlas.ErrNotFound):
			n.created++
		case err != nil:
			return n, nil, err
		case bytes.Equal(old, outline):
			n.unchanged++
			continue
		default:
			n.updated++
		}
		changed[code] = outline
	}
	return n, changed, nil
}
