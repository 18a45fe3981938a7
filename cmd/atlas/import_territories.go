package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"atlas"
	"atlas/internal/app"
	"atlas/internal/importer"
)

// importTerritories reads registers of territories and, among the same files,
// their boundaries.
func importTerritories(ctx context.Context, c *call) error {
	registers, outlines := splitFiles(c.args)
	if err := readable(c.args); err != nil {
		return err
	}
	return c.withApp(ctx, func(a *app.App) error {
		if len(registers) > 0 {
			if err := c.territories(ctx, a, registers); err != nil {
				return err
			}
		}
		if len(outlines) > 0 {
			return c.boundaries(ctx, a, outlines)
		}
		return nil
	})
}

// splitFiles parts files of boundaries from registers by their names.
func splitFiles(files []string) (registers, outlines []string) {
	for _, f := range files {
		switch strings.ToLower(filepath.Ext(f)) {
		case ".geojson", ".json":
			outlines = append(outlines, f)
		default:
			registers = append(registers, f)
		}
	}
	return registers, outlines
}

func (c *call) territories(ctx context.Context, a *app.App, names []string) error {
	files, done, err := openTerritories(names)
	if err != nil {
		return err
	}
	defer done()
	all, problems, err := importer.ReadTerritoryFiles(files, a.Places())
	if err != nil {
		return err
	}
	c.printProblems(problems, "importing.cell", "")
	var n outcome
	if c.has("dry-run") {
		n = compareTerritories(a, all)
	} else if n.created, n.updated, n.unchanged, err = a.SaveTerritories(ctx, viewer, all); err != nil {
		return err
	}
	c.printOutcome("territories", n)
	return nil
}

func openTerritories(names []string) (files []importer.TerritoryFile, done func(), err error) {
	var opened []*os.File
	done = func() {
		for _, f := range opened {
			f.Close()
		}
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			done()
			return nil, nil, err
		}
		opened = append(opened, f)
		files = append(files, importer.TerritoryFile{Name: filepath.Base(name), Data: f})
	}
	return files, done, nil
}

// compareTerritories says what saving them would do.
func compareTerritories(a *app.App, all []atlas.Territory) (n outcome) {
	for _, t := range all {
		switch old, ok := a.Places().Get(t.Code); {
		case !ok:
			n.created++
		case old != t:
			n.updated++
		default:
			n.unchanged++
		}
	}
	return n
}
